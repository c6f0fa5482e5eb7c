// The client's end of HTTP/1.1, over plain TCP or TLS 1.3: one connection kept open, one request at a time.
//
// A request is sent again, unchanged, when the connection is lost before its answer (once) and when the service answers
// 503 with Retry-After (a few times). That is safe for every request made here: what is recorded carries its id, so a
// repetition gives the first answer.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/session.hpp"

namespace fedatario::tools {

struct Reply {
  unsigned status = 0;
  std::map<std::string, std::string, std::less<>> headers;  // names in lower case; of repeated ones the first
  std::string body;

  bool good() const { return status >= 200 && status < 300; }
  // Empty when it is not there. `name` in lower case.
  std::string_view header(std::string_view name) const;
};

struct ClientOptions {
  std::string url = "http://127.0.0.1:8080";  // http or https; a path is put before every target
  std::string token;                          // empty: no Authorization
  std::string ca_file;                        // PEM; empty: the system's
  Language language = Language::es;
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds answer_timeout{120'000};  // of one request, from its first byte to its answer's last
  int overload_retries = 5;
  std::chrono::milliseconds longest_pause{10'000};  // whatever Retry-After says
  std::size_t answer_bytes = std::size_t{256} * 1024 * 1024;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

// There is no connection, or it ended before the answer.
struct LostConnection : Failure {
  using Failure::Failure;
};

// Calls throw LostConnection (kExitEnvironment) where there is no answer. One thread at a time.
class Client {
 public:
  // Does not connect yet. Throws Failure (kExitUsage) for a URL that is not of the form, (kExitEnvironment) for a CA
  // file that cannot be read.
  explicit Client(ClientOptions options);
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  // `target`: path and query, "/v1/ledger".
  Reply get(std::string_view target, std::string_view accept = "application/json");
  Reply post(std::string_view target, std::string_view content_type, std::string body);

  // An answer that goes on, on a connection of its own and asked for once: `take` gets its bytes as they come, until it
  // says false, the answer or the connection ends, or nothing came for `silence`. The reply then has no body, unless it
  // was no success.
  Reply stream(std::string_view target, const Headers& headers, const std::function<bool(std::string_view)>& take,
               std::chrono::milliseconds silence);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

// The session's service, with its token.
Client connect(const Session& session);

// "a b/ñ" → "a%20b%2F%C3%B1": one segment of a path, or one value of a query.
std::string percent_encode(std::string_view text);
// A stream's name as a path: its segments encoded, its slashes kept.
std::string encode_path(std::string_view name);

}  // namespace fedatario::tools
