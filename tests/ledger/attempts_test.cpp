// The record of what was refused: by the writer, of actors the ledger knows, and never so often that it floods the log.
#include "ledger/attempts.hpp"

#include <catch2/catch.hpp>

#include "ledger/procedure/configuration.hpp"
#include "ledger/procedure/traces.hpp"
#include "ledger/verify.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using fedatario::tests::Workshop;
namespace json = boost::json;

namespace {

constexpr std::int64_t kHourMicros = 3'600'000'000;

// Both clocks, moved together.
struct Clocks {
  std::shared_ptr<std::atomic<std::int64_t>> wall, steady = std::make_shared<std::atomic<std::int64_t>>(0);

  // At the beginning of an hour well ahead: the founding, recorded by the system's clock, is before it.
  Clocks() {
    const auto hour = (Clock::system().wall_micros() / kHourMicros + 2) * kHourMicros;
    wall = std::make_shared<std::atomic<std::int64_t>>(hour);
  }
  Writer::Options options() const {
    Writer::Options options;
    options.clock = {[wall = wall] { return wall->load(); }, [steady = steady] { return steady->load(); }};
    return options;
  }
  void move(std::int64_t micros) {
    *wall += micros;
    *steady += micros;
  }
};

struct Recording {
  std::string stream;
  Capacity as;
  std::string author;
  AttemptRefused body;
};

// All there are, in order.
std::vector<Recording> attempts_in(Workshop& shop) {
  std::vector<Recording> out;
  const auto& log = shop.ledger().log();
  for (std::uint64_t i = 0; i < log.store().head().size; ++i) {
    const auto entry = log.entry({i});
    if (const auto* attempt = entry.body.get_if<AttemptRefused>())
      out.push_back({entry.event.statement.stream, entry.event.statement.as, entry.event.statement.actor, *attempt});
  }
  return out;
}

// "attempts/ana: role_not_allowed plan.approved as director@ddo on plan/2026/ddo", with the duty and what was
// suppressed where there are any.
std::string told(const Recording& attempt) {
  const auto& open = attempt.body.open;
  const Capacity tried{open.role, open.unit ? open.unit->value : ""};
  auto out = attempt.stream + ": " + open.reason.value + " " + open.type.value + " as " + tried.text() + " on " +
             attempt.body.stream.value;
  if (open.duty) out += ", " + open.duty->value;
  if (open.suppressed.value > 0) out += ", after " + std::to_string(open.suppressed.value);
  return out;
}
std::vector<std::string> told(Workshop& shop) {
  std::vector<std::string> out;
  for (const auto& attempt : attempts_in(shop)) {
    CHECK(attempt.author == "ledger");
    CHECK(attempt.as == Capacity{Role::ledger, {}});
    out.push_back(told(attempt));
  }
  return out;
}

std::string refusal_of(const Outcome& outcome) {
  return outcome.result ? "recorded" : std::string(name_of(outcome.result.error().reason));
}

std::uint64_t size_of(Workshop& shop) { return shop.ledger().store().head().size; }

// It holds, also with every part opened.
void check_verified(Workshop& shop) {
  shop.close();
  VerifyOptions options;
  options.kek = Directory{shop.path()}.kek();
  const auto report = verify(shop.path(), options);
  for (const auto& finding : report.findings) UNSCOPED_INFO(finding.en);
  CHECK(report.good());
}

// `coordinador.1` in a role he may not record it in.
Result<Proposal> without_right(Workshop& shop, const std::string& as = "subdirection") {
  return shop.by_session("coordinador.1", as, "unit/ddo", "unit.registered", {{"name", "Dirección ddo"}});
}

Attempt attempt_of(const char* actor) {
  return {actor, {Role::director, "ddo"}, "plan.approved", "plan/2026/ddo", Reason::signature_invalid, {}};
}

}  // namespace

TEST_CASE("an attempt is what denied a right, a duty or a signature, and says which") {
  Statement statement;
  statement.actor = "ana";
  statement.as = {Role::director, "ddo"};
  statement.stream = "plan/2026/ddo";
  statement.type = "plan.approved";
  for (const auto reason : all_reasons()) {
    CAPTURE(name_of(reason));
    const auto attempt = Attempt::of(statement, refuse(reason));
    REQUIRE(attempt.has_value() == concerns_rights(reason));
    if (!attempt) continue;
    CHECK(attempt->actor == "ana");
    CHECK(attempt->as == Capacity{Role::director, "ddo"});
    CHECK(attempt->stream == "plan/2026/ddo");
    CHECK(attempt->type == "plan.approved");
    CHECK(attempt->reason == reason);
    CHECK(attempt->duty.empty());
  }
  for (const auto duty : all_duties()) CHECK(Attempt::of(statement, refuse(duty))->duty == name_of(duty));
  for (const auto reason : {Reason::malformed_content, Reason::field_invalid, Reason::wrong_stage,
                            Reason::version_conflict, Reason::overloaded})
    CHECK_FALSE(concerns_rights(reason));
}

