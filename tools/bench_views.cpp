// `fedatario bench views DIR`: what making the views of a ledger costs, held against what decoding its entries and
// writing as many rows cost in the same run.
#include <fmt/format.h>
#include <time.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>

#include "projections/view_check.hpp"
#include "projections/views.hpp"
#include "tools/bench_views.hpp"
#include "tools/resting_log.hpp"

namespace fedatario::tools {
namespace {

using ledger::Position;
using projections::ViewStore;
using Steady = std::chrono::steady_clock;

constexpr double kRowMicros = 3.5;  // what a row written may cost
constexpr std::size_t kDecodedAlone = 100'000;
constexpr std::size_t kChunk = 512;

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

struct Options {
  std::string directory, kek;
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
      "on disk {:.0f} bytes for each event; peak memory {:.0f} MiB, {:.0f} before; sum of the rows {}\n",
      log.size(), 1 / decoding.seconds, rows, rate, making.seconds, kRowMicros, bound, rate / bound,
      decoding.processor * 1e6, making.processor / double(log.size()) * 1e6,
      double(log.size()) / making.processor / bound_of(decoding.processor), bytes, peak, before, sum);

  return kExitWell;
}

}  // namespace

void add_bench_views(CLI::App& bench_command, Session& session) {
  auto options = std::make_shared<Options>();
  auto* part = bench_command.add_subcommand("views", session.say("Lo que cuesta hacer las vistas de un libro detenido",
                                                                 "What making the views of a stopped ledger costs"));
  part->add_option("DIR", options->directory, session.say("Carpeta del libro", "Folder of the ledger"))->required();
  part->add_option("--kek", options->kek,
                   session.say("Clave de cifrado para abrir el contenido (si no, la de la carpeta)",
                               "Key-encryption key to open the content (else the folder's)"));
  set_command(*part, session, [options, &session] { return bench(*options, session); });
}

}  // namespace fedatario::tools
