// Checkpoints of the reference tree, signed by another program with the same key, and everything that is none.
#include "crypto/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "crypto/merkle.hpp"
#include "tests/support/show_result.hpp"

using namespace fedatario::crypto;

namespace {

constexpr View kOrigin = "ledger.example/audit";
constexpr View kEmptyRoot = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
constexpr View kRootOf8 = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";

SigningKey log_key() {
  return SigningKey::from_seed(*from_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
}
NoteVerifier log_verifier() {
  return NoteVerifier::parse("ledger.example/audit+2a52108c+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4").value();
}

Checkpoint checkpoint(std::uint64_t size, View root) {
  return {std::string(kOrigin), size, *digest_from_base64(root), {}};
}

std::string note(std::uint64_t size, View root, View signature) {
  return std::string(kOrigin) + "\n" + std::to_string(size) + "\n" + std::string(root) + "\n\n— " +
         std::string(kOrigin) + " " + std::string(signature) + "\n";
}

const std::string kNoteOf8 =
    note(8, kRootOf8, "KlIQjLQKpvaPPLhCzQrPDXEgPL7iGJwX+Dm7SjYnDeLELb+M4NakHEDSMiTa7hmnvmHX2OoaUJrSesx0Eqzyb3z9Pw0=");
const std::string kWitnessLine =
    "— witness.example/w1 "
    "IDJKvgAAAABlU/EA11ajO4V978hrUM8rVwzOuVYv6W8C2aG1AiDHZS7vHsUlXpWrmFZAnkodIZJnFuO8XvK9MYv4H3QoMmHvxqR9Ag==\n";

}  // namespace

TEST_CASE("checkpoints of sizes 0, 3 and 8 are signed exactly as another program signed them") {
  struct Case {
    std::uint64_t size;
    View root, signature;
  };
  const Case cases[] = {
      {0, kEmptyRoot, "KlIQjMf/CfbVbFHfk69+5Rrj/qFRE5xX/FUVW2ZEU5O9XVyxw/btsfvZhmVwXAXCtZhordFskFUkJvRoHy4y7og+/Ak="},
      {3, "rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=",
       "KlIQjIfNIL5dWUELZ6F/XkIz3hK62ofHktn2l2wuYXvD08UdPdsLBIFOQR6jfobt3+3ZlDizWIp7PPEKJlj87hHcEQ4="},
      {8, kRootOf8, "KlIQjLQKpvaPPLhCzQrPDXEgPL7iGJwX+Dm7SjYnDeLELb+M4NakHEDSMiTa7hmnvmHX2OoaUJrSesx0Eqzyb3z9Pw0="}};
  CHECK(NoteVerifier::make(kOrigin, log_key().public_key()).value().format() == log_verifier().format());
  for (const Case& c : cases) {
    const Checkpoint expected = checkpoint(c.size, c.root);
    CHECK(sign_checkpoint(expected, log_key()) == note(c.size, c.root, c.signature));
    CHECK(open_checkpoint(note(c.size, c.root, c.signature), log_verifier()).value() == expected);
  }
}

TEST_CASE("a signed checkpoint of no entries has the empty tree's root") {
  const auto signed_note = sign_checkpoint(checkpoint(0, kRootOf8), log_key());
  CHECK(open_checkpoint(signed_note, log_verifier()).error().what == "root hash is not that of an empty tree");
}

TEST_CASE("a witness's line beside the log's is no hindrance") {
  CHECK(open_checkpoint(kNoteOf8 + kWitnessLine, log_verifier()).value() == checkpoint(8, kRootOf8));
}

TEST_CASE("extension lines are kept and written") {
  Checkpoint extended = checkpoint(8, kRootOf8);
  extended.extensions = {"one", "two words"};
  const std::string text = format_checkpoint(extended);
  CHECK(text == "ledger.example/audit\n8\n" + std::string(kRootOf8) + "\none\ntwo words\n");
  CHECK(parse_checkpoint(text).value() == extended);
  CHECK(open_checkpoint(sign_checkpoint(extended, log_key()), log_verifier()).value() == extended);
}

TEST_CASE("every flipped bit of a checkpoint is noticed") {
  for (std::size_t bit = 0; bit < kNoteOf8.size() * 8; ++bit) {
    INFO("bit " << bit);
    std::string wrong = kNoteOf8;
    wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << bit % 8));
    CHECK(!open_checkpoint(wrong, log_verifier()));
  }
  CHECK(open_checkpoint(kNoteOf8, log_verifier()));
}

