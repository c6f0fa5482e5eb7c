// Rules of the streams `claim/{code}`.
#include <catch2/catch.hpp>
#include <functional>

#include "tests/support/record_histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

Saying requesting(
    const std::function<void(PersonalRequested&)>& change = [](auto&) {},
    std::optional<ClaimPetition> petition = ClaimPetition::rectification) {
  auto event = claim_request(petition);
  change(event);
  return on(kClaim, event).by("receptora");
}
Saying deciding(const PersonalDecided& decision) { return on(kClaim, decision).by("abogada"); }
Saying deciding(ClaimDecision decision) { return deciding(claim_decision(decision)); }
Saying rectifying() {
  PersonalRectified event;
  event.personal = claim_request({}).personal;
  event.date = day("2026-07-15");
  return on(kClaim, event);
}
Saying erasing(std::vector<PersonalPart> parts = {personal_part()}) {
  return on(kClaim, PersonalErased{{std::move(parts)}, day("2026-07-15"), {{digest_of("acta"), title("Acta")}}});
}
const ClaimState& claim(const Given& after) { return after.state<ClaimState>(kClaim); }

}  // namespace

TEST_CASE("a request about personal data is recorded once, with its person, and asks for what its kind allows") {
  const auto after = given().when(requesting()).then_admitted();
  CHECK(claim(after).stage == ClaimStage::requested);
  CHECK(claim(after).petition == ClaimPetition::rectification);
  after.when(requesting()).refuses(Reason::already_registered, "/stream");
  given().when(requesting([](auto&) {}, {})).then_admitted();
  given().when(requesting([](auto& e) { e.personal.clear(); })).refuses(Reason::field_invalid, "/personal");
  given().when(requesting([](auto& e) { e.petition.reset(); })).refuses(Reason::field_missing, "/data/petition");
  given()
      .when(requesting([](auto& e) { e.kind = ClaimKind::consultation; }))
      .refuses(Reason::field_invalid, "/data/kind");
  given().when(requesting([](auto& e) { e.date = day("2026-07-15"); })).then_admitted();
  given().when(requesting([](auto& e) { e.date = day("2026-07-16"); })).refuses(Reason::in_the_future, "/data/date");
  given()
      .when(requesting([](auto& e) { e.files = {code("e-0001")}; }))
      .refuses(Reason::not_registered, "/data/files/0");
  given(adopted_schedule(), opened_file())
      .when(requesting([](auto& e) { e.files = {code("e-0001")}; }))
      .then_admitted();
}

TEST_CASE("terms are counted in business days from the day after receipt, and never refused") {
  const Calendar national(Scope::national);
  CHECK(claim_term(ClaimKind::consultation, day("2026-07-01"), national) ==
        ClaimTerm{day("2026-07-15"), day("2026-07-23")});
  CHECK(claim_term(ClaimKind::claim, day("2026-07-01"), national) == ClaimTerm{day("2026-07-23"), day("2026-08-04")});
  CHECK(claim_term(ClaimKind::claim, day("2026-11-20"), national).due == day("2026-12-14"));
  auto late = claim_decision(ClaimDecision::refused);
  late.date = day("2027-03-01");
  given(requesting()).when(deciding(late).at("2027-03-01T09:00:00-05:00")).then_admitted();
}

