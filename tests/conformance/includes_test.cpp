// crypto ← ledger ← projections ← api ← tools: no source includes what stands above it, and OpenSSL, RocksDB and Beast
// are seen only where they belong.
#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <set>

#include "tests/conformance/layers.hpp"

using namespace fedatario::tests;

namespace {

bool may(std::string_view path, std::string_view line) {
  const auto includes = includes_of(line);
  REQUIRE(includes.size() == 1);
  return fault_of_include(path, includes[0]).empty();
}

}  // namespace

TEST_CASE("the sources of every folder are found") {
  std::map<std::string, int> files;
  std::size_t includes = 0;
  for (const auto& file : product_sources()) {
    ++files[file.path.substr(0, file.path.find('/'))];
    includes += includes_of(file.text).size();
  }
  CHECK(files.size() == std::size(kLayers));
  CHECK(files["crypto"] >= 10);
  CHECK(files["ledger"] >= 20);
  CHECK(includes > 200);
}

TEST_CASE("no source includes what it may not") {
  for (const auto& file : product_sources())
    for (const auto& include : includes_of(file.text)) {
      const auto fault = fault_of_include(file.path, include);
      if (!fault.empty()) FAIL_CHECK(file.path << ":" << include.line << ": " << fault);
    }
  SUCCEED();
}

TEST_CASE("a folder includes itself and those left of it") {
  for (std::size_t own = 0; own < std::size(kLayers); ++own)
    for (std::size_t other = 0; other < std::size(kLayers); ++other) {
      const auto path = std::string(kLayers[own]) + "/a.cpp";
      const auto line = "#include \"" + std::string(kLayers[other]) + "/b.hpp\"";
      CAPTURE(path, line);
      CHECK(may(path, line) == (other <= own));
    }
  CHECK(may("ledger/procedure/plans.cpp", "#include \"ledger/rule.hpp\""));
  CHECK_FALSE(may("ledger/procedure/plans.cpp", "#include \"api/router.hpp\""));
}

TEST_CASE("a quoted include names its folder") {
  CHECK_FALSE(may("crypto/a.cpp", "#include \"bytes.hpp\""));
  CHECK_FALSE(may("crypto/a.cpp", "#include \"../ledger/event.hpp\""));
  CHECK_FALSE(may("crypto/a.cpp", "#include \"tests/support/given.hpp\""));
}

TEST_CASE("each library is seen by its files only") {
  CHECK(may("crypto/hash.cpp", "#include <openssl/evp.h>"));
  CHECK(may("api/tls.cpp", "#include <openssl/ssl.h>"));
  CHECK(may("api/server.cpp", "#include <openssl/ssl.h>"));
  CHECK_FALSE(may("api/router.cpp", "#include <openssl/ssl.h>"));
  CHECK_FALSE(may("ledger/keyring.cpp", "#include <openssl/evp.h>"));

  CHECK(may("ledger/store.cpp", "#include <rocksdb/db.h>"));
  CHECK(may("ledger/store_codec.hpp", "#include <rocksdb/slice.h>"));
  CHECK(may("projections/view_store.cpp", "#include <rocksdb/db.h>"));
  CHECK_FALSE(may("projections/views.cpp", "#include <rocksdb/db.h>"));
  CHECK_FALSE(may("ledger/writer.cpp", "#include <rocksdb/db.h>"));
  CHECK_FALSE(may("tools/verify.cpp", "#include <rocksdb/db.h>"));

  CHECK(may("api/connection.cpp", "#include <boost/beast/http.hpp>"));
  CHECK(may("tools/client.cpp", "#include <boost/beast.hpp>"));
  CHECK_FALSE(may("ledger/writer.cpp", "#include <boost/beast/core.hpp>"));
  CHECK_FALSE(may("projections/queries.cpp", "#include <boost/beast.hpp>"));
  CHECK(may("ledger/writer.cpp", "#include <boost/asio/post.hpp>"));
}

TEST_CASE("includes are found however they are written") {
  const auto found =
      includes_of("#include <map>\n  #  include\t\"crypto/a.hpp\"  // why\n// #include <no>\nint x;\n#include<set>");
  REQUIRE(found.size() == 3);
  CHECK((found[0].line == 1 && !found[0].quoted && found[0].path == "map"));
  CHECK((found[1].line == 2 && found[1].quoted && found[1].path == "crypto/a.hpp"));
  CHECK((found[2].line == 5 && !found[2].quoted && found[2].path == "set"));
}

TEST_CASE("every reason of refusal is given somewhere") {
  std::string reasons, given;
  for (const auto& file : product_sources()) {
    if (file.path == "ledger/refusal.hpp")
      reasons = file.text;
    else if (file.path != "ledger/refusal.cpp" && file.path != "api/problem.cpp")
      given += file.text;
  }
  const auto begin = reasons.find("enum class Reason {");
  REQUIRE(begin != std::string::npos);
  const std::regex name("(^|\\n)  ([a-z_]+)(?=,| )");
  const auto list = reasons.substr(begin, reasons.find("};", begin) - begin);
  int count = 0;
  for (std::sregex_iterator one(list.begin(), list.end(), name), end; one != end; ++one, ++count) {
    INFO((*one)[2]);
    CHECK(std::regex_search(given, std::regex("Reason::" + (*one)[2].str() + "\\b")));
  }
  CHECK(count > 40);
}
