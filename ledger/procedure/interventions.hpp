// Streams `intervention/{V}/{unit}/{line}`: the execution of a plan line (activities 7 to 11 of the procedure).
#pragma once

#include <boost/mp11/list.hpp>
#include <map>
#include <set>

#include "ledger/procedure/corrections.hpp"
#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/services.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

BOOST_DEFINE_ENUM_CLASS(ActionKind, corrective, preventive)
BOOST_DEFINE_ENUM_CLASS(ActionMatter, dates, people, skills, resources, other)
BOOST_DEFINE_ENUM_CLASS(ClosingDocumentKind, opinion, record, report)
// A recording alone is no list.
BOOST_DEFINE_ENUM_CLASS(ListKind, paper, form, platform_report)
BOOST_DEFINE_ENUM_CLASS(ContactChannel, visit, meeting, call, email, letter)

struct Commitment {
  Code code;
  Date due;
  Title responsible;  // an office or charge, never a person's name
  Text what;
  bool operator==(const Commitment&) const = default;
};
BOOST_DESCRIBE_STRUCT(Commitment, (), (code, due, responsible, what))

struct ClosingDocument {
  ClosingDocumentKind kind{};
  crypto::Digest sha256;
  Title title;
};
BOOST_DESCRIBE_STRUCT(ClosingDocument, (), (kind, sha256, title))

struct ActionFields {
  Text cause;
  std::vector<FieldChange> changes;
  Code code;
  std::optional<Title> communication;  // number of the internal communication
  std::optional<Date> due;
  ActionKind kind{};
  ActionMatter matter{};
  Text reason;
  Code responsible;
};
BOOST_DESCRIBE_STRUCT(ActionFields, (), (cause, changes, code, communication, due, kind, matter, reason, responsible))

BOOST_DEFINE_ENUM_CLASS(InterventionStage, none, scheduled, started, suspended, completed, cancelled)
BOOST_DEFINE_ENUM_CLASS(ActionStage, proposed, taken, rejected, completed, assessed)
BOOST_DEFINE_ENUM_CLASS(CommitmentStage, open, fulfilled, cancelled)
BOOST_DEFINE_ENUM_CLASS(AttendanceStage, missing, recorded, verified)

struct InterventionState {
  static constexpr std::string_view kKind = "intervention";
  static constexpr std::size_t kNameSegments = 4;
  static constexpr std::uint32_t kFold = 3;

  struct Session {
    Date date;
    Count attendees;
    bool other_mechanism = false;
    bool cancelled = false;
    AttendanceStage list{};
    Count listed;
    Persons by;  // who recorded it or its list
  };
  struct Reached {
    Date date;
    Position declared_at;
    bool validated = false;
    Persons by;
  };
  struct Action {
    ActionStage stage{};
    std::vector<FieldChange> changes;
    Persons by;  // who proposed it, then also who took and completed it
  };

  InterventionStage stage = InterventionStage::none;
  std::optional<InterventionStage> before_suspension;
  bool satisfaction = false;
  bool impact = false;
  TermChanges changes;  // of all actions so far; what is absent stands as in the plan
  std::map<std::string, Session> sessions;
  std::map<std::string, CommitmentStage> commitments;
  std::map<std::string, std::map<std::string, Reached>> reached;  // milestone → entity ("": for all)
  std::map<std::string, Action> actions;
  std::map<std::string, bool> alerts;  // whether open
  std::set<std::string> codes;         // of follow-ups, contacts and payments
  Corrections corrections;
  std::map<int, Persons> recorders;
};
BOOST_DESCRIBE_STRUCT(InterventionState::Session, (), (date, attendees, other_mechanism, cancelled, list, listed, by))
BOOST_DESCRIBE_STRUCT(InterventionState::Reached, (), (date, declared_at, validated, by))
BOOST_DESCRIBE_STRUCT(InterventionState::Action, (), (stage, changes, by))
BOOST_DESCRIBE_STRUCT(InterventionState, (),
                      (stage, before_suspension, satisfaction, impact, changes, sessions, commitments, reached, actions,
                       alerts, codes, corrections, recorders))

// Completed or cancelled: nothing of it is open.
constexpr bool is_over(InterventionStage stage) {
  return stage == InterventionStage::completed || stage == InterventionStage::cancelled;
}
// Whether the milestone is reached for this entity, or for all.
bool is_reached(const InterventionState& state, std::string_view milestone, std::string_view entity);

