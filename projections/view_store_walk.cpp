// Walking over all that is stored, and digesting it.
#include "projections/view_store_database.hpp"

namespace fedatario::projections {

struct ViewStore::Walk::Held {
  const ViewDatabase& database;
  Family family = Family::history;
  std::unique_ptr<rocksdb::Iterator> at;

  explicit Held(const ViewDatabase& from) : database(from) { begin(); }
  void begin() {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    options.readahead_size = 1 << 20;
    at.reset(database.db->NewIterator(options, database.family(family)));
    at->SeekToFirst();
    settle();
  }
  // After the last of one family, to the first of the next that has any.
  void settle() {
    if (at->Valid()) return;
    require(at->status(), "reading all rows");
    if (family == Family::erased) return;
    family = family == Family::history ? Family::current : Family::erased;
    begin();
  }
};

ViewStore::Walk::Walk(const ViewStore& store) : held_(std::make_unique<Held>(*store.database_)) {}
ViewStore::Walk::~Walk() = default;

bool ViewStore::Walk::valid() const { return held_->at->Valid(); }

void ViewStore::Walk::next() {
  held_->at->Next();
  held_->settle();
}

bool ViewStore::Walk::is_version() const { return held_->family == Family::history; }
bool ViewStore::Walk::is_erased_key() const { return held_->family == Family::erased; }

std::string_view ViewStore::Walk::name() const {
  const auto stored = stored_key();
  return stored.substr(0, stored.find('\0'));
}

crypto::Bytes ViewStore::Walk::key() const {
  const auto stored = stored_key();
  // What the disk gives may be no key of ours.
  if (is_version() && stored.size() >= name().size() + 11) return key_in_history(name(), stored);
  return crypto::Bytes(stored.substr(std::min(stored.size(), name().size() + 1)));
}

std::optional<ledger::Position> ViewStore::Walk::position() const {
  const auto stored = stored_key();
  if (!is_version() || stored.size() < name().size() + 11) return std::nullopt;
  return position_in_history(stored);
}

crypto::View ViewStore::Walk::stored_key() const { return view(held_->at->key()); }
crypto::View ViewStore::Walk::stored_value() const { return view(held_->at->value()); }

std::strong_ordering ViewStore::Walk::order(const Walk& other) const {
  if (held_->family != other.held_->family) return held_->family <=> other.held_->family;
  return stored_key() <=> other.stored_key();
}

void RowDigest::add(const ViewStore::Walk& at) {
  // The kind and the lengths first: no two sequences of rows have the same bytes.
  crypto::Bytes head(1, at.is_version() ? 'v' : at.is_erased_key() ? 'e' : 'c');
  crypto::append_u32(head, static_cast<std::uint32_t>(at.stored_key().size()));
  crypto::append_u32(head, static_cast<std::uint32_t>(at.stored_value().size()));
  hash_.update(head);
  hash_.update(at.stored_key());
  hash_.update(at.stored_value());
}

}  // namespace fedatario::projections
