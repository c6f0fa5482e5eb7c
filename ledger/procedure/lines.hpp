// A line of a plan, as plans, their amendments and interventions speak of it: what it says when planned, and the terms
// that actions move afterwards.
#pragma once

#include <map>

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

// The entity assisted, then the others of a joint assistance.
std::vector<Code> entities_of(const PlanLine& line);

// What actions may change of a line; everything else of an approved plan changes by amendment.
struct LineTerms {
  Pesos budget_cop;
  Date end;
  std::vector<LineMilestone> milestones;
  Code responsible;
  Date start;
};
BOOST_DESCRIBE_STRUCT(LineTerms, (), (budget_cop, end, milestones, responsible, start))

// One field of the line: `start`, `end`, `budget_cop`, `responsible` or `milestone.<code>`; dates as YYYY-MM-DD.
struct FieldChange {
  Title field;
  Title from;
  Title to;
  bool operator==(const FieldChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(FieldChange, (), (field, from, to))

// What an action set a field to, and where. An amendment that restates the line afterwards is what stands.
struct TermChange {
  std::string value;
  Position since;
};
BOOST_DESCRIBE_STRUCT(TermChange, (), (value, since))
using TermChanges = std::map<std::string, TermChange>;

LineTerms planned_terms(const PlanLine& line);
// The terms in force; `since`: the position at which the plan came to say what `line` says.
LineTerms present_terms(const PlanLine& line, Position since, const TermChanges& changes);
// The value of a field that actions may change, as text; empty where there is no such field.
std::optional<std::string> term(const LineTerms& terms, std::string_view field);
// Sets a field from its text; false when there is no such field or the text is not of its form.
bool set_term(LineTerms& terms, std::string_view field, std::string_view text);

}  // namespace fedatario::ledger
