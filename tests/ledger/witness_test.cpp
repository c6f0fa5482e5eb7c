// The witness over a real directory: what it cosigns, what it refuses, what it keeps as proof, and what it still knows
// after it was cut off.
#include "ledger/witness.hpp"

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <sstream>

#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using Verdict = Witness::Verdict;

namespace {

const std::string kOrigin = "libro.example";

// A log whose entries are numbers, from some number on under another name: two of them share a beginning.
struct Tree {
  explicit Tree(std::uint64_t forks_at = ~std::uint64_t{0}) : forks(forks_at) {}

  void grow(std::uint64_t size) {
    while (edge.size() < size)
      edge.append(crypto::leaf_hash((edge.size() < forks ? "" : "otra ") + std::to_string(edge.size())),
                  [&](const crypto::StoredHash& name, const crypto::Digest& hash) { stored[name] = hash; });
  }
  crypto::HashReader reader() const {
    return [this](const std::vector<crypto::StoredHash>& names) {
      std::vector<crypto::Digest> out;
      for (const auto& name : names) out.push_back(stored.at(name));
      return out;
    };
  }
  std::string checkpoint(std::uint64_t size, const crypto::SigningKey& key) {
    grow(size);
    return crypto::sign_checkpoint({kOrigin, size, crypto::tree_root(size, reader()), {}}, key);
  }
  std::string request(std::uint64_t old_size, std::uint64_t size, const crypto::SigningKey& key) {
    auto note = checkpoint(size, key);
    auto proof = old_size <= size ? crypto::prove_consistency(old_size, size, reader()) : std::vector<crypto::Digest>{};
    return crypto::format_witness_request({old_size, std::move(proof), std::move(note)});
  }

  std::uint64_t forks;
  crypto::RightEdge edge;
  std::map<crypto::StoredHash, crypto::Digest> stored;
};

struct Office {
  Office() {
    verifier = Witness::init(folder, "testigo.example");
    Witness::add_log(folder, crypto::NoteVerifier::make(kOrigin, key.public_key()).value());
    open();
  }
  void open() {
    witness.reset();
    witness = std::make_unique<Witness>(
        folder, [this] { return seconds; }, [this](const WitnessAlarm& alarm) { told.push_back(alarm); });
  }
  Verdict add(const std::string& body) { return witness->add_checkpoint(body).verdict; }
  std::optional<std::string> shown() const { return witness->checkpoint(crypto::sha256(kOrigin)); }
  std::filesystem::path log_folder() const { return folder / "logs" / crypto::to_hex(crypto::sha256(kOrigin)); }
  std::uint64_t cosigned_at() const {
    return crypto::verify_cosignatures(crypto::parse_note(*shown()).value(), {verifier.value()}).value().at(0).seconds;
  }

  tests::TemporaryDirectory directory;
  const std::filesystem::path folder = directory / "testigo";
  const crypto::SigningKey key = crypto::SigningKey::from_seed(std::string(32, 'l'));
  std::optional<crypto::NoteVerifier> verifier;
  std::uint64_t seconds = 1'000;
  std::vector<WitnessAlarm> told;
  std::unique_ptr<Witness> witness;
  Tree tree;
};

std::string text_of(const std::filesystem::path& file) {
  std::stringstream out;
  out << std::ifstream(file).rdbuf();
  return out.str();
}

// A step in a process of its own, killed when it had entered or left so many system calls.
struct Cut {
  bool ended = false;  // it came to its end before
  std::string said;    // what it had answered by then
};
Cut cut_at(int stops, const std::function<std::string()>& step) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    ::raise(SIGSTOP);
    const auto said = step();
    const auto written = ::write(ends[1], said.data(), said.size());
    ::_exit(written == long(said.size()) ? 0 : 1);
  }
  ::close(ends[1]);
  Cut cut;
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSTOPPED(status));
  for (int i = 0; i < stops && !cut.ended; ++i) {
    REQUIRE(::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0);
    REQUIRE(::waitpid(child, &status, 0) == child);
    cut.ended = WIFEXITED(status);
  }
  if (!cut.ended) {
    ::kill(child, SIGKILL);
    REQUIRE(::waitpid(child, &status, 0) == child);
  }
  char buffer[4096];
  for (long got; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) cut.said.append(buffer, std::size_t(got));
  ::close(ends[0]);
  return cut;
}

}  // namespace

