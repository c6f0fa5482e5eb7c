// What the caller would rather have: quality values of Accept and Accept-Language (RFC 9110 sections 12.4 and 12.5).
// A list that cannot be read counts as far as it can be.
#pragma once

#include <string_view>

#include "ledger/label.hpp"

namespace fedatario::api {

// From 0 (not wanted) to 1000. The most specific range that matches decides; parameters of media ranges other than q
// are not compared. An empty list wants everything. `media_type` is without parameters, in lower case.
int media_quality(std::string_view accept, std::string_view media_type);

// English when it is wanted more than Spanish; Spanish otherwise, also when neither is.
ledger::Language preferred_language(std::string_view accept_language);

}  // namespace fedatario::api
