// Policies: what a quorum needs, and every line that is none.
#include "crypto/policy.hpp"

#include <catch2/catch.hpp>

#include "tests/support/show_result.hpp"

using namespace fedatario::crypto;

namespace {

std::string witness_key(char seed) {
  return NoteVerifier::make(std::string("w") + seed, SigningKey::from_seed(Bytes(32, seed)).public_key(),
                            NoteKeyType::cosignature)
      .value()
      .format();
}
std::string log_key(char seed) {
  return NoteVerifier::make("log.example", SigningKey::from_seed(Bytes(32, seed)).public_key()).value().format();
}

// Three witnesses and what follows.
Parsed<Policy> policy(const std::string& rest) {
  std::string text = "# which witnesses\n\nlog " + log_key('l') + "\thttps://log.example\n";
  for (const char seed : {'a', 'b', 'c'})
    text += std::string("witness ") + seed + "  " + witness_key(seed) + " http://127.0.0.1:1\n";
  return parse_policy(text + rest);
}

bool is_met(const Policy& policy, const std::vector<std::size_t>& by) {
  std::vector<NoteVerifier> keys;
  for (const auto i : by) keys.push_back(policy.witnesses[i].key);
  return policy.is_met_by(keys);
}

}  // namespace

TEST_CASE("a quorum is a witness, some of a group, or none") {
  const auto one = policy("quorum b\n").value();
  CHECK(one.logs.at(0).url == "https://log.example");
  CHECK(one.witnesses.size() == 3);
  CHECK(one.witnesses[1].url == "http://127.0.0.1:1");
  CHECK(is_met(one, {1}));
  CHECK_FALSE(is_met(one, {0, 2}));
  CHECK_FALSE(is_met(one, {}));

  const auto two = policy("group g 2 a b c\nquorum g\n").value();
  CHECK(is_met(two, {0, 2}));
  CHECK(is_met(two, {0, 1, 2}));
  CHECK_FALSE(is_met(two, {1}));

  const auto nested = policy("group inner any a b\ngroup outer all inner c\nquorum outer\n").value();
  CHECK(is_met(nested, {0, 2}));
  CHECK(is_met(nested, {1, 2}));
  CHECK_FALSE(is_met(nested, {0, 1}));
  CHECK_FALSE(is_met(nested, {2}));

  CHECK(is_met(policy("quorum none\n").value(), {}));
}

TEST_CASE("a policy that means nothing, or two things, is refused with its line") {
  struct Case {
    std::string rest;
    std::size_t line;  // after the six that are good
    const char* what;
  };
  for (const auto& [rest, line, what] : {
           Case{"", 0, "there is no quorum line"},
           Case{"quorum a\nquorum b\n", 2, "there are two quorum lines"},
           Case{"quorum z\n", 1, "\"z\" is no witness or group of a line before"},
           Case{"quorum g\ngroup g any a\n", 1, "\"g\" is no witness or group of a line before"},
           Case{"group g 0 a b\nquorum g\n", 1, "a group needs all, any, or a number from 1 to that of its members"},
           Case{"group g 3 a b\nquorum g\n", 1, "a group needs all, any, or a number from 1 to that of its members"},
           Case{"group g any\nquorum g\n", 1, "a group has a name, how many are needed, and members"},
           Case{"group g any a a\nquorum g\n", 1, "\"a\" is a member twice"},
           Case{"group g any a\ngroup h any a\nquorum h\n", 2, "\"a\" is a member twice"},
           Case{"group a any b\nquorum a\n", 1, "two witnesses or groups are called \"a\""},
           Case{"group none any a\nquorum none\n", 1, "no witness or group may be called none"},
           Case{"witness d " + witness_key('a') + "\nquorum a\n", 1, "two witnesses have the same key"},
           Case{"log " + log_key('l') + "\nquorum a\n", 1, "two logs have the same key"},
           Case{"witness d " + log_key('d') + "\nquorum a\n", 1, "key is not that of a witness"},
           Case{"who a\nquorum a\n", 1, "unknown keyword \"who\""},
           Case{"quorum a\x01\n", 1, "a control character"},
           Case{"quorum a", 1, "the last line has no line feed"},
       }) {
    INFO(rest);
    const auto refused = policy(rest);
    REQUIRE(!refused);
    CHECK(refused.error().what == what);
    CHECK(refused.error().offset == 6 + line);
  }
}