TEST_CASE("a witness cosigns what goes on from what it cosigned last, and nothing else") {
  Office office;
  auto& tree = office.tree;
  CHECK_FALSE(office.shown());
  CHECK(office.add(tree.request(0, 3, office.key)) == Verdict::cosigned);
  CHECK(office.add(tree.request(0, 8, office.key)) == Verdict::stale);
  CHECK(office.witness->add_checkpoint(tree.request(0, 8, office.key)).text == "3");
  CHECK(office.add(tree.request(3, 8, office.key)) == Verdict::cosigned);
  CHECK(office.add(tree.request(8, 8, office.key)) == Verdict::cosigned);  // again
  CHECK(office.add(tree.request(8, 5, office.key)) == Verdict::old_too_large);
  CHECK(office.add(tree.request(8, 9, crypto::SigningKey::generate())) == Verdict::not_signed);
  CHECK(office.add("old 8\n\nnada\n") == Verdict::malformed);
  const auto stranger = crypto::sign_checkpoint({"otro.example", 1, crypto::leaf_hash("0"), {}}, office.key);
  CHECK(office.add(crypto::format_witness_request({0, {}, stranger})) == Verdict::unknown_log);
  const auto shown =
      crypto::open_checkpoint(*office.shown(), crypto::NoteVerifier::make(kOrigin, office.key.public_key()).value());
  REQUIRE(shown.has_value());
  CHECK(shown->size == 8);
  CHECK(office.cosigned_at() == 1'000);
  CHECK(office.told.empty());
}

TEST_CASE("an empty log is cosigned with the root of no entries only") {
  Office office;
  const auto empty = [&](const crypto::Digest& root) {
    return crypto::format_witness_request({0, {}, crypto::sign_checkpoint({kOrigin, 0, root, {}}, office.key)});
  };
  CHECK(office.add(empty(crypto::leaf_hash("0"))) == Verdict::inconsistent);
  CHECK(office.add(empty(crypto::empty_root())) == Verdict::cosigned);
  CHECK(office.add(office.tree.request(0, 2, office.key)) == Verdict::cosigned);
  CHECK(office.told.empty());
}

TEST_CASE("two histories of one log are caught at any size cosigned, and both notes kept") {
  Office office;
  for (const std::uint64_t size : {4, 6, 9}) {
    const auto before = size == 4 ? 0 : size == 6 ? 4 : 6;
    REQUIRE(office.add(office.tree.request(std::uint64_t(before), size, office.key)) == Verdict::cosigned);
  }
  Tree other(5);
  CHECK(office.add(other.request(9, 9, office.key)) == Verdict::inconsistent);
  CHECK(office.add(other.request(4, 6, office.key)) == Verdict::stale);  // and yet it convicts
  CHECK(office.add(other.request(9, 12, office.key)) == Verdict::inconsistent);
  CHECK(office.add(other.request(9, 12, office.key)) == Verdict::inconsistent);  // told once
  REQUIRE(office.told.size() == 3);
  CHECK(office.told[0].kind == WitnessAlarm::Kind::fork);
  CHECK(office.told[1].kind == WitnessAlarm::Kind::fork);
  CHECK(office.told[2].kind == WitnessAlarm::Kind::inconsistent);
  // A fork's file holds two notes of one size, each signed by the log.
  for (std::size_t i = 0; i < 2; ++i) {
    const std::uint64_t size = i == 0 ? 9 : 6;
    const auto kept = text_of(office.told[i].file);
    const auto contradicting = other.checkpoint(size, office.key);
    REQUIRE(kept.ends_with("\n" + contradicting));
    const auto first = kept.substr(0, kept.size() - contradicting.size() - 1);
    const auto head =
        crypto::open_checkpoint(first, crypto::NoteVerifier::make(kOrigin, office.key.public_key()).value());
    REQUIRE(head.has_value());
    CHECK(head->size == size);
    CHECK(head->root == crypto::tree_root(size, office.tree.reader()));
  }
  office.open();
  CHECK(office.witness->alarms().size() == 3);
}

TEST_CASE("whoever sends checkpoints without proofs crowds out no fork") {
  Office office;
  REQUIRE(office.add(office.tree.request(0, 4, office.key)) == Verdict::cosigned);
  for (std::uint64_t size = 5; size < 150; ++size)
    CHECK(office.add(crypto::format_witness_request({4, {}, office.tree.checkpoint(size, office.key)})) ==
          Verdict::inconsistent);
  CHECK(office.told.size() == 100);
  Tree other(1);
  CHECK(office.add(other.request(4, 4, office.key)) == Verdict::inconsistent);
  CHECK(office.told.back().kind == WitnessAlarm::Kind::fork);
  CHECK(office.add(office.tree.request(4, 150, office.key)) == Verdict::cosigned);
}

TEST_CASE("after being cut off a witness goes on from what it last cosigned, and its time does not run back") {
  Office office;
  REQUIRE(office.add(office.tree.request(0, 3, office.key)) == Verdict::cosigned);
  // The line of what was cosigned was cut short.
  std::ofstream(office.log_folder() / "seen", std::ios::app) << "bGlicm8";
  office.seconds = 500;
  office.open();
  CHECK(office.add(office.tree.request(0, 5, office.key)) == Verdict::stale);
  REQUIRE(office.add(office.tree.request(3, 5, office.key)) == Verdict::cosigned);
  CHECK(office.cosigned_at() == 1'000);
  office.open();
  REQUIRE(office.add(office.tree.request(5, 7, office.key)) == Verdict::cosigned);
  Tree other(2);
  CHECK(office.add(other.request(7, 7, office.key)) == Verdict::inconsistent);
  CHECK(office.add(other.request(0, 5, office.key)) == Verdict::stale);
  CHECK(office.told.size() == 2);  // it remembers the size it cosigned before it was cut off
}

TEST_CASE("a witness does not start on what it did not cosign, nor twice on one directory") {
  Office office;
  REQUIRE(office.add(office.tree.request(0, 3, office.key)) == Verdict::cosigned);
  CHECK_THROWS_AS(Witness(office.folder, [] { return std::uint64_t{1}; }), WitnessError);
  CHECK_THROWS_AS(Witness::init(office.folder, "testigo.example"), WitnessError);
  office.witness.reset();
  std::ofstream(office.log_folder() / "checkpoint") << office.tree.checkpoint(2, office.key);
  CHECK_THROWS_AS(office.open(), WitnessError);
}

TEST_CASE("killed at every instant of add-checkpoint, a witness never signs two histories") {
  bool ended = false;
  int stops = 0, before = 0, after = 0;
  for (; !ended; ++stops) {
    Office office;
    REQUIRE(office.add(office.tree.request(0, 3, office.key)) == Verdict::cosigned);
    Tree other(5);
    const auto one = office.tree.request(3, 8, office.key), two = other.request(3, 8, office.key);
    office.witness.reset();
    const auto cut = cut_at(stops, [&] {
      Witness witness(office.folder, [] { return std::uint64_t{2'000}; });
      return witness.add_checkpoint(one).text;
    });
    ended = cut.ended;
    CAPTURE(stops, cut.said);
    office.seconds = 3'000;
    REQUIRE_NOTHROW(office.open());
    const auto shown =
        crypto::open_checkpoint(*office.shown(), crypto::NoteVerifier::make(kOrigin, office.key.public_key()).value());
    REQUIRE(shown.has_value());
    // What was answered is kept; what was not may be either, and then it stays so.
    if (!cut.said.empty()) CHECK(shown->size == 8);
    if (shown->size == 8) {
      ++after;
      CHECK(office.add(two) == Verdict::stale);
      CHECK(office.add(other.request(8, 9, office.key)) == Verdict::inconsistent);
      CHECK(office.add(office.tree.request(8, 9, office.key)) == Verdict::cosigned);
    } else {
      ++before;
      CHECK(shown->size == 3);
      CHECK(office.add(two) == Verdict::cosigned);
      CHECK(office.add(one) == Verdict::stale);
    }
  }
  CHECK(stops > 20);
  CHECK(before > 0);
  CHECK(after > 0);
}
