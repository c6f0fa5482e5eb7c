// Random histories through the whole writer, from the door to the disk and back, held against a naive ledger. A case
// plays several of them; `--rng-seed N` plays others, and what fails says its seed.
#include <catch2/catch.hpp>
#include <set>

#include "crypto/checkpoint.hpp"
#include "ledger/limits.hpp"
#include "ledger/verify.hpp"
#include "tests/support/faulty_disk.hpp"
#include "tests/support/histories.hpp"
#include "tests/support/queue.hpp"
#include "tests/support/random_requests.hpp"
#include "tests/support/show_result.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

class Play {
 public:
  // `disk`: where the log lives in memory; null for the machine's own.
  Play(std::uint64_t seed, FaultyDisk* disk)
      : disk_(disk),
        shop_(disk ? disk->env() : nullptr),
        naive_(shop_.ledger().log()),
        requests_(seed, naive_, shop_.administrator_key, shop_.ledger().log().name()) {
    gate_.watch(shop_.ledger());
    set_the_stage();
  }

  void go_on(int steps);
  void read();
  void reopen();
  // The machine dies: what was not synced is gone.
  void die();
  // Closes it for good.
  void check_verified();

  std::uint64_t pick(std::uint64_t below) { return requests_.pick(below); }
  std::size_t longest_stream() const;
  // The reasons of refusals and the names of other things that happened.
  const std::set<std::string>& happened() const { return happened_; }

 private:
  void set_the_stage();
  void appoint(const std::string& actor, const std::string& as);
  void record(Said said);

  std::vector<Proposal> at_the_door(const Request& request) const;
  void play(const Request& request);
  // Several requests that the writer takes as one group.
  void play_group();
  void check_answer(const NaiveLedger::Expected& expected, const Outcome& outcome);
  // What comes to the same, but records nothing.
  void check_dry(const NaiveLedger::Expected& expected, const Outcome& outcome);
  void check_head(const Admission& admission);
  void check_receipt_holds(const std::string& receipt) const;
  crypto::NoteVerifier verifier() const;

  FaultyDisk* const disk_;
  Gate gate_;
  mutable Workshop shop_;
  NaiveLedger naive_;
  RandomRequests requests_;
  std::set<std::string> happened_;
  std::uint64_t groups_ = 0, size_at_opening_ = 0;
};

// An approved plan whose line is under way, a plan in draft, and everybody in his roles.
void Play::set_the_stage() {
  for (const auto& saying : scheduled()) {
    appoint(saying.statement.actor, saying.statement.as.text());
    record(requests_.plainly(saying));
  }
  appoint(kSpeaker, "procedure_coordinator");
  for (const auto& saying : registered_unit("dep")) record(requests_.plainly(saying));
  appoint(kSpeaker, "coordinator@dep");
  record(requests_.plainly(on(kDraftPlan, PlanOpened{title("Plan 2026")})));
  record(requests_.enrolment(requests_.revoked_key));
  const ActorKeyRevoked revoked{{KeyEnd::lost, requests_.revoked_key.public_key().id()}};
  record(requests_.plainly(on(std::string("actor/") + kSigner, revoked)));
  record(requests_.enrolment(requests_.signer_key));
}

void Play::appoint(const std::string& actor, const std::string& as) {
  const auto stream = "actor/" + actor;
  if (naive_.version(stream).value == 0) record(requests_.plainly(on(stream, ActorRegistered{})));
  const auto capacity = Capacity::parse(as).value();
  ActorRoleGranted grant;
  grant.open.act = code("resolucion-1");
  grant.open.from = day("2020-01-01");
  grant.open.role = capacity.role;
  if (!capacity.unit.empty()) grant.open.unit = code(capacity.unit);
  record(requests_.plainly(on(stream, grant)));
}

void Play::record(Said said) {
  INFO(said.saying.statement.type << " on " << said.saying.statement.stream);
  REQUIRE(naive_.admits(said.saying));
  play({std::move(said)});
}

std::vector<Proposal> Play::at_the_door(const Request& request) const {
  const auto& door = shop_.ledger().door();
  const auto fold = request.size() > 1 ? Door::Fold::nothing : Door::Fold::stream;
  std::vector<Proposal> proposals;
  for (const auto& said : request) {
    const auto& actor = said.saying.statement.actor;
    auto proposal = said.by_author ? door.author(said.statement, &said.content, actor, fold)
                                   : door.session(actor, said.statement, &said.content, fold);
    if (!proposal) FAIL("turned away at the door: " << proposal.error().text(Language::en) << proposal.error().pointer);
    proposals.push_back(*std::move(proposal));
  }
  return proposals;
}

