// Rules of the streams `audit/{code}`.
#include <catch2/catch.hpp>
#include <functional>

#include "ledger/procedure/audits.hpp"
#include "tests/support/histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

constexpr const char* kAudit = "audit/2026-01";

std::vector<Evidence> papers() { return {{digest_of("papel de trabajo"), title("Papel de trabajo")}}; }

AuditOpened opening() {
  return {note("Procedimiento de asistencia técnica, V1"),
          {2025},
          note("Ejecución del plan de asistencia técnica"),
          {code("ddo"), code("dep")}};
}
FindingRecorded finding(std::string_view which = "h-01", std::string_view unit = "ddo") {
  return {note("No hay quien los archive"),
          code(which),
          note("Tres sesiones sin lista de asistencia"),
          note("Actividad 8 del procedimiento"),
          note("No se puede probar la cobertura"),
          papers(),
          code(unit)};
}
FindingAnswered answering(std::string_view which = "h-01") {
  return {note("Las listas están en papel"), code(which), papers()};
}
FindingDisputed disputing(std::string_view which = "h-01") { return {code(which), {}, note("Las listas existen")}; }
FindingWithdrawn withdrawing(std::string_view which = "h-01") { return {code(which), note("Se aportaron las listas")}; }
FindingClosed closing(std::string_view which = "h-01") { return {code(which), {}}; }
AuditActionProposed proposing(std::string_view action = "a-01", std::string_view of = "h-01") {
  return {note("No hay quien los archive"),
          code(action),
          day("2026-08-31"),
          code(of),
          ActionKind::corrective,
          code("profesional.1"),
          note("Digitalizar y archivar las listas")};
}
AuditActionProgressed progressing(std::int64_t percent = 50, std::string_view action = "a-01") {
  return {code(action), {}, {}, {percent}};
}
AuditActionCompleted completing(std::string_view action = "a-01") {
  return {code(action), day("2026-07-10"), papers()};
}
AuditActionAssessed assessing(bool effective = true, std::string_view action = "a-01") {
  return {code(action), day("2026-07-15"), effective, {}};
}

Given ground() {
  return given(registered_unit("ddo"), registered_unit("dep"), registered_unit("dgdi"),
               registered_actor("profesional.1"));
}
Given opened() { return ground().and_given(on(kAudit, opening())); }
Given found() { return opened().and_given(on(kAudit, finding())); }
Given proposed() { return found().and_given(on(kAudit, proposing()).by("coordinador")); }
Given completed() { return proposed().and_given(on(kAudit, completing()).by("profesional.1")); }
Given assessed(bool effective = true) { return completed().and_given(on(kAudit, assessing(effective))); }
Given finished() { return opened().and_given(on(kAudit, AuditClosed{})); }

const AuditState& state_of(const Given& after) { return after.state<AuditState>(kAudit); }

}  // namespace

TEST_CASE("an audit is opened once, of a fiscal year and of units that there are") {
  const auto after = ground().when(on(kAudit, opening())).then_admitted();
  CHECK(state_of(after).stage == AuditStage::open);
  CHECK(state_of(after).units == std::set<std::string>{"ddo", "dep"});
  after.when(on(kAudit, opening())).refuses(Reason::already_registered, "/stream");
  finished().when(on(kAudit, opening())).refuses(Reason::already_registered, "/stream");
  const auto with = [](const std::function<void(AuditOpened&)>& change) {
    auto event = opening();
    change(event);
    return ground().when(on(kAudit, event));
  };
  with([](auto& a) { a.fiscal_year = {1989}; }).refuses(Reason::field_invalid, "/data/fiscal_year");
  with([](auto& a) { a.fiscal_year = {1990}; }).then_admitted();
  with([](auto& a) { a.fiscal_year = {2199}; }).then_admitted();
  with([](auto& a) { a.fiscal_year = {2200}; }).refuses(Reason::field_invalid, "/data/fiscal_year");
  with([](auto& a) { a.units.clear(); }).refuses(Reason::field_invalid, "/data/units");
  with([](auto& a) { a.units[1] = code("desconocida"); }).refuses(Reason::unit_unknown, "/data/units/1");
  with([](auto& a) { a.units[1] = code("ddo"); }).refuses(Reason::code_repeated, "/data/units/1");
}

