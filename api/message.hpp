// What a handler is given and what it gives back: plain values that know nothing of sockets or of the HTTP library.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/label.hpp"

namespace fedatario::api {

using ledger::Label;
using ledger::Language;

inline constexpr std::string_view kJson = "application/json";
inline constexpr std::string_view kProblemJson = "application/problem+json";
inline constexpr std::string_view kCsv = "text/csv; charset=utf-8; header=present";
inline constexpr std::string_view kPlainText = "text/plain; charset=utf-8";
inline constexpr std::string_view kNdjson = "application/x-ndjson";

using Parameters = std::map<std::string, std::string, std::less<>>;

struct Request {
  std::string id;      // ours, a UUID; also in the answer's X-Request-Id
  std::string remote;  // the peer's address, without the port
  std::string method;  // as sent; "HEAD" is handled by the route for GET
  std::string target;  // as sent
  std::string route;   // the pattern that matched; empty before
  Parameters path;     // decoded, by the names in the pattern; {rest...} has its segments joined by '/'
  Parameters query;    // decoded, '+' read as a space; each name stands at most once
  Parameters headers;  // names in lower case; repeated lines joined by ", "
  std::string body;
  std::string actor;  // who the token is bound to; empty on a route without token
  Language language = Language::es;

  // Precondition (asserted): the pattern that matched has this parameter.
  const std::string& path_parameter(std::string_view name) const;
  // The parameter's value; empty when it is absent (not when it is there without a value).
  std::optional<std::string_view> query_parameter(std::string_view name) const;
  // `name` in lower case.
  std::optional<std::string_view> header(std::string_view name) const;

  // "application/json" for both `Application/JSON` and `application/json; charset=utf-8`; empty without Content-Type.
  std::string content_type() const;
  // By Accept (RFC 9110 section 12.5.1); without it everything is accepted.
  bool accepts(std::string_view media_type) const;
  // True when the caller would rather have text/csv than application/json.
  bool accepts_csv() const;
};

// A body that goes on: pieces that are made as the peer takes them. Used on the connection's executor and by one
// coroutine; its life ends with the answer.
class Chunks {
 public:
  virtual ~Chunks() = default;
  // The next piece, not empty; nothing when the body is whole. What it throws cuts the answer off and is reported. It
  // works in short steps and lets others have the thread between them.
  virtual boost::asio::awaitable<std::optional<std::string>> next() = 0;
  // The server is stopping: a body that has no end of its own ends here, and a next() that waits returns soon.
  virtual void end() = 0;
  // The peer did not take a piece in time: there will be no other.
  virtual void dropped() = 0;
};

struct Response {
  unsigned status = 200;
  std::string content_type;  // empty: no Content-Type
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  // Content-Length, Date and Connection are the server's
  std::shared_ptr<Chunks> chunks = nullptr;                  // instead of `body`; shared, since answers are copied

  Response& with(std::string name, std::string value);
};

Response json_response(unsigned status, const boost::json::value& value);
Response text_response(unsigned status, std::string_view content_type, std::string body);

}  // namespace fedatario::api
