// Rules of the streams `disposal/{code}`.
#include <catch2/catch.hpp>
#include <functional>

#include "tests/support/record_histories.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

constexpr const char* kProposalDay = "2026-01-30T09:00:00-05:00";

Saying proposing(const std::vector<std::string>& files = {"e-0001"}) {
  return on(kDisposal, disposal_proposal(files)).at(kProposalDay);
}
Saying selecting(const std::vector<std::string>& files, const std::vector<std::string>& kept) {
  SelectionMade event;
  event.criterion = note("Los de municipios PDET");
  for (const auto& file : files) event.files.push_back(code(file));
  for (const auto& file : kept) event.kept.push_back(code(file));
  event.sample = note("El 10 %, por orden de número");
  return on(kDisposal, event);
}
Saying publishing(const char* date = "2026-01-30", std::string_view inventory = "inventario") {
  return on(kDisposal, DisposalPublished{{digest_of(inventory)}, title("https://ejemplo.gov.co"), day(date)});
}
Saying observing(const std::string& name = "o-1", const char* date = "2026-03-02") {
  return on(kDisposal, DisposalObserved{{{title("vecina@ejemplo.co"), title("Ana Pérez")}},
                                        code(name),
                                        day(date),
                                        {},
                                        note("Son necesarios para la memoria del municipio")});
}
Saying answering(const std::string& name = "o-1") {
  return on(kDisposal, DisposalObservationAnswered{note("Los conserva el municipio"), code(name), {}});
}
Saying postponing(const char* until) {
  return on(kDisposal, DisposalPostponed{note("Se espera el concepto del AGN"), day(until)});
}
Saying withdrawing() { return on(kDisposal, DisposalWithdrawn{note("El inventario tenía errores")}); }
Saying approving(const std::function<void(DisposalApproved&)>& change = [](auto&) {}) {
  auto event = disposal_approval();
  change(event);
  return on(kDisposal, event).by("secretaria");
}
Saying approving_on(const char* date) {
  return approving([&](auto& e) { e.date = day(date); });
}
Saying rejecting(std::string_view inventory = "inventario") {
  DisposalRejected event;
  static_cast<CommitteeSession&>(event) = disposal_approval();
  event.open.inventory = digest_of(inventory);
  event.reason = note("Falta el concepto de una dependencia");
  return on(kDisposal, event).by("secretaria");
}
Saying executing(
    const std::vector<Location>& locations = all_locations(),
    const std::function<void(DisposalExecuted&)>& change = [](auto&) {}) {
  auto event = disposal_execution(locations);
  change(event);
  return on(kDisposal, event).by("ejecutora");
}
Saying certifying(bool incomplete = false, std::string_view inventory = "inventario") {
  return on(kDisposal,
            DisposalCertified{
                {digest_of("acta"), incomplete, digest_of(inventory)}, {}, title("Acta de eliminación 1 de 2026")});
}
Saying hold() { return on(kFile, HoldPlaced{{code("s-1")}, note("Proceso judicial en curso"), {}}); }
Saying release() { return on(kFile, HoldReleased{{code("s-1")}, note("Terminó")}).by("otra.abogada"); }
Saying reopen() { return on(kFile, FileReopened{note("Falta un acta"), {digest_of("memo"), title("Memorando")}}); }

Given with_closed_file(const std::string& row = "eliminacion") {
  return given(adopted_schedule(), closed_file("e-0001", row));
}
const DisposalState& disposal(const Given& after) { return after.state<DisposalState>(kDisposal); }

}  // namespace

