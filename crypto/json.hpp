// Canonical JSON (RFC 8785, JCS) over I-JSON (RFC 7493): one spelling for each value, so that what is signed, committed
// to and hashed can be made again by anyone.
//
// Parsing is strict and is the only way JSON enters the service: UTF-8, no duplicate member names, no lone surrogates,
// no number that is not a finite double, bounded depth and size, nothing after the value.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>

#include "crypto/bytes.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

// The largest integer every double reader agrees on (RFC 7493 section 2.2).
inline constexpr std::int64_t kMaxInteger = 9007199254740991;

struct JsonLimits {
  std::size_t depth = 16;           // nested arrays and objects
  std::size_t bytes = 1024 * 1024;  // of the text
};

// A number without fraction, exponent or minus zero that fits in 53 bits becomes an int64; every other one a double.
// Refused: an integer beyond kMaxInteger in magnitude written in full (it would lose digits), and a number too large or
// too close to zero for a double.
Parsed<boost::json::value> parse_json(View text, const JsonLimits& limits = {});

// The canonical text. Throws Error for what JCS cannot write: a number that is not finite, a string that is not UTF-8
// (a lone surrogate is not); and for an int64 or uint64 beyond kMaxInteger, which must be carried as a string.
std::string canonical_json(const boost::json::value& value);
// Appends the canonical text of one string, quotes included; of one number (ECMAScript Number::toString).
void append_canonical_string(std::string& out, View utf8);
std::string canonical_number(double value);

// True when `text` is the canonical text of the value it parses to.
bool is_canonical(View text, const boost::json::value& value);

// Orders member names as RFC 8785 section 3.2.3 does: by UTF-16 code units.
bool name_before(View a, View b);

}  // namespace fedatario::crypto
