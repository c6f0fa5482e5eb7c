// Making proposals.
#include "ledger/door.hpp"

#include <mutex>

#include "crypto/dsse.hpp"
#include "crypto/json.hpp"
#include "crypto/merkle.hpp"
#include "ledger/authority.hpp"
#include "ledger/limits.hpp"

namespace fedatario::ledger {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxKnownKeys = 100'000;

}  // namespace

Door::Door(const Log& log, Keyring& keyring, const States& states, crypto::SigningKey service_key)
    : log_(log), keyring_(keyring), states_(states), service_key_(std::move(service_key)) {}

Result<Proposal> Door::author(const json::value& envelope_json, const json::value* content_json,
                              std::optional<std::string_view> session_actor, Fold fold) const {
  auto envelope = crypto::read_envelope(envelope_json);
  if (!envelope) return refuse(Reason::malformed_envelope).with("fault", envelope.error().what).at("/envelope");
  if (envelope->payload_type != kPayloadType)
    return refuse(Reason::malformed_envelope)
        .with("fault", "payloadType is not " + std::string(kPayloadType))
        .at("/envelope/payloadType");
  auto statement = parse_statement(envelope->payload);
  if (!statement) return statement.error();
  if (session_actor && *session_actor != statement->actor)
    return refuse(Reason::session_for_other)
        .with("session", std::string(*session_actor))
        .with("actor", statement->actor)
        .at("/actor");
  Content content;
  if (content_json) {
    auto read = read_content(*content_json);
    if (!read) return read.error();
    content = std::move(*read);
  }
  return complete(std::move(*statement), std::move(*envelope), std::move(content), Signed::elsewhere, fold);
}

Result<Proposal> Door::session(std::string_view actor, const json::value& given, const json::value* content_json,
                               Fold fold) const {
  // The ledger speaks for itself, in no session.
  if (actor == kLedgerActor) return refuse(Reason::actor_unknown).with("actor", std::string(actor)).at("/actor");
  const auto* object = given.if_object();
  if (!object) return field_expected("/statement", {"un objeto JSON", "a JSON object"});
  json::object members(*object);
  for (const char* ours : {"data", "key", "ledger", "personal", "schema"})
    if (members.contains(ours)) return field_unknown("/statement", ours);
  if (const auto* named = members.if_contains("actor"); named && *named != json::value(json::string(actor)))
    return refuse(Reason::session_for_other)
        .with("session", std::string(actor))
        .with("actor", named->is_string() ? std::string(named->get_string()) : std::string())
        .at("/statement/actor");
  Result<Content> content = Content{};
  if (content_json) content = make_content(*content_json);
  if (!content) return content.error();
  const auto* type = members.if_contains("type");
  const auto* info = type && type->is_string() ? find_type(std::string_view(type->get_string())) : nullptr;
  members["actor"] = json::string(actor);
  members["key"] = crypto::to_hex(service_key_.public_key().id());
  members["ledger"] = log_.name();
  members["schema"] = info ? info->schema : 1;
  if (content->data) members["data"] = content->data->commitment;
  if (!content->personal.empty()) members["personal"] = personal_commitment(content->personal);
  const auto payload = crypto::canonical_json(members);
  auto statement = parse_statement(payload);
  if (!statement) return statement.error();
  auto envelope = crypto::sign_envelope(kPayloadType, payload, service_key_);
  return complete(std::move(*statement), std::move(envelope), std::move(*content), Signed::here, fold);
}

Result<Proposal> Door::own(std::string stream, const Body& body, Recorded now) const {
  const auto parts = write_parts(body);
  Statement statement;
  statement.actor = kLedgerActor;
  statement.as = {Role::ledger, {}};
  statement.at = {now.micros / 1'000'000, kColombiaOffsetMin};
  statement.id = EventId::make(now.micros / 1000, crypto::random_bytes(10));
  statement.key = service_key_.public_key().id();
  statement.ledger = log_.name();
  statement.open = parts.open;
  statement.schema = body.type().schema;
  statement.stream = std::move(stream);
  statement.type = body.type().type;
  Content content;
  if (parts.data) {
    content.data = Part::make(*parts.data);
    statement.data = content.data->commitment;
  }
  auto envelope = crypto::sign_envelope(kPayloadType, write_statement(statement), service_key_);
  return complete(std::move(statement), std::move(envelope), std::move(content), Signed::here, Fold::nothing);
}

