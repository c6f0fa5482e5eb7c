// Text forms of bytes: RFC 4648's own vectors, and that each text has one spelling.
#include "crypto/bytes.hpp"

#include <catch2/catch.hpp>

using namespace fedatario::crypto;

TEST_CASE("base64 writes and reads the vectors of RFC 4648") {
  const std::pair<View, View> vectors[] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
  for (const auto& [raw, text] : vectors) {
    CHECK(to_base64(raw) == text);
    CHECK(from_base64(text) == Bytes(raw));
  }
}

TEST_CASE("base64 and hex give back every byte in every place") {
  for (std::size_t size = 0; size < 8; ++size)
    for (int byte = 0; byte < 256; ++byte) {
      const Bytes raw(size, static_cast<char>(byte));
      CHECK(from_base64(to_base64(raw)) == raw);
      CHECK(from_hex(to_hex(raw)) == raw);
    }
}

TEST_CASE("base64 refuses every other spelling") {
  const View text = GENERATE(as<View>{}, "Zg", "Zg=", "Zg===", "Z===", "====", "=",
                             "==", "Zh==", "Zm9=", "Zm8=Zm8=", "Zg= =", " Zg==", "Zg==\n", "Zm9\n", "-_-_",
                             "Zm9v=", "Z", "Zm=v", "Zm\xc3\xa9=", "Zg==Zg==");
  INFO(text);
  CHECK(!from_base64(text));
}

TEST_CASE("each text of four base64 characters is read only if it would be written so") {
  const View alphabet = "AZaz09+/=gQB-_ ";
  for (const char a : alphabet)
    for (const char b : alphabet)
      for (const char c : alphabet)
        for (const char d : alphabet) {
          const std::string text{a, b, c, d};
          if (const auto raw = from_base64(text)) CHECK(to_base64(*raw) == text);
        }
}

TEST_CASE("hexadecimal is lower case and of even length") {
  CHECK(to_hex(View("\x00\xff\x1a", 3)) == "00ff1a");
  CHECK(!from_hex("0"));
  CHECK(!from_hex("0A"));
  CHECK(!from_hex("0g"));
  CHECK(!from_hex(" 0"));
  CHECK(from_hex("") == Bytes());
}

TEST_CASE("a digest is 32 bytes in either text form") {
  const std::string hex(64, 'a');
  REQUIRE(digest_from_hex(hex));
  CHECK(to_hex(*digest_from_hex(hex)) == hex);
  CHECK(!digest_from_hex(hex.substr(2)));
  CHECK(!digest_from_hex(hex + "aa"));
  CHECK(digest_from_base64(to_base64(Bytes(32, 'x')))->view() == Bytes(32, 'x'));
  CHECK(!digest_from_base64(to_base64(Bytes(31, 'x'))));
  CHECK(!digest_from_base64(to_base64(Bytes(33, 'x'))));
}

TEST_CASE("integers are written with their highest byte first") {
  Bytes out;
  append_u16(out, 0x0102);
  append_u32(out, 0x03040506);
  append_u64(out, 0x0708090a0b0c0dfeu);
  CHECK(to_hex(out) ==
        "01020304050607080"
        "90a0b0c0dfe");
  CHECK(read_u16(out) == 0x0102);
  CHECK(read_u32(View(out).substr(2)) == 0x03040506);
  CHECK(read_u64(View(out).substr(6)) == 0x0708090a0b0c0dfeu);
}

TEST_CASE("secrets are equal when every byte is") {
  CHECK(equal_secret("", ""));
  CHECK(equal_secret("secret", "secret"));
  CHECK(!equal_secret("secret", "secreT"));
  CHECK(!equal_secret("secret", "secre"));
}

TEST_CASE("random bytes come in the number asked for and do not repeat") {
  CHECK(random_bytes(0).empty());
  CHECK(random_bytes(7).size() == 7);
  CHECK(random_bytes(32) != random_bytes(32));
}
