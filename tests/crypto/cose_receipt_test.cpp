// COSE receipts and tlog-proofs, held to vectors made by another implementation (eight leaves of RFC 6962's reference
// tree, keys of fixed seeds), and to every change of a byte.
#include "crypto/cose_receipt.hpp"

#include <catch2/catch.hpp>

#include "tests/support/show_result.hpp"

#include "crypto/checkpoint.hpp"
#include "crypto/merkle.hpp"
#include "crypto/tlog_proof.hpp"

using namespace fedatario::crypto;

namespace {

SigningKey key_from(unsigned first) {
  Bytes seed;
  for (unsigned i = 0; i < 32; ++i) seed += char(first + i);
  return SigningKey::from_seed(seed);
}
const std::string kOrigin = "ledger.example/audit";

const std::string kReceipt =
    "d2844da3012704442a52108c19018b01a119018ca12081586a830805835820bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e"
    "1f"
    "4d88599e6b5820ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae05820d37ee418976dd95753c1c73862b9398f"
    "a2"
    "a2cf9b4ff0fdfe8b30cd95209614b7f6584098b268d1b7d8c03c20b8361403ac63829dbf13e3053cd7f5735bbc9702696edd7c65282178249e"
    "ad"
    "4d47cecb49ccc92856a945a92ec9dfe85e3d401f5afbb80f";

const Digest kRoot = digest_from_hex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328").value();

InclusionPath path_of_five() {
  return {8,
          5,
          {digest_from_hex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b").value(),
           digest_from_hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0").value(),
           digest_from_hex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7").value()}};
}

}  // namespace

TEST_CASE("a COSE receipt is written as another implementation writes it, and verifies") {
  const auto key = key_from(0);
  CoseReceipt receipt{0x2a52108c, {}, path_of_five(), {}};
  CHECK(to_hex(receipt_signed_bytes(receipt, kRoot)) ==
        "846a5369676e6174757265314da3012704442a52108c19018b014058205dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe3"
        "70eff4"
        "604328");
  sign_receipt(receipt, kRoot, key);
  CHECK(to_hex(write_cose_receipt(receipt)) == kReceipt);
  const auto read = parse_cose_receipt(from_hex(kReceipt).value());
  REQUIRE(read);
  CHECK(std::get<InclusionPath>(read->path) == path_of_five());
  CHECK(check_inclusion_receipt(*read, leaf_hash("\x40\x41\x42\x43"), key.public_key()));
  CHECK_FALSE(check_inclusion_receipt(*read, leaf_hash("\x40\x41\x42\x44"), key.public_key()));
  CHECK_FALSE(check_inclusion_receipt(*read, leaf_hash("\x40\x41\x42\x43"), key_from(32).public_key()));
}

TEST_CASE("with the issuer in it a receipt is bound to its log") {
  const auto key = key_from(0);
  CoseReceipt receipt{0x2a52108c, kOrigin, path_of_five(), {}};
  sign_receipt(receipt, kRoot, key);
  auto read = parse_cose_receipt(write_cose_receipt(receipt));
  REQUIRE(read);
  CHECK(read->issuer == kOrigin);
  CHECK(check_inclusion_receipt(*read, leaf_hash("\x40\x41\x42\x43"), key.public_key()));
  read->issuer = "another.example/audit";
  CHECK_FALSE(check_inclusion_receipt(*read, leaf_hash("\x40\x41\x42\x43"), key.public_key()));
}

TEST_CASE("a consistency receipt holds for the trees it names and no others") {
  const auto key = key_from(0);
  const auto old_root = digest_from_hex("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77").value();
  // 3 → 8, the proof of the add-checkpoint request among the golden vectors.
  ConsistencyPath path{3, 8, {}};
  for (const auto* hash :
       {"ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c=", "B1Bqhf2d0vEg62lPhgEeW7RmLlxBWmKRcDPUqWJEh+c=",
        "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=", "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ="})
    path.path.push_back(digest_from_base64(hash).value());
  CoseReceipt receipt{0x2a52108c, kOrigin, path, {}};
  sign_receipt(receipt, kRoot, key);
  const auto read = parse_cose_receipt(write_cose_receipt(receipt));
  REQUIRE(read);
  CHECK(check_consistency_receipt(*read, old_root, kRoot, key.public_key()));
  CHECK_FALSE(check_consistency_receipt(*read, kRoot, kRoot, key.public_key()));
  CHECK_FALSE(check_consistency_receipt(*read, old_root, old_root, key.public_key()));
  CHECK_FALSE(check_inclusion_receipt(*read, leaf_hash("\x40\x41\x42\x43"), key.public_key()));
}

TEST_CASE("no change of one byte of a receipt, nothing cut off or added, leaves it good") {
  const auto bytes = from_hex(kReceipt).value();
  const auto key = key_from(0);
  const auto leaf = leaf_hash("\x40\x41\x42\x43");
  const auto holds = [&](View changed) {
    const auto read = parse_cose_receipt(changed);
    return read && check_inclusion_receipt(*read, leaf, key.public_key());
  };
  REQUIRE(holds(bytes));
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (const int bit : {0, 3, 7}) {
      auto changed = bytes;
      changed[at] = char(changed[at] ^ (1 << bit));
      INFO("byte " << at << " bit " << bit);
      CHECK_FALSE(holds(changed));
    }
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(holds(View(bytes).substr(0, size)));
  CHECK_FALSE(holds(bytes + '\0'));
}

TEST_CASE("a tlog-proof is the text of the golden vector, and strict") {
  const auto key = key_from(0);
  const auto checkpoint = sign_checkpoint({kOrigin, 8, kRoot, {}}, key);
  const std::string text =
      "c2sp.org/tlog-proof@v1\nindex 5\nvBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=\n"
      "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=\n037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=\n\n" +
      checkpoint;
  CHECK(format_tlog_proof({{}, 5, path_of_five().path, checkpoint}) == text);
  const auto read = parse_tlog_proof(text);
  REQUIRE(read);
  CHECK(read->index == 5);
  CHECK(read->proof == path_of_five().path);
  CHECK(read->checkpoint == checkpoint);
  CHECK(check_inclusion(leaf_hash("\x40\x41\x42\x43"), read->index, 8, read->proof, kRoot));

  const auto with_extra = format_tlog_proof({"salt", 0, {}, checkpoint});
  CHECK(with_extra == "c2sp.org/tlog-proof@v1\nextra c2FsdA==\nindex 0\n\n" + checkpoint);
  CHECK(parse_tlog_proof(with_extra)->extra == "salt");

  struct Case {
    const char* text;
    const char* what;
  };
  for (const auto& [bad, what] : {
           Case{"c2sp.org/tlog-proof@v2\nindex 0\n\nx\n", "not a tlog-proof of version 1"},
           Case{"c2sp.org/tlog-proof@v1\n\nx\n", "the index is missing"},
           Case{"c2sp.org/tlog-proof@v1\nindex -1\n\nx\n", "the index is not a canonical decimal number"},
           Case{"c2sp.org/tlog-proof@v1\nindex 01\n\nx\n", "the index is not a canonical decimal number"},
           Case{"c2sp.org/tlog-proof@v1\nindex 99999999999999999999\n\nx\n",
                "the index is not a canonical decimal number"},
           Case{"c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\nx\n", "extra is not base64"},
           Case{"c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx\n", "a hash is not base64 of 32 bytes"},
           Case{"c2sp.org/tlog-proof@v1\nindex 0\n", "the checkpoint is missing"},
       }) {
    INFO(bad);
    const auto refused = parse_tlog_proof(bad);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what == what);
  }
}
