// Streams `audit/{code}`: audits of the control office, their findings, and the improvement plans [planes de
// mejoramiento] that the units answer them with.
#pragma once

#include <boost/mp11/list.hpp>
#include <map>
#include <set>

#include "ledger/procedure/common.hpp"
#include "ledger/procedure/interventions.hpp"

namespace fedatario::ledger {

BOOST_DEFINE_ENUM_CLASS(AuditStage, none, open, closed)
BOOST_DEFINE_ENUM_CLASS(FindingStage, open, withdrawn, closed)

struct AuditState {
  static constexpr std::string_view kKind = "audit";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  struct Finding {
    std::string unit;
    FindingStage stage = FindingStage::open;
    bool remedied = false;  // the action assessed last was effective
  };
  struct Action {
    std::string finding;
    bool completed = false;
    bool assessed = false;
    Persons proposed_by;
    Persons done_by;  // who told its progress or its completion
  };

  AuditStage stage = AuditStage::none;
  std::set<std::string> units;
  std::map<std::string, Finding> findings;
  std::map<std::string, Action> actions;
};
BOOST_DESCRIBE_STRUCT(AuditState::Finding, (), (unit, stage, remedied))
BOOST_DESCRIBE_STRUCT(AuditState::Action, (), (finding, completed, assessed, proposed_by, done_by))
BOOST_DESCRIBE_STRUCT(AuditState, (), (stage, units, findings, actions))

struct AuditOpened {
  using State = AuditState;
  static constexpr std::string_view kType = "audit.opened";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Auditoría abierta", "Audit opened"};
  static constexpr RoleSet kAuthors{Role::control_office};

  Text criteria;
  Count fiscal_year;
  Text scope;
  std::vector<Code> units;
};
BOOST_DESCRIBE_STRUCT(AuditOpened, (), (criteria, fiscal_year, scope, units))

struct FindingRecorded {
  using State = AuditState;
  static constexpr std::string_view kType = "finding.recorded";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Hallazgo registrado", "Finding recorded"};
  static constexpr RoleSet kAuthors{Role::control_office};

  Text cause;
  Code code;
  Text condition;
  Text criterion;
  Text effect;
  std::vector<Evidence> evidence;
  Code unit;
};
BOOST_DESCRIBE_STRUCT(FindingRecorded, (), (cause, code, condition, criterion, effect, evidence, unit))

struct FindingAnswered {
  using State = AuditState;
  static constexpr std::string_view kType = "finding.answered";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Hallazgo respondido", "Finding answered"};
  static constexpr RoleSet kAuthors{Role::director};

  Text answer;
  Code code;
  std::optional<std::vector<Evidence>> evidence;
};
BOOST_DESCRIBE_STRUCT(FindingAnswered, (), (answer, code, evidence))

struct FindingDisputed {
  using State = AuditState;
  static constexpr std::string_view kType = "finding.disputed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Hallazgo controvertido", "Finding disputed"};
  static constexpr RoleSet kAuthors{Role::director};

  Code code;
  std::optional<std::vector<Evidence>> evidence;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(FindingDisputed, (), (code, evidence, reason))

struct FindingWithdrawn {
  using State = AuditState;
  static constexpr std::string_view kType = "finding.withdrawn";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Hallazgo retirado", "Finding withdrawn"};
  static constexpr RoleSet kAuthors{Role::control_office};

  Code code;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(FindingWithdrawn, (), (code, reason))

// All its actions are assessed, and the last assessed is effective.
struct FindingClosed {
  using State = AuditState;
  static constexpr std::string_view kType = "finding.closed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Hallazgo cerrado", "Finding closed"};
  static constexpr RoleSet kAuthors{Role::control_office};

  Code code;
  std::optional<Text> observations;
};
BOOST_DESCRIBE_STRUCT(FindingClosed, (), (code, observations))

struct AuditActionProposed {
  using State = AuditState;
  static constexpr std::string_view kType = "action.proposed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Acción propuesta", "Action proposed"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};

