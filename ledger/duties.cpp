// Names and wording of the duties.
#include "ledger/duties.hpp"

#include <algorithm>
#include <array>

namespace fedatario::ledger {
namespace {

struct Wording {
  std::string_view name;
  Label rule;
};

// A switch without default: the compiler names the duty that has no wording.
Wording wording(Duty duty) {
  switch (duty) {
    case Duty::submitter_does_not_verify:
      return {
          "submitter_does_not_verify",
          {"quien presenta no verifica; verifica otra persona", "who submits does not verify; another person does"}};
    case Duty::submitter_or_verifier_does_not_approve:
      return {"submitter_or_verifier_does_not_approve",
              {"quien presenta o verifica no aprueba; aprueba otra persona",
               "who submits or verifies does not approve; another person does"}};
    case Duty::presenter_does_not_decide:
      return {"presenter_does_not_decide",
              {"quien presenta al comité no registra su decisión; lo hace un secretario de otra dependencia",
               "who presents to the committee does not record its decision; a secretary of another office does"}};
    case Duty::recorder_does_not_control:
      return {"recorder_does_not_control",
              {"quien registró o ejecutó una actividad no la controla; la controla otra persona",
               "who recorded or carried out an activity does not control it; another person does"}};
    case Duty::recorder_does_not_verify_attendance:
      return {"recorder_does_not_verify_attendance",
              {"quien registró la sesión o su lista no verifica la asistencia; la verifica otra persona",
               "who recorded the session or its list does not verify attendance; another person does"}};
    case Duty::reacher_does_not_validate:
      return {"reacher_does_not_validate",
              {"quien declara alcanzado un hito no lo valida ni lo rechaza; lo hace otra persona",
               "who declares a milestone reached neither validates nor rejects it; another person does"}};
    case Duty::loader_does_not_reconcile:
      return {"loader_does_not_reconcile",
              {"quien cargó el plan no coteja la carga; la coteja otro profesional",
               "who loaded the plan does not reconcile it; another professional does"}};
    case Duty::proposer_does_not_decide:
      return {"proposer_does_not_decide",
              {"quien propone no decide; decide otra persona", "who proposes does not decide; another person does"}};
    case Duty::doer_does_not_assess:
      return {"doer_does_not_assess",
              {"quien tomó o cumplió la acción no valora su eficacia; la valora otra persona",
               "who took or completed the action does not assess its effect; another person does"}};
    case Duty::filer_does_not_verify:
      return {"filer_does_not_verify",
              {"quien incorpora un documento no lo verifica; lo verifica otra persona",
               "who files a document does not verify it; another person does"}};
    case Duty::placer_does_not_release:
      return {"placer_does_not_release",
              {"quien suspende la disposición no levanta la suspensión; la levanta otra persona",
               "who places a hold does not release it; another person does"}};
    case Duty::decider_does_not_execute:
      return {"decider_does_not_execute",
              {"quien decide no ejecuta; ejecuta otra persona", "who decides does not execute; another person does"}};
    case Duty::executor_does_not_witness:
      return {"executor_does_not_witness",
              {"quien ejecuta no es su propio testigo; atestigua otra persona",
               "who executes is not his own witness; another person is"}};
    case Duty::executor_does_not_certify:
      return {"executor_does_not_certify",
              {"quien ejecuta la eliminación no la certifica solo; firma además otra persona",
               "who executes the disposal does not certify it alone; another person signs too"}};
    case Duty::recorder_does_not_decide:
      return {"recorder_does_not_decide",
              {"quien registró la solicitud no la decide; la decide otra persona",
               "who recorded the request does not decide it; another person does"}};
    case Duty::nobody_grants_to_himself:
      return {"nobody_grants_to_himself",
              {"nadie otorga, suspende ni termina sus propios roles y claves; lo hace otro administrador",
               "nobody grants, suspends or ends his own roles and keys; another administrator does"}};
    case Duty::roles_exclude_each_other:
      return {"roles_exclude_each_other",
              {"el administrador y la Oficina de Control Interno no tienen ningún otro rol",
               "the administrator and the internal control office hold no other role"}};
  }
  return {};
}

template <std::size_t... I>
constexpr auto duties(std::index_sequence<I...>) {
  return std::array<Duty, sizeof...(I)>{static_cast<Duty>(I)...};
}
constexpr auto kDuties =
    duties(std::make_index_sequence<static_cast<std::size_t>(Duty::roles_exclude_each_other) + 1>());

}  // namespace

std::string_view name_of(Duty duty) { return wording(duty).name; }
Label rule_of(Duty duty) { return wording(duty).rule; }
std::span<const Duty> all_duties() { return kDuties; }

Refusal refuse(Duty duty) {
  return refuse(Reason::separation_of_duties)
      .with("rule", rule_of(duty))
      .with("duty", std::string(name_of(duty)))
      .at("/actor");
}

Persons persons_of(const Statement& statement) {
  Persons persons;
  add_persons(persons, statement);
  return persons;
}

void add_persons(Persons& persons, const Statement& statement) {
  const auto add = [&](const std::string& person) {
    if (std::ranges::find(persons, person) == persons.end()) persons.push_back(person);
  };
  add(statement.actor);
  if (statement.on_behalf) add(*statement.on_behalf);
}

bool has_any_of(const Persons& persons, const Statement& statement) {
  return std::ranges::any_of(
      persons, [&](const auto& person) { return person == statement.actor || person == statement.on_behalf; });
}

}  // namespace fedatario::ledger
