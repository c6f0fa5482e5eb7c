// The registers as they are asked for by HTTP: who may read them, what is judged, what is computed.
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/support/histories.hpp"
#include "tests/support/stage.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;
namespace json = boost::json;

namespace {

History operator+(History history, Saying saying) {
  history.push_back(std::move(saying));
  return history;
}

// An approved plan, its entity's priority and a demand of it.
History told() {
  DemandReceived received;
  received.channel = DemandChannel::counter;
  received.date = day("2026-03-02");
  received.entity = code(kEntity);
  received.subject = title("Copia del plan");
  DemandClassified classified;
  classified.kind = DemandKind::petition;
  classified.responsible = code("profesional.1");
  classified.unit = code("ddo");
  return approved_plan() +
         on("strategy/2026", EntityPrioritized{{title("IDI")}, code(kEntity), note("Sexta."), {10'000}, {9'000}})
             .by("subdirectora", "subdirection") +
         on("demand/2026-0001", received) +
         on("demand/2026-0001", classified).by("coordinadora", "procedure_coordinator");
}

struct Served {
  Stage stage;
  std::unique_ptr<HttpService> service;

  Served() {
    stage.record(told());
    // A report of what is recorded until then, with one figure that is not so.
    ReportConsolidated report;
    report.cutoff = day("2026-07-01");
    report.figures = {{title("Líneas planeadas"), {1}}, {title("Entidades atendidas"), {4}}};
    report.position = {std::int64_t(stage.shop.ledger().store().head().size) - 1};
    report.sha256 = digest_of("informe");
    stage.record(History{on("strategy/2026", report).by("subdirectora", "subdirection")});
    service = std::make_unique<HttpService>(stage.shop.ledger());
  }
  json::object get(const std::string& target) {
    const auto answer = service->get("subdirectora", target);
    INFO(target << ' ' << answer.body);
    REQUIRE(answer.status == 200);
    return json::parse(answer.body).as_object();
  }
  json::array items(const std::string& target) { return get(target).at("items").as_array(); }
};

}  // namespace

TEST_CASE("the catalogue is read without a token, and nothing else of the registers is") {
  Served served;
  HttpClient client(served.service->port());
  const auto one = client.request("GET", "/v1/catalog/at-ddo-01");
  REQUIRE(one.status == 200);
  const auto service = json::parse(one.body).as_object();
  CHECK(service.at("kind") == "technical_assistance");
  CHECK(service.at("milestones").as_array().size() == 3);
  CHECK(client.request("GET", "/v1/catalog?unit=ddo").status == 200);
  for (const char* target :
       {"/v1/entities", "/v1/units", "/v1/demands", "/v1/audits", "/v1/findings", "/v1/improvement-plans",
        "/v1/authority", "/v1/authority/vacancies", "/v1/actors", "/v1/grants", "/v1/handovers", "/v1/capacities",
        "/v1/strategies", "/v1/coverage/2026", "/v1/reports/2026"})
    CHECK(client.request("GET", target).status == 401);
}

TEST_CASE("each register answers, is filtered by its columns, and judges by the day of the moment asked for") {
  Served served;
  CHECK(served.get("/v1/entities/divipola-05021").at("department") == "05");
  CHECK(served.items("/v1/units?unit=ddo").size() == 1);
  const auto demand = served.get("/v1/demands/2026-0001?as_of=2026-07-15");
  CHECK(demand.at("due") == "2026-03-24");
  CHECK(demand.at("status") == "overdue");
  CHECK(demand.at("norm") == "Ley 1755 de 2015, art. 14");
  CHECK(served.items("/v1/demands?status=overdue&unit=ddo").size() == 1);
  CHECK(served.items("/v1/demands?status=in_time").empty());
  CHECK(served.get("/v1/strategies/2026").at("stage") == "approved");
  CHECK(served.items("/v1/strategies/2026/priorities").at(0).at("score_hundredths") == 9'000);
  CHECK(served.items("/v1/strategies/2025/priorities").empty());
  CHECK(served.service->get("subdirectora", "/v1/strategies/2025").status == 404);
}

TEST_CASE("authority is told of a day, in force unless another status is asked for") {
  Served served;
  const auto directors = served.items("/v1/authority?role=director&unit=ddo&on=2026-07-15");
  REQUIRE(directors.size() == 1);
  CHECK(directors[0].at("actor") == "directora");
  CHECK(directors[0].at("used") == true);
  CHECK(served.items("/v1/authority?role=director&on=2019-12-31").empty());
  CHECK(served.items("/v1/authority?role=director&on=2019-12-31&status=not_yet").size() == 1);
  CHECK(served.service->get("subdirectora", "/v1/authority?on=ayer").status == 400);
  const auto vacancies = served.items("/v1/authority/vacancies?unit=subdireccion");
  REQUIRE(vacancies.size() == 1);
  CHECK(vacancies[0].at("role") == "director");
  const auto grant = std::to_string(directors[0].at("grant").to_number<std::int64_t>());
  CHECK(served.get("/v1/grants/directora/" + grant).at("act") == "resolucion-1");
  CHECK(served.get("/v1/actors/directora").at("kind") == "person");
}

TEST_CASE("coverage, the report's figures and what a recorded report says of them") {
  Served served;
  const auto entities = served.items("/v1/coverage/2026");
  REQUIRE(entities.size() == 1);
  CHECK(entities[0].at("prioritized") == true);
  CHECK(entities[0].at("planned") == true);
  CHECK(entities[0].at("served") == false);
  CHECK(served.items("/v1/coverage/2026/totals?by=all").at(0).at("planned") == 1);
  const auto figures = served.items("/v1/reports/2026?figure=lines_planned&cutoff=2026-12-31");
  REQUIRE(figures.size() == 1);
  CHECK(figures[0].at("value") == 1);
  CHECK(figures[0].at("previous") == 0);
  CHECK(figures[0].at("difference") == 1);
  const auto reports = served.items("/v1/reports/2026/recorded?figures_differ=true");
  REQUIRE(reports.size() == 1);
  CHECK(reports[0].at("figures_equal") == 1);
  const auto checks = served.items("/v1/reports/2026/checks?verdict=different");
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].at("figure") == "entities_served");
  CHECK(checks[0].at("recorded") == 4);
  CHECK(checks[0].at("computed") == 0);
  CHECK(served.items("/v1/reports/no-es/checks").empty());
}
