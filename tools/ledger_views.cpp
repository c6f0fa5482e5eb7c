// `fedatario views`: the views of a ledger that is not running, held against its log, or made anew from it.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <memory>

#include "projections/view_check.hpp"
#include "projections/view_directory.hpp"
#include "projections/views.hpp"
#include "tools/commands.hpp"
#include "tools/resting_log.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;
using projections::ViewCheck;
using projections::ViewDifference;
using projections::ViewStore;

constexpr std::size_t kShortDigest = 16;

struct ViewsOptions {
  std::string directory, kek;
};

struct Making {
  std::uint64_t events = 0;
  double seconds = 0;
  std::string sum = {};       // of the rows made
  std::string kept_sum = {};  // that the views kept say they have
  bool sums_equal = true;     // so, and at all multiples where it is kept

  double rate() const { return double(events) / std::max(seconds, 0.001); }
};

std::string rebuild_advice(const ViewsOptions& options, const Session& session) {
  return session.say("; «fedatario views rebuild ", "; \"fedatario views rebuild ") + options.directory +
         session.say("» las hace de nuevo", "\" makes them anew");
}

RestingLog open_log(const ViewsOptions& options, const Session& session) {
  return open_resting_log({options.directory}, options.kek, session);
}

Making make_at(const std::filesystem::path& path, const RestingLog& log, std::uint64_t size, const Session& session) {
  std::optional<Progress> bar;
  const auto start = std::chrono::steady_clock::now();
  ViewStore store(path, projections::views_text());
  projections::make_views(store, log.reader(), size, [&](std::uint64_t folded) {
    if (session.json || !session.error_terminal.present) return;
    if (!bar) bar.emplace(*session.err, session.error_terminal, session.say("haciendo vistas", "making views"), size);
    bar->advance_to(folded);
  });
  store.flush();
  return {size, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
          crypto::to_hex(store.progress().sum.digest())};
}

// The views kept, which may be held against the log: they are there, of this program's folds, and of this log.
std::unique_ptr<const ViewStore> open_kept(const ViewsOptions& options, const RestingLog& log, const Session& session) {
  const auto root = ledger::Directory{options.directory}.views();
  const auto path = projections::ViewDirectory(root).current();
  const auto advice = rebuild_advice(options, session);
  const auto missing = [&] {
    return Failure(kExitEnvironment,
                   session.say("no hay vistas guardadas en ", "no views are kept in ") + root.string() + advice);
  };
  if (!path) throw missing();
  std::unique_ptr<const ViewStore> kept;
  try {
    kept = std::make_unique<const ViewStore>(*path, ViewStore::ReadOnly{});
  } catch (const projections::ViewError& damaged) {
    throw Failure(kExitRefused, session.say("las vistas guardadas están dañadas: ", "the views kept are damaged: ") +
                                    damaged.what() + advice);
  }
  if (const auto made_for = kept->made_for(); made_for != projections::views_text()) {
    const auto list = [](std::string text) {
      std::ranges::replace(text, '\n', ',');
      return text.substr(0, text.find_last_not_of(',') + 1);
    };
    throw Failure(kExitRefused, session.say("las vistas guardadas son de otra versión del programa (",
                                            "the views kept are of another version of the program (") +
                                    list(made_for) + session.say("; esta hace ", "; this one makes ") +
                                    list(projections::views_text()) + ")" + advice);
  }
  const auto progress = kept->progress();
  if (progress.folded == 0) throw missing();
  if (progress.folded > log.size())
    throw Failure(
        kExitRefused,
        fmt::format(fmt::runtime(session.say("las vistas guardadas llegan a {} hechos y el libro tiene {}: son "
                                             "de otro libro, o a este le falta el final; compruébelo con "
                                             "«fedatario verify»",
                                             "the views kept have {} events and the ledger {}: they are "
                                             "another ledger's, or this one has lost its end; check it with "
                                             "\"fedatario verify\"")),
                    progress.folded, log.size()));
  if (log.reader()({progress.folded - 1}, 1).at(0).leaf_hash != progress.last_leaf)
    throw Failure(kExitRefused, session.say("las vistas guardadas se hicieron de otro libro",
                                            "the views kept were made from another ledger") +
                                    advice);
  return kept;
}

