// Streams `strategy/{V}`: the strategy of a fiscal year, from the analysis of the year before to its report and closing
// (activities 1 to 4 and 12 of the procedure).
#pragma once

#include <boost/mp11/list.hpp>
#include <map>
#include <set>

#include "ledger/procedure/controls.hpp"
#include "ledger/procedure/corrections.hpp"
#include "ledger/procedure/lines.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

BOOST_DEFINE_ENUM_CLASS(StrategyStage, none, consolidated, presented, returned, approved)
BOOST_DEFINE_ENUM_CLASS(InputKind, last_report, furag, pqrsd, pnd, pdet, requests, judicial_actions, other)

// What an analysis rests on.
struct AnalysisInput {
  InputKind kind{};
  crypto::Digest sha256;
  Title title;
};
BOOST_DESCRIBE_STRUCT(AnalysisInput, (), (kind, sha256, title))

// A decision of the committee: its session and how it voted.
struct Decision {
  Date date;
  Title minutes;
  Count quorum;
  Title session;
  Count votes_against;
  Count votes_for;
};
BOOST_DESCRIBE_STRUCT(Decision, (), (date, minutes, quorum, session, votes_against, votes_for))

struct Figure {
  Title name;
  Count value;
};
BOOST_DESCRIBE_STRUCT(Figure, (), (name, value))

// What became of the lines of a unit's plan: all are delivered but those named.
struct UnitClosing {
  std::vector<Code> cancelled;
  std::vector<Code> carried;
  Count delivered;
  std::vector<Code> not_delivered;
  Code unit;
};
BOOST_DESCRIBE_STRUCT(UnitClosing, (), (cancelled, carried, delivered, not_delivered, unit))

struct StrategyState {
  static constexpr std::string_view kKind = "strategy";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 2;

  struct Presented {
    AmendmentStage stage{};
    crypto::Digest digest;
    Persons by;
    std::string office;
  };

  StrategyStage stage = StrategyStage::none;
  bool approved = false;  // once, whatever came after
  bool incorporated = false;
  bool closed = false;
  crypto::Digest consolidated;  // digest of the strategy
  Presented presented;
  std::map<std::string, Presented> amendments;
  std::set<std::string> analyses;                   // units
  std::set<std::string> proposals;                  // units
  std::map<std::string, Count> priority;            // entity → score in hundredths
  std::map<std::string, std::string> priority_set;  // entity → id of the event that set it
  std::optional<crypto::Digest> report;             // the last consolidated
  Corrections corrections;
  std::map<int, Persons> recorders;
};
BOOST_DESCRIBE_STRUCT(StrategyState::Presented, (), (stage, digest, by, office))
BOOST_DESCRIBE_STRUCT(StrategyState, (),
                      (stage, approved, incorporated, closed, consolidated, presented, amendments, analyses, proposals,
                       priority, priority_set, report, corrections, recorders))

// The subdirection asks the units for the analysis of the year that ends.
struct AnalysisRequested {
  using State = StrategyState;
  static constexpr std::string_view kType = "analysis.requested";
  static constexpr int kActivity = 1;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Análisis solicitado", "Analysis requested"};
  static constexpr RoleSet kAuthors{Role::subdirection, Role::procedure_coordinator};

  Date due;  // last day to send it
  Text instructions;
  std::vector<Code> units;
};
BOOST_DESCRIBE_STRUCT(AnalysisRequested, (), (due, instructions, units))

struct AnalysisSubmitted {
  using State = StrategyState;
  static constexpr std::string_view kType = "analysis.submitted";
  static constexpr int kActivity = 1;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Análisis presentado", "Analysis submitted"};
  static constexpr RoleSet kAuthors{Role::director, Role::subdirection, Role::procedure_coordinator};
  static bool same_record(const AnalysisSubmitted& a, const AnalysisSubmitted& b) { return a.unit == b.unit; }

  std::vector<AnalysisInput> inputs;
  Text scenarios;  // of intervention
  Code unit;
};
BOOST_DESCRIBE_STRUCT(AnalysisSubmitted, (), (inputs, scenarios, unit))

struct AnalysisSessionHeld {
  using State = StrategyState;
  static constexpr std::string_view kType = "analysis.session.held";
  static constexpr int kActivity = 1;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Sesión de análisis realizada", "Analysis session held"};
  static constexpr RoleSet kAuthors{Role::subdirection, Role::procedure_coordinator};

