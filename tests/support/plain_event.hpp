// An event as plain JSON: what was signed, what it says, where it stands. Nothing here knows an event type or a rule.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/time.hpp"

namespace fedatario::ledger {
class Log;
}

namespace fedatario::tests {

struct PlainEvent {
  std::uint64_t position = 0, version = 0;
  std::string hash, prev;  // hex; `prev` is empty where there is none
  ledger::Recorded recorded_at;
  boost::json::object statement, open, data;

  // Of the statement; empty where it has none.
  std::string id, stream, type, actor, on_behalf, key, cause;
  std::string role, unit;         // `as`
  std::vector<std::string> name;  // the stream's segments
  std::string day;                // of recording

  // What a correction says of the record it mends: an event of that type, with that content.
  PlainEvent as_corrected() const;
};

// Fills in what follows from the statement and the time of recording.
PlainEvent read_statement(PlainEvent event);

// The events of the log from there on, read back and opened.
std::vector<PlainEvent> read_plain(const ledger::Log& log, std::uint64_t from = 0);

// Members of an object: empty, 0, or nothing where there is none of that sort.
std::string text(const boost::json::object& object, std::string_view name);
std::int64_t number(const boost::json::object& object, std::string_view name);
bool truth(const boost::json::object& object, std::string_view name);
const boost::json::array& list(const boost::json::object& object, std::string_view name);
const boost::json::object& part(const boost::json::object& object, std::string_view name);
std::vector<std::string> texts(const boost::json::object& object, std::string_view name);

}  // namespace fedatario::tests
