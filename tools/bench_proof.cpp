// `fedatario bench proof DIR`: what proving costs: verifying a whole ledger against what its signatures alone would
// take, serving full tiles against a bare Beast server, and whether a slow witness makes a receipt slower.
#include "tools/bench_proof.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <fstream>
#include <list>
#include <memory>
#include <random>
#include <thread>

#include "api/tokens.hpp"
#include "crypto/hash.hpp"
#include "crypto/tiles.hpp"
#include "ledger/directory.hpp"
#include "ledger/verify.hpp"
#include "tools/bare_server.hpp"
#include "tools/bench_ledger.hpp"
#include "tools/bench_load.hpp"
#include "tools/bench_server.hpp"

namespace fedatario::tools {
namespace {

using Steady = std::chrono::steady_clock;
namespace asio = boost::asio;

struct Options {
  std::string directory, actor = "administrador.1";
  int rounds = 3;
  std::size_t tiles = 20'000, connections = 16, events = 3'000;
};

double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

// Signatures a second that OpenSSL verifies with all cores at once, of messages as long as statements are.
double signature_rate() {
  const auto key = crypto::SigningKey::from_seed(std::string(32, 'b'));
  const std::string message(700, 'm');
  const auto signature = key.sign(message);
  const auto cores = std::max(1u, std::thread::hardware_concurrency());
  std::atomic<std::uint64_t> done{0};
  const auto start = Steady::now();
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < cores; ++i)
      threads.emplace_back([&] {
        const auto public_key = key.public_key();
        while (seconds_since(start) < 2)
          for (int k = 0; k < 100; ++k) done += public_key.verify(message, signature);
      });
  }
  return double(done) / seconds_since(start);
}

void measure_verify(const Options& options, const Session& session) {
  const ledger::Directory directory{options.directory};
  for (const bool opens : {false, true}) {
    std::vector<double> ratios, rates, alone;
    std::uint64_t size = 0;
    for (int round = 0; round < options.rounds; ++round) {
      const auto rate = signature_rate();
      ledger::VerifyOptions how;
      if (opens) how.kek = directory.kek();
      const auto start = Steady::now();
      const auto report = ledger::verify(options.directory, how);
      const auto seconds = seconds_since(start);
      if (!report.good()) throw Failure(kExitRefused, report.findings[0].en);
      size = report.size;
      rates.push_back(double(report.size) / seconds);
      alone.push_back(rate);
      ratios.push_back(double(report.signatures) / seconds / rate);
    }
    *session.out << fmt::format(
                        "verify, {:<24} {:>8.0f} events/s of {}; OpenSSL alone on all cores {:.0f} signatures/s; "
                        "ratio {:.2f}\n",
                        opens ? "content opened" : "without content", median(rates), size, median(alone),
                        median(ratios))
                 << std::flush;
  }
}

template <class Server>
double rate_of(const Server& server, const std::vector<std::string>& requests, std::size_t connections) {
  const auto load = run_load(server.port(), requests, connections, 0);
  if (load.others > 0) throw Failure(kExitEnvironment, load.first_other);
  return double(requests.size()) / load.seconds;
}

void measure_tiles(const Options& options, const Session& session) {
  const ledger::Directory directory{options.directory};
  const auto token = api::issue_token(directory.tokens(), options.actor, {}, "bench proof");
  const ServerProcess server(options.directory);
  server.rest();
  const auto full = std::uint64_t(server.metric("fedatario_log_events")) / crypto::kTileWidth;
  if (full == 0) throw Failure(kExitEnvironment, "the ledger has no full tile");
  std::mt19937_64 random(3);
  for (const bool entries : {false, true}) {
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < options.tiles / (entries ? 10 : 1); ++i)
      requests.push_back(get_request(token, "/" + crypto::tile_path({entries, 0, random() % full})));
    const BareServer bare(exchange_one(server.port(), requests.front()));
    std::vector<double> ours, theirs, ratios;
    rate_of(server, requests, options.connections);  // warm
    for (int round = 0; round < options.rounds; ++round) {
      ours.push_back(rate_of(server, requests, options.connections));
      theirs.push_back(rate_of(bare, requests, options.connections));
      ratios.push_back(ours.back() / theirs.back());
    }
    *session.out << fmt::format("full {:<26} {:>8.0f}/s; bare Beast {:.0f}/s; ratio {:.2f}\n",
                                entries ? "entry bundles (as text)" : "tiles of hashes", median(ours), median(theirs),
                                median(ratios))
                 << std::flush;
  }
  api::revoke_token(directory.tokens(), crypto::to_hex(crypto::sha256(token)));
}

