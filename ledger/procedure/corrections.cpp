// Whose event may be corrected, and by whom.
#include "ledger/procedure/corrections.hpp"

#include "crypto/hash.hpp"
#include "crypto/json.hpp"
#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/responsibility.hpp"

namespace fedatario::ledger {
namespace {

// The unit for which the author spoke, else that in which he works.
std::string unit_of_author(const Statement& record, const Context& context) {
  if (!record.as.unit.empty()) return record.as.unit;
  return context.lookup.get<ActorState>("actor/" + record.actor).unit;
}

// The author, his director, or that of the unit the stream is of.
bool may_correct(const Statement& record, const Context& context) {
  if (has_any_of(persons_of(record), context.statement)) return true;
  const auto& as = context.statement.as;
  return as.role == Role::director &&
         (as.unit == unit_of_author(record, context) || as.unit == unit_of(context.lookup, record.stream));
}

}  // namespace

crypto::Digest digest_of_content(const boost::json::value& content) {
  return crypto::sha256(crypto::canonical_json(content));
}

Result<void> within_corrected(Result<void> admitted) {
  constexpr std::string_view kData = "/data";
  if (admitted || !admitted.error().pointer.starts_with(kData)) return admitted;
  auto refusal = admitted.error();
  refusal.pointer.insert(kData.size(), "/corrected");
  return refusal;
}

Result<Earlier> admit_corrected_event(const CorrectionFields& correction, const Context& context) {
  const auto& statement = context.statement;
  auto earlier = context.lookup.event(correction.event.value);
  if (!earlier || earlier->statement.stream != statement.stream)
    return refuse(Reason::code_unknown)
        .with("code", correction.event.value.text())
        .with("what", statement.stream)
        .at("/data/event");
  if (earlier->statement.type != correction.type.value)
    return field_expected("/data/type", {earlier->statement.type, earlier->statement.type});
  if (earlier->destroyed) return refuse(Reason::not_correctable).with("type", correction.type.value).at("/data/event");
  if (!may_correct(earlier->statement, context))
    return refuse(Reason::correction_by_another).with("author", earlier->statement.actor).at("/actor");
  return *std::move(earlier);
}

}  // namespace fedatario::ledger
