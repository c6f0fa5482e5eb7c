// Rules of the streams `file/{code}`.
#include <catch2/catch.hpp>
#include <functional>

#include "tests/support/record_histories.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

DocumentFiled with(const std::function<void(DocumentFiled&)>& change) {
  auto event = document();
  change(event);
  return event;
}
DocumentFiled supplement(const std::string& name = "doc-2") {
  auto event = document(name);
  event.supplement = Supplement{digest_of("suplemento"), SupplementKind::impact_evaluation};
  return event;
}
DocumentFiled on_paper(const std::string& name = "doc-2") {
  auto event = document(name);
  event.origin = DocumentOrigin::physical;
  event.physical = PhysicalPlace{title("12"), title("3"), {40}, title("Bodega 1, estante 4"), {}};
  event.sha256.reset();
  return event;
}
DocumentVerified verifying(const std::string& name = "doc-1") { return {code(name), {}, digest_of(name)}; }
DocumentWithdrawn withdrawing(const std::string& name = "doc-1") { return {code(name), note("Es de otro expediente")}; }
FileRelated relating(FileRelation relation, const std::string& file) {
  return {code(file), note("El plan de trabajo continúa el anterior"), relation};
}
DocumentMigrated migrating(std::optional<crypto::Digest> from, std::string_view to = "doc-1 en PDF/A-2b") {
  return {code("doc-1"), title("PDF/A-2b"), from, note("El formato deja de leerse"), digest_of(to), {}};
}
FileReclassified moving(const std::string& row, const std::string& version = "trd-1") {
  return {note("La fila era otra"), code(row), code(version)};
}
RetentionChanged keeping(std::int64_t management, std::int64_t central, std::optional<Date> fact = {}) {
  return {{}, {central}, fact, {management}, note("Lo pide el comité")};
}
FileClosedDefinitively definitive(std::int64_t documents = 1) {
  FileClosedDefinitively event;
  event.open = {{documents}, digest_of("índice definitivo")};
  event.date = day("2023-01-30");
  return event;
}
FileReopened reopening() {
  return {note("Faltó el acta de la última sesión"), {digest_of("memorando"), title("Memorando 9 de 2026")}};
}
TransferProposed transferring(TransferKind kind = TransferKind::primary) {
  return {{digest_of("FUID"), kind}, title("T-12 de 2026")};
}
TransferReceived receiving(std::string_view inventory = "FUID") {
  return {{digest_of(inventory)}, day("2026-07-15"), title("Acta 2 de 2026"), {}};
}
TransferReturned returning() { return {note("Faltan los folios 3 a 5")}; }
FixityRun checking(std::int64_t checked, std::vector<FixityMismatch> mismatches = {}) {
  return {{checked}, Location::vault, std::move(mismatches)};
}
HoldPlaced holding(const std::string& name = "s-1") {
  return {{code(name)}, note("Proceso judicial en curso"), title("11001333400120260001200")};
}
HoldReleased releasing(const std::string& name = "s-1") { return {{code(name)}, note("Sentencia en firme")}; }

Given opened() { return given(adopted_schedule(), opened_file()); }
Given filled() { return given(adopted_schedule(), filled_file()); }
Given closed() { return given(adopted_schedule(), closed_file()); }
const FileState& file(const Given& after) { return after.state<FileState>(kFile); }

}  // namespace

TEST_CASE("a file is opened once, for a unit that is open, under a row of a schedule adopted") {
  const auto after = given(adopted_schedule()).when(on(kFile, file_opening())).then_admitted();
  CHECK(file(after).stage == FileStage::open);
  CHECK(file(after).row == "eliminacion");
  CHECK(file(after).unit == "ddo");
  CHECK(file(after).responsible == "profesional.1");
  CHECK(file(after).opened_at.value > 0);
  CHECK(file(after).opened_on == day("2020-01-15"));
  after.when(on(kFile, file_opening())).refuses(Reason::already_registered, "/stream");

  given(registered_unit()).when(on(kFile, file_opening())).refuses(Reason::not_registered, "/data/schedule");
  given(adopted_schedule()).when(on(kFile, file_opening("otra"))).refuses(Reason::code_unknown, "/data/row");
  given(on(kSchedule, schedule())).when(on(kFile, file_opening())).refuses(Reason::unit_unknown, "/data/unit");
  given(adopted_schedule(), on("unit/ddo", UnitClosed{title("Decreto 100"), day("2026-01-31")}))
      .when(on(kFile, file_opening()))
      .refuses(Reason::unit_unknown, "/data/unit");
}

