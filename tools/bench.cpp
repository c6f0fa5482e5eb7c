// `fedatario bench append`: what recording costs, held against what the signatures alone cost, in one run.
#include <time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <semaphore>
#include <thread>

#include <fmt/format.h>

#include "api/tokens.hpp"
#include "crypto/json.hpp"
#include "tools/bench_ledger.hpp"
#include "tools/bench_load.hpp"
#include "tools/bench_proof.hpp"
#include "tools/bench_queries.hpp"
#include "tools/bench_server.hpp"
#include "tools/bench_views.hpp"
#include "tools/commands.hpp"

namespace fedatario::tools {
namespace {

using Steady = std::chrono::steady_clock;

struct BenchOptions {
  std::string directory;
  std::uint64_t large = 1'000'000;
  std::uint64_t small = 1'000;
  std::uint64_t events = 5'000;
  int rounds = 5;
  std::size_t connections = 64;
};

double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

struct SignatureCost {
  double sign_us = 0, verify_us = 0;
};

SignatureCost measure_signatures() {
  const auto key = bench_key("cost");
  const std::string message(1'024, 'm');
  const auto signature = key.sign(message);
  constexpr int kTimes = 2'000;
  auto start = Steady::now();
  for (int i = 0; i < kTimes; ++i) (void)key.sign(message);
  const double sign = seconds_since(start) / kTimes * 1e6;
  start = Steady::now();
  for (int i = 0; i < kTimes; ++i)
    if (!key.public_key().verify(message, signature)) throw std::runtime_error("bench: a signature does not verify");
  return {sign, seconds_since(start) / kTimes * 1e6};
}

enum class Signing { session, author };

std::string name_of(Signing signing) { return signing == Signing::session ? "session" : "author"; }

struct BenchLedger {
  std::filesystem::path directory;
  int units = 1, lines = 1;
  std::string name = {};
  std::vector<std::string> tokens = {};  // by actor
};

std::vector<std::string> make_requests(const BenchLedger& ledger, Signing signing, std::uint64_t count) {
  SessionMaker maker(ledger.name, ledger.units, ledger.lines, std::random_device{}());
  std::vector<std::string> requests;
  for (std::uint64_t i = 0; i < count; ++i) {
    const int actor = int(i % (kBenchActors / 2)) * 2 + (signing == Signing::author ? 1 : 0);
    requests.push_back(post_event(ledger.tokens[std::size_t(actor)],
                                  signing == Signing::author ? maker.author_body(actor) : maker.session_body(actor)));
  }
  return requests;
}

void prepare(BenchLedger& ledger) {
  ledger::Ledger opened(ledger.directory);
  ledger.name = opened.log().name();
  for (int actor = 0; actor < kBenchActors; ++actor)
    ledger.tokens.push_back(api::issue_token(ledger.directory / "tokens.jsonl", bench_actor(actor)));
}

struct Sample {
  double events_per_second = 0, cpu_us = 0, writer_us = 0, generator_us = 0, bytes = 0, resident_mib = 0;
  double sign_us = 0, verify_us = 0;
};

Sample measure_http(const ServerProcess& server, const BenchLedger& ledger, Signing signing,
                    const BenchOptions& options) {
  const auto requests = make_requests(ledger, signing, options.events);
  const auto signatures = measure_signatures();
  // Warm: caches and connections, not counted.
  const auto warm = make_requests(ledger, signing, 1'000);
  run_load(server.port(), warm, options.connections, 0);
  server.rest();
  const auto cpu = server.cpu_seconds(), writer = server.writer_cpu_seconds(), bytes = server.written_bytes();
  const auto load = run_load(server.port(), requests, options.connections, 0);
  server.settle();
  if (load.others > 0) throw std::runtime_error("bench: an answer was not 2xx: " + load.first_other);
  const auto count = double(load.succeeded);
  return {count / load.seconds,
          (server.cpu_seconds() - cpu) / count * 1e6,
          (server.writer_cpu_seconds() - writer) / count * 1e6,
          load.generator_cpu_seconds / count * 1e6,
          (server.written_bytes() - bytes) / count,
          server.resident_mib(),
          signatures.sign_us,
          signatures.verify_us};
}

double process_cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

// The same door and writer without HTTP: as many threads as cores, each with up to 64 statements under way.
Sample measure_in_process(BenchLedger& bench, Signing signing, const BenchOptions& options) {
  const auto requests = make_requests(bench, signing, options.events);
  std::vector<boost::json::value> bodies;
  for (const auto& request : requests) bodies.push_back(crypto::parse_json(body_of(request), {20, 1 << 20}).value());
  ledger::Ledger ledger(bench.directory);
  const auto signatures = measure_signatures();
  const auto written = ledger.store().bytes_written();
  std::atomic<std::size_t> next{0}, done{0};
  std::atomic<bool> failed{false};
  std::counting_semaphore<> room(std::ptrdiff_t(options.connections));
  const auto work = [&] {
    for (std::size_t i = next++; i < bodies.size(); i = next++) {
      const auto& body = bodies[i].get_object();
      const int actor = int(i % (kBenchActors / 2)) * 2 + (signing == Signing::author ? 1 : 0);
      auto proposal = signing == Signing::author
                          ? ledger.door().author(body.at("envelope"), &body.at("content"), bench_actor(actor))
                          : ledger.door().session(bench_actor(actor), body.at("statement"), &body.at("content"));
      if (!proposal) {
        failed = true;
        return;
      }
      std::vector<ledger::Proposal> proposals;
      proposals.push_back(std::move(*proposal));
      room.acquire();
      ledger.writer().submit(std::move(proposals), [&](ledger::Outcome outcome) {
        if (!outcome.result)
          failed = true;
        else
          (void)write_receipt(ledger.prove(*outcome.result, 0));
        ++done;
        room.release();
      });
    }
  };
  const auto cpu = process_cpu_seconds();
  const auto start = Steady::now();
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(2u, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  }
  while (done < bodies.size() && !failed) std::this_thread::sleep_for(std::chrono::microseconds(200));
  if (failed) throw std::runtime_error("bench: a statement was refused in process");
  const auto count = double(bodies.size());
  return {count / seconds_since(start),
          (process_cpu_seconds() - cpu) / count * 1e6,
          0,
          0,
          double(ledger.store().bytes_written() - written) / count,
          0,
          signatures.sign_us,
          signatures.verify_us};
}

struct Series {
  std::vector<Sample> samples;
  double of(double Sample::*figure) const {
    std::vector<double> values;
    for (const auto& sample : samples) values.push_back(sample.*figure);
    return median(values);
  }
};

void print_series(const std::string& title, const Series& series, Signing signing) {
  const auto ed25519 = [&](const Sample& sample) {
    return signing == Signing::author ? sample.verify_us : sample.sign_us;
  };
  const auto cores = double(std::max(1u, std::thread::hardware_concurrency()));
  std::vector<double> ratios, shares;
  for (const auto& sample : series.samples) {
    ratios.push_back(ed25519(sample) / sample.cpu_us);
    shares.push_back(sample.events_per_second / (cores * 1e6 / ed25519(sample)));
  }
  fmt::print("{:<34} {:>9.0f} {:>9.1f} {:>8.1f} {:>9.1f} {:>8.2f} {:>10.2f} {:>9.0f} {:>9.1f}\n", title,
             series.of(&Sample::events_per_second), series.of(&Sample::cpu_us), series.of(&Sample::writer_us),
             series.of(&Sample::generator_us), median(ratios), median(shares), series.of(&Sample::bytes),
             series.of(&Sample::resident_mib));
}

void append(const BenchOptions& options, const Session& session) {
  const std::filesystem::path root = options.directory.empty()
                                         ? std::filesystem::temp_directory_path() / "fedatario-bench"
                                         : std::filesystem::path(options.directory);
  std::filesystem::create_directories(root);
  // The same work on both: sessions held in one unit's interventions. The large one has all that history besides;
  // `scattered` works all over it.
  const int lines = int(std::clamp<std::uint64_t>((options.small - 60) / 2, 10, kBenchLines));
  BenchLedger large{root / "large", 1, lines};
  const auto start = Steady::now();
  if (!std::filesystem::exists(large.directory)) {
    std::cout << session.say("Preparando el libro grande…", "Making the large ledger…") << std::endl;
    make_bench_ledger(large.directory, {});
  }
  fill_bench_ledger(large.directory, options.large, kBenchUnits, kBenchLines, [&](std::uint64_t have) {
    if (have % 50'000 < 1'000) std::cout << "  " << have << '/' << options.large << std::endl;
  });
  std::cout << fmt::format("{} {:.0f} s\n", session.say("Libro grande listo en", "Large ledger ready in"),
                           seconds_since(start))
            << std::flush;
  prepare(large);
  auto scattered = large;
  scattered.units = kBenchUnits;
  scattered.lines = kBenchLines;
  std::vector<double> startups;
  for (int i = 0; i < options.rounds; ++i) {
    const ServerProcess server(large.directory);
    server.rest();  // the first time the views are folded, which is not counted
    if (i > 0 || options.rounds == 1) startups.push_back(server.startup_seconds());
  }
  const auto cores = std::max(1u, std::thread::hardware_concurrency());
  std::map<std::string, Series> http_small, http_large, http_scattered, in_process;
  // The large ledger stays open, as it does in life: files that opening and closing leave behind would have to be
  // compacted at the cost of few events.
  std::optional<ServerProcess> server(std::in_place, large.directory);
  server->rest();
  for (int round = 0; round < options.rounds; ++round) {
    for (const auto signing : {Signing::session, Signing::author}) {
      const auto name = name_of(signing);
      BenchLedger small{root / "small", 1, lines};
      std::filesystem::remove_all(small.directory);
      make_small_bench_ledger(small.directory, small.lines);
      prepare(small);
      {
        const ServerProcess fresh(small.directory);
        http_small[name].samples.push_back(measure_http(fresh, small, signing, options));
      }
      http_large[name].samples.push_back(measure_http(*server, large, signing, options));
      http_scattered[name].samples.push_back(measure_http(*server, scattered, signing, options));
    }
    std::cout << session.say("ronda ", "round ") << round + 1 << '/' << options.rounds << std::endl;
  }
  std::map<std::string, LoadResult> steady;
  for (const auto signing : {Signing::session, Signing::author}) {
    server->rest();
    steady[name_of(signing)] =
        run_load(server->port(), make_requests(large, signing, 10'000), options.connections, 1'000);
  }
  server.reset();
  for (int round = 0; round < options.rounds; ++round)
    for (const auto signing : {Signing::session, Signing::author})
      in_process[name_of(signing)].samples.push_back(measure_in_process(large, signing, options));
  const auto& any = http_large["session"];
  fmt::print("\n{} {} cores; Ed25519 sign {:.1f} us, verify {:.1f} us (OpenSSL, one core, median of the rounds)\n",
             session.say("Máquina:", "Machine:"), cores, any.of(&Sample::sign_us), any.of(&Sample::verify_us));
  fmt::print("{} {}\n\n", session.say("Medianas de las rondas:", "Medians of the rounds:"), options.rounds);
  fmt::print("{:<34} {:>9} {:>9} {:>8} {:>9} {:>8} {:>10} {:>9} {:>9}\n", "", "events/s", "CPU us/ev", "writer",
             "generator", "Ed/CPU", "of cores", "bytes/ev", "RSS MiB");
  for (const auto signing : {Signing::session, Signing::author}) {
    const auto name = name_of(signing);
    print_series("HTTP, " + name + "-signed, small", http_small[name], signing);
    print_series("HTTP, " + name + "-signed, large", http_large[name], signing);
    print_series("HTTP, " + name + "-signed, scattered", http_scattered[name], signing);
    print_series("in process, " + name + "-signed, large", in_process[name], signing);
    fmt::print("  large/small: CPU {:.2f}, bytes {:.2f}\n",
               http_large[name].of(&Sample::cpu_us) / http_small[name].of(&Sample::cpu_us),
               http_large[name].of(&Sample::bytes) / http_small[name].of(&Sample::bytes));
  }
  for (const auto& [name, load] : steady) {
    const auto& all = load.latencies_ms;
    fmt::print("{}-signed at 1,000 events/s: p50 {:.2f} ms, p99 {:.2f} ms to the receipt ({} answers 2xx, {} others)\n",
               name, all[all.size() / 2], all[all.size() * 99 / 100], load.succeeded, load.others);
  }
  fmt::print("start-up at {} events: {:.3f} s\n", options.large, median(startups));
  fmt::print(
      "\nEd/CPU: Ed25519 us (sign for session-signed, verify for author-signed) / server CPU us per event; views "
      "included.\n"
      "scattered: over all interventions of the large ledger, most of them not in memory.\n"
      "of cores: events/s / (cores x OpenSSL's rate). generator: its CPU us per event, on the same cores.\n");
}

}  // namespace

void add_bench(CLI::App& app, Session& session) {
  auto options = std::make_shared<BenchOptions>();
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  auto* command = app.add_subcommand("bench", text("Mediciones, con razones tomadas en una misma corrida",
                                                   "Measurements, with ratios taken in one run"));
  command->require_subcommand(1);
  auto* part = command->add_subcommand("append", text("Lo que cuesta registrar, frente a lo que cuestan las firmas",
                                                      "What recording costs, against what signatures cost"));
  part->add_option("--dir", options->directory,
                   text("Carpeta de trabajo (se conserva y se reutiliza)", "Working folder (kept and used again)"));
  part->add_option("--large", options->large, text("Eventos del libro grande", "Events of the large ledger"))
      ->capture_default_str();
  part->add_option("--small", options->small, text("Eventos del libro pequeño", "Events of the small ledger"))
      ->capture_default_str();
  part->add_option("--events", options->events, text("Eventos de cada medición", "Events of each measurement"))
      ->capture_default_str();
  part->add_option("--rounds", options->rounds, text("Rondas; se informa la mediana", "Rounds; the median is told"))
      ->capture_default_str();
  part->add_option("--connections", options->connections, text("Conexiones HTTP", "HTTP connections"))
      ->capture_default_str();
  part->callback([options, &session] { append(*options, session); });
  add_bench_views(*command, session);
  add_bench_queries(*command, session);
  add_bench_proof(*command, session);
}

}  // namespace fedatario::tools
