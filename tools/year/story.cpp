// From the options to the lines of each plan.
#include "tools/year/story.hpp"

#include <algorithm>

#include "tools/year/lines.hpp"

namespace fedatario::tools {
namespace {

constexpr std::array kUnitWeights{22, 20, 22, 14, 12, 10};
constexpr std::uint32_t kLinesOfProfessional = 40, kProfessionalsOfCoordinator = 8;
constexpr std::size_t kPlain = 400;

int staff_of(std::uint32_t work, std::uint32_t each, int least, int most) {
  return std::clamp(int(work / each), least, most);
}

}  // namespace

Story::Story(const YearOptions& options)
    : options_(options),
      hours_(options.fiscal_year),
      agenda_(options.fiscal_year, hours_),
      territory_(options.seed),
      people_(options.seed, hours_, agenda_) {
  place_lines();
  read_lines();
}

void Story::place_lines() {
  for (std::uint32_t entity = 0; entity < options_.entities; ++entity) {
    Random random(options_.seed, "entity", entity);
    const int chance = random.between(0, 99);
    const int lines = entity < kParts ? 1 : chance < 7 ? 0 : chance < 92 ? 1 : 2;
    for (int i = 0; i < lines; ++i) {
      const auto index = slots_.size();
      const int drawn = random.weighted(kUnitWeights);
      const int unit = index < kParts ? int(index) % kDirectorates : drawn;
      auto& of_unit = units_[std::size_t(unit)].lines;
      of_unit.push_back(std::uint32_t(index));
      slots_.push_back({entity, std::uint32_t(of_unit.size()), std::uint8_t(unit)});
    }
  }
  for (int unit = 0; unit < kDirectorates; ++unit) {
    const auto lines = std::uint32_t(units_[std::size_t(unit)].lines.size());
    const int professionals = staff_of(lines, kLinesOfProfessional, 5, 400);
    people_.set_staff(unit,
                      {professionals, staff_of(std::uint32_t(professionals), kProfessionalsOfCoordinator, 2, 60)});
  }
}

void Story::read_lines() {
  for (int unit = 0; unit < kDirectorates; ++unit) {
    auto& year = units_[std::size_t(unit)];
    for (const auto index : year.lines) {
      const auto line = line_facts(*this, index);
      auto& round = year.rounds[std::size_t(line.round)];
      if (line.amendment == Amendment::added) round.added.push_back(index);
      if (line.amendment == Amendment::changed) round.changed.push_back(index);
      if (line.amendment == Amendment::dropped) round.dropped.push_back(index);
      if (line.fate == Fate::carried) year.carried.push_back(index);
      if (line.amendment != Amendment::added && line.fate != Fate::dropped_in_draft) ++year.submitted;
      if (line.amendment == Amendment::none && line.fate == Fate::delivered && !line.joined_unit &&
          year.plain.size() < kPlain)
        year.plain.push_back(index);
    }
  }
}

}  // namespace fedatario::tools
