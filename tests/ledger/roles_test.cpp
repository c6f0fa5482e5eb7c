// Roles, the sets of them that may author a type, and the form in which a statement names one.
#include "ledger/roles.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <catch2/catch.hpp>
#include <set>

#include "ledger/names.hpp"

using namespace fedatario::ledger;

namespace {

template <class Check>
void for_each_role(Check check) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>(
      [&](auto descriptor) { check(descriptor.value, std::string_view(descriptor.name)); });
}

}  // namespace

TEST_CASE("every role has one name and a label of its own in both languages") {
  std::set<std::string_view> es, en;
  int count = 0;
  for_each_role([&](Role role, std::string_view name) {
    CAPTURE(name);
    ++count;
    CHECK(name_of(role) == name);
    CHECK(parse_role(name) == role);
    CHECK_FALSE(label_of(role).es.empty());
    CHECK(es.insert(label_of(role).es).second);
    CHECK(en.insert(label_of(role).en).second);
    // FORMAT.md section 2.
    CHECK(name.size() <= 32);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
  });
  CHECK(count == 17);
}

TEST_CASE("what is no role's name is none") {
  using namespace std::string_view_literals;
  for (auto text : {""sv, "Director"sv, "directora"sv, "director "sv, "director\0"sv, "director\0x"sv, "role1"sv}) {
    CAPTURE(text);
    CHECK_FALSE(parse_role(text));
  }
}

TEST_CASE("four roles speak for a unit") {
  std::set<Role> of_units;
  for_each_role([&](Role role, std::string_view) {
    if (is_unit_role(role)) of_units.insert(role);
  });
  CHECK(of_units == std::set{Role::director, Role::coordinator, Role::professional, Role::territorial_manager});
}

TEST_CASE("a set of roles has those it was made of") {
  constexpr RoleSet some{Role::professional, Role::administrator, Role::territorial_manager};
  for_each_role([&](Role role, std::string_view) {
    CHECK(some.has(role) ==
          (role == Role::professional || role == Role::administrator || role == Role::territorial_manager));
    CHECK_FALSE(RoleSet().has(role));
  });
  CHECK(some.names(", ") == "administrator, professional, territorial_manager");
  CHECK(RoleSet().names(", ").empty());
}

TEST_CASE("a capacity is a role, or a role at a unit") {
  CHECK(Capacity::parse("subdirection") == Capacity{Role::subdirection, ""});
  CHECK(Capacity::parse("professional@ddo") == Capacity{Role::professional, "ddo"});
  const auto longest = "procedure_coordinator@" + std::string(64, 'a');
  CHECK(Capacity::parse(longest)->text() == longest);
  for_each_role([&](Role role, std::string_view name) {
    const std::string alone(name), at_unit = alone + "@ddo";
    CHECK(Capacity::parse(alone) == Capacity{role, ""});
    CHECK(Capacity::parse(alone)->text() == alone);
    CHECK(Capacity::parse(at_unit)->text() == at_unit);
  });
}

TEST_CASE("what is not the form of a capacity is none") {
  using namespace std::string_view_literals;
  for (auto text :
       {""sv, "@"sv, "@ddo"sv, "professional@"sv, "professional@DDO"sv, "professional@ddo@ddo"sv, "Professional@ddo"sv,
        "professional @ddo"sv, " professional"sv, "professional\0@ddo"sv, "professional@ddo\0"sv, "unknown@ddo"sv}) {
    CAPTURE(text);
    CHECK_FALSE(Capacity::parse(text));
  }
  CHECK_FALSE(Capacity::parse("professional@" + std::string(65, 'a')));
}
