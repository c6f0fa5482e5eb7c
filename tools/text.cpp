// Folding over UTF-8 bytes; only the two-byte forms of Latin-1 and of the combining marks need a look.
#include "tools/text.hpp"

#include <algorithm>

namespace fedatario::tools {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::size_t kQuotedBytes = 60;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

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

// The letters U+00C0 to U+00DF without case or accent, and the same again 32 further on; '?' stays as it is.
constexpr std::string_view kUpperLatin = "aaaaaa?ceeeeiiii?nooooo??uuuuy??";
constexpr std::string_view kLowerLatin = "aaaaaa?ceeeeiiii?nooooo??uuuuy?y";

}  // namespace

std::string_view trim(std::string_view text) {
  for (;;) {
    if (!text.empty() && is_space(text.front()))
      text.remove_prefix(1);
    else if (text.starts_with(kNoBreakSpace))
      text.remove_prefix(kNoBreakSpace.size());
    else if (!text.empty() && is_space(text.back()))
      text.remove_suffix(1);
    else if (text.ends_with(kNoBreakSpace))
      text.remove_suffix(kNoBreakSpace.size());
    else
      return text;
  }
}

std::string fold_accents(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned lead = byte_at(text, i), next = byte_at(text, i + 1);
    if (lead >= 'A' && lead <= 'Z') {
      out += char(lead - 'A' + 'a');
    } else if ((lead == 0xCC && next >= 0x80 && next <= 0xBF) || (lead == 0xCD && next >= 0x80 && next <= 0xAF)) {
      ++i;  // U+0300 to U+036F, the combining marks
    } else if (lead == 0xC3 && next >= 0x80 && next <= 0xBF) {
      const char letter = next < 0xA0 ? kUpperLatin[next - 0x80] : kLowerLatin[next - 0xA0];
      if (letter == '?')
        out.append(text.substr(i, 2));
      else
        out += letter;
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string fold_label(std::string_view text) {
  std::string out;
  for (text = trim(text); !text.empty();) {
    const auto word_end = [&] {
      const auto space = std::size_t(std::find_if(text.begin(), text.end(), is_space) - text.begin());
      return std::min(space, text.find(kNoBreakSpace));
    }();
    if (!out.empty()) out += ' ';
    out += fold_accents(text.substr(0, word_end));
    text = trim(text.substr(std::min(word_end, text.size())));
  }
  return out;
}

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
