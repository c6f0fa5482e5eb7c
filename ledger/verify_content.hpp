// Part of the verification: that content is there, sealed in its group, and what was committed to.
#pragma once

#include <cstdint>

#include "ledger/event.hpp"
#include "ledger/findings.hpp"
#include "ledger/keyring.hpp"
#include "ledger/store.hpp"

namespace fedatario::ledger {

// For one thread.
class ContentChecks {
 public:
  // All borrowed. Without a keyring sealed parts are counted and not opened.
  ContentChecks(const Store& store, const Keyring* keyring, Findings& findings)
      : store_(store), keyring_(keyring), findings_(findings) {}

  void check(Position position, const Event& event);

  std::uint64_t parts() const { return parts_; }    // sealed parts present
  std::uint64_t opened() const { return opened_; }  // and held against their commitments
  std::uint64_t rows() const { return parts_ + commitment_lists_; }
  // Counted in an earlier run.
  void add_earlier(std::uint64_t parts, std::uint64_t opened, std::uint64_t rows) {
    parts_ += parts;
    opened_ += opened;
    commitment_lists_ += rows - parts;
  }

 private:
  void check_part(Position position, const Event& event, Compartment compartment, std::uint16_t number,
                  const std::string& commitment);
  void check_personal(Position position, const Event& event);

  const Store& store_;
  const Keyring* const keyring_;
  Findings& findings_;
  std::uint64_t parts_ = 0, opened_ = 0, commitment_lists_ = 0;
};

}  // namespace fedatario::ledger
