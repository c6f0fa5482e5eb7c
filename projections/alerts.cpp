// Working out what is due, overdue, missing or without anybody who answers for it.
#include "projections/alerts.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "projections/audits.hpp"
#include "projections/authority.hpp"
#include "projections/demands.hpp"
#include "projections/execution_rows.hpp"
#include "projections/plan_rows.hpp"
#include "projections/record_rows.hpp"
#include "projections/status.hpp"

namespace fedatario::projections {
namespace {

using ledger::Code;
using ledger::Date;
using ledger::Position;

class Watch {
 public:
  Watch(const ViewStore::Snapshot& snapshot, std::optional<Position> as_of, const Circumstances& now,
        const std::optional<Code>& unit)
      : snapshot_(snapshot), as_of_(as_of), now_(now), unit_(unit) {
    for (const auto& grant : authority_on(snapshot, as_of, now.day))
      if (grant.status == GrantStatus::in_force) in_force_.insert(grant.actor);
  }

  std::vector<Alert> take() {
    lines();
    sessions();
    commitments();
    raised();
    actions();
    demands();
    findings();
    vacancies();
    files();
    std::stable_sort(out_.begin(), out_.end(), [](const Alert& a, const Alert& b) { return a.kind < b.kind; });
    return std::move(out_);
  }

 private:
  bool concerns(const std::optional<Code>& unit) const { return !unit_ || unit == unit_; }

  Alert& raise(AlertKind kind, const std::optional<Code>& unit, std::optional<Position> position) {
    auto& alert = out_.emplace_back();
    alert.kind = kind;
    alert.unit = unit;
    alert.position = position;
    alert.procedure_version = now_.procedure_version;
    return alert;
  }
  Alert& raise_of_line(AlertKind kind, std::int64_t year, const Code& unit, const Code& line, Position position) {
    auto& alert = raise(kind, unit, position);
    alert.fiscal_year = year;
    alert.line = line;
    return alert;
  }
  void set_due(Alert& alert, Date due) const {
    alert.due = due;
    alert.business_days = now_.calendar.business_days_between(now_.day, now_.calendar.next_business_day(due));
  }
  // Past its last day, or near it; neither is no alert.
  enum class Nearness { far, near, past };
  Nearness nearness(Date due) const {
    const auto last_day = now_.calendar.next_business_day(due);
    if (now_.day > last_day) return Nearness::past;
    return now_.calendar.business_days_between(now_.day, last_day) <= now_.procedure.alert_days.value ? Nearness::near
                                                                                                      : Nearness::far;
  }
  bool is_orphan(const Code& actor) const { return !in_force_.contains(actor); }

  void lines() {
    for_each_row<LineRow>(snapshot_, Key{}, as_of_, [&](const LineRow& line) {
      responsible_[{line.fiscal_year, line.unit, line.line}] = line.responsible;
      if (!concerns(line.unit) || line.plan_destroyed || is_over(line)) return;
      const auto of_line = [&](AlertKind kind) -> Alert& {
        auto& alert = raise_of_line(kind, line.fiscal_year, line.unit, line.line, line.last_change);
        alert.responsible = line.responsible;
        return alert;
      };
      if (line.completed) {
        evaluations(line, of_line);
        return;
      }
      if (!line.approved_on) return;
      if (is_orphan(line.responsible)) of_line(AlertKind::orphan);
      if (line.state == LineState::suspended) return;
      for (const auto& milestone : line.milestones) {
        if (milestone.reached) continue;
        const auto near = nearness(milestone.due);
        if (near == Nearness::far) continue;
        auto& alert = of_line(near == Nearness::past ? AlertKind::milestone_overdue : AlertKind::milestone_due);
        alert.code = milestone.milestone;
        set_due(alert, milestone.due);
      }
      if (nearness(line.end) == Nearness::past) set_due(of_line(AlertKind::line_overdue), line.end);
    });
  }

  template <class OfLine>
  void evaluations(const LineRow& line, OfLine& of_line) {
    const auto missing = [&](const char* what, Date due) {
      auto& alert = of_line(AlertKind::evaluation_missing);
      alert.code = Code{what};
      set_due(alert, due);
    };
    if (!line.satisfaction && now_.day > *line.completed) missing("satisfaction", *line.completed);
    const auto impact_due =
        now_.calendar.next_business_day(ledger::add_months(*line.completed, int(now_.procedure.impact_months.value)));
    if (!line.impact && nearness(impact_due) != Nearness::far) missing("impact", impact_due);
  }

  void sessions() {
    for_each_row<SessionRow>(snapshot_, Key{}, as_of_, [&](const SessionRow& session) {
      if (!concerns(session.unit) || session.cancelled || session.list != ledger::AttendanceStage::missing) return;
      const auto due = now_.calendar.add_business_days(session.date, int(now_.procedure.tolerance_days.value));
      if (now_.day <= due) return;
      auto& alert = raise_of_line(AlertKind::session_without_list, session.fiscal_year, session.unit, session.line,
                                  session.first_recorded.position);
      alert.code = session.session;
      alert.responsible = responsible_of(session);
      set_due(alert, due);
    });
  }

