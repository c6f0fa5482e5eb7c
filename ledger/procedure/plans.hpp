// Streams `plan/{V}/{unit}`: the assistance plan of a unit for a fiscal year (activities 5 and 6 of the procedure, and
// what its unit is controlled for).
#pragma once

#include <boost/mp11/list.hpp>
#include <map>
#include <set>

#include "ledger/procedure/controls.hpp"
#include "ledger/procedure/corrections.hpp"
#include "ledger/procedure/lines.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

// By what right a line goes on in the next fiscal year: budget reserve [reserva], future funds [vigencia futura].
BOOST_DEFINE_ENUM_CLASS(CarryGround, reserve, future_funds)

struct DroppedLine {
  Code line;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(DroppedLine, (), (line, reason))

// A unit's part in a joint line that another unit leads.
struct JoinedLine {
  Pesos budget_cop;  // its part
  std::optional<Text> contribution;
  Code lead_line;
  Code lead_unit;
  Code responsible;  // actor
};
BOOST_DESCRIBE_STRUCT(JoinedLine, (), (budget_cop, contribution, lead_line, lead_unit, responsible))

// A line that goes on from the fiscal year before [rezago].
struct CarriedLine : PlanLine {
  Code carried_line;  // its code there
  CarryGround ground{};
  Text reason;
};
BOOST_DESCRIBE_STRUCT(CarriedLine, (PlanLine), (carried_line, ground, reason))

struct PlanDifference {
  Title field;
  Code line;
  Title loaded;
  Title planned;
};
BOOST_DESCRIBE_STRUCT(PlanDifference, (), (field, line, loaded, planned))

BOOST_DEFINE_ENUM_CLASS(PlanStage, none, drafting, submitted, verified, approved)

struct PlanState {
  static constexpr std::string_view kKind = "plan";
  static constexpr std::size_t kNameSegments = 3;
  static constexpr std::uint32_t kFold = 4;

  struct Amendment {
    AmendmentStage stage{};
    std::vector<PlanLine> lines;  // added, carried and changed: as they shall be
    std::vector<std::string> changed;
    std::vector<std::string> dropped;
    std::vector<std::string> joined;
    Position submitted_at;
    Persons submitted_by;
    Persons verified_by;
  };
  // The plan in another system.
  struct Load {
    crypto::Digest sha256;
    Persons by;
    bool reconciled = false;
    std::set<std::string> differences;  // "line" or "line/field", open
  };

  PlanStage stage = PlanStage::none;
  std::map<std::string, PlanLine> lines;
  std::map<std::string, Position> since;  // of each line: where it came to say what it says
  std::map<std::string, Date> approved_on;  // of each line: the day it was first approved, as declared
  std::set<std::string> dropped;
  std::set<std::string> joined;  // "unit/line" of the leads
  Persons submitted_by;          // of the present round
  Persons verified_by;
  std::map<std::string, Amendment> amendments;
  std::map<std::string, Load> loads;  // by system
  std::set<std::string> codes;        // of reports and trainings
  Corrections corrections;
  std::map<int, Persons> recorders;
};
BOOST_DESCRIBE_STRUCT(PlanState::Amendment, (),
                      (stage, lines, changed, dropped, joined, submitted_at, submitted_by, verified_by))
BOOST_DESCRIBE_STRUCT(PlanState::Load, (), (sha256, by, reconciled, differences))
BOOST_DESCRIBE_STRUCT(PlanState, (),
                      (stage, lines, since, approved_on, dropped, joined, submitted_by, verified_by, amendments, loads,
                       codes, corrections, recorders))

struct PlanOpened {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.opened";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan abierto", "Plan opened"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};

  Title title;
};
BOOST_DESCRIBE_STRUCT(PlanOpened, (), (title))

struct PlanLineAdded : PlanLine {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.line.added";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Línea agregada", "Line added"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};
};
BOOST_DESCRIBE_STRUCT(PlanLineAdded, (PlanLine), ())

// The whole line as it is from now on; what changed is the difference to the line before.
struct PlanLineChanged : PlanLine {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.line.changed";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Línea modificada", "Line changed"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};

  Text reason;
};
BOOST_DESCRIBE_STRUCT(PlanLineChanged, (PlanLine), (reason))