TEST_CASE("a file says who may read it, and why not all may; when it was opened, and what it is about") {
  struct Row {
    const char* what;
    std::function<void(FileOpened&)> change;
    std::optional<Reason> reason;  // absent: admitted
    const char* pointer = "";
  };
  const Row table[] = {
      {"classified", [](auto& e) { e.access = AccessLevel::classified; }, Reason::field_missing, "/data/legal_ground"},
      {"reserved", [](auto& e) { e.access = AccessLevel::reserved; }, Reason::field_missing, "/data/legal_ground"},
      {"classified with its ground",
       [](auto& e) {
         e.access = AccessLevel::classified;
         e.legal_ground = title("Ley 1712 de 2014, art. 18");
       },
       {}},
      {"today", [](auto& e) { e.date = day("2026-07-15"); }, {}},
      {"tomorrow", [](auto& e) { e.date = day("2026-07-16"); }, Reason::in_the_future, "/data/date"},
      {"streams",
       [](auto& e) {
         e.streams = {{{kIntervention}, {kPlan}}};
       },
       {}},
      {"what is no stream",
       [](auto& e) {
         e.streams = {{{kPlan}, {"Plan 2026"}}};
       },
       Reason::field_invalid, "/data/streams/1"},
      {"a stream of no kind", [](auto& e) { e.streams = {{{"plan/2026"}}}; }, Reason::field_invalid, "/data/streams/0"},
  };
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    auto opening = file_opening();
    change(opening);
    const auto when = given(adopted_schedule()).when(on(kFile, opening));
    if (reason)
      when.refuses(*reason, pointer);
    else
      when.then_admitted();
  }
}

TEST_CASE("whoever speaks for a unit speaks for the files of that unit only") {
  given(adopted_schedule()).when(on(kFile, file_opening()).by("p", "professional@ddo")).then_admitted();
  given(adopted_schedule())
      .when(on(kFile, file_opening()).by("p", "professional@dep"))
      .refuses(Reason::outside_scope, "/as");
  const auto other = [](Saying saying, const char* as) { return saying.by("p", as); };
  filled().when(other(on(kFile, document("doc-2")), "professional@dep")).refuses(Reason::outside_scope, "/as");
  filled().when(other(on(kFile, verifying()), "coordinator@dep")).refuses(Reason::outside_scope, "/as");
  filled().when(other(on(kFile, withdrawing()), "director@dep")).refuses(Reason::outside_scope, "/as");
  filled().when(other(on(kFile, file_closing()), "director@dep")).refuses(Reason::outside_scope, "/as");
  closed().when(other(on(kFile, definitive()), "director@dep")).refuses(Reason::outside_scope, "/as");
  closed().when(other(on(kFile, transferring()), "coordinator@dep")).refuses(Reason::outside_scope, "/as");
  filled().when(other(on(kFile, document("doc-2")), "professional@ddo")).then_admitted();
  filled().when(other(on(kFile, document("doc-2")), "system")).then_admitted();
}

TEST_CASE("nothing happens to a file that was not opened") {
  const Saying sayings[] = {on(kFile, document()),
                            on(kFile, verifying()),
                            on(kFile, withdrawing()),
                            on(kFile, relating(FileRelation::referred_from, "e-0002")),
                            on(kFile, DocumentReclassified{code("doc-1"), title("Acta"), note("Era un acta")}),
                            on(kFile, migrating(digest_of("doc-1"))),
                            on(kFile, moving("seleccion")),
                            on(kFile, keeping(9, 9)),
                            on(kFile, file_closing()),
                            on(kFile, definitive()),
                            on(kFile, reopening()),
                            on(kFile, transferring()),
                            on(kFile, receiving()),
                            on(kFile, returning()),
                            on(kFile, checking(0)),
                            on(kFile, holding()),
                            on(kFile, releasing())};
  for (const auto& saying : sayings) {
    CAPTURE(saying.statement.type);
    given(adopted_schedule()).when(saying).refuses(Reason::not_registered, "/stream");
  }
}

