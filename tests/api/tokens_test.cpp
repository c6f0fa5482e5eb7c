#include "api/tokens.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "crypto/hash.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace fedatario::api;
using fedatario::crypto::sha256;
using fedatario::crypto::to_hex;
using fedatario::ledger::Recorded;
using fedatario::tests::TemporaryDirectory;

namespace {

constexpr std::chrono::milliseconds kAtOnce{0};

Recorded in(std::chrono::microseconds time) {
  return {
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch() + time)
          .count()};
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a token speaks for its actor and no other text does") {
  const TemporaryDirectory directory;
  const auto path = directory / "tokens";
  const auto ana = issue_token(path, "ana");
  const auto luis = issue_token(path, "luis.2", {}, "portátil");
  CHECK(ana.size() == 47);
  CHECK(ana.starts_with("fdt_"));
  CHECK(ana != luis);
  Tokens tokens(path, {}, kAtOnce);
  CHECK(tokens.actor_of(ana) == "ana");
  CHECK(tokens.actor_of(luis) == "luis.2");
  CHECK(tokens.count() == 2);
  CHECK_FALSE(tokens.actor_of(""));
  CHECK_FALSE(tokens.actor_of("fdt_"));
  CHECK_FALSE(tokens.actor_of(ana.substr(1)));
  CHECK_FALSE(tokens.actor_of(ana + "A"));
  CHECK_FALSE(tokens.actor_of(to_hex(sha256(ana))));
}

TEST_CASE("the file holds hashes, and only its owner reads it") {
  const TemporaryDirectory directory;
  const auto path = directory / "tokens";
  const auto token = issue_token(path, "ana", in(std::chrono::hours(1)), "consola");
  const auto text = contents(path);
  CHECK(text.find(token.substr(4)) == std::string::npos);
  CHECK(text.find(to_hex(sha256(token))) != std::string::npos);
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const auto listed = list_tokens(path);
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].actor == "ana");
  CHECK(listed[0].label == "consola");
  CHECK(listed[0].expires);
  CHECK_FALSE(listed[0].revoked);
}

TEST_CASE("a token is good until it expires") {
  const TemporaryDirectory directory;
  const auto path = directory / "tokens";
  const auto past = issue_token(path, "ana", in(std::chrono::seconds(-1)));
  const auto future = issue_token(path, "ana", in(std::chrono::hours(1)));
  const auto brief = issue_token(path, "luis", in(std::chrono::milliseconds(1500)));
  Tokens tokens(path);
  CHECK_FALSE(tokens.actor_of(past));
  CHECK(tokens.actor_of(future) == "ana");
  CHECK(tokens.actor_of(brief) == "luis");
  std::this_thread::sleep_for(std::chrono::milliseconds(1550));
  CHECK_FALSE(tokens.actor_of(brief));
}

TEST_CASE("a revoked token is good no more, and the others stay") {
  const TemporaryDirectory directory;
  const auto path = directory / "tokens";
  const auto ana = issue_token(path, "ana");
  const auto luis = issue_token(path, "luis");
  Tokens tokens(path, {}, kAtOnce);
  REQUIRE(tokens.actor_of(ana) == "ana");
  CHECK(revoke_token(path, to_hex(sha256(ana)).substr(0, 8)).actor == "ana");
  CHECK_FALSE(tokens.actor_of(ana));
  CHECK(tokens.actor_of(luis) == "luis");
  CHECK(list_tokens(path).at(0).revoked);
}

TEST_CASE("revoking asks for eight digits that name one token") {
  const TemporaryDirectory directory;
  const auto path = directory / "tokens";
  const auto hash = to_hex(sha256(issue_token(path, "ana")));
  CHECK_THROWS_AS(revoke_token(path, hash.substr(0, 7)), TokenFileError);
  CHECK_THROWS_AS(revoke_token(path, "zzzzzzzz"), TokenFileError);
  CHECK_THROWS_AS(revoke_token(path, hash + "0"), TokenFileError);
  CHECK_FALSE(list_tokens(path).at(0).revoked);
}

TEST_CASE("a token issued while the service runs is seen within the time set") {
  const TemporaryDirectory directory;
  const auto path = directory / "tokens";
  Tokens tokens(path, {}, std::chrono::milliseconds(1500));
  CHECK_FALSE(tokens.actor_of("fdt_none"));
  const auto token = issue_token(path, "ana");
  CHECK_FALSE(tokens.actor_of(token));  // not looked at again yet
  std::this_thread::sleep_for(std::chrono::milliseconds(1550));
  CHECK(tokens.actor_of(token) == "ana");
}

TEST_CASE("a damaged file lets nobody in and is told once") {
  const TemporaryDirectory directory;
  const auto path = directory / "tokens";
  const auto token = issue_token(path, "ana");
  std::vector<std::string> faults;
  Tokens tokens(
      path, [&](std::string_view what) { faults.emplace_back(what); }, kAtOnce);
  REQUIRE(tokens.actor_of(token));
  const auto whole = contents(path);
  for (const std::string& text :
       {whole + "{}\n", whole + "\n", whole.substr(0, whole.size() - 5), std::string("{\"sha256\":\"00\"}\n"),
        std::string(whole).insert(1, "\"expires\":1,"), std::string(whole).insert(1, "\"revoked\":\"no\",")}) {
    CAPTURE(text);
    faults.clear();
    std::ofstream(path, std::ios::trunc) << text;
    CHECK_FALSE(tokens.actor_of(token));
    CHECK_FALSE(tokens.actor_of(token));
    CHECK(faults.size() == 1);
  }
  std::ofstream(path, std::ios::trunc) << whole;
  CHECK(tokens.actor_of(token) == "ana");
}

TEST_CASE("what is not the name of an actor gets no token") {
  const TemporaryDirectory directory;
  const auto path = directory / "tokens";
  for (const char* actor : {"", "Ana", "a b", "a/b", "-a"}) CHECK_THROWS_AS(issue_token(path, actor), TokenFileError);
  CHECK_THROWS_AS(issue_token(path, "ana", {}, std::string(101, 'x')), TokenFileError);
  CHECK_NOTHROW(issue_token(path, "ana", {}, std::string(100, 'x')));
  CHECK(list_tokens(path).size() == 1);
}

TEST_CASE("tokens issued at the same time are all kept") {
  const TemporaryDirectory directory;
  const auto path = directory / "tokens";
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) issue_token(path, "ana");
    });
  for (auto& thread : threads) thread.join();
  CHECK(list_tokens(path).size() == 20);
}

TEST_CASE("many threads look tokens up while the file changes") {
  const TemporaryDirectory directory;
  const auto path = directory / "tokens";
  const auto token = issue_token(path, "ana");
  Tokens tokens(path, {}, kAtOnce);
  std::atomic<int> found{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) found += tokens.actor_of(token).has_value();
    });
  for (int i = 0; i < 5; ++i) issue_token(path, "luis");
  for (auto& thread : threads) thread.join();
  CHECK(found == 150);
}