struct InterventionScheduled {
  using State = InterventionState;
  static constexpr std::string_view kType = "intervention.scheduled";
  static constexpr int kActivity = 7;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Intervención programada", "Intervention scheduled"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};

  std::optional<Text> material;
  std::optional<Title> space;
  std::optional<Text> steps;  // internal or contractual
  std::vector<Code> team;     // actors
};
BOOST_DESCRIBE_STRUCT(InterventionScheduled, (), (material, space, steps, team))

// Within the approved dates, and nothing else: moving these takes an action or an amendment.
struct InterventionRescheduled {
  using State = InterventionState;
  static constexpr std::string_view kType = "intervention.rescheduled";
  static constexpr int kActivity = 7;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Intervención reprogramada", "Intervention rescheduled"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};

  Date end;
  Text reason;
  Date start;
};
BOOST_DESCRIBE_STRUCT(InterventionRescheduled, (), (end, reason, start))

struct InterventionStarted {
  using State = InterventionState;
  static constexpr std::string_view kType = "intervention.started";
  static constexpr int kActivity = 8;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Intervención iniciada", "Intervention started"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};

  Date date;
};
BOOST_DESCRIBE_STRUCT(InterventionStarted, (), (date))

struct SessionHeld {
  using State = InterventionState;
  static constexpr std::string_view kType = "session.held";
  static constexpr int kActivity = 8;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Sesión realizada", "Session held"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};
  // Commitments change by events of their own.
  static bool same_record(const SessionHeld& a, const SessionHeld& b) {
    return a.code == b.code && a.commitments == b.commitments;
  }

  Count attendees;  // head-count
  Code code;
  std::vector<Commitment> commitments;
  Date date;
  std::vector<Code> entities;
  TimeOfDay from;
  Mechanism mechanism{};
  std::optional<Text> mechanism_description;
  Modality modality{};
  Title place;  // or platform
  TimeOfDay to;
  std::vector<Title> topics;
};
BOOST_DESCRIBE_STRUCT(SessionHeld, (),
                      (attendees, code, commitments, date, entities, from, mechanism, mechanism_description, modality,
                       place, to, topics))

// A session that was announced and is not held.
struct SessionCancelled {
  using State = InterventionState;
  static constexpr std::string_view kType = "session.cancelled";
  static constexpr int kActivity = 8;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Sesión cancelada", "Session cancelled"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};

  Code code;
  Date date;  // it was announced for
  Text reason;
};
BOOST_DESCRIBE_STRUCT(SessionCancelled, (), (code, date, reason))

// A session stands without its list until this comes.
struct AttendanceRecorded {
  using State = InterventionState;
  static constexpr std::string_view kType = "attendance.recorded";
  static constexpr int kActivity = 8;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Lista de asistencia registrada", "Attendance list recorded"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};
  static bool same_record(const AttendanceRecorded& a, const AttendanceRecorded& b) { return a.session == b.session; }

  struct Personal {
    std::optional<Title> document_number;
    std::optional<Title> email;
    std::optional<Title> entity;
    Title name;
    std::optional<Title> post;
  };
  std::vector<Personal> personal;

  Evidence document{};
  ListKind kind{};
  Count listed;  // persons on it
  Code session;
};
BOOST_DESCRIBE_STRUCT(AttendanceRecorded::Personal, (), (document_number, email, entity, name, post))
BOOST_DESCRIBE_STRUCT(AttendanceRecorded, (), (document, kind, listed, session))

struct AttendanceVerified {
  using State = InterventionState;
  static constexpr std::string_view kType = "attendance.verified";
  static constexpr int kActivity = 8;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Asistencia verificada", "Attendance verified"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};
  static constexpr bool kDecides = true;

  std::optional<Text> observations;
  Code session;
};
BOOST_DESCRIBE_STRUCT(AttendanceVerified, (), (observations, session))

// The subdirection takes note of a mechanism that the procedure does not name.
struct MechanismNoted {
  using State = InterventionState;
  static constexpr std::string_view kType = "mechanism.noted";
  static constexpr int kActivity = 8;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Mecanismo conocido", "Mechanism noted"};
  static constexpr RoleSet kAuthors{Role::subdirection};
  static constexpr bool kDecides = true;

  Text observations;
  Code session;
};
BOOST_DESCRIBE_STRUCT(MechanismNoted, (), (observations, session))

