// Heads recorded and packs of evidence, from a real ledger: good ones hold, and each thing changed, left out or added
// is refused with its own code. Both verifiers' corpus of forgeries is tests/vectors/evidence.mjs.
#include "ledger/evidence.hpp"

#include <catch2/catch.hpp>

#include "crypto/checkpoint.hpp"
#include "crypto/json.hpp"
#include "ledger/verify.hpp"
#include "tests/support/workshop.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using fedatario::tests::Workshop;
namespace json = boost::json;

namespace {

// Units a to d, heads, and one more after them.
class Told {
 public:
  Told() {
    shop.add_coordinator();
    for (const char* code : {"a", "ab", "b", "c"}) shop.record(shop.unit(code));
    rename("ab", "Otra");
    rename("ab", "Otra más");
    REQUIRE(shop.ledger().record_heads().result.has_value());
    rename("ab", "Después");
  }

  void rename(const std::string& code, const std::string& name) {
    shop.record(shop.by_session("coordinador.1", "procedure_coordinator", "unit/" + code, "unit.renamed",
                                {{"from", "2026-01-01"}, {"name", name}}));
  }

  EvidenceFiles pack(const EvidenceSubject& what) {
    const auto files = make_evidence(shop.ledger().log(), {what, shop.ledger().writer().head()->checkpoint, false});
    REQUIRE(files.has_value());
    return *files;
  }
  EvidenceFiles pack(const std::string& stream) { return pack(EvidenceSubject::of_stream(stream).value()); }

  Workshop shop;
};

std::string code_of(const EvidenceFiles& files, const EvidenceOptions& options = {}) {
  const auto verdict = check_evidence(files, options);
  return verdict.good() ? "good" : std::string(verdict.findings[0].code);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < text.size();) {
    const auto end = text.find('\n', from);
    out.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return out;
}
std::string text_of(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += line + '\n';
  return out;
}

}  // namespace

TEST_CASE("a pack of a stream holds its events, as of the heads recorded, and proves itself") {
  Told told;
  const auto files = told.pack("unit/ab");
  const auto verdict = check_evidence(files);
  REQUIRE(verdict.good());
  CHECK(verdict.ledger == told.shop.ledger().log().name());
  CHECK(verdict.subjects == 3);  // registered and twice renamed; what came after the heads is left out
  CHECK(verdict.by_session == 3);
  CHECK(verdict.by_author == 0);
  CHECK(verdict.size == told.shop.ledger().store().head().size);
  std::vector<std::string> names;
  for (const auto& one : verdict.events)
    if (one.subject) names.emplace_back(one.data->at("name").as_string());
  CHECK(names.back() == "Otra más");
}

TEST_CASE("a pack by actor holds all leaves of its range") {
  Told told;
  const auto last = told.shop.ledger().store().stream_head("unit/c").value().position;
  const EvidenceSubject what{EvidenceSubject::Kind::actor, "coordinador.1", {last.value - 2}, {last.value + 1}};
  auto files = told.pack(what);
  const auto verdict = check_evidence(files);
  REQUIRE(verdict.good());
  CHECK(verdict.subjects == 4);
  // Beyond the heads there is nothing to hold it against.
  EvidenceRequest beyond{what, told.shop.ledger().writer().head()->checkpoint, false};
  beyond.what.last.value += 100;
  CHECK_FALSE(make_evidence(told.shop.ledger().log(), beyond).has_value());
}