TEST_CASE("a finding is of an audited unit, has its own code and its evidence") {
  const auto after = opened().when(on(kAudit, finding())).then_admitted();
  CHECK(state_of(after).findings.at("h-01").unit == "ddo");
  CHECK(state_of(after).findings.at("h-01").stage == FindingStage::open);
  after.when(on(kAudit, finding("h-01", "dep"))).refuses(Reason::code_repeated, "/data/code");
  after.when(on(kAudit, finding("h-02", "dep"))).then_admitted();
  after.when(on(kAudit, finding("h-02", "dgdi"))).refuses(Reason::code_unknown, "/data/unit");
  auto bare = finding("h-02");
  bare.evidence.clear();
  after.when(on(kAudit, bare)).refuses(Reason::evidence_missing, "/data/evidence");
}

TEST_CASE("a finding is answered and disputed by the director of its unit") {
  const auto answered = found().when(on(kAudit, answering()).by("directora", "director@ddo")).then_admitted();
  answered.when(on(kAudit, disputing()).by("directora", "director@ddo")).then_admitted();
  found().when(on(kAudit, answering()).by("director", "director@dep")).refuses(Reason::outside_scope, "/as");
  found().when(on(kAudit, disputing()).by("director", "director@dep")).refuses(Reason::outside_scope, "/as");
  found().when(on(kAudit, answering("h-02"))).refuses(Reason::code_unknown, "/data/code");
  found().when(on(kAudit, disputing("h-02"))).refuses(Reason::code_unknown, "/data/code");
}

TEST_CASE("a finding is withdrawn, and takes nothing more") {
  const auto after = proposed().when(on(kAudit, withdrawing())).then_admitted();
  CHECK(state_of(after).findings.at("h-01").stage == FindingStage::withdrawn);
  for (const auto& saying :
       {on(kAudit, answering()), on(kAudit, disputing()), on(kAudit, withdrawing()), on(kAudit, closing()),
        on(kAudit, progressing()), on(kAudit, completing()), on(kAudit, assessing(false))}) {
    CAPTURE(saying.statement.type);
    after.when(saying).refuses(Reason::wrong_stage, "/data/code");
  }
  after.when(on(kAudit, proposing("a-02"))).refuses(Reason::wrong_stage, "/data/finding");
  found().when(on(kAudit, withdrawing("h-02"))).refuses(Reason::code_unknown, "/data/code");
}

TEST_CASE("an action names a finding that is open, an actor, and its own code") {
  const auto after = found().when(on(kAudit, proposing())).then_admitted();
  CHECK(state_of(after).actions.at("a-01").finding == "h-01");
  after.when(on(kAudit, proposing())).refuses(Reason::code_repeated, "/data/code");
  after.when(on(kAudit, proposing("a-02"))).then_admitted();
  after.when(on(kAudit, proposing("a-02", "h-02"))).refuses(Reason::code_unknown, "/data/finding");
  auto event = proposing();
  event.responsible = code("nadie");
  found().when(on(kAudit, event)).refuses(Reason::no_such_actor, "/data/responsible");
}

TEST_CASE("actions are proposed, told and completed by those who speak for the finding's unit") {
  for (const char* role : {"professional", "coordinator", "director"}) {
    CAPTURE(role);
    const auto own = std::string(role) + "@ddo", other = std::string(role) + "@dep";
    found().when(on(kAudit, proposing()).by("alguien", own)).then_admitted();
    found().when(on(kAudit, proposing()).by("alguien", other)).refuses(Reason::outside_scope, "/as");
    for (const auto& saying : {on(kAudit, progressing()), on(kAudit, completing())}) {
      CAPTURE(saying.statement.type);
      proposed().when(Saying(saying).by("alguien", own)).then_admitted();
      proposed().when(Saying(saying).by("alguien", other)).refuses(Reason::outside_scope, "/as");
    }
  }
}

