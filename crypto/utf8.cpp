// UTF-8, from the table of well-formed byte sequences (Unicode, table 3-7).
#include "crypto/utf8.hpp"

#include <cassert>

namespace fedatario::crypto {

Character read_character(View text) {
  assert(!text.empty());
  const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {};
  unsigned char lowest = 0x80;
  unsigned char highest = 0xbf;
  if (lead == 0xe0) lowest = 0xa0;   // else overlong
  if (lead == 0xed) highest = 0x9f;  // else a surrogate
  if (lead == 0xf0) lowest = 0x90;   // else overlong
  if (lead == 0xf4) highest = 0x8f;  // else beyond U+10FFFF
  if (at(1) < lowest || at(1) > highest) return {};
  char32_t code = lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xc0) != 0x80) return {};
    code = code << 6 | (at(i) & 0x3fu);
  }
  return {code, length};
}

std::optional<Fault> find_unprintable(View text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character character = read_character(text.substr(at));
    if (character.bytes == 0) return Fault{at, "invalid UTF-8"};
    if (character.code < 0x20 && character.code != '\n') return Fault{at, "control character"};
    at += character.bytes;
  }
  return std::nullopt;
}

}  // namespace fedatario::crypto
