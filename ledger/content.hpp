// Content: what a statement says beyond its open facts, in parts that are committed to and can be destroyed. FORMAT.md
// section 3.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/refusal.hpp"
#include "ledger/statement.hpp"

namespace fedatario::ledger {

struct Part {
  crypto::Bytes key;      // commitment key, 32 bytes
  std::string canonical;  // JCS of the value
  std::string commitment;

  // With a fresh random commitment key.
  static Part make(const boost::json::value& value);
  static Part make(crypto::Bytes key, std::string canonical);
};

struct Content {
  std::optional<Part> data;
  std::vector<Part> personal;  // one for each person
};

// The statement's member `personal`. Precondition: at least one.
std::string personal_commitment(const std::vector<std::string>& part_commitments);
std::string personal_commitment(const std::vector<Part>& parts);

// `{"data":{"key","value"},"personal":[{"key","value"},…]}`, either absent: made by whoever signs.
Result<Content> read_content(const boost::json::value& json);
// `{"data":{…},"personal":[{…},…]}`, either absent, in plain: each part gets a fresh commitment key.
Result<Content> make_content(const boost::json::value& json);
boost::json::value write_content(const Content& content);

// That the statement's commitments are those of this content, and that none is missing or too many.
Result<void> check_commitments(const Statement& statement, const Content& content);

}  // namespace fedatario::ledger