  Date date;
  std::vector<Evidence> evidence;
  Title minutes;
  std::vector<Code> units;  // that took part
};
BOOST_DESCRIBE_STRUCT(AnalysisSessionHeld, (), (date, evidence, minutes, units))

struct EntityPrioritized {
  using State = StrategyState;
  static constexpr std::string_view kType = "entity.prioritized";
  static constexpr int kActivity = 1;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Entidad priorizada", "Entity prioritised"};
  static constexpr RoleSet kAuthors{Role::director, Role::subdirection, Role::procedure_coordinator};
  static bool same_record(const EntityPrioritized& a, const EntityPrioritized& b) { return a.entity == b.entity; }

  std::vector<Title> criteria;
  Code entity;
  Text rationale;
  Count scale_hundredths;  // highest score there can be
  Count score_hundredths;
};
BOOST_DESCRIBE_STRUCT(EntityPrioritized, (), (criteria, entity, rationale, scale_hundredths, score_hundredths))

// What a unit offers to do, and with what.
struct ProposalSubmitted {
  using State = StrategyState;
  static constexpr std::string_view kType = "proposal.submitted";
  static constexpr int kActivity = 2;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Propuesta presentada", "Proposal submitted"};
  static constexpr RoleSet kAuthors{Role::director};
  static bool same_record(const ProposalSubmitted& a, const ProposalSubmitted& b) { return a.unit == b.unit; }

  std::optional<Text> alliances;
  Pesos budget_cop;
  Text guidelines;
  Modality modality{};
  Reach reach{};
  std::vector<Code> services;
  Count staff;  // persons
  bool travel = false;
  Code unit;
};
BOOST_DESCRIBE_STRUCT(ProposalSubmitted, (),
                      (alliances, budget_cop, guidelines, modality, reach, services, staff, travel, unit))

struct StrategyConsolidated {
  using State = StrategyState;
  static constexpr std::string_view kType = "strategy.consolidated";
  static constexpr int kActivity = 3;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Estrategia consolidada", "Strategy consolidated"};
  static constexpr RoleSet kAuthors{Role::subdirection, Role::procedure_coordinator};

  Pesos budget_cop;
  crypto::Digest sha256;  // of the strategy
  Text summary;
  std::vector<Code> units;
};
BOOST_DESCRIBE_STRUCT(StrategyConsolidated, (), (budget_cop, sha256, summary, units))

struct StrategyPresented {
  using State = StrategyState;
  static constexpr std::string_view kType = "strategy.presented";
  static constexpr int kActivity = 3;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Estrategia presentada", "Strategy presented"};
  static constexpr RoleSet kAuthors{Role::subdirection, Role::procedure_coordinator};

  struct Open {
    crypto::Digest presented;  // the strategy, as consolidated
  } open;

  Date date;
  Code office;  // that presents it
};
BOOST_DESCRIBE_STRUCT(StrategyPresented::Open, (), (presented))
BOOST_DESCRIBE_STRUCT(StrategyPresented, (), (date, office))

// The committee speaks through its secretary, who is of another office than the one that presents.
struct StrategyApproved : Decision {
  using State = StrategyState;
  static constexpr std::string_view kType = "strategy.approved";
  static constexpr int kActivity = 4;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Estrategia aprobada", "Strategy approved"};
  static constexpr RoleSet kAuthors{Role::committee};
  static constexpr bool kDecides = true;

  struct Open {
    crypto::Digest presented;
  } open;
};
BOOST_DESCRIBE_STRUCT(StrategyApproved::Open, (), (presented))
BOOST_DESCRIBE_STRUCT(StrategyApproved, (Decision), ())

struct StrategyReturned : Decision {
  using State = StrategyState;
  static constexpr std::string_view kType = "strategy.returned";
  static constexpr int kActivity = 4;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Estrategia devuelta", "Strategy returned"};
  static constexpr RoleSet kAuthors{Role::committee};
  static constexpr bool kDecides = true;

  struct Open {
    crypto::Digest presented;
  } open;

  Text observations;
};
BOOST_DESCRIBE_STRUCT(StrategyReturned::Open, (), (presented))
BOOST_DESCRIBE_STRUCT(StrategyReturned, (Decision), (observations))

