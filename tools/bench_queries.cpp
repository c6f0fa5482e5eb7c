// `fedatario bench queries DIR`: what asking a running service costs, now and as of the middle of its log, as a client
// sees it; and how many reads by key it answers, held against a Beast server that sends the same bytes in the same run.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <random>
#include <set>

#include "api/tokens.hpp"
#include "crypto/hash.hpp"
#include "ledger/directory.hpp"
#include "tools/bare_server.hpp"
#include "tools/bench_load.hpp"
#include "tools/bench_queries.hpp"
#include "tools/bench_server.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;
using Random = std::mt19937_64;

constexpr std::size_t kPlansLookedAt = 200;  // what is asked for is picked from these

struct Options {
  std::string directory, actor = "administrador.1";
  std::size_t times = 1'000, reads = 20'000, connections = 16;
  int rounds = 5;
};

// A token for this run alone.
class Access {
 public:
  Access(const ledger::Directory& directory, const std::string& actor)
      : file_(directory.tokens()), token_(api::issue_token(file_, actor, {}, "bench queries")) {}
  ~Access() {
    try {
      api::revoke_token(file_, crypto::to_hex(crypto::sha256(token_)));
    } catch (const api::TokenFileError&) {
      // The file has gone, and the token with it.
    }
  }
  Access(const Access&) = delete;
  Access& operator=(const Access&) = delete;

  const std::string& token() const { return token_; }

 private:
  const std::filesystem::path file_;
  const std::string token_;
};

struct Service {
  const ServerProcess& process;
  const std::string& token;

  json::value ask(const std::string& target) const {
    const auto answer = exchange_one(process.port(), get_request(token, target));
    if (!answer.starts_with("HTTP/1.1 200"))
      throw Failure(kExitEnvironment,
                    "GET " + target + ": " + answer.substr(0, 12) + " " + std::string(body_of(answer)));
    return json::parse(body_of(answer));
  }
};

// What can be asked for, as it stood in the middle of the log.
struct Known {
  std::vector<std::string> lines, plans;  // paths
  std::vector<std::string> years;
  // Of an actor and a month in which he recorded something: "actor=...&recorded=2026-03-01..2026-03-31".
  std::vector<std::string> months;
};