struct CommitmentChanged {
  using State = InterventionState;
  static constexpr std::string_view kType = "commitment.changed";
  static constexpr int kActivity = 8;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Compromiso modificado", "Commitment changed"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};

  Code code;
  Date due;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(CommitmentChanged, (), (code, due, reason))

struct CommitmentFulfilled {
  using State = InterventionState;
  static constexpr std::string_view kType = "commitment.fulfilled";
  static constexpr int kActivity = 8;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Compromiso cumplido", "Commitment fulfilled"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};
  static constexpr bool kAfterClosing = true;

  Code code;
  Date date;
  std::vector<Evidence> evidence;
};
BOOST_DESCRIBE_STRUCT(CommitmentFulfilled, (), (code, date, evidence))

struct CommitmentCancelled {
  using State = InterventionState;
  static constexpr std::string_view kType = "commitment.cancelled";
  static constexpr int kActivity = 8;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Compromiso cancelado", "Commitment cancelled"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};

  Code code;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(CommitmentCancelled, (), (code, reason))

struct MilestoneReached {
  using State = InterventionState;
  static constexpr std::string_view kType = "milestone.reached";
  static constexpr int kActivity = 9;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Hito alcanzado", "Milestone reached"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};
  static bool same_record(const MilestoneReached& a, const MilestoneReached& b) {
    return a.entity == b.entity && a.milestone == b.milestone;
  }

  Date date;
  std::optional<Code> entity;  // absent: for all
  std::vector<Evidence> evidence;
  Code milestone;
};
BOOST_DESCRIBE_STRUCT(MilestoneReached, (), (date, entity, evidence, milestone))

struct MilestoneValidated {
  using State = InterventionState;
  static constexpr std::string_view kType = "milestone.validated";
  static constexpr int kActivity = 9;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Hito validado", "Milestone validated"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};
  static constexpr bool kDecides = true;

  std::optional<Code> entity;
  Code milestone;
  std::optional<Text> observations;
};
BOOST_DESCRIBE_STRUCT(MilestoneValidated, (), (entity, milestone, observations))

// It was not reached, whatever was declared, and can be declared again.
struct MilestoneRejected {
  using State = InterventionState;
  static constexpr std::string_view kType = "milestone.rejected";
  static constexpr int kActivity = 9;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Hito rechazado", "Milestone rejected"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};
  static constexpr bool kDecides = true;

  std::optional<Code> entity;
  Code milestone;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(MilestoneRejected, (), (entity, milestone, reason))

struct FollowupRecorded {
  using State = InterventionState;
  static constexpr std::string_view kType = "followup.recorded";
  static constexpr int kActivity = 9;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Seguimiento registrado", "Follow-up recorded"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};
  static bool same_record(const FollowupRecorded& a, const FollowupRecorded& b) { return a.code == b.code; }

  Code code;
  Date date;
  std::optional<std::vector<Evidence>> evidence;
  Text findings;
};
BOOST_DESCRIBE_STRUCT(FollowupRecorded, (), (code, date, evidence, findings))

// The head of the unit hears from the entity whether the assistance serves its purpose.
struct ContactRecorded {
  using State = InterventionState;
  static constexpr std::string_view kType = "contact.recorded";
  static constexpr int kActivity = 9;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Contacto con la entidad registrado", "Contact with the entity recorded"};
  static constexpr RoleSet kAuthors{Role::director};
  static bool same_record(const ContactRecorded& a, const ContactRecorded& b) { return a.code == b.code; }

  struct Personal {
    std::optional<Title> email;
    Title name;
    std::optional<Title> post;
  };
  std::vector<Personal> personal;

  ContactChannel channel{};
  Code code;
  Date date;
  Code entity;
  std::vector<Evidence> evidence;
  Text findings;
  Title office;  // of the entity that was spoken with
};
BOOST_DESCRIBE_STRUCT(ContactRecorded::Personal, (), (email, name, post))
BOOST_DESCRIBE_STRUCT(ContactRecorded, (), (channel, code, date, entity, evidence, findings, office))

struct AlertRaised {
  using State = InterventionState;
  static constexpr std::string_view kType = "alert.raised";
  static constexpr int kActivity = 10;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Alerta generada", "Alert raised"};
  static constexpr RoleSet kAuthors{Role::director,       Role::coordinator,
                                    Role::professional,   Role::territorial_manager,
                                    Role::system_officer, Role::subdirection};

