// `fedatario import` as a command: how a file that cannot be read is told, and what its statements declare.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/support/temporary_directory.hpp"
#include "tests/tools/scripted.hpp"
#include "tests/tools/sheets.hpp"
#include "tools/commands.hpp"
#include "tools/drafts.hpp"

using namespace fedatario;
using namespace fedatario::tools;
using tests::answer;
using tests::Scripted;

namespace {

struct Run {
  int exit_code;
  std::string out, err;
};

// "import …" with a token; where no server is meant, none is asked.
Run run_import(std::vector<std::string> words, Language language = Language::es,
               const std::string& url = "http://127.0.0.1:9") {
  std::ostringstream out, err;
  Session session;
  session.language = language;
  session.out = &out;
  session.err = &err;
  session.error_terminal = {false, false, 0};
  CLI::App app("x", "x");
  add_import(app, session);
  words.insert(words.begin(), "import");
  words.insert(words.end(), {"--token", "t0k3n", "--url", url});
  std::reverse(words.begin(), words.end());  // as CLI11 takes them
  app.parse(words);
  return {session.exit_code, out.str(), err.str()};
}

std::string file_of(const tests::TemporaryDirectory& directory, const char* name, const std::string& bytes) {
  const auto path = directory / name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path.string();
}

// What the statements of a batch, as a client sent it, say.
std::vector<boost::json::object> statements_of(const std::string& request) {
  std::vector<boost::json::object> out;
  std::istringstream lines(request.substr(request.find("\r\n\r\n") + 4));
  for (std::string line; std::getline(lines, line);)
    out.push_back(boost::json::parse(line).at("statement").get_object());
  return out;
}

const std::string kRecorded = answer("201 Created", "", R"({"events":[{"position":7},{"position":8}]})");

}  // namespace

TEST_CASE("a file that cannot be read as a sheet is told in the session's language") {
  const tests::TemporaryDirectory directory;
  const auto csv = file_of(directory, "plan.csv", "a;b\nMedell\xEDn;1\n");
  const auto book = file_of(directory, "plan.xlsx", "a;b\n");
  const auto nameless = file_of(directory, "sin-nombre.csv", "a;;c\n");
  const auto told = [](const std::string& file, Language language) {
    const auto run = run_import({"plan", file}, language);
    CHECK(run.exit_code == kExitRefused);
    return run.err;
  };
  CHECK(told(csv, Language::es) ==
        "fedatario: línea 2: el texto no está en UTF-8: guarde el archivo como «CSV UTF-8»\n");
  CHECK(told(csv, Language::en) == "fedatario: line 2: the text is not in UTF-8: save the file as «CSV UTF-8»\n");
  CHECK(told(book, Language::es) ==
        "fedatario: el archivo no es un zip o está dañado: guárdelo de nuevo como libro de Excel (.xlsx)\n");
  CHECK(told(book, Language::en) ==
        "fedatario: the file is not a zip or is damaged: save it again as an Excel workbook (.xlsx)\n");
  CHECK(told(nameless, Language::en) ==
        "fedatario: line 1: column B: the column has no name: write it in the header or remove the column\n");
}

TEST_CASE("import --at is the declared time of every statement of an import, in every batch") {
  const tests::TemporaryDirectory directory;
  const auto file = file_of(directory, "direcciones.csv", "Código;Dirección técnica\nddo;Una\ndep;Otra\n");
  const auto absent = answer("404 Not Found", "", "");
  Scripted server({absent, absent, kRecorded, kRecorded});
  const std::string at = "2025-11-03T09:30:00-05:00";
  const auto run = run_import({"units", file, "--at", at, "--batch-size", "1"}, Language::es, server.options().url);
  INFO(run.err);
  REQUIRE(run.exit_code == kExitWell);
  const auto requests = server.requests();
  REQUIRE(requests.size() == 4);
  for (const auto* request : {&requests[2], &requests[3]}) {
    const auto statements = statements_of(*request);
    REQUIRE(statements.size() == 1);
    CHECK(statements[0].at("at") == boost::json::value(at));
    // Registers hold since the year's first day: the declared year's.
    CHECK(request->find("\"from\":\"2025-01-01\"") != std::string::npos);
  }
}

TEST_CASE("without --at an import declares the present time") {
  const tests::TemporaryDirectory directory;
  const auto file = file_of(directory, "direcciones.csv", "Código;Dirección técnica\nddo;Una\n");
  Scripted server({answer("404 Not Found", "", ""), kRecorded});
  const auto before = declared_now();
  REQUIRE(run_import({"units", file}, Language::es, server.options().url).exit_code == kExitWell);
  const auto after = declared_now();
  const auto statements = statements_of(server.requests()[1]);
  REQUIRE(statements.size() == 1);
  const auto at = ledger::Declared::parse(std::string(statements[0].at("at").get_string()));
  REQUIRE(at.has_value());
  CHECK(at->offset_min == ledger::kColombiaOffsetMin);
  CHECK((before.seconds <= at->seconds && at->seconds <= after.seconds));
}

TEST_CASE("a declared time that is none is a fault of the command line, for every import") {
  const auto file = tests::data_path("direcciones.csv");
  for (const char* what : {"units", "entities", "catalog", "plan"})
    for (const char* wrong : {"ayer", "2026-02-04", "2026-02-04T08:00:00Z", "2026-02-30T08:00:00-05:00"}) {
      CAPTURE(what, wrong);
      const auto run = run_import({what, file, "--at", wrong}, Language::en);
      CHECK(run.exit_code == kExitUsage);
      CHECK(run.err == "fedatario: --at: «" + std::string(wrong) +
                           "» is no time: write YYYY-MM-DDThh:mm:ss±hh:mm, such as 2026-02-04T08:00:00-05:00\n");
    }
}