TEST_CASE("the term of a request is extended within the term, and no further than the law allows") {
  const auto extending = [](const char* date, const char* until) {
    const std::vector<Evidence> notice{{digest_of("aviso"), title("Aviso de la demora")}};
    return on(kClaim,
              PersonalExtended{day(date), notice, note("La oficina de archivo busca el documento."), day(until)})
        .by("abogada")
        .at("2026-07-31T09:00:00-05:00");
  };
  // Received on 1 July 2026: a claim is due on the 23rd and at most on 4 August, a consultation on the 15th and 23rd.
  const auto received = [](auto& e) { e.date = day("2026-07-01"); };
  const auto asked = given(requesting(received));
  const auto after = asked.when(extending("2026-07-23", "2026-08-03")).then_admitted();
  CHECK(claim(after).extended_until == day("2026-08-03"));
  after.when(extending("2026-07-23", "2026-08-04")).then_admitted();
  after.when(extending("2026-07-23", "2026-08-03")).refuses(Reason::field_invalid, "/data/until");
  asked.when(extending("2026-07-23", "2026-08-05")).refuses(Reason::extension_too_long, "/data/until");
  asked.when(extending("2026-07-23", "2026-07-23")).refuses(Reason::field_invalid, "/data/until");
  asked.when(extending("2026-07-24", "2026-08-03")).refuses(Reason::term_ended, "/data/date");
  asked.when(extending("2026-06-30", "2026-08-03")).refuses(Reason::dates_reversed, "/data/date");
  asked.when(extending("2026-08-01", "2026-08-03")).refuses(Reason::in_the_future, "/data/date");

  const PersonalExtended unproved{day("2026-07-23"), {}, note("Se busca."), day("2026-08-03")};
  asked.when(on(kClaim, unproved).at("2026-07-31T09:00:00-05:00")).refuses(Reason::evidence_missing, "/data/evidence");

  const auto consulted = given(requesting(
      [&](auto& e) {
        received(e);
        e.kind = ClaimKind::consultation;
      },
      {}));
  consulted.when(extending("2026-07-15", "2026-07-23")).then_admitted();
  consulted.when(extending("2026-07-15", "2026-07-24")).refuses(Reason::extension_too_long, "/data/until");
  consulted.when(extending("2026-07-16", "2026-07-23")).refuses(Reason::term_ended, "/data/date");

  given().when(extending("2026-07-15", "2026-07-23")).refuses(Reason::wrong_stage, "/stream");
  given(requesting(received), deciding(ClaimDecision::granted))
      .when(extending("2026-07-15", "2026-07-23"))
      .refuses(Reason::wrong_stage, "/stream");
  // Of a request whose content is gone nobody knows the term.
  given(requesting(received).destroyed()).when(extending("2026-07-31", "2027-01-01")).then_admitted();
}

TEST_CASE("a request is decided once, with evidence, and not by who recorded it") {
  for (auto decision : {ClaimDecision::granted, ClaimDecision::refused, ClaimDecision::returned}) {
    const auto after = given(requesting()).when(deciding(decision)).then_admitted();
    CHECK(claim(after).decision == decision);
    after.when(deciding(decision)).refuses(Reason::wrong_stage, "/stream");
  }
  given().when(deciding(ClaimDecision::granted)).refuses(Reason::wrong_stage, "/stream");
  given(requesting())
      .when(deciding(ClaimDecision::granted).by("receptora"))
      .refuses(Reason::separation_of_duties, "/actor");
  auto event = claim_decision(ClaimDecision::granted);
  event.evidence.clear();
  given(requesting()).when(deciding(event)).refuses(Reason::evidence_missing, "/data/evidence");
  event = claim_decision(ClaimDecision::granted);
  event.date = day("2026-07-16");
  given(requesting()).when(deciding(event)).refuses(Reason::in_the_future, "/data/date");
  event.date = day("2026-06-30");
  given(requesting()).when(deciding(event)).refuses(Reason::dates_reversed, "/data/date");
  event = claim_decision(ClaimDecision::granted);
  event.open.parts = {personal_part()};
  given(requesting()).when(deciding(event)).refuses(Reason::field_invalid, "/open/parts");
}

TEST_CASE("an erasure is refused where retention obliges, and granted where the file was eliminated everywhere") {
  given(executed_disposal(), requested_erasure()).when(deciding(granted_erasure())).then_admitted();
  const auto parts_only = "/open/parts/0/event";
  given(adopted_schedule(), closed_file(), requested_erasure())
      .when(deciding(granted_erasure()))
      .refuses(Reason::retention_obliges, parts_only);
  given(approved_disposal(), requested_erasure())
      .when(deciding(granted_erasure()))
      .refuses(Reason::retention_obliges, parts_only);
  given(approved_disposal(), on(kDisposal, disposal_execution({Location::vault})), requested_erasure())
      .when(deciding(granted_erasure()))
      .refuses(Reason::retention_obliges, parts_only);
  auto unnamed = granted_erasure();
  unnamed.disposals.clear();
  given(executed_disposal(), requested_erasure())
      .when(deciding(unnamed))
      .refuses(Reason::retention_obliges, parts_only);
  given(adopted_schedule(), closed_file(), requested_erasure()).when(deciding(ClaimDecision::refused)).then_admitted();
}

TEST_CASE("an erasure is refused for a file that the request names, too") {
  const auto naming = [](const std::string& file) {
    auto history = executed_disposal();
    for (const auto& saying : closed_file("e-0002")) history.push_back(saying);
    auto request = requested_erasure({});
    auto event = claim_request(ClaimPetition::erasure);
    event.files = {code(file)};
    request.back() = on(kClaim, event).by("receptora");
    for (const auto& saying : request) history.push_back(saying);
    return history;
  };
  given(naming("e-0001")).when(deciding(granted_erasure())).then_admitted();
  given(naming("e-0002")).when(deciding(granted_erasure())).refuses(Reason::retention_obliges, "/open/decision");
}