TEST_CASE("progress is told from 0 to 100 percent, until the action is completed") {
  proposed().when(on(kAudit, progressing(0))).then_admitted();
  const auto whole = proposed().when(on(kAudit, progressing(100))).then_admitted();
  CHECK_FALSE(state_of(whole).actions.at("a-01").completed);
  whole.when(on(kAudit, progressing(99))).then_admitted();
  proposed().when(on(kAudit, progressing(101))).refuses(Reason::field_invalid, "/data/percent");
  proposed().when(on(kAudit, progressing(50, "a-02"))).refuses(Reason::code_unknown, "/data/code");
  completed().when(on(kAudit, progressing())).refuses(Reason::wrong_stage, "/data/code");
}

TEST_CASE("an action is completed once, with evidence") {
  const auto after = proposed().when(on(kAudit, completing())).then_admitted();
  CHECK(state_of(after).actions.at("a-01").completed);
  after.when(on(kAudit, completing())).refuses(Reason::wrong_stage, "/data/code");
  auto bare = completing();
  bare.evidence.clear();
  proposed().when(on(kAudit, bare)).refuses(Reason::evidence_missing, "/data/evidence");
  proposed().when(on(kAudit, completing("a-02"))).refuses(Reason::code_unknown, "/data/code");
  auto ahead = completing();
  ahead.date = day("2026-07-16");
  proposed().when(on(kAudit, ahead)).refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE("an action is assessed once: effective when it was completed, not effective also when it was not") {
  const auto after = completed().when(on(kAudit, assessing())).then_admitted();
  CHECK(state_of(after).actions.at("a-01").assessed);
  CHECK(state_of(after).findings.at("h-01").remedied);
  for (const auto& saying : {on(kAudit, progressing()), on(kAudit, completing()), on(kAudit, assessing(false))}) {
    CAPTURE(saying.statement.type);
    after.when(saying).refuses(Reason::wrong_stage, "/data/code");
  }
  proposed().when(on(kAudit, assessing(true))).refuses(Reason::wrong_stage, "/data/code");
  const auto failed = proposed().when(on(kAudit, assessing(false))).then_admitted();
  CHECK_FALSE(state_of(failed).findings.at("h-01").remedied);
  failed.when(on(kAudit, completing())).refuses(Reason::wrong_stage, "/data/code");
  completed().when(on(kAudit, assessing(true, "a-02"))).refuses(Reason::code_unknown, "/data/code");
  auto ahead = assessing();
  ahead.date = day("2026-07-16");
  completed().when(on(kAudit, ahead)).refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE("who proposed, told or completed an action does not assess it") {
  const auto told = proposed().and_given(on(kAudit, progressing()).by("profesional.2"));
  const auto done = Given(told).and_given(on(kAudit, completing()).by("profesional.1"));
  done.when(on(kAudit, assessing()).by("coordinador")).refuses(Duty::proposer_does_not_decide);
  done.when(on(kAudit, assessing()).by("profesional.1")).refuses(Duty::doer_does_not_assess);
  done.when(on(kAudit, assessing()).by("profesional.2")).refuses(Duty::doer_does_not_assess);
  done.when(on(kAudit, assessing()).by("auditora")).then_admitted();
  told.when(on(kAudit, assessing(false)).by("coordinador")).refuses(Duty::proposer_does_not_decide);
}

TEST_CASE("a finding closes when all its actions are assessed and the last one is effective") {
  const auto after = assessed().when(on(kAudit, closing())).then_admitted();
  CHECK(state_of(after).findings.at("h-01").stage == FindingStage::closed);
  after.when(on(kAudit, closing())).refuses(Reason::wrong_stage, "/data/code");
  after.when(on(kAudit, proposing("a-02"))).refuses(Reason::wrong_stage, "/data/finding");
  found().when(on(kAudit, closing("h-02"))).refuses(Reason::code_unknown, "/data/code");
  found().when(on(kAudit, closing())).refuses(Reason::wrong_stage, "/data/code");
  completed().when(on(kAudit, closing())).refuses(Reason::wrong_stage, "/data/code");
  // Another action of the finding is still to be assessed; one of another finding is of no account.
  assessed()
      .and_given(on(kAudit, proposing("a-02")))
      .when(on(kAudit, closing()))
      .refuses(Reason::wrong_stage, "/data/code");
  assessed()
      .and_given(on(kAudit, finding("h-02")))
      .and_given(on(kAudit, proposing("a-02", "h-02")))
      .when(on(kAudit, closing()))
      .then_admitted();
}

TEST_CASE("an action that is not effective leaves its finding open until another is") {
  const auto failed = assessed(false);
  failed.when(on(kAudit, closing())).refuses(Reason::wrong_stage, "/data/code");
  const auto second = Given(failed)
                          .and_given(on(kAudit, proposing("a-02")).by("coordinador"))
                          .and_given(on(kAudit, completing("a-02")).by("profesional.1"));
  second.when(on(kAudit, closing())).refuses(Reason::wrong_stage, "/data/code");
  Given(second).and_given(on(kAudit, assessing(true, "a-02"))).when(on(kAudit, closing())).then_admitted();
  Given(second)
      .and_given(on(kAudit, assessing(false, "a-02")))
      .when(on(kAudit, closing()))
      .refuses(Reason::wrong_stage, "/data/code");
  // One that fails after one that did not.
  assessed(true)
      .and_given(on(kAudit, proposing("a-02")).by("coordinador"))
      .and_given(on(kAudit, assessing(false, "a-02")))
      .when(on(kAudit, closing()))
      .refuses(Reason::wrong_stage, "/data/code");
}

TEST_CASE("an audit is closed without open findings, and takes nothing before it is opened or after it is closed") {
  opened().when(on(kAudit, AuditClosed{})).then_admitted();
  found().when(on(kAudit, AuditClosed{})).refuses(Reason::wrong_stage, "/stream");
  found().and_given(on(kAudit, withdrawing())).when(on(kAudit, AuditClosed{})).then_admitted();
  const auto closed =
      assessed().and_given(on(kAudit, closing())).when(on(kAudit, AuditClosed{papers(), {}})).then_admitted();
  CHECK(state_of(closed).stage == AuditStage::closed);
  for (const auto& saying :
       {on(kAudit, finding("h-02")), on(kAudit, answering()), on(kAudit, disputing()), on(kAudit, withdrawing()),
        on(kAudit, closing()), on(kAudit, proposing("a-02")), on(kAudit, progressing()), on(kAudit, completing()),
        on(kAudit, assessing()), on(kAudit, AuditClosed{})}) {
    CAPTURE(saying.statement.type);
    closed.when(saying).refuses(Reason::wrong_stage, "/stream");
    ground().when(saying).refuses(Reason::wrong_stage, "/stream");
  }
}

TEST_CASE("an audit whose content is gone keeps its stage, and what is said of the lost leaves no trace") {
  const auto bare = ground().and_given(on(kAudit, opening()).destroyed());
  CHECK(state_of(bare).stage == AuditStage::open);
  CHECK(state_of(bare).units.empty());
  CHECK(state_of(opened().and_given(on(kAudit, finding()).destroyed())).findings.empty());
  CHECK(state_of(found().and_given(on(kAudit, proposing()).destroyed())).actions.empty());
  CHECK_FALSE(state_of(proposed().and_given(on(kAudit, completing()).destroyed())).actions.at("a-01").completed);
  const auto untold = assessed().and_given(on(kAudit, closing()).destroyed());
  CHECK(state_of(untold).findings.at("h-01").stage == FindingStage::open);
  CHECK(state_of(untold).findings.size() == 1);
  CHECK(state_of(finished()).stage == AuditStage::closed);
}
