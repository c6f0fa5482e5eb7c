// Text as people type it into sheets: trimmed, compared without case or accents, quoted in messages.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fedatario::tools {

// Without white space at both ends, the no-break space (U+00A0) included.
std::string_view trim(std::string_view text);

// Lower case and without accents: ASCII letters and those of Latin-1 ("Ñ" gives "n"), combining marks dropped. Other
// characters, and bytes that are not UTF-8, stay.
std::string fold_accents(std::string_view text);

// As fold_accents, trimmed, and each run of white space one space: two labels a reader takes for the same are equal.
std::string fold_label(std::string_view text);

// The byte at which `text` stops being UTF-8 (RFC 3629: no surrogates, no overlong forms); nothing if it never does.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

// «text» for a message: trimmed, cut after some 60 bytes, never within a character.
std::string in_quotes(std::string_view text);

// " o ", or " u " before a word that begins with the sound o.
const char* or_before(std::string_view word);

}  // namespace fedatario::tools
