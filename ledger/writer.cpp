// The writer. One group of requests at a time: admit, append, sign, publish, answer.
#include "ledger/writer.hpp"

#include <fmt/format.h>
#include <pthread.h>
#include <time.h>

#include <algorithm>
#include <cassert>

#include "ledger/admission.hpp"
#include "ledger/limits.hpp"

namespace fedatario::ledger {

struct Writer::Group {
  Recorded now;
  Append append;
  crypto::RightEdge edge;
  std::map<crypto::StoredHash, crypto::Digest> recent;
  std::vector<const Proposal*> proposals;  // of each event
  std::deque<Proposal> own;                // of the ledger itself
  std::unordered_map<std::string, std::size_t> ids;

  std::uint64_t size() const { return edge.size(); }
};

// What a refused request must leave as it was.
struct Writer::Undo {
  std::map<std::string, Folded> streams;
  std::size_t events = 0, group_keys = 0;
  crypto::RightEdge edge;
};

namespace {

constexpr auto kLookAtClock = std::chrono::seconds(1);

Refusal clock_refusal(const ClockFault& fault) {
  const auto seconds = fmt::format("{:.3f} s", double(fault.micros) / 1e6);
  const auto es = fault.behind ? "atrasado " + seconds + " respecto del último evento"
                               : "adelantado " + seconds + " respecto del reloj monotónico";
  const auto en = fault.behind ? seconds + " behind the last event" : seconds + " ahead of the monotonic clock";
  return refuse(Reason::clock_not_ready).with("how", Label{es, en}).with("retry_after_s", "1");
}

bool confirms_clock(const std::vector<Proposal>& proposals) {
  return proposals.size() == 1 && proposals[0].body.is<LedgerClockConfirmed>();
}

}  // namespace

Writer::Writer(Store& store, const Log& log, Keyring& keyring, States& states, crypto::SigningKey checkpoint_key,
               Attempts attempts, Options options, OnPoisoned on_poisoned)
    : store_(store),
      log_(log),
      keyring_(keyring),
      checkpoint_key_(std::move(checkpoint_key)),
      options_(std::move(options)),
      on_poisoned_(std::move(on_poisoned)),
      states_(states),
      attempts_(std::move(attempts)),
      clock_(options_.clock),
      open_tiles_(store),
      durable_(store.head()) {
  edge_ = crypto::RightEdge::load(durable_.size, log.hash_reader());
  if (edge_.root() != durable_.root)
    throw StoreError("the tree's right edge does not have the root stored for the head");
  if (durable_.size > 0) {
    Group nothing;
    nothing.edge = edge_;
    nothing.append.head = durable_;
    nothing.append.first = {durable_.size};
    head_ = sign(nothing);
  }
  thread_ = std::thread([this] { run(); });
}

Writer::~Writer() { stop(); }

void Writer::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Writer::submit(std::vector<Proposal> proposals, Done done, Run run) {
  Request request{std::move(proposals), std::move(done), run, 0};
  for (const auto& proposal : request.proposals) request.bytes += proposal.bytes();
  std::optional<Refusal> refusal;
  {
    std::lock_guard lock(mutex_);
    if (request.proposals.empty())
      refusal = refuse(Reason::batch_empty);
    else if (request.proposals.size() > kMaxBatchStatements)
      refusal = refuse(Reason::batch_too_large).with("limit", std::to_string(kMaxBatchStatements));
    else if (stopping_ || poisoned_)
      refusal = refuse(Reason::stopping).with("retry_after_s", "5");
    else if (queue_.size() >= options_.max_queued ||
             (!queue_.empty() && queued_bytes_ + request.bytes > options_.max_queued_bytes))
      refusal = refuse(Reason::overloaded).with("retry_after_s", "1");
    else {
      queued_bytes_ += request.bytes;
      queue_.push_back(std::move(request));
    }
  }
  if (refusal)
    request.done({*std::move(refusal), nullptr});
  else
    wake_.notify_one();
}

void Writer::note(Attempt attempt) {
  Request request{{}, [](Outcome) {}, Run::real, 0, std::move(attempt)};
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || poisoned_ || queue_.size() >= options_.max_queued) return;
    queue_.push_back(std::move(request));
  }
  wake_.notify_one();
}

std::shared_ptr<const SignedHead> Writer::head() const {
  std::lock_guard lock(mutex_);
  return head_;
}

void Writer::on_head(std::function<void(const SignedHead&)> follow) { follow_ = std::move(follow); }

