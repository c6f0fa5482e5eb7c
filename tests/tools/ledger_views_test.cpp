// The views of a stopped ledger, checked and made anew by the command itself.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "ledger/ledger.hpp"
#include "projections/rows.hpp"
#include "projections/view_directory.hpp"
#include "projections/view_store.hpp"
#include "projections/views.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tools/commands.hpp"
#include "tools/year/recorder.hpp"

using namespace fedatario;
using namespace fedatario::tools;
using projections::Key;
using projections::ViewStore;
namespace json = boost::json;

namespace {

struct Run {
  int exit_code;
  std::string out, err;
};

Run run(std::vector<std::string> words, bool as_json = false) {
  std::ostringstream out, err;
  Session session;
  session.json = as_json;
  session.out = &out;
  session.err = &err;
  session.terminal = session.error_terminal = {};
  CLI::App app("x", "x");
  add_views(app, session);
  std::reverse(words.begin(), words.end());
  app.parse(words);
  return {session.exit_code, out.str(), err.str()};
}

// The first months of a small year, and its views.
struct Made {
  tests::TemporaryDirectory folder;
  ledger::Directory directory{folder / "libro"};
  std::uint64_t events =
      record_year(directory.root, {2025, kFewestEntities, 5}, *ledger::Date::make(2025, 2, 28), {}).events;

  std::filesystem::path generation() const { return *projections::ViewDirectory(directory.views()).current(); }
  Run verify(bool as_json = false) const { return run({"views", "verify", directory.root.string()}, as_json); }
  Run rebuild(bool as_json = false) const { return run({"views", "rebuild", directory.root.string()}, as_json); }

