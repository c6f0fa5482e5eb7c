// Finding the route, checking the token, running the handler.
#include "api/dispatch.hpp"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/algorithm/string/trim.hpp>

#include "api/negotiation.hpp"
#include "api/problem.hpp"
#include "api/target.hpp"
#include "crypto/bytes.hpp"

namespace fedatario::api {
namespace {

// RFC 9110 section 9.3 and RFC 5789. Any other is 501, wherever it is sent.
constexpr std::array<std::string_view, 9> kKnownMethods{"GET",     "HEAD",    "POST",  "PUT",  "DELETE",
                                                        "CONNECT", "OPTIONS", "TRACE", "PATCH"};

// RFC 6750 section 2.1; empty when the header says anything else.
std::string bearer_token(const Request& request) {
  static constexpr std::string_view kScheme = "bearer ";
  const auto given = request.header("authorization").value_or("");
  if (!boost::algorithm::istarts_with(given, kScheme)) return {};
  return boost::algorithm::trim_copy(std::string(given.substr(kScheme.size())));
}

// The problem, or nothing when the token is good; then the request has its actor.
std::optional<Response> authenticate_request(const Authenticator& authenticate, Request& request) {
  const auto token = bearer_token(request);
  if (!token.empty()) {
    if (auto actor = authenticate(token)) {
      request.actor = std::move(*actor);
      return {};
    }
  }
  return problem_response(HttpProblem::unauthorized, request);
}

Opened open(const Router& router, const Authenticator& authenticate, Request& request,
            std::optional<std::uint64_t> content_length) {
  const auto refused = [&](HttpProblem problem) { return Opened{nullptr, problem_response(problem, request)}; };
  request.language = preferred_language(request.header("accept-language").value_or(""));
  if (request.target.size() > kMaxTargetBytes) return refused(HttpProblem::uri_too_long);
  if (std::ranges::find(kKnownMethods, request.method) == kKnownMethods.end())
    return refused(HttpProblem::not_implemented);
  auto target = parse_target(request.target);
  if (!target) return refused(HttpProblem::bad_request);
  auto match = router.find(request.method, target->segments);
  if (!match.route) {
    if (match.allow.empty()) return refused(HttpProblem::not_found);
    auto answer = request.method == "OPTIONS" ? Response{204, {}, {}, {}}
                                              : problem_response(HttpProblem::method_not_allowed, request);
    answer.with("Allow", match.allow);
    return {nullptr, std::move(answer)};
  }
  request.route = match.route->pattern;
  request.path = std::move(match.parameters);
  request.query = std::move(target->query);
  if (match.route->needs_token)
    if (auto problem = authenticate_request(authenticate, request)) return {match.route, std::move(problem)};
  const auto encoding = request.header("content-encoding").value_or("identity");
  if (!boost::algorithm::iequals(encoding, "identity")) return refused(HttpProblem::unsupported_media_type);
  if (content_length.value_or(0) > match.route->body_limit_bytes) return refused(HttpProblem::payload_too_large);
  return {match.route, {}};
}

bool is_field_value(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

// What a caller sent may come back in a header; a line break in it would begin a header of the caller's own.
bool is_sendable(const Response& response) {
  return response.status >= 200 && response.status <= 599 && is_field_value(response.content_type) &&
         std::ranges::all_of(response.headers, [](const auto& header) {
           return !header.first.empty() && is_field_value(header.first) && is_field_value(header.second) &&
                  header.first.find_first_of(": ") == std::string::npos;
         });
}

Response fault_response(const Hooks& hooks, std::string_view what, const Request& request) {
  if (hooks.fault) hooks.fault(what, &request);
  return problem_response(HttpProblem::internal, request);
}

}  // namespace

Opened open_request(const Router& router, const Authenticator& authenticate, const Hooks& hooks, Request& request,
                    std::optional<std::uint64_t> content_length) {
  try {
    return open(router, authenticate, request, content_length);
  } catch (const std::exception& error) {
    return {nullptr, fault_response(hooks, error.what(), request)};
  }
}

boost::asio::awaitable<Response> answer_request(const Route& route, Request& request, const Hooks& hooks) {
  std::optional<Response> response;
  std::string fault;
  try {
    response = co_await route.handler(request);
    if (!is_sendable(*response)) {
      response.reset();
      fault = "the answer has a status or a header that cannot be sent";
    }
  } catch (const std::exception& error) {
    fault = error.what();
  } catch (...) {
    fault = "something that is no std::exception was thrown";
  }
  if (!response) co_return fault_response(hooks, fault, request);
  if (route.needs_token && std::ranges::none_of(response->headers, [](const auto& header) {
        return boost::algorithm::iequals(header.first, "cache-control");
      }))
    response->with("Cache-Control", "no-store");
  co_return std::move(*response);
}

bool is_still_authorized(const Authenticator& authenticate, const Request& request) {
  return request.actor.empty() || authenticate(bearer_token(request)) == request.actor;
}

std::string make_request_id() {
  auto raw = crypto::random_bytes(16);
  raw[6] = static_cast<char>((raw[6] & 0x0f) | 0x40);
  raw[8] = static_cast<char>((raw[8] & 0x3f) | 0x80);
  auto text = crypto::to_hex(raw);
  for (const std::size_t place : {8, 13, 18, 23}) text.insert(place, 1, '-');
  return text;
}

}  // namespace fedatario::api
