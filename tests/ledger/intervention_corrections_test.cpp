// Corrections of what is recorded of an intervention: of which records, within what bounds, and what follows for those
// who judge them.
#include <catch2/catch.hpp>

#include "tests/support/executions.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

TEST_CASE("every record of an intervention is corrected by its author, under the code it has") {
  auto history = scheduled();
  const auto add = [&](const Saying& saying) { history.push_back(saying); };
  add(recorded(1, session("s-01", {"c-1"})));
  add(recorded(2, attendance()));
  add(recorded(3, following_up()));
  add(recorded(4, contact()));
  add(recorded(5, paying()));
  add(recorded(6, satisfaction()));
  add(recorded(7, reaching("diagnostico")));
  for (const char* milestone : {"propuesta", "concepto"}) add(here(reaching(milestone)));
  add(here(completing()));
  add(recorded(8, impact()));
  const auto all = given(history);

  auto held = session("s-01", {"c-1"});
  held.place = title("Salón del concejo");
  auto list = attendance();
  list.kind = ListKind::form;
  auto followup = following_up();
  followup.findings = note("Estudio técnico terminado");
  auto call = contact();
  call.channel = ContactChannel::call;
  auto payment = paying();
  payment.amount_cop = {2};
  auto answers = satisfaction();
  answers.respondents = {20};
  auto milestone = reaching("diagnostico");
  milestone.date = day("2026-07-14");
  auto study = impact();
  study.findings = note("La planta no se ajustó");
  for (const auto& saying :
       {correcting(1, held), correcting(2, list), correcting(3, followup), correcting(4, call), correcting(5, payment),
        correcting(6, answers), correcting(7, milestone), correcting(8, study)}) {
    CAPTURE(saying.body.get<InterventionCorrected>().type.value);
    all.when(saying).then_admitted();
    all.when(Saying(saying).by("berta")).refuses(Reason::correction_by_another, "/actor");
    all.when(on_behalf(Saying(saying).by("berta"), "ana")).then_admitted();
    all.when(Saying(saying).by("directora", "director@ddo")).then_admitted();
    all.when(Saying(saying).by("directora", "director@dep")).refuses(Reason::correction_by_another, "/actor");
    all.when(Saying(saying).by("coordinadora", "coordinator@ddo")).refuses(Reason::correction_by_another, "/actor");
  }
  held.code = code("s-02");
  list.session = code("s-02");
  followup.code = call.code = payment.code = code("x-1");
  milestone.milestone = code("propuesta");
  auto without_commitment = session();
  auto for_one = reaching("diagnostico", kEntity);
  for (const auto& saying :
       {correcting(1, held), correcting(1, without_commitment), correcting(2, list), correcting(3, followup),
        correcting(4, call), correcting(5, payment), correcting(7, milestone), correcting(7, for_one)}) {
    CAPTURE(saying.body.get<InterventionCorrected>().type.value);
    all.when(saying).refuses(Reason::not_correctable, "/data/corrected");
  }
}

TEST_CASE("a head-count is corrected down to its list, and a list up to its head-count") {
  const auto known = given(scheduled(), recorded(1, session()), recorded(2, attendance(21)));
  auto held = session();
  held.attendees = {21};
  const auto after = known.when(correcting(1, held)).then_admitted();
  CHECK(line_in(after).sessions.at("s-01").attendees == Count{21});
  CHECK(line_in(after).sessions.at("s-01").listed == Count{21});
  held.attendees = {20};
  known.when(correcting(1, held)).refuses(Reason::list_too_long, "/data/corrected/attendees");
  after.when(correcting(2, attendance(22))).refuses(Reason::list_too_long, "/data/corrected/listed");
  known.when(correcting(2, attendance(23))).then_admitted();
  // Both down: the list first.
  known.when(correcting(2, attendance(20))).then_admitted().when(correcting(1, held)).then_admitted();
}

TEST_CASE("what is corrected passes the rules of its place") {
  const auto known = given(scheduled(), recorded(1, session()), recorded(2, reaching("diagnostico")));
  auto held = session();
  held.date = day(kTomorrow);
  known.when(correcting(1, held)).refuses(Reason::in_the_future, "/data/corrected/date");
  held = session();
  held.mechanism = Mechanism::other;
  known.when(correcting(1, held)).refuses(Reason::mechanism_undescribed, "/data/corrected/mechanism_description");
  held = session();
  held.entities = {code("divipola-11001")};
  known.when(correcting(1, held)).refuses(Reason::entity_unknown, "/data/corrected/entities/0");
  auto milestone = reaching("diagnostico");
  milestone.evidence.clear();
  known.when(correcting(2, milestone)).refuses(Reason::evidence_missing, "/data/corrected/evidence");
  auto partial = correction_of<InterventionCorrected>(recorded(1, session()), session());
  partial.corrected.value.as_object().erase("attendees");
  known.when(here(partial).by("ana")).refuses(Reason::field_missing, "/data/corrected/attendees");
}

