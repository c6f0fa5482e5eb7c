// How this library reports trouble. Untrusted text gives a Fault (what is wrong and at which byte); a check of a proof
// or signature gives a bool; a failing OpenSSL, key file or random generator throws Error.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <stdexcept>
#include <string>

namespace fedatario::crypto {

// The environment failed (OpenSSL, a key file, the random generator): not the caller's input.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Why a text was refused. `offset` is the byte, from 0, at which the fault was seen.
struct Fault {
  std::size_t offset = 0;
  std::string what;  // English, a clause without full stop: "duplicate member name \"id\""
};

[[noreturn]] void throw_exception_from_error(const Fault& fault, const boost::source_location& where);

template <class T>
using Parsed = boost::system::result<T, Fault>;

}  // namespace fedatario::crypto