std::string name_of(const ViewCheck& check, const Session& session) {
  return check.name.empty() ? session.say("(ninguna)", "(none)") : check.name;
}

std::string difference_text(const ViewDifference& difference, const Session& session) {
  using What = ViewDifference::What;
  auto text = difference.rows + ' ' + projections::text_of_key(difference.key);
  if (difference.version)
    text +=
        session.say(", versión de la posición ", ", version of position ") + std::to_string(difference.version->value);
  switch (difference.what) {
    case What::missing:
      return text + session.say(": falta en las guardadas", ": missing from those kept");
    case What::surplus:
      return text + session.say(": sobra en las guardadas", ": should not be in those kept");
    case What::other:
      return text + session.say(": la guardada dice otra cosa", ": the one kept says otherwise");
  }
  return text;
}

void add_making(std::vector<std::pair<std::string, std::string>>& facts, const Making& making, const Session& session) {
  facts.push_back({session.say("segundos", "seconds"), fmt::format("{:.1f}", making.seconds)});
  facts.push_back({session.say("hechos por segundo", "events a second"), std::to_string(int(making.rate()))});
}

void print_text(const std::vector<ViewCheck>& checks, const Making& making, const RestingLog& log, bool compared,
                const Session& session) {
  const bool good = making.sums_equal && std::ranges::all_of(checks, &ViewCheck::good);
  std::vector<std::string> columns{session.say("Vista", "View"), session.say("Número", "Number"),
                                   session.say("Filas", "Rows"), session.say("Versiones", "Versions")};
  if (compared) {
    columns.push_back(session.say("Guardada", "Kept"));
    columns.push_back(session.say("Rehecha", "Made anew"));
    columns.push_back("");
  } else {
    columns.push_back(session.say("Resumen", "Digest"));
  }
  TextTable table(columns);
  for (const auto& check : checks) {
    std::vector<std::string> cells{name_of(check, session), check.name.empty() ? "" : std::to_string(check.number),
                                   std::to_string(check.kept.rows), std::to_string(check.kept.versions),
                                   crypto::to_hex(check.kept.digest).substr(0, kShortDigest)};
    if (compared) {
      cells.push_back(crypto::to_hex(check.made.digest).substr(0, kShortDigest));
      cells.push_back(check.good() ? session.say("igual", "equal") : session.say("DISTINTA", "DIFFERENT"));
    }
    table.add(std::move(cells));
  }
  auto& out = *session.out;
  out << table.render(session.terminal) << '\n';
  std::vector<std::pair<std::string, std::string>> facts{{session.say("libro", "ledger"), log.name()},
                                                         {session.say("hechos", "events"), std::to_string(log.size())}};
  if (making.events < log.size())
    facts.push_back(
        {session.say("hechos en las vistas", "events in the views"),
         fmt::format(fmt::runtime(session.say("{}: les faltan {}, que «serve» o «views rebuild» ponen al día",
                                              "{}: {} behind; \"serve\" or \"views rebuild\" catches up")),
                     making.events, log.size() - making.events)});
  facts.push_back({session.say("suma de las filas", "sum of the rows"), making.sum});
  add_making(facts, making, session);
  out << render_facts(facts, session.terminal);
  if (!compared) return;
  for (const auto& check : checks)
    if (check.difference)
      out << printable(session.say("FALLA ", "FAULT ") + name_of(check, session) + ": " +
                       difference_text(*check.difference, session))
          << '\n';
  if (!making.sums_equal)
    out << session.say("FALLA la suma que las vistas guardadas llevan no es la de las filas rehechas: ",
                       "FAULT the sum that the views kept have is not that of the rows made anew: ")
        << making.kept_sum << '\n';
  out << (good ? session.say("Las vistas son las que salen del libro.", "The views are those that the log makes.")
               : session.say("Las vistas NO son las que salen del libro.",
                             "The views are NOT those that the log makes."))
      << '\n';
}

