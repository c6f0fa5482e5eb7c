#include "api/follow_filter.hpp"

#include <catch2/catch.hpp>

using namespace fedatario;
using api::FollowFilter;
using api::Request;

namespace {

ledger::Statement statement(const char* stream, const char* type, const char* actor, const char* as) {
  ledger::Statement out;
  out.stream = stream;
  out.type = type;
  out.actor = actor;
  out.as = ledger::Capacity::parse(as).value();
  return out;
}

bool wants(api::Parameters query, const ledger::Statement& event) {
  Request request;
  request.query = std::move(query);
  return api::read_follow_filter(request).value().wants(event);
}

}  // namespace

TEST_CASE("each filter looks at what it names") {
  const auto session = statement("intervention/2026/ddo/0001", "session.held", "ana", "territorial_manager@dgt");
  struct Row {
    const char* name;
    const char* value;
    bool wanted;
  };
  for (const auto& row : std::vector<Row>{{"stream", "intervention/2026/ddo/0001", true},
                                          {"stream", "intervention/2026/ddo", false},
                                          {"prefix", "intervention", true},
                                          {"prefix", "intervention/2026/ddo", true},
                                          {"prefix", "intervention/2026/ddo/0001", true},
                                          {"prefix", "intervention/2026/dd", false},
                                          {"prefix", "inter", false},
                                          {"prefix", "intervention/2026/ddo/0001/x", false},
                                          {"type", "session.held", true},
                                          {"type", "plan.opened,session.held", true},
                                          {"type", "plan.opened", false},
                                          {"actor", "ana", true},
                                          {"actor", "an", false},
                                          {"unit", "ddo", true},
                                          {"unit", "dgt", true},
                                          {"unit", "0001", false},
                                          {"fiscal_year", "2026", true},
                                          {"fiscal_year", "2027", false}}) {
    CAPTURE(row.name, row.value);
    CHECK(wants({{row.name, row.value}}, session) == row.wanted);
  }
}

TEST_CASE("several filters hold together, and none wants all") {
  const auto opened = statement("plan/2026/ddo", "plan.opened", "ana", "director@ddo");
  CHECK(wants({}, opened));
  CHECK(wants({{"actor", "ana"}, {"unit", "ddo"}, {"type", "plan.opened"}}, opened));
  CHECK_FALSE(wants({{"actor", "ana"}, {"unit", "ddo"}, {"type", "plan.approved"}}, opened));
}

TEST_CASE("a unit's own register, and streams without a year, are of no unit and no year") {
  const auto unit = statement("unit/ddo", "unit.registered", "ana", "procedure_coordinator");
  CHECK_FALSE(wants({{"unit", "ddo"}}, unit));
  CHECK_FALSE(wants({{"fiscal_year", "2026"}}, unit));
  const auto founded = statement("ledger", "ledger.founded", "ana", "administrator");
  CHECK_FALSE(wants({{"fiscal_year", "2026"}}, founded));
  CHECK_FALSE(wants({{"unit", "ddo"}}, founded));
}
