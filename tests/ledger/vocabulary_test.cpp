// What holds of every event type, whichever they are: that what it says is written and read back whole, and that
// anything else is refused where it is wrong.
#include "ledger/vocabulary.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>

#include "crypto/json.hpp"
#include "tests/support/random_body.hpp"
#include "tests/support/refusal_places.hpp"
#include "tests/support/show_result.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

namespace json = boost::json;

// A statement of one type, taken apart: what read_body takes.
struct Parts {
  Statement statement;
  std::optional<json::value> data;
  std::vector<json::value> personal;

  Result<Body> read() const { return read_body(statement, data ? &*data : nullptr, personal); }
  std::string text() const {
    json::object whole{{"personal", json::array(personal.begin(), personal.end())}};
    if (statement.open) whole["open"] = *statement.open;
    if (data) whole["data"] = *data;
    return crypto::canonical_json(whole);
  }
};

template <class Event>
Parts parts_of(const Event& event, Random& random) {
  const Body body(std::in_place_type<Event>, event);
  Parts parts;
  parts.statement.type = Event::kType;
  parts.statement.schema = Event::kSchema;
  parts.statement.stream = random_stream<Event>(random);
  parts.statement.open = write_open(body);
  if constexpr (has_data_v<Event>) parts.data = write_data(body);
  if constexpr (HasPersonal<Event>)
    for (const auto& person : event.personal) parts.personal.push_back(write_field(person));
  return parts;
}

template <class Event>
Parts full_parts(std::uint64_t seed) {
  Random random(seed);
  return parts_of(random_event<Event>(random, true), random);
}

std::string refusal_of(const Parts& parts) {
  const auto body = parts.read();
  if (body) return "read";
  CHECK(faults_of(body.error()) == "");
  return std::string(name_of(body.error().reason)) + " " + body.error().pointer;
}

// Changes the object at `pointer` of a full statement of the type, and says what comes of it.
template <class Event>
std::string refusal_after(const std::string& pointer, const std::function<void(json::object&)>& change) {
  auto parts = full_parts<Event>(7);
  boost::system::error_code fault;
  json::value whole = {{"data", parts.data.value_or(json::object())},
                       {"open", parts.statement.open.value_or(json::object())},
                       {"personal", json::array(parts.personal.begin(), parts.personal.end())}};
  auto* place = whole.find_pointer(pointer, fault);
  REQUIRE(place);
  change(place->as_object());
  if (parts.data) parts.data = whole.at("data");
  if (parts.statement.open) parts.statement.open = whole.at("open").as_object();
  for (std::size_t i = 0; i < parts.personal.size(); ++i) parts.personal[i] = whole.at("personal").at(i);
  return refusal_of(parts);
}

}  // namespace

TEST_CASE("every type has a name, a schema, labels and authors, and is found by its name") {
  std::set<std::pair<std::string_view, std::string_view>> places;
  std::map<std::string_view, std::string_view> names, labels;
  for (const auto* type : event_types()) {
    CAPTURE(type->type, type->kind);
    CHECK(is_type_name(type->type));
    CHECK(places.emplace(type->type, type->kind).second);
    CHECK(type->schema >= 1);
    CHECK((type->schema == 1) == (type->lift == nullptr));
    CHECK(is_segment(type->kind));
    CHECK((type->activity >= 0 && type->activity <= 13));
    CHECK_FALSE(type->label.es.empty());
    CHECK_FALSE(type->label.en.empty());
    // A type has one label on whatever kind of stream it stands, and no other type has it.
    CHECK(names.emplace(type->type, type->label.es).first->second == type->label.es);
    CHECK(labels.emplace(type->label.es, type->type).first->second == type->type);
    CHECK_FALSE(type->authors.names(",").empty());
    REQUIRE(find_type(type->type));
    CHECK(find_type(type->type)->type == type->type);
  }
  CHECK(event_types().size() == boost::mp11::mp_size<EventTypes>::value);
  for (auto text : {"", "plan", "plan.opened ", "Plan.opened", "plan.open"}) CHECK_FALSE(find_type(text));
}

