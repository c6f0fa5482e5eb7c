// Which checkpoint is shown while witnesses answer, are slow, lie or are gone.
#include "ledger/publication.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "crypto/checkpoint.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace std::chrono_literals;

namespace {

const std::string kOrigin = "libro.example";

crypto::SigningKey key_of(char seed) { return crypto::SigningKey::from_seed(std::string(32, seed)); }
std::string vkey_of(char seed) {
  return crypto::NoteVerifier::make(std::string("w") + seed, key_of(seed).public_key(),
                                    crypto::NoteKeyType::cosignature)
      .value()
      .format();
}
crypto::Policy two_of_three() {
  std::string text;
  for (const char seed : {'a', 'b', 'c'}) text += std::string("witness ") + seed + " " + vkey_of(seed) + "\n";
  return crypto::parse_policy(text + "group g 2 a b c\nquorum g\n").value();
}

SignedHead head_of(std::uint64_t size) {
  SignedHead head;
  head.size = size;
  head.root = crypto::leaf_hash(std::to_string(size));
  head.checkpoint = crypto::sign_checkpoint({kOrigin, size, head.root, {}}, key_of('l'));
  return head;
}

crypto::NoteSignature line_of(char seed, const std::string& note) {
  return crypto::cosign_note(crypto::parse_note(note)->text, std::string("w") + seed, key_of(seed), 1'000);
}

struct Office {
  explicit Office(PublicationOptions options = {}) {
    options.candidate_every = 0ms;
    publication = std::make_unique<Publication>(two_of_three(), kOrigin, file, options);
  }
  bool cosign(std::size_t witness, const Publication::Candidate& candidate) {
    return publication->cosigned(witness, candidate, line_of(char('a' + witness), candidate.note));
  }
  std::uint64_t shown() const { return publication->published() ? publication->published()->size : 0; }

  tests::TemporaryDirectory directory;
  const std::filesystem::path file = directory / "published";
  std::unique_ptr<Publication> publication;
};

}  // namespace

TEST_CASE("without a policy every head is shown at once") {
  Publication publication;
  CHECK_FALSE(publication.published());
  publication.offer(head_of(3));
  publication.offer(head_of(5));
  CHECK(publication.published()->size == 5);
  CHECK(publication.published()->note == head_of(5).checkpoint);
  CHECK(publication.behind() == 0ms);
}

TEST_CASE("a head is shown once its quorum has cosigned it, and the third line is added") {
  Office office;
  office.publication->offer(head_of(3));
  const auto candidate = office.publication->next_candidate(0).value();
  CHECK(candidate.size == 3);
  CHECK(office.shown() == 0);
  CHECK(office.cosign(0, candidate));
  CHECK(office.shown() == 0);
  CHECK(office.cosign(2, candidate));
  CHECK(office.shown() == 3);
  CHECK(office.publication->published()->has_quorum);
  CHECK(office.publication->behind() == 0ms);
  CHECK(office.cosign(1, candidate));
  const auto note = crypto::parse_note(office.publication->published()->note).value();
  CHECK(crypto::verify_cosignatures(note, two_of_three().witness_keys())->size() == 3);
}

TEST_CASE("a witness counts once, and a line that does not hold counts for nothing") {
  Office office;
  office.publication->offer(head_of(3));
  const auto candidate = office.publication->next_candidate(0).value();
  CHECK(office.cosign(0, candidate));
  CHECK(office.cosign(0, candidate));
  CHECK(office.shown() == 0);
  CHECK_FALSE(office.publication->cosigned(1, candidate, line_of('b', head_of(4).checkpoint)));
  CHECK_FALSE(office.publication->cosigned(1, candidate, line_of('c', candidate.note)));  // another's
  CHECK(office.shown() == 0);
}

TEST_CASE("while a candidate waits, the next one does not overtake it; when it is late it does") {
  Office office({.candidate_for = 100ms, .without_quorum_after = {}});
  office.publication->offer(head_of(3));
  const auto first = office.publication->next_candidate(0).value();
  office.publication->offer(head_of(7));
  CHECK(office.publication->next_candidate(0)->size == 3);
  std::this_thread::sleep_for(120ms);
  const auto second = office.publication->next_candidate(3).value();
  CHECK(second.size == 7);
  CHECK(office.publication->behind() >= 100ms);
  CHECK(office.cosign(0, first));  // late, and still of use
  CHECK(office.cosign(1, first));
  CHECK(office.shown() == 3);
  CHECK(office.cosign(0, second));
  CHECK(office.cosign(1, second));
  CHECK(office.shown() == 7);
  CHECK(office.cosign(2, first));
  CHECK(office.shown() == 7);
}

TEST_CASE("where the operator chose so, heads are shown without a quorum after a while, and it is said") {
  Office office({.without_quorum_after = 50ms});
  office.publication->offer(head_of(3));
  CHECK(office.shown() == 0);
  std::this_thread::sleep_for(60ms);
  office.publication->offer(head_of(4));
  CHECK(office.shown() == 4);
  CHECK_FALSE(office.publication->published()->has_quorum);
  CHECK(office.publication->behind() >= 60ms);  // showing it is no quorum
  office.publication->offer(head_of(5));
  CHECK(office.shown() == 5);
}

TEST_CASE("what had its quorum is shown again after a restart, under a policy that it meets") {
  Office office;
  office.publication->offer(head_of(3));
  const auto candidate = office.publication->next_candidate(0).value();
  CHECK(office.cosign(0, candidate));
  CHECK(office.cosign(1, candidate));
  office.publication.reset();  // the file is written
  Publication again(two_of_three(), kOrigin, office.file);
  REQUIRE(again.published());
  CHECK(again.published()->size == 3);
  CHECK_FALSE(Publication(two_of_three(), "otro.example", office.file).published());
  const auto stricter = crypto::parse_policy("witness d " + vkey_of('d') + "\nquorum d\n").value();
  CHECK_FALSE(Publication(stricter, kOrigin, office.file).published());
}

TEST_CASE("several witnesses at once, and one that is stopped") {
  Office office;
  std::atomic<bool> all_good{true};
  std::vector<std::jthread> witnesses;
  for (std::size_t number = 0; number < 3; ++number)
    witnesses.emplace_back([&, number] {
      std::uint64_t size = 0;
      while (const auto candidate = office.publication->next_candidate(size)) {
        if (!office.cosign(number, *candidate)) all_good = false;
        size = candidate->size;
      }
    });
  for (std::uint64_t size = 1; size <= 50; ++size) {
    office.publication->offer(head_of(size));
    std::this_thread::sleep_for(1ms);
  }
  for (int waited = 0; office.shown() < 50 && waited < 5'000; ++waited) std::this_thread::sleep_for(1ms);
  CHECK(office.shown() == 50);
  office.publication->stop();
  witnesses.clear();
  CHECK(all_good);
}
