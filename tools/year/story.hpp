// A fiscal year as it will be told: who, what and when, decided by the seed and by nothing else. What can be computed
// again is not kept; of each line, who is assisted, by which unit, under which number.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "tools/year/dates.hpp"
#include "tools/year/people.hpp"
#include "tools/year/territory.hpp"

namespace fedatario::tools {

struct YearOptions {
  int fiscal_year = 2026;
  std::uint32_t entities = 200;
  std::uint64_t seed = 1;
};

// The first lines have parts of their own (lines.hpp), which takes so many entities.
inline constexpr std::uint32_t kFewestEntities = 40;
// The ledger closes a year that leaves at most 1,000 lines of a unit undelivered.
inline constexpr std::uint32_t kMostEntities = 100'000;

// Which lines an amendment is about.
struct AmendedLines {
  std::vector<std::uint32_t> added, changed, dropped;
  std::size_t size() const { return added.size() + changed.size() + dropped.size(); }
};

struct UnitYear {
  std::vector<std::uint32_t> lines;  // of the plan, by number
  std::uint32_t submitted = 0;       // how many stand in the plan when it is first submitted
  std::array<AmendedLines, kRounds> rounds;
  std::vector<std::uint32_t> carried;  // to the next year
  std::vector<std::uint32_t> plain;    // some that nothing unusual happens to, for samples
};

class Story {
 public:
  explicit Story(const YearOptions& options);

  struct Slot {
    std::uint32_t entity = 0, number = 0;  // number: in its unit's plan, from 1
    std::uint8_t unit = 0;
  };

  const YearOptions& options() const { return options_; }
  int year() const { return options_.fiscal_year; }
  std::uint64_t seed() const { return options_.seed; }
  const WorkingHours& hours() const { return hours_; }
  const Agenda& agenda() const { return agenda_; }
  const People& people() const { return people_; }
  const Territory& territory() const { return territory_; }
  std::uint32_t line_count() const { return std::uint32_t(slots_.size()); }
  const Slot& slot(std::uint32_t line) const { return slots_[line]; }
  const UnitYear& unit(int unit) const { return units_[std::size_t(unit)]; }
  std::uint32_t demand_count() const { return options_.entities / 25 + 12; }

  // When the unit's plan of the year is approved; the last of them comes late.
  Date plan_approved(int unit) const { return unit == kLateUnit ? agenda_.late_plan_approved : agenda_.plans_approved; }
  static constexpr int kLateUnit = 4;
  // The unit whose plan is returned once.
  static constexpr int kReturnedUnit = 1;

 private:
  void place_lines();
  void read_lines();

  const YearOptions options_;
  const WorkingHours hours_;
  const Agenda agenda_;
  const Territory territory_;
  People people_;
  std::vector<Slot> slots_;
  std::array<UnitYear, kDirectorates> units_;
};

}  // namespace fedatario::tools
