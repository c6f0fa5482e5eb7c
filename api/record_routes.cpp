// Recording: a statement, or a batch of them all or nothing. Request → proposal on this thread → the writer's queue →
// answer with the receipt.
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <memory>

#include "api/documentation.hpp"
#include "api/problem.hpp"
#include "api/service.hpp"
#include "crypto/json.hpp"
#include "ledger/limits.hpp"

namespace fedatario::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using ledger::Outcome;
using ledger::Proposal;
using ledger::Reason;
using ledger::Refusal;
using ledger::Result;
using Run = ledger::Writer::Run;

constexpr std::size_t kProposalsBetweenTurns = 32;  // of a batch, before other requests of this thread get a turn

// Resumes the coroutine on its own executor once the writer has answered.
asio::awaitable<std::shared_ptr<Outcome>> submit(ledger::Writer& writer, std::vector<Proposal> proposals, Run run) {
  auto shared = std::make_shared<std::vector<Proposal>>(std::move(proposals));
  auto initiate = [&writer, shared, run](auto handler) {
    using Handler = decltype(handler);
    auto work = asio::make_work_guard(asio::get_associated_executor(handler));
    auto kept = std::make_shared<std::pair<Handler, decltype(work)>>(std::move(handler), std::move(work));
    const auto done = [kept](Outcome outcome) {
      auto answer = std::make_shared<Outcome>(std::move(outcome));
      const auto executor = kept->second.get_executor();
      asio::post(executor, [kept, answer] {
        auto resume = std::move(kept->first);
        kept->second.reset();
        std::move(resume)(answer);
      });
    };
    writer.submit(std::move(*shared), done, run);
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::shared_ptr<Outcome>)>(
      initiate, asio::use_awaitable);
}

// "\"7\"" → 8: If-Match names the version the stream has, the statement takes the next.
Result<std::optional<std::int64_t>> next_version(const Request& request) {
  const auto header = request.header("if-match");
  if (!header) return std::optional<std::int64_t>();
  std::uint32_t version = 0;
  const auto text = header->size() > 2 && header->front() == '"' && header->back() == '"'
                        ? header->substr(1, header->size() - 2)
                        : std::string_view();
  const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size())
    return ledger::field_expected("", {"If-Match: \"<versión presente>\"", "If-Match: \"<present version>\""});
  return std::optional<std::int64_t>(std::int64_t(version) + 1);
}

// `?dry_run=true`: every check, and nothing recorded.
Result<Run> read_run(const Request& request) {
  const auto text = request.query_parameter("dry_run");
  if (!text || *text == "false") return Run::real;
  if (*text == "true") return Run::dry;
  return ledger::field_expected("?dry_run", {"true o false", "true or false"});
}

Result<Proposal> propose(const Service& service, const Request& request, std::string_view text,
                         ledger::Door::Fold fold) {
  auto body = crypto::parse_json(text, {ledger::kMaxDepth + 4, kMaxBodyBytes});
  if (!body)
    return ledger::refuse(Reason::malformed_json)
        .with("offset", std::to_string(body.error().offset))
        .with("fault", body.error().what);
  auto* object = body->if_object();
  if (!object) return ledger::field_expected("", {"un objeto JSON", "a JSON object"});
  const auto* content = object->if_contains("content");
  const auto* envelope = object->if_contains("envelope");
  auto* statement = object->if_contains("statement");
  for (const auto& member : *object)
    if (member.key() != "content" && member.key() != (envelope ? "envelope" : "statement"))
      return ledger::field_unknown("", member.key());
  if (envelope) return service.ledger.door().author(*envelope, content, request.actor, fold);
  if (!statement) return ledger::field_missing("", "statement");
  const auto expected = next_version(request);
  if (!expected) return expected.error();
  if (*expected && statement->is_object()) {
    if (const auto* said = statement->get_object().if_contains("version"); said && *said != json::value(**expected))
      return ledger::field_expected("/statement/version",
                                    {"la versión siguiente a la de If-Match", "the version after the one in If-Match"});
    statement->get_object()["version"] = **expected;
  }
  return service.ledger.door().session(request.actor, *statement, content, fold);
}