Result<void> Door::check_ledger(const Statement& statement) const {
  if (log_.name().empty() || statement.ledger == log_.name()) return {};
  return refuse(Reason::other_ledger).with("given", statement.ledger).with("ledger", log_.name()).at("/ledger");
}

Result<void> Door::check_seen(const Statement& statement) const {
  const auto& seen = statement.seen;
  if (!seen) return {};
  if (seen->size <= log_.store().head().size && crypto::tree_root(seen->size, log_.hash_reader()) == seen->root)
    return {};
  return refuse(Reason::seen_not_of_this_log).with("size", std::to_string(seen->size)).at("/seen");
}

std::optional<crypto::PublicKey> Door::find_key(const Statement& statement, std::optional<Folded>& actor_stream) const {
  const std::string id(statement.key.view());
  {
    std::shared_lock lock(keys_mutex_);
    if (const auto known = keys_.find(id); known != keys_.end()) return known->second;
  }
  actor_stream = log_.fold("actor/" + statement.actor);
  const auto raw =
      find_public_key(log_.founding(), actor_stream->state.get<ActorState>(), statement.actor, statement.key);
  auto key = raw ? crypto::PublicKey::from_raw(*raw) : std::nullopt;
  if (key) {
    std::unique_lock lock(keys_mutex_);
    if (keys_.size() >= kMaxKnownKeys) keys_.clear();
    keys_.emplace(id, *key);
  }
  return key;
}

Result<void> Door::check_signatures(const Statement& statement, const crypto::Envelope& envelope, const Body& body,
                                    std::optional<Folded>& actor_stream) const {
  std::optional<crypto::PublicKey> first;
  std::vector<crypto::PublicKey> others;  // whose signatures follow
  if (const auto* founded = body.get_if<LedgerFounded>()) {
    first = crypto::PublicKey::from_raw(founded->open.administrator_key.raw);
    if (first->id() != statement.key) first.reset();
    others = {*crypto::PublicKey::from_raw(founded->open.service_key.raw)};
  } else {
    first = find_key(statement, actor_stream);
    others = further_keys(log_.founding(), body);
  }
  if (!first)
    return refuse(Reason::key_not_in_force)
        .with("key", crypto::to_hex(statement.key))
        .with("actor", statement.actor)
        .at("/key");
  if (!crypto::check_signature(envelope, 0, *first))
    return refuse(Reason::signature_invalid).with("key", crypto::to_hex(statement.key)).at("/envelope/signatures/0");
  for (std::size_t i = 1; i <= others.size(); ++i)
    if (envelope.signatures.size() <= i || !crypto::check_signature(envelope, i, others[i - 1]))
      return refuse(Reason::proof_of_possession)
          .with("key", crypto::to_hex(others[i - 1].id()))
          .with("signature", std::to_string(i + 1))
          .at("/envelope/signatures");
  const auto expected = others.size() + 1;
  if (envelope.signatures.size() != expected)
    return refuse(Reason::malformed_envelope)
        .with("fault", "this type carries " + std::to_string(expected) + " signatures")
        .at("/envelope/signatures");
  return {};
}

Result<Proposal> Door::complete(Statement statement, crypto::Envelope envelope, Content content, Signed where,
                                Fold fold) const {
  if (auto checked = check_ledger(statement); !checked) return checked.error();
  if (auto checked = check_commitments(statement, content); !checked) return checked.error();
  auto body = read_body(statement, content);
  if (!body) return body.error();
  if (body->is<LedgerKeyRotated>() && !rotates_)
    return refuse(Reason::wrong_stage)
        .with("what", statement.ledger)
        .with("stage", Label{"en servicio", "being served"})
        .with("needed", Label{"detenido: «fedatario key rotate»", "stopped: \"fedatario key rotate\""})
        .at("/type");
  Proposal proposal{std::move(statement), {}, {}, std::move(content), std::move(*body), {}, false, {}, {}};
  proposal.by_session = is_session_key(log_.founding(), proposal.statement.key);
  if (where == Signed::elsewhere)
    if (auto checked = check_signatures(proposal.statement, envelope, proposal.body, proposal.actor_stream); !checked)
      return checked.error();
  if (auto checked = check_seen(proposal.statement); !checked) return checked.error();
  proposal.envelope_text = write_envelope_text(envelope);
  proposal.payload = std::move(envelope.payload);
  proposal.sealed = keyring_.seal(proposal.statement, proposal.content);
  if (fold == Fold::stream && !states_.is_resident(proposal.statement.stream))
    proposal.stream = log_.fold(proposal.statement.stream);
  return proposal;
}

}  // namespace fedatario::ledger