TEST_CASE("what is changed, left out or added in a pack is refused, each with its own code") {
  Told told;
  const auto good = told.pack("unit/ab");
  REQUIRE(code_of(good) == "good");
  const auto leaves = lines_of(good.at("leaves.jsonl"));
  const auto with = [&](const char* file, const std::string& text) {
    auto files = good;
    files[file] = text;
    return code_of(files);
  };
  SECTION("a leaf dropped leaves the tree without its hash") {
    for (std::size_t i = 1; i < leaves.size(); ++i) {
      auto fewer = leaves;
      fewer.erase(fewer.begin() + long(i));
      const auto code = with("leaves.jsonl", text_of(fewer));
      CAPTURE(i);
      CHECK(code != "good");
    }
  }
  SECTION("two leaves swapped") {
    auto swapped = leaves;
    std::swap(swapped[1], swapped[2]);
    CHECK(with("leaves.jsonl", text_of(swapped)) == "leaf");
  }
  SECTION("a leaf that is not in its one spelling") {
    auto spaced = leaves;
    spaced.back().insert(1, " ");
    CHECK(with("leaves.jsonl", text_of(spaced)) == "form");
  }
  SECTION("every hash of the tree counts") {
    auto tree = lines_of(good.at("tree.txt"));
    REQUIRE(!tree.empty());
    for (auto& line : tree) {
      const auto kept = line;
      line[7] = line[7] == '0' ? '1' : '0';
      CHECK(with("tree.txt", text_of(tree)) == "tree");
      line = kept;
    }
    tree.push_back(tree.back());
    CHECK(with("tree.txt", text_of(tree)) == "tree");
    CHECK(with("tree.txt", "") == "tree");
  }
  SECTION("every head shown counts") {
    const auto nodes = lines_of(good.at("streams.txt"));
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      auto fewer = nodes;
      fewer.erase(fewer.begin() + long(i));
      CHECK(with("streams.txt", text_of(fewer)) != "good");
      auto other = nodes;
      auto& digit = other[i].back();
      digit = digit == '0' ? '1' : '0';
      CHECK(with("streams.txt", text_of(other)) != "good");
    }
  }
  SECTION("the end of the stream left out, with the tree made to hide it") {
    // The leaf's own hash takes its place among the hashes that lead to the root.
    const auto verdict = check_evidence(good);
    auto files = good;
    std::size_t dropped = 0;
    for (std::size_t i = 0; i < verdict.events.size(); ++i)
      if (verdict.events[i].subject) dropped = i;
    const auto position = verdict.events[dropped].event.position;
    auto fewer = leaves;
    fewer.erase(fewer.begin() + long(dropped));
    files["leaves.jsonl"] = text_of(fewer);
    auto content = lines_of(files["content.jsonl"]);
    std::erase_if(content, [&](const auto& line) {
      return line.find("\"position\":" + std::to_string(position.value) + "}") != std::string::npos;
    });
    files["content.jsonl"] = text_of(content);
    // Its hash is the next one wanted after those of lower positions: tried in every place.
    auto tree = lines_of(files["tree.txt"]);
    bool hidden = false;
    for (std::size_t at = 0; at <= tree.size() && !hidden; ++at) {
      auto more = tree;
      more.insert(more.begin() + long(at), crypto::to_hex(crypto::leaf_hash(leaves[dropped])));
      files["tree.txt"] = text_of(more);
      const auto code = code_of(files);
      CHECK(code != "good");
      hidden = code == "whole";
    }
    CHECK(hidden);
  }
  SECTION("content changed, exchanged, or wanting") {
    auto content = lines_of(good.at("content.jsonl"));
    auto changed = content;
    const auto at = changed.back().find("Otra");
    REQUIRE(at != std::string::npos);
    changed.back()[at] = 'o';
    CHECK(with("content.jsonl", text_of(changed)) == "content");
    auto fewer = content;
    fewer.pop_back();
    CHECK(with("content.jsonl", text_of(fewer)) == "content");
  }
  SECTION("the head is the ledger's") {
    const auto own = told.shop.ledger().writer().head();
    const auto other = crypto::SigningKey::from_seed(std::string(32, 'x'));
    const auto origin = told.shop.ledger().log().founding().origin;
    CHECK(with("checkpoint.txt", crypto::sign_checkpoint({origin, own->size, own->root, {}}, other)) == "checkpoint");
    EvidenceOptions options;
    options.vkey = crypto::NoteVerifier::make(origin, other.public_key()).value().format();
    CHECK(code_of(good, options) == "checkpoint");
    options.vkey = check_evidence(good).vkey;
    CHECK(code_of(good, options) == "good");
  }
  SECTION("another event in the place of the heads") {
    auto text = good.at("evidence.json");
    const auto heads = check_evidence(good).heads.value;
    const auto from = "\"heads\":" + std::to_string(heads);
    text.replace(text.find(from), from.size(), "\"heads\":0");
    CHECK(with("evidence.json", text) == "heads");
  }
  SECTION("a file that is missing") {
    for (const auto& [name, text] : good) {
      auto files = good;
      files.erase(name);
      CHECK(code_of(files) == "manifest");
    }
  }
}

TEST_CASE("what has no heads, or no events, gives no pack") {
  Workshop shop;
  shop.add_coordinator();
  shop.record(shop.unit("a"));
  const auto ask = [&](const char* stream) {
    const EvidenceRequest request{EvidenceSubject::of_stream(stream).value(), shop.ledger().writer().head()->checkpoint,
                                  false};
    return make_evidence(shop.ledger().log(), request).has_value();
  };
  CHECK_FALSE(ask("unit/a"));
  REQUIRE(shop.ledger().record_heads().result.has_value());
  CHECK(ask("unit/a"));
  CHECK_FALSE(ask("unit/zz"));
  CHECK_FALSE(EvidenceSubject::of_stream("no/such/kind").has_value());
  CHECK_FALSE(EvidenceSubject::of_plan("2026").has_value());
  CHECK(EvidenceSubject::of_plan("2026/ddo").has_value());
}

TEST_CASE("heads that are not those of the streams are a fault of the ledger") {
  Workshop shop;
  shop.add_coordinator();
  shop.record(shop.unit("a"));
  const auto found = [&] {
    shop.close();
    const auto report = verify(shop.path(), {});
    shop.reopen();
    return report.findings.empty() ? std::string() : report.findings[0].en;
  };
  REQUIRE(shop.ledger().record_heads().result.has_value());
  CHECK(found() == "");
  HeadsRecorded wrong;
  wrong.open.size = {2};
  wrong.open.streams = {2};
  REQUIRE(shop.ledger().say("ledger", Body(std::in_place_type<HeadsRecorded>, wrong)).result.has_value());
  CHECK(found() == "the heads recorded are not those of the streams at size 2");
}
