// What the caller would rather have: quality values of Accept, Accept-Encoding and Accept-Language (RFC 9110
// sections 12.4 and 12.5).
// A list that cannot be read counts as far as it can be.
#pragma once

#include <initializer_list>
#include <string_view>

#include "ledger/label.hpp"

namespace fedatario::api {

// From 0 (not wanted) to 1000. The most specific range that matches decides; parameters of media ranges other than q
// are not compared. An empty list wants everything. `media_type` is without parameters, in lower case.
int media_quality(std::string_view accept, std::string_view media_type);

// Of Accept-Encoding (RFC 9110 section 12.5.3). An empty list wants none.
int coding_quality(std::string_view accept_encoding, std::string_view coding);

// Which of these the caller would rather have, the first of those wanted as much; empty where he wants none. They may
// have parameters, which are not compared.
std::string_view preferred_media(std::string_view accept, std::initializer_list<std::string_view> media_types);

// English when it is wanted more than Spanish; Spanish otherwise, also when neither is.
ledger::Language preferred_language(std::string_view accept_language);

}  // namespace fedatario::api
