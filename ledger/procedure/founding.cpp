// Rules of the stream `ledger`.
#include "ledger/procedure/founding.hpp"

#include "crypto/ed25519.hpp"
#include "crypto/note.hpp"

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

void evolve(LedgerState& state, const LedgerFounded& event, const Occurrence&) {
  state.founded = true;
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

Result<void> admit(const LedgerState&, const LedgerClockConfirmed&, const Context&) { return {}; }
void evolve(LedgerState&, const LedgerClockConfirmed&, const Occurrence&) {}

}  // namespace fedatario::ledger
