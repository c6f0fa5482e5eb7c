// Signed notes: what parses is written back to the same bytes.
#include <cstdlib>

#include "crypto/note.hpp"

using namespace fedatario;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const crypto::View text(reinterpret_cast<const char*>(data), size);
  if (const auto note = crypto::parse_note(text))
    if (crypto::format_note(*note) != text) std::abort();
  if (const auto verifier = crypto::NoteVerifier::parse(text))
    if (verifier->format() != text) std::abort();
  return 0;
}
