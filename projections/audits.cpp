// The fold of `audits`, and where an improvement plan stands on a day.
#include "projections/audits.hpp"

#include <algorithm>

#include "ledger/visit.hpp"
#include "projections/row_parts.hpp"
#include "projections/steps.hpp"

namespace fedatario::projections {
namespace {

using ledger::Entry;
using ledger::FindingStage;

struct AuditFold {
  Rows& rows;
  const Entry& entry;
  Key key;
  AuditRow row;

  Step step() const { return step_of(entry); }

  // Changes a finding or an action that there is; where content is gone nothing says which.
  template <class Row, class Do>
  void change(const ledger::Code& code, Do&& act) {
    if (entry.destroyed) return;
    auto found = rows.get<Row>(key / code.value);
    if (!found) return;
    act(*found);
    put(code, *std::move(found));
  }
  template <class Row>
  void put(const ledger::Code& code, Row&& changed) {
    changed.last_change = entry.event.position;
    rows.put(key / code.value, changed);
  }
};

void apply(AuditFold& fold, const ledger::AuditOpened& event) {
  fold.row.stage = ledger::AuditStage::open;
  fold.row.opened = fold.step();
  if (fold.entry.destroyed) return;
  fold.row.fiscal_year = event.fiscal_year.value;
  fold.row.scope = event.scope;
  fold.row.criteria = event.criteria;
  fold.row.units = event.units;
}

void apply(AuditFold& fold, const ledger::FindingRecorded& event) {
  if (fold.entry.destroyed) return;
  FindingRow row;
  row.audit = fold.row.audit;
  row.code = event.code;
  row.unit = event.unit;
  row.condition = event.condition;
  row.criterion = event.criterion;
  row.cause = event.cause;
  row.effect = event.effect;
  row.recorded = fold.step();
  fold.put(event.code, std::move(row));
}

void apply(AuditFold& fold, const ledger::FindingAnswered& event) {
  fold.change<FindingRow>(event.code, [&](FindingRow& row) {
    row.answered = fold.step();
    row.answer = event.answer;
  });
}

void apply(AuditFold& fold, const ledger::FindingDisputed& event) {
  fold.change<FindingRow>(event.code, [&](FindingRow& row) {
    row.disputed = fold.step();
    row.dispute = event.reason;
  });
}

void end(AuditFold& fold, const ledger::Code& code, FindingStage stage, std::optional<ledger::Text> observations) {
  fold.change<FindingRow>(code, [&](FindingRow& row) {
    row.stage = stage;
    row.ended = fold.step();
    row.observations = std::move(observations);
  });
}
void apply(AuditFold& fold, const ledger::FindingWithdrawn& event) {
  end(fold, event.code, FindingStage::withdrawn, event.reason);
}
void apply(AuditFold& fold, const ledger::FindingClosed& event) {
  end(fold, event.code, FindingStage::closed, event.observations);
}

void apply(AuditFold& fold, const ledger::AuditActionProposed& event) {
  if (fold.entry.destroyed) return;
  AuditActionRow row;
  row.audit = fold.row.audit;
  row.code = event.code;
  row.finding = event.finding;
  row.kind = event.kind;
  row.what = event.what;
  row.cause = event.cause;
  row.responsible = event.responsible;
  row.due = event.due;
  row.proposed = fold.step();
  fold.change<FindingRow>(event.finding, [&](FindingRow& finding) {
    row.unit = finding.unit;
    finding.actions.push_back(event.code);
  });
  fold.put(event.code, std::move(row));
}

void apply(AuditFold& fold, const ledger::AuditActionProgressed& event) {
  fold.change<AuditActionRow>(event.code, [&](AuditActionRow& row) {
    row.progressed = fold.step();
    row.percent = event.percent;
  });
}

void apply(AuditFold& fold, const ledger::AuditActionCompleted& event) {
  fold.change<AuditActionRow>(event.code, [&](AuditActionRow& row) {
    row.completed = fold.step();
    row.completed_on = event.date;
    row.imported = fold.entry.imported;
    row.percent = {100};
  });
}

void apply(AuditFold& fold, const ledger::AuditActionAssessed& event) {
  ledger::Code finding;
  fold.change<AuditActionRow>(event.code, [&](AuditActionRow& row) {
    finding = row.finding;
    row.assessed = fold.step();
    row.assessed_on = event.date;
    row.effective = event.effective;
    row.observations = event.observations;
  });
  if (!finding.value.empty())
    fold.change<FindingRow>(finding, [&](FindingRow& row) { row.remedied = event.effective; });
}

void apply(AuditFold& fold, const ledger::AuditClosed& event) {
  fold.row.stage = ledger::AuditStage::closed;
  fold.row.closed = fold.step();
  if (!fold.entry.destroyed) fold.row.observations = event.observations;
}

}  // namespace

void fold_audits(Rows& rows, const Entry& entry) {
  if (entry.body.type().kind != ledger::AuditState::kKind) return;
  const auto code = ledger::segments(entry.event.statement.stream)[1];
  AuditFold fold{rows, entry, Key{} / code, {}};
  if (auto row = rows.get<AuditRow>(fold.key)) fold.row = *std::move(row);
  fold.row.audit = {std::string(code)};
  ledger::visit_event<ledger::AuditEvents>(entry.body, [&](const auto& event) { apply(fold, event); });
  fold.row.last_change = entry.event.position;
  rows.put(fold.key, fold.row);
}

JudgedAuditAction judge(const AuditActionRow& row, const Circumstances& circumstances) {
  JudgedAuditAction action;
  static_cast<AuditActionRow&>(action) = row;
  action.procedure_version = circumstances.procedure_version;
  if (row.assessed && !row.completed) return action;
  std::optional<Done> done;
  if (row.completed_on) done = Done{*row.completed_on, row.completed->recorded, row.imported};
  static_cast<TermStanding&>(action) = standing_in_term(row.due, done, circumstances);
  return action;
}

}  // namespace fedatario::projections
