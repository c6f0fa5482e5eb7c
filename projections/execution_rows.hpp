// The rows of the view `execution`: what was done on each line of a plan, one row a thing. Each names the event that
// recorded it first, the last that changed it and, where there is one, the correction that stands; what it said before
// is in the versions of the row. A row that its event's content was destroyed of is not there.
#pragma once

#include "ledger/procedure/interventions.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

// Where it belongs.
struct OfPlan {
  std::int64_t fiscal_year = 0;
  ledger::Code unit;
  bool operator==(const OfPlan&) const = default;
};
BOOST_DESCRIBE_STRUCT(OfPlan, (), (fiscal_year, unit))
struct OfLine : OfPlan {
  ledger::Code line;
  bool operator==(const OfLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(OfLine, (OfPlan), (line))

struct Recording {
  Step first_recorded;
  bool imported = false;  // history from before the founding
  std::optional<ledger::Position> corrected_position;
  ledger::Position last_change;
  bool operator==(const Recording&) const = default;
};
BOOST_DESCRIBE_STRUCT(Recording, (), (first_recorded, imported, corrected_position, last_change))

// Key of this and all that follow: fiscal year, unit, line, code.
struct SessionRow : OfLine, Recording {
  static constexpr std::string_view kView = "session";

  ledger::Code session;
  ledger::Date date;  // of one cancelled: for which it was announced
  bool cancelled = false;
  ledger::TimeOfDay from;
  ledger::TimeOfDay to;
  ledger::Mechanism mechanism{};
  std::optional<ledger::Text> mechanism_description;
  std::optional<Step> mechanism_noted;
  ledger::Modality modality{};
  ledger::Title place;
  std::vector<ledger::Code> entities;
  ledger::Count attendees;  // head-count
  ledger::Count commitments;
  ledger::AttendanceStage list{};
  std::optional<ledger::ListKind> list_kind;
  ledger::Count listed;
  std::optional<Step> list_recorded;
  std::optional<Step> list_verified;
  std::optional<ledger::Code> previous;  // session recorded before it on the line
  bool operator==(const SessionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (OfLine, Recording),
                      (session, date, cancelled, from, to, mechanism, mechanism_description, mechanism_noted, modality,
                       place, entities, attendees, commitments, list, list_kind, listed, list_recorded, list_verified,
                       previous))

// The session recorded last on a line, from which `previous` leads to all. Key: fiscal year, unit, line.
struct NewestSessionRow {
  static constexpr std::string_view kView = "newest_session";
  ledger::Code session;
};
BOOST_DESCRIBE_STRUCT(NewestSessionRow, (), (session))

struct CommitmentRow : OfLine, Recording {
  static constexpr std::string_view kView = "commitment";

  ledger::Code commitment;
  ledger::Code session;
  ledger::Text what;
  ledger::Title responsible;
  ledger::Date due_first;
  ledger::Date due;
  ledger::Count due_changes;
  ledger::CommitmentStage stage{};
  std::optional<ledger::Date> fulfilled;
  bool operator==(const CommitmentRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(CommitmentRow, (OfLine, Recording),
                      (commitment, session, what, responsible, due_first, due, due_changes, stage, fulfilled))

BOOST_DEFINE_ENUM_CLASS(DeclarationStage, declared, validated, rejected)

// That a milestone was reached, for one entity or for all of the line. Key: fiscal year, unit, line, milestone, entity
// ("*": for all).
struct MilestoneDeclarationRow : OfLine, Recording {
  static constexpr std::string_view kView = "milestone";

  ledger::Code milestone;
  std::optional<ledger::Code> entity;  // absent: for all
  ledger::Date date;
  DeclarationStage stage{};
  ledger::Count evidence;  // documents
  std::optional<Step> validated;
  std::optional<Step> rejected;  // the last time
  ledger::Count rejections;
  bool operator==(const MilestoneDeclarationRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(MilestoneDeclarationRow, (OfLine, Recording),
                      (milestone, entity, date, stage, evidence, validated, rejected, rejections))

// By whom it was found out: those who carry it out, or the head of the unit from the entity (activity 9, routes i, ii).
BOOST_DEFINE_ENUM_CLASS(FollowupRoute, unit, entity_contact)

struct FollowupRow : OfLine, Recording {
  static constexpr std::string_view kView = "followup";

  ledger::Code followup;
  FollowupRoute route{};
  ledger::Date date;
  std::optional<ledger::Code> entity;  // these three of a contact
  std::optional<ledger::ContactChannel> channel;
  std::optional<ledger::Title> office;
  ledger::Text findings;
  ledger::Count evidence;
  bool operator==(const FollowupRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(FollowupRow, (OfLine, Recording),
                      (followup, route, date, entity, channel, office, findings, evidence))

// Raised by somebody in the procedure, not what the service warns of.
struct RaisedAlertRow : OfLine, Recording {
  static constexpr std::string_view kView = "raised_alert";

  ledger::Code alert;
  ledger::ActionMatter matter{};
  ledger::Text reason;
  std::optional<ledger::Date> due;
  bool open = true;
  std::optional<Step> closed;
  std::optional<ledger::Text> closing_reason;
  bool operator==(const RaisedAlertRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(RaisedAlertRow, (OfLine, Recording), (alert, matter, reason, due, open, closed, closing_reason))

struct ActionRow : OfLine, Recording {
  static constexpr std::string_view kView = "action";

  ledger::Code action;
  ledger::ActionKind kind{};
  ledger::ActionMatter matter{};
  ledger::ActionStage stage{};
  std::vector<ledger::FieldChange> changes;
  ledger::Text cause;
  ledger::Text reason;
  std::optional<ledger::Title> communication;
  std::optional<ledger::Date> due;
  ledger::Code responsible;
  std::optional<Step> proposed;  // absent: taken without a proposal
  std::optional<Step> decided;   // taken or rejected
  std::optional<ledger::Text> rejection_reason;
  ledger::Count percent;
  std::optional<ledger::Date> completed;
  std::optional<ledger::Date> assessed_on;
  std::optional<bool> effective;
  std::optional<Step> assessed;
  bool operator==(const ActionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ActionRow, (OfLine, Recording),
                      (action, kind, matter, stage, changes, cause, reason, communication, due, responsible, proposed,
                       decided, rejection_reason, percent, completed, assessed_on, effective, assessed))

struct PaymentRow : OfLine, Recording {
  static constexpr std::string_view kView = "payment";

  ledger::Code payment;
  ledger::Date date;
  ledger::Pesos amount_cop;
  ledger::Title budget_item;
  ledger::Title obligation_number;
  bool operator==(const PaymentRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(PaymentRow, (OfLine, Recording), (payment, date, amount_cop, budget_item, obligation_number))

BOOST_DEFINE_ENUM_CLASS(EvaluationKind, satisfaction, impact)

// Key: fiscal year, unit, line, kind.
struct EvaluationRow : OfLine, Recording {
  static constexpr std::string_view kView = "evaluation";

  EvaluationKind kind{};
  ledger::Date date;
  ledger::Title instrument;
  ledger::Count score_hundredths;
  ledger::Count scale_hundredths;           // highest score there can be
  std::optional<ledger::Count> attendees;   // these three of satisfaction
  std::optional<ledger::Count> respondents;
  std::optional<bool> anonymous;
  std::optional<ledger::Text> findings;  // of impact
  bool operator==(const EvaluationRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(EvaluationRow, (OfLine, Recording),
                      (kind, date, instrument, score_hundredths, scale_hundredths, attendees, respondents, anonymous,
                       findings))

// Of a whole plan. Key of these two: fiscal year, unit, code.
struct FollowupReportRow : OfPlan, Recording {
  static constexpr std::string_view kView = "followup_report";

  ledger::Code report;
  ledger::Date date;
  ledger::Date period_from;
  ledger::Date period_to;
  ledger::Text findings;
  ledger::Count evidence;
  bool operator==(const FollowupReportRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(FollowupReportRow, (OfPlan, Recording), (report, date, period_from, period_to, findings, evidence))

struct TrainingRow : OfPlan, Recording {
  static constexpr std::string_view kView = "training";

  ledger::Code training;
  ledger::Date date;
  ledger::Title topic;
  ledger::Count attendees;
  ledger::Count evidence;
  bool operator==(const TrainingRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(TrainingRow, (OfPlan, Recording), (training, date, topic, attendees, evidence))

}  // namespace fedatario::projections
