// Folding over UTF-8 bytes; only the two-byte forms of Latin-1 and of the combining marks need a look.
#include "ledger/text.hpp"

#include <algorithm>

namespace fedatario::ledger {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
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

}  // namespace fedatario::ledger
