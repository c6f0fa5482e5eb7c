// A thread that looks at the clock, and the client of time stamping authorities.
#include "tools/keeping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "crypto/hash.hpp"
#include "ledger/timestamps.hpp"
#include "tools/client.hpp"

namespace fedatario::tools {
namespace {

using ledger::Ledger;

constexpr auto kAnswerTimeout = std::chrono::seconds(20);

std::string say(Language language, std::string_view es, std::string_view en) {
  return std::string(language == Language::es ? es : en);
}

Client client_of(const TimeAuthority& authority, Language language) {
  ClientOptions options;
  options.url = authority.url;
  options.ca_file = authority.ca_file;
  options.language = language;
  options.answer_timeout = options.connect_timeout = kAnswerTimeout;
  options.overload_retries = 0;
  options.answer_bytes = crypto::kMaxTimestampReply;
  return Client(std::move(options));
}

// Where the URL has no path its root is asked.
std::string target_of(const std::string& url) {
  const auto path = url.find('/', url.find("://") + 3);
  return path == std::string::npos || path + 1 == url.size() ? "/" : "";
}

// The clock of an authority that differs from the ledger's by more is not believed: what it says would stand for ever.
constexpr std::int64_t kTolerance = 60'000'000;
constexpr auto kPauseAfterFailure = std::chrono::minutes(10);

crypto::Bytes ask(const Ledger& ledger, const TimeAuthority& authority, const ledger::Imprint& of, Language language) {
  const auto query = crypto::make_timestamp_query(of.hash, of.digest);
  const auto reply =
      client_of(authority, language).post(target_of(authority.url), "application/timestamp-query", query.der);
  if (!reply.good())
    throw Failure(kExitEnvironment,
                  fmt::format(fmt::runtime(say(language, "la autoridad {} respondió {}", "authority {} answered {}")),
                              authority.code, reply.status));
  auto token = crypto::read_timestamp_reply(reply.body, query);
  if (!token)
    throw Failure(kExitRefused, fmt::format(fmt::runtime(say(language, "la estampa de {} no vale: {}",
                                                             "the timestamp of {} does not hold: {}")),
                                            authority.code, token.error().what));
  const auto time = check_timestamp(*token, of.hash, of.digest, nullptr).value();
  const auto apart = time.micros - ledger.now().micros;
  if (std::abs(apart) > kTolerance + time.accuracy_micros.value_or(0))
    throw Failure(
        kExitRefused,
        fmt::format(fmt::runtime(say(language, "el reloj de {} difiere en {} s del de este libro: no se asienta",
                                     "the clock of {} differs from this ledger's by {} s: not recorded")),
                    authority.code, apart / 1'000'000));
  return *std::move(token);
}

template <class Event>
void record(Ledger& ledger, const TimeAuthority& authority, std::uint64_t size, const crypto::Digest& root,
            crypto::Bytes token, Language language) {
  Event event;
  event.open.authority = {authority.code};
  event.open.root = root;
  event.open.size = {std::int64_t(size)};
  event.open.token_sha256 = crypto::sha256(token);
  event.token = {std::move(token)};
  auto outcome = ledger.say(std::string(ledger::LedgerState::kKind), ledger::Body(std::in_place_type<Event>, event));
  if (outcome.failure) std::rethrow_exception(outcome.failure);
  if (!outcome.result) throw Failure(kExitRefused, outcome.result.error().text(language));
}

}  // namespace

TimeAuthority parse_authority(const std::string& text, const std::string& ca_file, Language language) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || !ledger::is_segment(text.substr(0, equals)))
    throw Failure(kExitUsage, text + say(language, ": se espera CÓDIGO=URL, como tsa=https://tsa.entidad.gov.co/tsr",
                                         ": CODE=URL is expected, such as tsa=https://tsa.agency.gov/tsr"));
  TimeAuthority authority{text.substr(0, equals), text.substr(equals + 1), ca_file};
  (void)client_of(authority, language);  // throws for what is no address
  return authority;
}

void obtain_stamp(Ledger& ledger, const TimeAuthority& authority, Language language) {
  const auto head = ledger.writer().head();
  const ledger::StampedHeads heads(ledger.log().founding().origin);
  auto token = ask(ledger, authority, heads.imprint(head->size, head->root, false), language);
  record<ledger::TimestampObtained>(ledger, authority, head->size, head->root, std::move(token), language);
}

std::size_t renew_stamps(Ledger& ledger, const TimeAuthority& authority, ledger::Recorded before, Language language) {
  ledger::StampedHeads heads(ledger.log().founding().origin);
  std::map<std::uint64_t, std::pair<crypto::Digest, ledger::Recorded>> newest;  // stamp of each head, by size
  for (const auto& stamp : stamps_of(ledger.log())) {
    if (!stamp.token || !heads.check(stamp, nullptr)) continue;
    newest[stamp.size] = {stamp.root, ledger.log().entry(stamp.position).event.recorded_at};
  }
  std::size_t renewed = 0;
  for (const auto& [size, stamp] : newest) {
    const auto& [root, at] = stamp;
    if (at >= before) continue;
    record<ledger::TimestampRenewed>(ledger, authority, size, root,
                                     ask(ledger, authority, heads.imprint(size, root, true), language), language);
    ++renewed;
  }
  return renewed;
}

Keeping::Keeping(Ledger& ledger, KeepingOptions options, std::function<void(std::string_view)> log)
    : ledger_(ledger), options_(std::move(options)), log_(std::move(log)), thread_([this] { run(); }) {}

Keeping::~Keeping() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

// What failed is tried again after a while, and the rest goes on.
void Keeping::attempt(const std::string& what, const std::function<void()>& step) {
  const auto now = std::chrono::steady_clock::now();
  if (const auto failed = failed_.find(what); failed != failed_.end() && now - failed->second < kPauseAfterFailure)
    return;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
  try {
    step();
    failed_.erase(what);
  } catch (const std::exception& failure) {
    failed_[what] = now;
    log_(what + ": " + failure.what());
  }
}

void Keeping::run() {
  if (!options_.authorities.empty())
    attempt("timestamps", [&] {
      for (const auto& stamp : stamps_of(ledger_.log()))
        if (!stamp.renews) stamped_[stamp.authority] = ledger_.log().entry(stamp.position).event.recorded_at;
    });
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    attempt("heads of streams", [&] { keep_heads(); });
    for (const auto& authority : options_.authorities)
      attempt("timestamp of " + authority.code, [&] { keep_time(authority); });
    lock.lock();
    wake_.wait_for(lock, options_.look_every, [&] { return stopping_; });
  }
}

// Once a day from the day after the founding, when something was recorded since.
void Keeping::keep_heads() {
  const auto last = ledger_.log().fold(ledger::LedgerState::kKind).value().state.get<ledger::LedgerState>().heads_at;
  const auto since = std::max(last, ledger_.log().founding().founded_at);
  if (since.day() >= ledger_.now().day() || ledger_.writer().head()->recorded_at == last) return;
  auto outcome = ledger_.record_heads();
  if (outcome.failure) std::rethrow_exception(outcome.failure);
  if (!outcome.result) throw std::runtime_error(outcome.result.error().text(Language::en));
}

void Keeping::keep_time(const TimeAuthority& authority) {
  const auto every = std::chrono::duration_cast<std::chrono::microseconds>(options_.stamp_every).count();
  auto& last = stamped_[authority.code];
  const auto now = ledger_.now();
  if (now.micros - last.micros < every) return;
  obtain_stamp(ledger_, authority, Language::en);
  last = now;
}

}  // namespace fedatario::tools
