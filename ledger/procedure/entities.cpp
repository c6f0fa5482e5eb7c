// Rules of the streams `entity/{code}`.
#include "ledger/procedure/entities.hpp"

#include "ledger/codes.hpp"
#include "ledger/kind.hpp"
#include "ledger/procedure/kinds.hpp"

namespace fedatario::ledger {
namespace {

// What a code of ours says must be what the attributes say.
Result<void> admit_attributes(const EntityAttributes& attributes, const Context& context) {
  if (attributes.divipola && !is_divipola_code(attributes.divipola->value))
    return field_expected("/data/divipola",
                          {"un código DIVIPOLA de 2 o 5 dígitos", "a DIVIPOLA code of 2 or 5 digits"});
  std::optional<Nit> nit;
  if (attributes.nit) {
    nit = Nit::parse(attributes.nit->value);
    if (!nit || !nit->digit_is_right() || nit->text() != attributes.nit->value) {
      const std::string right = nit ? Nit{nit->number, nit_check_digit(nit->number)}.text() : "NNNNNNNNN-D";
      return field_expected("/data/nit", Label{right, right});
    }
  }
  const auto code = segments(context.statement.stream)[1];
  if (code.starts_with("divipola-") && (!attributes.divipola || code.substr(9) != attributes.divipola->value))
    return field_expected("/data/divipola",
                          {"el código que dice el nombre de la historia", "the code that the stream's name says"});
  if (code.starts_with("nit-") && (!nit || code.substr(4) != std::to_string(nit->number)))
    return field_expected("/data/nit",
                          {"el NIT que dice el nombre de la historia", "the NIT that the stream's name says"});
  return {};
}

bool same(const EntityAttributes& a, const EntityAttributes& b) { return write_field(a) == write_field(b); }

}  // namespace

Result<void> require_entity(const Lookup& lookup, std::string_view code, std::string pointer) {
  if (lookup.get<EntityState>("entity/" + std::string(code)).registered) return {};
  return refuse(Reason::entity_unknown).with("entity", std::string(code)).at(std::move(pointer));
}

Result<void> admit(const EntityState& state, const EntityRegistered& event, const Context& context) {
  if (state.registered) return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  return admit_attributes(event, context);
}

Result<void> admit(const EntityState& state, const EntityRevised& event, const Context& context) {
  if (!state.registered) return refuse(Reason::not_registered).with("what", context.statement.stream).at("/stream");
  if (!state.attributes.empty() && same(state.attributes.back(), event))
    return refuse(Reason::nothing_changed).at("/data");
  return admit_attributes(event, context);
}

void evolve(EntityState& state, const EntityRegistered& event, const Occurrence& occurrence) {
  state.registered = true;
  if (!occurrence.destroyed) state.attributes.push_back(event);
}
void evolve(EntityState& state, const EntityRevised& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.attributes.push_back(event);
}

const Kind& entity_kind() {
  static const Kind kind = describe_kind<EntityEvents>();
  return kind;
}

}  // namespace fedatario::ledger
