// Strict JSON read: Boost.JSON's tokenizer with our handler, which refuses what I-JSON forbids and reads numbers from
// their text, since Boost's own reading of doubles can be off in the last digit.
#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <cassert>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "crypto/json.hpp"

namespace fedatario::crypto {
namespace {

namespace json = boost::json;

// Up to this many members every pair of names is compared; beyond, they are sorted.
constexpr std::size_t kFewNames = 16;

struct Handler {
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  // A member name of an object still open: where it stands in `names_`, and which name of the text it is.
  struct Name {
    std::size_t begin = 0;
    std::size_t size = 0;
    std::size_t ordinal = 0;
  };

  Handler(unsigned char* buffer, std::size_t size) : stack(json::storage_ptr(), buffer, size) {}

  bool on_document_begin(json::error_code&) {
    stack.reset();
    return true;
  }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return true; }
  bool on_object_end(std::size_t count, json::error_code& ec) {
    if (!are_distinct(count)) return refuse(ec);
    if (count > 0) {
      bytes.resize(names[names.size() - count].begin);
      names.resize(names.size() - count);
    }
    stack.push_object(count);
    return true;
  }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t count, json::error_code&) {
    stack.push_array(count);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    bytes.append(part.data(), part.size());
    stack.push_chars(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t size, json::error_code&) {
    bytes.append(part.data(), part.size());
    names.push_back({bytes.size() - size, size, names_seen++});
    stack.push_key(part);
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    stack.push_chars(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    stack.push_string(part);
    return true;
  }
  // The whole text is given at once: a number in parts is one the text ends in.
  bool on_number_part(json::string_view, json::error_code& ec) {
    ec = json::error::incomplete;
    return false;
  }
  bool on_int64(std::int64_t value, json::string_view text, json::error_code& ec) {
    if (value == 0 && text.front() == '-') {
      stack.push_double(-0.0);
      return true;
    }
    // By length first: Boost's sum may have wrapped around in a longer one.
    if (text.size() > 17 || value > kMaxInteger || value < -kMaxInteger) return refuse_number(text, kTooLong, ec);
    stack.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t, json::string_view text, json::error_code& ec) {
    return refuse_number(text, kTooLong, ec);
  }
  bool on_double(double, json::string_view text, json::error_code& ec) {
    if (text.find_first_of(".eE") == json::string_view::npos) return refuse_number(text, kTooLong, ec);
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() ||
        (value == 0 && text.substr(0, text.find_first_of("eE")).find_first_of("123456789") != json::string_view::npos))
      return refuse_number(text, "number out of the range of a double", ec);
    assert(stop == end);
    stack.push_double(value);
    return true;
  }
  bool on_bool(bool value, json::error_code&) {
    stack.push_bool(value);
    return true;
  }
  bool on_null(json::error_code&) {
    stack.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

  static constexpr const char* kTooLong = "integer beyond 2^53 - 1";

  View text_of(const Name& name) const { return View(bytes).substr(name.begin, name.size); }

  // Whether the last `count` names differ; otherwise `repeated` is the one that stands later in the text.
  bool are_distinct(std::size_t count) {
    const auto begin = names.end() - static_cast<std::ptrdiff_t>(count);
    const auto same = [this](const Name& a, const Name& b) { return a.size == b.size && text_of(a) == text_of(b); };
    if (count <= kFewNames) {
      for (auto later = begin; later != names.end(); ++later)
        for (auto earlier = begin; earlier != later; ++earlier)
          if (same(*earlier, *later)) {
            repeated = *later;
            return false;
          }
      return true;
    }
    std::vector<Name> sorted(begin, names.end());
    std::ranges::sort(sorted, [this](const Name& a, const Name& b) {
      const int order = text_of(a).compare(text_of(b));
      return order != 0 ? order < 0 : a.ordinal < b.ordinal;
    });
    const auto found = std::ranges::adjacent_find(sorted, same);
    if (found != sorted.end()) repeated = *std::next(found);
    return found == sorted.end();
  }

  bool refuse(json::error_code& ec) {
    ec = json::error::syntax;
    return false;
  }
  bool refuse_number(json::string_view text, const char* what, json::error_code& ec) {
    bad_number = text.data();
    bad_number_is = what;
    return refuse(ec);
  }

  json::value_stack stack;
  std::vector<Name> names;  // of the objects now open, outermost first
  std::string bytes;        // their text
  std::size_t names_seen = 0;
  // What this handler refused, if it did.
  std::optional<Name> repeated;
  const char* bad_number = nullptr;
  const char* bad_number_is = nullptr;
};

// Where the member name numbered `ordinal` begins, in a text that is well formed up to there: a name is a string with a
// colon after it.
std::size_t offset_of_name(View text, std::size_t ordinal) {
  for (std::size_t at = text.find('"'); at < text.size(); at = text.find('"', at)) {
    const std::size_t begin = at++;
    while (text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    const std::size_t next = text.find_first_not_of(" \t\r\n", ++at);
    if (next != View::npos && text[next] == ':' && ordinal-- == 0) return begin;
  }
  return text.size();
}

Fault fault_of(const Handler& handler, View text, std::size_t stopped, const json::error_code& ec) {
  if (handler.repeated)
    return {offset_of_name(text, handler.repeated->ordinal),
            "duplicate member name \"" + std::string(handler.text_of(*handler.repeated)) + "\""};
  if (handler.bad_number) return {static_cast<std::size_t>(handler.bad_number - text.data()), handler.bad_number_is};
  return {stopped, ec.message()};
}

}  // namespace

Parsed<json::value> parse_json(View text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) return Fault{limits.bytes, "text too long"};
  json::parse_options options;
  options.max_depth = limits.depth;
  alignas(json::value) unsigned char buffer[4096];
  json::basic_parser<Handler> parser(options, buffer, sizeof buffer);
  json::error_code ec;
  const std::size_t stopped = parser.write_some(false, text.data(), text.size(), ec);
  if (ec) return fault_of(parser.handler(), text, stopped, ec);
  if (stopped < text.size()) return Fault{stopped, "something follows the value"};
  return parser.handler().stack.release();
}

}  // namespace fedatario::crypto