void Play::play(const Request& request) {
  const auto expected = naive_.take(request);
  if (pick(4) == 0) check_dry(expected, submit_later(shop_.ledger(), at_the_door(request), Writer::Run::dry).get());
  const auto outcome = submit_later(shop_.ledger(), at_the_door(request)).get();
  naive_.learn_attempts(shop_.ledger().log());
  check_answer(expected, outcome);
  if (outcome.result) check_head(*outcome.result);
  requests_.made(request, expected.statement);
}

void Play::play_group() {
  // Always admitted: nobody closes this unit.
  const UnitRenamed renamed{{}, day("2026-01-01"), title("Dirección " + std::to_string(++groups_))};
  const Request first{requests_.plainly(on("unit/ddo", renamed))};
  std::vector<NaiveLedger::Expected> expected{naive_.take(first)};
  std::vector<std::future<Outcome>> answers, dry_answers;
  {
    Held held(gate_, shop_.ledger(), at_the_door(first));
    answers.push_back(std::move(held.answer));
    for (auto left = 2 + pick(5); left > 0; --left) {
      const auto request = requests_.any();
      dry_answers.push_back(submit_later(shop_.ledger(), at_the_door(request), Writer::Run::dry));
      answers.push_back(submit_later(shop_.ledger(), at_the_door(request)));
      expected.push_back(naive_.take(request));
      requests_.made(request, expected.back().statement);
    }
  }

  // A head covers its whole group, and can be checked when all leaves of it are known.
  std::vector<Outcome> outcomes;
  for (auto& answer : answers) outcomes.push_back(answer.get());
  naive_.learn_attempts(shop_.ledger().log());
  for (std::size_t i = 0; i < outcomes.size(); ++i) check_answer(expected[i], outcomes[i]);
  for (std::size_t i = 0; i < dry_answers.size(); ++i) check_dry(expected[i + 1], dry_answers[i].get());
  std::set<std::shared_ptr<const SignedHead>> heads;
  for (const auto& outcome : outcomes)
    if (outcome.result) {
      check_head(*outcome.result);
      heads.insert(outcome.result->head);
    }
  CHECK(heads.size() <= 2);  // the first's own, and one for all that waited
  if (heads.size() == 2) happened_.insert("group");
}

void Play::check_answer(const NaiveLedger::Expected& expected, const Outcome& outcome) {
  REQUIRE_FALSE(outcome.failure);
  if (expected.refused) {
    INFO("to be refused for " << name_of(*expected.refused));
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(name_of(outcome.result.error().reason) == name_of(*expected.refused));
    if (expected.statement) CHECK(outcome.result.error().statement == expected.statement);
    happened_.emplace(name_of(*expected.refused));
    if (expected.statement > 1) happened_.insert("refused in the midst of a batch");
    return;
  }
  if (!outcome.result)
    FAIL("refused: " << name_of(outcome.result.error().reason) << " " << outcome.result.error().pointer);
  const auto& admission = *outcome.result;
  CHECK(admission.repeated == expected.repeated);
  REQUIRE(admission.events.size() == expected.positions.size());
  for (std::size_t i = 0; i < admission.events.size(); ++i)
    naive_.check_recorded(expected.positions[i], admission.events[i]);
  happened_.insert(std::string(expected.repeated ? "repeated" : "recorded") +
                   (admission.events.size() > 1 ? " batch" : ""));
}

void Play::check_dry(const NaiveLedger::Expected& expected, const Outcome& outcome) {
  REQUIRE_FALSE(outcome.failure);
  REQUIRE(outcome.result.has_value() == !expected.refused);
  if (expected.refused) {
    CHECK(name_of(outcome.result.error().reason) == name_of(*expected.refused));
  } else {
    CHECK(outcome.result->repeated == expected.repeated);
    CHECK(outcome.result->events.size() == expected.positions.size());
  }
  happened_.insert("dry run");
}

void Play::check_head(const Admission& admission) {
  const auto& head = *admission.head;
  REQUIRE(head.size <= naive_.size());
  CHECK(head.root == naive_.root(head.size));
  const auto checkpoint = crypto::open_checkpoint(head.checkpoint, verifier());
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == head.size);
  CHECK(checkpoint->root == head.root);
  for (std::size_t i = 0; i < admission.events.size(); ++i)
    check_receipt_holds(write_receipt(shop_.ledger().prove(admission, i)));
}

void Play::check_receipt_holds(const std::string& receipt) const {
  std::string fault;
  CHECK(check_receipt(receipt, verifier(), fault));
  CHECK(fault == "");
}

