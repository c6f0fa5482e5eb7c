// What all commands share: the language they speak, where the service is, how they end. One for each run of the
// program, made by main; one thread.
#pragma once

#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "ledger/label.hpp"
#include "tools/output.hpp"

namespace CLI {
class App;
}

namespace fedatario::tools {

using ledger::Language;

// How the program ends.
inline constexpr int kExitWell = 0;
inline constexpr int kExitRefused = 1;      // by the service or by a check
inline constexpr int kExitUsage = 2;        // the command line
inline constexpr int kExitEnvironment = 3;  // disk, network, not found

// Ends a command. Its text is for the person at the terminal, in the session's language.
struct Failure : std::runtime_error {
  Failure(int code, const std::string& text) : std::runtime_error(text), exit_code(code) {}
  int exit_code;
};

struct Session {
  Language language = Language::es;
  bool json = false;  // print what the service answers instead of tables
  std::string url = "http://127.0.0.1:8080";
  std::string token;
  std::string token_file;  // goes before `token`
  std::string ca_file;     // PEM; empty: the system's
  int exit_code = kExitWell;
  Terminal terminal = Terminal::of(1);        // what `out` is written to
  Terminal error_terminal = Terminal::of(2);  // and `err`
  std::ostream* out = &std::cout;
  std::ostream* err = &std::cerr;

  std::string say(std::string_view es, std::string_view en) const {
    return std::string(language == Language::es ? es : en);
  }
};

// The words that help is made of beside ours ("Usage", "Options"), for `app` and every command added to it.
void translate_help(CLI::App& app, Language language);

// --url, --token, --token-file and --ca.
void add_client_options(CLI::App& command, Session& session);

// Makes `run` the command: it returns the exit code. Failures and exceptions are told on `err` and become exit codes.
void set_command(CLI::App& command, Session& session, std::function<int()> run);

inline constexpr std::size_t kMaxWholeBytes = 256u << 20;
// The whole of a file, or of standard input for "-", of at most so many bytes. Throws Failure.
std::string read_whole(const std::string& path, const Session& session, std::size_t limit = kMaxWholeBytes);

// The bearer token: what the file says, else --token. Throws Failure where neither is there.
std::string find_token(const Session& session);

}  // namespace fedatario::tools
