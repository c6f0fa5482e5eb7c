// What a question asks of the rows it is answered with, read from its parameters:
//
//   ?unit=ddo                          equal; ?unit=ddo,dep either; ?unit= has none
//   ?end=2026-01-01..2026-03-31        from .. to, both included, of numbers, dates and times; either may be left out
//   ?theme=~rediseño                   contains, without regard to case and accents
//   ?sort=-end,line                    by columns in turn, '-' the greatest first; rows without value last
//
// A column of many values is taken when one of them is.
#pragma once

#include <span>

#include "api/columns.hpp"
#include "api/message.hpp"
#include "ledger/refusal.hpp"

namespace fedatario::api {

class Filter {
 public:
  // Parameters named as columns; `others` are read elsewhere. Refuses any other parameter, and values that a column
  // cannot have.
  static ledger::Result<Filter> read(const Request& request, std::span<const Column> columns,
                                     std::span<const std::string> others);

  bool empty() const { return conditions_.empty(); }
  // By column, for cells_of().
  const std::vector<bool>& wanted() const { return wanted_; }
  bool takes(const std::vector<Cells>& cells) const;
  // The one text that the column must equal, if so.
  std::optional<std::string> only(std::string_view column) const;

 private:
  struct Alternative {
    enum class Kind { absent, within, contains } kind{};
    std::optional<Cell> low, high;  // within: both included
    std::string part;               // contains: folded
    bool takes(const Cells& cells) const;
  };
  struct Condition {
    std::size_t column = 0;
    std::vector<Alternative> any;
  };
  static ledger::Result<Alternative> read_alternative(const Column& column, std::string_view text);
  static ledger::Result<Condition> read_condition(const Column& column, std::size_t number, std::string_view text);

  std::span<const Column> columns_;
  std::vector<Condition> conditions_;
  std::vector<bool> wanted_;
};

class Order {
 public:
  // Of `sort`.
  static ledger::Result<Order> read(const Request& request, std::span<const Column> columns);

  bool empty() const { return keys_.empty(); }
  const std::vector<bool>& wanted() const { return wanted_; }
  // Whether a row with cells `a` comes before one with `b`.
  bool before(const std::vector<Cells>& a, const std::vector<Cells>& b) const;

 private:
  struct By {
    std::size_t column = 0;
    bool descending = false;
  };
  std::vector<By> keys_;
  std::vector<bool> wanted_;
};

}  // namespace fedatario::api
