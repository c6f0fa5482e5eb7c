// Signed notes: the vectors of the specification's reference implementation, and the malformed notes its tests refuse.
#include "crypto/note.hpp"
#include "tests/support/show_result.hpp"

#include <catch2/catch.hpp>

using namespace fedatario::crypto;

namespace {

const std::string kText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string kPeterLine =
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const std::string kEnochLine =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
constexpr View kPeterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr View kEnochKey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";

NoteVerifier verifier(View vkey) { return NoteVerifier::parse(vkey).value(); }
NoteVerifier peter() { return verifier(kPeterKey); }
NoteVerifier enoch() { return verifier(kEnochKey); }

// The names of those who verify, or the fault.
std::string opened(const std::string& note, const std::vector<NoteVerifier>& known) {
  const auto parsed = parse_note(note);
  if (!parsed) return parsed.error().what;
  const auto verified = verify_note(*parsed, known);
  if (!verified) return verified.error().what;
  std::string names;
  for (const NoteVerifier& by : *verified) names += by.name + ";";
  return names;
}

std::string line(View name, std::uint32_t id, View signature) {
  Bytes raw;
  append_u32(raw, id);
  return "— " + std::string(name) + " " + to_base64(raw.append(signature)) + "\n";
}

std::string with_bit_flipped(std::string text, std::size_t bit) {
  text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
  return text;
}

}  // namespace

TEST_CASE("a note of the specification verifies under its key") {
  const std::string note =
      "This is an example message.\n\n"
      "— example.com/foo "
      "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
  CHECK(opened(note, {verifier("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")}) ==
        "example.com/foo;");
}

TEST_CASE("a note is signed exactly as the reference implementation signs it") {
  const Bytes secret = *from_base64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  const SigningKey key = SigningKey::from_seed(View(secret).substr(1));
  CHECK(NoteVerifier::make("PeterNeumann", key.public_key()).value().format() == kPeterKey);
  CHECK(format_note({kText, {sign_note(kText, "PeterNeumann", key)}}) == kText + "\n" + kPeterLine);
}

TEST_CASE("a note by two keys is verified by those that are known") {
  const std::string note = kText + "\n" + kPeterLine + kEnochLine;
  CHECK(opened(note, {peter(), enoch()}) == "PeterNeumann;EnochRoot;");
  CHECK(opened(note, {enoch(), peter()}) == "PeterNeumann;EnochRoot;");
  CHECK(opened(note, {enoch()}) == "EnochRoot;");
  CHECK(opened(note, {}) == "no signature by a known key");
  CHECK(opened(kText + "\n" + kPeterLine, {enoch()}) == "no signature by a known key");
}

TEST_CASE("a note is read into its parts and written the same again") {
  const std::string text = kText + "\nwith an empty line\n\n\nand more\n";
  const std::string note = text + "\n" + kPeterLine + kEnochLine;
  const auto parsed = parse_note(note);
  REQUIRE(parsed);
  CHECK(parsed->text == text);
  REQUIRE(parsed->signatures.size() == 2);
  CHECK(parsed->signatures[1].name == "EnochRoot");
  CHECK(parsed->signatures[1].id == 0xaf0cfe78);
  CHECK(parsed->signatures[1].signature.size() == 64);
  CHECK(format_note(*parsed) == note);
}

TEST_CASE("a text may hold what looks like signatures") {
  const SigningKey key = SigningKey::generate();
  const std::string text = kText + "\n" + kPeterLine;
  const std::string note = format_note({text, {sign_note(text, "outer", key)}});
  CHECK(opened(note, {peter(), NoteVerifier::make("outer", key.public_key()).value()}) == "outer;");
}

TEST_CASE("a corrupt signature by a known key spoils the note, one by an unknown key does not") {
  const std::string bad = line("EnochRoot", 0xaf0cfe78, Bytes(64, 'x'));
  CHECK(opened(kText + "\n" + kPeterLine + bad, {peter(), enoch()}) == "signature by EnochRoot does not verify");
  CHECK(opened(kText + "\n" + bad + kPeterLine, {peter(), enoch()}) == "signature by EnochRoot does not verify");
  CHECK(opened(kText + "\n" + bad + kPeterLine, {peter()}) == "PeterNeumann;");
  CHECK(opened(kText + "\n" + line("EnochRoot", 0xaf0cfe78, "x"), {enoch()}) ==
        "signature by EnochRoot does not verify");
}

TEST_CASE("a key is known only by name and id together") {
  const auto signature = parse_note(kText + "\n" + kPeterLine).value().signatures[0].signature;
  CHECK(opened(kText + "\n" + line("EnochRoot", 0xc74f20a3, signature), {peter(), enoch()}) ==
        "no signature by a known key");
  CHECK(opened(kText + "\n" + line("PeterNeumann", 0xaf0cfe78, signature), {peter(), enoch()}) ==
        "no signature by a known key");
}

