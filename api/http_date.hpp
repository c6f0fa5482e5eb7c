// The time as HTTP writes it.
#pragma once

#include <string>

namespace fedatario::api {

// Now: "Tue, 15 Nov 1994 08:12:31 GMT" (RFC 9110 section 5.6.7), whatever the locale.
std::string http_date();

}  // namespace fedatario::api