struct PlanLineDropped : DroppedLine {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.line.dropped";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Línea retirada", "Line dropped"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};
};
BOOST_DESCRIBE_STRUCT(PlanLineDropped, (DroppedLine), ())

// The unit accepts, in its own plan, its part in a joint line that another unit leads.
struct PlanLineJoined : JoinedLine {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.line.joined";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Línea conjunta aceptada", "Joint line accepted"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};
};
BOOST_DESCRIBE_STRUCT(PlanLineJoined, (JoinedLine), ())

struct PlanLineCarried : CarriedLine {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.line.carried";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Línea en rezago", "Line carried over"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};
};
BOOST_DESCRIBE_STRUCT(PlanLineCarried, (CarriedLine), ())

struct PlanSubmitted {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.submitted";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan presentado", "Plan submitted"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};

  Count lines;  // how many it has, as the author counts them
};
BOOST_DESCRIBE_STRUCT(PlanSubmitted, (), (lines))

struct PlanVerified {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.verified";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan verificado", "Plan verified"};
  static constexpr RoleSet kAuthors{Role::subdirection};
  static constexpr bool kDecides = true;

  std::optional<Text> observations;
};
BOOST_DESCRIBE_STRUCT(PlanVerified, (), (observations))

struct PlanReturned {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.returned";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan devuelto", "Plan returned"};
  static constexpr RoleSet kAuthors{Role::subdirection};
  static constexpr bool kDecides = true;

  Text observations;
};
BOOST_DESCRIBE_STRUCT(PlanReturned, (), (observations))

// By one of the approvers that the procedure in force names, who neither submitted nor verified it.
struct PlanApproved {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.approved";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan aprobado", "Plan approved"};
  static constexpr RoleSet kAuthors{Role::director, Role::subdirection, Role::committee};
  static constexpr bool kDecides = true;

  Title act;  // minutes, resolution or memorandum of the approval
};
BOOST_DESCRIBE_STRUCT(PlanApproved, (), (act))

// What an approved plan shall become. Nothing of it holds until it is approved.
struct PlanAmendmentSubmitted {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.amendment.submitted";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Modificación del plan presentada", "Amendment of the plan submitted"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};

  std::vector<PlanLine> added;
  std::vector<CarriedLine> carried;
  std::vector<PlanLine> changed;  // whole lines, as they shall be
  Code code;
  std::vector<DroppedLine> dropped;
  std::vector<JoinedLine> joined;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(PlanAmendmentSubmitted, (), (added, carried, changed, code, dropped, joined, reason))

struct PlanAmendmentVerified {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.amendment.verified";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Modificación del plan verificada", "Amendment of the plan verified"};
  static constexpr RoleSet kAuthors{Role::subdirection};
  static constexpr bool kDecides = true;

  Code code;
  std::optional<Text> observations;
};
BOOST_DESCRIBE_STRUCT(PlanAmendmentVerified, (), (code, observations))

struct PlanAmendmentReturned {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.amendment.returned";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Modificación del plan devuelta", "Amendment of the plan returned"};
  static constexpr RoleSet kAuthors{Role::subdirection};
  static constexpr bool kDecides = true;

  Code code;
  Text observations;
};
BOOST_DESCRIBE_STRUCT(PlanAmendmentReturned, (), (code, observations))

struct PlanAmendmentApproved {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.amendment.approved";
  static constexpr int kActivity = 5;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Modificación del plan aprobada", "Amendment of the plan approved"};
  static constexpr RoleSet kAuthors{Role::director, Role::subdirection, Role::committee};
  static constexpr bool kDecides = true;

  Title act;
  Code code;
};
BOOST_DESCRIBE_STRUCT(PlanAmendmentApproved, (), (act, code))

struct PlanRegistered {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.registered";
  static constexpr int kActivity = 6;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan registrado", "Plan registered"};
  static constexpr RoleSet kAuthors{Role::professional, Role::system};
  static bool same_record(const PlanRegistered& a, const PlanRegistered& b) {
    return a.system == b.system && a.sha256 == b.sha256;
  }

