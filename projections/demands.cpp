// The fold of `demands`, and where a demand stands on a day.
#include "projections/demands.hpp"

#include "ledger/visit.hpp"
#include "projections/authority.hpp"
#include "projections/steps.hpp"

namespace fedatario::projections {
namespace {

using ledger::DemandStage;
using ledger::Entry;

void apply(DemandRow& row, const ledger::DemandReceived& event, const Entry& entry) {
  row.stage = DemandStage::received;
  row.receipt = step_of(entry);
  row.imported = entry.imported;
  if (entry.destroyed) return;
  row.received = event.date;
  row.channel = event.channel;
  row.subject = event.subject;
  row.entity = event.entity;
  row.filing_number = event.filing_number;
}

// Classified again, it is planned again.
void apply(DemandRow& row, const ledger::DemandClassified& event, const Entry& entry) {
  row.stage = DemandStage::classified;
  row.classified = step_of(entry);
  row.planned.reset();
  row.planned_year.reset();
  row.planned_unit.reset();
  row.planned_line.reset();
  if (entry.destroyed) return;
  row.kind = event.kind;
  row.orientation = event.orientation;
  row.responsible = event.responsible;
  row.classified_responsible = event.responsible;
  row.unit = event.unit;
  row.service = event.service;
}

void apply(DemandRow& row, const ledger::DemandPlanned& event, const Entry& entry) {
  row.stage = DemandStage::planned;
  row.planned = step_of(entry);
  if (entry.destroyed) return;
  row.planned_line = event.line;
  const auto plan = ledger::segments(event.plan.value);
  if (plan.size() != 3) return;  // not a plan's name: the rules refuse it
  if (const auto year = ledger::parse_year(plan[1])) row.planned_year = *year;
  row.planned_unit = {std::string(plan[2])};
}

void apply(DemandRow& row, const ledger::DemandExtended& event, const Entry& entry) {
  if (entry.destroyed) return;
  row.extended_on = event.date;
  row.extended_until = event.until;
  row.reason = event.reason;
}

void end(DemandRow& row, DemandStage stage, ledger::Date date, const Entry& entry) {
  row.stage = stage;
  row.end = step_of(entry);
  if (!entry.destroyed) row.ended = date;
}

void apply(DemandRow& row, const ledger::DemandAnswered& event, const Entry& entry) {
  end(row, DemandStage::answered, event.date, entry);
  row.end_number = event.filing_number;
}
void apply(DemandRow& row, const ledger::DemandTransferred& event, const Entry& entry) {
  end(row, DemandStage::transferred, event.date, entry);
  if (entry.destroyed) return;
  row.end_number = event.filing_number;
  row.authority = event.authority;
}
void apply(DemandRow& row, const ledger::DemandDeclined& event, const Entry& entry) {
  end(row, DemandStage::declined, event.date, entry);
  if (entry.destroyed) return;
  row.end_norm = event.norm;
  row.reason = event.reason;
}
void apply(DemandRow& row, const ledger::DemandWithdrawn& event, const Entry& entry) {
  end(row, DemandStage::withdrawn, event.date, entry);
  if (!entry.destroyed) row.reason = event.reason;
}

// Whoever is responsible passes on what he hands over; what another answers for is not his to hand over.
void hand_over(Rows& rows, const HandoverRow& handover, const Entry& entry) {
  for (const auto& item : handover.items) {
    if (ledger::kind_of(item.value) != ledger::DemandState::kKind) continue;
    const auto key = key_of(item.value.substr(ledger::DemandState::kKind.size() + 1));
    auto row = rows.get<DemandRow>(key);
    if (!row || row->responsible != handover.actor) continue;
    row->responsible = handover.to;
    row->last_change = entry.event.position;
    rows.put(key, *row);
  }
}

constexpr std::string_view kTransferNorm = "Ley 1755 de 2015, art. 21";

void set_term(JudgedDemand& demand, const ledger::Calendar& calendar) {
  demand.transfer_due = transfer_due(calendar, *demand.received);
  if (demand.stage == DemandStage::transferred) {
    demand.due = demand.transfer_due;
    demand.norm = {std::string(kTransferNorm)};
    demand.term_business_days = calendar.business_days_between(*demand.received, *demand.due);
    return;
  }
  const auto kind = demand.kind.value_or(ledger::DemandKind::petition);
  const auto term = term_of(kind);
  demand.due = demand_due(calendar, *demand.received, kind, demand.extended_until);
  demand.norm = {std::string(term.norm)};
  demand.term_business_days = term.business_days;
}

bool is_open(DemandStage stage) { return stage <= DemandStage::planned; }

}  // namespace

void fold_demands(Rows& rows, const Entry& entry) {
  if (const auto handover = handover_taking_effect(rows, entry)) hand_over(rows, *handover, entry);
  if (entry.body.type().kind != ledger::DemandState::kKind) return;
  const auto code = ledger::segments(entry.event.statement.stream)[1];
  auto row = rows.get<DemandRow>(Key{} / code).value_or(DemandRow());
  row.demand = {std::string(code)};
  ledger::visit_event<ledger::DemandEvents>(entry.body, [&](const auto& event) { apply(row, event, entry); });
  row.last_change = entry.event.position;
  rows.put(Key{} / code, row);
}

JudgedDemand judge(const DemandRow& row, const Circumstances& circumstances) {
  JudgedDemand demand;
  static_cast<DemandRow&>(demand) = row;
  demand.procedure_version = circumstances.procedure_version;
  if (row.received) set_term(demand, circumstances.calendar);
  if (!demand.due || row.stage == DemandStage::withdrawn) return demand;
  std::optional<Done> done;
  if (!is_open(row.stage)) {
    if (!row.ended) return demand;
    done = Done{*row.ended, row.end->recorded, row.imported};
  }
  static_cast<TermStanding&>(demand) = standing_in_term(*demand.due, done, circumstances);
  return demand;
}

}  // namespace fedatario::projections