  Code code;
  std::optional<Date> due;
  ActionMatter matter{};
  Text reason;
};
BOOST_DESCRIBE_STRUCT(AlertRaised, (), (code, due, matter, reason))

struct AlertClosed {
  using State = InterventionState;
  static constexpr std::string_view kType = "alert.closed";
  static constexpr int kActivity = 10;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Alerta cerrada", "Alert closed"};
  static constexpr RoleSet kAuthors{Role::director,       Role::coordinator,
                                    Role::professional,   Role::territorial_manager,
                                    Role::system_officer, Role::subdirection};

  Code code;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(AlertClosed, (), (code, reason))

struct ActionProposed : ActionFields {
  using State = InterventionState;
  static constexpr std::string_view kType = "action.proposed";
  static constexpr int kActivity = 10;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Acción propuesta", "Action proposed"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};
};
BOOST_DESCRIBE_STRUCT(ActionProposed, (ActionFields), ())

// Decides a proposal of the same code, exactly as proposed; or is taken without one.
struct ActionTaken : ActionFields {
  using State = InterventionState;
  static constexpr std::string_view kType = "action.taken";
  static constexpr int kActivity = 10;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Acción tomada", "Action taken"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};
};
BOOST_DESCRIBE_STRUCT(ActionTaken, (ActionFields), ())

struct ActionRejected {
  using State = InterventionState;
  static constexpr std::string_view kType = "action.rejected";
  static constexpr int kActivity = 10;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Acción rechazada", "Action rejected"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};
  static constexpr bool kDecides = true;

  Code code;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(ActionRejected, (), (code, reason))

struct ActionProgressed {
  using State = InterventionState;
  static constexpr std::string_view kType = "action.progressed";
  static constexpr int kActivity = 10;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Avance de la acción registrado", "Progress of the action recorded"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};

  Code code;
  std::optional<std::vector<Evidence>> evidence;
  Text observations;
  Count percent;
};
BOOST_DESCRIBE_STRUCT(ActionProgressed, (), (code, evidence, observations, percent))

struct ActionCompleted {
  using State = InterventionState;
  static constexpr std::string_view kType = "action.completed";
  static constexpr int kActivity = 10;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Acción cumplida", "Action completed"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};

  Code code;
  Date date;
  std::vector<Evidence> evidence;
};
BOOST_DESCRIBE_STRUCT(ActionCompleted, (), (code, date, evidence))

struct ActionAssessed {
  using State = InterventionState;
  static constexpr std::string_view kType = "action.assessed";
  static constexpr int kActivity = 10;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Eficacia de la acción valorada", "Effect of the action assessed"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};
  static constexpr bool kDecides = true;

  Code code;
  Date date;
  bool effective = false;
  Text observations;
};
BOOST_DESCRIBE_STRUCT(ActionAssessed, (), (code, date, effective, observations))

struct InterventionCompleted {
  using State = InterventionState;
  static constexpr std::string_view kType = "intervention.completed";
  static constexpr int kActivity = 11;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Intervención terminada", "Intervention completed"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};

  Date date;
  std::optional<ClosingDocument> document;
};
BOOST_DESCRIBE_STRUCT(InterventionCompleted, (), (date, document))

struct SatisfactionEvaluated {
  using State = InterventionState;
  static constexpr std::string_view kType = "satisfaction.evaluated";
  static constexpr int kActivity = 11;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Satisfacción evaluada", "Satisfaction evaluated"};
  static constexpr RoleSet kAuthors{Role::professional};
  static bool same_record(const SatisfactionEvaluated&, const SatisfactionEvaluated&) { return true; }

  bool anonymous = false;
  Count attendees;  // distinct
  Date date;
  Title instrument;
  Count respondents;
  Count scale_hundredths;  // highest score there can be
  Count score_hundredths;
};
BOOST_DESCRIBE_STRUCT(SatisfactionEvaluated, (),
                      (anonymous, attendees, date, instrument, respondents, scale_hundredths, score_hundredths))

struct ImpactEvaluated {
  using State = InterventionState;
  static constexpr std::string_view kType = "impact.evaluated";
  static constexpr int kActivity = 11;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Impacto evaluado", "Impact evaluated"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};
  static constexpr bool kAfterClosing = true;
  static bool same_record(const ImpactEvaluated&, const ImpactEvaluated&) { return true; }

