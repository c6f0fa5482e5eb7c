// What the importers share: the file with its digest, faults told, statements sent batch by batch.
//
// An import begins by reading what the service has and sends only the difference. So a second import of the same file
// sends nothing, and one that was interrupted is resumed by running it again: what was recorded is found there. Within
// a run a batch whose answer was lost is sent again unchanged, ids included, and recorded once. Every statement names
// the file's digest and its row.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tools/client.hpp"
#include "tools/drafts.hpp"
#include "tools/fault.hpp"
#include "tools/session.hpp"

namespace fedatario::tools {

struct ImportOptions {
  std::string file;
  std::string as;  // empty: the importer's own choice
  std::string at;  // declared time of all its statements; empty: now
  std::size_t batch_size = 500;
  bool dry_check = false;  // check and say what would be recorded, record nothing
  std::string from;        // since when registers hold; empty: the first day of the declared year
  // Of plans only.
  int fiscal_year = 0;  // 0: the one that most lines have
  std::string title;
  std::string reason;
  bool drop_missing = false;
};

struct ImportFile {
  std::string name;  // without its folder
  crypto::Digest digest;
  Table table;
};

class Import {
 public:
  // Reads the file. Throws Failure where it cannot be read as a sheet (kExitRefused) or at all, and for options that
  // cannot be understood (kExitUsage).
  Import(Session& session, const ImportOptions& options);

  const ImportFile& file() const { return file_; }
  const ImportOptions& options() const { return options_; }
  Session& session() { return session_; }
  Client& client() { return client_; }
  Language language() const { return session_.language; }
  ledger::Declared at() const { return at_; }
  ledger::Date from() const { return from_; }

  // Each fault a line on `out`, and that nothing was imported. The exit code.
  int refuse(const SheetFaults& faults);

  // The first warnings a line each on `err`, and how many more there are.
  void warn(const std::vector<SheetFault>& warnings);

  // Sends the statements in order, a batch at a time, each all or nothing; none with dry_check. `as` is used where the
  // options name no role. Throws Failure, saying how many were recorded before.
  void send(const std::vector<Draft>& drafts, const std::string& as);

  // What was done, as facts ("añadidas": 60) or JSON.
  struct Outcome {
    const char* name;  // JSON member
    ledger::Label label;
    std::size_t count;
  };
  int finish(const std::vector<Outcome>& outcomes, boost::json::object extra = {});

 private:
  void send_batch(const std::vector<Draft>& drafts, std::size_t begin, std::size_t end, const DraftSource& source);

  Session& session_;
  const ImportOptions& options_;
  ImportFile file_;
  Client client_;
  ledger::Declared at_;
  ledger::Date from_;
  std::size_t sent_ = 0;
  std::optional<std::uint64_t> first_, last_;  // positions recorded
};

// Faults or warnings as JSON: `[{"line":2,"column":"NIT","what":"…"},…]`.
boost::json::array to_json(const std::vector<SheetFault>& faults, Language language);

// The commands' work; the exit code.
int import_units(Session& session, const ImportOptions& options);
int import_entities(Session& session, const ImportOptions& options);
int import_catalog(Session& session, const ImportOptions& options);
int import_plan(Session& session, const ImportOptions& options);

}  // namespace fedatario::tools
