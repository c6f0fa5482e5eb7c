// What happens to a Fault nobody looked at, and how OpenSSL's errors become ours.
#include "crypto/errors.hpp"

#include "crypto/openssl.hpp"

namespace fedatario::crypto {

void throw_exception_from_error(const Fault& fault, const boost::source_location&) {
  throw Error(fault.what + " at byte " + std::to_string(fault.offset));
}

void throw_openssl(const std::string& doing) {
  char reason[256] = "no reason given";
  if (const unsigned long code = ERR_peek_last_error()) ERR_error_string_n(code, reason, sizeof reason);
  ERR_clear_error();
  throw Error(doing + ": " + reason);
}

}  // namespace fedatario::crypto
