// Folding of histories for tests of rules.
#include "tests/support/given.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>

#include "ledger/admission.hpp"
#include "ledger/fields.hpp"
#include "ledger/procedure/founding.hpp"
#include "tests/support/refusal_places.hpp"
#include "tests/support/sightings.hpp"

namespace fedatario::tests {

using namespace ledger;

namespace {

constexpr std::string_view kOrigin = "libro.example/pruebas";

// The administrator, else a unit's role before one of the agency.
Role first_author(RoleSet authors) {
  if (authors.has(Role::administrator)) return Role::administrator;
  for (const bool of_unit : {true, false})
    for (int i = 0; i <= int(Role::territorial_manager); ++i)
      if (authors.has(Role(i)) && is_unit_role(Role(i)) == of_unit) return Role(i);
  throw std::logic_error("a type without author");
}

// The unit that a stream's name says, else one.
std::string unit_of(std::string_view stream) {
  const auto name = segments(stream);
  return name.size() > 2 ? std::string(name[2]) : "ddo";
}

// The body as it is read back, with the institutional part or, destroyed, without.
Result<Body> read_back(const Saying& saying) {
  const auto parts = write_parts(saying.body);
  const auto data = boost::json::value(parts.data.value_or(boost::json::object()));
  return read_body(saying.statement, parts.data ? &data : nullptr, parts.personal);
}

Body without_content(const Saying& saying) { return empty_body(saying.statement).value(); }

std::string described(const Refusal& refusal) {
  return std::string(name_of(refusal.reason)) + " at \"" + refusal.pointer + "\": " + refusal.text(Language::en);
}

std::string line_of(const std::source_location& where) {
  return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

Recorded recorded_at(const Saying& saying) {
  return saying.recorded_at.value_or(Recorded{saying.statement.at.seconds * 1'000'000});
}

}  // namespace

Saying& Saying::by(std::string actor) {
  statement.actor = std::move(actor);
  return *this;
}
Saying& Saying::by(std::string actor, std::string_view as) {
  statement.as = Capacity::parse(as).value();
  return by(std::move(actor));
}
Saying& Saying::at(std::string_view declared) {
  statement.at = Declared::parse(declared).value();
  return *this;
}
Saying& Saying::destroyed() {
  content_destroyed = true;
  return *this;
}

Saying on_stream(std::string stream, Body body) {
  const auto& type = type_of(body);
  Saying saying{{}, std::move(body)};
  auto& statement = saying.statement;
  const auto role = first_author(type.authors);
  statement.actor = "alguien.mas";
  statement.as = {role, is_unit_role(role) ? unit_of(stream) : ""};
  statement.ledger = type.type == LedgerFounded::kType ? kOrigin : std::string(kOrigin) + "#0123456789abcdef";
  statement.open = write_open(saying.body);
  if (!write_parts(saying.body).personal.empty()) statement.personal = "sha256:" + std::string(64, '0');
  statement.stream = std::move(stream);
  statement.schema = type.schema;
  statement.type = type.type;
  return saying.at("2026-07-15T09:00:00-05:00");
}

Streams::Stream& Streams::at(std::string_view stream) const {
  const auto found = streams_.find(stream);
  if (found != streams_.end()) return found->second;
  auto state = initial_state(stream);
  if (!state) throw std::logic_error("no kind of stream is named " + std::string(stream));
  return streams_.emplace(stream, Stream{*std::move(state), {}}).first->second;
}

const State& Streams::state(std::string_view stream) const { return at(stream).state; }
Version Streams::version(std::string_view stream) const { return at(stream).version; }

std::optional<Earlier> Streams::event(const EventId& id) const {
  const auto found = events_.find(id);
  return found == events_.end() ? std::nullopt : std::optional(found->second);
}

Result<void> Streams::judge(const Saying& saying) const {
  const auto body = read_back(saying);
  if (!body) return body.error();
  const auto& stream = at(saying.statement.stream);
  const Context context{saying.statement, recorded_at(saying), {stream.version.value + 1}, *this, next_};
  if (auto open = check_fiscal_year(type_of(*body), context); !open) return open;
  return ledger::admit(stream.state, *body, context);
}

Result<void> Streams::admit(const Saying& saying) const {
  auto judged = judge(saying);
  if (judged)
    saw_admitted(saying.statement);
  else
    saw_refused(judged.error(), &saying.statement);
  return judged;
}

std::vector<Flagged> Streams::flags(const Saying& saying) const {
  const auto& stream = at(saying.statement.stream);
  return flags_of(stream.state, saying.body,
                  {saying.statement, recorded_at(saying), {stream.version.value + 1}, *this, next_});
}

void Streams::fold(const Saying& saying) {
  fold_at(saying, next_);
  skip();
}

void Streams::fold_at(const Saying& saying, Position position) {
  auto& stream = at(saying.statement.stream);
  ++stream.version.value;
  evolve(stream.state, saying.content_destroyed ? without_content(saying) : saying.body,
         {saying.statement, position, stream.version, recorded_at(saying), saying.content_destroyed});
  events_.insert_or_assign(saying.statement.id, Earlier{saying.statement, position, stream.version, recorded_at(saying),
                                                        saying.body, saying.content_destroyed});
}

Given& Given::and_given(const Saying& saying) {
  if (const auto admitted = streams_.admit(saying); !admitted)
    FAIL("given is what cannot be: " << saying.statement.type << " on " << saying.statement.stream << ": "
                                     << described(admitted.error()));
  streams_.fold(saying);
  return *this;
}

Given& Given::and_given(const History& history) {
  for (const auto& saying : history) and_given(saying);
  return *this;
}

When Given::when(Saying saying) const { return {*this, std::move(saying)}; }

Given When::then_admitted(Where where) const {
  INFO(line_of(where));
  auto after = given_;
  const auto admitted = after.streams_.admit(saying_);
  if (!admitted) {
    FAIL_CHECK("refused: " << described(admitted.error()));
    return after;
  }
  CHECK(admitted.has_value());
  after.streams_.fold(saying_);
  return after;
}

Given When::then_flagged(std::vector<std::string> flags, Where where) const {
  auto after = then_admitted(where);
  INFO(line_of(where));
  std::vector<std::string> raised;
  for (const auto& flagged : given_.streams_.flags(saying_)) {
    saw_flag(flagged.flag);
    raised.push_back(std::string(name_of(flagged.flag)) + " " + flagged.pointer);
    for (const auto language : {Language::es, Language::en})
      for (const auto& place : places_in(std::string(sentence_of(flagged.flag).in(language)))) {
        INFO(name_of(flagged.flag) << " tells {" << place << "}");
        CHECK(std::ranges::count(flagged.arguments, place, &Refusal::Argument::name) == 1);
      }
  }
  CHECK(raised == flags);
  return after;
}

void When::refuses(Reason reason, std::string_view pointer, Where where) const {
  INFO(line_of(where));
  const auto admitted = given_.streams_.admit(saying_);
  if (admitted) {
    FAIL_CHECK("admitted, and not refused for " << name_of(reason));
    return;
  }
  INFO("refused: " << described(admitted.error()));
  CHECK(name_of(admitted.error().reason) == name_of(reason));
  CHECK(admitted.error().pointer == pointer);
  CHECK(faults_of(admitted.error()) == "");
}

void When::refuses(Duty duty, Where where) const {
  refuses(Reason::separation_of_duties, "/actor", where);
  const auto admitted = given_.streams_.admit(saying_);
  if (admitted) return;
  std::string named;
  for (const auto& argument : admitted.error().arguments)
    if (argument.name == "duty") named = argument.en;
  INFO(line_of(where));
  CHECK(named == name_of(duty));
}

}  // namespace fedatario::tests
