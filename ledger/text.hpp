// Text as people write it: trimmed, and compared without case or accents.
#pragma once

#include <string>
#include <string_view>

namespace fedatario::ledger {

// Without white space at both ends, the no-break space (U+00A0) included.
std::string_view trim(std::string_view text);

// Lower case and without accents: ASCII letters and those of Latin-1 ("Ñ" gives "n"), combining marks dropped. Other
// characters, and bytes that are not UTF-8, stay.
std::string fold_accents(std::string_view text);

// As fold_accents, trimmed, and each run of white space one space: two labels a reader takes for the same are equal.
std::string fold_label(std::string_view text);

}  // namespace fedatario::ledger