// The approved strategy stands in the planning tool.
struct StrategyIncorporated {
  using State = StrategyState;
  static constexpr std::string_view kType = "strategy.incorporated";
  static constexpr int kActivity = 4;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Estrategia incorporada", "Strategy incorporated"};
  static constexpr RoleSet kAuthors{Role::planning_office};

  Date date;
  Title reference;  // in the planning tool
  Code system;
};
BOOST_DESCRIBE_STRUCT(StrategyIncorporated, (), (date, reference, system))

struct StrategyAmendmentPresented {
  using State = StrategyState;
  static constexpr std::string_view kType = "strategy.amendment.presented";
  static constexpr int kActivity = 4;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Modificación de la estrategia presentada", "Amendment of the strategy presented"};
  static constexpr RoleSet kAuthors{Role::subdirection, Role::procedure_coordinator};

  struct Open {
    crypto::Digest presented;
  } open;

  Code code;
  Date date;
  Code office;
  Text reason;
  Text summary;
};
BOOST_DESCRIBE_STRUCT(StrategyAmendmentPresented::Open, (), (presented))
BOOST_DESCRIBE_STRUCT(StrategyAmendmentPresented, (), (code, date, office, reason, summary))

struct StrategyAmendmentApproved : Decision {
  using State = StrategyState;
  static constexpr std::string_view kType = "strategy.amendment.approved";
  static constexpr int kActivity = 4;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Modificación de la estrategia aprobada", "Amendment of the strategy approved"};
  static constexpr RoleSet kAuthors{Role::committee};
  static constexpr bool kDecides = true;

  struct Open {
    crypto::Digest presented;
  } open;

  Code code;
};
BOOST_DESCRIBE_STRUCT(StrategyAmendmentApproved::Open, (), (presented))
BOOST_DESCRIBE_STRUCT(StrategyAmendmentApproved, (Decision), (code))

struct StrategyAmendmentReturned : Decision {
  using State = StrategyState;
  static constexpr std::string_view kType = "strategy.amendment.returned";
  static constexpr int kActivity = 4;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Modificación de la estrategia devuelta", "Amendment of the strategy returned"};
  static constexpr RoleSet kAuthors{Role::committee};
  static constexpr bool kDecides = true;

  struct Open {
    crypto::Digest presented;
  } open;

  Code code;
  Text observations;
};
BOOST_DESCRIBE_STRUCT(StrategyAmendmentReturned::Open, (), (presented))
BOOST_DESCRIBE_STRUCT(StrategyAmendmentReturned, (Decision), (code, observations))

struct ReportConsolidated {
  using State = StrategyState;
  static constexpr std::string_view kType = "report.consolidated";
  static constexpr int kActivity = 12;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Informe consolidado", "Report consolidated"};
  static constexpr RoleSet kAuthors{Role::subdirection};

  Date cutoff;  // of the period
  std::vector<Figure> figures;
  Count position;         // of the ledger they were computed at
  crypto::Digest sha256;  // of the report
};
BOOST_DESCRIBE_STRUCT(ReportConsolidated, (), (cutoff, figures, position, sha256))

struct ReportPresented {
  using State = StrategyState;
  static constexpr std::string_view kType = "report.presented";
  static constexpr int kActivity = 12;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Informe presentado", "Report presented"};
  static constexpr RoleSet kAuthors{Role::subdirection};

  struct Open {
    crypto::Digest presented;
  } open;

  Date date;
  Title minutes;
  Code office;  // it was presented to
};
BOOST_DESCRIBE_STRUCT(ReportPresented::Open, (), (presented))
BOOST_DESCRIBE_STRUCT(ReportPresented, (), (date, minutes, office))

struct FiscalYearClosed {
  using State = StrategyState;
  static constexpr std::string_view kType = "vigencia.closed";
  static constexpr int kActivity = 12;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Vigencia cerrada", "Fiscal year closed"};
  static constexpr RoleSet kAuthors{Role::subdirection};

  Title act;
  Count open_files;  // record files still open
  Count position;    // of the ledger the figures were computed at
  std::vector<UnitClosing> units;
};
BOOST_DESCRIBE_STRUCT(FiscalYearClosed, (), (act, open_files, position, units))

struct StrategyControlPerformed : ControlFields {
  using State = StrategyState;
  static constexpr std::string_view kType = "control.performed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Control realizado", "Control performed"};
  static constexpr RoleSet kAuthors{Role::subdirection, Role::committee};
  static constexpr bool kAfterClosing = true;
};
BOOST_DESCRIBE_STRUCT(StrategyControlPerformed, (ControlFields), ())

