// Every field and enumerator of the vocabulary has its words, and no word is left over.
#include "ledger/labels.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/support/described.hpp"

using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

struct Names {
  std::set<std::string> fields, values, roles;
};

Names names_of_vocabulary() {
  Names names;
  for_each_event_type([&](auto event) {
    for_each_part<typename decltype(event)::type>([&](auto part, const char*) {
      for_each_field<typename decltype(part)::type>(
          [&](std::string_view name) { names.fields.emplace(name); },
          [&](auto leaf, std::string_view) {
            using Leaf = typename decltype(leaf)::type;
            if constexpr (std::is_enum_v<Leaf>) {
              auto& set = std::is_same_v<Leaf, Role> ? names.roles : names.values;
              boost::mp11::mp_for_each<boost::describe::describe_enumerators<Leaf>>(
                  [&](auto enumerator) { set.emplace(enumerator.name); });
            }
          });
    });
  });
  return names;
}

bool is_whole(const Label& label) { return !label.es.empty() && !label.en.empty(); }

}  // namespace

TEST_CASE("every field of the vocabulary has a label and a meaning in both languages") {
  const auto names = names_of_vocabulary();
  REQUIRE(names.fields.size() > 80);
  for (const auto& name : names.fields) {
    CAPTURE(name);
    const auto* field = find_field(name);
    CHECK(field);
    if (!field) continue;
    CHECK(field->name == name);
    CHECK(is_whole(field->label));
    CHECK(is_whole(field->meaning));
    CHECK(field->meaning.es.find('\n') == std::string_view::npos);
  }
}

TEST_CASE("no label is of a field that the vocabulary has no more, and no two are the same") {
  const auto names = names_of_vocabulary();
  std::set<std::string_view> es, en;
  for (const auto& field : all_fields()) {
    CAPTURE(field.name);
    CHECK(names.fields.contains(std::string(field.name)));
    CHECK(es.insert(field.label.es).second);
    CHECK(en.insert(field.label.en).second);
  }
  CHECK(all_fields().size() == names.fields.size());
  CHECK_FALSE(find_field(""));
  CHECK_FALSE(find_field("zzz"));
  CHECK_FALSE(find_field("Name"));
}

TEST_CASE("every enumerator of the vocabulary has a label in both languages, and there are no others") {
  const auto names = names_of_vocabulary();
  std::set<std::string> labelled;
  for (const auto& value : all_values()) {
    CAPTURE(value.name);
    CHECK(is_whole(value.label));
    CHECK(label_of_value(value.name).es == value.label.es);
    labelled.emplace(value.name);
  }
  CHECK(labelled == names.values);
}

TEST_CASE("a role is labelled as a role") {
  const auto names = names_of_vocabulary();
  REQUIRE(names.roles.size() == 17);
  for (const auto& name : names.roles) {
    CAPTURE(name);
    CHECK(label_of_value(name).es == label_of(parse_role(name).value()).es);
  }
}

TEST_CASE("a text that is no enumerator is its own label") {
  CHECK(label_of_value("on_site").es == "presencial");
  CHECK(label_of_value("on_site").en == "on site");
  CHECK(label_of_value("by_post").es == "by_post");
  CHECK(label_of_value("").en.empty());
}
