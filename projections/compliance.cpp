// Compliance, computed.
#include "projections/compliance.hpp"

#include <algorithm>

#include "projections/declarations.hpp"
#include "projections/line_fold.hpp"
#include "projections/queries.hpp"

namespace fedatario::projections {
namespace {

Key year_key(std::int64_t fiscal_year) { return Key{} / std::to_string(fiscal_year); }
Key key_of_line(const LineRow& line) { return year_key(line.fiscal_year) / line.unit.value / line.line.value; }

bool counts(const LineRow& line) { return line.approved_on && line.state != LineState::dropped && !line.plan_destroyed; }

bool is_asked(const ComplianceQuestion& question, ledger::Date due, const std::optional<ledger::Date>& reached) {
  if (question.period.empty()) return true;
  if (question.basis == PeriodBasis::due) return question.period.holds(due);
  return reached && question.period.holds(*reached);
}

MilestoneStanding standing_of(const MilestoneRow& milestone, const MilestoneDeclarationRow* declared,
                              const LineRow& line, const Circumstances& now) {
  if (!declared && is_over(line)) return {MilestoneStatus::cancelled, 0};
  std::optional<Reached> reached;
  if (declared) reached = {declared->date, declared->first_recorded.recorded, declared->imported};
  return milestone_standing(milestone.due, reached, now);
}

void count(Compliance& group, MilestoneStatus status, bool validated) {
  ++group.milestones.value;
  if (validated) ++group.validated.value;
  switch (status) {
    case MilestoneStatus::early:
      ++group.early.value;
      break;
    case MilestoneStatus::on_time:
      ++group.on_time.value;
      break;
    case MilestoneStatus::late:
      ++group.late.value;
      break;
    case MilestoneStatus::recorded_late:
      ++group.recorded_late.value;
      break;
    case MilestoneStatus::overdue:
      ++group.overdue.value;
      break;
    case MilestoneStatus::upcoming:
      ++group.upcoming.value;
      break;
    case MilestoneStatus::cancelled:
      ++group.cancelled.value;
      break;
  }
}

void count_service(Compliance& group, bool delivered) {
  ++group.services.value;
  ++(delivered ? group.delivered : group.undelivered).value;
}

void add_line(Compliance& out, const LineRow& line, const ComplianceQuestion& question, const Circumstances& now) {
  const auto entities = entities_of(line).size();
  bool any = false;
  for (const auto& milestone : line.milestones) {
    if (!is_asked(question, milestone.due, milestone.reached)) continue;
    any = true;
    count(out, milestone_standing(milestone, line, now).status, milestone.validated);
  }
  if (any) ++out.lines.value;
  if (!line.milestones.empty() && is_asked(question, line.milestones.back().due, line.milestones.back().reached))
    count_service(out, std::size_t(line.delivered.value) >= entities);
}

// For those of its entities that count in the group.
void add_entities(Compliance& out, const LineRow& line, const Group& group, const Declarations& declarations,
                  const ComplianceQuestion& question, const Circumstances& now) {
  bool any = false;
  for (const auto& entity : group.entities) {
    bool last_is_asked = false;
    for (const auto& milestone : line.milestones) {
      const auto* declared = declarations.standing(milestone.milestone, entity);
      last_is_asked =
          is_asked(question, milestone.due, declared ? std::optional(declared->date) : std::nullopt);
      if (!last_is_asked) continue;
      any = true;
      count(out, standing_of(milestone, declared, line, now).status,
            declared && declared->stage == DeclarationStage::validated);
    }
    if (last_is_asked) count_service(out, declarations.is_delivered(line, entity));
  }
  if (any) ++out.lines.value;
}

}  // namespace

std::vector<MilestoneCompliance> milestones_of(const ViewStore::Snapshot& snapshot, const ComplianceQuestion& question,
                                               const Circumstances& now) {
  std::vector<MilestoneCompliance> out;
  for_each_row<LineRow>(snapshot, year_key(question.fiscal_year), question.as_of, [&](const LineRow& line) {
    if (!counts(line)) return;
    const Declarations declarations(snapshot, key_of_line(line), question.as_of);
    for (const auto& entity : entities_of(line))
      for (const auto& milestone : line.milestones) {
        const auto* declared = declarations.standing(milestone.milestone, entity);
        if (!is_asked(question, milestone.due, declared ? std::optional(declared->date) : std::nullopt)) continue;
        auto& row = out.emplace_back();
        row.fiscal_year = line.fiscal_year;
        row.unit = line.unit;
        row.line = line.line;
        row.entity = entity;
        row.service = line.service;
        row.theme = line.theme;
        row.responsible = line.responsible;
        row.milestone = milestone.milestone;
        row.due_first = milestone.due_first;
        row.due_planned = milestone.due_planned;
        row.due = milestone.due;
        row.rejections = {declarations.rejections(milestone.milestone, entity)};
        row.procedure_version = now.procedure_version;
        const auto standing = standing_of(milestone, declared, line, now);
        row.status = standing.status;
        row.days = standing.days;
        if (!declared) continue;
        row.reached = declared->date;
        row.declared_by = declared->first_recorded.actor;
        row.recorded = declared->first_recorded.recorded;
        row.position = declared->first_recorded.position;
        row.corrected = declared->corrected_position.has_value();
        row.imported = declared->imported;
        if (!declared->validated) continue;
        row.validated_by = declared->validated->actor;
        row.validated = declared->validated->recorded;
      }
  });
  return out;
}

std::vector<Compliance> compliance_by(const ViewStore::Snapshot& snapshot, const ComplianceQuestion& question,
                                      Grouping by, const Circumstances& now) {
  Departments departments(snapshot, question.as_of);
  std::map<std::string, Compliance> groups;
  for_each_row<LineRow>(snapshot, year_key(question.fiscal_year), question.as_of, [&](const LineRow& line) {
    if (!counts(line)) return;
    const bool by_entity = is_by_entity(by) && line.other_entities && !line.other_entities->empty();
    std::optional<Declarations> declarations;
    if (by_entity) declarations.emplace(snapshot, key_of_line(line), question.as_of);
    for (const auto& group : groups_of(line, by, departments)) {
      auto& out = groups[group.name];
      if (declarations)
        add_entities(out, line, group, *declarations, question, now);
      else
        add_line(out, line, question, now);
    }
  });
  std::vector<Compliance> out;
  for (auto& [name, group] : groups) {
    if (group.lines.value == 0 && group.services.value == 0) continue;
    group.fiscal_year = question.fiscal_year;
    group.group = {name};
    const auto in_time = group.early.value + group.on_time.value;
    group.reached = {in_time + group.late.value + group.recorded_late.value};
    group.share_on_time = share_hundredths(in_time, group.reached.value + group.overdue.value);
    group.procedure_version = now.procedure_version;
    out.push_back(std::move(group));
  }
  return out;
}

std::vector<DriftStep> drift_of(const ViewStore::Snapshot& snapshot, const Key& line,
                                std::optional<ledger::Position> as_of) {
  std::vector<DriftStep> steps;
  std::optional<LineRow> before;
  for (auto& version : versions_of<LineRow>(snapshot, line, as_of)) {
    const auto after = std::move(version.row);
    if (before && after && before->approved_on && moves_date(*before, *after)) {
      const auto trail = trail_at(snapshot, version.position);
      const auto add = [&](std::string field, ledger::Date from, ledger::Date to) {
        if (from == to) return;
        auto& step = steps.emplace_back();
        step.fiscal_year = after->fiscal_year;
        step.unit = after->unit;
        step.line = after->line;
        step.field = {std::move(field)};
        step.from = from;
        step.to = to;
        step.calendar_days = (to - from).count();
        step.position = version.position;
        const bool amended = after->amendments.size() > before->amendments.size();
        step.cause = amended ? DriftCause::amendment : DriftCause::action;
        if (amended) step.code = after->amendments.back();
        if (!trail) return;
        if (trail->action) step.code = trail->action->code;
        step.actor = trail->actor;
        step.as = trail->as;
        step.declared = trail->declared;
        step.recorded = trail->recorded;
        step.after_date = from < trail->declared.day();
      };
      add("start", before->start, after->start);
      add("end", before->end, after->end);
      for (const auto& milestone : after->milestones) {
        const auto known = std::ranges::find(before->milestones, milestone.milestone, &MilestoneRow::milestone);
        if (known != before->milestones.end())
          add("milestone." + milestone.milestone.value, known->due, milestone.due);
      }
    }
    before = after;
  }
  return steps;
}

std::vector<DriftStep> drift_of_year(const ViewStore::Snapshot& snapshot, std::int64_t fiscal_year,
                                     std::optional<ledger::Position> as_of) {
  std::vector<DriftStep> steps;
  for_each_row<LineRow>(snapshot, year_key(fiscal_year), as_of, [&](const LineRow& line) {
    if (line.date_actions.value + line.date_amendments.value == 0) return;
    auto of_line = drift_of(snapshot, key_of_line(line), as_of);
    std::move(of_line.begin(), of_line.end(), std::back_inserter(steps));
  });
  return steps;
}

}  // namespace fedatario::projections