  Date date;
  Title reference;        // that the system gave it
  crypto::Digest sha256;  // of what was loaded
  Code system;
};
BOOST_DESCRIBE_STRUCT(PlanRegistered, (), (date, reference, sha256, system))

// What the system has, held against the plan.
struct PlanReconciled {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.reconciled";
  static constexpr int kActivity = 6;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan cotejado", "Plan reconciled"};
  static constexpr RoleSet kAuthors{Role::professional, Role::system};
  static constexpr bool kDecides = true;

  Date date;
  std::vector<PlanDifference> different;
  Count matched;              // lines
  std::vector<Code> missing;  // lines that were not loaded
  crypto::Digest sha256;      // of the file that the system gave back
  Code system;
};
BOOST_DESCRIBE_STRUCT(PlanReconciled, (), (date, different, matched, missing, sha256, system))

struct PlanDifferenceResolved {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.difference.resolved";
  static constexpr int kActivity = 6;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Diferencia resuelta", "Difference resolved"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};

  Date date;
  std::optional<Title> field;  // absent: the line was missing
  Code line;
  Text resolution;
  Code system;
};
BOOST_DESCRIBE_STRUCT(PlanDifferenceResolved, (), (date, field, line, resolution, system))

struct FollowupReportIssued {
  using State = PlanState;
  static constexpr std::string_view kType = "followup.report.issued";
  static constexpr int kActivity = 9;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Reporte de seguimiento emitido", "Follow-up report issued"};
  static constexpr RoleSet kAuthors{Role::system_officer};
  static bool same_record(const FollowupReportIssued& a, const FollowupReportIssued& b) { return a.code == b.code; }

  Code code;
  Date date;
  std::vector<Evidence> evidence;
  Text findings;
  Date period_from;
  Date period_to;
};
BOOST_DESCRIBE_STRUCT(FollowupReportIssued, (), (code, date, evidence, findings, period_from, period_to))

// The unit learnt how to use the information system.
struct TrainingGiven {
  using State = PlanState;
  static constexpr std::string_view kType = "training.given";
  static constexpr int kActivity = 9;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Capacitación sobre el sistema dada", "Training on the system given"};
  static constexpr RoleSet kAuthors{Role::system_officer, Role::procedure_coordinator};
  static bool same_record(const TrainingGiven& a, const TrainingGiven& b) { return a.code == b.code; }

  Count attendees;
  Code code;
  Date date;
  std::vector<Evidence> evidence;
  Title topic;
};
BOOST_DESCRIBE_STRUCT(TrainingGiven, (), (attendees, code, date, evidence, topic))

struct PlanControlPerformed : ControlFields {
  using State = PlanState;
  static constexpr std::string_view kType = "control.performed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Control realizado", "Control performed"};
  static constexpr RoleSet kAuthors{Role::subdirection, Role::professional, Role::director, Role::coordinator,
                                    Role::archive};
  static constexpr bool kAfterClosing = true;
};
BOOST_DESCRIBE_STRUCT(PlanControlPerformed, (ControlFields), ())

struct PlanCorrected : CorrectionFields {
  using State = PlanState;
  static constexpr std::string_view kType = "correction.made";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel = kCorrectionLabel;
  static constexpr RoleSet kAuthors = kCorrectionAuthors;
  static constexpr bool kAfterClosing = true;
};
BOOST_DESCRIBE_STRUCT(PlanCorrected, (CorrectionFields), ())

