// Characters of UTF-8, and quoting.
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

constexpr std::size_t kQuotedBytes = 60;

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// Bytes of the character that `text` begins with; 0 when they are not UTF-8. Table 3-7 of the Unicode standard.
std::size_t character_bytes(std::string_view text) {
  const unsigned lead = byte_at(text, 0), second = byte_at(text, 1);
  const auto follows = [&](std::size_t at) { return (byte_at(text, at) & 0xC0) == 0x80; };
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4 || !follows(1)) return 0;
  if (lead < 0xE0) return 2;
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || !follows(2)) return 0;
  if (lead < 0xF0) return 3;
  if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F) || !follows(3)) return 0;
  return 4;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t count = character_bytes(text.substr(at));
    if (count == 0) return at;
    at += count;
  }
  return std::nullopt;
}

std::string in_quotes(std::string_view text) {
  text = trim(text);
  if (text.size() <= kQuotedBytes) return "«" + std::string(text) + "»";
  std::size_t end = kQuotedBytes;
  while (end > 0 && (byte_at(text, end) & 0xC0) == 0x80) --end;
  return "«" + std::string(text.substr(0, end)) + "…»";
}

const char* or_before(std::string_view word) {
  const auto folded = fold_accents(word);
  return folded.starts_with('o') || folded.starts_with("ho") ? " u " : " o ";
}

}  // namespace fedatario::tools