  Date date;
  std::vector<Evidence> evidence;
  Text findings;
  Title instrument;
  Count scale_hundredths;  // highest score there can be
  Count score_hundredths;
};
BOOST_DESCRIBE_STRUCT(ImpactEvaluated, (), (date, evidence, findings, instrument, scale_hundredths, score_hundredths))

struct InterventionSuspended {
  using State = InterventionState;
  static constexpr std::string_view kType = "intervention.suspended";
  static constexpr int kActivity = 11;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Intervención suspendida", "Intervention suspended"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};

  Date date;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(InterventionSuspended, (), (date, reason))

struct InterventionResumed {
  using State = InterventionState;
  static constexpr std::string_view kType = "intervention.resumed";
  static constexpr int kActivity = 11;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Intervención reanudada", "Intervention resumed"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};

  Date date;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(InterventionResumed, (), (date, reason))

struct InterventionCancelled {
  using State = InterventionState;
  static constexpr std::string_view kType = "intervention.cancelled";
  static constexpr int kActivity = 11;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Intervención cancelada", "Intervention cancelled"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator};

  Title act;
  Date date;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(InterventionCancelled, (), (act, date, reason))

struct BudgetExecuted {
  using State = InterventionState;
  static constexpr std::string_view kType = "budget.executed";
  static constexpr int kActivity = 9;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Presupuesto ejecutado", "Budget executed"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};
  static bool same_record(const BudgetExecuted& a, const BudgetExecuted& b) { return a.code == b.code; }