// Who tried what, as far as the request says it: what the door refuses is the session's attempt, in whosever name.
std::optional<ledger::Attempt> attempt_in(const Request& request, std::string_view text, const Refusal& refusal) {
  const auto body = crypto::parse_json(text, {ledger::kMaxDepth + 4, kMaxBodyBytes});
  if (!body || !body->is_object()) return std::nullopt;
  ledger::Statement statement;
  if (const auto* envelope = body->get_object().if_contains("envelope")) {
    const auto opened = crypto::read_envelope(*envelope);
    if (!opened) return std::nullopt;
    auto parsed = ledger::parse_statement(opened->payload);
    if (!parsed) return std::nullopt;
    statement = std::move(*parsed);
  } else {
    const auto* said = body->get_object().if_contains("statement");
    const auto text_of = [&](const char* name) {
      const auto* member = said && said->is_object() ? said->get_object().if_contains(name) : nullptr;
      return member && member->is_string() ? std::string(member->get_string()) : std::string();
    };
    const auto as = ledger::Capacity::parse(text_of("as"));
    statement.stream = text_of("stream");
    statement.type = text_of("type");
    if (!as || !ledger::is_name(statement.stream) || !ledger::is_type_name(statement.type)) return std::nullopt;
    statement.as = *as;
  }
  statement.actor = request.actor;
  return ledger::Attempt::of(statement, refusal);
}

void note_refusal(Service& service, const Request& request, std::string_view text, const Refusal& refusal, Run run) {
  if (run == Run::dry || !ledger::concerns_rights(refusal.reason)) return;
  if (auto attempt = attempt_in(request, text, refusal)) service.ledger.writer().note(*std::move(attempt));
}

// What was recorded all the same, and will be told of it.
json::array show_flags(const ledger::Admitted& event, Language language) {
  json::array out;
  for (const auto& flagged : event.flags) {
    json::object one{{"flag", name_of(flagged.flag)}, {"detail", flagged.text(language)}, {"pointer", flagged.pointer}};
    for (const auto& argument : flagged.arguments)
      one[argument.name] = language == Language::es ? argument.es : argument.en;
    out.push_back(std::move(one));
  }
  return out;
}

// `repeated`: its flags were told when it was recorded.
std::string event_summary(const ledger::Admitted& event, Language language, bool repeated) {
  json::object out{{"position", event.position.value},
                   {"version", event.version.value},
                   {"stream", event.stream},
                   {"id", event.id.text()},
                   {"recorded_at", event.recorded_at.text()},
                   {"hash", crypto::to_hex(event.hash)}};
  if (!repeated) out["flags"] = show_flags(event, language);
  return json::serialize(out);
}

Response failure_response(const Outcome& outcome, const Request& request) {
  if (outcome.failure) std::rethrow_exception(outcome.failure);
  const auto& refusal = outcome.result.error();
  boost::json::object extra;
  if (refusal.statement > 0) extra["line"] = refusal.statement;
  return problem_response(refusal, request, extra);
}

// What a dry run found: the versions the statements would take now.
Response dry_run_response(const ledger::Admission& admission, Language language) {
  json::array events;
  for (const auto& event : admission.events) {
    json::object one{{"id", event.id.text()}, {"stream", event.stream}, {"version", event.version.value}};
    if (!admission.repeated) one["flags"] = show_flags(event, language);
    events.push_back(std::move(one));
  }
  return json_response(
      200, json::object{{"dry_run", true}, {"events", std::move(events)}, {"repeated", admission.repeated}});
}

asio::awaitable<Response> record_one(Service& service, Request& request) {
  const auto run = read_run(request);
  if (!run) co_return problem_response(run.error(), request);
  auto proposal = propose(service, request, request.body, ledger::Door::Fold::stream);
  if (!proposal) {
    note_refusal(service, request, request.body, proposal.error(), *run);
    co_return problem_response(proposal.error(), request);
  }
  std::vector<Proposal> proposals;
  proposals.push_back(std::move(*proposal));
  const auto outcome = co_await submit(service.ledger.writer(), std::move(proposals), *run);
  if (outcome->failure || !outcome->result) co_return failure_response(*outcome, request);
  const auto& admission = *outcome->result;
  if (*run == Run::dry) co_return dry_run_response(admission, request.language);
  const auto& event = admission.events[0];
  auto body = event_summary(event, request.language, admission.repeated);
  body.pop_back();
  body.append(R"(,"receipt":)").append(write_receipt(service.ledger.prove(admission, 0))).append("}");
  auto response = text_response(admission.repeated ? 200u : 201u, kJson, std::move(body));
  response.with("Location", "/v1/events/" + std::to_string(event.position.value));
  response.with("ETag", "\"" + std::to_string(event.version.value) + "\"");
  co_return response;
}

