// SHA-256 and HMAC against the examples of NIST and RFC 4231.
#include "crypto/hash.hpp"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

using namespace fedatario::crypto;

namespace {

constexpr View kOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr View kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

}  // namespace

TEST_CASE("SHA-256 gives the digests of FIPS 180-4's examples") {
  CHECK(to_hex(sha256("")) == kOfNothing);
  CHECK(to_hex(sha256("abc")) == kOfAbc);
  CHECK(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("the digest of parts is that of the parts put together") {
  CHECK(sha256({View("a"), View(""), View("bc")}) == sha256("abc"));
  CHECK(to_hex(sha256(std::initializer_list<View>{})) == kOfNothing);
}

TEST_CASE("a running digest begins anew after each result") {
  Sha256 running;
  running.update("a");
  running.update("bc");
  CHECK(to_hex(running.finish()) == kOfAbc);
  CHECK(to_hex(running.finish()) == kOfNothing);
  running.update("abc");
  CHECK(to_hex(running.finish()) == kOfAbc);
}

TEST_CASE("a running digest is not disturbed by other hashing on the thread") {
  Sha256 running;
  running.update("a");
  CHECK(to_hex(sha256("abc")) == kOfAbc);
  running.update("bc");
  CHECK(to_hex(running.finish()) == kOfAbc);
}

TEST_CASE("threads hash without disturbing each other") {
  std::vector<Digest> last(4);
  {
    std::vector<std::jthread> threads;
    for (Digest& digest : last)
      threads.emplace_back([&digest] {
        for (int i = 0; i < 2000; ++i) digest = sha256(digest.view());
      });
  }
  for (const Digest& digest : last) CHECK(digest == last.front());
}

TEST_CASE("HMAC-SHA-256 gives the codes of RFC 4231, also for keys longer than a block") {
  struct Vector {
    std::string key, data, mac;
  };
  const Vector vectors[] = {
      {std::string(20, '\x0b'), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"}};
  for (const Vector& vector : vectors) CHECK(to_hex(hmac_sha256(vector.key, vector.data)) == vector.mac);
}
