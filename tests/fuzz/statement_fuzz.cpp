// Statements and leaves as strangers and disks give them: no crash, and what is taken has one spelling.
#include <cstdlib>

#include "ledger/event.hpp"
#include "ledger/statement.hpp"

using namespace fedatario;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const crypto::View text(reinterpret_cast<const char*>(data), size);
  if (const auto statement = ledger::parse_statement(text))
    if (ledger::write_statement(*statement) != text) std::abort();
  if (const auto event = ledger::parse_leaf(text))
    if (ledger::write_leaf(ledger::write_envelope_text(event->envelope), event->position, event->version, event->prev,
                           event->recorded_at) != text)
      std::abort();
  return 0;
}