TEST_CASE("what every type says is written and read back whole") {
  for_each_event_type([](auto tag) {
    using Event = typename decltype(tag)::type;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      Random random(seed);
      const auto event = random_event<Event>(random, seed % 4 == 0);
      const auto parts = parts_of(event, random);
      const auto body = parts.read();
      if (!body) {
        FAIL_CHECK(Event::kType << ", seed " << seed << ": " << body.error().pointer << " "
                                << body.error().text(Language::en));
        continue;
      }
      const auto* read = body->template get_if<Event>();
      REQUIRE(read);
      Random same(seed);
      if (parts_of(*read, same).text() != parts.text()) FAIL_CHECK(Event::kType << ", seed " << seed << " differs");
      CHECK(&type_of(*body) == &event_type_of<Event>());
    }
  });
}

TEST_CASE("what is written is of the format, and the same when it was canonical text between") {
  for_each_event_type([](auto tag) {
    using Event = typename decltype(tag)::type;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      auto parts = full_parts<Event>(seed);
      const auto before = parts.text();
      const auto through_text = [](json::value& value) {
        CHECK(has_only_format_values(value));
        value = crypto::parse_json(crypto::canonical_json(value)).value();
      };
      if (parts.data) through_text(*parts.data);
      for (auto& person : parts.personal) through_text(person);
      CHECK(parts.text() == before);
      CHECK(parts.read().has_value());
    }
  });
}

TEST_CASE("content is read as its parts are") {
  for_each_event_type([](auto tag) {
    using Event = typename decltype(tag)::type;
    const auto parts = full_parts<Event>(3);
    Content content;
    if (parts.data) content.data = Part::make(*parts.data);
    for (const auto& person : parts.personal) content.personal.push_back(Part::make(person));
    const auto body = read_body(parts.statement, content);
    REQUIRE(body);
    Random same(3);
    random_event<Event>(same, true);
    CHECK(parts_of(body->template get<Event>(), same).text() == parts.text());
  });
}

TEST_CASE("a part nests at most 16 deep") {
  const auto nested = [](int depth) {
    json::value value = json::object();
    for (int i = 1; i < depth; ++i) value = json::object{{"zzz", std::move(value)}};
    return value;
  };
  const auto parts = full_parts<ActorRegistered>(3);
  Content content{Part::make(*parts.data), {Part::make(parts.personal.at(0))}};
  const auto refusal = [&] {
    const auto body = read_body(parts.statement, content);
    REQUIRE_FALSE(body);
    CHECK(faults_of(body.error()) == "");
    return std::string(name_of(body.error().reason)) + " " + body.error().pointer;
  };
  // Read as far as its fields, and then refused for them.
  content.data = Part::make(nested(16));
  CHECK(refusal() == "field_missing /data/kind");
  content.data = Part::make(nested(17));
  CHECK(refusal() == "malformed_json /data");
  content.data = Part::make(*parts.data);
  content.personal = {Part::make(nested(17))};
  CHECK(refusal() == "malformed_json /personal/0");
}

TEST_CASE("a member that is missing or unknown is refused with its pointer, an optional one may be absent") {
  int objects_seen = 0;
  for_each_event_type([&](auto tag) {
    using Event = typename decltype(tag)::type;
    for_each_part<Event>([&](auto part, const char* where) {
      std::vector<DescribedObject> objects;
      collect_objects<typename decltype(part)::type>(where, objects);
      for (const auto& object : objects) {
        ++objects_seen;
        CAPTURE(Event::kType, object.pointer);
        CHECK(refusal_after<Event>(object.pointer, [](auto& members) { members["zzz"] = 1; }) ==
              "field_unknown " + object.pointer + "/zzz");
        for (const auto& name : object.required)
          CHECK(refusal_after<Event>(object.pointer, [&](auto& members) { members.erase(name); }) ==
                "field_missing " + object.pointer + "/" + name);
        for (const auto& name : object.optional)
          CHECK(refusal_after<Event>(object.pointer, [&](auto& members) { members.erase(name); }) == "read");
        for (const auto* names : {&object.required, &object.optional})
          for (const auto& name : *names)
            CHECK(refusal_after<Event>(object.pointer, [&](auto& members) { members[name] = nullptr; }) ==
                  "field_invalid " + object.pointer + "/" + name);
      }
    });
  });
  CHECK(objects_seen > 40);
}