  // Writes to the views behind everybody's back; they stay where they stood.
  template <class Write>
  void alter(Write&& write) const {
    ViewStore store(generation(), projections::views_text());
    const auto progress = store.progress();
    ViewStore::Batch batch(store);
    batch.at({progress.folded - 1});
    write(batch, store.snapshot());
    batch.commit(progress);
  }
  // Folds nothing, and says that so many events are folded.
  void claim(std::uint64_t folded) const {
    ViewStore store(generation(), projections::views_text());
    auto progress = store.progress();
    progress.folded = folded;
    ViewStore::Batch(store).commit(progress);
  }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

json::object first_difference(const Run& run, std::string_view view) {
  const auto told = json::parse(run.out);
  for (const auto& each : told.at("views").as_array())
    if (each.at("name").as_string() == json::string_view(view.data(), view.size()))
      return each.at("first_difference").as_object();
  return {};
}

}  // namespace

TEST_CASE("the views of a ledger are those that its log makes, and one altered row is named") {
  const Made made;
  const auto well = made.verify();
  CAPTURE(well.out, well.err);
  CHECK(well.exit_code == kExitWell);
  CHECK(has(well.out, "plan_status"));
  CHECK(has(well.out, "Las vistas son las que salen del libro."));
  CHECK_FALSE(std::filesystem::exists(made.directory.views_apart()));
  const auto told = json::parse(made.verify(true).out);
  CHECK(told.at("good").as_bool());
  CHECK(told.at("events_in_views").to_number<std::uint64_t>() == made.events);
  for (const auto& view : told.at("views").as_array()) {
    CHECK(view.at("digest") == view.at("digest_rebuilt"));
    // A small year has no audit.
    if (view.at("name") != "audits") CHECK(view.at("rows").to_number<std::uint64_t>() > 0);
  }

  std::string key;
  made.alter([&](auto& batch, const auto& kept) {
    auto row = kept.scan("line", {}, 3).at(2);
    row.row.back() = char(row.row.back() + 1);
    key = projections::text_of_key(row.key);
    batch.put_once("line", Key::from(row.key), row.row);
  });
  const auto altered = made.verify();
  CHECK(altered.exit_code == kExitRefused);
  CHECK(has(altered.out, "FALLA plan_status: line " + key + ": la guardada dice otra cosa"));
  CHECK_FALSE(has(altered.out, "FALLA audit_trail"));
  const auto first = first_difference(made.verify(true), "plan_status");
  CHECK(first.at("what").as_string() == "other");
  CHECK(first.at("key").as_string() == json::string_view(key));

  CHECK(made.rebuild().exit_code == kExitWell);
  CHECK(made.verify().exit_code == kExitWell);
}

TEST_CASE("rows that are missing, of the past, surplus or of no view are named") {
  const Made made;
  made.alter([](auto& batch, const auto& kept) {
    batch.erase("trail", Key::from(kept.scan("trail", {}, 1).at(0).key));
    batch.put_once("nadie", Key{} / "a", "x");
    batch.put("plan", Key{} / "2025" / "nueva", "x");
  });
  const auto altered = made.verify();
  CAPTURE(altered.out);
  CHECK(altered.exit_code == kExitRefused);
  CHECK(has(altered.out, "FALLA plan_status: plan 2025/nueva, versión de la posición "));
  CHECK(has(altered.out, "FALLA audit_trail: trail "));
  CHECK(has(altered.out, "FALLA (ninguna): nadie a: sobra en las guardadas"));
  CHECK(first_difference(made.verify(true), "plan_status").at("what").as_string() == "surplus");
}

TEST_CASE("views that are behind are checked where they stand, and the rest is said") {
  const Made made;
  const auto half = made.events / 2;
  {
    const ledger::Ledger ledger(made.directory.root);
    ViewStore store(made.generation(), projections::views_text());
    store.clear();
    ViewStore::Batch batch(store);
    const auto entries = ledger.log().entries({0}, half);
    for (const auto& entry : entries) projections::fold_event(batch, entry);
    batch.commit({half, entries.back().leaf_hash});
  }
  const auto behind = made.verify();
  CAPTURE(behind.out, behind.err);
  CHECK(behind.exit_code == kExitWell);
  CHECK(has(behind.out, "les faltan " + std::to_string(made.events - half)));
  CHECK(json::parse(made.verify(true).out).at("events_in_views").to_number<std::uint64_t>() == half);
  const auto rebuilt = json::parse(made.rebuild(true).out);
  CHECK(rebuilt.at("events_in_views").to_number<std::uint64_t>() == made.events);
}

TEST_CASE("what cannot be checked is refused with what to do") {
  const tests::TemporaryDirectory nothing;
  const auto none = run({"views", "verify", nothing.path().string()});
  CHECK(none.exit_code == kExitEnvironment);
  CHECK(has(none.err, "no hay libro en "));

  const Made made;
  {
    const ledger::Ledger running(made.directory.root);
    for (const auto& busy : {made.verify(), made.rebuild()}) {
      CHECK(busy.exit_code == kExitEnvironment);
      CHECK(has(busy.err, "deténgalo primero"));
    }
  }
  made.claim(made.events + 1);
  CHECK(made.verify().exit_code == kExitRefused);
  CHECK(has(made.verify().err, "le falta el final"));
  made.claim(made.events - 1);
  CHECK(has(made.verify().err, "se hicieron de otro libro"));
  { const ViewStore other(made.generation(), "plan_status 1\n"); }
  CHECK(made.verify().exit_code == kExitRefused);
  CHECK(has(made.verify().err, "son de otra versión del programa (plan_status 1; esta hace configuration "));
  std::ofstream(made.generation() / "CURRENT") << "MANIFEST-999999\n";
  CHECK(has(made.verify().err, "están dañadas"));
  std::filesystem::remove_all(made.directory.views());
  const auto missing = made.verify();
  CHECK(missing.exit_code == kExitEnvironment);
  CHECK(has(missing.err, "no hay vistas guardadas en "));
  CHECK(has(missing.err, "«fedatario views rebuild "));
  CHECK_FALSE(std::filesystem::exists(made.directory.views()));

  // What a run that was cut off left behind goes.
  std::filesystem::create_directories(made.directory.views_apart() / "x");
  CHECK(made.rebuild().exit_code == kExitWell);
  CHECK_FALSE(std::filesystem::exists(made.directory.views_apart()));
  CHECK(made.verify().exit_code == kExitWell);

  std::filesystem::remove(made.directory.kek());
  CHECK(made.verify().exit_code == kExitEnvironment);
  CHECK(has(made.verify().err, "falta la clave de cifrado"));
}
