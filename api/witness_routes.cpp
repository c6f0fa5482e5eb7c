// Verdicts to answers.
#include "api/witness_routes.hpp"

#include <boost/json/array.hpp>

#include "api/problem.hpp"
#include "crypto/hash.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;
using Verdict = ledger::Witness::Verdict;

constexpr std::size_t kMaxRequestBytes = 64 * 1024;
constexpr std::string_view kTreeSize = "text/x.tlog.size";

Response say(unsigned status, std::string text) { return text_response(status, kPlainText, std::move(text) + "\n"); }

Response add_checkpoint(const Request& request, ledger::Witness& witness) {
  auto [verdict, text] = witness.add_checkpoint(request.body);
  switch (verdict) {
    case Verdict::cosigned:
      return text_response(200, kPlainText, std::move(text));
    case Verdict::stale:
      return text_response(409, kTreeSize, text + "\n");
    case Verdict::unknown_log:
      return say(404, "this log is not witnessed here");
    case Verdict::not_signed:
      return say(403, std::move(text));
    case Verdict::inconsistent:
      return say(422, std::move(text));
    case Verdict::malformed:
    case Verdict::old_too_large:
      break;
  }
  return say(400, std::move(text));
}

Response show_checkpoint(const Request& request, const ledger::Witness& witness) {
  const auto hash = crypto::digest_from_hex(request.path_parameter("origin_hash"));
  const auto note = hash ? witness.checkpoint(*hash) : std::nullopt;
  if (!note) return problem_response(HttpProblem::not_found, request);
  return text_response(200, kPlainText, *note).with("Cache-Control", "no-cache");
}

json::array list_alarms(const ledger::Witness& witness) {
  json::array out;
  for (const auto& alarm : witness.alarms())
    out.push_back({{"origin", alarm.origin},
                   {"kind", alarm.kind == ledger::WitnessAlarm::Kind::fork ? "fork" : "inconsistent"},
                   {"file", alarm.file.filename().string()}});
  return out;
}

Response show_witness(const Request&, const ledger::Witness& witness) {
  json::array logs;
  for (const auto& origin : witness.origins())
    logs.push_back({{"origin", origin}, {"checkpoint", "/" + crypto::to_hex(crypto::sha256(origin)) + "/checkpoint"}});
  return json_response(200, json::value{{"name", witness.verifier().name},
                                        {"vkey", witness.verifier().format()},
                                        {"logs", std::move(logs)},
                                        {"alarms", list_alarms(witness)},
                                        {"version", FEDATARIO_VERSION}});
}

}  // namespace

Router make_witness_router(ledger::Witness& witness, Metrics& metrics) {
  Router router;
  Route add{
      "POST", "/add-checkpoint",
      [&witness](Request& request) -> boost::asio::awaitable<Response> { co_return add_checkpoint(request, witness); },
      false, kMaxRequestBytes};
  router.add(std::move(add));
  const auto get = [&](std::string pattern, std::function<Response(Request&)> answer) {
    router.add("GET", std::move(pattern), std::move(answer), false);
  };
  get("/{origin_hash}/checkpoint", [&](const Request& request) { return show_checkpoint(request, witness); });
  get("/witness", [&](const Request& request) { return show_witness(request, witness); });
  get("/healthz", [](const Request&) { return text_response(200, kPlainText, "ok\n"); });
  get("/metrics", [&](const Request&) { return text_response(200, Metrics::kContentType, metrics.text()); });
  metrics.add_gauge("fedatario_witness_alarms", "Contradictions of logs, with their proofs kept",
                    [&] { return double(witness.alarms().size()); });
  return router;
}

}  // namespace fedatario::api
