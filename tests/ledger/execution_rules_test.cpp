// Rules of the streams `intervention/{V}/{unit}/{line}`, continued: dates and stages, sessions and their lists,
// commitments, judgements of milestones, follow-up, alerts and evaluation.
#include <catch2/catch.hpp>
#include <functional>

#include "tests/support/executions.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

constexpr const char* kOtherEntity = "divipola-05001";

// The line assists two entities.
Given joint() {
  auto line = plan_line();
  line.reach = Reach::joint;
  line.other_entities = {code(kOtherEntity)};
  return given(registered_entity("05001"), scheduled({line}));
}

}  // namespace

TEST_CASE("an intervention is rescheduled within the dates approved, and these stay what they are") {
  struct Row {
    const char* start;
    const char* end;
    std::optional<Reason> reason;
    const char* pointer = "";
  };
  const Row table[] = {{"2026-02-02", "2026-06-30", {}},
                       {"2026-03-02", "2026-03-02", {}},
                       {"2026-02-01", "2026-06-30", Reason::outside_approved_dates, "/data/start"},
                       {"2026-02-02", "2026-07-01", Reason::outside_approved_dates, "/data/end"},
                       {"2026-03-03", "2026-03-02", Reason::dates_reversed, "/data/end"}};
  const auto known = given(scheduled());
  for (const auto& [start, end, reason, pointer] : table) {
    CAPTURE(start, end);
    const auto when = known.when(here(rescheduling(start, end)));
    if (reason)
      when.refuses(*reason, pointer);
    else
      CHECK(line_in(when.then_admitted()).changes.empty());
  }
  given(approved_plan()).when(here(rescheduling("2026-02-02", "2026-06-30"))).refuses(Reason::not_scheduled, "/stream");

  auto action = taking();
  action.changes = {{title("end"), title("2026-06-30"), title("2026-07-31")}};
  const auto moved = known.when(here(action)).then_admitted();
  moved.when(here(rescheduling("2026-02-02", "2026-07-31"))).then_admitted();
  moved.when(here(rescheduling("2026-02-02", "2026-08-01"))).refuses(Reason::outside_approved_dates, "/data/end");
}

TEST_CASE("an intervention is started once, by its event or by the first work") {
  const auto started = given(scheduled()).when(here(starting())).then_admitted();
  CHECK(line_in(started).stage == InterventionStage::started);
  started.when(here(starting())).refuses(Reason::wrong_stage, "/stream");
  for (const auto& work : {here(session()), here(reaching("diagnostico"))}) {
    const auto after = given(scheduled()).when(work).then_admitted();
    CHECK(line_in(after).stage == InterventionStage::started);
    after.when(here(starting())).refuses(Reason::wrong_stage, "/stream");
  }
  given(approved_plan()).when(here(starting())).refuses(Reason::not_scheduled, "/stream");
}

