// Telling.
#include "tests/support/story.hpp"

#include <catch2/catch.hpp>

#include "ledger/admission.hpp"
#include "ledger/authority.hpp"
#include "tests/support/histories.hpp"
#include "tests/support/sightings.hpp"

namespace fedatario::tests {

using namespace ledger;

namespace {

// "2026-02-10 14:30" at Bogotá.
Declared time_of(std::string_view when) {
  return Declared::parse(std::string(when.substr(0, 10)) + "T" + std::string(when.substr(11)) + ":00-05:00").value();
}

std::string told_at(const std::source_location& where) {
  return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

}  // namespace

Story::Story() {
  chapter(0, "La fundación");
  auto saying = on("ledger", founding()).by("fundadora", "administrator").at("2025-10-01T08:00:00-05:00");
  last_recorded_ = {saying.statement.at.seconds * 1'000'000};
  saying.recorded_at = last_recorded_;
  streams_.fold(saying);
  chapters_.back().events.push_back(std::move(saying));
  ++size_;
}

Story& Story::chapter(int activity, std::string title) {
  chapters_.push_back({activity, std::move(title), {}});
  return *this;
}

Story& Story::on_behalf(std::string actor) {
  on_behalf_ = std::move(actor);
  return *this;
}

Saying Story::make(std::string_view declared, std::string_view recorded, const Person& who, std::string stream,
                   Body body) {
  auto saying = on_stream(std::move(stream), std::move(body)).by(who.actor, who.as);
  auto& statement = saying.statement;
  statement.at = time_of(declared);
  saying.recorded_at = Recorded{time_of(recorded).seconds * 1'000'000};
  const auto number = std::to_string(size_);
  statement.id = EventId::make(saying.recorded_at->micros / 1000, std::string(10 - number.size(), '0') + number);
  // The administrator signs; everybody else speaks in a session.
  statement.key = id_of(public_key(statement.as.role == Role::administrator ? 'a' : 's'));
  statement.on_behalf = std::exchange(on_behalf_, std::nullopt);
  return saying;
}

Result<void> Story::admit(const Saying& saying) const {
  const Context context{
      saying.statement, *saying.recorded_at, {streams_.version(saying.statement.stream).value + 1}, streams_, {size_}};
  if (auto authority = check_authority(type_of(saying.body), context); !authority) {
    saw_refused(authority.error(), &saying.statement);
    return authority;
  }
  return streams_.admit(saying);
}

void Story::tell(Saying saying, const Where& where) {
  INFO(told_at(where));
  if (*saying.recorded_at < last_recorded_) FAIL("told out of order: " << saying.recorded_at->text());
  last_recorded_ = *saying.recorded_at;
  if (const auto admitted = admit(saying); !admitted)
    FAIL(saying.statement.type << " on " << saying.statement.stream
                               << " is refused: " << name_of(admitted.error().reason) << " at "
                               << admitted.error().pointer << ": " << admitted.error().text(Language::es));
  streams_.fold(saying);
  last_id_ = saying.statement.id;
  chapters_.back().events.push_back(std::move(saying));
  ++size_;
}

Story& Story::says(std::string_view when, const Person& who, std::string stream, Body body, Where where) {
  tell(make(when, when, who, std::move(stream), std::move(body)), where);
  return *this;
}

Story& Story::says_late(std::string_view declared, std::string_view recorded, const Person& who, std::string stream,
                        Body body, Where where) {
  tell(make(declared, recorded, who, std::move(stream), std::move(body)), where);
  return *this;
}

Story& Story::is_refused(std::string_view when, const Person& who, std::string stream, Body body, Reason reason,
                         Where where) {
  INFO(told_at(where));
  const auto admitted = admit(make(when, when, who, std::move(stream), std::move(body)));
  if (admitted)
    FAIL_CHECK("admitted, and not refused for " << name_of(reason));
  else
    CHECK(name_of(admitted.error().reason) == name_of(reason));
  return *this;
}

Story& Story::is_refused(std::string_view when, const Person& who, std::string stream, Body body, Duty duty,
                         Where where) {
  INFO(told_at(where));
  const auto admitted = admit(make(when, when, who, std::move(stream), std::move(body)));
  if (admitted) {
    FAIL_CHECK("admitted, against " << name_of(duty));
    return *this;
  }
  std::string named;
  for (const auto& argument : admitted.error().arguments)
    if (argument.name == "duty") named = argument.en;
  CHECK(named == name_of(duty));
  return *this;
}

}  // namespace fedatario::tests