  void commitments() {
    for_each_row<CommitmentRow>(snapshot_, Key{}, as_of_, [&](const CommitmentRow& commitment) {
      if (!concerns(commitment.unit) || commitment.stage != ledger::CommitmentStage::open) return;
      const auto near = nearness(commitment.due);
      if (near == Nearness::far) return;
      auto& alert = raise_of_line(near == Nearness::past ? AlertKind::commitment_overdue : AlertKind::commitment_due,
                                  commitment.fiscal_year, commitment.unit, commitment.line, commitment.last_change);
      alert.code = commitment.commitment;
      alert.responsible = responsible_of(commitment);
      set_due(alert, commitment.due);
    });
  }

  void raised() {
    for_each_row<RaisedAlertRow>(snapshot_, Key{}, as_of_, [&](const RaisedAlertRow& row) {
      if (!concerns(row.unit) || !row.open || !row.due || nearness(*row.due) == Nearness::far) return;
      auto& alert =
          raise_of_line(AlertKind::alert_open, row.fiscal_year, row.unit, row.line, row.first_recorded.position);
      alert.code = row.alert;
      alert.responsible = responsible_of(row);
      set_due(alert, *row.due);
    });
  }

  void actions() {
    for_each_row<ActionRow>(snapshot_, Key{}, as_of_, [&](const ActionRow& action) {
      if (!concerns(action.unit) || action.stage != ledger::ActionStage::taken || !action.due) return;
      const auto near = nearness(*action.due);
      if (near == Nearness::far) return;
      auto& alert = raise_of_line(near == Nearness::past ? AlertKind::action_overdue : AlertKind::action_due,
                                  action.fiscal_year, action.unit, action.line, action.last_change);
      alert.code = action.action;
      alert.responsible = action.responsible;
      set_due(alert, *action.due);
    });
  }

  void demands() {
    for_each_row<DemandRow>(snapshot_, Key{}, as_of_, [&](const DemandRow& row) {
      if (!concerns(row.unit) || row.end) return;
      const auto of_demand = [&](AlertKind kind) -> Alert& {
        auto& alert = raise(kind, row.unit, row.last_change);
        alert.code = row.demand;
        alert.responsible = row.responsible;
        return alert;
      };
      if (row.responsible && is_orphan(*row.responsible)) of_demand(AlertKind::orphan);
      const auto judged = judge(row, now_);
      if (!judged.due || !judged.status) return;
      if (*judged.status == TermStatus::overdue) set_due(of_demand(AlertKind::demand_overdue), *judged.due);
      if (*judged.status == TermStatus::near_term) set_due(of_demand(AlertKind::demand_due), *judged.due);
    });
  }

  void findings() {
    for_each_row<AuditActionRow>(snapshot_, Key{}, as_of_, [&](const AuditActionRow& row) {
      if (!concerns(row.unit)) return;
      const auto judged = judge(row, now_);
      if (judged.status != TermStatus::overdue && judged.status != TermStatus::near_term) return;
      auto& alert = raise(
          judged.status == TermStatus::overdue ? AlertKind::finding_action_overdue : AlertKind::finding_action_due,
          row.unit, row.last_change);
      alert.code = row.code;
      alert.responsible = row.responsible;
      set_due(alert, row.due);
    });
  }

  void vacancies() {
    for (const auto& post : vacant_posts(snapshot_, as_of_, now_.day)) {
      if (!concerns(post.unit)) continue;
      auto& alert = raise(AlertKind::vacancy, post.unit, {});
      alert.role = ledger::Title{std::string(ledger::name_of(post.role))};
      alert.due = post.since;
    }
  }

  // Files that stay open as their fiscal year ends, and those whose responsible is gone.
  void files() {
    for_each_row<FileRow>(snapshot_, Key{}, as_of_, [&](const FileRow& file) {
      if (!concerns(file.unit) || file.stage != ledger::FileStage::open) return;
      const auto of_file = [&](AlertKind kind) -> Alert& {
        auto& alert = raise(kind, file.unit, file.last_change);
        alert.code = file.file;
        alert.responsible = file.responsible;
        return alert;
      };
      if (!file.responsible.value.empty() && is_orphan(file.responsible)) of_file(AlertKind::orphan);
      for (const auto& stream : file.streams) {
        const auto name = ledger::segments(stream.value);
        if (name.size() < 2) continue;
        const auto year = ledger::parse_year(name[1]);
        const auto last = year ? Date::make(*year, 12, 31) : std::nullopt;
        if (!last || nearness(*last) == Nearness::far) continue;
        auto& alert = of_file(AlertKind::file_open);
        alert.fiscal_year = *year;
        set_due(alert, *last);
        break;
      }
    });
  }

  template <class OfLine>
  std::optional<Code> responsible_of(const OfLine& row) const {
    const auto found = responsible_.find({row.fiscal_year, row.unit, row.line});
    return found == responsible_.end() ? std::nullopt : std::optional(found->second);
  }

  const ViewStore::Snapshot& snapshot_;
  const std::optional<Position> as_of_;
  const Circumstances& now_;
  const std::optional<Code>& unit_;
  std::set<Code> in_force_;
  std::map<std::tuple<std::int64_t, Code, Code>, Code> responsible_;  // of lines
  std::vector<Alert> out_;
};

}  // namespace

std::vector<Alert> alerts_on(const ViewStore::Snapshot& snapshot, std::optional<Position> as_of,
                             const Circumstances& now, const std::optional<Code>& unit) {
  return Watch(snapshot, as_of, now, unit).take();
}

}  // namespace fedatario::projections
