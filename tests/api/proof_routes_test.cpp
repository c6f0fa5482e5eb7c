// The log served as tiles, receipts in three forms and consistency, as a verifier that knows nothing of us takes them.
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/support/show_result.hpp"

#include "crypto/checkpoint.hpp"
#include "crypto/cose_receipt.hpp"
#include "crypto/merkle.hpp"
#include "crypto/tiles.hpp"
#include "crypto/tlog_proof.hpp"
#include "ledger/gzip.hpp"
#include "ledger/receipt.hpp"
#include "tests/support/stage.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;
using crypto::Digest;
namespace json = boost::json;

namespace {

// 300 events: a full tile and a partial one.
struct Office {
  Office() {
    shop.add_coordinator();
    while (size() < 300) {
      std::vector<Result<Proposal>> units;
      for (int i = 0; i < 50 && size() + units.size() < 300; ++i)
        units.push_back(shop.unit("u" + std::to_string(size() + units.size())));
      REQUIRE(shop.submit(std::move(units)).result.has_value());
    }
  }
  std::uint64_t size() { return shop.ledger().store().head().size; }
  crypto::NoteVerifier verifier() {
    const auto& founding = shop.ledger().log().founding();
    return crypto::NoteVerifier::make(founding.origin, key_of(founding, LedgerKey::checkpoint)).value();
  }
  // Without a token.
  Answer get(const std::string& target, const std::string& headers = "") {
    return HttpClient(service.port()).request("GET", target, headers);
  }

  Workshop shop;
  HttpService service{shop.ledger()};
};

const std::string kToken = "Authorization: Bearer auditor\r\n";

}  // namespace

TEST_CASE("whoever has the log's key rebuilds the signed root from tiles alone, without a token") {
  Office office;
  const auto note = office.get("/checkpoint");
  CHECK(note.header("content-type") == "text/plain; charset=utf-8");
  const auto head = crypto::open_checkpoint(note.body, office.verifier());
  REQUIRE(head);
  REQUIRE(head->size == 300);
  crypto::RightEdge edge;
  std::vector<Digest> level_one;
  for (const auto& tile : crypto::tiles_since(0, head->size)) {
    const auto answer = office.get("/" + crypto::tile_path(tile));
    INFO(crypto::tile_path(tile));
    REQUIRE(answer.status == 200);
    CHECK(answer.header("content-type") == "application/octet-stream");
    CHECK(answer.header("cache-control") == "public, max-age=31536000, immutable");
    const auto hashes = crypto::parse_tile(answer.body, tile.width);
    REQUIRE(hashes);
    for (const auto& hash : *hashes) {
      if (tile.level == 0)
        edge.append(hash, [&](const crypto::StoredHash& name, const Digest& root) {
          if (name.level == 8) level_one.push_back(root);
        });
    }
    if (tile.level == 1) CHECK(*hashes == level_one);
  }
  CHECK(edge.root() == head->root);
  CHECK(office.get("/tile/0/001.p/7").body == office.get("/tile/0/001.p/44").body.substr(0, 7 * 32));
}

TEST_CASE("what is no tile of this log is not found, however it is spelt") {
  Office office;
  for (const auto* target :
       {"/tile/0/001", "/tile/0/001.p/45", "/tile/0/002", "/tile/1/000", "/tile/1/000.p/2", "/tile/2/000.p/1",
        "/tile/0/000.p/256", "/tile/0/000.p/0", "/tile/0/000.p/01", "/tile/00/000", "/tile/64/000", "/tile/0/x000/000",
        "/tile/0/%30%30%30", "/tile/0/000/", "/tile/0", "/tile/9/000.p/1", "/tile/-1/000", "/tile/0/00"}) {
    INFO(target);
    CHECK(office.get(target).status == 404);
  }
  CHECK(office.get("/tile/entries/002", kToken).status == 404);
  CHECK(HttpClient(office.service.port()).request("POST", "/tile/0/000").status == 405);
}