TEST_CASE("a document is filed once under its code, by what it is made of") {
  const auto after = opened().when(on(kFile, document()).by("archivista")).then_admitted();
  CHECK(file(after).documents.at("doc-1").sha256 == digest_of("doc-1"));
  CHECK(file(after).documents.at("doc-1").filed_by == Persons{"archivista"});
  after.when(on(kFile, document())).refuses(Reason::code_repeated, "/data/code");

  struct Row {
    const char* what;
    std::function<void(DocumentFiled&)> change;
    std::optional<Reason> reason;  // absent: admitted
    const char* pointer = "";
  };
  const PhysicalPlace box{title("12"), title("3"), {40}, title("Bodega 1"), title("2")};
  const Row table[] = {
      {"electronic without digest", [](auto& e) { e.sha256.reset(); }, Reason::field_missing, "/data/sha256"},
      {"electronic in a box", [&](auto& e) { e.physical = box; }, Reason::field_invalid, "/data/origin"},
      {"digitised", [](auto& e) { e.origin = DocumentOrigin::digitised; }, {}},
      {"digitised, its paper in a box",
       [&](auto& e) {
         e.origin = DocumentOrigin::digitised;
         e.physical = box;
       },
       {}},
      {"digitised without digest",
       [&](auto& e) {
         e.origin = DocumentOrigin::digitised;
         e.physical = box;
         e.sha256.reset();
       },
       Reason::field_missing, "/data/sha256"},
      {"physical", [](auto& e) { e = on_paper(); }, {}},
      {"physical and scanned",
       [](auto& e) {
         e = on_paper();
         e.sha256 = digest_of("doc-2");
       },
       {}},
      {"physical, nobody knows where", [](auto& e) { e.origin = DocumentOrigin::physical; }, Reason::field_missing,
       "/data/physical"},
      {"made today", [](auto& e) { e.created = day("2026-07-15"); }, {}},
      {"made tomorrow", [](auto& e) { e.created = day("2026-07-16"); }, Reason::in_the_future, "/data/created"},
      {"made before the file was opened", [](auto& e) { e.created = day("2010-01-01"); }, {}},
      {"a supplement to what is not closed", [](auto& e) { e = supplement(); }, Reason::field_invalid,
       "/data/supplement"},
  };
  for (const auto& [what, change, reason, pointer] : table) {
    CAPTURE(what);
    const auto when = opened().when(on(kFile, with(change)));
    if (reason)
      when.refuses(*reason, pointer);
    else
      when.then_admitted();
  }
}

TEST_CASE("between its closings a file takes supplements only, and nothing after") {
  closed().when(on(kFile, document("doc-2"))).refuses(Reason::wrong_stage, "/stream");
  for (auto kind : {SupplementKind::impact_evaluation, SupplementKind::answer, SupplementKind::commitment}) {
    auto event = supplement();
    event.supplement->kind = kind;
    const auto after = closed().when(on(kFile, event)).then_admitted();
    CHECK(file(after).documents.contains("doc-2"));
  }
  closed().when(on(kFile, supplement("doc-1"))).refuses(Reason::code_repeated, "/data/code");
  const auto ended = given(adopted_schedule(), closed_file(), on(kFile, definitive()));
  ended.when(on(kFile, supplement())).refuses(Reason::wrong_stage, "/stream");
  ended.when(on(kFile, document("doc-2"))).refuses(Reason::wrong_stage, "/stream");
  given(adopted_schedule(), closed_file(), on(kFile, reopening())).when(on(kFile, document("doc-2"))).then_admitted();
}

TEST_CASE("a document is verified once, by another person than filed it, and by its digest") {
  const auto after = filled().when(on(kFile, verifying()).by("otra", "professional@ddo")).then_admitted();
  CHECK(file(after).documents.at("doc-1").verified);
  after.when(on(kFile, verifying())).refuses(Reason::nothing_changed, "/data/code");
  filled().when(on(kFile, verifying()).by("archivista")).refuses(Reason::separation_of_duties, "/actor");
  auto for_the_filer = on(kFile, verifying());
  for_the_filer.statement.on_behalf = "archivista";
  filled().when(for_the_filer).refuses(Reason::separation_of_duties, "/actor");

  filled().when(on(kFile, verifying("doc-2"))).refuses(Reason::code_unknown, "/data/code");
  filled()
      .when(on(kFile, DocumentVerified{code("doc-1"), {}, digest_of("doc-2")}))
      .refuses(Reason::not_what_was_presented, "/data/sha256");
  filled().when(on(kFile, DocumentVerified{code("doc-1"), {}, {}})).refuses(Reason::field_missing, "/data/sha256");
  const auto paper = given(adopted_schedule(), filled_file(), on(kFile, on_paper()).by("archivista"));
  paper.when(on(kFile, DocumentVerified{code("doc-2"), note("40 folios"), {}})).then_admitted();
  paper.when(on(kFile, verifying("doc-2"))).refuses(Reason::field_invalid, "/data/sha256");
  closed().when(on(kFile, verifying())).then_admitted();
}

