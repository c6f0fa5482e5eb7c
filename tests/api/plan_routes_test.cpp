// Plans, their execution and their figures, as they are asked by HTTP.
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/support/executions.hpp"
#include "tests/support/stage.hpp"

using namespace fedatario;
using namespace fedatario::tests;
namespace json = boost::json;

namespace {

constexpr const char* kActor = "profesional.1";

// A line carried out and completed on 15 July 2026, weeks after all its milestones were due.
struct Told {
  Told() {
    auto history = scheduled();
    history.push_back(here(session("s-01", {"c-1"})));
    history.push_back(here(paying()));
    for (const char* milestone : {"diagnostico", "propuesta", "concepto"}) history.push_back(here(reaching(milestone)));
    history.push_back(here(satisfaction()));
    history.push_back(here(completing()));
    stage.record(history);
  }

  Answer ask(const std::string& target, const std::string& headers = "") {
    return service.get(kActor, target, headers);
  }
  json::array items(const std::string& target) {
    const auto answer = ask(target);
    INFO(target << ": " << answer.body);
    REQUIRE(answer.status == 200);
    return json::parse(answer.body).at("items").as_array();
  }
  json::object row(const std::string& target) {
    const auto answer = ask(target);
    INFO(target << ": " << answer.body);
    REQUIRE(answer.status == 200);
    return json::parse(answer.body).as_object();
  }

  Stage stage;
  HttpService service{stage.shop.ledger()};
};

}  // namespace

TEST_CASE("lines, what was done on them and their figures are answered, filtered and as they were") {
  Told told;
  CHECK(told.items("/v1/lines?fiscal_year=2026&status=completed").size() == 1);
  CHECK(told.items("/v1/lines?fiscal_year=2026&status=overdue").empty());
  CHECK(told.items("/v1/lines?fiscal_year=2025").empty());
  CHECK(told.items("/v1/plans/2026/ddo/lines").size() == 1);
  CHECK(told.items("/v1/plans?unit=ddo&stage=approved").size() == 1);

  const auto line = told.row("/v1/plans/2026/ddo/lines/0001");
  CHECK(line.at("status") == "completed");
  CHECK(line.at("milestones_reached") == 3);
  CHECK(line.at("delivered") == 1);
  CHECK(line.at("milestones").at(0).at("status") == "late");
  CHECK(line.at("milestones").at(0).at("due_first") == "2026-03-02");
  CHECK(told.ask("/v1/plans/2026/ddo/lines/0001?as_of=0").status == 404);
  CHECK(told.ask("/v1/plans/2026/ddo/lines/9999").status == 404);

  CHECK(told.row("/v1/plans/2026/ddo/lines/0001/sessions/s-01").at("attendees") == 23);
  CHECK(told.items("/v1/sessions?unit=ddo&list=missing").size() == 1);
  CHECK(told.items("/v1/commitments?session=s-01").size() == 1);
  CHECK(told.items("/v1/milestones?fiscal_year=2026&stage=declared").size() == 3);

  const auto unit = told.items("/v1/compliance/2026").at(0).as_object();
  CHECK(unit.at("group") == "ddo");
  CHECK(unit.at("late") == 3);
  CHECK(unit.at("delivered") == 1);
  CHECK(unit.at("share_on_time") == 0);
  CHECK(told.items("/v1/compliance/2026?by=entity").size() == 1);
  CHECK(told.items("/v1/compliance/2026?from=2026-04-01&to=2026-04-30").at(0).at("milestones") == 1);
  CHECK(told.items("/v1/compliance/2026?from=2026-07-01&basis=reached").at(0).at("milestones") == 3);
  CHECK(told.items("/v1/compliance/2026?as_of=0").empty());
  CHECK(told.items("/v1/compliance/2026/milestones?status=late&milestone=concepto").size() == 1);
  CHECK(told.items("/v1/compliance/veintiseis").empty());
  CHECK(told.items("/v1/totals/2026?by=service").at(0).at("completed") == 1);
  CHECK(told.items("/v1/budget/2026?by=fiscal_year").at(0).at("payments") == 1);
  CHECK(told.items("/v1/budget/2026?to=2026-01-31").at(0).at("payments") == 0);
  CHECK(told.items("/v1/evaluation-results/2026").at(0).at("satisfaction_evaluated") == 1);
  CHECK(told.items("/v1/plans/2026/ddo/lines/0001/drift").empty());
}

TEST_CASE("every list of plans and their execution is there, as JSON and CSV") {
  Told told;
  for (const char* list : {"/v1/plans",
                           "/v1/lines",
                           "/v1/amendments",
                           "/v1/joined-lines",
                           "/v1/plan-differences",
                           "/v1/fiscal-years",
                           "/v1/closings",
                           "/v1/sessions",
                           "/v1/commitments",
                           "/v1/followups",
                           "/v1/raised-alerts",
                           "/v1/actions",
                           "/v1/payments",
                           "/v1/evaluations",
                           "/v1/milestones",
                           "/v1/followup-reports",
                           "/v1/trainings",
                           "/v1/compliance/2026",
                           "/v1/compliance/2026/milestones",
                           "/v1/drift/2026",
                           "/v1/totals/2026",
                           "/v1/budget/2026",
                           "/v1/evaluation-results/2026"}) {
    INFO(list);
    told.items(list);
    CHECK(told.ask(list, "Accept: text/csv\r\n").header("content-type").starts_with("text/csv"));
  }
}

TEST_CASE("what a figure cannot be asked by is refused, and the parameter is named") {
  Told told;
  for (const auto& [target, pointer] :
       {std::pair("/v1/compliance/2026?by=color", "?by"), std::pair("/v1/compliance/2026?from=ayer", "?from"),
        std::pair("/v1/budget/2026?to=2026-02-30", "?to"), std::pair("/v1/compliance/2026?basis=x", "?basis"),
        std::pair("/v1/lines?state=x", "?state")}) {
    const auto answer = told.ask(target);
    INFO(target << ": " << answer.body);
    CHECK(answer.status >= 400);
    CHECK(answer.status < 500);
    CHECK(answer.body.find(pointer) != std::string::npos);
  }
}