TEST_CASE("a disposal is proposed once, of files closed whose retention is over") {
  const auto after = with_closed_file().when(proposing().by("proponente")).then_admitted();
  CHECK(disposal(after).stage == DisposalStage::proposed);
  CHECK(disposal(after).files == std::set<std::string>{"e-0001"});
  CHECK(disposal(after).inventory == digest_of("inventario"));
  after.when(proposing()).refuses(Reason::wrong_stage, "/stream");

  with_closed_file().when(proposing({})).refuses(Reason::field_invalid, "/data/files");
  with_closed_file().when(proposing({"e-0001", "e-0001"})).refuses(Reason::code_repeated, "/data/files/1");
  with_closed_file().when(proposing({"e-0001", "e-0002"})).refuses(Reason::not_registered, "/data/files/1");
  given(adopted_schedule(), filled_file()).when(proposing()).refuses(Reason::wrong_stage, "/data/files/0");
  given(adopted_schedule(), closed_file(), reopen()).when(proposing()).refuses(Reason::wrong_stage, "/data/files/0");
  given(adopted_schedule(), closed_file(),
        on(kFile, TransferProposed{{digest_of("FUID"), TransferKind::primary}, title("T-1")}))
      .when(proposing())
      .refuses(Reason::wrong_stage, "/data/files/0");
}

TEST_CASE("retention is over the day after its last day") {
  with_closed_file().when(proposing()).then_admitted();
  with_closed_file()
      .when(proposing().at("2026-01-29T23:59:59-05:00"))
      .refuses(Reason::retention_running, "/data/files/0");
  with_closed_file().when(proposing().at("2026-01-30T00:00:00-05:00")).then_admitted();
  const auto longer = given(adopted_schedule(), closed_file(),
                            on(kFile, RetentionChanged{{}, {4}, {}, {2}, note("Lo pide el comité")}));
  longer.when(proposing()).refuses(Reason::retention_running, "/data/files/0");
  longer.when(proposing().at("2027-01-29T12:00:00-05:00")).refuses(Reason::retention_running, "/data/files/0");
  longer.when(proposing().at("2027-01-30T12:00:00-05:00")).then_admitted();
}

TEST_CASE("retention whose last day is closed by decree ends on the next business day") {
  const auto decreed = given(
      adopted_schedule(), closed_file(),
      on("calendar/national", CalendarChanged{{true, day("2026-01-29"), title("Duelo nacional"), title("Decreto 9")}}));
  decreed.when(proposing()).refuses(Reason::retention_running, "/data/files/0");
  decreed.when(proposing().at("2026-01-31T09:00:00-05:00")).then_admitted();
}

TEST_CASE("retention runs from the fact that the row names, and does not run before") {
  const auto unended = with_closed_file("definitivo");
  unended.when(proposing()).refuses(Reason::retention_running, "/data/files/0");
  const auto ended = given(adopted_schedule(), closed_file("e-0001", "definitivo"),
                           on(kFile, FileClosedDefinitively{{{1}, digest_of("índice")}, day("2021-06-30"), {}, {}}));
  ended.when(proposing()).refuses(Reason::retention_running, "/data/files/0");
  ended.when(proposing().at("2026-06-30T09:00:00-05:00")).refuses(Reason::retention_running, "/data/files/0");
  ended.when(proposing().at("2026-07-01T09:00:00-05:00")).then_admitted();
  with_closed_file("vigencia").when(proposing()).refuses(Reason::retention_running, "/data/files/0");
  given(adopted_schedule(), closed_file("e-0001", "vigencia"),
        on(kFile, RetentionChanged{{}, {3}, day("2020-12-31"), {2}, note("Cerró la vigencia")}))
      .when(proposing())
      .then_admitted();
}

TEST_CASE("what the schedule conserves is never eliminated, and of a selection only what it does not keep") {
  with_closed_file("conservacion").when(proposing()).refuses(Reason::disposition_forbids, "/data/files/0");
  with_closed_file("reproduccion").when(proposing()).refuses(Reason::disposition_forbids, "/data/files/0");
  with_closed_file("seleccion").when(proposing()).refuses(Reason::disposition_forbids, "/data/files/0");
  const auto two = given(adopted_schedule(), closed_file("e-0001", "seleccion"), closed_file("e-0002", "seleccion"));
  const auto selected = two.when(selecting({"e-0001", "e-0002"}, {"e-0002"}).by("proponente")).then_admitted();
  CHECK(disposal(selected).stage == DisposalStage::none);
  CHECK(disposal(selected).kept == std::set<std::string>{"e-0002"});
  selected.when(proposing()).then_admitted();
  selected.when(proposing({"e-0001", "e-0002"})).refuses(Reason::disposition_forbids, "/data/files/1");
}

