// Founding and recording for tests, through the door like everybody.
#include "tests/support/workshop.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <ctime>

#include "crypto/dsse.hpp"
#include "tests/support/sightings.hpp"

namespace fedatario::tests {

namespace json = boost::json;
using ledger::Proposal;
using ledger::Result;

Workshop::Workshop(rocksdb::Env* env, ledger::Writer::Options writer)
    : path_(directory_ / "libro"), env_(env), writer_(std::move(writer)) {
  ledger::LedgerOptions options;
  options.env = env_;
  options.writer = writer_;
  const auto founded = ledger::Ledger::found(path_, {"libro.example", "ente", "administrador.1", false},
                                             administrator_key, std::move(options));
  if (!founded) throw std::runtime_error(founded.error().text(ledger::Language::en));
  reopen();
}

void Workshop::reopen() {
  ledger_.reset();
  poisoned_ = false;
  ledger::LedgerOptions options;
  options.env = env_;
  options.writer = writer_;
  options.on_poisoned = [this](const std::string&) { poisoned_ = true; };
  ledger_ = std::make_unique<ledger::Ledger>(path_, std::move(options));
}

std::string Workshop::fresh_id() {
  return ledger::EventId::make(std::int64_t(std::time(nullptr)) * 1000, crypto::random_bytes(10)).text();
}
std::string Workshop::now() { return ledger::Declared{std::time(nullptr), ledger::kColombiaOffsetMin}.text(); }

Result<Proposal> Workshop::by_administrator(const std::string& stream, const std::string& type, json::object open,
                                            const json::value& data, const crypto::SigningKey* second) {
  ledger::Statement statement;
  statement.actor = "administrador.1";
  statement.as = {ledger::Role::administrator, {}};
  statement.at = {std::time(nullptr), ledger::kColombiaOffsetMin};
  statement.id = *ledger::EventId::parse(fresh_id());
  statement.key = administrator_key.public_key().id();
  statement.ledger = ledger_->log().name();
  statement.stream = stream;
  statement.type = type;
  if (const auto* known = ledger::find_type(type)) statement.schema = known->schema;
  if (!open.empty()) statement.open = std::move(open);
  ledger::Content content;
  if (data.is_object()) {
    content.data = ledger::Part::make(data);
    statement.data = content.data->commitment;
  }
  auto envelope = crypto::sign_envelope(ledger::kPayloadType, ledger::write_statement(statement), administrator_key);
  if (second) crypto::add_signature(envelope, *second);
  const auto said = ledger::write_content(content);
  return ledger_->door().author(crypto::write_envelope(envelope), &said);
}

Result<Proposal> Workshop::by_session(const std::string& actor, const std::string& as, const std::string& stream,
                                      const std::string& type, json::value data, json::object more) {
  json::object statement{{"id", fresh_id()}, {"type", type}, {"stream", stream}, {"as", as}, {"at", now()}};
  for (auto& member : more) statement[member.key()] = std::move(member.value());
  const json::value content{{"data", std::move(data)}};
  return ledger_->door().session(actor, statement, &content);
}

ledger::Outcome Workshop::submit(Result<Proposal> proposal) {
  std::vector<Result<Proposal>> proposals;
  proposals.push_back(std::move(proposal));
  return submit(std::move(proposals));
}

ledger::Outcome Workshop::submit(std::vector<Result<Proposal>> proposals) {
  std::vector<Proposal> whole;
  for (auto& proposal : proposals) {
    if (!proposal) {
      saw_refused(proposal.error());
      return {proposal.error(), nullptr};
    }
    whole.push_back(std::move(*proposal));
  }
  std::vector<ledger::Statement> statements;
  for (const auto& proposal : whole) statements.push_back(proposal.statement);
  auto outcome = ledger_->submit(std::move(whole));
  if (outcome.result)
    for (const auto& statement : statements) saw_admitted(statement);
  else
    saw_refused(outcome.result.error(), &statements[std::max<std::size_t>(outcome.result.error().statement, 1) - 1]);
  return outcome;
}

ledger::Admitted Workshop::record(Result<Proposal> proposal) {
  auto outcome = submit(std::move(proposal));
  if (outcome.failure) std::rethrow_exception(outcome.failure);
  if (!outcome.result) {
    INFO(outcome.result.error().text(ledger::Language::en) << " " << outcome.result.error().pointer);
    REQUIRE(outcome.result.has_value());
  }
  return outcome.result->events.at(0);
}

void Workshop::add_coordinator() {
  record(by_administrator("actor/coordinador.1", "actor.registered", {}, json::value{{"kind", "person"}}));
  record(by_administrator(
      "actor/coordinador.1", "actor.role.granted",
      {{"act", "resolucion-1"}, {"from", "2020-01-01"}, {"role", "procedure_coordinator"}, {"title", "titular"}}));
}

Result<Proposal> Workshop::unit(const std::string& code, json::object more) {
  return by_session("coordinador.1", "procedure_coordinator", "unit/" + code, "unit.registered",
                    {{"name", "Dirección " + code}}, std::move(more));
}

}  // namespace fedatario::tests
