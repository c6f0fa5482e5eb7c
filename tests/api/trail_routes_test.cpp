// The audit trail as an auditor asks for it, by HTTP, of a real ledger.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "tests/support/executions.hpp"
#include "tests/support/stage.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;
namespace json = boost::json;

namespace {

// A line scheduled, a session held, and an action by its director that comes after the date it moves; the session's
// attendance is then verified by whoever recorded it, which is refused.
struct Office {
  Office() {
    stage.record(scheduled());
    SessionHeld session;
    session.code = code("s-1");
    session.attendees = {12};
    session.date = day("2026-07-10");
    session.from = {540};
    session.to = {600};
    session.entities = {code(kEntity)};
    session.mechanism = Mechanism::workshop;
    session.place = title("Sala de juntas");
    stage.record(History{on(kIntervention, session).by("ana", "professional@ddo")});
    AttendanceRecorded list;
    list.document = {digest_of("lista"), title("Lista de asistencia")};
    list.listed = {12};
    list.session = code("s-1");
    stage.record(History{on(kIntervention, list).by("ana", "professional@ddo")});
    ActionTaken action;
    action.cause = note("La entidad aplazó la entrega.");
    action.changes = {{title("end"), title("2026-06-30"), title("2026-09-30")}};
    action.code = code("a-1");
    action.kind = ActionKind::corrective;
    action.matter = ActionMatter::dates;
    action.reason = note("Se acuerda otra fecha.");
    action.responsible = code("profesional.1");
    stage.record(History{on(kIntervention, action).by("directora", "director@ddo")});
    const AttendanceVerified verified{{}, code("s-1")};
    const auto refused = service.post(
        "ana", "/v1/events", json::serialize(stage.request(on(kIntervention, verified).by("ana", "professional@ddo"))));
    CHECK(refused.status == 403);
  }

  json::object get(const std::string& target) {
    const auto answer = service.get("auditor", target);
    INFO(target << ": " << answer.body);
    REQUIRE(answer.status == 200);
    return json::parse(answer.body).as_object();
  }
  std::vector<std::string> types(const std::string& target) {
    std::vector<std::string> out;
    const auto page = get(target);
    for (const auto& item : page.at("items").as_array()) out.emplace_back(item.as_object().at("type").as_string());
    return out;
  }

  Stage stage;
  HttpService service{stage.shop.ledger()};
};

using Types = std::vector<std::string>;

}  // namespace

