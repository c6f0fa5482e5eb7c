// A statement: what an actor signs, and, once admitted, what is recorded. FORMAT.md section 2.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "crypto/bytes.hpp"
#include "ledger/names.hpp"
#include "ledger/refusal.hpp"
#include "ledger/roles.hpp"
#include "ledger/time.hpp"

namespace fedatario::ledger {

inline constexpr std::string_view kPayloadType = "application/vnd.fedatario.statement.v1+json";

// A UUID of version 7 (RFC 9562): 16 bytes.
struct EventId {
  std::array<std::uint8_t, 16> bytes{};

  // Lower-case with hyphens.
  static std::optional<EventId> parse(std::string_view text);
  // From `unix_ms` and 10 random bytes.
  static EventId make(std::int64_t unix_ms, crypto::View random);
  std::string text() const;
  crypto::View view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  auto operator<=>(const EventId&) const = default;
};

// The newest head the author's client had verified.
struct Seen {
  std::uint64_t size = 0;
  crypto::Digest root;
  bool operator==(const Seen&) const = default;
};

// Where a statement comes from: a row of a file, or a number of another system.
struct Source {
  std::optional<crypto::Digest> sha256;
  std::int64_t row = 0;
  std::string system;
  std::string number;
  bool operator==(const Source&) const = default;
};

struct Statement {
  std::string actor;
  Capacity as;
  Declared at;
  std::optional<EventId> cause;
  std::optional<std::string> data;  // commitment
  std::optional<std::string> file;
  std::optional<std::string> on_behalf;  // `for`
  EventId id;
  crypto::Digest key;
  std::string ledger;
  std::optional<boost::json::object> open;
  std::optional<std::string> personal;  // commitment
  std::int64_t schema = 1;
  std::optional<Seen> seen;
  std::optional<Source> source;
  std::string stream;
  std::string type;
  std::optional<Version> version;
};

// Strict: the payload is the one spelling of a well-formed statement, or the refusal says where it is not.
Result<Statement> parse_statement(crypto::View payload);
// The signed bytes.
std::string write_statement(const Statement& statement);

// "<origin>#<16 hex digits>": the name a ledger has after its founding.
std::string ledger_name(std::string_view origin, const crypto::Digest& founding_leaf);

}  // namespace fedatario::ledger
