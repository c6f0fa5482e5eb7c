// The lines of it.
#include "crypto/tlog_proof.hpp"

#include "crypto/text_lines.hpp"
#include "crypto/utf8.hpp"

namespace fedatario::crypto {
namespace {

constexpr View kHeader = "c2sp.org/tlog-proof@v1\n";
constexpr View kExtra = "extra ", kIndex = "index ";

}  // namespace

std::string format_tlog_proof(const TlogProof& proof) {
  std::string out(kHeader);
  if (proof.extra) out.append(kExtra).append(to_base64(*proof.extra)).append("\n");
  out.append(kIndex).append(std::to_string(proof.index)).append("\n");
  for (const auto& hash : proof.proof) out.append(to_base64(hash.view())).append("\n");
  return out.append("\n").append(proof.checkpoint);
}

Parsed<TlogProof> parse_tlog_proof(View text) {
  const auto whole = text.size();
  const auto at = [&] { return whole - text.size(); };
  if (std::optional<Fault> fault = find_unprintable(text)) return *std::move(fault);
  if (!text.starts_with(kHeader)) return Fault{0, "not a tlog-proof of version 1"};
  text.remove_prefix(kHeader.size());
  TlogProof out;
  auto place = at();
  auto line = next_line(text);
  if (line && line->starts_with(kExtra)) {
    out.extra = from_base64(line->substr(kExtra.size()));
    if (!out.extra) return Fault{place, "extra is not base64"};
    place = at();
    line = next_line(text);
  }
  if (!line || !line->starts_with(kIndex)) return Fault{place, "the index is missing"};
  const auto index = read_decimal(line->substr(kIndex.size()));
  if (!index) return Fault{place, "the index is not a canonical decimal number"};
  out.index = *index;
  auto proof = read_proof_lines(text, whole);
  if (!proof) return proof.error();
  out.proof = *std::move(proof);
  out.checkpoint = text;
  return out;
}

}  // namespace fedatario::crypto