// Takes connections and never answers: the slowest of witnesses.
class SilentWitness {
 public:
  SilentWitness() : acceptor_(context_, {asio::ip::address_v4::loopback(), 0}) {
    accept();
    thread_ = std::jthread([this] { context_.run(); });
  }
  ~SilentWitness() { context_.stop(); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }

 private:
  void accept() {
    acceptor_.async_accept([this](const boost::system::error_code& error, asio::ip::tcp::socket socket) {
      if (error) return;
      held_.push_back(std::move(socket));
      accept();
    });
  }
  asio::io_context context_;
  asio::ip::tcp::acceptor acceptor_;
  std::list<asio::ip::tcp::socket> held_;
  std::jthread thread_;
};

void measure_receipts(const Options& options, const Session& session) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("fedatario-bench-proof-{}", ::getpid());
  std::filesystem::remove_all(folder);
  constexpr int kLines = 50;
  make_small_bench_ledger(folder, kLines);
  std::string name, vkey;
  {
    const ledger::Ledger ledger(folder);
    name = ledger.log().name();
    const auto& founding = ledger.log().founding();
    vkey =
        crypto::NoteVerifier::make(founding.origin, key_of(founding, ledger::LedgerKey::checkpoint)).value().format();
  }
  const auto token = api::issue_token(folder / "tokens.jsonl", bench_actor(0));
  const SilentWitness witness;
  const auto policy = folder / "policy.txt";
  std::ofstream(policy) << "log " << vkey << "\nwitness slow "
                        << crypto::NoteVerifier::make("slow.example", crypto::SigningKey::generate().public_key(),
                                                      crypto::NoteKeyType::cosignature)
                               .value()
                               .format()
                        << ' ' << witness.url() << "\nquorum slow\n";
  SessionMaker maker(name, 1, kLines, std::random_device{}());
  std::vector<double> p50[2], p99[2];
  for (int round = 0; round < options.rounds; ++round)
    for (const bool slow : {false, true}) {
      std::vector<std::string> requests;
      for (std::size_t i = 0; i < options.events; ++i) requests.push_back(post_event(token, maker.session_body(0)));
      const ServerProcess server(
          folder, slow ? std::vector<std::string>{"--witness-policy", policy.string()} : std::vector<std::string>{});
      server.rest();
      const auto load = run_load(server.port(), requests, options.connections, 500);
      if (load.others > 0) throw Failure(kExitEnvironment, load.first_other);
      const auto& all = load.latencies_ms;
      p50[slow].push_back(all[all.size() / 2]);
      p99[slow].push_back(all[all.size() * 99 / 100]);
    }
  *session.out << fmt::format(
      "to the receipt at 500 events/s, ms: without a witness p50 {:.2f}, p99 {:.2f}; with one that never answers p50 "
      "{:.2f}, p99 {:.2f}; ratio of p50 {:.2f}\n",
      median(p50[0]), median(p99[0]), median(p50[1]), median(p99[1]), median(p50[1]) / median(p50[0]));
  std::filesystem::remove_all(folder);
}

int bench(const Options& options, const Session& session) {
  if (!std::filesystem::exists(ledger::Directory{options.directory}.log()))
    throw Failure(kExitEnvironment, session.say("no hay libro en ", "there is no ledger in ") + options.directory);
  *session.out << fmt::format("{} cores; medians of {} rounds\n", std::max(1u, std::thread::hardware_concurrency()),
                              options.rounds);
  measure_verify(options, session);
  measure_tiles(options, session);
  measure_receipts(options, session);
  return kExitWell;
}

}  // namespace

void add_bench_proof(CLI::App& bench_command, Session& session) {
  auto options = std::make_shared<Options>();
  const auto text = [&](std::string_view es, std::string_view en) { return session.say(es, en); };
  auto* part = bench_command.add_subcommand(
      "proof", text("Lo que cuesta probar: verificar un libro frente a sus solas firmas, servir losetas frente a un "
                    "servidor Beast desnudo, y el recibo con un testigo lento",
                    "What proving costs: verifying a ledger against its signatures alone, serving tiles against a bare "
                    "Beast server, and the receipt with a slow witness"));
  part->add_option("DIR", options->directory,
                   text("Carpeta del libro; se sirve entretanto", "Folder of the ledger; it is served meanwhile"))
      ->required();
  part->add_option("--actor", options->actor, text("Actor que pide las losetas", "Actor who asks for tiles"))
      ->capture_default_str();
  part->add_option("--rounds", options->rounds, text("Rondas; se informa la mediana", "Rounds; the median is told"))
      ->capture_default_str();
  part->add_option("--tiles", options->tiles, text("Losetas por ronda", "Tiles to a round"))->capture_default_str();
  part->add_option("--events", options->events, text("Hechos por ronda", "Events to a round"))->capture_default_str();
  set_command(*part, session, [options, &session] { return bench(*options, session); });
}

}  // namespace fedatario::tools
