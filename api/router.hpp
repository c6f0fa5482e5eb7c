// The table of routes. What is not in the table is a 404, and a path that is there under other methods a 405: no
// handler decides either.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/limits.hpp"
#include "api/message.hpp"

namespace fedatario::api {

struct Documentation;  // api/documentation.hpp

// Runs on the connection's strand; other connections' handlers run at the same time on other threads. What it throws is
// reported and answered with 500. The request outlives the coroutine.
using Handler = std::function<boost::asio::awaitable<Response>(Request&)>;

struct Route {
  std::string method;   // "GET" also serves HEAD
  std::string pattern;  // "/v1/plans/{fiscal_year}/{unit}"; a last "{stream...}" takes one or more segments
  Handler handler;
  bool needs_token = true;
  std::size_t body_limit_bytes = kMaxBodyBytes;
  std::shared_ptr<const Documentation> documentation = {};  // null: the interface's description leaves it out
};

class Router {
 public:
  // Throws std::invalid_argument for a malformed pattern, and for one that matches the same paths as an earlier one
  // under the same method.
  Router& add(Route route);
  // A handler that does not wait for anything.
  Router& add(std::string method, std::string pattern, std::function<Response(Request&)> handler,
              bool needs_token = true);

  struct Match {
    const Route* route = nullptr;  // null: 404 when `allow` is empty, otherwise 405, or the answer to OPTIONS
    Parameters parameters;
    std::string allow;  // "GET, HEAD, OPTIONS"; empty when no pattern matches the path
  };
  // Of the patterns that match and have the method, the one that is literal furthest to the left wins.
  Match find(std::string_view method, std::span<const std::string> segments) const;

  // In the order added.
  std::vector<const Route*> routes() const;

 private:
  struct Entry {
    Route route;
    std::vector<std::string> parts;  // literal, "{name}" or "{name...}"
  };
  std::vector<Entry> entries_;
};

}  // namespace fedatario::api
