// What is asked about the service itself: the newest head, who it is, whether it is well.
#include <algorithm>

#include "api/problem.hpp"
#include "api/service.hpp"
#include "crypto/note.hpp"
#include "ledger/authority.hpp"
#include "ledger/duties.hpp"
#include "projections/views.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;

// The newest that enough witnesses have cosigned.
Response show_checkpoint(const Request& request, const Service& service) {
  const auto published = service.publication.published();
  if (!published)
    return problem_response(HttpProblem::not_found, request,
                            {"Ningún punto de control tiene todavía el quórum de sus testigos",
                             "No checkpoint has the quorum of its witnesses yet"});
  return text_response(200, kPlainText, published->note).with("Cache-Control", "no-cache");
}

json::object publication_state(const ledger::Publication& publication) {
  json::object out{{"size", 0}, {"behind_ms", publication.behind().count()}};
  if (const auto published = publication.published()) {
    out["size"] = published->size;
    out["has_quorum"] = published->has_quorum;
  }
  auto& witnesses = out["witnesses"].emplace_array();
  for (const auto& witness : publication.witnesses()) {
    json::object one{{"name", witness.name}, {"size", witness.size}};
    if (witness.failure) one["failure"] = *witness.failure;
    witnesses.push_back(std::move(one));
  }
  return out;
}

// What they signed before they ended stays good.
json::array retired_keys(const ledger::LedgerState& founding) {
  json::array out;
  for (const auto& retired : founding.retired)
    out.push_back({{"id", crypto::to_hex(retired.id)},
                   {"public_key", crypto::to_hex(retired.raw)},
                   {"purpose", boost::describe::enum_to_string(retired.purpose, "")},
                   {"until", retired.until.value}});
  return out;
}

Response show_ledger(const Request& request, const Service& service) {
  const auto& founding = service.ledger.log().founding();
  const auto head = service.ledger.writer().head();
  const auto verifier =
      crypto::NoteVerifier::make(founding.origin, ledger::key_of(founding, ledger::LedgerKey::checkpoint)).value();
  return json_response(200, json::value{{"ledger", service.ledger.log().name()},
                                        {"origin", founding.origin},
                                        {"agency", founding.agency},
                                        {"checkpoint_vkey", verifier.format()},
                                        {"service_key", crypto::to_hex(founding.service_key_id)},
                                        {"retired_keys", retired_keys(founding)},
                                        {"public_entries", founding.public_entries},
                                        {"size", head->size},
                                        {"root", crypto::to_hex(head->root)},
                                        {"checkpoint", head->checkpoint},
                                        {"actor", request.actor},
                                        {"version", FEDATARIO_VERSION}});
}

json::object progress_of(const projections::Rebuilding& rebuilding) {
  return {{"folded", rebuilding.folded}, {"of", rebuilding.of}};
}

// Queries are answered from the generation being served; where there is none they are told so, and events are recorded
// all the same.
json::object views_state(const Service& service) {
  const auto failure = service.views.failure();
  json::object out{{"state", failure ? *failure : "ready"}, {"serving", service.views.serving()}};
  if (const auto rebuilding = service.views.rebuilding()) out["rebuilding"] = progress_of(*rebuilding);
  if (const auto why = service.views.rebuild_failure()) out["rebuild_failure"] = *why;
  return out;
}

Response show_ready(const Request&, const Service& service) {
  json::object body;
  const auto durable = service.ledger.store().head().size;
  body["size"] = durable;
  body["folded"] = service.views.folded();
  const auto writer = service.ledger.writer().not_ready();
  const auto views = service.views.failure();
  body["writer"] = writer ? *writer : "ready";
  body["views"] = views_state(service);
  const auto checkpoint = service.ledger.checkpoint_failure();
  body["checkpoint_file"] = checkpoint ? *checkpoint : "ready";
  body["publication"] = publication_state(service.publication);
  body["ready"] = !writer && !views;
  auto response = json_response(writer || views ? 503u : 200u, body);
  if (writer || views) response.with("Retry-After", "1");
  return response;
}

json::array list_views(const std::vector<projections::ViewLine>& views) {
  json::array out;
  for (const auto& view : views) out.push_back({{"name", view.name}, {"number", view.number}, {"shape", view.shape}});
  return out;
}

// What this program makes, and what is being served: two nodes with the same views and as many events have the same
// digest.
Response show_views(const Request&, const Service& service) {
  json::object body{{"views", list_views(projections::parse_views_text(projections::views_text()))}};
  body["serving"] = nullptr;
  if (const auto store = service.views.served()) {
    const auto progress = store->progress();
    json::array digests;
    for (const auto& [folded, sum] : store->sums())
      if (folded <= progress.folded) digests.push_back({{"folded", folded}, {"digest", crypto::to_hex(sum.digest())}});
    json::object serving{{"views", list_views(projections::parse_views_text(store->made_for()))},
                         {"folded", progress.folded},
                         {"digest", crypto::to_hex(progress.sum.digest())},
                         {"digests", std::move(digests)}};
    if (progress.last_leaf) serving["last_leaf"] = crypto::to_hex(*progress.last_leaf);
    body["serving"] = std::move(serving);
  }
  if (const auto rebuilding = service.views.rebuilding()) body["rebuilding"] = progress_of(*rebuilding);
  return json_response(200, body).with("Cache-Control", "no-store");
}

