// UTF-8 read one character at a time, as strictly as RFC 3629 asks: for the texts we sign and the names in them.
#pragma once

#include <cstddef>
#include <optional>

#include "crypto/bytes.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;  // 0: what stands here is not UTF-8
};

// The character at the start of `text`, which is not empty. Overlong forms, surrogates, anything beyond U+10FFFF and a
// sequence cut short are not UTF-8.
Character read_character(View text);

// The first byte at which `text` is not UTF-8 or has a control character below U+0020 other than LF, as signed notes
// ask.
std::optional<Fault> find_unprintable(View text);

}  // namespace fedatario::crypto
