// Canonical JSON: what parses has a canonical text that parses to the same.
#include <cstdlib>

#include "crypto/json.hpp"

using namespace fedatario;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = crypto::parse_json({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  std::string text;
  try {
    text = crypto::canonical_json(*value);
  } catch (const crypto::Error&) {
    return 0;
  }
  const auto again = crypto::parse_json(text, {64, 64u << 20});
  // A whole double of 2^53 and more has a text that is refused as an integer; everything else comes back.
  if (again && crypto::canonical_json(*again) != text) std::abort();
  return 0;
}