struct StrategyCorrected : CorrectionFields {
  using State = StrategyState;
  static constexpr std::string_view kType = "correction.made";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel = kCorrectionLabel;
  static constexpr RoleSet kAuthors = kCorrectionAuthors;
  static constexpr bool kAfterClosing = true;
};
BOOST_DESCRIBE_STRUCT(StrategyCorrected, (CorrectionFields), ())

Result<void> admit(const StrategyState&, const AnalysisRequested&, const Context&);
Result<void> admit(const StrategyState&, const AnalysisSubmitted&, const Context&);
Result<void> admit(const StrategyState&, const AnalysisSessionHeld&, const Context&);
Result<void> admit(const StrategyState&, const EntityPrioritized&, const Context&);
Result<void> admit(const StrategyState&, const ProposalSubmitted&, const Context&);
Result<void> admit(const StrategyState&, const StrategyConsolidated&, const Context&);
Result<void> admit(const StrategyState&, const StrategyPresented&, const Context&);
Result<void> admit(const StrategyState&, const StrategyApproved&, const Context&);
Result<void> admit(const StrategyState&, const StrategyReturned&, const Context&);
Result<void> admit(const StrategyState&, const StrategyIncorporated&, const Context&);
Result<void> admit(const StrategyState&, const StrategyAmendmentPresented&, const Context&);
Result<void> admit(const StrategyState&, const StrategyAmendmentApproved&, const Context&);
Result<void> admit(const StrategyState&, const StrategyAmendmentReturned&, const Context&);
Result<void> admit(const StrategyState&, const ReportConsolidated&, const Context&);
Result<void> admit(const StrategyState&, const ReportPresented&, const Context&);
Result<void> admit(const StrategyState&, const FiscalYearClosed&, const Context&);
Result<void> admit(const StrategyState&, const StrategyControlPerformed&, const Context&);
Result<void> admit(const StrategyState&, const StrategyCorrected&, const Context&);
void evolve(StrategyState&, const AnalysisRequested&, const Occurrence&);
void evolve(StrategyState&, const AnalysisSubmitted&, const Occurrence&);
void evolve(StrategyState&, const AnalysisSessionHeld&, const Occurrence&);
void evolve(StrategyState&, const EntityPrioritized&, const Occurrence&);
void evolve(StrategyState&, const ProposalSubmitted&, const Occurrence&);
void evolve(StrategyState&, const StrategyConsolidated&, const Occurrence&);
void evolve(StrategyState&, const StrategyPresented&, const Occurrence&);
void evolve(StrategyState&, const StrategyApproved&, const Occurrence&);
void evolve(StrategyState&, const StrategyReturned&, const Occurrence&);
void evolve(StrategyState&, const StrategyIncorporated&, const Occurrence&);
void evolve(StrategyState&, const StrategyAmendmentPresented&, const Occurrence&);
void evolve(StrategyState&, const StrategyAmendmentApproved&, const Occurrence&);
void evolve(StrategyState&, const StrategyAmendmentReturned&, const Occurrence&);
void evolve(StrategyState&, const ReportConsolidated&, const Occurrence&);
void evolve(StrategyState&, const ReportPresented&, const Occurrence&);
void evolve(StrategyState&, const FiscalYearClosed&, const Occurrence&);
void evolve(StrategyState&, const StrategyControlPerformed&, const Occurrence&);
void evolve(StrategyState&, const StrategyCorrected&, const Occurrence&);

// What is recorded and may be corrected.
using StrategyRecords = boost::mp11::mp_list<AnalysisSubmitted, EntityPrioritized, ProposalSubmitted>;

using StrategyEvents =
    boost::mp11::mp_list<AnalysisRequested, AnalysisSubmitted, AnalysisSessionHeld, EntityPrioritized,
                         ProposalSubmitted, StrategyConsolidated, StrategyPresented, StrategyApproved, StrategyReturned,
                         StrategyIncorporated, StrategyAmendmentPresented, StrategyAmendmentApproved,
                         StrategyAmendmentReturned, ReportConsolidated, ReportPresented, FiscalYearClosed,
                         StrategyControlPerformed, StrategyCorrected>;

}  // namespace fedatario::ledger
