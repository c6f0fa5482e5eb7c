// Streams `plan/{V}/{unit}`: the assistance plan of a unit for a fiscal year (activity 5 of the procedure).
#pragma once

#include <boost/mp11/list.hpp>
#include <map>
#include <set>

#include "ledger/procedure/entities.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

BOOST_DEFINE_ENUM_CLASS(Obligation, voluntary, normative)
BOOST_DEFINE_ENUM_CLASS(Modality, on_site, online, mixed)
BOOST_DEFINE_ENUM_CLASS(Reach, individual, joint)
BOOST_DEFINE_ENUM_CLASS(Origin, offer, demand)
BOOST_DEFINE_ENUM_CLASS(Acceptance, accepted, declined, pending)
// How a service is given; `other` is described where it is used.
BOOST_DEFINE_ENUM_CLASS(Mechanism, training, accompaniment, workshop, laboratory, working_table, event, other)

struct LineMilestone {
  Date due;
  Code milestone;  // code of the service's milestone
  bool operator==(const LineMilestone&) const = default;
};
BOOST_DESCRIBE_STRUCT(LineMilestone, (), (due, milestone))

// One planned assistance.
struct PlanLine {
  std::optional<Acceptance> acceptance;  // of the entity, where the assistance is voluntary
  std::optional<Date> assistance_date;
  std::optional<Title> assistance_kind;
  Pesos budget_cop;
  std::optional<Title> budget_item;  // rubro or CDP
  std::optional<Title> demand;       // radicado
  Date end;
  Code entity;
  Code line;
  std::optional<Mechanism> mechanism;
  std::vector<LineMilestone> milestones;  // in the service's order
  Modality modality{};
  std::optional<Title> norm;  // that obliges, where the assistance is normative
  Obligation obligation{};
  EntityOrder order{};
  std::optional<Origin> origin;
  std::optional<std::vector<Code>> other_entities;
  std::optional<std::vector<Code>> other_units;
  Reach reach{};
  Code responsible;                         // actor
  std::optional<Title> responsible_office;  // dependencia o autoridad responsable
  Code service;
  Date start;
  std::optional<Code> territorial_manager;  // actor
  Title theme;
  std::optional<bool> travel;
  bool operator==(const PlanLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlanLine, (),
                      (acceptance, assistance_date, assistance_kind, budget_cop, budget_item, demand, end, entity, line,
                       mechanism, milestones, modality, norm, obligation, order, origin, other_entities, other_units,
                       reach, responsible, responsible_office, service, start, territorial_manager, theme, travel))

BOOST_DEFINE_ENUM_CLASS(PlanStage, none, drafting, submitted, verified, approved)

struct PlanState {
  static constexpr std::string_view kKind = "plan";
  static constexpr std::size_t kNameSegments = 3;
  static constexpr std::uint32_t kFold = 1;

  PlanStage stage = PlanStage::none;
  std::map<std::string, PlanLine> lines;
  std::set<std::string> dropped;
  std::string submitted_by;  // of the present round
  std::string verified_by;
};
BOOST_DESCRIBE_STRUCT(PlanState, (), (stage, lines, dropped, submitted_by, verified_by))

struct PlanOpened {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.opened";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan abierto", "Plan opened"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};

  Title title;
};
BOOST_DESCRIBE_STRUCT(PlanOpened, (), (title))

struct PlanLineAdded : PlanLine {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.line.added";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Línea agregada", "Line added"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};
};
BOOST_DESCRIBE_STRUCT(PlanLineAdded, (PlanLine), ())

// The whole line as it is from now on; what changed is the difference to the line before.
struct PlanLineChanged : PlanLine {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.line.changed";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Línea modificada", "Line changed"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};

  Text reason;
};
BOOST_DESCRIBE_STRUCT(PlanLineChanged, (PlanLine), (reason))

struct PlanLineDropped {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.line.dropped";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Línea retirada", "Line dropped"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};

  Code line;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(PlanLineDropped, (), (line, reason))

struct PlanSubmitted {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.submitted";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan presentado", "Plan submitted"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director};

  Count lines;  // how many it has, as the author counts them
};
BOOST_DESCRIBE_STRUCT(PlanSubmitted, (), (lines))

struct PlanVerified {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.verified";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan verificado", "Plan verified"};
  static constexpr RoleSet kAuthors{Role::subdirection};

  std::optional<Text> observations;
};
BOOST_DESCRIBE_STRUCT(PlanVerified, (), (observations))

struct PlanReturned {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.returned";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan devuelto", "Plan returned"};
  static constexpr RoleSet kAuthors{Role::subdirection};

  Text observations;
};
BOOST_DESCRIBE_STRUCT(PlanReturned, (), (observations))

// Approver: the unit's director, who neither submitted nor verified it.
struct PlanApproved {
  using State = PlanState;
  static constexpr std::string_view kType = "plan.approved";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Plan aprobado", "Plan approved"};
  static constexpr RoleSet kAuthors{Role::director};

  Title act;  // minutes, resolution or memorandum of the approval
};
BOOST_DESCRIBE_STRUCT(PlanApproved, (), (act))

Result<void> admit(const PlanState&, const PlanOpened&, const Context&);
Result<void> admit(const PlanState&, const PlanLineAdded&, const Context&);
Result<void> admit(const PlanState&, const PlanLineChanged&, const Context&);
Result<void> admit(const PlanState&, const PlanLineDropped&, const Context&);
Result<void> admit(const PlanState&, const PlanSubmitted&, const Context&);
Result<void> admit(const PlanState&, const PlanVerified&, const Context&);
Result<void> admit(const PlanState&, const PlanReturned&, const Context&);
Result<void> admit(const PlanState&, const PlanApproved&, const Context&);
void evolve(PlanState&, const PlanOpened&, const Occurrence&);
void evolve(PlanState&, const PlanLineAdded&, const Occurrence&);
void evolve(PlanState&, const PlanLineChanged&, const Occurrence&);
void evolve(PlanState&, const PlanLineDropped&, const Occurrence&);
void evolve(PlanState&, const PlanSubmitted&, const Occurrence&);
void evolve(PlanState&, const PlanVerified&, const Occurrence&);
void evolve(PlanState&, const PlanReturned&, const Occurrence&);
void evolve(PlanState&, const PlanApproved&, const Occurrence&);

using PlanEvents = boost::mp11::mp_list<PlanOpened, PlanLineAdded, PlanLineChanged, PlanLineDropped, PlanSubmitted,
                                        PlanVerified, PlanReturned, PlanApproved>;

}  // namespace fedatario::ledger
