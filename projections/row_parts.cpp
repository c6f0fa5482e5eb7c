// Splitting rows and joining them again. A row's stored form is the number of further parts (u16) and its bytes.
#include "projections/row_parts.hpp"

#include <algorithm>
#include <limits>

namespace fedatario::projections {
namespace {

constexpr std::size_t kFirstBytes = kMaxRowBytes - 2;

constexpr std::string_view kPart = ".part";

std::string part_view(std::string_view view) { return std::string(view) + std::string(kPart); }
Key part_key(const Key& key, std::uint64_t number) { return key / ledger::Position{number}; }

// `fetch(view, key)` gives a stored row.
template <class Fetch>
crypto::Bytes join(crypto::View first, std::string_view view, const Key& key, Fetch&& fetch) {
  if (first.size() < 2) throw ViewError("a stored row is cut short");
  const auto parts = crypto::read_u16(first);
  crypto::Bytes row(first.substr(2));
  for (std::uint64_t number = 1; number <= parts; ++number) {
    const auto part = fetch(part_view(view), part_key(key, number));
    if (!part) throw ViewError("a part of a stored row is missing");
    row += *part;
  }
  return row;
}

template <class Fetch>
std::optional<crypto::Bytes> fetch_and_join(std::string_view view, const Key& key, Fetch&& fetch) {
  const auto first = fetch(view, key);
  if (!first) return std::nullopt;
  return join(*first, view, key, fetch);
}

auto fetch_from(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of) {
  return [&snapshot, as_of](std::string_view view, const Key& key) {
    return as_of ? snapshot.get_as_of(view, key, *as_of) : snapshot.get(view, key);
  };
}

}  // namespace

std::string_view without_part(std::string_view view) {
  if (view.ends_with(kPart)) view.remove_suffix(kPart.size());
  return view;
}

void put_parts(ViewStore::Batch& batch, std::string_view view, const Key& key, crypto::View row, bool once) {
  const auto put = once ? &ViewStore::Batch::put_once : &ViewStore::Batch::put;
  const auto rest = row.size() - std::min(row.size(), kFirstBytes);
  const auto parts = (rest + kMaxRowBytes - 1) / kMaxRowBytes;
  if (parts > std::numeric_limits<std::uint16_t>::max()) throw ViewError("a row has too many parts");
  crypto::Bytes first;
  first.reserve(2 + std::min(row.size(), kFirstBytes));
  crypto::append_u16(first, static_cast<std::uint16_t>(parts));
  first += row.substr(0, kFirstBytes);
  (batch.*put)(view, key, first);
  for (std::uint64_t number = 1; number <= parts; ++number) {
    const auto part = row.substr(kFirstBytes + (number - 1) * kMaxRowBytes, kMaxRowBytes);
    const auto place = part_key(key, number);
    // A part that stays as it is needs no new version: the newest one up to a position is the right one.
    if (batch.get(part_view(view), place) != part) (batch.*put)(part_view(view), place, part);
  }
}

std::optional<crypto::Bytes> get_parts(const ViewStore::Batch& batch, std::string_view view, const Key& key) {
  return fetch_and_join(view, key, [&](std::string_view from, const Key& place) { return batch.get(from, place); });
}

std::optional<crypto::Bytes> get_parts_before(const ViewStore::Batch& batch, std::string_view view, const Key& key) {
  return fetch_and_join(view, key,
                        [&](std::string_view from, const Key& place) { return batch.get_before(from, place); });
}

std::optional<crypto::Bytes> get_parts(const ViewStore::Snapshot& snapshot, std::string_view view, const Key& key,
                                       std::optional<ledger::Position> as_of) {
  return fetch_and_join(view, key, fetch_from(snapshot, as_of));
}

crypto::Bytes get_parts(const ViewStore::Snapshot& snapshot, std::string_view view, const StoredRow& scanned,
                        std::optional<ledger::Position> as_of) {
  return join(scanned.row, view, Key::from(scanned.key), fetch_from(snapshot, as_of));
}

}  // namespace fedatario::projections