Result<void> admit(const PlanState&, const PlanOpened&, const Context&);
Result<void> admit(const PlanState&, const PlanLineAdded&, const Context&);
Result<void> admit(const PlanState&, const PlanLineChanged&, const Context&);
Result<void> admit(const PlanState&, const PlanLineDropped&, const Context&);
Result<void> admit(const PlanState&, const PlanLineJoined&, const Context&);
Result<void> admit(const PlanState&, const PlanLineCarried&, const Context&);
Result<void> admit(const PlanState&, const PlanSubmitted&, const Context&);
Result<void> admit(const PlanState&, const PlanVerified&, const Context&);
Result<void> admit(const PlanState&, const PlanReturned&, const Context&);
Result<void> admit(const PlanState&, const PlanApproved&, const Context&);
Result<void> admit(const PlanState&, const PlanAmendmentSubmitted&, const Context&);
Result<void> admit(const PlanState&, const PlanAmendmentVerified&, const Context&);
Result<void> admit(const PlanState&, const PlanAmendmentReturned&, const Context&);
Result<void> admit(const PlanState&, const PlanAmendmentApproved&, const Context&);
Result<void> admit(const PlanState&, const PlanRegistered&, const Context&);
Result<void> admit(const PlanState&, const PlanReconciled&, const Context&);
Result<void> admit(const PlanState&, const PlanDifferenceResolved&, const Context&);
Result<void> admit(const PlanState&, const FollowupReportIssued&, const Context&);
Result<void> admit(const PlanState&, const TrainingGiven&, const Context&);
Result<void> admit(const PlanState&, const PlanControlPerformed&, const Context&);
Result<void> admit(const PlanState&, const PlanCorrected&, const Context&);
void evolve(PlanState&, const PlanOpened&, const Occurrence&);
void evolve(PlanState&, const PlanLineAdded&, const Occurrence&);
void evolve(PlanState&, const PlanLineChanged&, const Occurrence&);
void evolve(PlanState&, const PlanLineDropped&, const Occurrence&);
void evolve(PlanState&, const PlanLineJoined&, const Occurrence&);
void evolve(PlanState&, const PlanLineCarried&, const Occurrence&);
void evolve(PlanState&, const PlanSubmitted&, const Occurrence&);
void evolve(PlanState&, const PlanVerified&, const Occurrence&);
void evolve(PlanState&, const PlanReturned&, const Occurrence&);
void evolve(PlanState&, const PlanApproved&, const Occurrence&);
void evolve(PlanState&, const PlanAmendmentSubmitted&, const Occurrence&);
void evolve(PlanState&, const PlanAmendmentVerified&, const Occurrence&);
void evolve(PlanState&, const PlanAmendmentReturned&, const Occurrence&);
void evolve(PlanState&, const PlanAmendmentApproved&, const Occurrence&);
void evolve(PlanState&, const PlanRegistered&, const Occurrence&);
void evolve(PlanState&, const PlanReconciled&, const Occurrence&);
void evolve(PlanState&, const PlanDifferenceResolved&, const Occurrence&);
void evolve(PlanState&, const FollowupReportIssued&, const Occurrence&);
void evolve(PlanState&, const TrainingGiven&, const Occurrence&);
void evolve(PlanState&, const PlanControlPerformed&, const Occurrence&);
void evolve(PlanState&, const PlanCorrected&, const Occurrence&);
void flag(const PlanState&, const PlanLineAdded&, const Context&, Flags&);
void flag(const PlanState&, const PlanLineChanged&, const Context&, Flags&);
void flag(const PlanState&, const PlanLineCarried&, const Context&, Flags&);
void flag(const PlanState&, const PlanLineJoined&, const Context&, Flags&);
void flag(const PlanState&, const PlanAmendmentSubmitted&, const Context&, Flags&);

// What is recorded and may be corrected.
using PlanRecords = boost::mp11::mp_list<PlanRegistered, FollowupReportIssued, TrainingGiven>;

// Whether the unit has accepted its part in the line that `unit` leads.
bool has_joined(const PlanState& plan, std::string_view unit, std::string_view line);

using PlanEvents = boost::mp11::mp_list<PlanOpened, PlanLineAdded, PlanLineChanged, PlanLineDropped, PlanLineJoined,
                                        PlanLineCarried, PlanSubmitted, PlanVerified, PlanReturned, PlanApproved,
                                        PlanAmendmentSubmitted, PlanAmendmentVerified, PlanAmendmentReturned,
                                        PlanAmendmentApproved, PlanRegistered, PlanReconciled, PlanDifferenceResolved,
                                        FollowupReportIssued, TrainingGiven, PlanControlPerformed, PlanCorrected>;

}  // namespace fedatario::ledger