TEST_CASE("an auditor asks the trail by HTTP: searches, lists, samples, as JSON and as CSV, now and as of then") {
  Office office;
  const auto retroactive = office.get("/v1/trail?retroactive=true");
  REQUIRE(retroactive.at("items").as_array().size() == 1);
  const auto& row = retroactive.at("items").as_array()[0].as_object();
  CHECK(row.at("type").as_string() == "action.taken");
  CHECK(row.at("title").as_string() == "titular");
  CHECK(row.at("attestation").as_string() == "recorded_in_session");
  CHECK(row.at("after_approval").as_bool());
  CHECK(row.at("entity").as_string() == kEntity);
  CHECK(row.at("unit").as_string() == "ddo");
  CHECK(row.at("calendar_days").as_int64() == 0);
  CHECK(retroactive.contains("looked_at"));

  CHECK(office.types("/v1/trail?text=APLAZO") == Types{"action.taken"});
  CHECK(office.types("/v1/trail?actor=ana&type=session.held,attendance.verified") == Types{"session.held"});
  CHECK(office.types("/v1/trail?duty=recorder_does_not_verify_attendance") == Types{"attempt.refused"});
  CHECK(office.types("/v1/trail?field=place") == Types{"session.held"});
  CHECK(office.types("/v1/trail?reason=~ACUERDA") == Types{"action.taken"});
  CHECK(office.types("/v1/trail?item=s-1,a-1&order=oldest&fiscal_year=2026") ==
        Types{"session.held", "attendance.recorded", "action.taken"});
  CHECK(office.types("/v1/trail?item=s-1,a-1&recorded=2026-07-01..2026-07-31&title=titular").size() == 3);
  CHECK(office.types("/v1/trail?entity=" + std::string(kEntity) + "&type=plan.line.added").size() == 1);
  CHECK(office.types("/v1/trail?unit=ddo&fiscal_year=2026&line=0001&order=oldest").front() == "plan.line.added");

  // As it stood before the action, and by pages of one.
  const auto before = std::to_string(row.at("position").as_int64() - 1);
  CHECK(office.types("/v1/trail?retroactive=true&as_of=" + before).empty());
  const auto whole = office.types("/v1/trail?unit=ddo&limit=1000");
  Types paged;
  for (std::string target = "/v1/trail?unit=ddo&limit=3";;) {
    const auto page = office.get(target);
    for (const auto& item : page.at("items").as_array()) paged.emplace_back(item.as_object().at("type").as_string());
    if (!page.contains("next")) break;
    target = "/v1/trail?unit=ddo&limit=3&cursor=" + std::string(page.at("next").as_string());
  }
  CHECK(whole.size() > 8);
  CHECK(paged == whole);

  const auto drawn = office.get("/v1/trail/sample?seed=2026&size=3&unit=ddo");
  CHECK(drawn.at("population").as_int64() == std::int64_t(whole.size()));
  CHECK(drawn.at("items").as_array().size() == 3);
  CHECK(office.get("/v1/trail/sample?seed=2026&size=3&unit=ddo") == drawn);
  CHECK(drawn.at("items").as_array()[0].as_object().at("draw").as_int64() == 1);

  const auto changes = office.get("/v1/trail/changes-after-approval?unit=ddo&after_due=true");
  REQUIRE(changes.at("items").as_array().size() == 1);
  CHECK(changes.at("items").as_array()[0].as_object().at("actor").as_string() == "directora");
  CHECK(office.get("/v1/trail/changes-after-approval?to=2026-01-31").at("items").as_array().empty());
  CHECK(office.get("/v1/trail/lines-moved").at("items").as_array().empty());
  CHECK(office.get("/v1/trail/separation?unit=ddo").at("items").as_array().empty());
  const auto attempts = office.get("/v1/trail/attempts?actor=ana");
  REQUIRE(attempts.at("items").as_array().size() == 1);
  CHECK(attempts.at("items").as_array()[0].as_object().at("attempts").as_int64() == 1);
  CHECK(office.get("/v1/trail/activity?actor=ana").at("items").as_array().size() == 2);

  const auto csv = office.service.get("auditor", "/v1/trail?retroactive=true", "Accept: text/csv\r\n");
  CHECK(csv.header("content-type").starts_with("text/csv"));
  CHECK(csv.body.find("attestation") != std::string::npos);
  // Histories show the same.
  const auto history = office.get("/v1/plans/2026/ddo/lines/0001/history").at("items").as_array();
  CHECK(history.back().as_object() == row);
}

TEST_CASE("what a search cannot mean is refused, and says where") {
  Office office;
  for (const auto* target :
       {"/v1/trail?nada=1", "/v1/trail?imported=si", "/v1/trail?order=up", "/v1/trail?fiscal_year=26",
        "/v1/trail?activity=14", "/v1/trail?signed=nobody", "/v1/trail?title=rey", "/v1/trail?declared=ayer",
        "/v1/trail/sample", "/v1/trail/sample?seed=", "/v1/trail/sample?seed=a&size=0",
        "/v1/trail/sample?seed=a&limit=3", "/v1/trail/activity?from=ayer", "/v1/trail/separation?actor=ana"}) {
    const auto answer = office.service.get("auditor", target);
    INFO(target << ": " << answer.body);
    CHECK(answer.status >= 400);
    CHECK(answer.status < 500);
    CHECK(answer.header("content-type").starts_with("application/problem+json"));
  }
}