TEST_CASE("what is erased are personal parts of events recorded") {
  given(requested_erasure({})).when(deciding(granted_erasure())).then_admitted();
  const auto with = [](const std::function<void(PersonalDecided&)>& change) {
    auto event = granted_erasure();
    change(event);
    return deciding(event);
  };
  const auto asked = given(requested_erasure({}), registered_unit());
  asked.when(with([](auto& e) { e.open.parts.clear(); })).refuses(Reason::field_invalid, "/open/parts");
  asked.when(with([](auto& e) { e.open.parts = {personal_part("01890a5d-ac96-774b-bcce-b302099a8058")}; }))
      .refuses(Reason::cause_unknown, "/open/parts/0/event");
  auto impersonal = on("unit/dep", UnitRegistered{{}, {}, title("Dependencia"), {}});
  impersonal.statement.id = EventId::parse("01890a5d-ac96-774b-bcce-b302099a8059").value();
  given(requested_erasure({}), impersonal)
      .when(with([](auto& e) { e.open.parts.push_back(personal_part("01890a5d-ac96-774b-bcce-b302099a8059")); }))
      .refuses(Reason::field_invalid, "/open/parts/1/event");
}

TEST_CASE("personal data are rectified when that was granted, by another person than decided") {
  const auto granted = given(requesting(), deciding(ClaimDecision::granted));
  const auto after = granted.when(rectifying()).then_admitted();
  CHECK(claim(after).stage == ClaimStage::executed);
  after.when(rectifying()).refuses(Reason::wrong_stage, "/stream");
  granted.when(rectifying().by("abogada", "legal")).refuses(Reason::separation_of_duties, "/actor");
  granted.when(rectifying().by("receptora")).then_admitted();
  granted.when(erasing()).refuses(Reason::wrong_stage, "/stream");
  given(requesting(), deciding(ClaimDecision::refused)).when(rectifying()).refuses(Reason::wrong_stage, "/stream");
  given(requesting()).when(rectifying()).refuses(Reason::wrong_stage, "/stream");
  PersonalRectified of_nobody;
  of_nobody.date = day("2026-07-15");
  granted.when(on(kClaim, of_nobody)).refuses(Reason::field_invalid, "/personal");
  auto early = claim_request({}).personal;
  granted.when(on(kClaim, PersonalRectified{early, day("2026-07-16"), {}}))
      .refuses(Reason::in_the_future, "/data/date");
  granted.when(on(kClaim, PersonalRectified{early, day("2026-07-13"), {}}))
      .refuses(Reason::dates_reversed, "/data/date");
}

TEST_CASE("personal data are erased exactly as decided, by another person than decided") {
  const auto decided = given(decided_erasure());
  const auto after = decided.when(erasing()).then_admitted();
  CHECK(claim(after).stage == ClaimStage::executed);
  after.when(erasing()).refuses(Reason::wrong_stage, "/stream");
  decided.when(erasing().by("abogada", "legal")).refuses(Reason::separation_of_duties, "/actor");
  decided.when(erasing({})).refuses(Reason::field_invalid, "/open/parts");
  decided.when(erasing({personal_part(kPersonalEvent, 1)})).refuses(Reason::field_invalid, "/open/parts");
  decided.when(rectifying()).refuses(Reason::wrong_stage, "/stream");
  decided.when(on(kClaim, PersonalErased{{{personal_part()}}, day("2026-07-15"), {}}))
      .refuses(Reason::evidence_missing, "/data/evidence");
  decided.when(on(kClaim, PersonalErased{{{personal_part()}}, day("2026-07-16"), {{digest_of("acta"), title("Acta")}}}))
      .refuses(Reason::in_the_future, "/data/date");
  decided.when(on(kClaim, PersonalErased{{{personal_part()}}, day("2026-07-13"), {{digest_of("acta"), title("Acta")}}}))
      .refuses(Reason::dates_reversed, "/data/date");
}

TEST_CASE("a claim whose content is gone keeps what was decided to be erased, and what it asked is not granted") {
  auto history = decided_erasure();
  history.back().destroyed();
  given(history).when(erasing()).then_admitted();
  const auto gone = given(requesting().destroyed());
  CHECK(claim(gone).stage == ClaimStage::requested);
  CHECK_FALSE(claim(gone).petition);
  gone.when(deciding(ClaimDecision::granted))
      .then_admitted()
      .when(rectifying())
      .refuses(Reason::wrong_stage, "/stream");
}