  Pesos amount_cop;
  Title budget_item;
  Code code;
  Date date;
  Title obligation_number;  // of the payment
};
BOOST_DESCRIBE_STRUCT(BudgetExecuted, (), (amount_cop, budget_item, code, date, obligation_number))

struct InterventionCorrected : CorrectionFields {
  using State = InterventionState;
  static constexpr std::string_view kType = "correction.made";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel = kCorrectionLabel;
  static constexpr RoleSet kAuthors = kCorrectionAuthors;
  static constexpr bool kAfterClosing = true;
};
BOOST_DESCRIBE_STRUCT(InterventionCorrected, (CorrectionFields), ())

Result<void> admit(const InterventionState&, const InterventionScheduled&, const Context&);
Result<void> admit(const InterventionState&, const InterventionRescheduled&, const Context&);
Result<void> admit(const InterventionState&, const InterventionStarted&, const Context&);
Result<void> admit(const InterventionState&, const SessionHeld&, const Context&);
Result<void> admit(const InterventionState&, const SessionCancelled&, const Context&);
Result<void> admit(const InterventionState&, const AttendanceRecorded&, const Context&);
Result<void> admit(const InterventionState&, const AttendanceVerified&, const Context&);
Result<void> admit(const InterventionState&, const MechanismNoted&, const Context&);
Result<void> admit(const InterventionState&, const CommitmentChanged&, const Context&);
Result<void> admit(const InterventionState&, const CommitmentFulfilled&, const Context&);
Result<void> admit(const InterventionState&, const CommitmentCancelled&, const Context&);
Result<void> admit(const InterventionState&, const MilestoneReached&, const Context&);
Result<void> admit(const InterventionState&, const MilestoneValidated&, const Context&);
Result<void> admit(const InterventionState&, const MilestoneRejected&, const Context&);
Result<void> admit(const InterventionState&, const FollowupRecorded&, const Context&);
Result<void> admit(const InterventionState&, const ContactRecorded&, const Context&);
Result<void> admit(const InterventionState&, const AlertRaised&, const Context&);
Result<void> admit(const InterventionState&, const AlertClosed&, const Context&);
Result<void> admit(const InterventionState&, const ActionProposed&, const Context&);
Result<void> admit(const InterventionState&, const ActionTaken&, const Context&);
Result<void> admit(const InterventionState&, const ActionRejected&, const Context&);
Result<void> admit(const InterventionState&, const ActionProgressed&, const Context&);
Result<void> admit(const InterventionState&, const ActionCompleted&, const Context&);
Result<void> admit(const InterventionState&, const ActionAssessed&, const Context&);
Result<void> admit(const InterventionState&, const InterventionCompleted&, const Context&);
Result<void> admit(const InterventionState&, const SatisfactionEvaluated&, const Context&);
Result<void> admit(const InterventionState&, const ImpactEvaluated&, const Context&);
Result<void> admit(const InterventionState&, const InterventionSuspended&, const Context&);
Result<void> admit(const InterventionState&, const InterventionResumed&, const Context&);
Result<void> admit(const InterventionState&, const InterventionCancelled&, const Context&);
Result<void> admit(const InterventionState&, const BudgetExecuted&, const Context&);
Result<void> admit(const InterventionState&, const InterventionCorrected&, const Context&);
void evolve(InterventionState&, const InterventionScheduled&, const Occurrence&);
void evolve(InterventionState&, const InterventionRescheduled&, const Occurrence&);
void evolve(InterventionState&, const InterventionStarted&, const Occurrence&);
void evolve(InterventionState&, const SessionHeld&, const Occurrence&);
void evolve(InterventionState&, const SessionCancelled&, const Occurrence&);
void evolve(InterventionState&, const AttendanceRecorded&, const Occurrence&);
void evolve(InterventionState&, const AttendanceVerified&, const Occurrence&);
void evolve(InterventionState&, const MechanismNoted&, const Occurrence&);
void evolve(InterventionState&, const CommitmentChanged&, const Occurrence&);
void evolve(InterventionState&, const CommitmentFulfilled&, const Occurrence&);
void evolve(InterventionState&, const CommitmentCancelled&, const Occurrence&);
void evolve(InterventionState&, const MilestoneReached&, const Occurrence&);
void evolve(InterventionState&, const MilestoneValidated&, const Occurrence&);
void evolve(InterventionState&, const MilestoneRejected&, const Occurrence&);
void evolve(InterventionState&, const FollowupRecorded&, const Occurrence&);
void evolve(InterventionState&, const ContactRecorded&, const Occurrence&);
void evolve(InterventionState&, const AlertRaised&, const Occurrence&);
void evolve(InterventionState&, const AlertClosed&, const Occurrence&);
void evolve(InterventionState&, const ActionProposed&, const Occurrence&);
void evolve(InterventionState&, const ActionTaken&, const Occurrence&);
void evolve(InterventionState&, const ActionRejected&, const Occurrence&);
void evolve(InterventionState&, const ActionProgressed&, const Occurrence&);
void evolve(InterventionState&, const ActionCompleted&, const Occurrence&);
void evolve(InterventionState&, const ActionAssessed&, const Occurrence&);
void evolve(InterventionState&, const InterventionCompleted&, const Occurrence&);
void evolve(InterventionState&, const SatisfactionEvaluated&, const Occurrence&);
void evolve(InterventionState&, const ImpactEvaluated&, const Occurrence&);
void evolve(InterventionState&, const InterventionSuspended&, const Occurrence&);
void evolve(InterventionState&, const InterventionResumed&, const Occurrence&);
void evolve(InterventionState&, const InterventionCancelled&, const Occurrence&);
void evolve(InterventionState&, const BudgetExecuted&, const Occurrence&);
void evolve(InterventionState&, const InterventionCorrected&, const Occurrence&);
void flag(const InterventionState&, const InterventionScheduled&, const Context&, Flags&);
void flag(const InterventionState&, const InterventionStarted&, const Context&, Flags&);
void flag(const InterventionState&, const SessionHeld&, const Context&, Flags&);
void flag(const InterventionState&, const CommitmentChanged&, const Context&, Flags&);
void flag(const InterventionState&, const MilestoneReached&, const Context&, Flags&);
void flag(const InterventionState&, const ActionProposed&, const Context&, Flags&);
void flag(const InterventionState&, const ActionTaken&, const Context&, Flags&);

// What is recorded and may be corrected.
using InterventionRecords =
    boost::mp11::mp_list<SessionHeld, AttendanceRecorded, MilestoneReached, FollowupRecorded, ContactRecorded,
                         SatisfactionEvaluated, ImpactEvaluated, BudgetExecuted>;

using InterventionEvents =
    boost::mp11::mp_list<InterventionScheduled, InterventionRescheduled, InterventionStarted, SessionHeld,
                         SessionCancelled, AttendanceRecorded, AttendanceVerified, MechanismNoted, CommitmentChanged,
                         CommitmentFulfilled, CommitmentCancelled, MilestoneReached, MilestoneValidated,
                         MilestoneRejected, FollowupRecorded, ContactRecorded, AlertRaised, AlertClosed, ActionProposed,
                         ActionTaken, ActionRejected, ActionProgressed, ActionCompleted, ActionAssessed,
                         InterventionCompleted, SatisfactionEvaluated, ImpactEvaluated, InterventionSuspended,
                         InterventionResumed, InterventionCancelled, BudgetExecuted, InterventionCorrected>;

}  // namespace fedatario::ledger