TEST_CASE("a selection is made of files whose row says so, before the proposal, each once") {
  const auto two = given(adopted_schedule(), closed_file("e-0001", "seleccion"), closed_file("e-0002", "seleccion"),
                         closed_file("e-0003"));
  two.when(selecting({}, {})).refuses(Reason::field_invalid, "/data/files");
  two.when(selecting({"e-0003"}, {})).refuses(Reason::field_invalid, "/data/files/0");
  two.when(selecting({"e-0001", "e-0009"}, {})).refuses(Reason::not_registered, "/data/files/1");
  two.when(selecting({"e-0001", "e-0001"}, {})).refuses(Reason::code_repeated, "/data/files/1");
  two.when(selecting({"e-0001"}, {"e-0002"})).refuses(Reason::code_unknown, "/data/kept/0");
  two.when(selecting({"e-0001"}, {"e-0001", "e-0001"})).refuses(Reason::code_repeated, "/data/kept/1");
  const auto one = two.when(selecting({"e-0001"}, {})).then_admitted();
  one.when(selecting({"e-0001"}, {})).refuses(Reason::code_repeated, "/data/files/0");
  one.when(selecting({"e-0002"}, {"e-0002"})).then_admitted();
  two.when(proposing({"e-0003"}))
      .then_admitted()
      .when(selecting({"e-0001"}, {}))
      .refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("a file on hold is in no disposal, at any of its steps") {
  given(adopted_schedule(), closed_file(), hold()).when(proposing()).refuses(Reason::hold_in_force, "/data/files/0");
  given(adopted_schedule(), closed_file(), hold(), release()).when(proposing()).then_admitted();
  given(published_disposal(), hold()).when(approving()).refuses(Reason::hold_in_force, "/open/inventory");
  given(published_disposal(), hold(), release()).when(approving()).then_admitted();
  given(approved_disposal(), hold()).when(executing()).refuses(Reason::hold_in_force, "/open/inventory");
  given(approved_disposal(), executing({Location::vault}), hold())
      .when(executing({Location::paper}))
      .refuses(Reason::hold_in_force, "/open/inventory");
}

TEST_CASE("a file that an open one refers to is in no disposal") {
  const auto refer = [](const char* stage_of_other) {
    auto history = adopted_schedule();
    for (const auto& saying : closed_file()) history.push_back(saying);
    for (const auto& saying :
         std::string_view(stage_of_other) == "open" ? filled_file("e-0002") : closed_file("e-0002"))
      history.push_back(saying);
    history.push_back(on(kFile, FileRelated{code("e-0002"), note("Lo continúa"), FileRelation::referred_from}));
    return history;
  };
  given(refer("open")).when(proposing()).refuses(Reason::referred_from_open, "/data/files/0");
  given(refer("closed")).when(proposing()).then_admitted();
}

TEST_CASE("what was disposable at the proposal is asked again at the approval and the execution") {
  given(published_disposal(), reopen()).when(approving()).refuses(Reason::wrong_stage, "/open/inventory");
  given(approved_disposal(), reopen()).when(executing()).refuses(Reason::wrong_stage, "/open/inventory");
  const FileReclassified kept{note("La fila era otra"), code("conservacion"), code("trd-1")};
  given(published_disposal(), on(kFile, kept))
      .when(approving())
      .refuses(Reason::disposition_forbids, "/open/inventory");
  // What is destroyed cannot be asked for its term any more.
  given(approved_disposal(), executing({Location::vault}), reopen()).when(executing({Location::paper})).then_admitted();
}

TEST_CASE("every unit that produced files of the inventory gives its opinion, with evidence") {
  const auto changed = [](const std::function<void(DisposalProposed&)>& change) {
    auto event = disposal_proposal();
    change(event);
    return on(kDisposal, event).at(kProposalDay);
  };
  with_closed_file()
      .when(changed([](auto& e) { e.opinions.clear(); }))
      .refuses(Reason::field_invalid, "/data/opinions");
  with_closed_file()
      .when(changed([](auto& e) { e.opinions[0].unit = code("dep"); }))
      .refuses(Reason::field_invalid, "/data/opinions");
  with_closed_file()
      .when(changed([](auto& e) { e.opinions.push_back(e.opinions[0]); }))
      .refuses(Reason::code_repeated, "/data/opinions/1/unit");
  with_closed_file()
      .when(changed([](auto& e) { e.opinions[0].evidence.clear(); }))
      .refuses(Reason::evidence_missing, "/data/opinions/0/evidence");
  with_closed_file()
      .when(changed([](auto& e) { e.opinions[0].opinion = DisposalOpinion::unfavourable; }))
      .then_admitted();
}

TEST_CASE("the inventory proposed is published, not before the day it was proposed") {
  const auto after = given(proposed_disposal()).when(publishing()).then_admitted();
  CHECK(disposal(after).published_on == day("2026-01-30"));
  after.when(publishing()).refuses(Reason::wrong_stage, "/stream");
  given(proposed_disposal()).when(publishing("2026-01-29")).refuses(Reason::dates_reversed, "/data/date");
  given(proposed_disposal()).when(publishing("2026-07-15")).then_admitted();
  given(proposed_disposal()).when(publishing("2026-07-16")).refuses(Reason::in_the_future, "/data/date");
  given(proposed_disposal())
      .when(publishing("2026-01-30", "otro"))
      .refuses(Reason::not_what_was_presented, "/open/inventory");
  given().when(publishing()).refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("observations come while it is published, and each is answered once") {
  const auto observed = given(published_disposal()).when(observing()).then_admitted();
  observed.when(observing()).refuses(Reason::code_repeated, "/data/code");
  observed.when(approving()).refuses(Reason::observation_open, "/stream");
  observed.when(answering("o-2")).refuses(Reason::code_unknown, "/data/code");
  const auto answered = observed.when(answering()).then_admitted();
  answered.when(answering()).refuses(Reason::wrong_stage, "/data/code");
  answered.when(approving()).then_admitted();
  answered.when(observing("o-2")).then_admitted().when(approving()).refuses(Reason::observation_open, "/stream");
  given(published_disposal()).when(observing("o-1", "2026-01-29")).refuses(Reason::dates_reversed, "/data/date");
  given(published_disposal()).when(observing("o-1", "2026-01-30")).then_admitted();
  given(published_disposal()).when(observing("o-1", "2026-07-16")).refuses(Reason::in_the_future, "/data/date");
  given(proposed_disposal()).when(observing()).refuses(Reason::wrong_stage, "/stream");
  given(proposed_disposal()).when(answering()).refuses(Reason::wrong_stage, "/stream");
  given(approved_disposal()).when(observing()).refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("a disposal is approved after 60 business days of publication") {
  CHECK(publication_end(day("2026-01-30"), Calendar(Scope::national)) == day("2026-04-30"));
  const auto published = given(published_disposal());
  const auto after = published.when(approving_on("2026-05-01")).then_admitted();
  CHECK(disposal(after).stage == DisposalStage::approved);
  after.when(approving()).refuses(Reason::wrong_stage, "/stream");
  published.when(approving_on("2026-04-30")).refuses(Reason::term_running, "/data/date");
  published.when(approving_on("2026-07-16")).refuses(Reason::in_the_future, "/data/date");
  given(proposed_disposal()).when(approving()).refuses(Reason::wrong_stage, "/stream");
  given(published_disposal(),
        on("calendar/national", CalendarChanged{{true, day("2026-04-30"), title("Duelo"), title("Decreto 9")}}))
      .when(approving_on("2026-05-04"))
      .refuses(Reason::term_running, "/data/date");
}

TEST_CASE("the committee decides on exactly the inventory proposed, by its votes, and not who proposed it") {
  const auto published = given(published_disposal());
  published.when(approving([](auto& e) { e.open.inventory = digest_of("otro"); }))
      .refuses(Reason::not_what_was_presented, "/open/inventory");
  published.when(approving([](auto& e) { e.votes_for = {1}; })).refuses(Reason::field_invalid, "/data/votes_for");
  published.when(approving([](auto& e) { e.quorum = {4}; })).refuses(Reason::field_invalid, "/data/quorum");
  published.when(approving().by("proponente")).refuses(Reason::separation_of_duties, "/actor");
  auto for_proposer = approving();
  for_proposer.statement.on_behalf = "proponente";
  published.when(for_proposer).refuses(Reason::separation_of_duties, "/actor");

  const auto rejected = published.when(rejecting()).then_admitted();
  CHECK(disposal(rejected).stage == DisposalStage::rejected);
  rejected.when(approving()).refuses(Reason::wrong_stage, "/stream");
  rejected.when(rejecting()).refuses(Reason::wrong_stage, "/stream");
  published.when(rejecting("otro")).refuses(Reason::not_what_was_presented, "/open/inventory");
  published.when(rejecting().by("proponente")).refuses(Reason::separation_of_duties, "/actor");
  given(proposed_disposal()).when(rejecting()).then_admitted();
  given(approved_disposal()).when(rejecting()).refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("who made the selection does not decide either") {
  given(adopted_schedule(), closed_file("e-0001", "seleccion"), selecting({"e-0001"}, {}).by("seleccionadora"),
        proposing().by("proponente"), publishing())
      .when(approving().by("seleccionadora"))
      .refuses(Reason::separation_of_duties, "/actor");
}

TEST_CASE("a disposal postponed is neither approved nor executed until the day after") {
  const auto postponed = given(published_disposal()).when(postponing("2026-07-15")).then_admitted();
  postponed.when(approving_on("2026-07-15")).refuses(Reason::term_running, "/data/date");
  postponed.when(approving_on("2026-07-16").at("2026-07-16T09:00:00-05:00")).then_admitted();
  postponed.when(postponing("2026-07-15")).refuses(Reason::nothing_changed, "/data/until");
  postponed.when(postponing("2026-08-01")).then_admitted();
  given(published_disposal()).when(postponing("2026-07-14")).refuses(Reason::field_invalid, "/data/until");
  given(proposed_disposal()).when(postponing("2026-08-01")).then_admitted();
  given().when(postponing("2026-08-01")).refuses(Reason::wrong_stage, "/stream");
  const auto approved = given(approved_disposal(), postponing("2026-07-15"));
  approved.when(executing()).refuses(Reason::term_running, "/data/date");
  approved.when(executing(all_locations(), [](auto& e) { e.date = day("2026-07-16"); }).at("2026-07-16T09:00:00-05:00"))
      .then_admitted();
  given(executed_disposal()).when(postponing("2026-08-01")).refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("a disposal is withdrawn until it is executed") {
  for (const auto& history : {proposed_disposal(), published_disposal(), approved_disposal()}) {
    const auto after = given(history).when(withdrawing()).then_admitted();
    CHECK(disposal(after).stage == DisposalStage::withdrawn);
    after.when(executing()).refuses(Reason::wrong_stage, "/stream");
    after.when(withdrawing()).refuses(Reason::wrong_stage, "/stream");
  }
  given(executed_disposal()).when(withdrawing()).refuses(Reason::wrong_stage, "/stream");
  given().when(withdrawing()).refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("an approved disposal is executed by another than decided it, before a witness who is another too") {
  const auto approved = given(approved_disposal());
  const auto after = approved.when(executing()).then_admitted();
  CHECK(disposal(after).stage == DisposalStage::executed);
  CHECK(is_complete(disposal(after)));
  given(published_disposal()).when(executing()).refuses(Reason::wrong_stage, "/stream");
  approved.when(executing().by("secretaria")).refuses(Reason::separation_of_duties, "/actor");
  approved.when(executing().by("testigo")).refuses(Reason::separation_of_duties, "/data/witness");
  auto for_witness = executing();
  for_witness.statement.on_behalf = "testigo";
  approved.when(for_witness).refuses(Reason::separation_of_duties, "/data/witness");
  approved.when(executing(all_locations(), [](auto& e) { e.witness = code("nadie"); }))
      .refuses(Reason::no_such_actor, "/data/witness");
  approved.when(executing(all_locations(), [](auto& e) { e.open.inventory = digest_of("otro"); }))
      .refuses(Reason::not_what_was_presented, "/open/inventory");
  approved.when(executing(all_locations(), [](auto& e) { e.date = day("2026-07-16"); }))
      .refuses(Reason::in_the_future, "/data/date");
  approved.when(executing(all_locations(), [](auto& e) { e.date = day("2026-05-04"); })).then_admitted();
  approved.when(executing(all_locations(), [](auto& e) { e.date = day("2026-05-03"); }))
      .refuses(Reason::dates_reversed, "/data/date");
}

TEST_CASE("every location has one outcome with evidence, and until then the disposal is incomplete") {
  const auto approved = given(approved_disposal());
  approved.when(executing({})).refuses(Reason::field_invalid, "/open/outcomes");
  approved.when(executing({Location::vault, Location::vault}))
      .refuses(Reason::code_repeated, "/open/outcomes/1/location");
  approved.when(executing({Location::vault, Location::paper}, [](auto& e) { e.open.outcomes[1].sha256 = {}; }))
      .refuses(Reason::evidence_missing, "/open/outcomes/1/sha256");
  const auto part =
      approved.when(executing({Location::vault, Location::orfeo, Location::yaksa, Location::paper})).then_admitted();
  CHECK_FALSE(is_complete(disposal(part)));
  part.when(executing({Location::paper})).refuses(Reason::code_repeated, "/open/outcomes/0/location");
  const auto whole =
      part.when(executing({Location::backups}, [](auto& e) { e.open.outcomes[0].outcome = DisposalOutcome::not_held; }))
          .then_admitted();
  CHECK(is_complete(disposal(whole)));
}

TEST_CASE("the certificate says whether the disposal is incomplete, and is not signed by who executed it") {
  const auto executed = given(executed_disposal());
  const auto certified = executed.when(certifying()).then_admitted();
  CHECK(disposal(certified).stage == DisposalStage::certified);
  certified.when(certifying()).refuses(Reason::wrong_stage, "/stream");
  certified.when(executing({Location::vault})).refuses(Reason::code_repeated, "/open/outcomes/0/location");
  executed.when(certifying(true)).refuses(Reason::field_invalid, "/open/incomplete");
  executed.when(certifying(false, "otro")).refuses(Reason::not_what_was_presented, "/open/inventory");
  executed.when(certifying().by("ejecutora")).refuses(Reason::separation_of_duties, "/actor");
  given(approved_disposal()).when(certifying()).refuses(Reason::wrong_stage, "/stream");

  const auto part = given(approved_disposal(), executing({Location::vault}));
  part.when(certifying(false)).refuses(Reason::field_invalid, "/open/incomplete");
  const auto rest = {Location::orfeo, Location::yaksa, Location::paper, Location::backups};
  const auto whole = part.when(certifying(true)).then_admitted().when(executing(rest).by("segunda")).then_admitted();
  whole.when(certifying().by("ejecutora")).refuses(Reason::separation_of_duties, "/actor");
  whole.when(certifying().by("segunda")).refuses(Reason::separation_of_duties, "/actor");
  whole.when(certifying()).then_admitted();
}

TEST_CASE("a disposal whose inventory is gone goes no further") {
  const auto gone = given(adopted_schedule(), closed_file(), proposing().destroyed(), publishing().destroyed());
  CHECK(disposal(gone).stage == DisposalStage::published);
  CHECK(disposal(gone).inventory == digest_of("inventario"));
  CHECK(disposal(gone).files.empty());
  gone.when(approving()).refuses(Reason::term_running, "/data/date");
  given(adopted_schedule(), closed_file(), proposing().destroyed(), publishing())
      .when(approving())
      .refuses(Reason::wrong_stage, "/stream");
  const auto executed_gone = given(approved_disposal(), executing().destroyed());
  CHECK(is_complete(disposal(executed_gone)));
  auto undated = adopted_schedule();
  for (const auto& saying : closed_file()) undated.push_back(saying);
  undated.back().destroyed();
  given(undated).when(proposing()).refuses(Reason::retention_running, "/data/files/0");
}
