// Canonical JSON written: member names in UTF-16 order, the shortest strings and numbers.
#include "crypto/json.hpp"

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <charconv>
#include <cmath>

#include "crypto/utf8.hpp"

namespace fedatario::crypto {
namespace {

namespace json = boost::json;

View view(const json::string& text) { return {text.data(), text.size()}; }
View view(const json::string_view& text) { return {text.data(), text.size()}; }

enum class Spelling : std::uint8_t { kItself, kEscaped, kMultibyte };

constexpr std::array<Spelling, 256> kSpelling = [] {
  std::array<Spelling, 256> spelling{};
  for (std::size_t c = 0; c < 256; ++c)
    spelling[c] = c < 0x20 || c == '"' || c == '\\' ? Spelling::kEscaped
                  : c >= 0x80                       ? Spelling::kMultibyte
                                                    : Spelling::kItself;
  return spelling;
}();

Spelling spelling_of(char c) { return kSpelling[static_cast<unsigned char>(c)]; }

void append_escape(std::string& out, char c) {
  constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
  }
}

template <class Integer>
void append_integer(std::string& out, Integer value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void append_value(std::string& out, const json::value& value);

void append_object(std::string& out, const json::object& object) {
  boost::container::small_vector<const json::key_value_pair*, 16> members;
  members.reserve(object.size());
  for (const json::key_value_pair& member : object) members.push_back(&member);
  const auto before = [](const json::key_value_pair* a, const json::key_value_pair* b) {
    return name_before(view(a->key()), view(b->key()));
  };
  // What was read from canonical text is in order already.
  if (!std::ranges::is_sorted(members, before)) std::ranges::sort(members, before);
  out += '{';
  for (const json::key_value_pair* member : members) {
    if (member != members.front()) out += ',';
    append_canonical_string(out, view(member->key()));
    out += ':';
    append_value(out, member->value());
  }
  out += '}';
}

void append_array(std::string& out, const json::array& array) {
  out += '[';
  for (const json::value& item : array) {
    if (&item != array.begin()) out += ',';
    append_value(out, item);
  }
  out += ']';
}

void append_value(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      out += "null";
      return;
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      return;
    case json::kind::int64:
      if (value.get_int64() > kMaxInteger || value.get_int64() < -kMaxInteger)
        throw Error("canonical JSON: an integer beyond 2^53 - 1");
      return append_integer(out, value.get_int64());
    case json::kind::uint64:
      if (value.get_uint64() > kMaxInteger) throw Error("canonical JSON: an integer beyond 2^53 - 1");
      return append_integer(out, value.get_uint64());
    case json::kind::double_:
      out += canonical_number(value.get_double());
      return;
    case json::kind::string:
      return append_canonical_string(out, view(value.get_string()));
    case json::kind::array:
      return append_array(out, value.get_array());
    case json::kind::object:
      return append_object(out, value.get_object());
  }
}

// Ranks the bytes of UTF-8 as the UTF-16 units they lead to: U+E000 to U+FFFF (EE, EF) come after all surrogates
// (F0..F4).
int rank(char c) {
  const int byte = static_cast<unsigned char>(c);
  if (byte < 0xee) return byte;
  return byte >= 0xf0 ? byte - 2 : byte + 5;
}

}  // namespace

std::string canonical_json(const json::value& value) {
  std::string out;
  append_value(out, value);
  return out;
}

void append_canonical_string(std::string& out, View utf8) {
  out += '"';
  std::size_t written = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const Spelling spelling = spelling_of(utf8[at]);
    if (spelling == Spelling::kItself) {
      ++at;
    } else if (spelling == Spelling::kMultibyte) {
      const std::size_t bytes = read_character(utf8.substr(at)).bytes;
      if (bytes == 0) throw Error("canonical JSON: a string that is not UTF-8, or a lone surrogate");
      at += bytes;
    } else {
      out.append(utf8.substr(written, at - written));
      append_escape(out, utf8[at]);
      written = ++at;
    }
  }
  out.append(utf8.substr(written));
  out += '"';
}

std::string canonical_number(double value) {
  if (!std::isfinite(value)) throw Error("canonical JSON: a number that is not finite");
  if (value == 0) return "0";
  // Shortest digits that read back the same, as d.ddde±xx.
  char shortest[32];
  const char* const end =
      std::to_chars(shortest, shortest + sizeof shortest, std::fabs(value), std::chars_format::scientific).ptr;
  const View text(shortest, static_cast<std::size_t>(end - shortest));
  const std::size_t e = text.find('e');
  int exponent = 0;
  std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), end, exponent);
  std::string digits(1, text[0]);
  if (e > 1) digits.append(text.substr(2, e - 2));

  // ECMA-262, Number::toString: the value is 0.digits times 10^n, with k digits.
  const int k = static_cast<int>(digits.size());
  const int n = exponent + 1;
  std::string out = value < 0 ? "-" : "";
  if (k <= n && n <= 21) {
    out.append(digits).append(static_cast<std::size_t>(n - k), '0');
  } else if (0 < n && n <= 21) {
    out.append(digits, 0, static_cast<std::size_t>(n)).append(".").append(digits, static_cast<std::size_t>(n));
  } else if (-6 < n && n <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-n), '0').append(digits);
  } else {
    out += digits[0];
    if (k > 1) out.append(".").append(digits, 1);
    out.append(exponent < 0 ? "e-" : "e+");
    append_integer(out, std::abs(exponent));
  }
  return out;
}

bool is_canonical(View text, const json::value& value) { return canonical_json(value) == text; }

bool name_before(View a, View b) {
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  if (in_a == a.end() || in_b == b.end()) return in_a == a.end() && in_b != b.end();
  return rank(*in_a) < rank(*in_b);
}

}  // namespace fedatario::crypto
