// By what figures are put together, and how a joint line counts. A line counts once, under its lead unit. Only in
// tables by entity or department does it count for each of its entities, and there too its money, sessions and
// attendees count once, with the entity the line names first.
#pragma once

#include <map>

#include "projections/plan_rows.hpp"
#include "projections/view_store.hpp"

namespace fedatario::projections {

BOOST_DEFINE_ENUM_CLASS(Grouping, fiscal_year, unit, line, entity, department, service, theme, budget_item)

// Days of declared dates, both ends included; an end left out is open.
struct Period {
  std::optional<ledger::Date> from = {};
  std::optional<ledger::Date> to = {};

  bool empty() const { return !from && !to; }
  bool holds(ledger::Date date) const { return (!from || *from <= date) && (!to || date <= *to); }
};

// Departments of entities, as known at a moment; each is looked up once. For one thread.
class Departments {
 public:
  // The snapshot outlives it.
  Departments(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of)
      : snapshot_(snapshot), as_of_(as_of) {}
  // Two digits of DIVIPOLA; empty where nobody said.
  const std::string& of(const ledger::Code& entity);

 private:
  const ViewStore::Snapshot& snapshot_;
  const std::optional<ledger::Position> as_of_;
  std::map<ledger::Code, std::string> known_;
};

struct Group {
  std::string name;                    // "" where the line says none
  std::vector<ledger::Code> entities;  // of the line, that count in it
  bool is_lead = true;                 // money, sessions and attendees count here
};
// The groups a line counts in: one, or one for each entity or department.
std::vector<Group> groups_of(const LineRow& line, Grouping by, Departments& departments);

// Whether each entity counts by itself.
constexpr bool is_by_entity(Grouping by) { return by == Grouping::entity || by == Grouping::department; }

// Parts of a whole in hundredths of a percent, half rounded up; empty where there is no whole.
std::optional<std::int64_t> share_hundredths(std::int64_t part, std::int64_t whole);

}  // namespace fedatario::projections
