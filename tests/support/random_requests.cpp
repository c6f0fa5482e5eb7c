// What there is to say, and the ways to say it.
#include "tests/support/random_requests.hpp"

#include <ctime>

#include "crypto/dsse.hpp"
#include "crypto/json.hpp"
#include "ledger/limits.hpp"
#include "tests/support/histories.hpp"

namespace fedatario::tests {

using namespace ledger;
namespace json = boost::json;

namespace {

// Whether it is still the same kind of saying when it is said in the usual way.
bool is_usual(const Said& said) { return !said.no_right && said.saying.statement.type != ActorKeyEnrolled::kType; }

}  // namespace

RandomRequests::RandomRequests(std::uint64_t seed, const NaiveLedger& naive,
                               const crypto::SigningKey& administrator_key, std::string ledger_name)
    : random_(seed), naive_(naive), administrator_key_(administrator_key), ledger_name_(std::move(ledger_name)) {}

Request RandomRequests::any() {
  const auto kind = pick(10);
  return kind < 4 ? one() : kind < 7 ? batch() : repetition();
}

Said RandomRequests::plainly(Saying saying) {
  if (saying.statement.as.role == Role::administrator) saying.by(kAdministrator);
  saying.statement.id = fresh_id();
  saying.statement.at.seconds = std::time(nullptr);
  return as_usual(std::move(saying));
}

Said RandomRequests::enrolment(const crypto::SigningKey& key) {
  auto said = plainly(on(std::string("actor/") + kSigner,
                         ActorKeyEnrolled{{KeyGround::first, {crypto::Bytes(key.public_key().raw())}, {}}}));
  return signed_by(std::move(said.saying), administrator_key_, &key);
}

EventId RandomRequests::fresh_id() {
  std::string random;
  while (random.size() < 10) random += char(pick(256));
  return EventId::make(std::int64_t(std::time(nullptr)) * 1000, random);
}

// Mostly what its rule lets in, else no batch would come through.
Saying RandomRequests::anything() {
  auto saying = drawn();
  if (mishap(12)) return saying;
  for (int tries = 0; tries < 10 && !naive_.admits(saying); ++tries) saying = drawn();
  return saying;
}

Saying RandomRequests::drawn() {
  const auto unit = "unit/u" + std::to_string(pick(6)), place = "0500" + std::to_string(1 + pick(6));
  const auto other_name = title("Nombre " + std::to_string(pick(3)));
  auto attributes = entity_attributes(place);
  attributes.name = other_name;
  switch (pick(16)) {
    case 0:
      return registered_unit("u" + std::to_string(pick(6)))[0];
    case 1:
      return on(unit, UnitRenamed{{}, day("2026-01-01"), other_name});
    case 2:
      return pick(4) ? on(unit, UnitRenamed{{}, day("2026-01-01"), other_name})
                     : on(unit, UnitClosed{title("Decreto 1"), day("2026-01-01")});
    case 3:
      return registered_entity(place)[0];
    case 4:
      return on("entity/divipola-" + place, EntityRevised{attributes});
    case 5:
    case 6:
      return drawn_of_actor();
    case 7:
    case 8:
    case 9:
      return drawn_of_plan();
    default:
      return drawn_of_intervention();
  }
}

Saying RandomRequests::drawn_of_actor() {
  const auto number = std::to_string(pick(3)), stream = "actor/sujeto." + number;
  const RoleEnd end{code("resolucion-2"), pick(2) ? Role::archive : Role::legal, {}};
  switch (pick(6)) {
    case 0: {
      ActorRegistered event;
      if (pick(2)) event.personal = {{title("Persona " + number), title("persona@ente.example")}};
      return on(stream, event);
    }
    case 1:
      return on(stream, ActorRoleSuspended{end});
    case 2:
      return on(stream, ActorRoleResumed{end});
    case 3:
      return on(stream, ActorRoleRevoked{end});
    default: {
      ActorRoleGranted grant;
      grant.open.act = end.act;
      grant.open.from = day("2020-01-01");
      grant.open.lines = {{code("0001"), code("0002")}};
      grant.open.role = end.role;
      return on(stream, grant);
    }
  }
}

Saying RandomRequests::drawn_of_plan() {
  auto line = plan_line("000" + std::to_string(1 + pick(8)));
  line.budget_cop = {std::int64_t(pick(1'000'000))};
  switch (pick(7)) {
    case 0:
    case 1:
      return on(kDraftPlan, PlanLineAdded{line});
    case 2:
      return on(kDraftPlan, PlanLineDropped{line.line, note("Ya no")});
    default:
      return on(kDraftPlan, PlanLineChanged{line, note(std::string(1 + pick(kMaxTextBytes), 'm'))});
  }
}

Saying RandomRequests::drawn_of_intervention() {
  const auto by_somebody = [&](Saying saying) { return pick(3) ? saying : saying.by(kSigner, "professional@ddo"); };
  switch (pick(10)) {
    case 0: {
      static constexpr const char* kMilestones[] = {"diagnostico", "propuesta", "concepto"};
      return by_somebody(on(
          kIntervention,
          MilestoneReached{day("2026-01-15"), {}, {{digest_of("acta"), title("Acta 3")}}, code(kMilestones[pick(3)])}));
    }
    case 1: {
      ActionTaken action;
      action.cause = action.reason = note("Lo pidió la alcaldía.");
      action.code = code("a" + std::to_string(pick(1'000)));
      action.responsible = code(kSigner);
      static constexpr const char* kNames[] = {"profesional.1", "profesional.2"};
      const auto from = pick(2);
      if (pick(2)) action.changes = {{title("responsible"), title(kNames[from]), title(kNames[1 - from])}};
      return by_somebody(on(kIntervention, action));
    }
    default: {
      SessionHeld session;
      session.attendees = {std::int64_t(pick(100))};
      session.code = code("s" + std::to_string(pick(40) ? sessions_++ : pick(sessions_ + 1)));
      session.date = day("2026-01-15");
      session.from = {8 * 60};
      session.to = {12 * 60};
      session.place = title("Auditorio");
      return by_somebody(on(kIntervention, session));
    }
  }
}

// With an id, a time and some of what a statement may have besides.
Said RandomRequests::said(Saying saying) {
  auto& statement = saying.statement;
  if (statement.as.role == Role::administrator) saying.by(kAdministrator);
  statement.id = fresh_id();
  statement.at.seconds = std::time(nullptr) - std::int64_t(pick(100'000));
  if (mishap(60)) statement.at.seconds += 200'000;
  if (pick(6) == 0) {
    const auto next = naive_.version(statement.stream).value + 1 + ahead_[statement.stream];
    statement.version = Version{mishap(6) ? 1 + pick(next + 2) : next};
  }
  if (pick(6) == 0) {
    // Often what was said just before, in the same batch or refused.
    statement.cause = last_id_ && pick(2) ? *last_id_ : naive_.at(pick(naive_.size())).said.saying.statement.id;
    if (mishap(5)) statement.cause = fresh_id();
  }
  if (pick(10) == 0) {
    const auto size = 1 + pick(naive_.answered());
    statement.seen = Seen{size, naive_.root(size)};
  }
  if (pick(10) == 0) statement.file = "2026-ddo-" + std::to_string(pick(3));
  if (pick(10) == 0) statement.source = Source{{}, 0, "orfeo", std::to_string(pick(1'000))};
  ++ahead_[statement.stream];
  last_id_ = statement.id;
  return mishap(40) ? said_without_right(std::move(saying)) : as_usual(std::move(saying));
}

Said RandomRequests::said_without_right(Saying saying) {
  const auto wrong = [](Said said, Reason reason) {
    said.no_right = reason;
    return said;
  };
  switch (pick(6)) {
    case 0:
      saying.statement.as = {Role::committee, {}};
      return wrong(as_usual(saying), Reason::role_not_allowed);
    case 1:
      return wrong(in_session(saying.by(kSigner)), Reason::own_key_required);
    case 2:
      return wrong(signed_by(saying.by(kSigner), revoked_key), Reason::key_not_in_force);
    case 3:
      saying.statement.on_behalf = "directora";
      return wrong(as_usual(saying), Reason::delegation_missing);
    case 4:
      if (saying.statement.as.role != Role::administrator)
        return wrong(in_session(saying.by("subdirectora")), Reason::role_not_in_force);
      [[fallthrough]];
    default:
      return wrong(in_session(saying.by("nadie")), Reason::actor_unknown);
  }
}

Said RandomRequests::as_usual(Saying saying) const {
  const auto& actor = saying.statement.actor;
  if (actor == kAdministrator) return signed_by(saying, administrator_key_);
  const bool has_key = actor == kSigner && naive_.version(std::string("actor/") + kSigner).value > 2;
  return has_key ? signed_by(saying, signer_key) : in_session(saying);
}

Said RandomRequests::in_session(Saying saying) const {
  json::object content;
  if (type_of(saying.body).has_data) content["data"] = write_data(saying.body);
  auto statement = spoken(saying.statement);
  return {std::move(saying), std::move(statement), std::move(content), false, {}};
}

Said RandomRequests::signed_by(Saying saying, const crypto::SigningKey& key, const crypto::SigningKey* second) const {
  auto statement = saying.statement;
  Content content;
  if (type_of(saying.body).has_data) content.data = Part::make(write_data(saying.body));
  if (const auto* registered = saying.body.get_if<ActorRegistered>())
    for (const auto& person : registered->personal) content.personal.push_back(Part::make(write_field(person)));
  if (content.data) statement.data = content.data->commitment;
  if (!content.personal.empty()) statement.personal = personal_commitment(content.personal);
  statement.key = key.public_key().id();
  statement.ledger = ledger_name_;
  auto envelope = crypto::sign_envelope(kPayloadType, write_statement(statement), key);
  if (second) crypto::add_signature(envelope, *second);
  return {std::move(saying), crypto::write_envelope(envelope), write_content(content), true, {}};
}

Request RandomRequests::batch() {
  Request out;
  sound_ = pick(2) == 0;
  for (auto left = 1 + pick(pick(3) ? 20 : 3); left > 0; --left) {
    const bool twice = !out.empty() && mishap(80);
    out.push_back(twice ? out[pick(out.size())] : said(anything()));
    if (twice && pick(2)) out.back() = said_otherwise(out.back());
  }
  ahead_.clear();
  sound_ = false;
  return out;
}

// The same id for something else: another time, or of a session other content.
Said RandomRequests::said_otherwise(const Said& first) {
  if (!is_usual(first)) return first;
  auto saying = first.saying;
  if (const auto* session = saying.body.get_if<SessionHeld>(); session && pick(2)) {
    auto other = *session;
    ++other.attendees.value;
    saying.body = std::move(other);
  } else {
    --saying.statement.at.seconds;
  }
  return as_usual(std::move(saying));
}

Request RandomRequests::repetition() {
  const auto back = pick(std::min<std::uint64_t>(made_.size(), pick(2) ? 3 : 30));
  auto [request, at_fault] = made_[made_.size() - 1 - back];
  auto& one = request[pick(request.size())];
  switch (pick(9)) {
    case 0:
      one = said_otherwise(one);
      break;
    case 1:
      // For a session the same; an author signs another commitment to the same content, which is another statement.
      if (is_usual(one)) one = as_usual(one.saying);
      break;
    case 2:
      request.push_back(said(anything()));
      break;
    case 3:
    case 4:
      // Without the statement it was refused for, else without any one of them.
      request.erase(request.begin() + std::ptrdiff_t(at_fault ? at_fault - 1 : pick(request.size())));
      if (request.empty()) return {said(anything())};
      break;
    default:
      break;
  }
  return request;
}

}  // namespace fedatario::tests
