// The lines of it.
#include "crypto/witness_request.hpp"

#include "crypto/text_lines.hpp"
#include "crypto/utf8.hpp"

namespace fedatario::crypto {
namespace {

constexpr View kOld = "old ";

}  // namespace

std::string format_witness_request(const WitnessRequest& request) {
  std::string out(kOld);
  out.append(std::to_string(request.old_size)).append("\n");
  for (const auto& hash : request.proof) out.append(to_base64(hash.view())).append("\n");
  return out.append("\n").append(request.checkpoint);
}

Parsed<WitnessRequest> parse_witness_request(View body) {
  const auto whole = body.size();
  if (std::optional<Fault> fault = find_unprintable(body)) return *std::move(fault);
  WitnessRequest out;
  const auto line = next_line(body);
  if (!line || !line->starts_with(kOld)) return Fault{0, "the first line is not \"old\" and a size"};
  const auto size = read_decimal(line->substr(kOld.size()));
  if (!size) return Fault{kOld.size(), "the old size is not a canonical decimal number"};
  out.old_size = *size;
  auto proof = read_proof_lines(body, whole);
  if (!proof) return proof.error();
  out.proof = *std::move(proof);
  out.checkpoint = body;
  return out;
}

}  // namespace fedatario::crypto
