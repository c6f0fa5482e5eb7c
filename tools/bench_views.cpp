// `fedatario bench views DIR`: what making the views of a ledger costs, held against what decoding its entries and
// writing as many rows cost in the same run; and what asking them costs, now and as of the middle of the log.
#include <fmt/format.h>
#include <time.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <set>

#include "projections/queries.hpp"
#include "projections/view_check.hpp"
#include "projections/views.hpp"
#include "tools/bench_views.hpp"
#include "tools/resting_log.hpp"

namespace fedatario::tools {
namespace {

using ledger::Position;
using projections::Queries;
using projections::ViewStore;
using Steady = std::chrono::steady_clock;
using Random = std::mt19937_64;

constexpr double kRowMicros = 3.5;  // what a row written may cost
constexpr std::size_t kDecodedAlone = 100'000;
constexpr std::size_t kChunk = 512;
constexpr std::size_t kPageRows = 50;
constexpr auto kAskingTime = std::chrono::seconds(2);  // at most, for each query and moment

double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

double processor_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

// Time as a clock shows it and as the processor spent it, all threads together, since a moment.
class Stopwatch {
 public:
  double seconds() const { return seconds_since(start_); }
  double processor() const { return processor_seconds() - processor_; }

 private:
  const Steady::time_point start_ = Steady::now();
  const double processor_ = processor_seconds();
};

// Peak resident memory since it was last begun anew.
void begin_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }
double peak_mib() {
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;)
    if (word == "VmHWM:") {
      double kib = 0;
      in >> kib;
      return kib / 1024;
    }
  return 0;
}

std::uint64_t bytes_below(const std::filesystem::path& directory) {
  std::uint64_t bytes = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(directory))
    if (file.is_regular_file()) bytes += file.file_size();
  return bytes;
}

struct Cost {
  double seconds = 0, processor = 0;
};

// Of one entry, on one thread, with nothing else done.
Cost decode_cost(const RestingLog& log) {
  const auto read = log.reader();
  const auto count = std::min<std::uint64_t>(log.size(), kDecodedAlone);
  // From the middle on: the beginning is all founding and plans.
  const auto first = (log.size() - count) / 2;
  const Stopwatch watch;
  for (auto from = first; from < first + count; from += kChunk)
    (void)read(Position{from}, std::min<std::uint64_t>(kChunk, first + count - from));
  return {watch.seconds() / double(count), watch.processor() / double(count)};
}

// What can be asked for, as it stood at a moment.
struct Known {
  struct Line {
    int fiscal_year = 0;
    std::string unit, line;
  };
  std::vector<Line> lines;
  std::vector<std::pair<int, std::string>> plans;  // fiscal year, unit
  std::vector<std::string> actors;
};

