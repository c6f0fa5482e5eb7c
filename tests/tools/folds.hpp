// What a log amounts to, folded from its entries without the writer: the states of its streams, its views.
#pragma once

#include <map>

#include "ledger/log.hpp"
#include "projections/views.hpp"
#include "tests/support/temporary_directory.hpp"

namespace fedatario::tests {

// The states of all streams, for rules to look up, or spelt.
class FoldedStates final : public ledger::Lookup {
 public:
  void take(const ledger::Entry& entry);
  // Through the bytes they rest in, and back.
  void rest();
  std::map<std::string, crypto::Bytes> spelt() const;
  // None: rules that ask for one are not asked here.
  std::optional<ledger::Earlier> event(const ledger::EventId&) const override { return std::nullopt; }

 private:
  const void* find(std::string_view stream) const override;

  std::map<std::string, ledger::State, std::less<>> states_;
};

FoldedStates fold_states(const std::vector<ledger::Entry>& entries, std::uint64_t size);
// The digest of the views of the first `size` entries.
crypto::Digest views_of(const std::vector<ledger::Entry>& entries, std::uint64_t size);

inline std::vector<ledger::Entry> all_entries(const ledger::Log& log) {
  return log.entries({0}, log.store().head().size);
}
std::vector<std::string> all_streams(const ledger::Store& store);

}  // namespace fedatario::tests
