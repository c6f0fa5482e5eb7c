// Reading a request target with Boost.URL, and what a decoded part may not hold.
#include "api/target.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "api/limits.hpp"
#include "crypto/utf8.hpp"

namespace fedatario::api {
namespace {

bool is_clean(std::string_view text) {
  while (!text.empty()) {
    const auto character = crypto::read_character(text);
    if (character.bytes == 0 || character.code < 0x20 || character.code == 0x7f) return false;
    text.remove_prefix(character.bytes);
  }
  return true;
}

// A slash or a dot segment that was percent-encoded would be one path to us and another to a proxy in front.
bool is_clean_segment(std::string_view text) {
  return is_clean(text) && text != "." && text != ".." && text.find_first_of("/\\") == std::string_view::npos;
}

std::optional<boost::urls::url_view> parse_form(std::string_view text) {
  const auto parsed = !text.empty() && text.front() == '/' ? boost::urls::parse_origin_form(text)
                                                           : boost::urls::parse_absolute_uri(text);
  if (!parsed) return {};
  const boost::urls::url_view url = *parsed;
  if (url.has_scheme() && url.scheme_id() != boost::urls::scheme::http && url.scheme_id() != boost::urls::scheme::https)
    return {};
  return url;
}

}  // namespace

std::optional<Target> parse_target(std::string_view text) {
  const auto url = parse_form(text);
  if (!url) return {};
  // The library takes a leading "./" for no segment at all.
  if (url->encoded_path().starts_with("/./")) return {};
  Target target;
  for (const auto& segment : url->segments()) {
    if (!is_clean_segment(segment)) return {};
    target.segments.push_back(segment);
  }
  boost::urls::encoding_opts options;
  options.space_as_plus = true;
  for (const auto& parameter : url->params(options)) {
    if (parameter.key.empty() && !parameter.has_value) continue;  // "?", "&&"
    if (target.query.size() == kMaxQueryParameters || !is_clean(parameter.key) || !is_clean(parameter.value)) return {};
    if (!target.query.emplace(parameter.key, parameter.value).second) return {};
  }
  return target;
}

}  // namespace fedatario::api