Known known_at(const Queries& queries, Position moment) {
  Known known;
  std::set<std::string> actors;
  for (const auto& plan : queries.plans({}, {.as_of = moment, .limit = 1'000}).rows) {
    const auto year = int(plan.fiscal_year);
    const auto lines = queries.lines(year, plan.unit.value, {.as_of = moment, .limit = 10'000}).rows;
    if (!lines.empty()) known.plans.emplace_back(year, plan.unit.value);
    for (const auto& line : lines) known.lines.push_back({year, plan.unit.value, line.line.value});
    for (const auto& row : queries.plan_history(year, plan.unit.value, {.as_of = moment, .limit = 1'000}).rows)
      actors.insert(row.actor.value);
  }
  known.actors.assign(actors.begin(), actors.end());
  if (known.lines.empty()) throw Failure(kExitEnvironment, "the ledger has no lines at half its length");
  return known;
}

// A question to measure: asks once, for something picked at random.
struct Question {
  std::string name;
  std::function<void(const Queries&, const Known&, std::optional<Position> as_of, Random&)> ask;
};

template <class T>
const T& pick(const std::vector<T>& from, Random& random) {
  return from[random() % from.size()];
}

std::vector<Question> questions() {
  return {
      {"line by key",
       [](const Queries& queries, const Known& known, auto as_of, Random& random) {
         const auto& [year, unit, line] = pick(known.lines, random);
         (void)queries.line(year, unit, line, as_of);
       }},
      {"page of 50 lines",
       [](const Queries& queries, const Known& known, auto as_of, Random& random) {
         const auto& [year, unit] = pick(known.plans, random);
         (void)queries.lines(year, unit, {.as_of = as_of, .limit = kPageRows});
       }},
      {"trail of a plan, 50 rows",
       [](const Queries& queries, const Known& known, auto as_of, Random& random) {
         const auto& [year, unit] = pick(known.plans, random);
         (void)queries.plan_history(year, unit, {.as_of = as_of, .limit = kPageRows});
       }},
      {"trail of an actor, 50 rows",
       [](const Queries& queries, const Known& known, auto as_of, Random& random) {
         (void)queries.actor_history(pick(known.actors, random), {.as_of = as_of, .limit = kPageRows});
       }},
  };
}

struct Latencies {
  double p50_us = 0, p99_us = 0;
};

Latencies measure(const Question& question, const Queries& queries, const Known& known, std::optional<Position> as_of,
                  std::size_t times) {
  Random random(1);
  for (std::size_t i = 0; i < times / 10; ++i) question.ask(queries, known, as_of, random);
  std::vector<double> micros;
  const auto begun = Steady::now();
  while (micros.size() < times && Steady::now() - begun < kAskingTime) {
    const auto start = Steady::now();
    question.ask(queries, known, as_of, random);
    micros.push_back(seconds_since(start) * 1e6);
  }
  std::ranges::sort(micros);
  return {micros[micros.size() / 2], micros[micros.size() * 99 / 100]};
}

struct Options {
  std::string directory, kek;
  std::size_t times = 2'000;
};

int bench(const Options& options, const Session& session) {
  const ledger::Directory directory{options.directory};
  const auto log = open_resting_log(directory, options.kek, session);
  const Apart apart(directory.views_apart());
  const auto decoding = decode_cost(log);
  begin_peak();
  const auto before = peak_mib();
  double rows = 0;
  Cost making;
  std::string sum;
  {
    ViewStore store(apart.path(), projections::views_text());
    const Stopwatch watch;
    projections::make_views(store, log.reader(), log.size());
    making = {watch.seconds(), watch.processor()};
    rows = double(store.rows_written()) / double(log.size());
    sum = crypto::to_hex(store.progress().sum.digest());
  }
  const auto peak = peak_mib();
  const auto bytes = double(bytes_below(apart.path())) / double(log.size());
  const auto rate = double(log.size()) / making.seconds;
  const auto bound_of = [&](double decoding_alone) { return 1 / (decoding_alone + rows * kRowMicros / 1e6); };
  const auto bound = bound_of(decoding.seconds);
  auto& out = *session.out;
  out << fmt::format(
      "{} events; decoding alone {:.0f} events/s on one thread; {:.2f} rows written for each event\n"
      "rebuild of all views: {:.0f} events/s, {:.1f} s; bound (decoding + {} us a row) {:.0f} events/s; ratio {:.2f}\n"
      "processor time for each event: decoding {:.1f} us, rebuild {:.1f} us; by it alone, on one core, ratio {:.2f}\n"
      "on disk {:.0f} bytes for each event; peak memory {:.0f} MiB, {:.0f} before; sum of the rows {}\n\n",
      log.size(), 1 / decoding.seconds, rows, rate, making.seconds, kRowMicros, bound, rate / bound,
      decoding.processor * 1e6, making.processor / double(log.size()) * 1e6,
      double(log.size()) / making.processor / bound_of(decoding.processor), bytes, peak, before, sum);

  const ViewStore store(apart.path(), ViewStore::ReadOnly{});
  const Queries queries(store);
  const Position middle{log.size() / 2};
  const auto known = known_at(queries, middle);
  out << fmt::format("{:<28} {:>10} {:>10} {:>12} {:>12} {:>8} {:>8}\n", "us", "now p50", "now p99", "as of p50",
                     "as of p99", "p50 x", "p99 x");
  for (const auto& question : questions()) {
    const auto now = measure(question, queries, known, std::nullopt, options.times);
    const auto past = measure(question, queries, known, middle, options.times);
    out << fmt::format("{:<28} {:>10.1f} {:>10.1f} {:>12.1f} {:>12.1f} {:>8.2f} {:>8.2f}\n", question.name, now.p50_us,
                       now.p99_us, past.p50_us, past.p99_us, past.p50_us / now.p50_us, past.p99_us / now.p99_us);
  }
  return kExitWell;
}

}  // namespace

void add_bench_views(CLI::App& bench_command, Session& session) {
  auto options = std::make_shared<Options>();
  auto* part = bench_command.add_subcommand(
      "views", session.say("Lo que cuesta hacer las vistas de un libro detenido y consultarlas",
                           "What making the views of a stopped ledger costs, and asking them"));
  part->add_option("DIR", options->directory, session.say("Carpeta del libro", "Folder of the ledger"))->required();
  part->add_option("--kek", options->kek,
                   session.say("Clave de cifrado para abrir el contenido (si no, la de la carpeta)",
                               "Key-encryption key to open the content (else the folder's)"));
  part->add_option("--times", options->times,
                   session.say("Veces que se hace cada consulta", "How often each question is asked"))
      ->capture_default_str();
  set_command(*part, session, [options, &session] { return bench(*options, session); });
}

}  // namespace fedatario::tools