TEST_CASE("only the first signature of a key counts") {
  const std::string bad = line("PeterNeumann", 0xc74f20a3, Bytes(64, 'x'));
  CHECK(opened(kText + "\n" + kPeterLine + bad, {peter()}) == "PeterNeumann;");
  CHECK(opened(kText + "\n" + kPeterLine + kPeterLine, {peter()}) == "PeterNeumann;");
  CHECK(opened(kText + "\n" + bad + kPeterLine, {peter()}) == "signature by PeterNeumann does not verify");
}

TEST_CASE("two known keys that cannot be told apart are refused") {
  NoteVerifier twin = enoch();
  twin.name = peter().name;
  twin.id = peter().id;
  CHECK(opened(kText + "\n" + kPeterLine, {peter(), twin}) == "two known keys share name and id");
}

TEST_CASE("malformed notes are refused at the byte where they go wrong") {
  struct Case {
    std::string note, why;
    std::size_t offset;
  };
  const std::string good = kText + "\n" + kPeterLine;
  const std::size_t signatures = kText.size() + 1;
  const std::size_t name = signatures + 4;
  const Case cases[] = {
      {"", "note without an empty line before its signatures", 0},
      {kText + kPeterLine, "note without an empty line before its signatures", kText.size() + kPeterLine.size()},
      {kText + "\n", "note without signatures", kText.size() + 1},
      {"\x01" + good, "control character", 0},
      {"a\tb\n\n" + kPeterLine, "control character", 1},
      {"a\r\n\n" + kPeterLine, "control character", 1},
      {"a\xff\n\n" + kPeterLine, "invalid UTF-8", 1},
      {good.substr(0, good.size() - 1), "note without a final line feed", good.size() - 1},
      {good + "x\n", "signature line without dash", good.size()},
      {good + "\n", "note without signatures", good.size() + 1},
      {good + "\n\n", "note without signatures", good.size() + 2},
      {kText + "\n- PeterNeumann AAAAAAAA\n", "signature line without dash", signatures},
      {kText + "\n—\n", "signature line without dash", signatures},
      {kText + "\n— PeterNeumann\n", "signature line without signature", name},
      {kText + "\n—  AAAAAAAA\n", "invalid key name", name},
      {kText + "\n— a b AAAAAAAA\n", "signature is not base64", name + 2},
      {kText + "\n— a\xc2\xa0"
               "b AAAAAAAA\n",
       "invalid key name", name},
      {kText + "\n— a+b AAAAAAAA\n", "invalid key name", name},
      {kText + "\n— a \n", "signature too short", name + 2},
      {kText + "\n— a AAAAAA==\n", "signature too short", name + 2},
      {kText + "\n— a AAAAAAA\n", "signature is not base64", name + 2},
      {kText + "\n— a AAAAAAB=\n", "signature is not base64", name + 2},
      {kText + "\n— a AAAAAAAA \n", "signature is not base64", name + 2}};
  for (const Case& c : cases) {
    INFO(c.note);
    const auto parsed = parse_note(c.note);
    REQUIRE(!parsed);
    CHECK(parsed.error().what == c.why);
    CHECK(parsed.error().offset == c.offset);
  }
}

TEST_CASE("a note carries a hundred signatures and not one more") {
  std::string note = kText + "\n";
  for (std::size_t i = 0; i < kMaxNoteSignatures - 1; ++i) note += line("n" + std::to_string(i), 1, "x");
  CHECK(opened(note + kPeterLine, {peter()}) == "PeterNeumann;");
  CHECK(opened(note + kPeterLine + line("last", 1, "x"), {peter()}) == "too many signatures");
}

TEST_CASE("a note is as long as the limit and not a byte longer") {
  const std::string end = "\n\n" + line("n", 1, "x");
  const std::string text(kMaxNoteBytes - end.size(), 'x');
  CHECK(parse_note(text + end));
  const auto longer = parse_note("x" + text + end);
  REQUIRE(!longer);
  CHECK(longer.error().what == "note too long");
}

TEST_CASE("every flipped bit of a note with one signature is noticed") {
  const std::string note = kText + "\n" + kPeterLine;
  for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
    INFO("bit " << bit);
    CHECK(opened(with_bit_flipped(note, bit), {peter()}) != "PeterNeumann;");
  }
  CHECK(opened(note, {peter()}) == "PeterNeumann;");
}

TEST_CASE("a verifier key is written as it was read") {
  CHECK(peter().format() == kPeterKey);
  CHECK(enoch().format() == kEnochKey);
  CHECK(enoch().id == 0xaf0cfe78);
}

TEST_CASE("every flipped bit and every part of a verifier key is refused") {
  const std::string vkey(kPeterKey);
  for (std::size_t bit = 0; bit < vkey.size() * 8; ++bit) {
    INFO("bit " << bit);
    CHECK(!NoteVerifier::parse(with_bit_flipped(vkey, bit)));
  }
  for (std::size_t begin = 0; begin <= vkey.size(); ++begin)
    for (std::size_t size = 0; begin + size <= vkey.size(); ++size)
      if (size != vkey.size()) {
        CHECK(!NoteVerifier::parse(View(vkey).substr(begin, size)));
      }
  CHECK(NoteVerifier::parse(vkey));
}

