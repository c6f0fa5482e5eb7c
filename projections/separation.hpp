// Separation of duties, checked again from the trail, without the rules that admitted its events: the same person on
// both sides of what two must do. A ledger whose rules did their work gives no finding; one is a fault of the program
// or of the log, and nothing that a user can cause.
//
// What the trail does not hold is not judged: events whose content was destroyed say no longer which session or
// document they were about. History that a system imported stands outside these duties.
#pragma once

#include <map>
#include <set>

#include "ledger/duties.hpp"
#include "projections/trail_lists.hpp"
#include "projections/trail_records.hpp"

namespace fedatario::projections {

struct SeparationFinding {
  ledger::Title duty;
  ledger::Code person;
  ledger::Title stream;
  std::optional<ledger::Title> item;
  ledger::Title earlier_type;
  ledger::Position earlier;
  ledger::Title type;
  ledger::Position position;
  ledger::Recorded recorded;
  bool operator==(const SeparationFinding&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeparationFinding, (),
                      (duty, person, stream, item, earlier_type, earlier, type, position, recorded))

// Sees trail rows in the order of their positions.
class SeparationCheck {
 public:
  void see(const TrailRow& row);
  std::vector<SeparationFinding> take() { return std::move(findings_); }

 private:
  // Who did something, and where.
  struct Doing {
    std::string person;
    std::string type;
    ledger::Position position;
  };
  using Doings = std::vector<Doing>;

  void judge(const TrailRow& row);
  void judge_control(const TrailRow& row);
  void find(ledger::Duty duty, const Doings& doings, const TrailRow& row);
  void keep(const TrailRow& row);
  void forget_line(const TrailRow& row, std::string_view field);

  std::map<std::pair<std::string, std::string>, Doings> by_item_;     // stream, type and item
  std::map<std::pair<std::string, std::int64_t>, Doings> recorders_;  // stream, activity
  std::map<std::string, std::set<std::string>> interventions_;        // of a plan
  std::vector<SeparationFinding> findings_;
};

// Of all that was recorded in what `scope` names: a fiscal year, a unit, a stream, or everything. Empty where that is
// more rows than the scope allows.
std::optional<std::vector<SeparationFinding>> separation_findings(const TrailScope& scope);

}  // namespace fedatario::projections
