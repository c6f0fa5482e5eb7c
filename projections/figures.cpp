// Counting the figures of a year, and recognising their names.
#include "projections/figures.hpp"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <cmath>

#include "ledger/text.hpp"

namespace fedatario::projections {
namespace {

using Value = std::optional<std::int64_t>;

template <class Rows, class Of>
std::int64_t total(const Rows& rows, Of&& of) {
  std::int64_t sum = 0;
  for (const auto& row : rows) sum = sum_of(sum, of(row));
  return sum;
}
template <class Of>
std::int64_t lines(const YearFacts& year, Of&& of) {
  return total(year.lines, of);
}
template <class Of>
std::int64_t entities(const YearFacts& year, Of&& of) {
  return total(year.entities, of);
}

Value lines_planned(const YearFacts& year) { return std::int64_t(year.lines.size()); }
Value lines_delivered(const YearFacts& year) {
  return lines(year, [](const LineFacts& line) { return line.delivered; });
}
Value lines_cancelled(const YearFacts& year) {
  return lines(year, [](const LineFacts& line) { return line.cancelled; });
}
Value lines_carried(const YearFacts& year) {
  return lines(year, [](const LineFacts& facts) { return facts.line.carried_to.has_value(); });
}
Value sessions(const YearFacts& year) {
  return lines(year, [](const LineFacts& line) { return line.sessions; });
}
Value attendees(const YearFacts& year) {
  return lines(year, [](const LineFacts& line) { return line.attendees; });
}
Value entities_prioritized(const YearFacts& year) {
  return entities(year, [](const EntityCoverage& entity) { return entity.prioritized; });
}
Value entities_planned(const YearFacts& year) {
  return entities(year, [](const EntityCoverage& entity) { return entity.planned; });
}
Value entities_served(const YearFacts& year) {
  return entities(year, [](const EntityCoverage& entity) { return entity.served; });
}
Value entities_served_without_priority(const YearFacts& year) {
  return entities(year, [](const EntityCoverage& entity) { return entity.served_without_priority; });
}
// As the plans in force have it; a joint line is paid for once, by the unit that leads it.
Value budget_planned_cop(const YearFacts& year) {
  return lines(year, [](const LineFacts& facts) { return facts.line.planned_budget_cop.value; });
}
Value budget_executed_cop(const YearFacts& year) {
  return lines(year, [](const LineFacts& facts) { return facts.executed_cop; });
}
Value milestones_planned(const YearFacts& year) {
  return lines(year, [](const LineFacts& line) { return line.milestones_planned; });
}
Value milestones_reached(const YearFacts& year) {
  return lines(year, [](const LineFacts& line) { return line.milestones_reached; });
}
Value milestones_on_time(const YearFacts& year) {
  return lines(year, [](const LineFacts& line) { return line.milestones_on_time; });
}
Value actions(const YearFacts& year) {
  return lines(year, [](const LineFacts& facts) { return facts.line.actions.value; });
}

const Satisfaction* evaluation_of(const YearFacts& year, const LineFacts& facts) {
  const auto& satisfaction = facts.line.satisfaction;
  return satisfaction && satisfaction->date <= year.cutoff ? &*satisfaction : nullptr;
}
Value respondents(const YearFacts& year) {
  return lines(year, [&](const LineFacts& facts) {
    const auto* evaluation = evaluation_of(year, facts);
    return evaluation ? evaluation->respondents.value : 0;
  });
}
// The mean of the scores, each as a share of its scale and weighted by who answered, in whole percents.
Value satisfaction_percent(const YearFacts& year) {
  double answered = 0, shares = 0;
  for (const auto& facts : year.lines) {
    const auto* evaluation = evaluation_of(year, facts);
    if (!evaluation || evaluation->scale_hundredths.value <= 0) continue;
    const auto weight = double(evaluation->respondents.value);
    answered += weight;
    shares += weight * double(std::min(evaluation->score_hundredths, evaluation->scale_hundredths).value) /
              double(evaluation->scale_hundredths.value);
  }
  if (answered <= 0) return std::nullopt;
  return std::llround(100 * shares / answered);
}

Value demands_received(const YearFacts& year) { return std::int64_t(year.demands.size()); }
bool answered(const YearFacts& year, const JudgedDemand& demand) {
  return demand.stage == ledger::DemandStage::answered && demand.ended && *demand.ended <= year.cutoff;
}
Value demands_answered(const YearFacts& year) {
  return total(year.demands, [&](const JudgedDemand& demand) { return answered(year, demand); });
}
Value demands_in_time(const YearFacts& year) {
  return total(year.demands, [&](const JudgedDemand& demand) {
    return answered(year, demand) && demand.status && *demand.status != TermStatus::late;
  });
}

constexpr std::string_view kDelivered[] = {"líneas prestadas", "servicios prestados", "servicios entregados"};
constexpr std::string_view kPlanned[] = {"asistencias planeadas", "líneas programadas", "planned lines"};
constexpr std::string_view kCarried[] = {"rezago", "líneas rezagadas"};
constexpr std::string_view kSessions[] = {"sesiones", "sesiones realizadas", "sessions held"};
constexpr std::string_view kAttendees[] = {"asistentes a las sesiones", "personas asistidas"};
constexpr std::string_view kServed[] = {"entidades asistidas", "entities assisted"};
constexpr std::string_view kBudget[] = {"presupuesto programado", "planned budget"};
constexpr std::string_view kExecuted[] = {"ejecución presupuestal", "executed budget"};
constexpr std::string_view kOnTime[] = {"hitos a tiempo", "hitos cumplidos a tiempo"};
constexpr std::string_view kReached[] = {"hitos cumplidos"};
constexpr std::string_view kSatisfaction[] = {"satisfacción", "satisfaction", "percepción"};
constexpr std::string_view kDemands[] = {"peticiones recibidas"};

constexpr FigureDefinition kFigures[] = {
    {FigureName::lines_planned, {"Líneas planeadas", "Lines planned"}, kPlanned, lines_planned},
    {FigureName::lines_delivered, {"Líneas entregadas", "Lines delivered"}, kDelivered, lines_delivered},
    {FigureName::lines_cancelled, {"Líneas canceladas", "Lines cancelled"}, {}, lines_cancelled},
    {FigureName::lines_carried, {"Líneas en rezago", "Lines carried over"}, kCarried, lines_carried},
    {FigureName::sessions, {"Sesiones celebradas", "Sessions"}, kSessions, sessions},
    {FigureName::attendees, {"Asistentes", "Attendees"}, kAttendees, attendees},
    {FigureName::entities_prioritized, {"Entidades priorizadas", "Entities prioritised"}, {}, entities_prioritized},
    {FigureName::entities_planned, {"Entidades planeadas", "Entities planned"}, {}, entities_planned},
    {FigureName::entities_served, {"Entidades atendidas", "Entities served"}, kServed, entities_served},
    {FigureName::entities_served_without_priority,
     {"Entidades atendidas sin priorizar", "Entities served without priority"},
     {},
     entities_served_without_priority},
    {FigureName::budget_planned_cop, {"Presupuesto planeado", "Budget planned"}, kBudget, budget_planned_cop},
    {FigureName::budget_executed_cop, {"Presupuesto ejecutado", "Budget executed"}, kExecuted, budget_executed_cop},
    {FigureName::milestones_planned, {"Hitos planeados", "Milestones planned"}, {}, milestones_planned},
    {FigureName::milestones_reached, {"Hitos alcanzados", "Milestones reached"}, kReached, milestones_reached},
    {FigureName::milestones_on_time,
     {"Hitos alcanzados a tiempo", "Milestones reached on time"},
     kOnTime,
     milestones_on_time},
    {FigureName::actions, {"Acciones correctivas y preventivas", "Corrective and preventive actions"}, {}, actions},
    {FigureName::satisfaction_percent,
     {"Satisfacción, % de la escala", "Satisfaction, % of the scale"},
     kSatisfaction,
     satisfaction_percent},
    {FigureName::respondents, {"Encuestados", "Respondents"}, {}, respondents},
    {FigureName::demands_received, {"Solicitudes recibidas", "Demands received"}, kDemands, demands_received},
    {FigureName::demands_answered, {"Solicitudes respondidas", "Demands answered"}, {}, demands_answered},
    {FigureName::demands_in_time,
     {"Solicitudes respondidas en término", "Demands answered in time"},
     {},
     demands_in_time},
};

// Letters and digits without case or accents; everything between is one space.
std::string plain(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const char letter : ledger::fold_accents(text)) {
    const bool between = std::ispunct(static_cast<unsigned char>(letter)) || letter == ' ';
    if (!between) {
      if (gap && !out.empty()) out += ' ';
      out += letter;
    }
    gap = between;
  }
  return out;
}

using Names = std::map<std::string, FigureName, std::less<>>;
Names make_names() {
  Names names;
  for (const auto& figure : kFigures) {
    names.emplace(plain(boost::describe::enum_to_string(figure.name, "")), figure.name);
    names.emplace(plain(figure.label.es), figure.name);
    names.emplace(plain(figure.label.en), figure.name);
    for (const auto other : figure.also) names.emplace(plain(other), figure.name);
  }
  return names;
}

}  // namespace

YearFacts facts_of_year(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of, int fiscal_year,
                        ledger::Date cutoff) {
  YearFacts year;
  year.cutoff = cutoff;
  year.lines = facts_of_lines(snapshot, as_of, fiscal_year, cutoff);
  year.entities = coverage_of(snapshot, as_of, fiscal_year, year.lines);
  const auto circumstances = circumstances_at(snapshot, as_of, cutoff);
  for_each_row<DemandRow>(snapshot, Key{}, as_of, [&](const DemandRow& demand) {
    if (demand.received && demand.received->year() == fiscal_year && *demand.received <= cutoff)
      year.demands.push_back(judge(demand, circumstances));
  });
  return year;
}

std::span<const FigureDefinition> figure_definitions() { return kFigures; }

const FigureDefinition& definition_of(FigureName name) {
  const auto& figure = kFigures[static_cast<std::size_t>(name)];
  assert(figure.name == name);
  return figure;
}

std::optional<FigureName> figure_named(std::string_view title) {
  static const auto names = make_names();
  const auto found = names.find(plain(title));
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace fedatario::projections