std::string text_of(const json::value& object, std::string_view name) {
  const auto& value = object.at(name);
  return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

// The days of the month of a time in RFC 3339, "2026-03-01..2026-03-31".
std::string month_of(const std::string& time) {
  const auto month = time.substr(0, 7);
  const std::chrono::year_month_day_last end(
      std::chrono::year(std::stoi(month.substr(0, 4))),
      std::chrono::month_day_last(std::chrono::month(unsigned(std::stoul(month.substr(5))))));
  return fmt::format("{}-01..{}-{:02}", month, month, unsigned(end.day()));
}

Known known_at(const Service& service, std::uint64_t middle) {
  Known known;
  std::set<std::string> years, months;
  const auto as_of = fmt::format("as_of={}", middle);
  const auto plans = service.ask(fmt::format("/v1/plans?limit={}&{}", kPlansLookedAt, as_of));
  for (const auto& plan : plans.at("items").as_array()) {
    const auto year = text_of(plan, "fiscal_year");
    const auto path = "/v1/plans/" + year + "/" + text_of(plan, "unit");
    const auto lines = service.ask(path + "/lines?limit=1000&" + as_of);
    if (lines.at("items").as_array().empty()) continue;
    years.insert(year);
    known.plans.push_back(path);
    for (const auto& line : lines.at("items").as_array())
      known.lines.push_back(path + "/lines/" + text_of(line, "line"));
    const auto history = service.ask(path + "/history?limit=1000&" + as_of);
    for (const auto& row : history.at("items").as_array())
      months.insert("actor=" + text_of(row, "actor") + "&recorded=" + month_of(text_of(row, "recorded")));
  }
  if (known.lines.empty()) throw Failure(kExitEnvironment, "the ledger has no lines at half its length");
  known.years.assign(years.begin(), years.end());
  known.months.assign(months.begin(), months.end());
  return known;
}

template <class T>
const T& pick(const std::vector<T>& from, Random& random) {
  return from[random() % from.size()];
}

// What is measured: the target of a request for something picked at random, ending so that a parameter can follow.
struct Question {
  std::string name;
  std::size_t once_in;  // asked once where others are asked so many times
  std::function<std::string(const Known&, Random&)> target;
};

std::vector<Question> questions() {
  return {
      {"line by key", 1, [](const Known& known, Random& random) { return pick(known.lines, random) + "?"; }},
      {"page of 50 lines", 1,
       [](const Known& known, Random& random) { return pick(known.plans, random) + "/lines?limit=50&"; }},
      {"compliance of a fiscal year", 100,
       [](const Known& known, Random& random) { return "/v1/compliance/" + pick(known.years, random) + "?"; }},
      {"trail of a plan, 50 rows", 1,
       [](const Known& known, Random& random) { return pick(known.plans, random) + "/history?limit=50&"; }},
      {"trail search, actor and month", 1,
       [](const Known& known, Random& random) { return "/v1/trail?" + pick(known.months, random) + "&limit=50&"; }},
  };
}

struct Latencies {
  double p50_ms = 0, p99_ms = 0;
};

Latencies latencies(const Service& service, const Question& question, const Known& known, std::size_t times,
                    const std::string& parameter) {
  Random random(1);
  std::vector<std::string> requests;
  for (std::size_t i = 0; i < times; ++i)
    requests.push_back(get_request(service.token, question.target(known, random) + parameter));
  const auto load = run_load(service.process.port(), requests, 1, 0);
  if (load.others > 0) throw Failure(kExitEnvironment, question.name + ": " + load.first_other);
  const auto& all = load.latencies_ms;
  return {all[all.size() / 2], all[all.size() * 99 / 100]};
}

struct Rate {
  double per_second = 0, cpu_us = 0;
};

template <class Server>
Rate rate_of(const Server& server, const std::vector<std::string>& requests, std::size_t connections) {
  const auto cpu = server.cpu_seconds();
  const auto load = run_load(server.port(), requests, connections, 0);
  if (load.others > 0) throw Failure(kExitEnvironment, load.first_other);
  return {double(requests.size()) / load.seconds, (server.cpu_seconds() - cpu) / double(requests.size()) * 1e6};
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void compare_reads(const Service& service, const Known& known, const Options& options, const Session& session) {
  Random random(2);
  std::vector<std::string> requests;
  for (std::size_t i = 0; i < options.reads; ++i)
    requests.push_back(get_request(service.token, pick(known.lines, random)));
  const BareServer bare(exchange_one(service.process.port(), requests.front()));
  std::vector<double> ours, theirs, our_cpu, their_cpu, ratios, cpu_ratios;
  for (int round = 0; round < options.rounds; ++round) {
    const auto one = rate_of(service.process, requests, options.connections);
    const auto other = rate_of(bare, requests, options.connections);
    ours.push_back(one.per_second), our_cpu.push_back(one.cpu_us);
    theirs.push_back(other.per_second), their_cpu.push_back(other.cpu_us);
    ratios.push_back(one.per_second / other.per_second), cpu_ratios.push_back(other.cpu_us / one.cpu_us);
  }
  *session.out << fmt::format(
      "\nreads of a line by key, {} connections, medians of {} alternating rounds (the client's thread shares the "
      "cores)\n"
      "service {:.0f}/s, {:.1f} us of its CPU each; bare Beast {:.0f}/s, {:.1f} us; ratio {:.2f}, by CPU {:.2f}\n",
      options.connections, options.rounds, median(ours), median(our_cpu), median(theirs), median(their_cpu),
      median(ratios), median(cpu_ratios));
}

int bench(const Options& options, const Session& session) {
  const ledger::Directory directory{options.directory};
  if (!std::filesystem::exists(directory.log()))
    throw Failure(kExitEnvironment,
                  session.say("no hay libro en ", "there is no ledger in ") + directory.root.string());
  const Access access(directory, options.actor);
  const ServerProcess process(directory.root);
  process.rest();
  const Service service{process, access.token()};
  const auto size = std::uint64_t(process.metric("fedatario_log_events"));
  const auto known = known_at(service, size / 2);
  auto& out = *session.out;
  out << fmt::format("{} events; {} plans and {} lines to ask for; server {:.0f} MiB resident\n\n", size,
                     known.plans.size(), known.lines.size(), process.resident_mib());
  out << fmt::format("{:<30} {:>8} {:>9} {:>9} {:>10} {:>10} {:>7} {:>7}\n", "ms, one client", "asked", "now p50",
                     "now p99", "as of p50", "as of p99", "p50 x", "p99 x");
  for (const auto& question : questions()) {
    const auto times = std::max<std::size_t>(options.times / question.once_in, 10);
    const auto as_of = fmt::format("as_of={}", size / 2);
    latencies(service, question, known, times / 10 + 1, "");
    latencies(service, question, known, times / 10 + 1, as_of);
    const auto now = latencies(service, question, known, times, "");
    const auto past = latencies(service, question, known, times, as_of);
    out << fmt::format("{:<30} {:>8} {:>9.2f} {:>9.2f} {:>10.2f} {:>10.2f} {:>7.2f} {:>7.2f}\n", question.name, times,
                       now.p50_ms, now.p99_ms, past.p50_ms, past.p99_ms, past.p50_ms / now.p50_ms,
                       past.p99_ms / now.p99_ms)
        << std::flush;
  }
  compare_reads(service, known, options, session);
  out << fmt::format("server at the end {:.0f} MiB resident\n", process.resident_mib());
  return kExitWell;
}

}  // namespace

void add_bench_queries(CLI::App& bench_command, Session& session) {
  auto options = std::make_shared<Options>();
  const auto text = [&](std::string_view es, std::string_view en) { return session.say(es, en); };
  auto* part = bench_command.add_subcommand(
      "queries", text("Lo que cuesta consultar un servicio, ahora y a la mitad de su libro, y lo que atiende frente a "
                      "un servidor Beast desnudo",
                      "What asking a service costs, now and as of the middle of its log, and what it answers against "
                      "a bare Beast server"));
  part->add_option("DIR", options->directory,
                   text("Carpeta del libro; se sirve entretanto", "Folder of the ledger; it is served meanwhile"))
      ->required();
  part->add_option("--actor", options->actor, text("Actor que consulta", "Actor who asks"))->capture_default_str();
  part->add_option("--times", options->times,
                   text("Veces que se hace cada consulta", "How often each question is asked"))
      ->capture_default_str();
  part->add_option("--reads", options->reads, text("Lecturas por clave de cada ronda", "Reads by key of each round"))
      ->capture_default_str();
  part->add_option("--rounds", options->rounds, text("Rondas; se informa la mediana", "Rounds; the median is told"))
      ->capture_default_str();
  part->add_option("--connections", options->connections, text("Conexiones HTTP", "HTTP connections"))
      ->capture_default_str();
  set_command(*part, session, [options, &session] { return bench(*options, session); });
}

}  // namespace fedatario::tools
