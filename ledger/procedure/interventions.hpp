// Streams `intervention/{V}/{unit}/{line}`: the execution of a plan line (activities 7 to 11 of the procedure).
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/services.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

BOOST_DEFINE_ENUM_CLASS(ActionKind, corrective, preventive)
BOOST_DEFINE_ENUM_CLASS(ActionMatter, dates, people, skills, resources, other)
BOOST_DEFINE_ENUM_CLASS(ClosingDocumentKind, opinion, record, report)

// A document that stands as evidence, by its digest.
struct Evidence {
  crypto::Digest sha256;
  Title title;
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (sha256, title))

// What actions may change of a line; everything else of an approved plan changes by amendment.
struct LineTerms {
  Pesos budget_cop;
  Date end;
  std::vector<LineMilestone> milestones;
  Code responsible;
  Date start;
};
BOOST_DESCRIBE_STRUCT(LineTerms, (), (budget_cop, end, milestones, responsible, start))

// The terms that actions set so far.
struct TermChanges {
  std::optional<Pesos> budget_cop;
  std::optional<Date> end;
  std::map<std::string, Date> milestones;
  std::optional<Code> responsible;
  std::optional<Date> start;
};
BOOST_DESCRIBE_STRUCT(TermChanges, (), (budget_cop, end, milestones, responsible, start))

struct InterventionState {
  static constexpr std::string_view kKind = "intervention";
  static constexpr std::size_t kNameSegments = 4;
  static constexpr std::uint32_t kFold = 1;

  bool scheduled = false;
  bool completed = false;
  bool satisfaction = false;
  TermChanges changes;  // of all actions so far; what is absent stands as in the plan
  std::set<std::string> sessions;
  std::set<std::string> actions;
  std::map<std::string, Date> reached;  // milestone → declared date
};
BOOST_DESCRIBE_STRUCT(InterventionState, (), (scheduled, completed, satisfaction, changes, sessions, actions, reached))

// The terms in force: the last action's, else the plan's.
LineTerms present_terms(const PlanLine& line, const TermChanges& changes);
// The value of a field that actions may change, as text; empty where there is no such field.
std::optional<std::string> term(const LineTerms& terms, std::string_view field);
// Sets a field from its text; false when there is no such field or the text is not of its form.
bool set_term(TermChanges& changes, std::string_view field, std::string_view text);

struct InterventionScheduled {
  using State = InterventionState;
  static constexpr std::string_view kType = "intervention.scheduled";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Intervención programada", "Intervention scheduled"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};

  std::optional<Text> material;
  std::optional<Title> space;
  std::optional<Text> steps;  // internal or contractual
  std::vector<Code> team;     // actors
};
BOOST_DESCRIBE_STRUCT(InterventionScheduled, (), (material, space, steps, team))

struct Commitment {
  Code code;
  Date due;
  Title responsible;  // an office or charge, never a person's name
  Text what;
};
BOOST_DESCRIBE_STRUCT(Commitment, (), (code, due, responsible, what))

struct SessionHeld {
  using State = InterventionState;
  static constexpr std::string_view kType = "session.held";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Sesión realizada", "Session held"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};

  Count attendees;
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

struct MilestoneReached {
  using State = InterventionState;
  static constexpr std::string_view kType = "milestone.reached";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Hito alcanzado", "Milestone reached"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional, Role::territorial_manager};

  Date date;
  std::optional<Code> entity;  // absent: for all
  std::vector<Evidence> evidence;
  Code milestone;
};
BOOST_DESCRIBE_STRUCT(MilestoneReached, (), (date, entity, evidence, milestone))

// One field of the line: `start`, `end`, `budget_cop`, `responsible` or `milestone.<code>`; dates as YYYY-MM-DD.
struct FieldChange {
  Title field;
  Title from;
  Title to;
};
BOOST_DESCRIBE_STRUCT(FieldChange, (), (field, from, to))

struct ActionTaken {
  using State = InterventionState;
  static constexpr std::string_view kType = "action.taken";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Acción tomada", "Action taken"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};

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
BOOST_DESCRIBE_STRUCT(ActionTaken, (), (cause, changes, code, communication, due, kind, matter, reason, responsible))

struct ClosingDocument {
  ClosingDocumentKind kind{};
  crypto::Digest sha256;
  Title title;
};
BOOST_DESCRIBE_STRUCT(ClosingDocument, (), (kind, sha256, title))

struct InterventionCompleted {
  using State = InterventionState;
  static constexpr std::string_view kType = "intervention.completed";
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
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Satisfacción evaluada", "Satisfaction evaluated"};
  static constexpr RoleSet kAuthors{Role::professional};

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

Result<void> admit(const InterventionState&, const InterventionScheduled&, const Context&);
Result<void> admit(const InterventionState&, const SessionHeld&, const Context&);
Result<void> admit(const InterventionState&, const MilestoneReached&, const Context&);
Result<void> admit(const InterventionState&, const ActionTaken&, const Context&);
Result<void> admit(const InterventionState&, const InterventionCompleted&, const Context&);
Result<void> admit(const InterventionState&, const SatisfactionEvaluated&, const Context&);
void evolve(InterventionState&, const InterventionScheduled&, const Occurrence&);
void evolve(InterventionState&, const SessionHeld&, const Occurrence&);
void evolve(InterventionState&, const MilestoneReached&, const Occurrence&);
void evolve(InterventionState&, const ActionTaken&, const Occurrence&);
void evolve(InterventionState&, const InterventionCompleted&, const Occurrence&);
void evolve(InterventionState&, const SatisfactionEvaluated&, const Occurrence&);

using InterventionEvents = boost::mp11::mp_list<InterventionScheduled, SessionHeld, MilestoneReached, ActionTaken,
                                                InterventionCompleted, SatisfactionEvaluated>;

}  // namespace fedatario::ledger
