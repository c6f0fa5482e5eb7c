// The vectors of the format (tests/vectors/format.json), and short ways to what stands in them.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"

namespace fedatario::tests {

// Read once. Throws std::runtime_error when the file is not there or no JSON.
const boost::json::object& format_vectors();

// Members that must stand, with the type asked for; anything else throws.
const boost::json::value& member(const boost::json::value& row, std::string_view name);
const boost::json::array& rows(const boost::json::value& row, std::string_view name);
std::string text(const boost::json::value& row, std::string_view name);
std::uint64_t number(const boost::json::value& row, std::string_view name);
crypto::Bytes hex(const boost::json::value& row, std::string_view name);
crypto::Digest digest(const boost::json::value& row, std::string_view name);

// The key pair that the vectors call `name`, made from its seed.
crypto::SigningKey vector_key(std::string_view name);
const boost::json::array& vector_rows(std::string_view name);
// The event at a position.
const boost::json::value& vector_event(std::size_t position);

}  // namespace fedatario::tests
