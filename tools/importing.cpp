// Files in, batches out.
#include "tools/importing.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <filesystem>

#include "crypto/hash.hpp"
#include "crypto/json.hpp"
#include "ledger/limits.hpp"
#include "tools/cells.hpp"
#include "tools/replies.hpp"
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;

constexpr std::size_t kWarningsShown = 10;

ImportFile load(const std::string& path, const Session& session) {
  const auto bytes = read_whole(path, session);
  ImportFile file{std::filesystem::path(path).filename().string(), crypto::sha256(bytes), {}};
  auto table = read_table(bytes, file.name);
  if (!table) throw Failure(kExitRefused, describe(to_sheet_fault(table.error()), session.language));
  file.table = std::move(*table);
  return file;
}

ledger::Declared declared(const std::string& text, const Session& session) {
  if (text.empty()) return declared_now();
  if (const auto at = ledger::Declared::parse(text)) return *at;
  throw Failure(kExitUsage, "--at: " + in_quotes(text) +
                                session.say(" no es una hora: escriba AAAA-MM-DDThh:mm:ss±hh:mm, por ejemplo ",
                                            " is no time: write YYYY-MM-DDThh:mm:ss±hh:mm, such as ") +
                                "2026-02-04T08:00:00-05:00");
}

ledger::Date since(const std::string& text, ledger::Declared at, const Session& session) {
  if (text.empty()) return *ledger::Date::make(at.day().year(), 1, 1);
  const auto day = parse_day(text);
  if (day) return *day;
  const auto& fault = day.error();
  throw Failure(kExitUsage, "--from: " + session.say(fault.what_es, fault.what_en));
}

}  // namespace

Import::Import(Session& session, const ImportOptions& options)
    : session_(session),
      options_(options),
      file_(load(options.file, session)),
      client_(connect(session)),
      at_(declared(options.at, session)),
      from_(since(options.from, at_, session)) {}

int Import::refuse(const SheetFaults& faults) {
  const auto count = std::to_string(faults.faults.size());
  if (session_.json) {
    *session_.out << json::serialize(json::value{{"faults", to_json(faults.faults, language())}, {"recorded", 0}})
                  << "\n";
    return kExitRefused;
  }
  for (const auto& fault : faults.faults) *session_.out << printable(describe(fault, language())) << "\n";
  *session_.out << std::flush;
  const auto counted =
      faults.faults.size() == 1 ? session_.say("1 falla", "1 fault") : count + session_.say(" fallas", " faults");
  *session_.err << paint(Colour::red, counted, session_.error_terminal) << session_.say(" en «", " in «")
                << printable(file_.name) << session_.say("»: no se importó nada", "»: nothing was imported") << "\n";
  return kExitRefused;
}

void Import::warn(const std::vector<SheetFault>& warnings) {
  if (session_.json) return;
  const auto head = paint(Colour::yellow, session_.say("aviso: ", "warning: "), session_.error_terminal);
  for (std::size_t i = 0; i < std::min(warnings.size(), kWarningsShown); ++i)
    *session_.err << head << printable(describe(warnings[i], language())) << "\n";
  if (warnings.size() <= kWarningsShown) return;
  const auto more = std::to_string(warnings.size() - kWarningsShown);
  *session_.err << head
                << session_.say("hay " + more + " más; con --json salen todos", more + " more; --json gives them all")
                << "\n";
}

void Import::send(const std::vector<Draft>& drafts, const std::string& as) {
  if (drafts.empty() || options_.dry_check) return;
  const auto& text = options_.as.empty() ? as : options_.as;
  const auto capacity = ledger::Capacity::parse(text);
  if (!capacity)
    throw Failure(kExitUsage, "--as: " + in_quotes(text) +
                                  session_.say(" no es un rol: escriba ROL o ROL@DEPENDENCIA",
                                               " is no role: write ROLE or ROLE@UNIT"));
  const DraftSource source{*capacity, at_, file_.digest};
  Progress progress(*session_.err, session_.error_terminal, session_.say("asentando", "recording"), drafts.size());
  const bool shown = !session_.json && (session_.error_terminal.present || drafts.size() > options_.batch_size);
  try {
    for (std::size_t begin = 0; begin < drafts.size();) {
      const auto end = std::min(drafts.size(), begin + options_.batch_size);
      send_batch(drafts, begin, end, source);
      begin = end;
      if (shown) progress.advance_to(end);
    }
  } catch (const Failure& failure) {
    progress.finish();
    const auto done = std::to_string(sent_) + session_.say(" de ", " of ") + std::to_string(drafts.size());
    throw Failure(failure.exit_code,
                  std::string(failure.what()) +
                      session_.say("\nSe asentaron " + done + "; al repetir el comando se sigue desde ahí.",
                                   "\nRecorded: " + done + "; run the command again to go on from there."));
  }
}

