// What each activity of the procedure leaves to do for a unit, and when it was done: the computed side of controls. By
// when follows from the windows, tolerances and frequencies of the procedure in force; the records of activity 13 from
// what a complete file holds.
#include <algorithm>
#include <map>

#include "projections/controls.hpp"
#include "projections/execution_rows.hpp"
#include "projections/file_records.hpp"
#include "projections/plan_rows.hpp"
#include "projections/record_rows.hpp"
#include "projections/strategy_rows.hpp"

namespace fedatario::projections {
namespace {

using ledger::Code;
using ledger::Date;
using ledger::Position;

struct Place {
  const ViewStore::Snapshot& snapshot;
  std::optional<Position> as_of;
  int year;
  const Code& unit;
  const Circumstances& now;

  Key of_year() const { return Key{} / std::to_string(year); }
  Key of_unit() const { return of_year() / unit.value; }
};
using Tasks = std::vector<Task>;

// The last day of the window of a type of event; empty where it has none.
std::optional<Date> window_end(const Place& at, std::string_view type) {
  for (const auto& window : at.now.procedure.windows) {
    if (window.type.value != type) continue;
    const int of = at.year - (window.year == ledger::WindowYear::previous ? 1 : 0);
    if (const auto month = Date::make(of, unsigned(window.last_month.value), 1))
      return ledger::add_months(*month, 1) + std::chrono::days(-1);
  }
  return std::nullopt;
}

Task step_task(const char* code, std::optional<Date> due, const std::optional<Step>& step) {
  Task task{{code}, due, {}, {}};
  if (step) {
    task.done = step->declared.day();
    task.evidence = step->position;
  }
  return task;
}

Tasks analysis(const Place& at) {
  const auto row = row_at<AnalysisRow>(at.snapshot, at.of_unit(), at.as_of);
  if (!row) return {};  // it was not asked for it
  return {step_task("analysis", row->due ? row->due : window_end(at, "analysis.submitted"), row->submitted)};
}

Tasks proposal(const Place& at) {
  const auto row = row_at<ProposalRow>(at.snapshot, at.of_unit(), at.as_of);
  return {
      step_task("proposal", window_end(at, "proposal.submitted"), row ? std::optional(row->submitted) : std::nullopt)};
}

Tasks settling(const Place& at) {
  const auto row = row_at<StrategyRow>(at.snapshot, at.of_year(), at.as_of);
  if (!row) return {step_task("strategy", window_end(at, "strategy.presented"), {})};
  return {step_task("strategy", window_end(at, "strategy.presented"), row->presented)};
}

Tasks approval(const Place& at) {
  const auto row = row_at<StrategyRow>(at.snapshot, at.of_year(), at.as_of);
  return {step_task("approval", window_end(at, "strategy.approved"),
                    row && row->approval ? std::optional(row->approval->step) : std::nullopt),
          step_task("incorporation", window_end(at, "strategy.incorporated"), row ? row->incorporated : std::nullopt)};
}

Tasks drawing_up(const Place& at) {
  const auto row = row_at<PlanRow>(at.snapshot, at.of_unit(), at.as_of);
  return {step_task("plan", window_end(at, "plan.approved"), row ? row->approved : std::nullopt)};
}

// Every system named, and every difference found resolved.
Tasks registration(const Place& at) {
  const auto row = row_at<PlanRow>(at.snapshot, at.of_unit(), at.as_of);
  Tasks tasks;
  for (const auto& system : at.now.procedure.systems) {
    Task task{system, window_end(at, "plan.reconciled"), {}, {}};
    if (row)
      for (const auto& load : row->loads) {
        if (load.system != system || !load.reconciled || load.open.value > 0) continue;
        task.done = load.reconciled;
        task.evidence = load.reconciled_position;
        for_each_row<DifferenceRow>(at.snapshot, at.of_unit() / system.value, at.as_of, [&](const DifferenceRow& one) {
          if (one.position == load.reconciled_position && one.resolved_on)
            task.done = std::max(*task.done, *one.resolved_on);
        });
      }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

// Lines that are to be carried out, or were.
std::vector<LineRow> lines_of(const Place& at) {
  auto lines = all_rows<LineRow>(at.snapshot, at.of_unit(), at.as_of);
  std::erase_if(lines, [](const LineRow& line) { return line.state == LineState::dropped || line.plan_destroyed; });
  return lines;
}

// By the end of the month in which the plan begins a line.
Tasks scheduling(const Place& at) {
  Tasks tasks;
  for (const auto& line : lines_of(at)) {
    const auto row = row_at<SchedulingRow>(at.snapshot, at.of_unit() / line.line.value, at.as_of);
    if (!row && line.state == LineState::cancelled) continue;
    const auto month = Date::make(line.planned_start.year(), line.planned_start.month(), 1).value();
    Task task{line.line, ledger::add_months(month, 1) + std::chrono::days(-1), {}, {}};
    if (row) {
      task.done = row->declared;
      task.evidence = row->position;
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

// Each session held has its list, within the tolerance of business days.
Tasks execution(const Place& at) {
  Tasks tasks;
  for_each_row<SessionRow>(at.snapshot, at.of_unit(), at.as_of, [&](const SessionRow& session) {
    if (session.cancelled) return;
    Task task{session.session,
              at.now.calendar.add_business_days(session.date, int(at.now.procedure.tolerance_days.value)),
              {},
              {}};
    task.code = {session.line.value + "." + session.session.value};
    if (session.list_recorded) {
      task.done = session.list_recorded->declared.day();
      task.evidence = session.list_recorded->position;
    }
    tasks.push_back(std::move(task));
  });
  return tasks;
}

// A line that has begun is followed up at the frequency configured until it ends. A line is late where more days passed
// between two follow-ups.
Tasks follow_up(const Place& at) {
  const auto frequency = std::chrono::days(at.now.procedure.followup_days.value);
  Tasks tasks;
  for (const auto& line : lines_of(at)) {
    if (!line.real_start) continue;
    std::vector<std::pair<Date, Position>> dates;
    for_each_row<FollowupRow>(at.snapshot, at.of_unit() / line.line.value, at.as_of, [&](const FollowupRow& row) {
      dates.emplace_back(row.date, row.first_recorded.position);
    });
    std::sort(dates.begin(), dates.end());
    const auto end = line.completed ? *line.completed : line.cancelled_on.value_or(at.now.day);
    Task task{line.line, {}, {}, {}};
    Date reached = *line.real_start;
    std::optional<Date> first_due;
    for (const auto& [date, position] : dates) {
      if (date > reached + frequency && !first_due) first_due = reached + frequency;
      reached = std::max(reached, date);
      task.evidence = position;
    }
    const bool is_current = end <= reached + frequency;
    task.due = first_due && is_current ? first_due : std::optional(reached + frequency);
    if (is_current) task.done = first_due ? reached : std::min(reached, *task.due);
    tasks.push_back(std::move(task));
  }
  return tasks;
}

// Every action taken comes to its end.
Tasks actions(const Place& at) {
  Tasks tasks;
  for_each_row<ActionRow>(at.snapshot, at.of_unit(), at.as_of, [&](const ActionRow& action) {
    if (action.stage == ledger::ActionStage::rejected) return;
    tasks.push_back({{action.line.value + "." + action.action.value},
                     action.due,
                     action.completed,
                     action.completed ? std::optional(action.last_change) : std::nullopt});
  });
  return tasks;
}

// Satisfaction on the day the line ends, the impact after the months configured.
Tasks evaluation(const Place& at) {
  Tasks tasks;
  for (const auto& line : lines_of(at)) {
    if (!line.completed) continue;
    const auto add = [&](const char* what, EvaluationKind kind, Date due) {
      Task task{{line.line.value + "." + what}, due, {}, {}};
      const auto row = row_at<EvaluationRow>(
          at.snapshot, at.of_unit() / line.line.value / std::string_view(boost::describe::enum_to_string(kind, "")),
          at.as_of);
      if (row) {
        task.done = row->date;
        task.evidence = row->first_recorded.position;
      }
      // An impact that is not due yet is nothing to do.
      if (kind == EvaluationKind::satisfaction || row || at.now.day > due) tasks.push_back(std::move(task));
    };
    add("satisfaction", EvaluationKind::satisfaction, *line.completed);
    add("impact", EvaluationKind::impact,
        at.now.calendar.next_business_day(
            ledger::add_months(*line.completed, int(at.now.procedure.impact_months.value))));
  }
  return tasks;
}

Tasks reporting(const Place& at) {
  const auto row = row_at<StrategyRow>(at.snapshot, at.of_year(), at.as_of);
  return {step_task("report", window_end(at, "report.presented"), row ? row->report_presented : std::nullopt)};
}

// Every finished line has its file, complete and closed before the fiscal year closes.
Tasks preservation(const Place& at) {
  const auto prefix = "intervention/" + std::to_string(at.year) + '/' + at.unit.value + '/';
  std::map<std::string, FileRow> files;  // by line
  for_each_row<FileRow>(at.snapshot, Key{}, at.as_of, [&](const FileRow& file) {
    for (const auto& stream : file.streams)
      if (stream.value.starts_with(prefix)) files.emplace(stream.value.substr(prefix.size()), file);
  });
  Tasks tasks;
  for (const auto& line : lines_of(at)) {
    if (!line.completed) continue;
    Task task{line.line, Date::make(at.year, 12, 31), {}, {}};
    if (const auto file = files.find(line.line.value); file != files.end() && file->second.closed) {
      const HeldLine facts{prefix + line.line.value, line.state, line.sessions, line.actions};
      if (missing_records(file->second, std::span(&facts, 1), at.now).empty()) {
        task.done = file->second.closed;
        task.evidence = file->second.last_change;
      }
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

}  // namespace

std::vector<Task> tasks_of(const ViewStore::Snapshot& snapshot, std::optional<Position> as_of, int fiscal_year,
                           const Code& unit, int activity, const Circumstances& now) {
  static constexpr Tasks (*kTasks[])(const Place&) = {analysis,     proposal,   settling,    approval,  drawing_up,
                                                      registration, scheduling, execution,   follow_up, actions,
                                                      evaluation,   reporting,  preservation};
  static_assert(std::size(kTasks) == kActivities);
  return kTasks[activity - 1]({snapshot, as_of, fiscal_year, unit, now});
}

}  // namespace fedatario::projections