std::optional<std::string> Writer::not_ready() const {
  std::lock_guard lock(mutex_);
  return not_ready_;
}

std::size_t Writer::queued() const {
  std::lock_guard lock(mutex_);
  return queue_.size();
}

std::int64_t Writer::cpu_micros() const {
  clockid_t clock{};
  timespec time{};
  if (::pthread_getcpuclockid(const_cast<std::thread&>(thread_).native_handle(), &clock) != 0) return 0;
  ::clock_gettime(clock, &time);
  return std::int64_t(time.tv_sec) * 1'000'000 + time.tv_nsec / 1000;
}

void Writer::run() {
  for (;;) {
    std::vector<Request> requests;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait_for(lock, kLookAtClock, [&] { return stopping_ || !queue_.empty(); })) {
        // Nothing to do: still, whoever asks whether the service is ready must hear of the clock as it is now.
        Recorded now;
        const auto fault = poisoned_ ? std::nullopt : clock_.read(durable_.recorded_at, now);
        if (fault)
          not_ready_ = clock_refusal(*fault).text(Language::en);
        else if (!poisoned_)
          not_ready_.reset();
        continue;
      }
      if (queue_.empty()) return;
      std::size_t events = 0;
      while (!queue_.empty() && (requests.empty() || events + queue_.front().proposals.size() <= kMaxGroupEvents)) {
        events += queue_.front().proposals.size();
        queued_bytes_ -= queue_.front().bytes;
        requests.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    process(std::move(requests));
  }
}

void Writer::process(std::vector<Request> requests) {
  std::vector<std::optional<Outcome>> outcomes(requests.size());
  Group group;
  group.edge = edge_;
  group.append.first = {durable_.size};
  group.append.head = durable_;
  try {
    if (poisoned_) throw StoreError("the writer takes nothing more since a write's outcome is unknown");
    const auto fault = clock_.read(durable_.recorded_at, group.now);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      auto& request = requests[i];
      if (request.attempt) {
        if (!fault) record_attempt(group, *request.attempt);
        outcomes[i] = Outcome{Admission{}, nullptr};
        continue;
      }
      if (fault && (fault->behind || !confirms_clock(request.proposals)))
        outcomes[i] = Outcome{clock_refusal(*fault), nullptr};
      else
        outcomes[i] = admit_all(group, request.proposals, request.run);
      if (!fault && request.run == Run::real && !outcomes[i]->result && !outcomes[i]->failure) {
        const auto& refusal = outcomes[i]->result.error();
        const auto& refused = request.proposals[refusal.statement > 0 ? refusal.statement - 1 : 0];
        if (const auto attempt = Attempt::of(refused.statement, refusal)) record_attempt(group, *attempt);
      }
      const bool recorded = outcomes[i]->result && !outcomes[i]->result->repeated && request.run == Run::real;
      if (fault && !fault->behind && recorded) clock_.confirm();
    }
    {
      std::lock_guard lock(mutex_);
      if (fault)
        not_ready_ = clock_refusal(*fault).text(Language::en);
      else
        not_ready_.reset();
    }
    if (!group.append.events.empty()) commit(group);
    const auto head = group.append.events.empty() ? this->head() : sign(group);
    if (!group.append.events.empty()) {
      {
        std::lock_guard lock(mutex_);
        head_ = head;
      }
      if (follow_) follow_(*head);
    }
    for (auto& outcome : outcomes)
      if (outcome->result) outcome->result->head = head;
  } catch (const std::exception& failure) {
    poison(failure.what());
    for (auto& outcome : outcomes)
      if (!outcome || outcome->result) outcome = Outcome{refuse(Reason::stopping), std::current_exception()};
  }
  states_.trim();
  for (std::size_t i = 0; i < requests.size(); ++i) requests[i].done(*std::move(outcomes[i]));
}

std::optional<Result<Admission>> Writer::find_repetition(const Group& group,
                                                         const std::vector<Proposal>& proposals) const {
  Admission admission;
  admission.repeated = true;
  std::size_t known = 0, first_known = 0;
  std::optional<Refusal> refusal;
  for (std::size_t i = 0; i < proposals.size(); ++i) {
    bool found = false;
    auto before = recorded_before(group, proposals[i], found);
    if (!found) continue;
    if (known++ == 0) first_known = i + 1;
    if (before) {
      admission.events.push_back(std::move(*before));
    } else if (!refusal) {
      refusal = before.error();
      if (proposals.size() > 1) refusal->statement = i + 1;
    }
  }
  if (known == 0) return std::nullopt;
  if (refusal) return Result<Admission>(*std::move(refusal));
  if (known < proposals.size()) {
    refusal = refuse(Reason::batch_partly_recorded);
    refusal->statement = first_known;
    return Result<Admission>(*std::move(refusal));
  }
  return Result<Admission>(std::move(admission));
}