void print_json(const std::vector<ViewCheck>& checks, const Making& making, const RestingLog& log, bool compared,
                const Session& session) {
  json::array views;
  for (const auto& check : checks) {
    json::object view{{"name", check.name},
                      {"number", check.number},
                      {"rows", check.kept.rows},
                      {"versions", check.kept.versions},
                      {"digest", crypto::to_hex(check.kept.digest)}};
    if (compared) {
      view["digest_rebuilt"] = crypto::to_hex(check.made.digest);
      view["equal"] = check.good();
    }
    if (const auto& difference = check.difference) {
      static constexpr std::string_view kWhat[] = {"missing", "surplus", "other"};
      json::object first{{"rows", difference->rows},
                         {"key", printable(projections::text_of_key(difference->key))},
                         {"what", kWhat[std::size_t(difference->what)]}};
      if (difference->version) first["version"] = difference->version->value;
      view["first_difference"] = std::move(first);
    }
    views.push_back(std::move(view));
  }
  json::object out{{"ledger", log.name()},      {"events", log.size()},      {"events_in_views", making.events},
                   {"views", std::move(views)}, {"seconds", making.seconds}, {"events_per_second", making.rate()}};
  out["sum"] = making.sum;
  if (compared) {
    out["sum_kept"] = making.kept_sum;
    out["sums_equal"] = making.sums_equal;
    out["good"] = making.sums_equal && std::ranges::all_of(checks, &ViewCheck::good);
  }
  *session.out << json::serialize(out) << '\n';
}

int verify_views(const ViewsOptions& options, const Session& session) {
  const auto log = open_log(options, session);
  const Apart apart(ledger::Directory{options.directory}.views_apart());
  const auto kept = open_kept(options, log, session);
  auto making = make_at(apart.path(), log, kept->progress().folded, session);
  std::vector<ViewCheck> checks;
  try {
    const ViewStore made(apart.path(), ViewStore::ReadOnly{});
    making.kept_sum = crypto::to_hex(kept->progress().sum.digest());
    making.sums_equal = making.kept_sum == making.sum && kept->sums() == made.sums();
    checks = projections::compare_views(*kept, made);
  } catch (const projections::ViewError& damaged) {
    throw Failure(kExitRefused, session.say("las vistas guardadas no se leen hasta el final: ",
                                            "the views kept cannot be read to their end: ") +
                                    damaged.what() + rebuild_advice(options, session));
  }
  (session.json ? print_json : print_text)(checks, making, log, true, session);
  return making.sums_equal && std::ranges::all_of(checks, &ViewCheck::good) ? kExitWell : kExitRefused;
}

// Those kept stay until the new ones are whole.
int rebuild_views(const ViewsOptions& options, const Session& session) {
  const auto log = open_log(options, session);
  std::filesystem::remove_all(ledger::Directory{options.directory}.views_apart());  // of a `verify` cut off
  const auto root = ledger::Directory{options.directory}.views();
  std::filesystem::create_directories(root);
  projections::ViewDirectory directory(root);
  const auto path = directory.next();
  const auto making = make_at(path, log, log.size(), session);
  directory.publish(path);
  directory.sweep();
  const ViewStore made(path, ViewStore::ReadOnly{});
  (session.json ? print_json : print_text)(projections::compare_views(made, made), making, log, false, session);
  return kExitWell;
}

}  // namespace

void add_views(CLI::App& app, Session& session) {
  auto options = std::make_shared<ViewsOptions>();
  const auto text = [&](std::string_view es, std::string_view en) { return session.say(es, en); };
  auto* command = app.add_subcommand("views", text("Las vistas de un libro detenido: las coteja o las hace de nuevo",
                                                   "The views of a stopped ledger: checks them or makes them anew"));
  command->require_subcommand(1);
  const auto add = [&](const char* name, const std::string& help, int (*run)(const ViewsOptions&, const Session&)) {
    auto* part = command->add_subcommand(name, help);
    part->add_option("DIR", options->directory, text("Carpeta del libro", "Folder of the ledger"))->required();
    part->add_option("--kek", options->kek,
                     text("Clave de cifrado para abrir el contenido (si no, la de la carpeta)",
                          "Key-encryption key to open the content (else the folder's)"));
    set_command(*part, session, [options, run, &session] { return run(*options, session); });
  };
  add("verify",
      text("Hace aparte todas las vistas desde el primer hecho y las coteja, fila por fila, con las guardadas",
           "Makes all views apart from the first event on and checks those kept against them, row by row"),
      verify_views);
  add("rebuild",
      text("Hace de nuevo todas las vistas desde el primer hecho; reemplazan a las guardadas",
           "Makes all views anew from the first event on; they replace those kept"),
      rebuild_views);
}

}  // namespace fedatario::tools