TEST_CASE("a right refused is recorded, with the role, and in it the unit", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  CHECK(refusal_of(shop.submit(without_right(shop))) == "role_not_allowed");
  CHECK(told(shop) == std::vector<std::string>{
                          "attempts/coordinador.1: role_not_allowed unit.registered as subdirection on unit/ddo"});
  CHECK(refusal_of(shop.submit(without_right(shop, "professional@dep"))) == "role_not_allowed");
  CHECK(told(shop).at(1) == "attempts/coordinador.1: role_not_allowed unit.registered as professional@dep on unit/ddo");
  // What was refused is refused: nothing of it stands but the record, and the stream goes on from where it was.
  CHECK(shop.record(shop.unit("ddo")).version.value == 1);
  CHECK(attempts_in(shop).size() == 2);
  check_verified(shop);
}

TEST_CASE("a duty refused is recorded by its name, also of the founder, who is not registered", "[writer]") {
  Workshop shop;
  const auto granting =
      shop.by_administrator("actor/administrador.1", "actor.role.granted",
                            {{"act", "r-1"}, {"from", "2020-01-01"}, {"role", "administrator"}, {"title", "titular"}});
  CHECK(refusal_of(shop.submit(granting)) == "separation_of_duties");
  CHECK(told(shop) ==
        std::vector<std::string>{"attempts/administrador.1: separation_of_duties actor.role.granted as administrator "
                                 "on actor/administrador.1, nobody_grants_to_himself"});
  check_verified(shop);
}

TEST_CASE("an act without the author's own key is recorded where the procedure wants it, or he has one", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  shop.record(shop.by_administrator("actor/subdirectora", "actor.registered", {}, json::value{{"kind", "person"}}));
  shop.record(
      shop.by_administrator("actor/subdirectora", "actor.role.granted",
                            {{"act", "r-1"}, {"from", "2020-01-01"}, {"role", "subdirection"}, {"title", "titular"}}));
  ProcedureAdopted adopted;
  static_cast<ProcedureFields&>(adopted) = default_procedure();
  adopted.act = {"Resolución 900 de 2025"};
  adopted.effective = Date::make(2020, 1, 1).value();
  adopted.own_key = {{"unit.registered"}};
  shop.record(
      shop.by_session("subdirectora", "subdirection", "procedure/1", "procedure.adopted", write_field(adopted)));
  CHECK(refusal_of(shop.submit(shop.unit("ddo"))) == "own_key_act");

  const auto key = crypto::SigningKey::generate();
  shop.record(shop.by_administrator("actor/coordinador.1", "actor.key.enrolled",
                                    {{"ground", "first"}, {"public_key", crypto::to_hex(key.public_key().raw())}},
                                    nullptr, &key));
  CHECK(refusal_of(shop.submit(shop.unit("ddo"))) == "own_key_required");
  CHECK(told(shop) ==
        std::vector<std::string>{
            "attempts/coordinador.1: own_key_act unit.registered as procedure_coordinator on unit/ddo",
            "attempts/coordinador.1: own_key_required unit.registered as procedure_coordinator on unit/ddo"});
  check_verified(shop);
}

TEST_CASE("what nobody known tried, what has no form, what was only asked and what denies no right leave no record",
          "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  shop.record(shop.unit("dep"));
  const auto size = size_of(shop);
  const auto data = json::value{{"name", "Dirección"}};
  CHECK(refusal_of(shop.submit(shop.by_session("nadie", "subdirection", "unit/ddo", "unit.registered", data))) ==
        "actor_unknown");
  // In no session does the ledger itself speak.
  CHECK(refusal_of(shop.submit(shop.by_session("ledger", "ledger", "unit/ddo", "unit.registered", data))) ==
        "actor_unknown");
  CHECK(refusal_of(shop.submit(shop.by_session("coordinador.1", "nobody", "unit/ddo", "unit.registered", data))) !=
        "recorded");
  CHECK(refusal_of(shop.submit(shop.by_session("coordinador.1", "subdirection", "unit/ddo", "unit.registered",
                                               json::value{{"nombre", "Dirección"}}))) == "field_missing");
  std::vector<Proposal> asked;
  asked.push_back(without_right(shop).value());
  CHECK(refusal_of(shop.ledger().submit(std::move(asked), Writer::Run::dry)) == "role_not_allowed");
  CHECK(refusal_of(shop.submit(shop.unit("dep"))) == "already_registered");
  CHECK(size_of(shop) == size);
  CHECK(attempts_in(shop).empty());
}

