// add-checkpoint, as its client.
#include "tools/witnessing.hpp"

#include <fmt/format.h>

#include <chrono>

#include "crypto/hash.hpp"
#include "crypto/text_lines.hpp"
#include "crypto/witness_request.hpp"
#include "ledger/head_keys.hpp"
#include "tools/client.hpp"

namespace fedatario::tools {
namespace {

using ledger::Publication;

constexpr auto kAnswerTimeout = std::chrono::seconds(10);
constexpr auto kShortestPause = std::chrono::milliseconds(250), kLongestPause = std::chrono::milliseconds(30'000);
constexpr int kMaxTries = 3;  // with the size that the witness names

std::string say(Language language, std::string_view es, std::string_view en) {
  return std::string(language == Language::es ? es : en);
}

Client client_of(const crypto::Policy::Witness& witness, Language language = Language::en) {
  ClientOptions options;
  options.url = witness.url;
  options.language = language;
  options.answer_timeout = options.connect_timeout = kAnswerTimeout;
  options.overload_retries = 0;
  options.answer_bytes = 64 * 1024;
  return Client(std::move(options));
}

// What came of sending one candidate.
struct Sent {
  bool cosigned = false;
  std::string why;
};

class Conversation {
 public:
  Conversation(const ledger::Ledger& ledger, Publication& publication, std::size_t number)
      : ledger_(ledger),
        publication_(publication),
        number_(number),
        client_(client_of(publication.policy().witnesses[number])) {}

  Sent send(const Publication::Candidate& candidate) {
    for (int tries = 0; tries < kMaxTries; ++tries) {
      const auto reply = client_.post("/add-checkpoint", "text/plain; charset=utf-8", body_of(candidate));
      if (reply.status == 200) return take(reply.body, candidate);
      if (reply.status != 409) return {false, fmt::format("answer {}: {}", reply.status, reply.body.substr(0, 200))};
      crypto::View rest = reply.body;
      const auto line = crypto::next_line(rest);
      const auto size = line ? crypto::read_decimal(*line) : std::nullopt;
      if (!size) return {false, "it names no size with its answer 409"};
      if (*size > candidate.size)
        return {false,
                fmt::format("it has cosigned this log at size {}, and the log has {}: positions {} to {} were lost "
                            "here, or another history is kept elsewhere",
                            *size, candidate.size, candidate.size, *size - 1)};
      size_ = *size;
    }
    return {false, "it names another size each time"};
  }

 private:
  std::string body_of(const Publication::Candidate& candidate) const {
    crypto::WitnessRequest request{size_, {}, candidate.note};
    if (size_ > 0) request.proof = ledger_.prove_consistency(size_, candidate.size).path;
    return crypto::format_witness_request(request);
  }

  Sent take(const std::string& body, const Publication::Candidate& candidate) {
    crypto::View rest = body;
    while (const auto line = crypto::next_line(rest)) {
      const auto signature = crypto::parse_note_signature(std::string(*line) + "\n");
      if (!signature || !publication_.cosigned(number_, candidate, *signature)) continue;
      size_ = candidate.size;
      return {true, {}};
    }
    return {false, "its answer holds no cosignature of its own"};
  }

  const ledger::Ledger& ledger_;
  Publication& publication_;
  const std::size_t number_;
  Client client_;
  std::uint64_t size_ = 0;  // that it cosigned last, as far as we know
};

}  // namespace

crypto::Policy read_policy(const std::string& path, Language language) {
  std::optional<std::string> text;
  try {
    text = ledger::CheckpointFile::read(path);
  } catch (const ledger::StoreError&) {
    // Said below.
  }
  if (!text)
    throw Failure(
        kExitEnvironment,
        say(language, "no se puede leer la política de testigos ", "the witness policy cannot be read: ") + path);
  auto policy = crypto::parse_policy(*text);
  if (!policy)
    throw Failure(kExitUsage, fmt::format(fmt::runtime(say(language, "{}, línea {}: {}", "{}, line {}: {}")), path,
                                          policy.error().offset, policy.error().what));
  for (const auto& witness : policy->witnesses)
    if (!witness.url.empty()) (void)client_of(witness, language);  // throws for what is no address
  return *std::move(policy);
}

std::optional<std::string> find_rollback(const ledger::Ledger& ledger, const std::string& note,
                                         const std::string& whose, Language language) {
  const auto seen = ledger::open_head(note, ledger.log().founding());
  if (!seen)
    return fmt::format(fmt::runtime(say(language, "el punto de control de {} no es de este libro: {}",
                                        "the checkpoint of {} is not this log's: {}")),
                       whose, seen.error().what);
  const auto head = ledger.store().head();
  if (seen->size > head.size)
    return fmt::format(
        fmt::runtime(
            say(language,
                "{} tiene un punto de control firmado de {} hechos y este libro tiene {}: faltan las "
                "posiciones {} a {}",
                "{} has a signed checkpoint of {} events and this log has {}: positions {} to {} are missing")),
        whose, seen->size, head.size, head.size, seen->size - 1);
  if (crypto::tree_root(seen->size, ledger.log().hash_reader()) != seen->root)
    return fmt::format(
        fmt::runtime(say(language, "los primeros {} hechos de este libro no son los del punto de control de {}",
                         "the first {} events of this log are not those of the checkpoint of {}")),
        seen->size, whose);
  return std::nullopt;
}

std::optional<std::string> find_rollback(const ledger::Ledger& ledger, const crypto::Policy& policy, Language language,
                                         const std::function<void(std::string_view)>& log) {
  const auto place = "/" + crypto::to_hex(crypto::sha256(ledger.log().founding().origin)) + "/checkpoint";
  for (const auto& witness : policy.witnesses) {
    if (witness.url.empty()) continue;
    try {
      const auto reply = client_of(witness).get(place, "text/plain");
      if (reply.status == 404) continue;  // it has cosigned nothing yet
      const auto note = reply.good() ? crypto::parse_note(reply.body) : crypto::Fault{0, std::to_string(reply.status)};
      const auto cosigned = note ? crypto::verify_cosignatures(*note, {witness.key}) : note.error();
      // What not both have signed proves nothing, and could keep the service from starting.
      if (!cosigned || cosigned->empty() || !ledger::open_head(reply.body, ledger.log().founding())) {
        log("witness " + witness.name + ": its checkpoint does not hold");
        continue;
      }
      if (auto why =
              find_rollback(ledger, reply.body, say(language, "el testigo ", "witness ") + witness.name, language))
        return why;
    } catch (const Failure& failure) {
      log("witness " + witness.name + ": " + failure.what());
    }
  }
  return std::nullopt;
}

Witnessing::Witnessing(const ledger::Ledger& ledger, Publication& publication,
                       std::function<void(std::string_view)> log)
    : ledger_(ledger), publication_(publication), log_(std::move(log)) {
  const auto& witnesses = publication_.policy().witnesses;
  for (std::size_t i = 0; i < witnesses.size(); ++i)
    if (!witnesses[i].url.empty()) threads_.emplace_back([this, i] { follow(i); });
}

Witnessing::~Witnessing() {
  publication_.stop();
  threads_.clear();
}

void Witnessing::follow(std::size_t number) {
  const auto& witness = publication_.policy().witnesses[number];
  Conversation conversation(ledger_, publication_, number);
  auto pause = kShortestPause;
  std::string told;
  std::uint64_t size = 0;
  while (const auto candidate = publication_.next_candidate(size)) {
    Sent sent;
    try {
      sent = conversation.send(*candidate);
    } catch (const std::exception& failure) {
      sent.why = failure.what();
    }
    if (sent.cosigned) {
      size = candidate->size;
      pause = kShortestPause;
      told.clear();
      continue;
    }
    if (sent.why != told) log_("witness " + witness.name + ": " + sent.why);
    told = sent.why;
    publication_.failed(number, sent.why);
    if (!publication_.pause(pause)) return;
    pause = std::min(pause * 2, kLongestPause);
  }
}

}  // namespace fedatario::tools
