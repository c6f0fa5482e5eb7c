// What the views say of themselves: whether rows of an older program can be read.
#include "projections/views.hpp"

#include <catch2/catch.hpp>

#include "projections/plan_rows.hpp"

using namespace fedatario;
using namespace fedatario::projections;

namespace {

struct One {
  std::int64_t a = 0;
  std::string b;
};
BOOST_DESCRIBE_STRUCT(One, (), (a, b))
struct Renamed {
  std::int64_t a = 0;
  std::string c;
};
BOOST_DESCRIBE_STRUCT(Renamed, (), (a, c))
struct Turned {
  std::string b;
  std::int64_t a = 0;
};
BOOST_DESCRIBE_STRUCT(Turned, (), (b, a))
struct OtherType {
  std::int32_t a = 0;
  std::string b;
};
BOOST_DESCRIBE_STRUCT(OtherType, (), (a, b))
struct OtherField {
  std::int64_t a = 0;
  ledger::Code b;
};
BOOST_DESCRIBE_STRUCT(OtherField, (), (a, b))
struct Optional {
  std::int64_t a = 0;
  std::optional<std::string> b;
};
BOOST_DESCRIBE_STRUCT(Optional, (), (a, b))
struct Many {
  std::int64_t a = 0;
  std::vector<std::string> b;
};
BOOST_DESCRIBE_STRUCT(Many, (), (a, b))
struct Longer : One {
  bool c = false;
};
BOOST_DESCRIBE_STRUCT(Longer, (One), (c))

template <class T>
std::string shape() {
  std::string out;
  ledger::append_shape<T>(out);
  return out;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a shape tells apart whatever is stored otherwise: names, order, types, bases") {
  const std::vector<std::string> shapes{shape<One>(),        shape<Renamed>(),  shape<Turned>(), shape<OtherType>(),
                                        shape<OtherField>(), shape<Optional>(), shape<Many>(),   shape<Longer>(),
                                        shape<LineRow>(),    shape<PlanRow>()};
  for (std::size_t i = 0; i < shapes.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) CHECK(shapes[i] != shapes[j]);
  CHECK(shape<One>() == shape<One>());
}

TEST_CASE("older views can be served when all that this program reads has the shape it had") {
  const auto text = views_text();
  CHECK(can_serve(text));
  const auto lines = parse_views_text(text);
  REQUIRE(lines.size() == views().size());
  for (std::size_t i = 0; i < lines.size(); ++i)
    CHECK(lines[i] == ViewLine{std::string(views()[i].name), views()[i].number, shape_of(views()[i])});
  const auto& first = lines.front();
  const auto named = [&](int number) { return first.name + ' ' + std::to_string(number) + ' '; };
  CHECK(can_serve(replaced(text, named(first.number), named(first.number + 1))));
  CHECK(can_serve(text + "ya_no 3 0123456789abcdef\n"));
  CHECK_FALSE(can_serve(replaced(text, first.shape, "0123456789abcdef")));
  CHECK_FALSE(can_serve(replaced(text, first.name, "otra")));
  CHECK_FALSE(can_serve(""));
  CHECK_FALSE(can_serve("plan_status 2\naudit_trail 3\n"));
}

TEST_CASE("a view that does not tell its shapes has another with each number") {
  static constexpr std::string_view kRows[] = {"x"};
  const View one{"x", 1, nullptr, kRows}, two{"x", 2, nullptr, kRows};
  CHECK(shape_of(one) != shape_of(two));
  const View told{"x", 1, nullptr, kRows, shapes_of<PlanRow>}, raised{"x", 2, nullptr, kRows, shapes_of<PlanRow>};
  CHECK(shape_of(told) == shape_of(raised));
  CHECK(shape_of(told) != shape_of(View{"x", 1, nullptr, kRows, shapes_of<LineRow>}));
}