TEST_CASE("verifier keys of another type, length or id are refused, and say why") {
  const std::pair<View, View> cases[] = {
      {"witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X", "key type is not Ed25519"},
      {"PeterNeumann+c74f20a3", "verifier key without three parts"},
      {"PeterNeumann", "verifier key without three parts"},
      {"PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "key id is not eight hexadecimal digits"},
      {"PeterNeumann+0c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "key id is not eight hexadecimal digits"},
      {"PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "key id does not belong to the key"},
      {"PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "key id does not belong to the key"},
      {"+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "invalid key name"},
      {"PeterNeumann+c74f20a3+", "public key is not base64"},
      {"PeterNeumann+c74f20a3+AQ==", "invalid Ed25519 public key"},
      {"PeterNeumann+c74f20a3+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalid Ed25519 public key"}};
  for (const auto& [vkey, why] : cases) {
    INFO(vkey);
    const auto parsed = NoteVerifier::parse(vkey);
    REQUIRE(!parsed);
    CHECK(parsed.error().what == why);
  }
}

TEST_CASE("a key name has no space, plus or control character, in UTF-8") {
  for (const View good : {"a", "example.com/foo", "ñandú", "日本", "a\xf0\x9f\x98\x82"}) CHECK(is_note_name(good));
  for (const View bad : {"",
                         " ",
                         "a b",
                         "a+b",
                         "a\tb",
                         "a\nb",
                         "a\x7f",
                         "a\xc2\x80",
                         "a\xc2\x85",
                         "a\xc2\xa0",
                         "a\xe1\x9a\x80",
                         "a\xe2\x80\x80",
                         "a\xe2\x80\x8a",
                         "a\xe2\x80\xa8",
                         "a\xe2\x80\xa9",
                         "a\xe2\x80\xaf",
                         "a\xe2\x81\x9f",
                         "a\xe3\x80\x80",
                         "a\xff",
                         "\xc3"}) {
    INFO(to_hex(bad));
    CHECK(!is_note_name(bad));
    CHECK(!NoteVerifier::make(bad, peter().key));
  }
}

TEST_CASE("a witness's cosignature is that of the golden vector, and says when") {
  Bytes log_seed, witness_seed;
  for (unsigned i = 0; i < 32; ++i) log_seed += char(i), witness_seed += char(0x20 + i);
  const auto witness = SigningKey::from_seed(witness_seed);
  const auto known = NoteVerifier::parse("witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X",
                                         NoteKeyType::cosignature)
                         .value();
  CHECK(known.key == witness.public_key());
  CHECK(known.format() == "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X");
  CHECK(NoteVerifier::parse("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
                            NoteKeyType::cosignature));
  CHECK_FALSE(NoteVerifier::parse(known.format()));
  const std::string text = "ledger.example/audit\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";
  const auto log = NoteVerifier::make("ledger.example/audit", SigningKey::from_seed(log_seed).public_key()).value();
  const Note note{text,
                  {sign_note(text, log.name, SigningKey::from_seed(log_seed)),
                   cosign_note(text, known.name, witness, 1'700'000'000)}};
  CHECK(
      format_note(note) ==
      text +
          "\n"
          "— ledger.example/audit "
          "KlIQjLQKpvaPPLhCzQrPDXEgPL7iGJwX+Dm7SjYnDeLELb+M4NakHEDSMiTa7hmnvmHX2OoaUJrSesx0Eqzyb3z9Pw0=\n"
          "— witness.example/w1 "
          "IDJKvgAAAABlU/EA11ajO4V978hrUM8rVwzOuVYv6W8C2aG1AiDHZS7vHsUlXpWrmFZAnkodIZJnFuO8XvK9MYv4H3QoMmHvxqR9Ag==\n");
  const auto cosigned = verify_cosignatures(note, {known});
  REQUIRE(cosigned);
  REQUIRE(cosigned->size() == 1);
  CHECK(cosigned->at(0).seconds == 1'700'000'000);
  CHECK(verify_note(note, {log}));  // whose signature is not disturbed by it

  SECTION("a cosignature moved to another text or another time is a fault, one by a stranger is nothing") {
    auto moved = note;
    moved.text = "other.example/audit\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";
    CHECK_FALSE(verify_cosignatures(moved, {known}));
    auto later = note;
    ++later.signatures[1].signature[7];
    CHECK_FALSE(verify_cosignatures(later, {known}));
    auto timeless = note;
    timeless.signatures[1].signature.replace(0, 8, 8, '\0');
    CHECK_FALSE(verify_cosignatures(timeless, {known}));
    const auto stranger =
        NoteVerifier::make("witness.example/w2", witness.public_key(), NoteKeyType::cosignature).value();
    CHECK(verify_cosignatures(note, {stranger})->empty());
  }
  SECTION("the line alone, as a witness answers with it") {
    const auto line = format_note_signature(note.signatures[1]);
    const auto read = parse_note_signature(line);
    REQUIRE(read);
    CHECK(read->signature == note.signatures[1].signature);
    CHECK_FALSE(parse_note_signature(line + line));
    CHECK_FALSE(parse_note_signature(line.substr(0, line.size() - 1)));
    CHECK_FALSE(parse_note_signature(""));
  }
}
