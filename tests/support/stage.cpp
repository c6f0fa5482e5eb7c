// Speaking for those of a history.
#include "tests/support/stage.hpp"

#include <catch2/catch.hpp>
#include <ctime>

#include "crypto/dsse.hpp"
#include "crypto/json.hpp"
#include "ledger/procedure/actors.hpp"
#include "projections/views.hpp"
#include "tests/support/histories.hpp"
#include "tests/support/naive_ledger.hpp"

namespace fedatario::tests {

namespace json = boost::json;
using namespace ledger;

namespace {

constexpr const char* kAdministrator = "administrador.1";

Content content_of(const Saying& saying) {
  const auto parts = write_parts(saying.body);
  Content content;
  if (parts.data) content.data = Part::make(*parts.data);
  for (const auto& person : parts.personal) content.personal.push_back(Part::make(person));
  return content;
}

}  // namespace

json::object posted(const Saying& saying, const std::string& ledger, const crypto::SigningKey& administrator) {
  auto statement = saying.statement;
  const auto content = content_of(saying);
  const auto parts = write_parts(saying.body);
  if (statement.as.role != Role::administrator) {
    json::object out{{"statement", spoken(statement)}}, plain;
    if (parts.data) plain["data"] = *parts.data;
    if (!parts.personal.empty()) plain["personal"] = json::array(parts.personal.begin(), parts.personal.end());
    if (!plain.empty()) out["content"] = std::move(plain);
    return out;
  }
  statement.key = administrator.public_key().id();
  statement.ledger = ledger;
  statement.personal.reset();
  if (content.data) statement.data = content.data->commitment;
  if (!content.personal.empty()) statement.personal = personal_commitment(content.personal);
  const auto envelope = crypto::sign_envelope(kPayloadType, write_statement(statement), administrator);
  json::object out{{"envelope", crypto::write_envelope(envelope)}};
  if (content.data || !content.personal.empty()) out["content"] = write_content(content);
  return out;
}

Result<Proposal> proposed(const Ledger& ledger, const Saying& saying, const crypto::SigningKey& administrator) {
  const auto said = posted(saying, ledger.log().name(), administrator);
  const auto* content = said.if_contains("content");
  if (const auto* envelope = said.if_contains("envelope")) return ledger.door().author(*envelope, content);
  return ledger.door().session(saying.statement.actor, said.at("statement"), content);
}

Saying Stage::mine(Saying saying) const {
  saying.statement.id = *EventId::parse(Workshop::fresh_id());
  if (saying.statement.as.role == Role::administrator) saying.by(kAdministrator);
  return saying;
}

Stage::Stage() : shop(nullptr, (clock_.set(*Recorded::parse("2020-01-01T13:00:00.000000Z")), clock_.options())) {}

json::object Stage::request(const Saying& saying) {
  return posted(mine(saying), shop.ledger().log().name(), shop.administrator_key);
}

void Stage::appoint(const Statement& statement) {
  const auto& actor = statement.actor;
  if (statement.as.role == Role::administrator) return;
  const auto then = [&](Saying saying) {
    saying.statement.at = statement.at;
    record(saying);
  };
  then(registered_actor(actor)[0]);
  if (!statement.as.unit.empty()) then(registered_unit(statement.as.unit)[0]);
  if (!appointed_.insert(actor + " " + statement.as.text()).second) return;
  ActorRoleGranted grant;
  grant.open.act = code("resolucion-1");
  grant.open.from = day("2020-01-01");
  grant.open.role = statement.as.role;
  if (!statement.as.unit.empty()) grant.open.unit = code(statement.as.unit);
  then(on("actor/" + actor, grant));
}

void Stage::record(const History& history) {
  auto timed = history;
  for (auto i = timed.size(); i-- > 1;) {
    auto& at = timed[i - 1].statement.at;
    if (timed[i].statement.at.seconds < at.seconds) at = timed[i].statement.at;
  }
  for (const auto& saying : timed) record(saying);
}

void Stage::record(const Saying& saying) {
  const bool registers = saying.body.is<ActorRegistered>() || saying.body.is<UnitRegistered>();
  if (registers && !registered_.insert(saying.statement.stream).second) return;
  set_time(saying.statement.at);
  appoint(saying.statement);
  INFO(saying.statement.type << " on " << saying.statement.stream);
  shop.record(proposed(shop.ledger(), mine(saying), shop.administrator_key));
}

HttpService::HttpService(Ledger& ledger, api::ServerOptions options, api::FollowerOptions followers)
    : ledger_(ledger),
      followers_(followers),
      views_(directory_ / "vistas", ledger.reader(), ledger.store().head().size, {},
             {.on_folded = [this](std::uint64_t) { followers_.ring(); }}),
      queries_(views_),
      calendar_(Scope::national),
      service_{ledger, views_, queries_, metrics_, calendar_, followers_, publication_},
      server_(std::move(options), api::make_router(service_),
              [this](std::string_view token) {
                const std::lock_guard lock(mutex_);
                return revoked_.contains(std::string(token)) ? std::nullopt : std::optional<std::string>(token);
              },
              {}),
      thread_([this] { server_.run(); }) {
  publication_.offer(*ledger_.writer().head());
  ledger_.on_head([this](const SignedHead& head) {
    publication_.offer(head);
    views_.notify(head.size);
    followers_.ring();
  });
  views_.notify(ledger_.store().head().size);
}

HttpService::~HttpService() {
  stop();
  ledger_.writer().stop();
  views_.stop();
}

void HttpService::stop() {
  server_.stop();
  if (thread_.joinable()) thread_.join();
}

void HttpService::revoke(const std::string& actor) {
  const std::lock_guard lock(mutex_);
  revoked_.insert(actor);
}

Answer HttpService::post(const std::string& actor, const std::string& target, const std::string& body,
                         const std::string& headers) {
  HttpClient client(server_.port());
  return client.request("POST", target,
                        "Authorization: Bearer " + actor + "\r\nContent-Type: application/json\r\n" + headers, body);
}

Answer HttpService::get(const std::string& actor, const std::string& target, const std::string& headers) {
  HttpClient client(server_.port());
  return client.request("GET", target, "Authorization: Bearer " + actor + "\r\n" + headers);
}

}  // namespace fedatario::tests
