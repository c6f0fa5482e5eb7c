// Text as people type it into sheets, quoted in messages.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/text.hpp"

namespace fedatario::tools {

using ledger::fold_accents;
using ledger::fold_label;
using ledger::trim;

// The byte at which `text` stops being UTF-8 (RFC 3629: no surrogates, no overlong forms); nothing if it never does.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

// «text» for a message: trimmed, cut after some 60 bytes, never within a character.
std::string in_quotes(std::string_view text);

// " o ", or " u " before a word that begins with the sound o.
const char* or_before(std::string_view word);

}  // namespace fedatario::tools