TEST_CASE("of a batch only the statement that was refused is an attempt", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  const auto size = size_of(shop);
  auto other = shop.by_session("coordinador.1", "legal", "unit/dep", "unit.registered", {{"name", "Dirección dep"}});
  const auto outcome = shop.submit({shop.unit("ddo"), without_right(shop), std::move(other)});
  CHECK(refusal_of(outcome) == "role_not_allowed");
  CHECK(outcome.result.error().statement == 2);
  CHECK(told(shop) == std::vector<std::string>{
                          "attempts/coordinador.1: role_not_allowed unit.registered as subdirection on unit/ddo"});
  CHECK(size_of(shop) == size + 1);
  CHECK(shop.record(shop.unit("ddo")).version.value == 1);
  check_verified(shop);
}

TEST_CASE("of one actor twenty attempts are recorded in an hour, and the next tells how many more there were",
          "[writer][clock]") {
  Clocks clocks;
  Workshop shop(nullptr, clocks.options());
  shop.add_coordinator();
  const auto size = size_of(shop);
  for (std::int64_t i = 0; i < kMaxAttemptsPerHour; ++i)
    CHECK(refusal_of(shop.submit(without_right(shop))) == "role_not_allowed");
  CHECK(size_of(shop) == size + std::uint64_t(kMaxAttemptsPerHour));
  for (int i = 0; i < 2; ++i) CHECK(refusal_of(shop.submit(without_right(shop))) == "role_not_allowed");
  clocks.move(kHourMicros - 1);
  CHECK(refusal_of(shop.submit(without_right(shop))) == "role_not_allowed");
  CHECK(size_of(shop) == size + std::uint64_t(kMaxAttemptsPerHour));
  // Another's are his own.
  CHECK(refusal_of(shop.submit(shop.by_administrator("actor/administrador.1", "actor.retired", {{"act", "r-1"}}))) ==
        "separation_of_duties");
  CHECK(size_of(shop) == size + std::uint64_t(kMaxAttemptsPerHour) + 1);

  clocks.move(1);
  for (int i = 0; i < 2; ++i) CHECK(refusal_of(shop.submit(without_right(shop))) == "role_not_allowed");
  const auto all = told(shop);
  REQUIRE(all.size() == std::size_t(kMaxAttemptsPerHour) + 3);
  const std::string one = "attempts/coordinador.1: role_not_allowed unit.registered as subdirection on unit/ddo";
  for (std::size_t i = 0; i < std::size_t(kMaxAttemptsPerHour); ++i) CHECK(all[i] == one);
  CHECK(all[all.size() - 2] == one + ", after 3");
  CHECK(all.back() == one);
  check_verified(shop);
}

TEST_CASE("what is refused before it reaches the writer is recorded when it is told of it", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  const auto size = size_of(shop);
  shop.ledger().writer().note(attempt_of("coordinador.1"));
  shop.ledger().writer().note(attempt_of("nadie"));
  shop.ledger().writer().note(attempt_of("administrador.1"));
  // What is submitted after them is recorded after them.
  CHECK(shop.record(shop.unit("ddo")).position.value == size + 2);
  CHECK(told(shop) ==
        std::vector<std::string>{
            "attempts/coordinador.1: signature_invalid plan.approved as director@ddo on plan/2026/ddo",
            "attempts/administrador.1: signature_invalid plan.approved as director@ddo on plan/2026/ddo"});
  check_verified(shop);
}

TEST_CASE("attempts of who has left are recorded too", "[writer]") {
  Workshop shop;
  shop.add_coordinator();
  shop.record(shop.by_administrator("actor/coordinador.1", "actor.retired", {{"act", "r-9"}}));
  CHECK(refusal_of(shop.submit(shop.unit("ddo"))) == "actor_retired");
  CHECK(told(shop) ==
        std::vector<std::string>{
            "attempts/coordinador.1: actor_retired unit.registered as procedure_coordinator on unit/ddo"});
  check_verified(shop);
}

TEST_CASE("no attempt is recorded while the clock is not believed", "[writer][clock]") {
  Clocks clocks;
  Workshop shop(nullptr, clocks.options());
  shop.add_coordinator();
  const auto size = size_of(shop);
  *clocks.wall -= 5'000'000;
  shop.ledger().writer().note(attempt_of("coordinador.1"));
  CHECK(refusal_of(shop.submit(without_right(shop))) == "clock_not_ready");
  *clocks.wall += 5'000'000;
  CHECK(size_of(shop) == size);
  CHECK(refusal_of(shop.submit(without_right(shop))) == "role_not_allowed");
  CHECK(size_of(shop) == size + 1);
}