std::vector<std::string_view> lines_of(std::string_view body) {
  std::vector<std::string_view> lines;
  while (!body.empty()) {
    const auto end = body.find('\n');
    auto line = body.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") != std::string_view::npos) lines.push_back(line);
    if (end == std::string_view::npos) break;
    body.remove_prefix(end + 1);
  }
  return lines;
}

asio::awaitable<Response> record_batch(Service& service, Request& request) {
  const auto run = read_run(request);
  if (!run) co_return problem_response(run.error(), request);
  const auto type = request.content_type();
  if (!type.empty() && type != kNdjson)
    co_return problem_response(HttpProblem::unsupported_media_type, request,
                               {"El lote va como application/x-ndjson.", "A batch goes as application/x-ndjson."});
  const auto lines = lines_of(request.body);
  if (lines.size() > ledger::kMaxBatchStatements)
    co_return problem_response(
        ledger::refuse(Reason::batch_too_large).with("limit", std::to_string(ledger::kMaxBatchStatements)), request);
  std::vector<Proposal> proposals;
  proposals.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto proposal = propose(service, request, lines[i], ledger::Door::Fold::nothing);
    if (!proposal) {
      note_refusal(service, request, lines[i], proposal.error(), *run);
      co_return problem_response(proposal.error(), request, {{"line", i + 1}});
    }
    proposals.push_back(std::move(*proposal));
    if (i % kProposalsBetweenTurns == kProposalsBetweenTurns - 1) {
      const auto executor = co_await asio::this_coro::executor;
      co_await asio::post(executor, asio::use_awaitable);
    }
  }
  const auto outcome = co_await submit(service.ledger.writer(), std::move(proposals), *run);
  if (outcome->failure || !outcome->result) co_return failure_response(*outcome, request);
  const auto& admission = *outcome->result;
  if (*run == Run::dry) co_return dry_run_response(admission, request.language);
  std::string body = R"({"events":[)";
  for (std::size_t i = 0; i < admission.events.size(); ++i) {
    if (i) body += ',';
    body += event_summary(admission.events[i], request.language, admission.repeated);
  }
  body += R"(],"checkpoint":)";
  crypto::append_canonical_string(body, admission.head->checkpoint);
  body += '}';
  co_return text_response(admission.repeated ? 200u : 201u, kJson, std::move(body));
}

}  // namespace

void add_record_routes(Router& router, Service& service) {
  const boost::json::object object{{"type", "object"}};
  const std::vector<ParameterDocumentation> dry_run{{"dry_run", "true: se comprueba todo y no se asienta nada",
                                                     "true: everything is checked and nothing recorded",
                                                     boolean_schema()}};
  Route one{"POST", "/v1/events", [&service](Request& request) { return record_one(service, request); }, true,
            kMaxBodyBytes};
  Documentation one_documented{"Asienta una declaración: la que firmó su autor, o la de una sesión",
                               "Records a statement: as its author signed it, or of a session", dry_run, object};
  one_documented.statuses = {{201, "Asentado: el recibo y lo señalado", "Recorded: the receipt and what is flagged"},
                             {200, "Ya estaba asentado, o es un ensayo", "Recorded before, or a dry run"}};
  one_documented.body = object;
  one.documentation = documented(std::move(one_documented));
  router.add(std::move(one));

  Route batch{"POST", "/v1/batches", [&service](Request& request) { return record_batch(service, request); }, true,
              kMaxBatchBodyBytes};
  Documentation batch_documented{"Asienta varias declaraciones, una por renglón: todas o ninguna",
                                 "Records many statements, one a line: all or none", dry_run, object};
  batch_documented.statuses = {{201, "Asentadas", "Recorded"},
                               {200, "Ya estaban asentadas, o es un ensayo", "Recorded before, or a dry run"}};
  batch_documented.body = text_schema();
  batch_documented.body_media = std::string(kNdjson);
  batch.documentation = documented(std::move(batch_documented));
  router.add(std::move(batch));
}

}  // namespace fedatario::api
