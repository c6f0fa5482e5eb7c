// The story of 2026.
#include "tests/support/fiscal_year.hpp"

#include "tests/support/histories.hpp"
#include "tests/support/record_histories.hpp"

namespace fedatario::tests {

using namespace ledger;

namespace {

// The persons.
const Person kAdministrator{"fundadora", "administrator"};
const Person kCoordination{"coordinador.proc", "procedure_coordinator"};
const Person kSubdirector{"subdirectora", "subdirection"};
const Person kAdviser{"asesora.sub", "subdirection"};
const Person kSecretary{"secretaria", "committee"};
const Person kPlanning{"planeacion", "planning_office"};
const Person kSystemOfficer{"oficial.seta", "system_officer"};
const Person kArchivist{"archivista", "archive"};
const Person kManager{"gestor.15", "territorial_manager@ddo"};

Person director(const std::string& unit) { return {"directora." + unit, "director@" + unit}; }
Person coordinator(const std::string& unit) { return {"coordinador." + unit, "coordinator@" + unit}; }
Person professional(const std::string& unit, int number = 1) {
  return {"profesional." + unit + "." + std::to_string(number), "professional@" + unit};
}

// The streams.
constexpr const char* kStrategy = "strategy/2026";
std::string plan(const std::string& unit) { return "plan/2026/" + unit; }
std::string line(const std::string& unit, const std::string& code = "0001") {
  return "intervention/2026/" + unit + "/" + code;
}
std::string service_of(const std::string& unit) { return "at-" + unit + "-01"; }

// The municipalities: Chita, Santana and Tunja in Boyacá; Alejandría in Antioquia; Leticia; Quibdó.
constexpr const char* kChita = "divipola-15183";
constexpr const char* kSantana = "divipola-15686";
constexpr const char* kMunicipalities[] = {"15183", "15686", "15001", "05021", "91001", "27001"};

std::vector<Evidence> proof(const char* name) { return {{digest_of(name), title(name)}}; }

ServiceFields offer(const std::string& unit) {
  auto fields = service_fields();
  fields.unit = code(unit);
  return fields;
}

// A line from February to June, in three milestones: diagnostico on 2 March, propuesta on 30 April, concepto on 30
// June.
PlanLine planned(const std::string& unit, const char* entity, const std::string& number = "0001") {
  auto out = plan_line(number);
  out.entity = code(entity);
  out.service = code(service_of(unit));
  out.responsible = code(professional(unit).actor);
  return out;
}
// The directorate of the organisation leads it with that of public employment, in two municipalities.
PlanLine joint_line() {
  auto out = planned("ddo", kChita, "0002");
  out.reach = Reach::joint;
  out.other_entities = {code(kSantana)};
  out.other_units = {code("dep")};
  return out;
}
PlanLine managed_line() {
  auto out = planned("ddo", kChita);
  out.territorial_manager = code(kManager.actor);
  return out;
}

ActorRoleGranted role(const Person& person, GrantTitle by = GrantTitle::titular) {
  const auto capacity = Capacity::parse(person.as).value();
  ActorRoleGranted event;
  event.open.act = code("resolucion-100-de-2025");
  event.open.from = day("2025-10-01");
  event.open.role = capacity.role;
  event.open.title = by;
  if (!capacity.unit.empty()) event.open.unit = code(capacity.unit);
  return event;
}

void appoint(Story& story, const char* when, const Person& person) {
  const auto capacity = Capacity::parse(person.as).value();
  ActorRegistered registered;
  if (!capacity.unit.empty()) registered.unit = code(capacity.unit);
  story.says(when, kAdministrator, "actor/" + person.actor, registered)
      .says(when, kAdministrator, "actor/" + person.actor, role(person));
}

template <class Control>
Control control(int activity, const char* date, const char* from, const char* to,
                ControlResult result = ControlResult::conforming) {
  Control event;
  event.activity = {activity};
  event.date = day(date);
  event.evidence = proof("Lista de verificación");
  event.period_from = day(from);
  event.period_to = day(to);
  event.result = result;
  if (result != ControlResult::conforming) event.observations = note("Falta una firma; se pide.");
  return event;
}

template <class Event>
Event decide(const char* date, const char* minutes, const char* digest, int votes_for, int votes_against) {
  Event event;
  event.open.presented = digest_of(digest);
  event.date = day(date);
  event.minutes = title(minutes);
  event.quorum = {votes_for + votes_against};
  event.session = title("Sesión del Comité Directivo");
  event.votes_against = {votes_against};
  event.votes_for = {votes_for};
  return event;
}

SessionHeld session(const char* session_code, const char* date, int attendees,
                    std::vector<Commitment> commitments = {}) {
  SessionHeld event;
  event.attendees = {attendees};
  event.code = code(session_code);
  event.commitments = std::move(commitments);
  event.date = day(date);
  event.entities = {code(kChita)};
  event.from = {9 * 60};
  event.mechanism = Mechanism::workshop;
  event.place = title("Salón del concejo municipal");
  event.to = {12 * 60};
  event.topics = {title("Diagnóstico de la planta de personal")};
  return event;
}
AttendanceRecorded attendance(const char* session_code, int listed) {
  AttendanceRecorded event;
  event.document = {digest_of(session_code), title("Lista de asistencia")};
  event.listed = {listed};
  event.session = code(session_code);
  return event;
}
MilestoneReached reaching(const char* milestone, const char* date, const char* entity = nullptr) {
  MilestoneReached event{day(date), {}, proof("Documento del hito"), code(milestone)};
  if (entity) event.entity = code(entity);
  return event;
}
MilestoneValidated validating(const char* milestone, const char* entity = nullptr) {
  MilestoneValidated event{{}, code(milestone), {}};
  if (entity) event.entity = code(entity);
  return event;
}
ActionFields action(const char* action_code, const char* responsible, std::vector<FieldChange> changes) {
  ActionFields fields;
  fields.cause = note("El municipio entregó tarde su información.");
  fields.changes = std::move(changes);
  fields.code = code(action_code);
  fields.communication = title("2026-IE-0387");
  fields.due = day("2026-07-31");
  fields.reason = note("El estudio no cabe en el plazo.");
  fields.responsible = code(responsible);
  return fields;
}

}  // namespace

void who_is_who(Story& story) {
  story.chapter(0, "Quién es quién");
  // The first coordinator of the procedure registers the units before anybody can work in one.
  appoint(story, "2025-10-01 09:00", kCoordination);
  for (const char* unit : kDirectorates)
    story.says("2025-10-01 10:00", kCoordination, std::string("unit/") + unit,
               UnitRegistered{title("Decreto 430 de 2016"), {}, title(std::string("Dirección ") + unit), {}});
  for (const char* unit : {"subdireccion", "secretaria-general"})
    story.says("2025-10-01 10:30", kCoordination, std::string("unit/") + unit,
               UnitRegistered{title("Decreto 430 de 2016"), {}, title(unit), {}});
  for (const auto& person : {kSubdirector, kAdviser, kSecretary, kPlanning, kSystemOfficer, kArchivist, kManager,
                             Person{"control.interno", "control_office"}})
    appoint(story, "2025-10-02 08:00", person);
  for (const std::string unit : kDirectorates)
    for (const auto& person : {director(unit), coordinator(unit), professional(unit), professional(unit, 2)})
      appoint(story, "2025-10-02 09:00", person);
  for (const char* municipality : kMunicipalities) {
    auto attributes = entity_attributes(municipality);
    attributes.name = title("Alcaldía " + std::string(municipality));
    story.says("2025-10-03 08:00", kCoordination, "entity/divipola-" + std::string(municipality),
               EntityRegistered{attributes});
  }
  // How the agency runs the procedure: acts of approval are by the directors; the plan is loaded in SETA and SGI.
  ProcedureAdopted adopted;
  static_cast<ProcedureFields&>(adopted) = default_procedure();
  adopted.act = title("Resolución 900 de 2025");
  adopted.effective = day("2025-10-06");
  story.says("2025-10-06 08:00", kSubdirector, "procedure/1", adopted)
      .says("2025-10-06 09:00", kArchivist, kSchedule, schedule())
      .says("2025-10-06 10:00", kCoordination, "calendar/national",
            CalendarChanged{true, day("2026-12-24"), title("Día compensado"), title("Resolución 950 de 2025")});
}

void analyse_and_prioritise(Story& story) {
  story.chapter(1, "Analizar los resultados y priorizar entidades");
  AnalysisRequested request{day("2025-11-14"), note("Envíen FURAG, PQRSD y requerimientos de 2025."), {}};
  for (const char* unit : kDirectorates) request.units.push_back(code(unit));
  story.says("2025-11-04 08:00", kSubdirector, kStrategy, request);
  const auto analysis = [](const std::string& unit) {
    return AnalysisSubmitted{{{InputKind::furag, digest_of("furag"), title("FURAG 2024")},
                              {InputKind::pqrsd, digest_of("pqrsd"), title("PQRSD 2025")}},
                             note("Concentrarse en municipios de sexta categoría."),
                             code(unit)};
  };
  for (const std::string unit : {"ddo", "dep", "dgdi", "dgc", "dj"})
    story.says("2025-11-13 16:00", director(unit), kStrategy, analysis(unit));
  // No director sends another directorate's analysis.
  story.is_refused("2025-11-14 08:00", director("ddo"), kStrategy, analysis("dptsc"), Reason::outside_scope);
  story.says("2025-11-21 17:00", director("dptsc"), kStrategy, analysis("dptsc"));  // a week late, and flagged as such
  AnalysisSessionHeld held{day("2025-11-25"), proof("Acta 11"), title("Acta 11 de 2025"), request.units};
  story.says("2025-11-25 17:00", kSubdirector, kStrategy, held);
  int score = 9'400;
  for (const char* municipality : {"15183", "15686", "05021"})
    story.says("2025-11-26 09:00", kSubdirector, kStrategy,
               EntityPrioritized{{title("IDI por debajo de 50 puntos")},
                                 code(std::string("divipola-") + municipality),
                                 note("Sexta categoría, sin manual de funciones."),
                                 {10'000},
                                 {score -= 350}});
  // Who asked for the analysis does not control that it came: another of the subdirection does.
  const auto sent =
      control<StrategyControlPerformed>(1, "2025-11-28", "2025-11-01", "2025-11-28", ControlResult::with_observations);
  story.is_refused("2025-11-28 09:00", kSubdirector, kStrategy, sent, Duty::recorder_does_not_control)
      .says("2025-11-28 10:00", kAdviser, kStrategy, sent);
}

void prepare_proposals(Story& story) {
  story.chapter(2, "Elaborar la propuesta");
  for (const std::string unit : kDirectorates) {
    story.says("2025-11-28 14:00", director(unit), "service/" + service_of(unit), ServiceOffered{offer(unit)});
    ProposalSubmitted proposal;
    proposal.budget_cop = {120'000'000};
    proposal.guidelines = note("Dos visitas por municipio y acompañamiento virtual.");
    proposal.modality = Modality::mixed;
    proposal.services = {code(service_of(unit))};
    proposal.staff = {4};
    proposal.travel = true;
    proposal.unit = code(unit);
    story.says("2025-11-28 14:00", director(unit), kStrategy, proposal);
  }
  story.says("2025-12-01 09:00", kAdviser, kStrategy,
             control<StrategyControlPerformed>(2, "2025-12-01", "2025-11-01", "2025-11-30"));
}

void settle_strategy(Story& story) {
  story.chapter(3, "Concretar la estrategia");
  StrategyConsolidated consolidated{
      {720'000'000}, digest_of("estrategia v1"), note("Seis direcciones, un territorio."), {}};
  for (const char* unit : kDirectorates) consolidated.units.push_back(code(unit));
  const StrategyPresented presented{{digest_of("estrategia v1")}, day("2025-12-03"), code("subdireccion")};
  story.says("2025-12-02 09:00", kSubdirector, kStrategy, consolidated)
      .is_refused("2025-12-02 10:00", kSubdirector, kStrategy, presented, Reason::in_the_future)
      .says("2025-12-03 10:00", kSubdirector, kStrategy, presented)
      .says("2025-12-03 16:00", kAdviser, kStrategy,
            control<StrategyControlPerformed>(3, "2025-12-03", "2025-11-01", "2025-12-03"));
}

void approve_strategy(Story& story) {
  story.chapter(4, "¿Es aprobada?");
  // Not yet: the committee wants the travel budget cut. The tables of work follow, and a new version.
  auto returned = decide<StrategyReturned>("2025-12-04", "Acta 12 de 2025", "estrategia v1", 2, 5);
  returned.observations = note("Reducir viáticos un 20 %.");
  story.says("2025-12-04 17:00", kSecretary, kStrategy, returned);
  StrategyConsolidated second{{640'000'000}, digest_of("estrategia v2"), note("Viáticos reducidos."), {}};
  story.says("2025-12-09 09:00", kSubdirector, kStrategy, second)
      .says("2025-12-10 10:00", kSubdirector, kStrategy,
            StrategyPresented{{digest_of("estrategia v2")}, day("2025-12-10"), code("subdireccion")})
      // What was returned is not what is decided on now.
      .is_refused("2025-12-11 16:00", kSecretary, kStrategy,
                  decide<StrategyApproved>("2025-12-11", "Acta 13 de 2025", "estrategia v1", 7, 0),
                  Reason::not_what_was_presented)
      .says("2025-12-11 17:00", kSecretary, kStrategy,
            decide<StrategyApproved>("2025-12-11", "Acta 13 de 2025", "estrategia v2", 7, 0))
      .says("2025-12-12 09:00", kPlanning, kStrategy,
            StrategyIncorporated{day("2025-12-12"), title("PAI-2026-014"), code("sgi")})
      .says("2025-12-12 11:00", kSecretary, kStrategy,
            control<StrategyControlPerformed>(4, "2025-12-12", "2025-11-01", "2025-12-12"));
}

void draw_up_plans(Story& story) {
  story.chapter(5, "Elaborar el plan");
  // The director of dep is on leave from 10 December; her coordinator is in charge [encargo].
  const Person in_charge{"coordinador.dep", "director@dep"};
  auto encargo = role(in_charge, GrantTitle::encargo);
  encargo.open.from = day("2025-12-15");
  encargo.open.until = day("2026-01-31");
  encargo.open.stands_in_for = code("directora.dep");
  const RoleEnd absence{code("resolucion-210-de-2025"), Role::director, code("dep")};
  story.says("2025-12-15 07:00", kAdministrator, "actor/directora.dep", ActorRoleSuspended{absence})
      .says("2025-12-15 07:30", kAdministrator, "actor/coordinador.dep", encargo);

  for (const std::string unit : kDirectorates)
    story.says("2025-12-15 09:00", professional(unit), plan(unit), PlanOpened{title("Plan 2026 de " + unit)});
  story.says("2025-12-15 10:00", professional("ddo"), plan("ddo"), PlanLineAdded{managed_line()})
      .says("2025-12-15 10:10", professional("ddo"), plan("ddo"), PlanLineAdded{joint_line()});
  // dep plans a line of its own and accepts its part in the joint one.
  story.says("2025-12-15 11:00", professional("dep"), plan("dep"), PlanLineAdded{planned("dep", kSantana)})
      .says("2025-12-15 11:10", professional("dep"), plan("dep"),
            PlanLineJoined{
                {{8'000'000}, note("Un profesional"), code("0002"), code("ddo"), code(professional("dep").actor)}});
  story.says("2025-12-15 12:00", professional("dgdi"), plan("dgdi"), PlanLineAdded{planned("dgdi", "divipola-15001")})
      .says("2025-12-15 12:10", professional("dptsc"), plan("dptsc"), PlanLineAdded{planned("dptsc", "divipola-05021")})
      .says("2025-12-15 12:20", professional("dgc"), plan("dgc"), PlanLineAdded{planned("dgc", "divipola-91001")})
      .says("2025-12-15 12:30", professional("dj"), plan("dj"), PlanLineAdded{planned("dj", "divipola-27001")});
  for (const std::string unit : kDirectorates)
    story.says("2025-12-16 09:00", professional(unit), plan(unit), PlanSubmitted{{unit == "ddo" ? 2 : 1}});

  // dgdi's plan goes back: its line is normative and named no norm.
  story.says("2025-12-16 14:00", kSubdirector, plan("dgdi"),
             PlanReturned{note("La asistencia es normativa: falta la norma.")});
  auto normative = planned("dgdi", "divipola-15001");
  normative.obligation = Obligation::normative;
  story.is_refused("2025-12-17 08:30", professional("dgdi"), plan("dgdi"),
                   PlanLineChanged{normative, note("Es normativa.")}, Reason::norm_missing);
  normative.norm = title("Decreto 1083 de 2015, art. 2.2.12.1");
  story.says("2025-12-17 09:00", professional("dgdi"), plan("dgdi"), PlanLineChanged{normative, note("Es normativa.")})
      .says("2025-12-17 09:10", professional("dgdi"), plan("dgdi"), PlanSubmitted{{1}});

  for (const std::string unit : kDirectorates) story.says("2025-12-18 09:00", kSubdirector, plan(unit), PlanVerified{});
  // The director of dep, on leave, does not approve; her stand-in does, who did not submit it.
  story.is_refused("2025-12-19 08:00", director("dep"), plan("dep"), PlanApproved{title("Memorando 31")},
                   Reason::role_not_in_force);
  for (const std::string unit : kDirectorates)
    story.says("2025-12-19 09:00", unit == "dep" ? in_charge : director(unit), plan(unit),
               PlanApproved{title("Memorando 31 de 2025")});
  for (const std::string unit : kDirectorates)
    story.says("2025-12-22 09:00", kSubdirector, plan(unit),
               control<PlanControlPerformed>(5, "2025-12-22", "2025-12-01", "2025-12-22"));
}

void register_plans(Story& story) {
  story.chapter(6, "Registrar el plan aprobado");
  const auto loaded = [](const char* system) {
    return PlanRegistered{day("2026-01-14"), title(std::string(system) + "-2026-77"), digest_of(system), code(system)};
  };
  const auto reconciled = [](const char* system, int matched) {
    PlanReconciled event;
    event.date = day("2026-01-20");
    event.matched = {matched};
    event.sha256 = digest_of("lo cargado");
    event.system = code(system);
    return event;
  };
  for (const std::string unit : kDirectorates)
    for (const char* system : {"seta", "sgi"})
      story.says("2026-01-14 10:00", professional(unit), plan(unit), loaded(system));
  // Who loaded it does not reconcile it.
  story.is_refused("2026-01-20 08:00", professional("ddo"), plan("ddo"), reconciled("seta", 2),
                   Duty::loader_does_not_reconcile);
  // In SETA the budget of ddo's joint line is another: it is corrected there.
  auto different = reconciled("seta", 1);
  different.different = {{title("budget_cop"), code("0002"), title("1275000"), title("12750000")}};
  story.says("2026-01-20 09:00", professional("ddo", 2), plan("ddo"), different)
      .says("2026-01-20 09:30", professional("ddo", 2), plan("ddo"), reconciled("sgi", 2));
  for (const std::string unit : {"dep", "dgdi", "dptsc", "dgc", "dj"})
    for (const char* system : {"seta", "sgi"})
      story.says("2026-01-20 10:00", professional(unit, 2), plan(unit), reconciled(system, 1));
  story.says("2026-01-22 09:00", professional("ddo"), plan("ddo"),
             PlanDifferenceResolved{day("2026-01-22"), title("budget_cop"), code("0002"),
                                    note("Corregido en SETA, caso 881."), code("seta")});
  for (const std::string unit : kDirectorates)
    story.says("2026-01-23 09:00", professional(unit, 2), plan(unit),
               control<PlanControlPerformed>(6, "2026-01-23", "2026-01-01", "2026-01-31"));
  // She is back from her leave.
  story.says("2026-02-01 08:00", kAdministrator, "actor/directora.dep",
             ActorRoleResumed{{code("resolucion-12-de-2026"), Role::director, code("dep")}});
}

void schedule_interventions(Story& story) {
  story.chapter(7, "Programar");
  const auto team = [](const std::string& unit) {
    return InterventionScheduled{note("Presentaciones y formatos"),
                                 title("Salón municipal"),
                                 note("Comisión de viaje"),
                                 {code(professional(unit).actor), code(professional(unit, 2).actor)}};
  };
  story.says("2026-02-02 09:00", coordinator("ddo"), line("ddo"), team("ddo"))
      .says("2026-02-02 09:10", coordinator("ddo"), line("ddo", "0002"), team("ddo"));
  for (const std::string unit : {"dep", "dgdi", "dptsc", "dgc", "dj"})
    story.says("2026-02-02 09:20", coordinator(unit), line(unit), team(unit));
  // Within the approved dates, and not beyond.
  story
      .is_refused("2026-02-04 09:00", coordinator("dgc"), line("dgc"),
                  InterventionRescheduled{day("2026-07-15"), note("Cierre de la vía"), day("2026-03-01")},
                  Reason::outside_approved_dates)
      .says("2026-02-04 09:30", coordinator("dgc"), line("dgc"),
            InterventionRescheduled{day("2026-06-30"), note("Cierre de la vía"), day("2026-03-01")});
  for (const std::string unit : kDirectorates)
    story.says("2026-02-06 09:00", director(unit), plan(unit),
               control<PlanControlPerformed>(7, "2026-02-06", "2026-02-01", "2026-02-28"));
}

void carry_out(Story& story) {
  story.chapter(8, "Llevar a cabo el plan");
  // Chita: the territorial manager's session, with its list the same day.
  const Commitment manual{code("c-1"), day("2026-03-06"), title("Secretaría de Gobierno"),
                          note("Enviar el manual de funciones.")};
  story.says("2026-02-10 13:00", kManager, line("ddo"), session("s-01", "2026-02-10", 14, {manual}))
      .says("2026-02-10 17:00", kManager, line("ddo"), attendance("s-01", 14))
      .is_refused("2026-02-11 08:00", {"gestor.15", "territorial_manager@ddo"}, line("dep"),
                  session("s-01", "2026-02-10", 3), Reason::outside_scope)
      .says("2026-02-12 09:00", coordinator("ddo"), line("ddo"), AttendanceVerified{{}, code("s-01")});

  // A demand of documents (10 business days from 2 March: until 16 March) is answered on 20 April: out of term.
  DemandReceived received{{},           DemandChannel::email,    day("2026-03-02"),
                          code(kChita), title("20269000012342"), title("Copia del plan de asistencia")};
  DemandClassified classified;
  classified.kind = DemandKind::documents_or_information;
  classified.responsible = code(professional("ddo").actor);
  classified.unit = code("ddo");
  story.says("2026-03-02 15:00", professional("ddo"), "demand/2026-0001", received)
      .says("2026-03-03 09:00", kCoordination, "demand/2026-0001", classified);

  // Chita again: the list of 3 March comes 24 days later; the session stood without it.
  story.says("2026-03-03 13:00", professional("ddo"), line("ddo"), session("s-02", "2026-03-03", 9))
      .says("2026-03-06 10:00", professional("ddo"), line("ddo"),
            CommitmentFulfilled{code("c-1"), day("2026-03-06"), proof("Manual de funciones")});
  // The joint line: dep works on the line that ddo leads.
  auto joint = session("s-01", "2026-03-10", 22);
  joint.entities = {code(kChita), code(kSantana)};
  story.says("2026-03-10 17:00", professional("dep"), line("ddo", "0002"), joint)
      .is_refused("2026-03-10 17:30", professional("dgdi"), line("ddo", "0002"), session("s-02", "2026-03-10", 5),
                  Reason::outside_scope)
      .says("2026-03-11 09:00", professional("dep"), line("ddo", "0002"), attendance("s-01", 21));
  // A mechanism that the procedure does not name is described, and the subdirection takes note.
  auto radio = session("s-01", "2026-03-12", 60);
  radio.mechanism = Mechanism::other;
  story.is_refused("2026-03-12 17:00", professional("dgc"), line("dgc"), radio, Reason::mechanism_undescribed);
  radio.mechanism_description = note("Programa en la emisora comunitaria.");
  story.says("2026-03-12 17:30", professional("dgc"), line("dgc"), radio)
      .says("2026-03-16 09:00", kSubdirector, line("dgc"),
            MechanismNoted{note("Se incorpora a la guía."), code("s-01")});
  story.says_late("2026-03-03 13:00", "2026-03-27 16:00", professional("ddo"), line("ddo"), attendance("s-02", 9))
      .says("2026-03-30 09:00", coordinator("ddo"), line("ddo"), AttendanceVerified{{}, code("s-02")});
  story.says("2026-04-20 10:00", professional("ddo"), "demand/2026-0001",
             DemandAnswered{day("2026-04-20"), {}, title("20266000594641")});
  // A head-count mistyped is stated anew; the first statement stays.
  story.says("2026-04-21 09:00", professional("dptsc"), line("dptsc"), session("s-01", "2026-04-21", 12));
  auto counted = session("s-01", "2026-04-21", 21);
  InterventionCorrected correction;
  correction.corrected = {write_field(counted)};
  correction.event = {story.last_id()};
  correction.reason = note("Se contaron 21 personas y se digitó 12.");
  correction.type = title("session.held");
  story.says("2026-04-22 09:00", professional("dptsc"), line("dptsc"), correction);

  for (const std::string unit : {"dep", "dgdi", "dgc", "dj"})
    story.says("2026-04-24 09:00", director(unit), plan(unit),
               control<PlanControlPerformed>(8, "2026-04-24", "2026-02-01", "2026-04-24"));
}

void follow_up(Story& story) {
  story.chapter(9, "Hacer seguimiento");
  TrainingGiven training{{18}, code("cap-1"), day("2026-04-27"), proof("Lista"), title("Uso de SETA Web")};
  story.says("2026-04-27 17:00", kSystemOfficer, plan("ddo"), training);
  // Chita: the first two milestones, the second out of time; none before the one it follows.
  story
      .is_refused("2026-04-28 08:00", professional("ddo"), line("ddo"), reaching("propuesta", "2026-04-28"),
                  Reason::milestone_out_of_order)
      .says_late("2026-02-27 16:00", "2026-04-28 09:00", professional("ddo"), line("ddo"),
                 reaching("diagnostico", "2026-02-27"))
      .is_refused("2026-04-28 09:30", {"profesional.ddo.1", "coordinator@ddo"}, line("ddo"), validating("diagnostico"),
                  Reason::role_not_in_force)
      .says("2026-04-28 10:00", coordinator("ddo"), line("ddo"), validating("diagnostico"));
  // The joint line: for one municipality, then for the other.
  story
      .says("2026-04-28 11:00", professional("dep"), line("ddo", "0002"), reaching("diagnostico", "2026-03-20", kChita))
      .says("2026-04-28 11:10", professional("ddo"), line("ddo", "0002"),
            reaching("diagnostico", "2026-04-15", kSantana))
      .says("2026-04-28 12:00", coordinator("ddo"), line("ddo", "0002"), validating("diagnostico", kChita))
      .says("2026-04-28 12:10", coordinator("ddo"), line("ddo", "0002"),
            MilestoneRejected{code(kSantana), code("diagnostico"), note("El documento no está firmado.")})
      .says("2026-05-04 09:00", professional("ddo"), line("ddo", "0002"),
            reaching("diagnostico", "2026-05-04", kSantana));
  for (const std::string unit : {"dep", "dgdi", "dgc", "dj"})
    story.says("2026-05-04 10:00", professional(unit), line(unit), reaching("diagnostico", "2026-03-02"));
  FollowupReportIssued report{code("rep-1"),         day("2026-05-05"),
                              proof("Reporte SETA"), note("Dos líneas con retraso."),
                              day("2026-01-01"),     day("2026-04-30")};
  for (const std::string unit : kDirectorates) story.says("2026-05-05 15:00", kSystemOfficer, plan(unit), report);
  ContactRecorded contact;
  contact.channel = ContactChannel::call;
  contact.code = code("con-1");
  contact.date = day("2026-05-06");
  contact.entity = code(kChita);
  contact.evidence = proof("Formato de seguimiento");
  contact.findings = note("La alcaldía está satisfecha con el acompañamiento.");
  contact.office = title("Secretaría de Gobierno");
  story.says("2026-05-06 10:00", director("ddo"), line("ddo"), contact)
      .says("2026-05-06 11:00", professional("ddo"), line("ddo"),
            FollowupRecorded{code("seg-1"), day("2026-05-06"), {}, note("Estudio técnico en curso.")});
}

void take_actions(Story& story) {
  story.chapter(10, "Tomar acciones");
  const std::vector<FieldChange> later{{title("end"), title("2026-06-30"), title("2026-07-31")},
                                       {title("milestone.concepto"), title("2026-06-30"), title("2026-07-31")}};
  story.says(
      "2026-05-07 09:00", professional("ddo"), line("ddo"),
      AlertRaised{code("al-1"), day("2026-05-15"), ActionMatter::dates, note("La propuesta venció el 30 de abril.")});
  // The professional proposes what moves a date; her coordinator decides.
  story
      .is_refused("2026-05-07 10:00", professional("ddo"), line("ddo"),
                  ActionTaken{action("ac-1", "profesional.ddo.1", later)}, Reason::moves_terms)
      .says("2026-05-07 10:10", professional("ddo"), line("ddo"),
            ActionProposed{action("ac-1", "profesional.ddo.1", later)})
      .says("2026-05-08 09:00", coordinator("ddo"), line("ddo"),
            ActionTaken{action("ac-1", "profesional.ddo.1", later)});
  // Retroactive: decided on 11 May, it moves a milestone that was due on 30 April. It is recorded, and flagged.
  const std::vector<FieldChange> past{{title("milestone.propuesta"), title("2026-04-30"), title("2026-05-20")}};
  story.says("2026-05-11 09:00", director("ddo"), line("ddo"), ActionTaken{action("ac-2", "profesional.ddo.1", past)})
      .says("2026-05-11 09:30", professional("ddo"), line("ddo"), AlertClosed{code("al-1"), note("Fechas ajustadas.")});

  // The amendment: dgdi adds a line for a municipality that asked (demand 0002), and drops nothing.
  DemandReceived asked{{},
                       DemandChannel::post,
                       day("2026-05-11"),
                       code(kSantana),
                       title("20269000045672"),
                       title("Acompañamiento en MIPG")};
  DemandClassified classified;
  classified.kind = DemandKind::petition;
  classified.responsible = code(professional("dgdi").actor);
  classified.service = code(service_of("dgdi"));
  classified.unit = code("dgdi");
  auto added = planned("dgdi", kSantana, "0002");
  added.demand = title("20269000045672");
  added.start = day("2026-06-01");
  added.end = day("2026-11-30");
  added.milestones = {{day("2026-07-01"), code("diagnostico")},
                      {day("2026-09-01"), code("propuesta")},
                      {day("2026-11-30"), code("concepto")}};
  PlanAmendmentSubmitted amendment;
  amendment.added = {added};
  amendment.code = code("m-1");
  amendment.reason = note("Solicitud 20269000045672.");
  story.says("2026-05-11 15:00", professional("dgdi"), "demand/2026-0002", asked)
      .says("2026-05-12 09:00", kCoordination, "demand/2026-0002", classified)
      // An approved plan changes by an amendment, and not otherwise.
      .is_refused("2026-05-13 08:00", professional("dgdi"), plan("dgdi"), PlanLineAdded{added}, Reason::wrong_stage)
      .says("2026-05-13 09:00", professional("dgdi"), plan("dgdi"), amendment)
      .is_refused("2026-05-14 09:00", {"profesional.dgdi.1", "subdirection"}, plan("dgdi"),
                  PlanAmendmentVerified{code("m-1"), {}}, Reason::role_not_in_force)
      .says("2026-05-14 10:00", kSubdirector, plan("dgdi"), PlanAmendmentVerified{code("m-1"), {}})
      .says("2026-05-15 09:00", director("dgdi"), plan("dgdi"),
            PlanAmendmentApproved{title("Memorando 12 de 2026"), code("m-1")})
      .says("2026-05-15 10:00", professional("dgdi"), "demand/2026-0002", DemandPlanned{code("0002"), {plan("dgdi")}});

  // The hand-over: profesional.ddo.1 leaves; the director hands her lines and her demand to her colleague.
  HandoverMade handover{title("Acta de entrega 3 de 2026"),
                        code("e-1"),
                        {{line("ddo")}, {line("ddo", "0002")}, {"demand/2026-0001"}},
                        note("Renuncia."),
                        code(professional("ddo", 2).actor)};
  story.says("2026-05-18 09:00", director("ddo"), "actor/profesional.ddo.1", handover)
      .says("2026-05-18 18:00", kAdministrator, "actor/profesional.ddo.1",
            ActorRetired{{code("resolucion-88-de-2026")}})
      .is_refused("2026-05-19 08:00", professional("ddo"), line("ddo"), reaching("propuesta", "2026-05-18"),
                  Reason::actor_retired);

  // The action is carried through, and its effect assessed by another.
  story
      .says("2026-07-24 09:00", professional("ddo", 2), line("ddo"),
            ActionProgressed{code("ac-1"), {}, note("Estudio entregado."), {80}})
      .says("2026-07-30 09:00", professional("ddo", 2), line("ddo"),
            ActionCompleted{code("ac-1"), day("2026-07-30"), proof("Concepto")})
      .is_refused("2026-08-03 09:00", coordinator("ddo"), line("ddo"),
                  ActionAssessed{code("ac-1"), day("2026-08-03"), true, note("Sí.")}, Duty::doer_does_not_assess)
      .says("2026-08-03 10:00", director("ddo"), line("ddo"),
            ActionAssessed{code("ac-1"), day("2026-08-03"), true, note("El concepto salió en la nueva fecha.")});
}

void evaluate(Story& story) {
  story.chapter(11, "Evaluar");
  // Chita is finished by her who received it.
  const auto last = professional("ddo", 2);
  InterventionCompleted completed{
      day("2026-08-04"), ClosingDocument{ClosingDocumentKind::report, digest_of("informe"), title("Informe final")}};
  story.says("2026-08-04 08:00", last, line("ddo"), reaching("propuesta", "2026-05-20"))
      .is_refused("2026-08-04 08:10", last, line("ddo"), completed, Reason::milestones_open)
      .says("2026-08-04 08:20", last, line("ddo"), reaching("concepto", "2026-07-31"))
      .says("2026-08-04 09:00", coordinator("ddo"), line("ddo"), validating("propuesta"))
      .says("2026-08-04 09:10", coordinator("ddo"), line("ddo"), validating("concepto"))
      .is_refused("2026-08-04 09:30", last, line("ddo"), InterventionCompleted{day("2026-08-04"), {}},
                  Reason::closing_document_missing)
      .says("2026-08-04 10:00", last, line("ddo"), completed);
  SatisfactionEvaluated satisfaction{true, {23}, day("2026-08-04"), title("Encuesta F-12"), {24}, {500}, {460}};
  story.is_refused("2026-08-04 11:00", last, line("ddo"), satisfaction, Reason::more_than_attended);
  satisfaction.respondents = {23};
  story.says("2026-08-04 11:10", last, line("ddo"), satisfaction)
      .says("2026-08-06 09:00", last, line("ddo"),
            BudgetExecuted{{11'900'000}, title("A-03-10"), code("p-1"), day("2026-08-06"), title("OP-2026-331")});
  // dgc is suspended by the floods and goes on; dj is cancelled.
  story
      .says("2026-08-10 09:00", director("dgc"), line("dgc"),
            InterventionSuspended{day("2026-08-10"), note("Inundaciones.")})
      .is_refused("2026-08-20 09:00", professional("dgc"), line("dgc"), session("s-02", "2026-08-19", 10),
                  Reason::wrong_stage)
      .says("2026-09-01 09:00", director("dgc"), line("dgc"),
            InterventionResumed{day("2026-09-01"), note("Cesó la emergencia.")})
      .says("2026-09-02 09:00", director("dj"), line("dj"),
            InterventionCancelled{title("Memorando 50 de 2026"), day("2026-09-02"), note("El municipio desistió.")});
  // dep, dgdi and dgc finish; dptsc does not.
  for (const std::string unit : {"dep", "dgdi", "dgc"}) {
    story.says("2026-10-05 10:00", professional(unit), line(unit), reaching("propuesta", "2026-06-30"))
        .says("2026-10-05 10:00", professional(unit), line(unit), reaching("concepto", "2026-09-30"))
        .says("2026-10-05 10:00", professional(unit), line(unit), completed);
  }
  // The joint line is delivered when each municipality has reached every milestone.
  for (const char* milestone : {"propuesta", "concepto"}) {
    story.says("2026-10-06 10:00", last, line("ddo", "0002"), reaching(milestone, "2026-09-30", kChita));
    story.is_refused("2026-10-06 10:00", last, line("ddo", "0002"), completed, Reason::milestones_open);
    story.says("2026-10-06 10:00", last, line("ddo", "0002"), reaching(milestone, "2026-09-30", kSantana));
  }
  story.says("2026-10-06 11:00", last, line("ddo", "0002"), completed);
  for (const std::string unit : {"dep", "dgdi", "dgc"})
    // The director of dgc suspended and resumed it: her coordinator controls.
    story.says("2026-10-15 09:00", unit == "dgc" ? coordinator(unit) : director(unit), plan(unit),
               control<PlanControlPerformed>(11, "2026-10-15", "2026-06-01", "2026-10-15"));
}

void keep_records(Story& story) {
  story.chapter(13, "Conservar la información");
  auto opening = file_opening();
  opening.date = day("2026-02-02");
  opening.responsible = code(professional("ddo", 2).actor);
  opening.title = title("Asistencia técnica a la Alcaldía de Chita");
  const std::string file = "file/2026-ddo-0001";
  auto list = document("lista-s-01"), report = document("informe-final");
  list.created = day("2026-02-10");
  report.created = day("2026-08-04");
  story.says("2026-10-20 09:00", professional("ddo", 2), file, opening)
      .says("2026-10-20 09:10", professional("ddo", 2), file, list)
      .says("2026-10-20 09:20", professional("ddo", 2), file, report)
      .is_refused("2026-10-20 10:00", professional("ddo", 2), file, DocumentVerified{list.code, {}, list.sha256},
                  Duty::filer_does_not_verify)
      .says("2026-10-21 09:00", kArchivist, file, DocumentVerified{list.code, {}, list.sha256})
      .says("2026-10-21 09:10", kArchivist, file, DocumentVerified{report.code, {}, report.sha256});
  auto closing = file_closing(2);
  closing.date = day("2026-10-22");
  story.says("2026-10-22 09:00", director("ddo"), file, closing)
      .says("2026-10-26 09:00", kArchivist, plan("ddo"),
            control<PlanControlPerformed>(13, "2026-10-26", "2026-01-01", "2026-10-26"));
}

void report_and_close(Story& story) {
  story.chapter(12, "Consolidar y presentar el informe; cerrar la vigencia");
  const auto position = Count{std::int64_t(story.size()) - 1};
  ReportConsolidated report{day("2026-10-31"),
                            {{title("Líneas planeadas"), {8}}, {title("Líneas prestadas"), {5}}},
                            position,
                            digest_of("informe anual")};
  story.says("2026-11-05 09:00", kSubdirector, kStrategy, report)
      .says("2026-11-12 10:00", kSubdirector, kStrategy,
            ReportPresented{
                {digest_of("informe anual")}, day("2026-11-12"), title("Acta 10 de 2026"), code("secretaria-general")})
      .says("2026-11-13 09:00", kAdviser, kStrategy,
            control<StrategyControlPerformed>(12, "2026-11-13", "2026-10-01", "2026-11-13"));

  // The strategy of 2027, and in it dptsc's line goes on [rezago].
  const std::string next = "strategy/2027";
  story
      .says("2026-12-01 09:00", kSubdirector, next,
            StrategyConsolidated{{600'000'000}, digest_of("estrategia 2027"), note("Continuidad."), {}})
      .says("2026-12-02 09:00", kSubdirector, next,
            StrategyPresented{{digest_of("estrategia 2027")}, day("2026-12-02"), code("subdireccion")})
      .says("2026-12-10 17:00", kSecretary, next,
            decide<StrategyApproved>("2026-12-10", "Acta 14 de 2026", "estrategia 2027", 6, 1));
  CarriedLine carried;
  static_cast<PlanLine&>(carried) = planned("dptsc", "divipola-05021");
  carried.start = day("2027-01-18");
  carried.end = day("2027-03-31");
  carried.milestones = {{day("2027-01-29"), code("diagnostico")},
                        {day("2027-02-26"), code("propuesta")},
                        {day("2027-03-31"), code("concepto")}};
  carried.carried_line = code("0001");
  carried.ground = CarryGround::reserve;
  carried.reason = note("El municipio cambió de alcalde en septiembre.");
  story.says("2026-12-14 09:00", professional("dptsc"), "plan/2027/dptsc", PlanOpened{title("Plan 2027")})
      .says("2026-12-14 10:00", professional("dptsc"), "plan/2027/dptsc", PlanLineCarried{carried});

  FiscalYearClosed closing;
  closing.act = title("Memorando 99 de 2026");
  closing.position = {std::int64_t(story.size()) - 1};
  for (const std::string unit : kDirectorates) {
    UnitClosing one;
    one.unit = code(unit);
    if (unit == "ddo") one.delivered = {2};
    if (unit == "dep" || unit == "dgc") one.delivered = {1};
    if (unit == "dgdi") {
      one.delivered = {1};
      one.not_delivered = {code("0002")};
    }
    if (unit == "dptsc") one.carried = {code("0001")};
    if (unit == "dj") one.cancelled = {code("0001")};
    closing.units.push_back(one);
  }
  story.says("2026-12-30 16:00", kSubdirector, kStrategy, closing);
  // Afterwards the year takes no work, and still the evaluation of its impact.
  ImpactEvaluated impact{day("2027-02-08"),
                         proof("Estudio de impacto"),
                         note("La planta se ajustó."),
                         title("Guía de impacto"),
                         {500},
                         {410}};
  story
      .is_refused("2027-01-05 09:00", professional("dptsc"), line("dptsc"), session("s-02", "2027-01-05", 5),
                  Reason::fiscal_year_closed)
      .is_refused("2027-01-05 09:10", kSubdirector, kStrategy, closing, Reason::fiscal_year_closed)
      .says("2027-02-08 10:00", director("ddo"), line("ddo"), impact);
}

void tell_fiscal_year(Story& story) {
  for (auto* told : {who_is_who, analyse_and_prioritise, prepare_proposals, settle_strategy, approve_strategy,
                     draw_up_plans, register_plans, schedule_interventions, carry_out, follow_up, take_actions,
                     evaluate, keep_records, report_and_close})
    told(story);
}

}  // namespace fedatario::tests
