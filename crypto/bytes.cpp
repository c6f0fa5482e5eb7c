// Text forms of bytes, big-endian integers, and OpenSSL's random generator.
#include "crypto/bytes.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <cassert>
#include <limits>

#include "crypto/openssl.hpp"

namespace fedatario::crypto {
namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNone = 0xff;

// The value of each character of `alphabet`, kNone for every other byte.
constexpr std::array<std::uint8_t, 256> reversed(View alphabet) {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = kNone;
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}
constexpr auto kHexValue = reversed(kHex);
constexpr auto kBase64Value = reversed(kBase64);

std::uint8_t octet(char c) { return static_cast<std::uint8_t>(c); }

std::optional<Digest> as_digest(const std::optional<Bytes>& raw) {
  if (!raw || raw->size() != 32) return std::nullopt;
  return Digest::from(*raw);
}

template <class Integer>
void append_big_endian(Bytes& out, Integer value) {
  for (int shift = 8 * static_cast<int>(sizeof value) - 8; shift >= 0; shift -= 8)
    out.push_back(static_cast<char>(value >> shift));
}

template <class Integer>
Integer read_big_endian(View raw) {
  assert(raw.size() >= sizeof(Integer));
  Integer value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) value = static_cast<Integer>(value << 8 | octet(raw[i]));
  return value;
}

}  // namespace

Digest Digest::from(View raw) {
  assert(raw.size() == 32);
  Digest digest;
  std::copy(raw.begin(), raw.end(), digest.bytes.begin());
  return digest;
}

std::string to_hex(View raw) {
  std::string text(raw.size() * 2, '\0');
  for (std::size_t i = 0; i < raw.size(); ++i) {
    text[2 * i] = kHex[octet(raw[i]) >> 4];
    text[2 * i + 1] = kHex[octet(raw[i]) & 15];
  }
  return text;
}

std::optional<Bytes> from_hex(View text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes raw(text.size() / 2, '\0');
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const std::uint8_t high = kHexValue[octet(text[2 * i])];
    const std::uint8_t low = kHexValue[octet(text[2 * i + 1])];
    if (high == kNone || low == kNone) return std::nullopt;
    raw[i] = static_cast<char>(high << 4 | low);
  }
  return raw;
}

std::optional<Digest> digest_from_hex(View text) { return as_digest(from_hex(text)); }

std::string to_base64(View raw) {
  std::string text((raw.size() + 2) / 3 * 4, '=');
  char* out = text.data();
  std::size_t i = 0;
  for (; i + 3 <= raw.size(); i += 3, out += 4) {
    const std::uint32_t group = octet(raw[i]) << 16 | octet(raw[i + 1]) << 8 | octet(raw[i + 2]);
    out[0] = kBase64[group >> 18];
    out[1] = kBase64[group >> 12 & 63];
    out[2] = kBase64[group >> 6 & 63];
    out[3] = kBase64[group & 63];
  }
  if (const std::size_t rest = raw.size() - i; rest > 0) {
    const std::uint32_t group = octet(raw[i]) << 16 | (rest == 2 ? octet(raw[i + 1]) << 8 : 0);
    out[0] = kBase64[group >> 18];
    out[1] = kBase64[group >> 12 & 63];
    if (rest == 2) out[2] = kBase64[group >> 6 & 63];
  }
  return text;
}

std::optional<Bytes> from_base64(View text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const View digits = text.substr(0, text.size() - padding);
  Bytes raw(text.size() / 4 * 3 - padding, '\0');
  char* out = raw.data();
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : digits) {
    const std::uint8_t value = kBase64Value[octet(c)];
    if (value == kNone) return std::nullopt;
    group = group << 6 | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      *out++ = static_cast<char>(group >> bits);
    }
  }
  if ((group & ((1u << bits) - 1)) != 0) return std::nullopt;
  return raw;
}

std::optional<Digest> digest_from_base64(View text) { return as_digest(from_base64(text)); }

void append_u16(Bytes& out, std::uint16_t value) { append_big_endian(out, value); }
void append_u32(Bytes& out, std::uint32_t value) { append_big_endian(out, value); }
void append_u64(Bytes& out, std::uint64_t value) { append_big_endian(out, value); }
std::uint16_t read_u16(View raw) { return read_big_endian<std::uint16_t>(raw); }
std::uint32_t read_u32(View raw) { return read_big_endian<std::uint32_t>(raw); }
std::uint64_t read_u64(View raw) { return read_big_endian<std::uint64_t>(raw); }

bool equal_secret(View a, View b) {
  return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

Bytes random_bytes(std::size_t count) {
  assert(count <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
  Bytes bytes(count, '\0');
  require(RAND_bytes(octets(bytes.data()), static_cast<int>(count)) == 1, "random generator");
  return bytes;
}

}  // namespace fedatario::crypto