TEST_CASE("a checkpoint by another key, or of another log, is refused") {
  const SigningKey other = SigningKey::generate();
  CHECK(!open_checkpoint(sign_checkpoint(checkpoint(8, kRootOf8), other), log_verifier()));
  CHECK(!open_checkpoint(kNoteOf8, NoteVerifier::make(kOrigin, other.public_key()).value()));
  Checkpoint foreign = checkpoint(8, kRootOf8);
  foreign.origin = "other.example";
  const std::string text = format_checkpoint(foreign);
  const auto opened = open_checkpoint(format_note({text, {sign_note(text, kOrigin, log_key())}}), log_verifier());
  REQUIRE(!opened);
  CHECK(opened.error().what == "origin is not the name of the key");
}

TEST_CASE("texts that are no checkpoint are refused where they go wrong") {
  struct Case {
    std::string text, why;
    std::size_t offset;
  };
  const std::string root = std::string(kRootOf8) + "\n";
  const std::string size_fault = "tree size is not a canonical decimal number";
  const std::string root_fault = "root hash is not base64 of 32 bytes";
  const Case cases[] = {{"", "checkpoint ends too early", 0},
                        {"o\n", "checkpoint ends too early", 2},
                        {"o\n8\n", "checkpoint ends too early", 4},
                        {"o\n8\n" + std::string(kRootOf8), "checkpoint ends too early", 48},
                        {"\n8\n" + root, "empty line in a checkpoint", 0},
                        {"o\n\n" + root, "empty line in a checkpoint", 2},
                        {"o\n8\n\n", "empty line in a checkpoint", 4},
                        {"o\n8\n" + root + "\n", "empty line in a checkpoint", 49},
                        {"o\n8\n" + root + "x\n\n", "empty line in a checkpoint", 51},
                        {"o\n8\n" + root + "x", "checkpoint ends too early", 50},
                        {"o\n08\n" + root, size_fault, 2},
                        {"o\n+8\n" + root, size_fault, 2},
                        {"o\n-8\n" + root, size_fault, 2},
                        {"o\n 8\n" + root, size_fault, 2},
                        {"o\n8 \n" + root, size_fault, 2},
                        {"o\n8.0\n" + root, size_fault, 2},
                        {"o\n0x8\n" + root, size_fault, 2},
                        {"o\n18446744073709551616\n" + root, size_fault, 2},
                        {"o\n8\n" + root.substr(1), root_fault, 4},
                        {"o\n8\n" + to_base64(Bytes(31, 'x')) + "\n", root_fault, 4},
                        {"o\n8\n" + to_base64(Bytes(33, 'x')) + "\n", root_fault, 4},
                        {"o\n8\n " + root, root_fault, 4},
                        {"o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyh=\n", root_fault, 4},
                        {"o\n8\r\n" + root, "control character", 3},
                        {"\xff\n8\n" + root, "invalid UTF-8", 0}};
  for (const Case& c : cases) {
    INFO(c.text);
    const auto parsed = parse_checkpoint(c.text);
    REQUIRE(!parsed);
    CHECK(parsed.error().what == c.why);
    CHECK(parsed.error().offset == c.offset);
  }
}

TEST_CASE("the largest size is read and written") {
  Checkpoint largest = checkpoint(~std::uint64_t{0}, kRootOf8);
  CHECK(parse_checkpoint(format_checkpoint(largest)).value() == largest);
  CHECK(format_checkpoint(largest).find("\n18446744073709551615\n") != std::string::npos);
}
