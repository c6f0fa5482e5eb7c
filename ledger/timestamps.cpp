// Tokens and what they are of.
#include "ledger/timestamps.hpp"

#include <cassert>

#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "crypto/json.hpp"

namespace fedatario::ledger {
namespace {

template <class T>
std::optional<Stamp> read(Position position, const Body& body, const boost::json::object* data, bool renews) {
  const auto* event = body.get_if<T>();
  if (!event || event->open.size.value <= 0) return std::nullopt;
  const auto& open = event->open;
  Stamp stamp{position, renews, open.authority.value, std::uint64_t(open.size.value), open.root, open.token_sha256, {}};
  if (const auto* token = data ? data->if_contains("token") : nullptr; token && token->is_string())
    stamp.token = crypto::from_base64(token->get_string());
  return stamp;
}

}  // namespace

std::optional<Stamp> read_stamp(Position position, const Body& open, const boost::json::object* data) {
  if (auto stamp = read<TimestampObtained>(position, open, data, false)) return stamp;
  return read<TimestampRenewed>(position, open, data, true);
}

std::vector<Stamp> stamps_of(const Log& log) {
  std::vector<Stamp> out;
  constexpr std::size_t kStep = 1'000;
  for (Version from{1};; from.value += kStep) {
    const auto entries = log.store().stream(LedgerState::kKind, from, kStep);
    for (const auto& at : entries) {
      const auto entry = log.entry(at.position);
      const auto stamp = read_stamp(at.position, entry.body, nullptr);
      if (!stamp) continue;
      const auto part = log.part(entry.event, Compartment::data, 0);
      const auto data = part ? crypto::parse_json(part->canonical) : boost::json::value();
      out.push_back(*read_stamp(at.position, entry.body, data && data->is_object() ? &data->get_object() : nullptr));
    }
    if (entries.size() < kStep) return out;
  }
}

Imprint StampedHeads::imprint(std::uint64_t size, const crypto::Digest& root, bool renews) const {
  auto text = crypto::format_checkpoint({origin_, size, root, {}});
  if (!renews) return {crypto::ImprintHash::sha256, imprint_of(crypto::ImprintHash::sha256, text)};
  if (const auto known = tokens_.find({size, root}); known != tokens_.end()) text.insert(0, known->second);
  return {crypto::ImprintHash::sha512, imprint_of(crypto::ImprintHash::sha512, text)};
}

crypto::Parsed<crypto::Timestamp> StampedHeads::check(const Stamp& stamp, const crypto::TrustedAuthorities* trusted) {
  assert(can_check(stamp));
  if (crypto::sha256(*stamp.token) != stamp.token_sha256) return crypto::Fault{0, "its token is another"};
  if (stamp.renews && !tokens_.contains({stamp.size, stamp.root}))
    return crypto::Fault{0, "it renews no stamp of that head"};
  const auto of = imprint(stamp.size, stamp.root, stamp.renews);
  auto checked = check_timestamp(*stamp.token, of.hash, of.digest, trusted);
  tokens_[{stamp.size, stamp.root}] += *stamp.token;
  return checked;
}

}  // namespace fedatario::ledger
