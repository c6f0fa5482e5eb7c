// What is recorded and flagged, never refused: refusing it would only push the truth off the ledger (procedure.md
// sections 4 and 6). A closed list. Flags are no part of an event; they follow from it and from what stood before it,
// and whoever records hears of them at once.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/calendar.hpp"
#include "ledger/label.hpp"
#include "ledger/refusal.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

// Names are stable: they stand in answers.
enum class Flag {
  imported,                  // happened before the founding; recorded by a system, with its source
  outside_window,            // declared outside the months the procedure in force expects it in
  recorded_late,             // recorded more business days after it was declared than are tolerated
  outside_planned_dates,     // carried out before or after the dates of its line
  executed_before_approval,  // carried out before its line was approved [regularización]
  retroactive,               // an action decided after a date it moves
  due_on_non_business_day,   // late only after the next business day
  responsible_absent         // whoever shall answer for it is not in force today [huérfano]; stays last
};

std::string_view name_of(Flag flag);
std::span<const Flag> all_flags();
// With a place {name} for each argument.
Label sentence_of(Flag flag);

struct Flagged {
  Flag flag{};
  std::vector<Refusal::Argument> arguments;
  std::string pointer;  // RFC 6901, into the statement or its content

  std::string text(Language language) const;
};

// The same in both languages.
inline Refusal::Argument same_argument(std::string name, const std::string& value) {
  return {std::move(name), value, value};
}

class Flags {
 public:
  Flags& raise(Flag flag, std::string pointer, std::vector<Refusal::Argument> arguments);

  // Raised where they hold.
  void due(Date day, std::string pointer, const Context& context);
  void responsible(const Code& actor, std::string pointer, const Context& context);

  // That in use, read once.
  const Calendar& calendar(const Context& context);

  std::vector<Flagged> take() { return std::move(raised_); }

 private:
  std::vector<Flagged> raised_;
  std::optional<Calendar> calendar_;
};

// Of an admitted statement, before its event is folded. Pure.
std::vector<Flagged> flags_of(const State& state, const Body& body, const Context& context);

}  // namespace fedatario::ledger