void Import::send_batch(const std::vector<Draft>& drafts, std::size_t begin, std::size_t end,
                        const DraftSource& source) {
  std::string body;
  for (std::size_t i = begin; i < end; ++i) body += write_draft(drafts[i], source) + "\n";
  const auto reply = client_.post("/v1/batches", "application/x-ndjson", std::move(body));
  if (!reply.good()) {
    auto failure = to_failure(reply, language());
    // The service names the batch's line; the person knows the file's.
    const auto problem = crypto::parse_json(reply.body, {32, reply.body.size()});
    const auto* line = problem && problem->is_object() ? problem->get_object().if_contains("line") : nullptr;
    if (line && line->is_int64() && line->get_int64() >= 1 && std::size_t(line->get_int64()) <= end - begin)
      failure = Failure(failure.exit_code, file_.name + session_.say(", línea ", ", line ") +
                                               std::to_string(drafts[begin + std::size_t(line->get_int64()) - 1].row) +
                                               ": " + failure.what());
    throw failure;
  }
  sent_ = end;
  const auto answer = read_json(reply, language());
  const auto* events = answer.is_object() ? answer.get_object().if_contains("events") : nullptr;
  if (!events || !events->is_array() || events->get_array().empty()) return;
  const auto position = [](const json::value& event) -> std::optional<std::uint64_t> {
    const auto* at = event.is_object() ? event.get_object().if_contains("position") : nullptr;
    return at && at->is_int64() ? std::optional<std::uint64_t>(at->get_int64()) : std::nullopt;
  };
  if (!first_) first_ = position(events->get_array().front());
  last_ = position(events->get_array().back());
}

int Import::finish(const std::vector<Outcome>& outcomes, json::object extra) {
  if (session_.json) {
    for (const auto& outcome : outcomes) extra[outcome.name] = outcome.count;
    extra["recorded"] = sent_;
    if (options_.dry_check) extra["dry_check"] = true;
    if (first_) extra["first_position"] = *first_;
    if (last_) extra["last_position"] = *last_;
    *session_.out << json::serialize(extra) << "\n";
    return kExitWell;
  }
  std::vector<std::pair<std::string, std::string>> facts;
  for (const auto& outcome : outcomes)
    if (outcome.count > 0) facts.emplace_back(outcome.label.in(language()), std::to_string(outcome.count));
  if (first_ && last_)
    facts.emplace_back(session_.say("Posiciones", "Positions"),
                       std::to_string(*first_) + (*last_ > *first_ ? "–" + std::to_string(*last_) : ""));
  *session_.out << render_facts(facts, session_.terminal);
  if (options_.dry_check)
    *session_.out << session_.say("Solo se revisó: no se asentó nada.", "Only checked: nothing was recorded.") << "\n";
  else if (sent_ == 0)
    *session_.out << session_.say("Nada por asentar: el libro ya tiene lo que dice el archivo.",
                                  "Nothing to record: the ledger has what the file says already.")
                  << "\n";
  return kExitWell;
}

json::array to_json(const std::vector<SheetFault>& faults, Language language) {
  json::array out;
  for (const auto& fault : faults) {
    json::object each;
    if (fault.line > 0) each["line"] = fault.line;
    if (!fault.column.empty()) each["column"] = fault.column;
    each["what"] = fault.what.in(language);
    out.push_back(std::move(each));
  }
  return out;
}

}  // namespace fedatario::tools
