// How commands begin and end: options, tokens, exit codes, help in two languages.
#include "tools/session.hpp"

#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "crypto/errors.hpp"
#include "tools/commands.hpp"

using namespace fedatario::tools;

namespace {

struct Run {
  int exit_code;
  std::string out, err;
};

// A command "do" that does this.
Run run(std::function<int()> work) {
  std::ostringstream out, err;
  Session session;
  session.out = &out;
  session.err = &err;
  CLI::App app("x", "x");
  set_command(*app.add_subcommand("do", ""), session, std::move(work));
  app.parse("do");
  return {session.exit_code, out.str(), err.str()};
}

int code_of(const Session& session) {
  try {
    find_token(session);
  } catch (const Failure& failure) {
    return failure.exit_code;
  }
  return kExitWell;
}

}  // namespace

TEST_CASE("a command ends with its own code, or with that of what stopped it, which is told") {
  CHECK(run([] { return kExitRefused; }).exit_code == kExitRefused);
  const auto failed = run([]() -> int { throw Failure(kExitUsage, "así no\x1b[31m"); });
  CHECK(failed.exit_code == kExitUsage);
  CHECK(failed.err == "fedatario: así no�[31m\n");
  const auto broken = run([]() -> int { throw fedatario::crypto::Error("no key"); });
  CHECK(broken.exit_code == kExitEnvironment);
  CHECK(broken.err == "fedatario: no key\n");
}

TEST_CASE("the token is the file's, else the one given, and must be one") {
  Session session;
  CHECK(code_of(session) == kExitUsage);
  session.token = "abc";
  CHECK(find_token(session) == "abc");
  const auto path = std::filesystem::temp_directory_path() / ("ficha-" + std::to_string(::getpid()));
  std::ofstream(path) << "de-archivo\n";
  session.token_file = path.string();
  CHECK(find_token(session) == "de-archivo");
  std::filesystem::remove(path);
  CHECK(code_of(session) == kExitEnvironment);
  session.token_file.clear();
  session.token = "a b";
  CHECK(code_of(session) == kExitUsage);
}

TEST_CASE("every client command has help in both languages") {
  for (const auto language : {Language::es, Language::en}) {
    Session session;
    session.language = language;
    CLI::App app("x", "x");
    translate_help(app, language);
    add_import(app, session);
    add_record(app, session);
    add_show(app, session);
    add_audit(app, session);
    const bool es = language == Language::es;
    const auto help = app.get_subcommand("import")->get_subcommand("plan")->help();
    CHECK((help.find("Uso: ") != help.npos) == es);
    CHECK((help.find("Retirar las líneas") != help.npos) == es);
    CHECK((help.find("Drop the plan's lines") != help.npos) == !es);
    for (const char* name : {"import", "record", "show", "audit"})
      for (const auto* command : app.get_subcommand(name)->get_subcommands({}))
        CHECK_FALSE(command->get_description().empty());
  }
}
