// The sum over row versions: what it depends on and what it does not.
#include "projections/row_sum.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "projections/view_store.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using ledger::Position;
using tests::TemporaryDirectory;

namespace {

struct Write {
  Position position;
  enum { put, once, erase } what;
  Key key;
  crypto::Bytes row;
};

// In the order of positions, some with nothing between them for tens of thousands.
std::vector<Write> random_writes(std::mt19937& random) {
  std::vector<Write> writes;
  std::uint64_t position = 0;
  for (int i = 0; i < 400; ++i) {
    if (random() % 2) position += random() % 20 ? 1 : random() % 90'000;
    const crypto::Bytes row(random() % 30, char('a' + random() % 26));
    const Key key = Key{} / std::to_string(random() % 40);
    switch (random() % 5) {
      case 0:
        writes.push_back({{position}, Write::erase, key, {}});
        break;
      case 1:
        writes.push_back({{position}, Write::once, Key{} / "once" / Position{writes.size()}, row});
        break;
      default:
        writes.push_back({{position}, Write::put, key, row});
    }
  }
  return writes;
}

crypto::Digest leaf_at(std::uint64_t folded) { return crypto::sha256(std::to_string(folded)); }

class Store {
 public:
  // The writes of positions below `folded`, in batches of random length.
  Store(const std::vector<Write>& writes, std::uint64_t folded, std::mt19937& random) {
    for (std::uint64_t to = 0; to < folded;) {
      const auto from = to;
      to = std::min(folded, from + 1 + random() % 100'000);
      ViewStore::Batch batch(store);
      for (const auto& write : writes) {
        if (write.position.value < from || write.position.value >= to) continue;
        batch.at(write.position);
        if (write.what == Write::put) batch.put("row", write.key, write.row);
        if (write.what == Write::once) batch.put_once("row", write.key, write.row);
        if (write.what == Write::erase) batch.erase("row", write.key);
      }
      batch.commit({to, leaf_at(to)});
    }
  }

 private:
  TemporaryDirectory directory_;

 public:
  ViewStore store{directory_.path(), "test 1\n"};
};

RowSum of(std::string_view text) { return RowSum(crypto::sha256(text)); }

}  // namespace

TEST_CASE("adding is undone by subtracting, in any order, with every carry") {
  RowSum sum;
  sum.add(of("a"));
  sum.add(of("b"));
  sum.add(of("c"));
  RowSum other;
  other.add(of("c"));
  other.add(of("a"));
  sum.subtract(of("b"));
  CHECK(sum == other);
  sum.subtract(of("a"));
  sum.subtract(of("c"));
  CHECK(sum == RowSum());
  crypto::Digest one, most;
  one.bytes.back() = 1;
  most.bytes.fill(0xff);
  sum.add(RowSum(most));
  sum.add(RowSum(one));
  CHECK(sum == RowSum());
  sum.subtract(RowSum(one));
  CHECK(sum == RowSum(most));
}

TEST_CASE("stores folded in batches of any length have the same rows and sums, at every multiple too") {
  std::mt19937 random(7);
  for (int i = 0; i < 10; ++i) {
    const auto writes = random_writes(random);
    const auto folded = writes.back().position.value + 1;
    const Store one(writes, folded, random), other(writes, folded, random);
    CHECK(one.store.digest() == other.store.digest());
    CHECK(one.store.progress() == other.store.progress());
    const auto sums = one.store.sums();
    CHECK(sums == other.store.sums());
    REQUIRE(sums.size() == folded / kSumEvery);
    for (std::size_t j = 0; j < sums.size(); ++j) {
      CHECK(sums[j].first == (j + 1) * kSumEvery);
      CHECK(sums[j].second == Store(writes, sums[j].first, random).store.progress().sum);
    }
  }
}

TEST_CASE("the sum is that of the versions and the rows put once that stand in the store") {
  std::mt19937 random(8);
  const auto writes = random_writes(random);
  const Store made(writes, writes.back().position.value + 1, random);
  RowSum sum;
  std::size_t versions = 0, once = 0;
  for (ViewStore::Walk at(made.store); at.valid(); at.next()) {
    if (at.is_version()) {
      sum.add(sum_of_version(at.stored_key(), at.stored_value()));
      ++versions;
    } else if (!at.is_erased_key() && at.key().starts_with((Key{} / "once").bytes())) {
      sum.add(sum_of_single(at.stored_key(), at.stored_value()));
      ++once;
    }
  }
  CHECK(versions > 100);
  CHECK(once > 40);
  CHECK(sum == made.store.progress().sum);
}

TEST_CASE("of the sums at multiples the newest are kept, and none once the store is emptied") {
  TemporaryDirectory directory;
  ViewStore store(directory.path(), "test 1\n");
  ViewStore::Batch(store).commit({(kMaxSums + 3) * kSumEvery + 1, leaf_at(1)});
  auto sums = store.sums();
  REQUIRE(sums.size() == kMaxSums);
  CHECK(sums.front().first == 4 * kSumEvery);
  CHECK(sums.back().first == (kMaxSums + 3) * kSumEvery);
  store.clear();
  CHECK(store.sums().empty());
}
