// The fold of `execution`.
#include "projections/execution.hpp"

#include <algorithm>
#include <cassert>

#include "ledger/visit.hpp"
#include "projections/steps.hpp"

namespace fedatario::projections {
namespace {

using ledger::Entry;

constexpr std::string_view kAll = "*";  // no code

// An event on its way into rows; `corrects`: it states a record anew.
struct Fold {
  Rows& rows;
  const Entry& entry;
  Key key;  // of the line or the plan
  OfLine place;
  bool corrects = false;

  template <class Row>
  Row made() const {
    Row row;
    if constexpr (std::is_base_of_v<OfLine, Row>)
      static_cast<OfLine&>(row) = place;
    else
      static_cast<OfPlan&>(row) = place;
    row.first_recorded = step_of(entry);
    row.imported = entry.imported;
    return row;
  }
  template <class Row>
  Row known_or_made(const Key& at) const {
    auto row = rows.get<Row>(at);
    if (row) return *std::move(row);
    return made<Row>();
  }
  template <class Row>
  void put(const Key& at, Row row) const {
    row.last_change = entry.event.position;
    if (corrects) row.corrected_position = entry.event.position;
    rows.put(at, row);
  }
  // Does something to a row that is there.
  template <class Row, class Change>
  void change(const ledger::Code& code, Change&& change) const {
    const auto at = key / code.value;
    auto row = rows.get<Row>(at);
    if (!row) return;
    change(*row);
    put(at, *std::move(row));
  }
};

ledger::Count count_of(const std::vector<ledger::Evidence>& evidence) { return {std::int64_t(evidence.size())}; }

// Sessions.

// Remembers it as the newest of its line.
void link(const Fold& fold, SessionRow& row) {
  auto newest = fold.rows.get<NewestSessionRow>(fold.key);
  if (newest) row.previous = newest->session;
  fold.rows.put(fold.key, NewestSessionRow{row.session});
}

void apply(const Fold& fold, const ledger::SessionHeld& event) {
  const auto at = fold.key / event.code.value;
  auto known = fold.rows.get<SessionRow>(at);
  auto row = known ? *std::move(known) : fold.made<SessionRow>();
  const bool is_new = row.session.value.empty();
  row.session = event.code;
  row.date = event.date;
  row.from = event.from;
  row.to = event.to;
  row.mechanism = event.mechanism;
  row.mechanism_description = event.mechanism_description;
  row.modality = event.modality;
  row.place = event.place;
  row.entities = event.entities;
  row.attendees = event.attendees;
  row.commitments = {std::int64_t(event.commitments.size())};
  if (is_new) link(fold, row);
  fold.put(at, std::move(row));
  // Stated anew, a session promises what it did; what became of its commitments is told by events of their own.
  if (fold.corrects) return;
  for (const auto& commitment : event.commitments) {
    auto promised = fold.made<CommitmentRow>();
    promised.commitment = commitment.code;
    promised.session = event.code;
    promised.what = commitment.what;
    promised.responsible = commitment.responsible;
    promised.due_first = promised.due = commitment.due;
    fold.put(fold.key / commitment.code.value, std::move(promised));
  }
}

void apply(const Fold& fold, const ledger::SessionCancelled& event) {
  const auto at = fold.key / event.code.value;
  auto row = fold.known_or_made<SessionRow>(at);
  row.session = event.code;
  row.date = event.date;
  row.cancelled = true;
  fold.put(at, std::move(row));
}

void apply(const Fold& fold, const ledger::AttendanceRecorded& event) {
  fold.change<SessionRow>(event.session, [&](SessionRow& row) {
    row.list = ledger::AttendanceStage::recorded;  // corrected, it is verified anew
    row.list_kind = event.kind;
    row.listed = event.listed;
    if (!fold.corrects) row.list_recorded = step_of(fold.entry);
    row.list_verified.reset();
  });
}

void apply(const Fold& fold, const ledger::AttendanceVerified& event) {
  fold.change<SessionRow>(event.session, [&](SessionRow& row) {
    row.list = ledger::AttendanceStage::verified;
    row.list_verified = step_of(fold.entry);
  });
}

void apply(const Fold& fold, const ledger::MechanismNoted& event) {
  fold.change<SessionRow>(event.session, [&](SessionRow& row) { row.mechanism_noted = step_of(fold.entry); });
}

// Commitments.

void apply(const Fold& fold, const ledger::CommitmentChanged& event) {
  fold.change<CommitmentRow>(event.code, [&](CommitmentRow& row) {
    row.due = event.due;
    ++row.due_changes.value;
  });
}
void apply(const Fold& fold, const ledger::CommitmentFulfilled& event) {
  fold.change<CommitmentRow>(event.code, [&](CommitmentRow& row) {
    row.stage = ledger::CommitmentStage::fulfilled;
    row.fulfilled = event.date;
  });
}
void apply(const Fold& fold, const ledger::CommitmentCancelled& event) {
  fold.change<CommitmentRow>(event.code, [](CommitmentRow& row) { row.stage = ledger::CommitmentStage::cancelled; });
}

// Milestones.

void apply(const Fold& fold, const ledger::MilestoneReached& event) {
  const auto at = declaration_key(fold.key, event.milestone, event.entity);
  auto known = fold.rows.get<MilestoneDeclarationRow>(at);
  auto row = known && known->stage != DeclarationStage::rejected ? *std::move(known)
                                                                  : fold.made<MilestoneDeclarationRow>();
  // Declared again, it still says that it was rejected before.
  if (known && known->stage == DeclarationStage::rejected) {
    row.rejected = known->rejected;
    row.rejections = known->rejections;
  }
  row.milestone = event.milestone;
  row.entity = event.entity;
  row.date = event.date;
  row.evidence = count_of(event.evidence);
  row.stage = DeclarationStage::declared;  // corrected, it is validated anew
  row.validated.reset();
  fold.put(at, std::move(row));
}

template <class Judge>
void judge(const Fold& fold, const ledger::Code& milestone, const std::optional<ledger::Code>& entity, Judge&& judge) {
  const auto at = declaration_key(fold.key, milestone, entity);
  auto row = fold.rows.get<MilestoneDeclarationRow>(at);
  if (!row) return;
  judge(*row);
  fold.put(at, *std::move(row));
}

void apply(const Fold& fold, const ledger::MilestoneValidated& event) {
  judge(fold, event.milestone, event.entity, [&](MilestoneDeclarationRow& row) {
    row.stage = DeclarationStage::validated;
    row.validated = step_of(fold.entry);
  });
}
void apply(const Fold& fold, const ledger::MilestoneRejected& event) {
  judge(fold, event.milestone, event.entity, [&](MilestoneDeclarationRow& row) {
    row.stage = DeclarationStage::rejected;
    row.rejected = step_of(fold.entry);
    row.validated.reset();
    ++row.rejections.value;
  });
}

// Follow-up.

void apply(const Fold& fold, const ledger::FollowupRecorded& event) {
  const auto at = fold.key / event.code.value;
  auto row = fold.known_or_made<FollowupRow>(at);
  row.followup = event.code;
  row.date = event.date;
  row.findings = event.findings;
  row.evidence = {};
  if (event.evidence) row.evidence = count_of(*event.evidence);
  fold.put(at, std::move(row));
}

void apply(const Fold& fold, const ledger::ContactRecorded& event) {
  const auto at = fold.key / event.code.value;
  auto row = fold.known_or_made<FollowupRow>(at);
  row.followup = event.code;
  row.route = FollowupRoute::entity_contact;
  row.date = event.date;
  row.entity = event.entity;
  row.channel = event.channel;
  row.office = event.office;
  row.findings = event.findings;
  row.evidence = count_of(event.evidence);
  fold.put(at, std::move(row));
}

// Alerts and actions.

void apply(const Fold& fold, const ledger::AlertRaised& event) {
  auto row = fold.made<RaisedAlertRow>();
  row.alert = event.code;
  row.matter = event.matter;
  row.reason = event.reason;
  row.due = event.due;
  fold.put(fold.key / event.code.value, std::move(row));
}
void apply(const Fold& fold, const ledger::AlertClosed& event) {
  fold.change<RaisedAlertRow>(event.code, [&](RaisedAlertRow& row) {
    row.open = false;
    row.closed = step_of(fold.entry);
    row.closing_reason = event.reason;
  });
}

void set_fields(ActionRow& row, const ledger::ActionFields& event) {
  row.action = event.code;
  row.kind = event.kind;
  row.matter = event.matter;
  row.changes = event.changes;
  row.cause = event.cause;
  row.reason = event.reason;
  row.communication = event.communication;
  row.due = event.due;
  row.responsible = event.responsible;
}

void apply(const Fold& fold, const ledger::ActionProposed& event) {
  auto row = fold.made<ActionRow>();
  set_fields(row, event);
  row.proposed = step_of(fold.entry);
  fold.put(fold.key / event.code.value, std::move(row));
}
void apply(const Fold& fold, const ledger::ActionTaken& event) {
  const auto at = fold.key / event.code.value;
  auto row = fold.known_or_made<ActionRow>(at);
  set_fields(row, event);
  row.stage = ledger::ActionStage::taken;
  row.decided = step_of(fold.entry);
  fold.put(at, std::move(row));
}
void apply(const Fold& fold, const ledger::ActionRejected& event) {
  fold.change<ActionRow>(event.code, [&](ActionRow& row) {
    row.stage = ledger::ActionStage::rejected;
    row.decided = step_of(fold.entry);
    row.rejection_reason = event.reason;
  });
}
void apply(const Fold& fold, const ledger::ActionProgressed& event) {
  fold.change<ActionRow>(event.code, [&](ActionRow& row) { row.percent = event.percent; });
}
void apply(const Fold& fold, const ledger::ActionCompleted& event) {
  fold.change<ActionRow>(event.code, [&](ActionRow& row) {
    row.stage = ledger::ActionStage::completed;
    row.completed = event.date;
  });
}
void apply(const Fold& fold, const ledger::ActionAssessed& event) {
  fold.change<ActionRow>(event.code, [&](ActionRow& row) {
    row.stage = ledger::ActionStage::assessed;
    row.assessed_on = event.date;
    row.effective = event.effective;
    row.assessed = step_of(fold.entry);
  });
}

// Money and evaluations.

void apply(const Fold& fold, const ledger::BudgetExecuted& event) {
  const auto at = fold.key / event.code.value;
  auto row = fold.known_or_made<PaymentRow>(at);
  row.payment = event.code;
  row.date = event.date;
  row.amount_cop = event.amount_cop;
  row.budget_item = event.budget_item;
  row.obligation_number = event.obligation_number;
  fold.put(at, std::move(row));
}

template <class T>
void evaluate(const Fold& fold, EvaluationKind kind, const T& event) {
  const auto at = fold.key / boost::describe::enum_to_string(kind, "");
  auto row = fold.known_or_made<EvaluationRow>(at);
  row.kind = kind;
  row.date = event.date;
  row.instrument = event.instrument;
  row.score_hundredths = event.score_hundredths;
  row.scale_hundredths = event.scale_hundredths;
  if constexpr (std::is_same_v<T, ledger::SatisfactionEvaluated>) {
    row.attendees = event.attendees;
    row.respondents = event.respondents;
    row.anonymous = event.anonymous;
  } else {
    row.findings = event.findings;
  }
  fold.put(at, std::move(row));
}

void apply(const Fold& fold, const ledger::SatisfactionEvaluated& event) {
  evaluate(fold, EvaluationKind::satisfaction, event);
}
void apply(const Fold& fold, const ledger::ImpactEvaluated& event) { evaluate(fold, EvaluationKind::impact, event); }

// Of a plan.

void apply(const Fold& fold, const ledger::FollowupReportIssued& event) {
  const auto at = fold.key / event.code.value;
  auto row = fold.known_or_made<FollowupReportRow>(at);
  row.report = event.code;
  row.date = event.date;
  row.period_from = event.period_from;
  row.period_to = event.period_to;
  row.findings = event.findings;
  row.evidence = count_of(event.evidence);
  fold.put(at, std::move(row));
}

void apply(const Fold& fold, const ledger::TrainingGiven& event) {
  const auto at = fold.key / event.code.value;
  auto row = fold.known_or_made<TrainingRow>(at);
  row.training = event.code;
  row.date = event.date;
  row.topic = event.topic;
  row.attendees = event.attendees;
  row.evidence = count_of(event.evidence);
  fold.put(at, std::move(row));
}

// Corrections state a record anew: what the record did is done again with what it should have said.
template <class Records>
void apply_correction(Fold fold, const ledger::CorrectionFields& event) {
  fold.corrects = true;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Records>>([&](auto tag) {
    using T = typename decltype(tag)::type;
    if (event.type.value != T::kType) return;
    const auto corrected = ledger::read_field<T>(event.corrected.value, "");
    if constexpr (requires { apply(fold, *corrected); })
      if (corrected) apply(fold, *corrected);
  });
}
void apply(const Fold& fold, const ledger::InterventionCorrected& event) {
  apply_correction<ledger::InterventionRecords>(fold, event);
}
void apply(const Fold& fold, const ledger::PlanCorrected& event) { apply_correction<ledger::PlanRecords>(fold, event); }

Fold fold_of(Rows& rows, const Entry& entry) {
  const auto name = ledger::segments(entry.event.statement.stream);
  Fold fold{rows, entry, Key{} / name[1] / name[2], {}};
  fold.place.fiscal_year = ledger::parse_year(name[1]).value_or(0);
  fold.place.unit = {std::string(name[2])};
  if (name.size() == ledger::InterventionState::kNameSegments) {
    fold.key /= name[3];
    fold.place.line = {std::string(name[3])};
  }
  return fold;
}

template <class Events>
void fold_kind(Rows& rows, const Entry& entry) {
  ledger::visit_event<Events>(entry.body, [&](const auto& event) {
    // What says nothing of execution, or no more says it, leaves the rows as they are.
    if constexpr (requires(const Fold& fold) { apply(fold, event); })
      if (!entry.destroyed) apply(fold_of(rows, entry), event);
  });
}

}  // namespace

Key plan_key(std::string_view stream) {
  const auto name = ledger::segments(stream);
  assert(name.size() == ledger::PlanState::kNameSegments);
  return Key{} / name[1] / name[2];
}

Key line_key(std::string_view stream) {
  const auto name = ledger::segments(stream);
  assert(name.size() == ledger::InterventionState::kNameSegments);
  return Key{} / name[1] / name[2] / name[3];
}

Key declaration_key(const Key& line, const ledger::Code& milestone, const std::optional<ledger::Code>& entity) {
  return line / milestone.value / (entity ? std::string_view(entity->value) : kAll);
}

bool is_retroactive(const ActionRow& action) {
  if (!action.decided || action.stage == ledger::ActionStage::rejected) return false;
  const auto decided = action.decided->declared.day();
  return std::ranges::any_of(action.changes, [&](const auto& change) {
    const auto from = ledger::Date::parse(change.from.value);
    return from && *from < decided;
  });
}

void fold_execution(Rows& rows, const Entry& entry) {
  const auto kind = entry.body.type().kind;
  if (kind == ledger::PlanState::kKind)
    fold_kind<ledger::PlanEvents>(rows, entry);
  else if (kind == ledger::InterventionState::kKind)
    fold_kind<ledger::InterventionEvents>(rows, entry);
}

}  // namespace fedatario::projections