crypto::NoteVerifier Play::verifier() const {
  const auto& founding = shop_.ledger().log().founding();
  return crypto::NoteVerifier::make(founding.origin, *crypto::PublicKey::from_raw(founding.checkpoint_key)).value();
}

void Play::read() {
  naive_.check_reads(shop_.ledger());
  for (int i = 0; i < 10; ++i) check_receipt_holds(write_receipt(shop_.ledger().prove({pick(naive_.size())})));
}

void Play::reopen() {
  shop_.reopen();
  gate_.watch(shop_.ledger());
  // What was used and closed in order rests: there is not much of it left to fold, and what rests is gone on from.
  const auto& ledger = shop_.ledger();
  for (const auto& [stream, positions] : naive_.streams()) {
    INFO("stream " << stream);
    const auto saved = ledger.store().saved_state(stream);
    const auto version = saved ? saved->version.value : 0;
    if (positions.back() >= size_at_opening_) CHECK(positions.size() - version < kSaveForgottenAfter);
    CHECK(ledger.log().fold(stream)->saved.value == version);
    if (saved) happened_.insert("saved");
  }
  size_at_opening_ = naive_.size();
  read();
}

void Play::die() {
  disk_->fail_at(1, FaultyDisk::Fault::lost);
  shop_.close();
  disk_->mend();
  shop_.reopen();
  gate_.watch(shop_.ledger());
  for (const auto& [stream, positions] : naive_.streams())
    if (const auto saved = shop_.ledger().store().saved_state(stream))
      CHECK(positions.at(saved->version.value - 1) < size_at_opening_);
  size_at_opening_ = naive_.size();
  read();
}

void Play::go_on(int steps) {
  for (int i = 0; i < steps; ++i) {
    INFO("step " << i);
    if (pick(5) == 0)
      play_group();
    else
      play(requests_.any());
    if (pick(15) == 0) read();
  }
}

std::size_t Play::longest_stream() const {
  std::size_t longest = 0;
  for (const auto& [name, positions] : naive_.streams()) longest = std::max(longest, positions.size());
  return longest;
}

void Play::check_verified() {
  shop_.close();
  VerifyOptions options;
  options.kek = Directory{shop_.path()}.kek();
  const auto report = verify(shop_.path(), options);
  for (const auto& finding : report.findings) UNSCOPED_INFO(finding.en);
  CHECK(report.good());
  CHECK(report.size == naive_.size());
  CHECK(report.root == crypto::to_hex(naive_.root(naive_.size())));
  CHECK(report.streams == naive_.streams().size());
  CHECK(report.parts_opened == report.parts);
}

}  // namespace

TEST_CASE("A random history is recorded as a naive ledger would, closed and opened again on the way", "[random]") {
  std::set<std::string> happened;
  for (std::uint64_t i = 1; i <= 3; ++i) {
    const auto seed = std::uint64_t{Catch::rngSeed()} * 1'000 + i;
    CAPTURE(seed);
    Play play(seed, nullptr);
    for (int openings = 0; openings < 4; ++openings) {
      play.go_on(15);
      play.reopen();
    }
    play.go_on(5);
    play.read();
    play.check_verified();
    happened.insert(play.happened().begin(), play.happened().end());
  }
  // That nothing of this was missed for want of luck.
  for (const char* what :
       {"recorded", "recorded batch", "repeated", "repeated batch", "refused in the midst of a batch", "group", "saved",
        "version_conflict", "id_taken", "batch_partly_recorded", "cause_unknown", "in_the_future", "dry run"}) {
    INFO(what);
    CHECK(happened.contains(what));
  }
}

TEST_CASE("A stream of hundreds of events goes on from its saved state", "[random]") {
  const auto seed = std::uint64_t{Catch::rngSeed()} * 1'000;
  CAPTURE(seed);
  Play play(seed, nullptr);
  while (play.longest_stream() <= kSaveKeptAfter + 10) play.go_on(5);
  play.reopen();
  play.go_on(10);
  play.reopen();
  play.check_verified();
}

TEST_CASE("A random history stands whole when the machine dies again and again", "[random][faults]") {
  for (std::uint64_t i = 1; i <= 2; ++i) {
    const auto seed = std::uint64_t{Catch::rngSeed()} * 1'000 + i;
    CAPTURE(seed);
    FaultyDisk disk;
    Play play(seed, &disk);
    for (int deaths = 0; deaths < 4; ++deaths) {
      play.go_on(8);
      if (play.pick(2)) play.reopen();
      play.go_on(4);
      play.die();
    }
    play.reopen();
  }
}