TEST_CASE("a type takes the parts it has, and no others") {
  for_each_event_type([](auto tag) {
    using Event = typename decltype(tag)::type;
    CAPTURE(Event::kType);
    const auto& type = event_type_of<Event>();
    auto parts = full_parts<Event>(1);
    CHECK(parts.data.has_value() == type.has_data);
    CHECK(parts.statement.open.has_value() == type.has_open);
    if (parts.data)
      parts.data.reset();
    else
      parts.data = json::object();
    CHECK(refusal_of(parts) == "malformed_content /data");

    parts = full_parts<Event>(1);
    if (parts.statement.open)
      parts.statement.open.reset();
    else
      parts.statement.open.emplace();
    CHECK(refusal_of(parts) == "malformed_content /open");

    parts = full_parts<Event>(1);
    if (type.has_personal) {
      parts.personal.clear();
      CHECK(refusal_of(parts) == "read");
    } else {
      parts.personal.push_back(json::object());
      CHECK(refusal_of(parts) == "malformed_content /personal");
    }
  });
}

TEST_CASE("a type is taken in its newest schema, on a stream of its kind") {
  for_each_event_type([](auto tag) {
    using Event = typename decltype(tag)::type;
    CAPTURE(Event::kType);
    const auto sound = full_parts<Event>(2);
    auto parts = sound;
    parts.statement.schema = Event::kSchema + 1;
    CHECK(refusal_of(parts) == "wrong_schema /schema");
    parts = sound;
    parts.statement.type += "x";
    CHECK(refusal_of(parts) == "unknown_type /type");
    for (const auto& stream : {sound.statement.stream + "/x", "x" + sound.statement.stream, std::string("almanac/co"),
                               sound.statement.stream.substr(0, sound.statement.stream.rfind('/'))}) {
      if (stream == sound.statement.stream) continue;
      CAPTURE(stream);
      parts = sound;
      parts.statement.stream = stream;
      CHECK(refusal_of(parts) == "wrong_stream /stream");
    }
  });
}

TEST_CASE("open facts are kept for ever: no free text is among them, and no line but the name of the ledger") {
  for_each_event_type([](auto tag) {
    using Event = typename decltype(tag)::type;
    if constexpr (HasOpen<Event>)
      for_each_field<std::remove_cvref_t<decltype(Event::open)>>(
          [](std::string_view) {},
          [](auto leaf, std::string_view name) {
            using Leaf = typename decltype(leaf)::type;
            CAPTURE(Event::kType, name);
            CHECK_FALSE(std::is_same_v<Leaf, Text>);
            CHECK((!std::is_same_v<Leaf, Title> || (Event::kType == LedgerFounded::kType && name == "origin")));
          });
  });
}

TEST_CASE("a stream begins in the state of its kind") {
  for (const char* stream :
       {"ledger", "actor/ana", "unit/ddo", "entity/divipola-05021", "service/at-ddo-01", "strategy/2026",
        "plan/2026/ddo", "intervention/2026/ddo/0001", "calendar/national", "demand/d-0001", "audit/2026-01"}) {
    CAPTURE(stream);
    CHECK(initial_state(stream));
  }
  for (const char* stream : {"ledger/1", "actor", "plan/2026", "plan/2026/ddo/0001", "almanac/co", "Plan/2026/ddo"}) {
    CAPTURE(stream);
    CHECK_FALSE(initial_state(stream));
  }
  const auto state = initial_state("plan/2026/ddo").value();
  REQUIRE(state.is<PlanState>());
  CHECK(address_of(state) == &state.get<PlanState>());
}
