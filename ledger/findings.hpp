// What a verification finds: each thing that is not as it must be, and where.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/names.hpp"

namespace fedatario::ledger {

// One thing that is not as it must be.
struct Finding {
  std::optional<Position> from, to;  // the positions it concerns, last included; absent: the log as a whole
  std::string es, en;
  std::string_view code = {};  // EVIDENCE.md section 7, where it is one of those
};

// Collects them, up to a limit. For one thread.
class Findings {
 public:
  explicit Findings(std::size_t limit) : limit_(limit) {}

  void add(std::optional<Position> from, std::optional<Position> to, std::string es, std::string en,
           std::string_view code = {}) {
    if (all_.size() < limit_) all_.push_back({from, to, std::move(es), std::move(en), code});
  }
  void add(Position at, std::string es, std::string en, std::string_view code = {}) {
    add(at, at, std::move(es), std::move(en), code);
  }
  // Of the log as a whole.
  void add(std::string es, std::string en, std::string_view code = {}) {
    add(std::nullopt, std::nullopt, std::move(es), std::move(en), code);
  }
  bool empty() const { return all_.empty(); }

  // In the order of the log, what concerns it as a whole last.
  std::vector<Finding> take() {
    std::stable_sort(all_.begin(), all_.end(),
                     [](const Finding& a, const Finding& b) { return a.from && (!b.from || *a.from < *b.from); });
    return std::move(all_);
  }

 private:
  const std::size_t limit_;
  std::vector<Finding> all_;
};

}  // namespace fedatario::ledger