TEST_CASE("a list corrected is verified anew, and a milestone corrected validated anew, by who did not correct it") {
  const auto listed = given(scheduled(), recorded(1, session()), recorded(2, attendance()), here(verifying()))
                          .when(correcting(2, attendance(20)).by("directora", "director@ddo"))
                          .then_admitted();
  CHECK(line_in(listed).sessions.at("s-01").list == AttendanceStage::recorded);
  CHECK(line_in(listed).sessions.at("s-01").listed == Count{20});
  listed.when(here(verifying()).by("directora", "director@ddo")).refuses(Duty::recorder_does_not_verify_attendance);
  listed.when(here(verifying())).then_admitted();

  auto milestone = reaching("diagnostico");
  milestone.date = day("2026-07-14");
  const auto reached = given(scheduled(), recorded(1, reaching("diagnostico")), here(validating("diagnostico")))
                           .when(correcting(1, milestone).by("directora", "director@ddo"))
                           .then_admitted();
  CHECK(line_in(reached).reached.at("diagnostico").at("").date == day("2026-07-14"));
  CHECK_FALSE(line_in(reached).reached.at("diagnostico").at("").validated);
  for (const char* actor : {"ana", "directora"})
    reached.when(here(validating("diagnostico")).by(actor)).refuses(Duty::reacher_does_not_validate);
  reached.when(here(validating("diagnostico"))).then_admitted();
}

TEST_CASE("a milestone that was rejected is declared again, and never corrected") {
  auto milestone = reaching("diagnostico");
  milestone.date = day("2026-07-14");
  const auto rejected = given(scheduled(), recorded(1, reaching("diagnostico")), here(rejecting("diagnostico")));
  rejected.when(correcting(1, milestone)).refuses(Reason::code_unknown, "/data/corrected/milestone");
  auto again = rejected;
  again.and_given(recorded(2, reaching("diagnostico")));
  again.when(correcting(1, milestone)).refuses(Reason::not_correctable, "/data/event");
  const auto corrected = again.when(correcting(2, milestone)).then_admitted();
  milestone.date = day("2026-07-13");
  CHECK(line_in(corrected.when(correcting(2, milestone)).then_admitted()).reached.at("diagnostico").at("").date ==
        day("2026-07-13"));
}

TEST_CASE("what was decided of an intervention is not corrected") {
  const Saying decisions[] = {recorded(11, InterventionScheduled{{}, {}, {}, {code("profesional.1")}}),
                              recorded(12, rescheduling("2026-02-02", "2026-06-30")),
                              recorded(13, cancelling_session("s-09")),
                              recorded(14, putting_off()),
                              recorded(15, verifying()),
                              recorded(16, validating("diagnostico")),
                              recorded(17, taking()),
                              recorded(18, alerting()),
                              recorded(19, suspending()),
                              recorded(20, resuming())};
  auto known = given(approved_plan(), decisions[0], here(session("s-01", {"c-1"})), here(attendance()),
                     here(reaching("diagnostico")));
  for (std::size_t i = 1; i < std::size(decisions); ++i) known.and_given(decisions[i]);
  for (const auto& decision : decisions) {
    CAPTURE(decision.statement.type);
    auto event = correction_of<InterventionCorrected>(decision, session());
    event.corrected = {write_data(decision.body)};
    event.type = title(decision.statement.type);
    known.when(here(event).by("ana", "professional@ddo")).refuses(Reason::not_correctable, "/data/type");
  }
}

TEST_CASE("who corrects a record has recorded it, and does not control it") {
  auto right = following_up();
  right.date = day("2026-07-14");
  const auto before = given(scheduled(), recorded(1, following_up()));
  const auto after = before.when(correcting(1, right).by("directora", "director@ddo")).then_admitted();
  PlanControlPerformed control;
  control.activity = {9};
  control.date = control.period_to = day(kToday);
  control.evidence = proof();
  control.period_from = day("2026-07-01");
  const auto controlling = on(kPlan, control).by("directora", "director@ddo");
  before.when(controlling).then_admitted();
  after.when(controlling).refuses(Duty::recorder_does_not_control);
}
