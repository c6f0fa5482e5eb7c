// Generations on disk: whatever was cut off, one whole generation is current, or none ever was.
#include "projections/view_directory.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "tests/support/temporary_directory.hpp"

using namespace fedatario;
using projections::ViewDirectory;
namespace fs = std::filesystem;

namespace {

struct Root {
  tests::TemporaryDirectory temporary;
  fs::path root = temporary / "views";
  ViewDirectory directory{root};

  fs::path make(const std::string& name) const {
    fs::create_directories(root / name);
    return root / name;
  }
  void write(const std::string& name, const std::string& text) const { std::ofstream(root / name) << text; }
  std::set<std::string> names() const {
    std::set<std::string> out;
    for (const auto& entry : fs::directory_iterator(root)) out.insert(entry.path().filename().string());
    return out;
  }
};

using Names = std::set<std::string>;

}  // namespace

TEST_CASE("a generation is current once it is published, and newer ones are unfinished") {
  Root at;
  CHECK_FALSE(at.directory.current());
  CHECK_FALSE(at.directory.unfinished());
  CHECK(at.directory.next() == at.root / "000001");
  const auto first = at.make("000001");
  CHECK(at.directory.unfinished() == first);
  at.directory.publish(first);
  CHECK(at.directory.current() == first);
  CHECK_FALSE(at.directory.unfinished());
  CHECK(at.directory.next() == at.root / "000002");
  const auto second = at.make("000002");
  CHECK(at.directory.current() == first);
  CHECK(at.directory.unfinished() == second);
  at.directory.publish(second);
  CHECK(at.directory.current() == second);
  CHECK_FALSE(at.directory.unfinished());
  at.directory.sweep();
  CHECK(at.names() == Names{"000002", "current"});
}

TEST_CASE("numbers grow past their first width, and sort as numbers") {
  Root at;
  at.make("999999");
  CHECK(at.directory.next() == at.root / "1000000");
  at.make("1000000");
  CHECK(at.directory.unfinished() == at.root / "1000000");
}

TEST_CASE("what a crash leaves at any step is the old generation or the new one") {
  Root at;
  at.directory.publish(at.make("000001"));
  SECTION("while the new one is made") {
    at.make("000002");
    at.directory.sweep();
    CHECK(at.directory.current() == at.root / "000001");
    CHECK(at.names() == Names{"000001", "000002", "current"});
  }
  SECTION("before the file takes the other's place, whole or cut short") {
    at.make("000002");
    for (const char* text : {"", "0000", "000002", "000002\n"}) {
      at.write("current.new", text);
      CHECK(at.directory.current() == at.root / "000001");
      CHECK(at.directory.unfinished() == at.root / "000002");
    }
    at.directory.sweep();
    CHECK(at.names() == Names{"000001", "000002", "current"});
  }
  SECTION("after it did, before the old one is gone") {
    at.directory.publish(at.make("000002"));
    CHECK(at.directory.current() == at.root / "000002");
    CHECK_FALSE(at.directory.unfinished());
    at.directory.sweep();
    CHECK(at.names() == Names{"000002", "current"});
  }
}

TEST_CASE("a file that names nothing that is there names nothing, and no path is followed out of the folder") {
  Root at;
  at.directory.publish(at.make("000001"));
  for (const char* text : {"", "000001", "000002\n", "1\n", "../views/000001\n", "current\n", "x\n"}) {
    at.write("current", text);
    CHECK_FALSE(at.directory.current());
    CHECK(at.directory.unfinished() == at.root / "000001");
  }
}

TEST_CASE("all else is swept out of the folder") {
  Root at;
  at.directory.publish(at.make("000003"));
  for (const char* name : {"000001", "000002", "000004", "000005", "0005", "x"}) at.make(name);
  at.write("CURRENT", "MANIFEST-000001\n");
  at.write("000009", "a file");
  at.directory.sweep();
  CHECK(at.names() == Names{"000003", "000005", "current"});
}
