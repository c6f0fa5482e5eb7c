// The moments a query can ask for: `as_of`, `min_position`, `limit`, `from` and cursors, read from its parameters.
#pragma once

#include <boost/system/result.hpp>
#include <functional>
#include <optional>
#include <string>

#include "api/message.hpp"
#include "api/service.hpp"
#include "ledger/refusal.hpp"
#include "projections/queries.hpp"

namespace fedatario::api {

inline constexpr std::uint64_t kDefaultPageRows = 100;
inline constexpr std::uint64_t kMaxPageRows = 1'000;

// A whole number in `name`; `otherwise` where it is absent. Refuses anything else and what is not from `least` to
// `most`.
ledger::Result<std::uint64_t> number_parameter(const Request& request, std::string_view name, std::uint64_t otherwise,
                                               std::uint64_t least, std::uint64_t most);

// The moment a query looks at: how many events stood then, and on which day it was (for what depends on today).
struct Moment {
  std::optional<ledger::Position> as_of;  // absent: now
  bool before_founding = false;           // nothing was recorded yet
  ledger::Date day;
};

// `as_of`: a position; a time (inclusive, of recording), `2026-03-04T10:00:00-05:00` or with Z; a date, its last
// instant at UTC-5. Read from another parameter where it is named.
ledger::Result<Moment> read_moment(const Request& request, const Service& service,
                                   std::string_view parameter = "as_of");

// A handler that runs once `min_position`, and whatever was durable when the request came, is in the views: so clients
// read what they wrote. Nobody else waits for them meanwhile; after five seconds the answer is 503.
Handler once_folded(const Service& service, std::function<Response(Request&)> handler);

// A page of rows: `limit`, and `cursor`, which carries its moment; the day it was asked for becomes the moment's.
ledger::Result<projections::PageRequest> read_page(const Request& request, Moment& moment);
std::string write_cursor(std::optional<ledger::Position> as_of, ledger::Date day, crypto::View next);

}  // namespace fedatario::api
