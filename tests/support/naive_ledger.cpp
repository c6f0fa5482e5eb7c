// The naive ledger: no cache, no index that is not a map, no hash kept but the leaves'.
#include "tests/support/naive_ledger.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <ctime>
#include <span>

#include "crypto/hash.hpp"
#include "crypto/json.hpp"
#include "ledger/ledger.hpp"
#include "ledger/limits.hpp"
#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/procedure/traces.hpp"
#include "tests/support/show_result.hpp"

namespace fedatario::tests {

using namespace ledger;
namespace json = boost::json;

namespace {

// Far from the edge of what is still allowed: the writer's clock is read a little later than ours.
constexpr std::int64_t kSurelyFutureSeconds = 1'800;

crypto::Digest tree_of(std::span<const crypto::Digest> leaves) {
  if (leaves.empty()) return crypto::sha256("");
  if (leaves.size() == 1) return leaves[0];
  const auto left = std::bit_floor(leaves.size() - 1);
  return crypto::sha256(
      {crypto::View("\x01"), tree_of(leaves.first(left)).view(), tree_of(leaves.subspan(left)).view()});
}

crypto::Digest hash_of(std::string_view leaf) { return crypto::sha256({crypto::View("\0", 1), leaf}); }

}  // namespace

std::string Said::words() const {
  if (by_author) return std::string(statement.at("payload").as_string());
  return crypto::canonical_json(statement) + crypto::canonical_json(content);
}

json::object spoken(const Statement& statement) {
  auto members = crypto::parse_json(write_statement(statement)).value().as_object();
  for (const char* of_service : {"data", "key", "ledger", "personal", "schema"}) members.erase(of_service);
  return members;
}

NaiveLedger::NaiveLedger(const Log& log) {
  const auto founding = log.entry({0});
  add({{founding.event.statement, founding.body, false, founding.event.recorded_at}, {}, {}, true, {}});
  events_[0].leaf = log.store().leaf({0});
  events_[0].hash = hash_of(events_[0].leaf);
  events_[0].recorded_at = founding.event.recorded_at;
}

std::uint64_t NaiveLedger::answered() const {
  auto count = size();
  while (count > 0 && events_[count - 1].leaf.empty()) --count;
  return count;
}

Version NaiveLedger::version(const std::string& stream) const {
  const auto found = streams_.find(stream);
  return {found == streams_.end() ? 0 : found->second.size()};
}

crypto::Digest NaiveLedger::root(std::uint64_t size) const {
  std::vector<crypto::Digest> leaves;
  for (std::uint64_t i = 0; i < size; ++i) leaves.push_back(events_.at(i).hash);
  return tree_of(leaves);
}

std::optional<Reason> NaiveLedger::refusal_of(const Said& said) const {
  const auto& statement = said.saying.statement;
  if (said.no_right) return said.no_right;
  if (statement.version && statement.version->value != version(statement.stream).value + 1)
    return Reason::version_conflict;
  if (statement.cause && !ids_.contains(*statement.cause)) return Reason::cause_unknown;
  if (statement.at.seconds > std::time(nullptr) + kSurelyFutureSeconds) return Reason::in_the_future;
  const auto admitted = rules_.admit(said.saying);
  return admitted ? std::nullopt : std::optional(admitted.error().reason);
}

std::uint64_t NaiveLedger::recorded_until(Recorded time) const {
  return std::uint64_t(
      std::count_if(events_.begin(), events_.end(), [&](const Event& event) { return event.recorded_at <= time; }));
}

void NaiveLedger::add(const Said& said) {
  const auto& statement = said.saying.statement;
  rules_.fold(said.saying);
  ids_.emplace(statement.id, size());
  auto& stream = streams_[statement.stream];
  stream.push_back(size());
  events_.push_back({said, {stream.size()}, {}, {}, {}, {}});
}

void NaiveLedger::add_attempt(const Said& said, Reason reason) {
  const auto& actor = said.saying.statement.actor;
  const bool known = rules_.state("actor/" + actor).get<ActorState>().registered ||
                     rules_.state("ledger").get<LedgerState>().administrator == actor;
  if (!concerns_rights(reason) || !known) return;
  auto& stream = streams_["attempts/" + actor];
  const auto hour = std::time(nullptr) / 3'600;
  const auto in_hour = std::count_if(stream.begin(), stream.end(), [&](std::uint64_t position) {
    const auto& event = events_[position];
    return event.leaf.empty() || event.recorded_at.micros / 3'600'000'000 == hour;
  });
  if (in_hour >= kMaxAttemptsPerHour) return;
  stream.push_back(size());
  events_.push_back({said, {stream.size()}, {}, {}, {}, reason});
  rules_.skip();
}

void NaiveLedger::learn_attempts(const Log& log) {
  for (std::uint64_t i = 0; i < size(); ++i) {
    auto& event = events_[i];
    if (!event.attempt || !event.leaf.empty()) continue;
    INFO("an attempt at position " << i);
    const auto refused = event.said.saying.statement;
    const auto entry = log.entry({i});
    const auto* attempt = entry.body.get_if<AttemptRefused>();
    REQUIRE(attempt);
    CHECK(entry.event.statement.stream == "attempts/" + refused.actor);
    CHECK(entry.event.statement.actor == kLedgerActor);
    CHECK(entry.event.version == event.version);
    CHECK(attempt->open.reason.value == name_of(*event.attempt));
    CHECK(attempt->open.role == refused.as.role);
    CHECK(attempt->open.type.value == refused.type);
    CHECK(attempt->stream.value == refused.stream);
    event.said = {{entry.event.statement, entry.body, false, entry.event.recorded_at}, {}, {}, false, {}};
    event.leaf = log.store().leaf({i});
    event.hash = hash_of(event.leaf);
    event.recorded_at = entry.event.recorded_at;
    rules_.fold_at(event.said.saying, {i});
    ids_.emplace(entry.event.statement.id, i);
  }
}

void NaiveLedger::drop_from(std::uint64_t size) {
  while (events_.size() > size) {
    const auto& statement = events_.back().said.saying.statement;
    const auto stream = streams_.find(statement.stream);
    stream->second.pop_back();
    if (stream->second.empty()) streams_.erase(stream);
    ids_.erase(statement.id);
    events_.pop_back();
  }
}

NaiveLedger::Expected NaiveLedger::take(const Request& request) {
  Expected expected;
  bool taken = false;
  for (const auto& said : request) {
    const auto known = ids_.find(said.saying.statement.id);
    if (known == ids_.end()) continue;
    expected.positions.push_back(known->second);
    taken |= events_[known->second].said.words() != said.words();
  }
  if (!expected.positions.empty()) {
    expected.repeated = !taken && expected.positions.size() == request.size();
    if (!expected.repeated) expected.refused = taken ? Reason::id_taken : Reason::batch_partly_recorded;
    return expected;
  }
  const auto size_before = size();
  const auto rules_before = request.size() > 1 ? std::optional(rules_) : std::nullopt;
  for (std::size_t i = 0; i < request.size(); ++i) {
    expected.refused = ids_.contains(request[i].saying.statement.id) ? Reason::id_taken : refusal_of(request[i]);
    if (expected.refused) {
      if (request.size() > 1) {
        drop_from(size_before);
        rules_ = *rules_before;
        expected = {expected.refused, i + 1, false, {}};
      }
      add_attempt(request[i], *expected.refused);
      return expected;
    }
    expected.positions.push_back(size());
    add(request[i]);
  }
  return expected;
}

void NaiveLedger::check_recorded(std::uint64_t position, const Admitted& admitted) {
  auto& event = events_.at(position);
  const auto& statement = event.said.saying.statement;
  CHECK(admitted.position.value == position);
  CHECK(admitted.version == event.version);
  CHECK(admitted.id == statement.id);
  CHECK(admitted.stream == statement.stream);
  CHECK(admitted.hash == hash_of(admitted.leaf));
  if (!event.leaf.empty()) {
    CHECK(admitted.leaf == event.leaf);
    CHECK(admitted.recorded_at == event.recorded_at);
    return;
  }
  const auto leaf = parse_leaf(admitted.leaf);
  REQUIRE(leaf);
  CHECK(leaf->position.value == position);
  CHECK(leaf->version == event.version);
  CHECK(leaf->recorded_at == admitted.recorded_at);
  CHECK(leaf->recorded_at >= events_.at(position - 1).recorded_at);
  CHECK(leaf->prev.has_value() == (event.version.value > 1));
  if (leaf->prev) CHECK(*leaf->prev == events_.at(streams_.at(statement.stream)[event.version.value - 2]).hash);
  if (event.said.by_author)
    CHECK(leaf->envelope == *crypto::read_envelope(event.said.statement));
  else
    CHECK(spoken(leaf->statement) == event.said.statement);
  event.leaf = admitted.leaf;
  event.hash = admitted.hash;
  event.recorded_at = admitted.recorded_at;
}

void NaiveLedger::check_reads(const ledger::Ledger& ledger) const {
  const auto& store = ledger.store();
  const auto& log = ledger.log();
  CHECK(store.head().size == size());
  CHECK(store.head().root == root(size()));
  CHECK(crypto::RightEdge::load(size(), log.hash_reader()).root() == root(size()));

  const auto leaves = store.leaves({0}, size() + 1);
  REQUIRE(leaves.size() == size());
  const auto entries = log.entries({0}, size() + 1);
  REQUIRE(entries.size() == size());
  for (std::uint64_t i = 0; i < size(); ++i) {
    const auto& event = events_[i];
    const auto& statement = event.said.saying.statement;
    INFO("position " << i);
    CHECK(leaves[i] == event.leaf);
    CHECK(store.find(statement.id) == Position{i});
    CHECK(write_data(entries[i].body) == write_data(event.said.saying.body));
    CHECK(write_open(entries[i].body) == write_open(event.said.saying.body));
    if (i % 16 == 0) CHECK(log.size_at(event.recorded_at) == recorded_until(event.recorded_at));
    CHECK(entries[i].signed_by_author == event.said.by_author);
  }

  std::vector<std::string> names;
  for (const auto& [name, positions] : streams_) {
    INFO("stream " << name);
    names.push_back(name);
    const auto rows = store.stream(name, {1}, positions.size() + 1);
    REQUIRE(rows.size() == positions.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      CHECK(rows[i].version.value == i + 1);
      CHECK(rows[i].position.value == positions[i]);
      CHECK(rows[i].hash == events_[positions[i]].hash);
    }
    const auto folded = log.fold(name);
    REQUIRE(folded);
    CHECK(folded->version == version(name));
    CHECK(folded->last_hash == events_[positions.back()].hash);
    CHECK(write_state(folded->state) == write_state(rules_.state(name)));
  }
  CHECK(store.streams("", "", names.size() + 1) == names);
}

}  // namespace fedatario::tests
