// Rows larger than the store takes: a line with a thousand entities, a trail of long texts. Their first part stands
// under the row's own key, so that scans and pages see one row, and the rest in a view of its own, `<view>.part`, under
// the row's key and the part's number. Each part has its versions as the row has, so "as of" holds for them too. What a
// row that became shorter leaves behind there is never read.
#pragma once

#include <algorithm>
#include <cassert>
#include <span>

#include "ledger/binary_codec.hpp"
#include "ledger/shape.hpp"
#include "projections/rows.hpp"
#include "projections/view_store.hpp"

namespace fedatario::projections {

// Throws ViewError when the bytes are not exactly a row's.
template <class Row>
Row decode_row(crypto::View bytes) {
  try {
    return ledger::from_binary<Row>(bytes);
  } catch (const ledger::BinaryError& fault) {
    throw ViewError(fault.what());
  }
}

// "line" for "line" and for "line.part".
std::string_view without_part(std::string_view view);

// `once`: the row is never put again (ViewStore::Batch::put_once).
void put_parts(ViewStore::Batch& batch, std::string_view view, const Key& key, crypto::View row, bool once = false);
std::optional<crypto::Bytes> get_parts(const ViewStore::Batch& batch, std::string_view view, const Key& key);
std::optional<crypto::Bytes> get_parts_before(const ViewStore::Batch& batch, std::string_view view, const Key& key);
std::optional<crypto::Bytes> get_parts(const ViewStore::Snapshot& snapshot, std::string_view view, const Key& key,
                                       std::optional<ledger::Position> as_of);
// Of a row that a scan of `view` gave.
crypto::Bytes get_parts(const ViewStore::Snapshot& snapshot, std::string_view view, const StoredRow& scanned,
                        std::optional<ledger::Position> as_of);

// The shapes of the row types of a view, all that it puts below; entries of indexes have no type.
template <class... Row>
void shapes_of(std::string& out) {
  ((out += Row::kView, ledger::append_shape<Row>(out)), ...);
}

// Rows as a fold sees and writes them. Each row type names its view.
class Rows {
 public:
  // `names`: of the rows that may be written (asserted).
  Rows(ViewStore::Batch& batch, std::span<const std::string_view> names) : batch_(batch), names_(names) {}

  template <class Row>
  std::optional<Row> get(const Key& key) const {
    return decoded<Row>(get_parts(batch_, Row::kView, key));
  }
  // As it was before the event that is being folded.
  template <class Row>
  std::optional<Row> before(const Key& key) const {
    return decoded<Row>(get_parts_before(batch_, Row::kView, key));
  }
  template <class Row>
  void put(const Key& key, const Row& row) {
    assert(may_write(Row::kView));
    put_parts(batch_, Row::kView, key, ledger::to_binary(row));
  }
  // A row that never changes; its key ends in the position of its event.
  template <class Row>
  void put_once(const Key& key, const Row& row) {
    assert(may_write(Row::kView));
    put_parts(batch_, Row::kView, key, ledger::to_binary(row), true);
  }
  // An entry of an index: what `key`, which ends in the position of its event, leads to.
  void put_index(std::string_view view, const Key& key, crypto::View target) {
    assert(may_write(view));
    batch_.put_once(view, key, target);
  }
  std::optional<crypto::Bytes> get_index(std::string_view view, const Key& key) const { return batch_.get(view, key); }

 private:
  template <class Row>
  static std::optional<Row> decoded(const std::optional<crypto::Bytes>& bytes) {
    return bytes ? std::optional<Row>(decode_row<Row>(*bytes)) : std::nullopt;
  }

  bool may_write(std::string_view name) const { return std::ranges::find(names_, name) != names_.end(); }

  ViewStore::Batch& batch_;
  const std::span<const std::string_view> names_;
};

}  // namespace fedatario::projections
