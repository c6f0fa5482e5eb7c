// What the log is proved by: receipts in three forms, consistency between any two sizes, and the log as tiles (C2SP
// tlog-tiles v0.1.0), so that existing monitors and verifiers work unchanged.
#include "api/documentation.hpp"
#include "api/event_rows.hpp"
#include "api/moments.hpp"
#include "api/negotiation.hpp"
#include "api/problem.hpp"
#include "api/service.hpp"
#include "crypto/json.hpp"
#include "ledger/tiling.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;
using crypto::TileName;

constexpr std::string_view kOctets = "application/octet-stream";
constexpr std::string_view kCose = "application/cose";
constexpr std::string_view kScittReceipt = "application/scitt-receipt+cose";
// A tile or bundle never changes, nor does a partial one of that width.
constexpr std::string_view kForEver = "public, max-age=31536000, immutable";
constexpr std::string_view kForEverForOne = "private, max-age=31536000, immutable";

Response not_acceptable(const Request& request) { return problem_response(HttpProblem::not_acceptable, request); }

Response show_receipt(const Request& request, const Service& service) {
  const auto position = position_of(request, service);
  if (!position) return problem_response(HttpProblem::not_found, request);
  const auto media = preferred_media(request.header("accept").value_or(""), {kJson, kPlainText, kCose, kScittReceipt});
  if (media.empty()) return not_acceptable(request);
  const auto proof = service.ledger.prove(*position);
  Response response;
  if (media == kJson)
    response = text_response(200, kJson, write_receipt(proof));
  else if (media == kPlainText)
    response = text_response(200, kPlainText, write_tlog_proof(proof));
  else if (proof.path.empty())
    return not_acceptable(request);  // RFC 9942: a path of one hash at least
  else
    response = text_response(200, media, service.ledger.cose_receipt(proof));
  return response.with("Vary", "Accept").with("Cache-Control", "no-store");
}

json::object head_of(std::uint64_t size, const crypto::Digest& root) {
  return {{"size", size}, {"root", crypto::to_hex(root)}};
}

Response show_consistency(const Request& request, const Service& service) {
  const auto head = service.ledger.writer().head();
  const auto to = number_parameter(request, "to", head->size, 1, head->size);
  if (!to) return problem_response(to.error(), request);
  if (!request.query_parameter("from")) return problem_response(ledger::field_missing("?", "from"), request);
  const auto from = number_parameter(request, "from", 0, 1, *to);
  if (!from) return problem_response(from.error(), request);
  const auto media = preferred_media(request.header("accept").value_or(""), {kJson, kCose, kScittReceipt});
  if (media.empty()) return not_acceptable(request);
  const auto proof = service.ledger.prove_consistency(*from, *to);
  if (media != kJson) return text_response(200, media, service.ledger.cose_receipt(proof)).with("Vary", "Accept");
  json::object body{{"from", head_of(*from, proof.old_root)}, {"to", head_of(*to, proof.root)}};
  auto& path = body["proof"].emplace_array();
  for (const auto& hash : proof.path) path.push_back(json::string(crypto::to_hex(hash)));
  if (*to == head->size) body["checkpoint"] = head->checkpoint;
  return json_response(200, body).with("Vary", "Accept");
}

// The path as it was sent: a tile has one.
std::string_view tile_path_of(const Request& request) {
  std::string_view path = request.target;
  path = path.substr(0, path.find('?'));
  if (path.starts_with('/')) path.remove_prefix(1);
  return path;
}

Response show_tile(const Request& request, const Service& service) {
  const auto name = crypto::parse_tile_path(tile_path_of(request));
  if (!name) return problem_response(HttpProblem::not_found, request);
  auto tile = read_tile(service.ledger.store(), *name, service.ledger.writer().head()->size);
  if (!tile) return problem_response(HttpProblem::not_found, request);
  const bool for_all = !name->entries || service.ledger.log().founding().public_entries;
  const bool as_stored = tile->gzipped && coding_quality(request.header("accept-encoding").value_or(""), "gzip") > 0;
  if (tile->gzipped && !as_stored) {
    auto plain = ledger::plain_form(*name, std::move(tile->bytes));
    if (!plain) throw ledger::StoreError(crypto::tile_path(*name) + " is damaged");
    tile->bytes = *std::move(plain);
  }
  auto response = text_response(200, kOctets, std::move(tile->bytes));
  response.with("Cache-Control", std::string(for_all ? kForEver : kForEverForOne));
  if (name->entries) response.with("Vary", "Accept-Encoding");
  if (as_stored) response.with("Content-Encoding", "gzip");
  return response;
}

}  // namespace

void add_proof_routes(Router& router, Service& service) {
  const auto add = [&](std::string pattern, Response (*answer)(const Request&, const Service&), bool needs_token,
                       std::shared_ptr<const Documentation> documentation = nullptr) {
    router.add(
        "GET", std::move(pattern), [&service, answer](const Request& request) { return answer(request, service); },
        needs_token, std::move(documentation));
  };
  const json::object object{{"type", "object"}};
  add("/v1/events/{position}/receipt", show_receipt, true,
      documented({"El recibo de un hecho: su prueba de inclusión y el punto de control firmado; en JSON, como texto "
                  "tlog-proof (C2SP) o como recibo COSE (RFC 9942)",
                  "The receipt of an event: its proof of inclusion and the signed checkpoint; as JSON, as a C2SP "
                  "tlog-proof or as a COSE receipt (RFC 9942)",
                  {},
                  object,
                  {"application/json", "text/plain", "application/cose"}}));
  const json::object tree = object_schema({{"size", integer_schema()}, {"root", text_schema()}});
  add("/v1/consistency", show_consistency, false,
      documented(
          {"La prueba de que el libro de un tamaño es el comienzo del de otro; en JSON o como recibo COSE",
           "The proof that the log of one size is the beginning of that of another; as JSON or as a COSE receipt",
           {{"from", "El tamaño anterior", "The earlier size", integer_schema(), true, 1},
            {"to", "El posterior; si no se dice, el actual", "The later one; the present one unless told",
             integer_schema()}},
           object_schema(
               {{"from", tree}, {"to", tree}, {"proof", json::object{{"type", "array"}, {"items", text_schema()}}}},
               {{"checkpoint", text_schema()}}),
           {"application/json", "application/cose"}}));
  add("/tile/{level}/{path...}", show_tile, false);
  add("/tile/entries/{path...}", show_tile, !service.ledger.log().founding().public_entries);
}

}  // namespace fedatario::api