TEST_CASE("an intervention is started, suspended, resumed and cancelled today at the latest") {
  const auto known = given(scheduled()), suspended = given(scheduled(), here(suspending()));
  known.when(here(starting(kTomorrow))).refuses(Reason::in_the_future, "/data/date");
  known.when(here(suspending(kTomorrow))).refuses(Reason::in_the_future, "/data/date");
  known.when(here(cancelling(kTomorrow))).refuses(Reason::in_the_future, "/data/date");
  suspended.when(here(resuming(kTomorrow))).refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE("work rests while an intervention is suspended, and goes on where it stood") {
  const auto suspended = given(scheduled(), here(suspending()));
  CHECK(line_in(suspended).stage == InterventionStage::suspended);
  const Saying work[] = {here(rescheduling("2026-02-02", "2026-06-30")),
                         here(starting()),
                         here(session()),
                         here(cancelling_session()),
                         here(reaching("diagnostico")),
                         here(completing()),
                         here(suspending())};
  for (const auto& saying : work) {
    CAPTURE(saying.statement.type);
    suspended.when(saying).refuses(Reason::wrong_stage, "/stream");
  }
  // What only tells of it does not wait.
  suspended.when(here(satisfaction())).then_admitted();
  suspended.when(here(following_up())).then_admitted();

  const auto resumed = suspended.when(here(resuming())).then_admitted();
  CHECK(line_in(resumed).stage == InterventionStage::scheduled);
  resumed.when(here(resuming())).refuses(Reason::wrong_stage, "/stream");
  const auto started = given(scheduled(), here(session()), here(suspending()), here(resuming()));
  CHECK(line_in(started).stage == InterventionStage::started);
  CHECK_FALSE(line_in(started).before_suspension);
  for (const auto& saying : {here(suspending()), here(cancelling_session())})
    given(approved_plan()).when(saying).refuses(Reason::not_scheduled, "/stream");
}

TEST_CASE("a line of an approved plan is cancelled once, scheduled or not, and then no work is done on it") {
  given(verified_plan()).when(here(cancelling())).refuses(Reason::plan_not_approved, "/stream");
  given(approved_plan()).when(on("intervention/2026/ddo/0002", cancelling())).refuses(Reason::line_unknown, "/stream");
  given(completed()).when(here(cancelling())).refuses(Reason::already_completed, "/stream");
  given(scheduled(), here(suspending())).when(here(cancelling())).then_admitted();
  const auto never_scheduled = given(approved_plan()).when(here(cancelling())).then_admitted();
  never_scheduled.when(here(InterventionScheduled{{}, {}, {}, {code("profesional.1")}}))
      .refuses(Reason::already_scheduled, "/stream");

  const auto cancelled = given(scheduled()).when(here(cancelling())).then_admitted();
  CHECK(line_in(cancelled).stage == InterventionStage::cancelled);
  for (const auto& saying :
       {here(cancelling()), here(suspending()), here(resuming()), here(session()), here(reaching("diagnostico")),
        here(completing()), here(taking()), here(proposing()), here(impact())}) {
    CAPTURE(saying.statement.type);
    cancelled.when(saying).refuses(Reason::wrong_stage, "/stream");
  }
}

TEST_CASE("a session that was announced and is not held takes its code, and no list") {
  const auto after = given(scheduled()).when(here(cancelling_session())).then_admitted();
  CHECK(line_in(after).sessions.at("s-01").cancelled);
  CHECK(line_in(after).stage == InterventionStage::scheduled);
  after.when(here(cancelling_session())).refuses(Reason::code_repeated, "/data/code");
  after.when(here(session())).refuses(Reason::code_repeated, "/data/code");
  after.when(here(attendance(0))).refuses(Reason::code_unknown, "/data/session");
  given(scheduled(), here(session())).when(here(cancelling_session())).refuses(Reason::code_repeated, "/data/code");
}

TEST_CASE("a list of attendance is recorded once, and is not longer than the head-count") {
  const auto known = given(scheduled(), here(session()));
  known.when(here(attendance(0))).then_admitted();
  known.when(here(attendance(24))).refuses(Reason::list_too_long, "/data/listed");
  known.when(here(attendance(2, 2))).then_admitted();
  known.when(here(attendance(2, 3))).refuses(Reason::list_too_long, "/personal");
  known.when(here(attendance(23, 0, "s-02"))).refuses(Reason::code_unknown, "/data/session");

  CHECK(line_in(known).sessions.at("s-01").list == AttendanceStage::missing);
  const auto after = known.when(here(attendance()).by("ana")).then_admitted();
  const auto& listed = line_in(after).sessions.at("s-01");
  CHECK(listed.list == AttendanceStage::recorded);
  CHECK(listed.listed == Count{23});
  CHECK(listed.by == Persons{"alguien.mas", "ana"});
  after.when(here(attendance())).refuses(Reason::code_repeated, "/data/session");

  auto late = completed();
  late.insert(late.end() - 1, here(session()));
  given(late).when(here(attendance())).then_admitted();
  given(verified_plan()).when(here(attendance())).refuses(Reason::plan_not_approved, "/stream");
}

TEST_CASE("a list is verified once, by who recorded neither the session nor it") {
  const auto without = given(scheduled(), here(session()).by("ana", "professional@ddo"));
  without.when(here(verifying())).refuses(Reason::wrong_stage, "/data/session");
  without.when(here(verifying("s-02"))).refuses(Reason::code_unknown, "/data/session");
  const auto with = without.when(here(attendance()).by("berta", "professional@ddo")).then_admitted();
  for (const char* actor : {"ana", "berta"}) {
    with.when(here(verifying()).by(actor, "coordinator@ddo")).refuses(Duty::recorder_does_not_verify_attendance);
    with.when(on_behalf(here(verifying()), actor)).refuses(Duty::recorder_does_not_verify_attendance);
  }
  const auto after = with.when(here(verifying()).by("carla", "professional@ddo")).then_admitted();
  CHECK(line_in(after).sessions.at("s-01").list == AttendanceStage::verified);
  after.when(here(verifying())).refuses(Reason::wrong_stage, "/data/session");
  given(verified_plan()).when(here(verifying())).refuses(Reason::plan_not_approved, "/stream");
}

TEST_CASE("the subdirection notes a mechanism that the procedure does not name, and no other") {
  auto radio = session("s-02");
  radio.mechanism = Mechanism::other;
  radio.mechanism_description = note("Programa en la emisora comunitaria");
  const auto known = given(scheduled(), here(session()), here(radio), here(cancelling_session("s-03")));
  const auto noting = [](const char* session_code) {
    return here(MechanismNoted{note("Se incorpora a la guía"), code(session_code)});
  };
  CHECK(noting("s-02").statement.as.role == Role::subdirection);
  known.when(noting("s-02")).then_admitted();
  known.when(noting("s-01")).refuses(Reason::field_invalid, "/data/session");
  known.when(noting("s-03")).refuses(Reason::code_unknown, "/data/session");
  known.when(noting("s-04")).refuses(Reason::code_unknown, "/data/session");
}

TEST_CASE("a commitment of a session has a code of its own in the whole intervention") {
  const auto known = given(scheduled(), here(session("s-01", {"c-1", "c-2"})));
  CHECK(line_in(known).commitments ==
        std::map<std::string, CommitmentStage>{{"c-1", CommitmentStage::open}, {"c-2", CommitmentStage::open}});
  known.when(here(session("s-02", {"c-3", "c-2"}))).refuses(Reason::code_repeated, "/data/commitments/1/code");
  known.when(here(session("s-02", {"c-3", "c-3"}))).refuses(Reason::code_repeated, "/data/commitments/1/code");
  known.when(here(session("s-02", {"c-3"}))).then_admitted();
}

TEST_CASE("a commitment is put off while it is open, and fulfilled with evidence or cancelled once") {
  const auto known = given(scheduled(), here(session("s-01", {"c-1", "c-2"})));
  const auto later = known.when(here(putting_off())).then_admitted();
  CHECK(line_in(later).commitments.at("c-1") == CommitmentStage::open);
  later.when(here(putting_off())).then_admitted();
  auto event = fulfilling();
  event.date = day(kTomorrow);
  known.when(here(event)).refuses(Reason::in_the_future, "/data/date");
  event = fulfilling();
  event.evidence.clear();
  known.when(here(event)).refuses(Reason::evidence_missing, "/data/evidence");

  const auto fulfilled = known.when(here(fulfilling())).then_admitted();
  const auto cancelled = known.when(here(giving_up())).then_admitted();
  CHECK(line_in(fulfilled).commitments.at("c-1") == CommitmentStage::fulfilled);
  CHECK(line_in(cancelled).commitments.at("c-1") == CommitmentStage::cancelled);
  for (const auto& saying : {here(putting_off()), here(fulfilling()), here(giving_up())}) {
    CAPTURE(saying.statement.type);
    fulfilled.when(saying).refuses(Reason::wrong_stage, "/data/code");
    cancelled.when(saying).refuses(Reason::wrong_stage, "/data/code");
    given(scheduled()).when(saying).refuses(Reason::code_unknown, "/data/code");
    given(verified_plan()).when(saying).refuses(Reason::plan_not_approved, "/stream");
  }
  for (const auto& saying : {here(putting_off("c-2")), here(fulfilling("c-2")), here(giving_up("c-2"))})
    fulfilled.when(saying).then_admitted();
}

TEST_CASE("a milestone is validated or rejected once it is declared, by another person") {
  const auto known = given(scheduled(), here(reaching("diagnostico")).by("ana", "professional@ddo"));
  for (const auto& saying : {here(validating("diagnostico")), here(rejecting("diagnostico"))}) {
    CAPTURE(saying.statement.type);
    known.when(Saying(saying).by("ana")).refuses(Duty::reacher_does_not_validate);
    known.when(on_behalf(saying, "ana")).refuses(Duty::reacher_does_not_validate);
    given(scheduled()).when(saying).refuses(Reason::code_unknown, "/data/milestone");
    given(verified_plan()).when(saying).refuses(Reason::plan_not_approved, "/stream");
  }
  const auto validated = known.when(here(validating("diagnostico"))).then_admitted();
  CHECK(line_in(validated).reached.at("diagnostico").at("").validated);
  validated.when(here(validating("diagnostico"))).refuses(Reason::wrong_stage, "/data/milestone");
  validated.when(here(rejecting("diagnostico"))).refuses(Reason::wrong_stage, "/data/milestone");

  const auto rejected = known.when(here(rejecting("diagnostico"))).then_admitted();
  CHECK_FALSE(is_reached(line_in(rejected), "diagnostico", kEntity));
  rejected.when(here(rejecting("diagnostico"))).refuses(Reason::code_unknown, "/data/milestone");
  rejected.when(here(reaching("propuesta"))).refuses(Reason::milestone_out_of_order, "/data/milestone");
  // Declared again, by another: the first may validate.
  rejected.when(here(reaching("diagnostico")))
      .then_admitted()
      .when(here(validating("diagnostico")).by("ana", "coordinator@ddo"))
      .then_admitted();
}

TEST_CASE("a milestone is validated also when the intervention is over, and rejected only before") {
  given(completed()).when(here(validating("concepto")).by("otra")).then_admitted();
  given(completed()).when(here(rejecting("concepto")).by("otra")).refuses(Reason::already_completed, "/stream");
  given(scheduled(), here(reaching("diagnostico")), here(cancelling()))
      .when(here(rejecting("diagnostico")).by("otra"))
      .refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("of a joint line each entity reaches its milestones by itself, in their order") {
  const auto one = joint().when(here(reaching("diagnostico", kEntity))).then_admitted();
  CHECK(is_reached(line_in(one), "diagnostico", kEntity));
  CHECK_FALSE(is_reached(line_in(one), "diagnostico", kOtherEntity));
  one.when(here(reaching("diagnostico", kEntity))).refuses(Reason::milestone_reached, "/data/milestone");
  one.when(here(reaching("propuesta", kEntity))).then_admitted();
  one.when(here(reaching("propuesta", kOtherEntity))).refuses(Reason::milestone_out_of_order, "/data/milestone");
  one.when(here(reaching("propuesta"))).refuses(Reason::milestone_out_of_order, "/data/milestone");
  // For all, once it is reached for some: that is news of the others.
  const auto all = one.when(here(reaching("diagnostico"))).then_admitted();
  all.when(here(reaching("propuesta", kOtherEntity))).then_admitted();
  all.when(here(reaching("diagnostico", kOtherEntity))).refuses(Reason::milestone_reached, "/data/milestone");
  const auto both = one.when(here(reaching("diagnostico", kOtherEntity))).then_admitted();
  both.when(here(reaching("diagnostico"))).refuses(Reason::milestone_reached, "/data/milestone");
  both.when(here(reaching("propuesta"))).then_admitted();
  both.when(here(reaching("diagnostico", "divipola-11001"))).refuses(Reason::entity_not_in_line, "/data/entity");
}

TEST_CASE("of a joint line each declaration is judged by itself") {
  auto both = joint();
  both.and_given(here(reaching("diagnostico", kEntity))).and_given(here(reaching("diagnostico", kOtherEntity)));
  both.when(here(validating("diagnostico")).by("otra")).refuses(Reason::code_unknown, "/data/milestone");
  const auto rejected = both.when(here(rejecting("diagnostico", kEntity)).by("otra")).then_admitted();
  CHECK_FALSE(is_reached(line_in(rejected), "diagnostico", kEntity));
  CHECK(is_reached(line_in(rejected), "diagnostico", kOtherEntity));
  const auto validated = rejected.when(here(validating("diagnostico", kOtherEntity)).by("otra")).then_admitted();
  CHECK(line_in(validated).reached.at("diagnostico").at(kOtherEntity).validated);
  validated.when(here(validating("diagnostico", kEntity)).by("otra")).refuses(Reason::code_unknown, "/data/milestone");
}

TEST_CASE("a joint intervention is completed when every entity has reached every milestone") {
  auto known = joint();
  for (const char* milestone : {"diagnostico", "propuesta"}) known.and_given(here(reaching(milestone)));
  known.and_given(here(reaching("concepto", kEntity)));
  known.when(here(completing())).refuses(Reason::milestones_open, "/data");
  known.when(here(reaching("concepto", kOtherEntity))).then_admitted().when(here(completing())).then_admitted();
  known.when(here(reaching("concepto"))).then_admitted().when(here(completing())).then_admitted();
}

TEST_CASE("follow-ups, contacts and payments are of a line that is planned, each under a code of its own") {
  const std::function<Saying(const char*)> kinds[] = {[](const char* which) { return here(following_up(which)); },
                                                      [](const char* which) { return here(contact(which)); },
                                                      [](const char* which) { return here(paying(which)); }};
  for (const auto& first : kinds) {
    CAPTURE(first("x-1").statement.type);
    given(verified_plan()).when(first("x-1")).refuses(Reason::plan_not_approved, "/stream");
    auto elsewhere = first("x-1");
    elsewhere.statement.stream = "intervention/2026/ddo/0002";
    given(approved_plan()).when(elsewhere).refuses(Reason::line_unknown, "/stream");
    const auto after = given(approved_plan()).when(first("x-1")).then_admitted();
    CHECK(line_in(after).codes == std::set<std::string>{"x-1"});
    for (const auto& second : kinds) {
      after.when(second("x-1")).refuses(Reason::code_repeated, "/data/code");
      after.when(second("x-2")).then_admitted();
    }
    given(completed()).when(first("x-1")).then_admitted();
  }
}

TEST_CASE("follow-ups, contacts and payments are of what has happened, and rest on what they must") {
  auto followup = following_up();
  followup.date = day(kTomorrow);
  auto call = contact();
  call.date = day(kTomorrow);
  auto payment = paying();
  payment.date = day(kTomorrow);
  const auto known = given(scheduled());
  for (const auto& saying : {here(followup), here(call), here(payment)})
    known.when(saying).refuses(Reason::in_the_future, "/data/date");
  call = contact();
  call.evidence.clear();
  known.when(here(call)).refuses(Reason::evidence_missing, "/data/evidence");
  call = contact();
  call.entity = code("divipola-11001");
  known.when(here(call)).refuses(Reason::entity_unknown, "/data/entity");
  auto nothing = paying();
  nothing.amount_cop = {0};
  known.when(here(nothing)).refuses(Reason::field_invalid, "/data/amount_cop");
  CHECK(ContactRecorded::kAuthors.names(",") == "director");
}

TEST_CASE("an alert is raised once under its code, and closed once") {
  given(verified_plan()).when(here(alerting())).refuses(Reason::plan_not_approved, "/stream");
  const auto raised = given(approved_plan()).when(here(alerting())).then_admitted();
  CHECK(line_in(raised).alerts.at("al-1"));
  raised.when(here(alerting())).refuses(Reason::code_repeated, "/data/code");
  raised.when(here(alerting("al-2"))).then_admitted();
  raised.when(here(closing_alert("al-2"))).refuses(Reason::code_unknown, "/data/code");
  const auto closed = raised.when(here(closing_alert())).then_admitted();
  CHECK_FALSE(line_in(closed).alerts.at("al-1"));
  closed.when(here(closing_alert())).refuses(Reason::wrong_stage, "/data/code");
  closed.when(here(alerting())).refuses(Reason::code_repeated, "/data/code");
}

TEST_CASE("whatever a territorial manager records is of a line assigned to him") {
  const auto line_of = [](const char* manager) {
    return given(scheduled({managed_by(manager)}), here(session("s-01", {"c-1"})), here(alerting()), here(taking()));
  };
  const auto his = line_of("gestora.05"), anothers = line_of("gestor.15");
  const Saying sayings[] = {here(session("s-02")),
                            here(cancelling_session("s-02")),
                            here(attendance()),
                            here(putting_off()),
                            here(fulfilling()),
                            here(giving_up("c-1")),
                            here(reaching("diagnostico")),
                            here(following_up()),
                            here(alerting("al-2")),
                            here(closing_alert()),
                            here(proposing()),
                            here(ActionProgressed{code("ac-01"), {}, note("A la mitad"), {50}}),
                            here(ActionCompleted{code("ac-01"), day(kToday), proof()})};
  for (const auto& saying : sayings) {
    CAPTURE(saying.statement.type);
    CHECK(type_of(saying.body).authors.has(Role::territorial_manager));
    const auto by_manager = Saying(saying).by("gestora.05", "territorial_manager@ddo");
    his.when(by_manager).then_admitted();
    anothers.when(by_manager).refuses(Reason::outside_scope, "/as");
    anothers.when(on_behalf(Saying(by_manager).by("suplente"), "gestor.15")).then_admitted();
  }
  const auto first = here(starting()).by("gestora.05", "territorial_manager@ddo");
  given(scheduled({managed_by("gestora.05")})).when(first).then_admitted();
  given(scheduled({managed_by("gestor.15")})).when(first).refuses(Reason::outside_scope, "/as");
}

TEST_CASE("a line handed over by its territorial manager is the other's from then on") {
  const HandoverMade handover{{}, code("e-01"), {{kIntervention}}, note("Traslado"), code("gestor.15")};
  const auto known =
      given(scheduled({managed_by("gestora.05")}), registered_actor("gestora.05"), registered_actor("gestor.15"),
            on("actor/gestora.05", handover).by("directora", "director@ddo"));
  known.when(here(session()).by("gestor.15", "territorial_manager@ddo")).then_admitted();
  known.when(here(session()).by("gestora.05", "territorial_manager@ddo")).refuses(Reason::outside_scope, "/as");
}

TEST_CASE("satisfaction is evaluated once, corrected if it was mistyped") {
  const auto known = given(scheduled(), recorded(1, satisfaction()));
  known.when(here(satisfaction())).refuses(Reason::already_evaluated, "/stream");
  auto right = satisfaction();
  right.score_hundredths = {403};
  known.when(correcting(1, right)).then_admitted();
  right.respondents = {24};
  known.when(correcting(1, right)).refuses(Reason::more_than_attended, "/data/corrected/respondents");
}

TEST_CASE("impact is evaluated once, of what is completed, with evidence and on its scale") {
  for (const auto& before : {approved_plan(), scheduled()})
    given(before).when(here(impact())).refuses(Reason::wrong_stage, "/stream");
  const auto known = given(completed());
  const auto after = known.when(here(impact())).then_admitted();
  CHECK(line_in(after).impact);
  after.when(here(impact())).refuses(Reason::already_evaluated, "/stream");
  known.when(here(impact(500, 500))).then_admitted();
  known.when(here(impact(500, 501))).refuses(Reason::outside_scale, "/data/score_hundredths");
  known.when(here(impact(0, 0))).refuses(Reason::outside_scale, "/data/score_hundredths");
  auto event = impact();
  event.evidence.clear();
  known.when(here(event)).refuses(Reason::evidence_missing, "/data/evidence");
  event = impact();
  event.date = day(kTomorrow);
  known.when(here(event)).refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE(
    "of the lines of a closed fiscal year, commitments are still fulfilled, impact evaluated, records corrected") {
  auto history = completed();
  history.insert(history.end() - 1, recorded(1, session("s-01", {"c-1"})));
  FiscalYearClosed closing;
  closing.act = title("Memorando 40 de 2026");
  UnitClosing unit;
  unit.delivered = {1};
  unit.unit = code("ddo");
  closing.units = {unit};
  history.push_back(on("strategy/2026", closing));
  const auto closed = given(history);
  auto held = session("s-01", {"c-1"});
  held.attendees = {22};
  closed.when(here(fulfilling())).then_admitted();
  closed.when(here(impact())).then_admitted();
  closed.when(correcting(1, held)).then_admitted();
  for (const auto& saying :
       {here(attendance()), here(putting_off()), here(giving_up("c-1")), here(satisfaction()), here(following_up()),
        here(contact()), here(paying()), here(validating("concepto")), here(alerting())}) {
    CAPTURE(saying.statement.type);
    closed.when(saying).refuses(Reason::fiscal_year_closed, "/stream");
  }
}

TEST_CASE("of an execution whose content is gone the stages stand, and nothing that was said") {
  const auto stage = [](const auto&... sayings) { return line_in(given(scheduled(), sayings...)).stage; };
  CHECK(stage(here(starting()).destroyed()) == InterventionStage::started);
  const auto suspension = here(suspending()).destroyed();
  CHECK(stage(suspension) == InterventionStage::suspended);
  CHECK(stage(suspension, here(resuming()).destroyed()) == InterventionStage::scheduled);
  CHECK(stage(here(cancelling()).destroyed()) == InterventionStage::cancelled);
  CHECK(stage(here(rescheduling("2026-02-02", "2026-06-30")).destroyed()) == InterventionStage::scheduled);
  const auto over = given(completed(), here(satisfaction()).destroyed(), here(impact()).destroyed());
  CHECK(line_in(over).satisfaction);
  CHECK(line_in(over).impact);

  auto radio = session("s-02");
  radio.mechanism = Mechanism::other;
  radio.mechanism_description = note("Emisora");
  const auto held = given(scheduled(), here(session("s-01", {"c-1", "c-2"})), here(radio), recorded(1, attendance()));
  const auto with = [&](const auto&... sayings) {
    auto known = held;
    (known.and_given(sayings), ...);
    return line_in(known);
  };
  const auto gone =
      with(here(cancelling_session("s-03")).destroyed(), here(attendance(0, 0, "s-02")).destroyed(),
           here(verifying()).by("otra").destroyed(), here(MechanismNoted{note("Conocido"), code("s-02")}).destroyed(),
           here(putting_off()).destroyed(), here(fulfilling()).destroyed(), here(giving_up("c-2")).destroyed(),
           here(following_up()).destroyed(), here(contact()).destroyed(), here(paying()).destroyed(),
           here(alerting()).destroyed(), correcting(1, attendance(20)).destroyed());
  CHECK_FALSE(gone.sessions.contains("s-03"));
  CHECK(gone.sessions.at("s-02").list == AttendanceStage::missing);
  CHECK(gone.sessions.at("s-01").list == AttendanceStage::recorded);
  CHECK(gone.sessions.at("s-01").listed == Count{23});
  CHECK(gone.commitments.at("c-1") == CommitmentStage::open);
  CHECK(gone.commitments.at("c-2") == CommitmentStage::open);
  CHECK(gone.codes.empty());
  CHECK(gone.alerts.empty());
  CHECK(gone.corrections.empty());

  const auto judged =
      with(here(reaching("diagnostico")), here(reaching("propuesta")),
           here(validating("diagnostico")).by("otra").destroyed(), here(rejecting("propuesta")).by("otra").destroyed(),
           here(alerting()), here(closing_alert()).destroyed());
  CHECK_FALSE(judged.reached.at("diagnostico").at("").validated);
  CHECK(judged.reached.contains("propuesta"));
  CHECK(judged.alerts.at("al-1"));
}