TEST_CASE("bundles need a token, and go out gzipped to whom it is told") {
  Office office;
  CHECK(office.get("/tile/entries/000").status == 401);
  const auto plain = office.get("/tile/entries/000", kToken);
  REQUIRE(plain.status == 200);
  CHECK(plain.header("content-encoding").empty());
  CHECK(plain.header("cache-control") == "private, max-age=31536000, immutable");
  const auto packed = office.get("/tile/entries/000", kToken + "Accept-Encoding: gzip, identity\r\n");
  CHECK(packed.header("content-encoding") == "gzip");
  CHECK(packed.header("vary") == "Accept-Encoding");
  CHECK(gunzip(packed.body, plain.body.size()) == plain.body);
  CHECK(office.get("/tile/entries/000", kToken + "Accept-Encoding: gzip;q=0, *;q=0\r\n").body == plain.body);
  const auto entries = crypto::parse_bundle(plain.body, 256);
  REQUIRE(entries);
  const auto hashes = crypto::parse_tile(office.get("/tile/0/000").body, 256);
  for (std::size_t i = 0; i < 256; ++i) CHECK(crypto::leaf_hash(entries->at(i)) == hashes->at(i));
  const auto last = office.get("/tile/entries/001.p/44", kToken + "Accept-Encoding: gzip\r\n");
  CHECK(last.header("content-encoding").empty());  // it is not stored: a batch may still fill it
  CHECK(crypto::parse_bundle(last.body, 44));
}

TEST_CASE("a receipt in each of its forms proves the same event") {
  Office office;
  const std::string target = "/v1/events/77/receipt";
  const auto leaf = office.shop.ledger().store().leaf({77});
  const auto key = office.verifier();
  CHECK(office.get(target).status == 401);

  const auto as_json = office.get(target, kToken);
  CHECK(as_json.header("content-type") == "application/json");
  std::string fault;
  CHECK(check_receipt(as_json.body, key, fault));

  const auto as_text = office.get(target, kToken + "Accept: text/plain\r\n");
  CHECK(as_text.header("content-type") == "text/plain; charset=utf-8");
  const auto proof = crypto::parse_tlog_proof(as_text.body);
  REQUIRE(proof);
  CHECK(proof->index == 77);
  const auto head = crypto::open_checkpoint(proof->checkpoint, key);
  REQUIRE(head);
  CHECK(crypto::check_inclusion(crypto::leaf_hash(leaf), proof->index, head->size, proof->proof, head->root));

  for (const std::string media : {"application/cose", "application/scitt-receipt+cose"}) {
    const auto as_cose = office.get(target, kToken + "Accept: " + media + "\r\n");
    CHECK(as_cose.header("content-type") == media);
    const auto receipt = crypto::parse_cose_receipt(as_cose.body);
    REQUIRE(receipt);
    CHECK(receipt->issuer == key.name);
    CHECK(receipt->key_id == key.id);
    CHECK(check_inclusion_receipt(*receipt, crypto::leaf_hash(leaf), key.key));
    CHECK_FALSE(check_inclusion_receipt(*receipt, crypto::leaf_hash(office.shop.ledger().store().leaf({78})), key.key));
  }
  CHECK(office.get(target, kToken + "Accept: text/html\r\n").status == 406);
  CHECK(office.get("/v1/events/300/receipt", kToken).status == 404);
}

TEST_CASE("consistency is proved between any two sizes, as JSON and as a COSE receipt") {
  Office office;
  const auto key = office.verifier();
  const auto root_of = [](const json::value& head) {
    return crypto::digest_from_hex(std::string_view(head.at("root").as_string())).value();
  };
  for (const auto& [from, to] : {std::pair(1, 2), std::pair(3, 8), std::pair(256, 300), std::pair(255, 257),
                                 std::pair(17, 17), std::pair(299, 300)}) {
    const auto target = "/v1/consistency?from=" + std::to_string(from) + "&to=" + std::to_string(to);
    INFO(target);
    const auto answer = office.get(target);
    REQUIRE(answer.status == 200);
    const auto body = json::parse(answer.body);
    std::vector<Digest> path;
    for (const auto& hash : body.at("proof").as_array())
      path.push_back(crypto::digest_from_hex(std::string_view(hash.as_string())).value());
    const auto old_root = root_of(body.at("from")), root = root_of(body.at("to"));
    CHECK(crypto::check_consistency(std::uint64_t(from), std::uint64_t(to), path, old_root, root));
    CHECK(body.as_object().contains("checkpoint") == (to == 300));
    const auto receipt = crypto::parse_cose_receipt(office.get(target, "Accept: application/cose\r\n").body);
    REQUIRE(receipt);
    CHECK(check_consistency_receipt(*receipt, old_root, root, key.key));
  }
  CHECK(json::parse(office.get("/v1/consistency?from=5").body).at("to").at("size").to_number<int>() == 300);
  for (const auto* query : {"", "?from=0", "?from=9&to=8", "?from=1&to=301", "?from=x", "?from=1&to=0"}) {
    INFO(query);
    CHECK(office.get(std::string("/v1/consistency") + query).status == 400);
  }
}