  Text cause;
  Code code;
  Date due;
  Code finding;
  ActionKind kind{};
  Code responsible;  // actor
  Text what;
};
BOOST_DESCRIBE_STRUCT(AuditActionProposed, (), (cause, code, due, finding, kind, responsible, what))

struct AuditActionProgressed {
  using State = AuditState;
  static constexpr std::string_view kType = "action.progressed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Avance de la acción registrado", "Progress of the action recorded"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};

  Code code;
  std::optional<std::vector<Evidence>> evidence;
  std::optional<Text> observations;
  Count percent;
};
BOOST_DESCRIBE_STRUCT(AuditActionProgressed, (), (code, evidence, observations, percent))

struct AuditActionCompleted {
  using State = AuditState;
  static constexpr std::string_view kType = "action.completed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Acción cumplida", "Action completed"};
  static constexpr RoleSet kAuthors{Role::director, Role::coordinator, Role::professional};

  Code code;
  Date date;
  std::vector<Evidence> evidence;
};
BOOST_DESCRIBE_STRUCT(AuditActionCompleted, (), (code, date, evidence))

// One that was never completed can be assessed as not effective only.
struct AuditActionAssessed {
  using State = AuditState;
  static constexpr std::string_view kType = "action.assessed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Eficacia de la acción valorada", "Effect of the action assessed"};
  static constexpr RoleSet kAuthors{Role::control_office};

  Code code;
  Date date;
  bool effective = false;
  std::optional<Text> observations;
};
BOOST_DESCRIBE_STRUCT(AuditActionAssessed, (), (code, date, effective, observations))

struct AuditClosed {
  using State = AuditState;
  static constexpr std::string_view kType = "audit.closed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Auditoría cerrada", "Audit closed"};
  static constexpr RoleSet kAuthors{Role::control_office};

  std::optional<std::vector<Evidence>> evidence;  // the report
  std::optional<Text> observations;
};
BOOST_DESCRIBE_STRUCT(AuditClosed, (), (evidence, observations))

Result<void> admit(const AuditState&, const AuditOpened&, const Context&);
Result<void> admit(const AuditState&, const FindingRecorded&, const Context&);
Result<void> admit(const AuditState&, const FindingAnswered&, const Context&);
Result<void> admit(const AuditState&, const FindingDisputed&, const Context&);
Result<void> admit(const AuditState&, const FindingWithdrawn&, const Context&);
Result<void> admit(const AuditState&, const FindingClosed&, const Context&);
Result<void> admit(const AuditState&, const AuditActionProposed&, const Context&);
Result<void> admit(const AuditState&, const AuditActionProgressed&, const Context&);
Result<void> admit(const AuditState&, const AuditActionCompleted&, const Context&);
Result<void> admit(const AuditState&, const AuditActionAssessed&, const Context&);
Result<void> admit(const AuditState&, const AuditClosed&, const Context&);
void evolve(AuditState&, const AuditOpened&, const Occurrence&);
void evolve(AuditState&, const FindingRecorded&, const Occurrence&);
void evolve(AuditState&, const FindingAnswered&, const Occurrence&);
void evolve(AuditState&, const FindingDisputed&, const Occurrence&);
void evolve(AuditState&, const FindingWithdrawn&, const Occurrence&);
void evolve(AuditState&, const FindingClosed&, const Occurrence&);
void evolve(AuditState&, const AuditActionProposed&, const Occurrence&);
void evolve(AuditState&, const AuditActionProgressed&, const Occurrence&);
void evolve(AuditState&, const AuditActionCompleted&, const Occurrence&);
void evolve(AuditState&, const AuditActionAssessed&, const Occurrence&);
void evolve(AuditState&, const AuditClosed&, const Occurrence&);

using AuditEvents = boost::mp11::mp_list<AuditOpened, FindingRecorded, FindingAnswered, FindingDisputed,
                                         FindingWithdrawn, FindingClosed, AuditActionProposed, AuditActionProgressed,
                                         AuditActionCompleted, AuditActionAssessed, AuditClosed>;

}  // namespace fedatario::ledger