TEST_CASE("who filed history did so before the ledger was, and may verify it") {
  const auto history = given(founded(), adopted_schedule(), opened_file(),
                             on(kFile, document()).by("migrador", "system").at("2020-02-03T08:00:00-05:00"));
  auto verified = on(kFile, verifying()).by("migrador", "system").at("2020-02-04T08:00:00-05:00");
  history.when(verified).refuses(Reason::separation_of_duties, "/actor");
  verified.statement.source = Source{{}, 0, "orfeo", "20206000594641"};
  history.when(verified).then_admitted();
}

TEST_CASE("a document is withdrawn before the closing, and its code is not taken again") {
  const auto after = filled().when(on(kFile, withdrawing())).then_admitted();
  CHECK(file(after).documents.at("doc-1").withdrawn);
  after.when(on(kFile, withdrawing())).refuses(Reason::code_unknown, "/data/code");
  after.when(on(kFile, verifying())).refuses(Reason::code_unknown, "/data/code");
  after.when(on(kFile, document())).refuses(Reason::code_repeated, "/data/code");
  filled().when(on(kFile, withdrawing("doc-2"))).refuses(Reason::code_unknown, "/data/code");
  closed().when(on(kFile, withdrawing())).refuses(Reason::wrong_stage, "/stream");
  given(adopted_schedule(), closed_file(), on(kFile, definitive()))
      .when(on(kFile, withdrawing()))
      .refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("files are related in both histories, first in that of the one referred to") {
  const auto two = given(adopted_schedule(), opened_file(), closed_file("e-0002"));
  const auto refers = on(kFile, relating(FileRelation::refers_to, "e-0002"));
  const auto referred = on("file/e-0002", relating(FileRelation::referred_from, "e-0001"));
  two.when(refers).refuses(Reason::field_invalid, "/data/relation");
  const auto known = two.when(referred).then_admitted();
  CHECK(known.state<FileState>("file/e-0002").referred_from == std::set<std::string>{"e-0001"});
  known.when(referred).refuses(Reason::nothing_changed, "/data/file");
  const auto both = known.when(refers).then_admitted();
  CHECK(file(both).refers_to == std::set<std::string>{"e-0002"});
  both.when(refers).refuses(Reason::nothing_changed, "/data/file");
  two.when(on(kFile, relating(FileRelation::referred_from, "e-0003"))).refuses(Reason::not_registered, "/data/file");
  two.when(on(kFile, relating(FileRelation::referred_from, "e-0001"))).refuses(Reason::field_invalid, "/data/file");
}

TEST_CASE("a document is reclassified when its type changes") {
  const DocumentReclassified event{code("doc-1"), title("Acta"), note("Era el acta")};
  const auto after = closed().when(on(kFile, event)).then_admitted();
  CHECK(file(after).documents.at("doc-1").type == title("Acta"));
  after.when(on(kFile, event)).refuses(Reason::nothing_changed, "/data/document_type");
  opened().when(on(kFile, event)).refuses(Reason::code_unknown, "/data/code");
}

TEST_CASE("a document migrates from the digest it has to another, and is verified anew") {
  const auto verified = given(adopted_schedule(), filled_file(), on(kFile, verifying()));
  const auto after = verified.when(on(kFile, migrating(digest_of("doc-1"))).by("conservador")).then_admitted();
  CHECK(file(after).documents.at("doc-1").sha256 == digest_of("doc-1 en PDF/A-2b"));
  CHECK_FALSE(file(after).documents.at("doc-1").verified);
  const DocumentVerified again{code("doc-1"), {}, digest_of("doc-1 en PDF/A-2b")};
  after.when(on(kFile, again).by("conservador")).refuses(Reason::separation_of_duties, "/actor");
  after.when(on(kFile, again).by("archivista")).then_admitted();
  after.when(on(kFile, verifying())).refuses(Reason::not_what_was_presented, "/data/sha256");

  filled().when(on(kFile, migrating(digest_of("otro")))).refuses(Reason::from_is_not_present, "/data/migrated_from");
  filled().when(on(kFile, migrating({}))).refuses(Reason::field_missing, "/data/migrated_from");
  filled().when(on(kFile, migrating(digest_of("doc-1"), "doc-1"))).refuses(Reason::nothing_changed, "/data/sha256");
  opened().when(on(kFile, migrating(digest_of("doc-1")))).refuses(Reason::code_unknown, "/data/code");
  const auto paper = given(adopted_schedule(), opened_file(), on(kFile, on_paper("doc-1")));
  const auto scanned = paper.when(on(kFile, migrating({}))).then_admitted();
  CHECK(file(scanned).documents.at("doc-1").sha256 == digest_of("doc-1 en PDF/A-2b"));
  paper.when(on(kFile, migrating(digest_of("doc-1")))).refuses(Reason::field_invalid, "/data/migrated_from");
}

TEST_CASE("a file moves to another row that there is, and loses the years set for it alone") {
  const auto longer = given(adopted_schedule(), closed_file(), on(kFile, keeping(5, 5)));
  CHECK(file(longer).years == RetentionYears{{5}, {5}});
  const auto after = longer.when(on(kFile, moving("seleccion"))).then_admitted();
  CHECK(file(after).row == "seleccion");
  CHECK_FALSE(file(after).years);
  after.when(on(kFile, moving("seleccion"))).refuses(Reason::nothing_changed, "/data/row");
  after.when(on(kFile, moving("otra"))).refuses(Reason::code_unknown, "/data/row");
  after.when(on(kFile, moving("seleccion", "trd-2"))).refuses(Reason::not_registered, "/data/schedule");
  const auto newer = given(adopted_schedule(), closed_file(), on("schedule/trd-2", schedule()))
                         .when(on(kFile, moving("eliminacion", "trd-2")))
                         .then_admitted();
  CHECK(file(newer).schedule == "trd-2");
}

TEST_CASE("a file is kept longer than its row says, never shorter") {
  const auto after = opened().when(on(kFile, keeping(2, 4))).then_admitted();
  CHECK(file(after).years == RetentionYears{{4}, {2}});
  after.when(on(kFile, keeping(2, 4))).refuses(Reason::nothing_changed, "/data");
  after.when(on(kFile, keeping(2, 3))).then_admitted();
  opened().when(on(kFile, keeping(2, 3))).refuses(Reason::nothing_changed, "/data");
  opened().when(on(kFile, keeping(1, 9))).refuses(Reason::field_invalid, "/data/management_years");
  opened().when(on(kFile, keeping(9, 2))).refuses(Reason::field_invalid, "/data/central_years");
}

TEST_CASE("the fact that starts retention is dated where it is no closing") {
  const auto by_fact = given(adopted_schedule(), closed_file("e-0001", "vigencia"));
  CHECK_FALSE(retention_start(file(by_fact), RetentionFact::fiscal_year_closing));
  const auto after = by_fact.when(on(kFile, keeping(2, 3, day("2021-12-31")))).then_admitted();
  CHECK(retention_start(file(after), RetentionFact::fiscal_year_closing) == day("2021-12-31"));
  after.when(on(kFile, keeping(2, 3, day("2021-12-31")))).refuses(Reason::nothing_changed, "/data");
  by_fact.when(on(kFile, keeping(2, 3, day("2026-07-15")))).then_admitted();
  by_fact.when(on(kFile, keeping(2, 3, day("2026-07-16")))).refuses(Reason::in_the_future, "/data/fact_date");
  opened().when(on(kFile, keeping(2, 4, day("2021-12-31")))).refuses(Reason::field_invalid, "/data/fact_date");

  auto closing = file_closing();
  closing.fact_date = day("2020-12-31");
  filled().when(on(kFile, closing)).refuses(Reason::field_invalid, "/data/fact_date");
  given(adopted_schedule(), filled_file("e-0001", "definitivo"))
      .when(on(kFile, closing))
      .refuses(Reason::field_invalid, "/data/fact_date");
  const auto dated =
      given(adopted_schedule(), filled_file("e-0001", "vigencia")).when(on(kFile, closing)).then_admitted();
  CHECK(file(dated).fact_on == day("2020-12-31"));
  auto ending = definitive();
  ending.fact_date = day("2022-12-30");
  CHECK(file(by_fact.when(on(kFile, ending)).then_admitted()).fact_on == day("2022-12-30"));
}

TEST_CASE("a file is closed when it holds documents, with the index of all of them") {
  const auto after = filled().when(on(kFile, file_closing())).then_admitted();
  CHECK(file(after).stage == FileStage::closed);
  CHECK(retention_start(file(after), RetentionFact::administrative_closing) == day("2021-01-29"));
  CHECK_FALSE(retention_start(file(after), RetentionFact::definitive_closing));
  after.when(on(kFile, file_closing())).refuses(Reason::wrong_stage, "/stream");

  opened().when(on(kFile, file_closing(0))).refuses(Reason::field_invalid, "/open/documents");
  filled().when(on(kFile, file_closing(2))).refuses(Reason::field_invalid, "/open/documents");
  const auto one_of_two =
      given(adopted_schedule(), filled_file(), on(kFile, document("doc-2")), on(kFile, withdrawing()));
  one_of_two.when(on(kFile, file_closing(1))).then_admitted();
  one_of_two.when(on(kFile, file_closing(2))).refuses(Reason::field_invalid, "/open/documents");
  given(adopted_schedule(), filled_file(), on(kFile, withdrawing()))
      .when(on(kFile, file_closing(0)))
      .refuses(Reason::field_invalid, "/open/documents");

  auto closing = file_closing();
  closing.date = day("2020-01-15");
  closing.digital_signature = DigitalSignature{digest_of("cadena"), SignatureFormat::xades, digest_of("ocsp"),
                                               digest_of("firma"), digest_of("estampa")};
  filled().when(on(kFile, closing)).then_admitted();
  closing.date = day("2020-01-14");
  filled().when(on(kFile, closing)).refuses(Reason::dates_reversed, "/data/date");
  closing.date = day("2026-07-16");
  filled().when(on(kFile, closing)).refuses(Reason::in_the_future, "/data/date");
}

TEST_CASE("a file is closed definitively after its administrative closing, with its supplements") {
  const auto after = closed().when(on(kFile, definitive())).then_admitted();
  CHECK(file(after).stage == FileStage::closed_definitively);
  CHECK(retention_start(file(after), RetentionFact::definitive_closing) == day("2023-01-30"));
  after.when(on(kFile, definitive())).refuses(Reason::wrong_stage, "/stream");
  filled().when(on(kFile, definitive())).refuses(Reason::wrong_stage, "/stream");
  given(adopted_schedule(), closed_file(), on(kFile, supplement()))
      .when(on(kFile, definitive(1)))
      .refuses(Reason::field_invalid, "/open/documents");
  given(adopted_schedule(), closed_file(), on(kFile, supplement())).when(on(kFile, definitive(2))).then_admitted();
  auto early = definitive();
  early.date = day("2021-01-29");
  closed().when(on(kFile, early)).then_admitted();
  early.date = day("2021-01-28");
  closed().when(on(kFile, early)).refuses(Reason::dates_reversed, "/data/date");
}

TEST_CASE("a closed file is reopened by the archive alone, and retention stands until it is closed again") {
  const auto after = closed().when(on(kFile, reopening())).then_admitted();
  CHECK(file(after).stage == FileStage::open);
  CHECK_FALSE(retention_start(file(after), RetentionFact::administrative_closing));
  after.when(on(kFile, reopening())).refuses(Reason::wrong_stage, "/stream");
  after.when(on(kFile, file_closing())).then_admitted();
  const auto ended = given(adopted_schedule(), closed_file(), on(kFile, definitive()));
  CHECK_FALSE(
      retention_start(file(ended.when(on(kFile, reopening())).then_admitted()), RetentionFact::definitive_closing));
  given(adopted_schedule(), closed_file(), on(kFile, transferring()))
      .when(on(kFile, reopening()))
      .refuses(Reason::wrong_stage, "/stream");
  CHECK(find_type("file.reopened")->authors.names(",") == "archive");
}

TEST_CASE("a closed file is transferred when the transfer proposed is received, by another person") {
  const auto proposed = closed().when(on(kFile, transferring()).by("directora")).then_admitted();
  REQUIRE(file(proposed).transfer);
  CHECK(file(proposed).phase == FilePhase::management);
  proposed.when(on(kFile, transferring())).refuses(Reason::wrong_stage, "/stream");
  proposed.when(on(kFile, receiving("otro FUID"))).refuses(Reason::not_what_was_presented, "/open/inventory");
  proposed.when(on(kFile, receiving()).by("directora")).refuses(Reason::separation_of_duties, "/actor");
  proposed.when(on(kFile, returning()).by("directora")).refuses(Reason::separation_of_duties, "/actor");
  auto early = receiving();
  early.date = day("2026-07-16");
  proposed.when(on(kFile, early)).refuses(Reason::in_the_future, "/data/date");

  const auto received = proposed.when(on(kFile, receiving())).then_admitted();
  CHECK(file(received).phase == FilePhase::central);
  CHECK_FALSE(file(received).transfer);
  received.when(on(kFile, receiving())).refuses(Reason::wrong_stage, "/stream");
  received.when(on(kFile, returning())).refuses(Reason::wrong_stage, "/stream");
  received.when(on(kFile, transferring())).refuses(Reason::wrong_stage, "/stream");

  const auto returned = proposed.when(on(kFile, returning())).then_admitted();
  CHECK(file(returned).phase == FilePhase::management);
  returned.when(on(kFile, transferring())).then_admitted();

  filled().when(on(kFile, transferring())).refuses(Reason::wrong_stage, "/stream");
  closed().when(on(kFile, receiving())).refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("only what is not eliminated goes on to the historical archive, and from the central one") {
  const auto in_central = [](const std::string& row) {
    return given(adopted_schedule(), closed_file("e-0001", row), on(kFile, transferring()).by("directora"),
                 on(kFile, receiving()));
  };
  const auto onward = on(kFile, transferring(TransferKind::secondary));
  const auto kept = in_central("conservacion").when(onward).then_admitted();
  CHECK(file(kept.when(on(kFile, receiving()).by("historica")).then_admitted()).phase == FilePhase::historical);
  in_central("seleccion").when(onward).then_admitted();
  in_central("eliminacion").when(onward).refuses(Reason::field_invalid, "/open/kind");
  closed().when(onward).refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("a fixity run counts what it checked, and names what differs") {
  const std::vector<FixityMismatch> missing{{code("doc-1"), {}}}, changed{{code("doc-1"), digest_of("alterado")}};
  filled().when(on(kFile, checking(1))).then_admitted();
  filled().when(on(kFile, checking(1, missing))).then_admitted();
  filled().when(on(kFile, checking(1, changed))).then_admitted();
  filled().when(on(kFile, checking(0))).then_admitted();
  filled().when(on(kFile, checking(2))).refuses(Reason::field_invalid, "/data/checked");
  filled().when(on(kFile, checking(0, missing))).refuses(Reason::field_invalid, "/data/checked");
  filled()
      .when(on(kFile, checking(1, {{code("doc-1"), digest_of("doc-1")}})))
      .refuses(Reason::field_invalid, "/data/mismatches/0/found");
  filled().when(on(kFile, checking(1, {{code("doc-2"), {}}}))).refuses(Reason::code_unknown, "/data/mismatches/0/code");
  const auto two = given(adopted_schedule(), filled_file(), on(kFile, document("doc-2")), on(kFile, on_paper("doc-3")));
  two.when(on(kFile, checking(3))).refuses(Reason::field_invalid, "/data/checked");
  two.when(on(kFile, checking(2, {{code("doc-1"), {}}, {code("doc-1"), {}}})))
      .refuses(Reason::code_repeated, "/data/mismatches/1/code");
  two.when(on(kFile, checking(2, {{code("doc-3"), {}}}))).refuses(Reason::field_invalid, "/data/mismatches/0/found");
  closed().when(on(kFile, checking(1)).by("archivista", "archive")).then_admitted();
}

TEST_CASE("a hold is placed under a code of its own, and released by another person") {
  const auto held = closed().when(on(kFile, holding()).by("abogada", "legal")).then_admitted();
  REQUIRE(find_hold(file(held)));
  CHECK(*find_hold(file(held)) == "s-1");
  held.when(on(kFile, holding())).refuses(Reason::code_repeated, "/open/code");
  held.when(on(kFile, releasing()).by("abogada", "legal")).refuses(Reason::separation_of_duties, "/actor");
  held.when(on(kFile, releasing("s-2"))).refuses(Reason::code_unknown, "/open/code");
  const auto released = held.when(on(kFile, releasing()).by("auditora", "control_office")).then_admitted();
  CHECK_FALSE(find_hold(file(released)));
  released.when(on(kFile, releasing())).refuses(Reason::wrong_stage, "/open/code");
  released.when(on(kFile, holding())).refuses(Reason::code_repeated, "/open/code");
  const auto two = held.when(on(kFile, holding("s-2"))).then_admitted();
  const auto one = two.when(on(kFile, releasing()).by("auditora")).then_admitted();
  CHECK(*find_hold(file(one)) == "s-2");
  opened().when(on(kFile, holding())).then_admitted();
}

TEST_CASE("what was mistyped of an open file is corrected, but nothing that another act changes") {
  constexpr const char *kOpening = "01890a5d-ac96-774b-bcce-b302099a8057",
                       *kFiling = "01890a5d-ac96-774b-bcce-b302099a8058";
  auto opening = on(kFile, file_opening()).by("archivista"), filing = on(kFile, document()).by("archivista");
  opening.statement.id = EventId::parse(kOpening).value();
  filing.statement.id = EventId::parse(kFiling).value();
  const auto correcting = [](const char* id, const auto& corrected) {
    FileCorrected event;
    event.corrected = {write_field(corrected).as_object()};
    event.event = {EventId::parse(id).value()};
    event.reason = note("Se digitó mal");
    event.type = title(std::remove_cvref_t<decltype(corrected)>::kType);
    return on(kFile, event).by("archivista");
  };
  const auto file_with = given(adopted_schedule(), opening, filing, on(kFile, moving("seleccion")));
  auto right = document();
  right.title = title("Lista de asistencia del primer taller");
  const auto after = file_with.when(correcting(kFiling, right)).then_admitted();
  CHECK(file(after).documents.at("doc-1").filed_by == Persons{"archivista"});
  right.created = day("2026-07-16");
  file_with.when(correcting(kFiling, right)).refuses(Reason::in_the_future, "/data/corrected/created");
  right = document();
  right.sha256 = digest_of("otro");
  file_with.when(correcting(kFiling, right)).refuses(Reason::not_correctable, "/data/corrected");
  right = document();
  right.document_type = title("Acta");
  file_with.when(correcting(kFiling, right)).refuses(Reason::not_correctable, "/data/corrected");
  file_with.when(correcting(kFiling, document())).refuses(Reason::nothing_changed, "/data/corrected");

  auto opened_later = file_opening();
  opened_later.date = day("2020-01-16");
  const auto dated = file_with.when(correcting(kOpening, opened_later)).then_admitted();
  CHECK(file(dated).opened_on == day("2020-01-16"));
  CHECK(file(dated).row == "seleccion");
  opened_later.row = code("conservacion");
  file_with.when(correcting(kOpening, opened_later)).refuses(Reason::not_correctable, "/data/corrected");

  given(adopted_schedule(), opening, filing, on(kFile, file_closing()))
      .when(correcting(kOpening, opened_later))
      .refuses(Reason::wrong_stage, "/stream");
}

TEST_CASE("a file whose content is gone is at the stage it had, and its holds are in force") {
  const auto gone =
      given(adopted_schedule(), on(kFile, file_opening()).destroyed(),
            on(kFile, document()).by("archivista", "archive").destroyed(), on(kFile, holding()).destroyed());
  CHECK(file(gone).stage == FileStage::open);
  CHECK(file(gone).schedule.empty());
  CHECK(file(gone).documents.empty());
  CHECK(*find_hold(file(gone)) == "s-1");
  gone.when(on(kFile, keeping(9, 9))).refuses(Reason::not_registered, "/stream");
  const auto closing_gone =
      given(adopted_schedule(), filled_file(), on(kFile, verifying()).destroyed(),
            on(kFile, file_closing()).destroyed(), on(kFile, transferring(TransferKind::primary)).destroyed(),
            on(kFile, receiving()).by("receptora").destroyed(), on(kFile, definitive()).destroyed());
  CHECK(file(closing_gone).stage == FileStage::closed_definitively);
  CHECK(file(closing_gone).phase == FilePhase::central);
  CHECK_FALSE(retention_start(file(closing_gone), RetentionFact::administrative_closing));
}
