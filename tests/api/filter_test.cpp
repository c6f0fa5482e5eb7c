// Conditions and orders read from a question, and rows held to them.
#include "api/filter.hpp"

#include <catch2/catch.hpp>

using namespace fedatario;
using namespace fedatario::api;

namespace {

BOOST_DEFINE_ENUM_CLASS(Colour, red, green)
struct Part {
  ledger::Code code;
  ledger::Date due;
};
BOOST_DESCRIBE_STRUCT(Part, (), (code, due))
struct Thing {
  ledger::Code unit;
  std::optional<ledger::Title> theme;
  ledger::Count lines;
  Colour colour{};
  bool open = false;
  std::vector<Part> parts;
  std::vector<ledger::Code> others;
  ledger::Recorded recorded;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (unit, theme, lines, colour, open, parts, others, recorded))

ledger::Date day(const char* text) { return ledger::Date::parse(text).value(); }

Thing thing() {
  Thing out;
  out.unit = {"ddo"};
  out.theme = ledger::Title{"Rediseño institucional"};
  out.lines = {12};
  out.colour = Colour::green;
  out.parts = {{{"h1"}, day("2026-03-10")}, {{"h2"}, day("2026-05-04")}};
  out.others = {{"dep"}, {"dj"}};
  out.recorded = ledger::Recorded::parse("2026-03-04T15:00:01.123456Z").value();
  return out;
}

Request asking(Parameters query) {
  Request request;
  request.query = std::move(query);
  return request;
}

bool takes(const Thing& row, const Parameters& query) {
  const auto filter = Filter::read(asking(query), columns_of<Thing>(), {});
  if (!filter) FAIL(filter.error().text(Language::es));
  return filter->takes(cells_of(row, filter->wanted()));
}

std::string pointer_of_fault(const Parameters& query) {
  const auto filter = Filter::read(asking(query), columns_of<Thing>(), {});
  REQUIRE(filter.has_error());
  return filter.error().pointer;
}

}  // namespace

TEST_CASE("columns are the members that are not composed of others, by their paths") {
  std::string names;
  for (const auto& column : columns_of<Thing>()) names += column.name + (column.many ? "* " : " ");
  CHECK(names == "unit theme lines colour open parts.code* parts.due* others* recorded ");
}

TEST_CASE("a row is taken when each condition takes one of its values") {
  const auto row = thing();
  for (const Parameters& query : std::vector<Parameters>{
           {},
           {{"unit", "ddo"}},
           {{"unit", "dep,ddo"}},
           {{"theme", "~rediseno"}},
           {{"theme", "~INSTITUCIONAL"}},
           {{"lines", "12"}},
           {{"lines", "1..12"}},
           {{"lines", "12.."}},
           {{"lines", "..12"}},
           {{"lines", "3,12"}},
           {{"colour", "green"}},
           {{"open", "false"}},
           {{"parts.code", "h2"}},
           {{"parts.due", "2026-05-01..2026-05-31"}},
           {{"others", "dj"}},
           {{"recorded", "2026-03-04"}},
           {{"recorded", "2026-03-04T10:00:01-05:00"}},
           {{"recorded", "..2026-03-04"}},
           {{"unit", "ddo"}, {"lines", "12"}},
       }) {
    INFO((query.empty() ? std::string() : query.begin()->first + "=" + query.begin()->second));
    CHECK(takes(row, query));
  }
  for (const Parameters& query : std::vector<Parameters>{
           {{"unit", "dd"}},
           {{"theme", "Rediseño"}},
           {{"theme", ""}},
           {{"lines", "13.."}},
           {{"lines", "..11"}},
           {{"colour", "red"}},
           {{"open", "true"}},
           {{"parts.code", "h3"}},
           {{"parts.due", "2026-04-01..2026-04-30"}},
           {{"others", ""}},
           {{"recorded", "2026-03-05.."}},
           {{"unit", "ddo"}, {"lines", "13"}},
       }) {
    INFO(query.begin()->first + "=" + query.begin()->second);
    CHECK_FALSE(takes(row, query));
  }
  auto without = row;
  without.theme.reset();
  without.others.clear();
  CHECK(takes(without, {{"theme", ""}}));
  CHECK(takes(without, {{"others", ""}}));
  CHECK_FALSE(takes(without, {{"theme", "~a"}}));
}

TEST_CASE("a parameter that is no column, and a value that a column cannot have, are refused where they stand") {
  CHECK(pointer_of_fault({{"nada", "1"}}) == "?nada");
  CHECK(pointer_of_fault({{"lines", "doce"}}) == "?lines");
  CHECK(pointer_of_fault({{"lines", ".."}}) == "?lines");
  CHECK(pointer_of_fault({{"lines", "99999999999999999999"}}) == "?lines");
  CHECK(pointer_of_fault({{"colour", "blue"}}) == "?colour");
  CHECK(pointer_of_fault({{"open", "si"}}) == "?open");
  CHECK(pointer_of_fault({{"parts.due", "2026-02-30"}}) == "?parts.due");
  CHECK(pointer_of_fault({{"recorded", "ayer"}}) == "?recorded");
  const auto other = Filter::read(asking({{"as_of", "3"}}), columns_of<Thing>(), std::vector<std::string>{"as_of"});
  CHECK(other.has_value());
}

TEST_CASE("a condition of one value says which, so that the key can begin with it") {
  const auto filter = Filter::read(asking({{"unit", "ddo"}, {"lines", "1..2"}}), columns_of<Thing>(), {});
  CHECK(filter->only("unit") == "ddo");
  CHECK_FALSE(filter->only("lines"));
  CHECK_FALSE(filter->only("theme"));
  CHECK(Filter::read(asking({{"lines", "7"}}), columns_of<Thing>(), {})->only("lines") == "7");
}

TEST_CASE("rows stand in the order asked, those without a value last") {
  auto a = thing(), b = thing(), c = thing();
  a.lines = {1};
  b.lines = {2};
  c.lines = {2};
  c.theme.reset();
  const auto before = [&](const Thing& first, const Thing& second, const char* sort) {
    const auto order = Order::read(asking({{"sort", sort}}), columns_of<Thing>()).value();
    return order.before(cells_of(first, order.wanted()), cells_of(second, order.wanted()));
  };
  CHECK(before(a, b, "lines"));
  CHECK_FALSE(before(b, a, "lines"));
  CHECK(before(b, a, "-lines"));
  CHECK_FALSE(before(b, c, "lines"));
  CHECK(before(b, c, "lines,theme"));
  CHECK(before(b, c, "-lines,-theme"));
  CHECK(Order::read(asking({{"sort", "nada"}}), columns_of<Thing>()).error().pointer == "?sort");
}
