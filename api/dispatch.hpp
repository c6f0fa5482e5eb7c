// From the header of a request to its route, and from the route to the answer: all of HTTP that needs no socket.
//
//   header read → open_request → body read (up to the route's limit) → answer_request → answer written
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/message.hpp"
#include "api/router.hpp"

namespace fedatario::api {

// The actor a bearer token is bound to; empty when it is bound to none (any more). Called from any thread.
using Authenticator = std::function<std::optional<std::string>(std::string_view token)>;

struct Exchange {
  const Request& request;  // its route is empty when none matched
  unsigned status = 0;
  double seconds = 0;  // from the end of the header to the end of the answer
  std::size_t body_bytes = 0;
};

// What the surroundings want to hear. Called from any thread; each may be empty; none may throw.
struct Hooks {
  std::function<void(const Exchange&)> answered;
  // A handler threw, or the server met something it had to survive.
  std::function<void(std::string_view what, const Request*)> fault;
  std::function<void(std::size_t count)> connections;
};

struct Opened {
  const Route* route = nullptr;
  std::optional<Response> answer;  // set: this is the answer, and the body is not wanted
};

// Fills in `request` (whose method, target and headers stand) with what the header tells: language, route, parameters,
// actor. `content_length` is what the header announces, if anything. Never throws: a fault becomes a 500 and is
// reported.
Opened open_request(const Router& router, const Authenticator& authenticate, const Hooks& hooks, Request& request,
                    std::optional<std::uint64_t> content_length);

// Runs the handler. Never throws: a fault becomes a 500 and is reported.
boost::asio::awaitable<Response> answer_request(const Route& route, Request& request, const Hooks& hooks);

// Whether the token the request came with is still bound to its actor; true where it needed none. For an answer that
// goes on after the token was looked at. Throws what the authenticator throws.
bool is_still_authorized(const Authenticator& authenticate, const Request& request);

// A random UUID (RFC 9562, version 4).
std::string make_request_id();

}  // namespace fedatario::api
