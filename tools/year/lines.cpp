// Facts of lines, each drawn in a fixed order from a chance of the line's own.
#include "tools/year/lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/names.hpp"

namespace fedatario::tools {
namespace {

using ledger::Mechanism;
using ledger::Modality;

constexpr std::string_view kNorms[] = {"Decreto 1083 de 2015, art. 2.2.22.3.4", "Decreto 1083 de 2015, art. 2.2.12.1",
                                       "Ley 909 de 2004, art. 15", "Ley 1712 de 2014, art. 7",
                                       "Ley 2052 de 2020, art. 3"};
constexpr Mechanism kMechanisms[] = {Mechanism::accompaniment, Mechanism::workshop, Mechanism::working_table,
                                     Mechanism::laboratory,    Mechanism::training, Mechanism::event};
constexpr Modality kModalities[] = {Modality::on_site, Modality::online, Modality::mixed};
constexpr std::string_view kOfficesOfEntities[] = {"Secretaría General", "Oficina de Talento Humano",
                                                   "Secretaría de Planeación", "Oficina de Control Interno"};
constexpr int kLongestStart = 220;  // days from the first on which lines begin
constexpr int kMostMilestones = 4;

struct Days {
  Date start, end;
};

Days draw_days(const Story& story, const LineFacts& line, Random& random) {
  const auto& hours = story.hours();
  const int year = story.year();
  const bool part = line.index < kParts;
  const auto first = date(year, 2, 2), latest = date(year, 12, 4);
  const int offset = random.between(0, kLongestStart), lasts = random.between(35, 140);
  auto start = later(first, part ? offset % 25 : offset);
  auto end = later(start, part ? 60 + lasts % 35 : lasts);
  if (line.amendment == Amendment::added) {
    start = later(story.agenda().rounds[std::size_t(line.round)].approved, 10 + offset % 15);
    end = later(start, 40 + lasts % 40);
  } else if (line.is(Part::changed)) {
    end = later(start, 120);
  } else if (line.is(Part::dropped)) {
    start = later(date(year, 6, 1), offset % 25);
    end = later(start, 60);
  }
  return {hours.next(start), hours.next(std::min(end, latest))};
}

std::vector<Date> draw_dues(const Story& story, const LineFacts& line, Random& random) {
  const auto count = int(services()[std::size_t(line.service)].milestones.size());
  const auto length = int((line.end - line.start).count());
  std::vector<Date> dues;
  for (int i = 1; i <= kMostMilestones; ++i) {
    const bool exact = random.permille(150);  // on whatever day it falls
    if (i > count) continue;
    const auto day = later(line.start, length * i / count);
    dues.push_back(i == count ? line.end : std::min(line.end, exact ? day : story.hours().next(day)));
  }
  return dues;
}

Fate draw_fate(const LineFacts& line, Random& random) {
  if (line.drawn(random, 25, Part::cancelled)) return Fate::cancelled;
  if (line.drawn(random, 20, Part::stalled)) return Fate::stalled;
  if (line.drawn(random, 16, Part::carried)) return Fate::carried;
  if (line.drawn(random, 10, Part::never_begun)) return Fate::never_begun;
  if (line.drawn(random, 4, Part::dropped_in_draft)) return Fate::dropped_in_draft;
  return Fate::delivered;
}

Amendment draw_amendment(const LineFacts& line, Random& random) {
  if (line.drawn(random, 14, Part::added)) return Amendment::added;
  if (line.drawn(random, 20, Part::changed)) return Amendment::changed;
  if (line.drawn(random, 12, Part::dropped)) return Amendment::dropped;
  return Amendment::none;
}

// Whether the line's dates leave room for its amendment.
bool has_room(const Story& story, const LineFacts& line) {
  const auto& round = story.agenda().rounds[std::size_t(line.round)];
  switch (line.amendment) {
    case Amendment::none:
    case Amendment::added:
      return true;
    case Amendment::changed:
      return line.start <= later(round.submitted, -10) && line.end >= later(round.approved, 20) &&
             later(line.end, line.shift_days) <= date(story.year(), 12, 10);
    case Amendment::dropped:
      return line.start >= later(round.approved, 30);
  }
  return false;
}

void draw_joint(const Story& story, LineFacts& line, Random& random) {
  const bool joint = line.drawn(random, 45, Part::joint);
  const int other = (line.unit + random.between(1, kDirectorates - 1)) % kDirectorates;
  const bool accepts = random.permille(900);
  const int others = random.between(0, 2);
  if (!joint || line.fate != Fate::delivered || line.amendment != Amendment::none) return;
  line.joined_unit = other;
  line.joined = accepts || line.is(Part::joint);
  const auto all = story.options().entities;
  for (int i = 1; i <= (line.is(Part::joint) ? 1 : others); ++i)
    line.others.push_back((line.entity + std::uint32_t(i) * 7) % all);
}

}  // namespace

LineFacts line_facts(const Story& story, std::uint32_t index) {
  const auto& slot = story.slot(index);
  Random random(story.seed(), "line", index);
  LineFacts line;
  line.index = index;
  line.entity = slot.entity;
  line.unit = slot.unit;
  line.code = fmt::format("{:04}", slot.number);
  line.service = random.pick(plannable_services(line.unit));
  const auto& staff = story.people().staff(line.unit);
  line.professional = int(slot.number - 1) % staff.professionals;
  line.coordinator = line.professional % staff.coordinators;
  line.managed =
      random.permille(600) && story.people().has_manager(story.territory().department(line.entity), line.unit);
  line.budget = random.permille(300) ? 0 : random.between(20, 110) * std::int64_t(250'000);
  line.modality = random.pick(kModalities);
  line.mechanism = random.pick(kMechanisms);
  line.normative = random.permille(180);
  line.travel = random.permille(450);
  line.fate = draw_fate(line, random);
  line.amendment = draw_amendment(line, random);
  if (line.fate != Fate::delivered) line.amendment = Amendment::none;
  line.round = index < kParts ? 0 : random.between(0, kRounds - 1);
  line.shift_days = random.between(10, 30);
  line.demanded = line.drawn(random, 100, Part::demanded) || line.amendment == Amendment::added;
  const auto days = draw_days(story, line, random);
  line.start = days.start;
  line.end = days.end;
  line.dues = draw_dues(story, line, random);
  if (!has_room(story, line)) line.amendment = Amendment::none;
  draw_joint(story, line, random);
  return line;
}

std::string filing_number(const Story& story, Date day, std::uint32_t number) {
  Random random(story.seed(), "filing", number);
  return fmt::format("{}{}{:06}{}", day.year(), 2060 + random.between(0, 9), number % 1'000'000, random.between(1, 9));
}

std::string demand_code(const Story& story, std::uint32_t number) {
  return fmt::format("{}-{:06}", story.year(), number + 1);
}

Date demanded_on(const Story& story, const LineFacts& line) {
  Random random(story.seed(), "demanded", line.index);
  const auto& agenda = story.agenda();
  if (line.amendment == Amendment::added) {
    const auto submitted = agenda.rounds[std::size_t(line.round)].submitted;
    return story.hours().next(between(later(submitted, -40), later(submitted, -12), random));
  }
  const auto first = story.hours().add(agenda.entities_to, 1);  // when all entities are registered
  return story.hours().next(between(first, later(first, 14), random));
}

std::vector<Date> amended_dues(const Story& story, const LineFacts& line) {
  auto dues = line.dues;
  const auto approved = story.agenda().rounds[std::size_t(line.round)].approved;
  for (auto& due : dues)
    if (due > approved) due = later(due, line.shift_days);
  return dues;
}

ledger::PlanLine plan_line(const Story& story, const LineFacts& line, Version version, const std::string& responsible) {
  const auto& service = services()[std::size_t(line.service)];
  Random random(story.seed(), "planned", line.index);
  ledger::PlanLine out;
  if (!line.normative)
    out.acceptance = random.permille(850) ? ledger::Acceptance::accepted : ledger::Acceptance::pending;
  out.assistance_date = line.start;
  out.budget_cop = {version == Version::mistyped ? line.budget * 10 + 1'000'000 : line.budget};
  if (version == Version::amended) out.budget_cop.value += 1'500'000;
  if (line.budget > 0)
    out.budget_item = ledger::Title{fmt::format("CDP {} de {}", random.between(100, 999), story.year())};
  if (line.demanded)
    out.demand = ledger::Title{filing_number(story, demanded_on(story, line), demand_of_line(story, line.index))};
  out.end = version == Version::amended ? later(line.end, line.shift_days) : line.end;
  out.entity = {story.territory().code(line.entity)};
  out.line = {line.code};
  out.mechanism = line.mechanism;
  const auto dues = version == Version::amended ? amended_dues(story, line) : line.dues;
  for (std::size_t i = 0; i < dues.size(); ++i) out.milestones.push_back({dues[i], {fmt::format("h{}", i + 1)}});
  out.modality = line.modality;
  if (line.normative) out.norm = ledger::Title{std::string(random.pick(kNorms))};
  out.obligation = line.normative ? ledger::Obligation::normative : ledger::Obligation::voluntary;
  out.order = ledger::EntityOrder::territorial;
  out.origin = line.demanded ? ledger::Origin::demand : ledger::Origin::offer;
  if (!line.others.empty()) {
    out.other_entities.emplace();
    for (const auto other : line.others) out.other_entities->push_back({story.territory().code(other)});
  }
  if (line.joined_unit) out.other_units = {{std::string(directorates()[std::size_t(*line.joined_unit)].code)}};
  out.reach = line.joined_unit ? ledger::Reach::joint : ledger::Reach::individual;
  out.responsible = {responsible};
  out.responsible_office = ledger::Title{std::string(random.pick(kOfficesOfEntities))};
  out.service = {std::string(service.code)};
  out.start = line.start;
  if (line.managed)
    out.territorial_manager = {story.people().manager(story.territory().department(line.entity), line.unit).actor};
  out.theme = {std::string(service.theme)};
  out.travel = line.travel;
  return out;
}

std::string intervention_of(const Story& story, const LineFacts& line) {
  return ledger::intervention_stream(story.year(), directorates()[std::size_t(line.unit)].code, line.code);
}

std::string record_file_of(const Story& story, const LineFacts& line) {
  return fmt::format("{}-{}-{}", story.year(), directorates()[std::size_t(line.unit)].code, line.code);
}

}  // namespace fedatario::tools
