// The parts of one event after the other.
#include "ledger/verify_content.hpp"

namespace fedatario::ledger {

void ContentChecks::check(Position position, const Event& event) {
  try {
    if (event.statement.data) check_part(position, event, Compartment::data, 0, *event.statement.data);
    if (event.statement.personal) check_personal(position, event);
  } catch (const StoreError& failure) {
    findings_.add(position, std::string("contenido: ") + failure.what(), std::string("content: ") + failure.what());
  }
}

void ContentChecks::check_personal(Position position, const Event& event) {
  const auto commitments = store_.personal_commitments(position);
  if (!commitments.empty()) ++commitment_lists_;
  if (commitments.empty() || personal_commitment(commitments) != *event.statement.personal)
    return findings_.add(position, "la lista de compromisos personales no es la que se firmó",
                         "the list of personal commitments is not the one that was signed");
  for (std::size_t i = 0; i < commitments.size(); ++i)
    check_part(position, event, Compartment::personal, std::uint16_t(i), commitments[i]);
}

void ContentChecks::check_part(Position position, const Event& event, Compartment compartment, std::uint16_t number,
                               const std::string& commitment) {
  const auto sealed = store_.content(position, compartment, number);
  if (!sealed)
    return findings_.add(position, "falta contenido y ningún evento lo destruyó",
                         "content is absent and no event destroyed it");
  ++parts_;
  const auto group = compartment == Compartment::data ? data_group(event.statement) : personal_group(event.statement);
  if (sealed->group != group)
    findings_.add(position, "una parte está sellada en el grupo «" + sealed->group + "» y no en «" + group + "»",
                  "a part is sealed in the group \"" + sealed->group + "\" and not in \"" + group + "\"");
  if (!keyring_) return;
  const auto part = keyring_->open(event.statement, compartment, number, *sealed);
  if (!part)
    return findings_.add(position, "una parte sellada no abre con la clave de cifrado dada",
                         "a sealed part does not open under the key-encryption key given");
  ++opened_;
  if (part->commitment != commitment)
    findings_.add(position, "el contenido no es el que se firmó", "the content is not what was signed");
}

}  // namespace fedatario::ledger
