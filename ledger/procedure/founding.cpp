// Rules of the stream `ledger`.
#include "ledger/procedure/founding.hpp"

#include <algorithm>

#include "crypto/note.hpp"
#include "ledger/kind.hpp"
#include "ledger/procedure/kinds.hpp"

namespace fedatario::ledger {

Result<void> admit(const LedgerState& state, const LedgerFounded& event, const Context& context) {
  if (state.founded) return refuse(Reason::already_founded);
  if (event.open.origin.value != context.statement.ledger)
    return field_expected("/open/origin", {"el origen que la declaración nombra como su libro",
                                           "the origin that the statement names as its ledger"});
  if (!crypto::is_note_name(event.open.origin.value) || event.open.origin.value.find('#') != std::string::npos)
    return field_expected("/open/origin", {"un nombre sin espacios, «+» ni «#», como libro.entidad.gov.co",
                                           "a name without spaces, '+' or '#', such as ledger.agency.gov"});
  if (event.open.administrator.value != context.statement.actor)
    return field_expected("/open/administrator",
                          {"el actor que firma la fundación", "the actor who signs the founding"});
  if (event.open.service_key == event.open.checkpoint_key || event.open.service_key == event.open.administrator_key ||
      event.open.checkpoint_key == event.open.administrator_key)
    return field_expected("/open", {"tres claves distintas", "three different keys"});
  return {};
}

void evolve(LedgerState& state, const LedgerFounded& event, const Occurrence& occurrence) {
  state.founded = true;
  state.founded_at = occurrence.recorded_at;
  state.origin = event.open.origin.value;
  state.agency = event.open.agency.value;
  state.checkpoint_key = event.open.checkpoint_key.raw;
  state.service_key = event.open.service_key.raw;
  state.service_key_id = crypto::PublicKey::from_raw(state.service_key)->id();
  state.administrator = event.open.administrator.value;
  state.administrator_key = event.open.administrator_key.raw;
  state.administrator_key_id = crypto::PublicKey::from_raw(state.administrator_key)->id();
  state.public_entries = event.open.public_entries;
}

crypto::PublicKey key_of(const LedgerState& ledger, LedgerKey purpose) {
  return *crypto::PublicKey::from_raw(purpose == LedgerKey::service ? ledger.service_key : ledger.checkpoint_key);
}

bool is_ever_key(const LedgerState& ledger, crypto::View raw) {
  return raw == ledger.checkpoint_key || raw == ledger.service_key ||
         std::ranges::find(ledger.retired, raw, &LedgerState::RetiredKey::raw) != ledger.retired.end();
}

bool is_ever_session_key(const LedgerState& ledger, const crypto::Digest& key) {
  return ledger.founded && (key == ledger.service_key_id || std::ranges::any_of(ledger.retired, [&](const auto& one) {
                              return one.purpose == LedgerKey::service && one.id == key;
                            }));
}

Result<void> admit(const LedgerState& state, const LedgerKeyRotated& event, const Context& context) {
  if (!state.founded) return refuse(Reason::not_registered).with("what", "ledger").at("/stream");
  // So that all who sign it sign the whole history before it, which a key that has ended can then rewrite no more.
  if (const auto& seen = context.statement.seen; !seen || seen->size != context.position.value)
    return field_expected("/seen", {"la cabeza de todo lo asentado hasta ahora", "the head of all recorded so far"});
  if (event.open.replaces != key_of(state, event.open.purpose).id())
    return field_expected("/open/replaces",
                          {"la clave vigente, que termina con esta", "the key in force, which ends with this one"});
  const auto& raw = event.open.public_key.raw;
  if (raw == state.administrator_key || is_ever_key(state, raw))
    return refuse(Reason::key_already_enrolled)
        .with("key", crypto::to_hex(crypto::PublicKey::from_raw(raw)->id()))
        .at("/open/public_key");
  return {};
}
void evolve(LedgerState& state, const LedgerKeyRotated& event, const Occurrence& occurrence) {
  if (!state.founded) return;
  auto& raw = event.open.purpose == LedgerKey::service ? state.service_key : state.checkpoint_key;
  state.retired.push_back({event.open.purpose, raw, event.open.replaces, occurrence.position});
  raw = event.open.public_key.raw;
  state.service_key_id = key_of(state, LedgerKey::service).id();
}

Result<void> admit(const LedgerState&, const LedgerClockConfirmed&, const Context&) { return {}; }
void evolve(LedgerState&, const LedgerClockConfirmed&, const Occurrence&) {}

namespace {

// That a head of that size was there.
Result<void> check_size(const Count& size, const Context& context) {
  if (size.value > 0 && std::uint64_t(size.value) <= context.position.value) return {};
  return refuse(Reason::not_recorded_yet)
      .with("position", std::to_string(size.value))
      .with("last", std::to_string(context.position.value - 1))
      .at("/open/size");
}

}  // namespace

Result<void> admit(const LedgerState&, const TimestampObtained& event, const Context& context) {
  return check_size(event.open.size, context);
}
void evolve(LedgerState&, const TimestampObtained&, const Occurrence&) {}

Result<void> admit(const LedgerState&, const TimestampRenewed& event, const Context& context) {
  return check_size(event.open.size, context);
}
void evolve(LedgerState&, const TimestampRenewed&, const Occurrence&) {}

Result<void> admit(const LedgerState&, const HeadsRecorded& event, const Context& context) {
  if (auto checked = check_size(event.open.size, context); !checked) return checked;
  if (context.position.value - std::uint64_t(event.open.size.value) > kMaxHeadsLag)
    return field_expected("/open/size", {"las cabezas de hace a lo sumo " + std::to_string(kMaxHeadsLag) + " hechos",
                                         "heads of at most " + std::to_string(kMaxHeadsLag) + " events ago"});
  return {};
}
void evolve(LedgerState& state, const HeadsRecorded&, const Occurrence& occurrence) {
  state.heads_at = occurrence.recorded_at;
}

Result<void> admit(const LedgerState&, const KeyDestroyed& event, const Context& context) {
  if (!context.statement.cause) return field_missing("", "cause");
  if (const auto cause = context.lookup.event(*context.statement.cause))
    if (cause->statement.type != "disposal.executed" && cause->statement.type != "personal.erased")
      return field_expected("/cause",
                            {"una eliminación ejecutada o una supresión", "an executed disposal or an erasure"});
  if (event.open.groups.empty())
    return field_expected("/open/groups", {"al menos un grupo de claves", "at least one group of keys"});
  return {};
}
void evolve(LedgerState&, const KeyDestroyed&, const Occurrence&) {}

bool is_history(const Statement& statement, const LedgerState& ledger) {
  return statement.as.role == Role::system && statement.source &&
         statement.at.seconds < ledger.founded_at.micros / 1'000'000;
}

const Kind& ledger_kind() {
  static const Kind kind = describe_kind<LedgerEvents>();
  return kind;
}

}  // namespace fedatario::ledger