// Administrators' alone. What is served stays until the new ones are made.
Response rebuild_views(const Request& request, Service& service) {
  const auto& log = service.ledger.log();
  const auto folded = log.fold("actor/" + request.actor);
  const auto day = service.ledger.store().head().recorded_at.day();
  if (!folded || !ledger::holds_role(log.founding(), folded->state.get<ledger::ActorState>(), request.actor,
                                     ledger::Role::administrator, day))
    return problem_response(ledger::refuse(ledger::Reason::role_not_in_force)
                                .with("actor", request.actor)
                                .with("role", std::string(name_of(ledger::Role::administrator))),
                            request);
  if (!service.views.rebuild()) return problem_response(HttpProblem::rebuilding_already, request);
  return json_response(202, views_state(service)).with("Location", "/readyz");
}

// `detail` has a place {name} where a problem of this type has the member of that name.
json::object describe(const ProblemType& type, Language language) {
  json::object out{{"type", problem_uri(type.name)},
                   {"name", type.name},
                   {"status", type.status},
                   {"title", type.title.in(language)},
                   {"detail", type.detail.in(language)}};
  if (type.name == "separation-of-duties") {
    auto& duties = out["duties"].emplace_array();
    for (const auto duty : ledger::all_duties())
      duties.push_back({{"duty", name_of(duty)}, {"rule", ledger::rule_of(duty).in(language)}});
  }
  return out;
}

Response show_problems(const Request& request, const Service&) {
  json::array types;
  for (const auto& type : problem_types()) types.push_back(describe(type, request.language));
  return json_response(200, json::value{{"items", types}});
}

Response show_problem(const Request& request, const Service&) {
  for (const auto& type : problem_types())
    if (type.name == request.path_parameter("name")) return json_response(200, describe(type, request.language));
  return problem_response(HttpProblem::not_found, request);
}

}  // namespace

void add_system_routes(Router& router, Service& service) {
  const auto add = [&](std::string pattern, Response (*answer)(const Request&, const Service&), bool needs_token) {
    router.add(
        "GET", std::move(pattern), [&service, answer](const Request& request) { return answer(request, service); },
        needs_token);
  };
  add("/checkpoint", show_checkpoint, false);
  add("/v1/ledger", show_ledger, true);
  add("/v1/problems", show_problems, false);
  add("/v1/problems/{name}", show_problem, false);
  add("/v1/views", show_views, true);
  router.add("POST", "/v1/views/rebuild",
             [&service](const Request& request) { return rebuild_views(request, service); });
  add("/readyz", show_ready, false);
  router.add(
      "GET", "/healthz", [](const Request&) { return text_response(200, kPlainText, "ok\n"); }, false);
  router.add(
      "GET", "/metrics",
      [&service](const Request&) { return text_response(200, Metrics::kContentType, service.metrics.text()); }, false);

  auto& metrics = service.metrics;
  auto& ledger = service.ledger;
  metrics.add_gauge("fedatario_log_events", "Durable events", [&] { return double(ledger.store().head().size); });
  metrics.add_gauge("fedatario_views_folded_events", "Events folded into the views",
                    [&] { return double(service.views.folded()); });
  metrics.add_gauge("fedatario_views_serving", "1 while views are served, 0 until they are made",
                    [&] { return service.views.serving() ? 1.0 : 0.0; });
  metrics.add_gauge("fedatario_views_rebuilding", "1 while views are made beside those served",
                    [&] { return service.views.rebuilding() ? 1.0 : 0.0; });
  metrics.add_gauge("fedatario_views_rebuild_folded_events", "Events folded into the views being made",
                    [&] { return double(service.views.rebuilding().value_or(projections::Rebuilding{}).folded); });
  metrics.add_gauge("fedatario_views_rebuild_events", "Events that the views being made shall have",
                    [&] { return double(service.views.rebuilding().value_or(projections::Rebuilding{}).of); });
  metrics.add_gauge("fedatario_writer_queue_requests", "Requests waiting for the writer",
                    [&] { return double(ledger.writer().queued()); });
  metrics.add_gauge("fedatario_writer_cpu_seconds", "CPU time of the writer's thread",
                    [&] { return double(ledger.writer().cpu_micros()) / 1e6; });
  const auto& publication = service.publication;
  metrics.add_gauge("fedatario_published_size", "Size of the checkpoint that is shown",
                    [&] { return publication.published() ? double(publication.published()->size) : 0; });
  metrics.add_gauge("fedatario_publication_behind_seconds", "How long the newest head has been without its quorum",
                    [&] { return double(publication.behind().count()) / 1e3; });
  metrics.add_gauge("fedatario_witnesses_failing", "Witnesses whose last answer was no cosignature", [&] {
    const auto all = publication.witnesses();
    return double(std::ranges::count_if(all, [](const auto& one) { return one.failure.has_value(); }));
  });
  metrics.add_gauge("fedatario_log_written_bytes", "Bytes written by the log's store since start",
                    [&] { return double(ledger.store().bytes_written()); });
  metrics.add_gauge("fedatario_log_memory_bytes", "Memory held by the log's store",
                    [&] { return double(ledger.store().memory_bytes()); });
}

}  // namespace fedatario::api
