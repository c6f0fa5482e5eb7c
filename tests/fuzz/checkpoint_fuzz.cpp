// Checkpoints: what parses is written back to the same bytes.
#include <cstdlib>

#include "crypto/checkpoint.hpp"

using namespace fedatario;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const crypto::View text(reinterpret_cast<const char*>(data), size);
  if (const auto checkpoint = crypto::parse_checkpoint(text))
    if (crypto::format_checkpoint(*checkpoint) != text) std::abort();
  return 0;
}