Result<Admitted> Writer::recorded_before(const Group& group, const Proposal& proposal, bool& found) const {
  const auto& id = proposal.statement.id;
  const auto taken = [&] { return refuse(Reason::id_taken).with("id", id.text()).at("/id"); };
  if (const auto pending = group.ids.find(std::string(id.view())); pending != group.ids.end()) {
    found = true;
    const auto& event = group.append.events[pending->second];
    const auto& first = *group.proposals[pending->second];
    if (!says_the_same(proposal, first.statement, first.payload, first.content, first.by_session)) return taken();
    return Admitted{{group.append.first.value + pending->second},
                    event.version,
                    group.now,
                    id,
                    event.stream,
                    event.leaf,
                    event.hash};
  }
  const auto position = store_.find(id);
  if (!position) return taken();
  found = true;
  const auto leaf = store_.leaf(*position);
  const auto event = parse_leaf(leaf);
  if (!event) throw StoreError("position " + std::to_string(position->value) + " is damaged");
  const bool by_session = is_ever_session_key(log_.founding(), event->statement.key);
  const auto content = by_session ? log_.content(*event) : Content{};
  if (!says_the_same(proposal, event->statement, event->envelope.payload, content, by_session)) return taken();
  return Admitted{*position, event->version,         event->recorded_at, id, event->statement.stream,
                  leaf,      crypto::leaf_hash(leaf)};
}

Outcome Writer::admit_all(Group& group, std::vector<Proposal>& proposals, Run run) {
  Undo undo{{}, group.append.events.size(), group.append.group_keys.size(), group.edge};
  try {
    if (auto repetition = find_repetition(group, proposals)) return {*std::move(repetition), nullptr};
    Admission admission;
    for (std::size_t i = 0; i < proposals.size(); ++i) {
      auto& proposal = proposals[i];
      if (proposal.stream) states_.offer(proposal.statement.stream, *std::move(proposal.stream));
      if (proposal.actor_stream) states_.offer("actor/" + proposal.statement.actor, *std::move(proposal.actor_stream));
      // A single statement evolves its stream only once it is admitted; of several, what was touched can be put back,
      // and of a dry run everything is.
      const auto& stream = proposal.statement.stream;
      if ((proposals.size() > 1 || run == Run::dry) && !undo.streams.contains(stream))
        undo.streams.emplace(stream, states_.at(stream));
      auto admitted = admit_one(group, proposal);
      if (!admitted) {
        undo_all(group, undo);
        auto refusal = admitted.error();
        if (proposals.size() > 1) refusal.statement = i + 1;
        return {std::move(refusal), nullptr};
      }
      admission.events.push_back(std::move(*admitted));
    }
    if (run == Run::dry) undo_all(group, undo);
    return {std::move(admission), nullptr};
  } catch (const StoreError&) {
    // Something this request needs cannot be read. Nothing was written: the others go on.
    undo_all(group, undo);
    return {refuse(Reason::stopping), std::current_exception()};
  }
}

void Writer::record_attempt(Group& group, const Attempt& attempt) {
  try {
    auto proposal = attempts_.record(attempt, states_, group.now);
    if (!proposal) return;
    group.own.push_back(*std::move(proposal));
    if (!admit_one(group, group.own.back())) group.own.pop_back();
  } catch (const StoreError&) {
    // What was refused stays refused; only its record cannot be made.
  }
}

void Writer::undo_all(Group& group, Undo& undo) {
  for (auto& [name, folded] : undo.streams) states_.at(name) = std::move(folded);
  for (std::size_t i = undo.events; i < group.append.events.size(); ++i)
    group.ids.erase(std::string(group.append.events[i].id.view()));
  group.append.events.resize(undo.events);
  group.append.group_keys.resize(undo.group_keys);
  group.proposals.resize(undo.events);
  const auto beyond = [&](const auto& one) { return ((one.first.index + 1) << one.first.level) > undo.edge.size(); };
  std::erase_if(group.recent, beyond);
  std::erase_if(group.append.hashes, beyond);
  group.edge = undo.edge;
}

