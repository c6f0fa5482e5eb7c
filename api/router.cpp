// Matching a path with the table. There are some dozens of routes: they are looked at one by one.
#include "api/router.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace fedatario::api {
namespace {

enum Kind { rest, parameter, literal };  // the later, the more specific

Kind kind_of(std::string_view part) {
  if (!part.starts_with('{')) return literal;
  return part.ends_with("...}") ? rest : parameter;
}

std::string name_of(std::string_view part) {
  return std::string(part.substr(1, part.size() - (kind_of(part) == rest ? 5 : 2)));
}

std::vector<std::string> split(const std::string& pattern) {
  const auto malformed = [&] { return std::invalid_argument("malformed route pattern " + pattern); };
  if (!pattern.starts_with('/')) throw malformed();
  std::vector<std::string> parts;
  if (pattern == "/") return parts;
  std::set<std::string> names;
  std::size_t begin = 1;
  while (begin <= pattern.size()) {
    if (!parts.empty() && kind_of(parts.back()) == rest) throw malformed();
    const auto end = std::min(pattern.find('/', begin), pattern.size());
    const std::string part = pattern.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty()) throw malformed();
    if (kind_of(part) != literal) {
      const bool closed = part.ends_with('}');
      if (!closed || name_of(part).empty() || !names.insert(name_of(part)).second) throw malformed();
    } else if (part.find_first_of("{}%?") != std::string::npos) {
      throw malformed();
    }
    parts.push_back(part);
  }
  return parts;
}

// The same for patterns that match the same paths.
std::string shape(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) {
    out += '/';
    if (kind_of(part) == literal)
      out += part;
    else
      out += kind_of(part) == rest ? "{...}" : "{}";
  }
  return out;
}

bool matches(const std::vector<std::string>& parts, std::span<const std::string> segments) {
  const bool open_ended = !parts.empty() && kind_of(parts.back()) == rest;
  if (open_ended ? segments.size() < parts.size() : segments.size() != parts.size()) return false;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].empty()) return false;
    if (i < parts.size() && kind_of(parts[i]) == literal && parts[i] != segments[i]) return false;
  }
  return true;
}

bool more_specific(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::lexicographical_compare(b, a, {}, kind_of, kind_of);
}

Parameters parameters_of(const std::vector<std::string>& parts, std::span<const std::string> segments) {
  Parameters out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (kind_of(parts[i]) == literal) continue;
    std::string value = segments[i];
    if (kind_of(parts[i]) == rest)
      for (const auto& segment : segments.subspan(i + 1)) value += "/" + segment;
    out.emplace(name_of(parts[i]), std::move(value));
  }
  return out;
}

}  // namespace

Router& Router::add(Route route) {
  static const std::set<std::string_view> kMethods{"GET", "POST", "PUT", "PATCH", "DELETE"};
  if (!kMethods.contains(route.method) || !route.handler)
    throw std::invalid_argument("route " + route.pattern + " has no handler or a method that is not served");
  auto parts = split(route.pattern);
  for (const auto& entry : entries_)
    if (entry.route.method == route.method && shape(entry.parts) == shape(parts))
      throw std::invalid_argument("two routes for " + route.method + " " + route.pattern);
  entries_.push_back({std::move(route), std::move(parts)});
  return *this;
}

Router& Router::add(std::string method, std::string pattern, std::function<Response(Request&)> handler,
                    bool needs_token, std::shared_ptr<const Documentation> documentation) {
  if (!handler) throw std::invalid_argument("route " + pattern + " has no handler");
  Handler waiting = [handler = std::move(handler)](Request& request) -> boost::asio::awaitable<Response> {
    co_return handler(request);
  };
  Route route{std::move(method), std::move(pattern), std::move(waiting), needs_token};
  route.documentation = std::move(documentation);
  return add(std::move(route));
}

Router::Match Router::find(std::string_view method, std::span<const std::string> segments) const {
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  const Entry* best = nullptr;
  std::set<std::string> methods;
  for (const auto& entry : entries_) {
    if (!matches(entry.parts, segments)) continue;
    methods.insert(entry.route.method);
    if (entry.route.method == wanted && (!best || more_specific(entry.parts, best->parts))) best = &entry;
  }
  Match match;
  if (methods.empty()) return match;
  if (methods.contains("GET")) methods.insert("HEAD");
  methods.insert("OPTIONS");
  for (const auto& name : methods) match.allow += (match.allow.empty() ? "" : ", ") + name;
  if (best) {
    match.route = &best->route;
    match.parameters = parameters_of(best->parts, segments);
  }
  return match;
}

std::vector<const Route*> Router::routes() const {
  std::vector<const Route*> out;
  for (const auto& entry : entries_) out.push_back(&entry.route);
  return out;
}

}  // namespace fedatario::api