Result<Admitted> Writer::admit_one(Group& group, Proposal& proposal) {
  const auto& statement = proposal.statement;
  // Whole repetitions were found before: here an id that stands already stands twice in one batch.
  if (group.ids.contains(std::string(statement.id.view())))
    return refuse(Reason::id_taken).with("id", statement.id.text()).at("/id");
  auto& stream = states_.at(statement.stream);
  const Version version{stream.version.value + 1};
  const Context context{statement, group.now, version, states_, {group.size()}};
  const auto cause_known = [&](const EventId& id) {
    return group.ids.contains(std::string(id.view())) || store_.find(id).has_value();
  };
  if (auto admitted = check_admission(proposal, stream.state, context, group.size(), cause_known); !admitted)
    return admitted.error();

  auto flags = flags_of(stream.state, proposal.body, context);

  const Position position{group.size()};
  NewEvent event;
  event.leaf = write_leaf(proposal.envelope_text, position, version, stream.last_hash, group.now);
  if (event.leaf.size() > kMaxLeafBytes)
    return refuse(Reason::too_large)
        .with("what", Label{"la hoja", "the leaf"})
        .with("limit", std::to_string(kMaxLeafBytes));
  event.hash = crypto::leaf_hash(event.leaf);
  event.stream = statement.stream;
  event.version = version;
  event.id = statement.id;
  event.data = std::move(proposal.sealed.data);
  event.personal = std::move(proposal.sealed.personal);
  event.personal_commitments = std::move(proposal.sealed.personal_commitments);
  for (auto& key : proposal.sealed.new_group_keys) group.append.group_keys.push_back(std::move(key));

  evolve(stream.state, proposal.body, {statement, position, version, group.now, false});
  stream.version = version;
  stream.last_hash = event.hash;
  group.edge.append(event.hash, [&](const crypto::StoredHash& name, const crypto::Digest& hash) {
    group.append.hashes.emplace_back(name, hash);
    group.recent.emplace(name, hash);
  });
  group.ids.emplace(std::string(statement.id.view()), group.append.events.size());
  group.proposals.push_back(&proposal);
  Admitted admitted{position,         version,    group.now,  statement.id,
                    statement.stream, event.leaf, event.hash, std::move(flags)};
  group.append.events.push_back(std::move(event));
  return admitted;
}

// The commit point: when the store returns, the events are durable and the group is part of the log.
void Writer::commit(Group& group) {
  group.append.head = {group.size(), group.edge.root(), group.now};
  // Checked by code that did not decide: dense, and time does not run back.
  assert(group.append.first.value == durable_.size);
  assert(group.append.first.value + group.append.events.size() == group.append.head.size);
  assert(durable_.recorded_at <= group.now);
  for (const auto& event : group.append.events) open_tiles_.add_leaf(event.leaf);
  for (const auto& [name, hash] : group.append.hashes) open_tiles_.add_hash(name, hash);
  for (auto& tile : open_tiles_.take()) group.append.tiles.push_back(stored_form(std::move(tile)));
  store_.append(group.append);
  keyring_.stored(group.append.group_keys);
  for (const auto& event : group.append.events) states_.committed(event.stream);
  // The right edge before the group is part of what proves its events.
  const auto names = crypto::RightEdge::names(edge_.size());
  for (std::size_t i = 0; i < names.size(); ++i) group.recent.emplace(names[i], edge_.hashes()[i]);
  edge_ = group.edge;
  durable_ = group.append.head;
}

std::shared_ptr<const SignedHead> Writer::sign(const Group& group) const {
  auto head = std::make_shared<SignedHead>();
  head->size = group.append.head.size;
  head->root = group.append.head.root;
  head->recorded_at = group.append.head.recorded_at;
  const auto origin =
      log_.founding().founded ? log_.founding().origin : states_.at("ledger").state.get<LedgerState>().origin;
  head->checkpoint = crypto::sign_checkpoint({origin, head->size, head->root, {}}, checkpoint_key_);
  head->recent = group.recent;
  head->recent_from = group.append.first.value;
  return head;
}

void Writer::poison(const std::string& why) {
  if (poisoned_.exchange(true)) return;
  {
    std::lock_guard lock(mutex_);
    not_ready_ = why;
  }
  if (on_poisoned_) on_poisoned_(why);
}

}  // namespace fedatario::ledger
