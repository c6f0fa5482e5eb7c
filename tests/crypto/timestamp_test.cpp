// Time stamps, from an authority that the openssl command is: what is granted, what is refused and why, what a token
// proves later, and that no change of one leaves it good.
#include "crypto/timestamp.hpp"

#include <catch2/catch.hpp>
#include <ctime>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

#include "tests/support/show_result.hpp"
#include "tests/support/timestamp_authority.hpp"

#include "crypto/der.hpp"

using namespace fedatario::crypto;
using namespace fedatario::tests;
using Catch::Contains;

namespace {

const std::string kHead = "libro.ejemplo.gov.co\n8\nXcmnmKYFmtnVWctwHtnaKrmCOtqtL0lgz+Nw7/RgQyg=\n";
const Bytes kDigest = imprint_of(ImprintHash::sha256, kHead);
constexpr std::int64_t kMicros = 1'000'000;
constexpr std::int64_t kMidsummer2020 = 1'592'740'800;  // 2020-06-21T12:00:00Z

// Keys take their time: one authority for the tests that ask for nothing special.
const TimestampAuthority& usual() {
  static const TimestampAuthority authority;
  return authority;
}

TrustedAuthorities trusting(View pem) { return TrustedAuthorities::from_pem(pem).value(); }

Bytes token_of(const TimestampAuthority& authority, ImprintHash hash = ImprintHash::sha256) {
  const auto query = make_timestamp_query(hash, imprint_of(hash, kHead));
  return read_timestamp_reply(authority.answer(query.der), query).value();
}

const Bytes& usual_token() {
  static const Bytes token = token_of(usual());
  return token;
}

std::string fault_of(View token, View digest = kDigest, ImprintHash hash = ImprintHash::sha256) {
  const auto checked = check_timestamp(token, hash, digest, nullptr);
  return checked ? "" : checked.error().what;
}

std::string refusal_of(View reply, const TimestampQuery& query) {
  const auto read = read_timestamp_reply(reply, query);
  return read ? "" : read.error().what;
}

// The elements in a DER sequence, with their headers.
std::vector<Bytes> elements_of(View sequence) {
  std::vector<Bytes> out;
  View rest = take_element(sequence)->content;
  while (const auto element = take_element(rest)) out.emplace_back(element->whole);
  return out;
}
Bytes joined(const std::vector<Bytes>& elements) {
  Bytes out;
  for (const auto& element : elements) out += element;
  return der_sequence(out);
}
Bytes primitive(std::uint8_t tag, View content) { return Bytes{char(tag), char(content.size())} + Bytes(content); }

Bytes constructed(char tag, const std::vector<Bytes>& elements) {
  Bytes out = joined(elements);
  out[0] = tag;
  return out;
}

// A token of two certificates without the second, which is not signed.
Bytes without_issuer(View token) {
  auto message = elements_of(token);
  auto signed_data = elements_of(elements_of(message[1])[0]);
  auto certificates = elements_of(signed_data[3]);
  REQUIRE(certificates.size() == 2);
  signed_data[3] = constructed('\xa0', {certificates[0]});
  return joined({message[0], constructed('\xa0', {joined(signed_data)})});
}

// The places in a TSTInfo of answer_at: no accuracy, no name.
enum InfoPlace { kVersion, kPolicy, kImprint, kSerial, kTime, kNonce };

// What was signed of the head at midsummer, by the element.
const std::vector<Bytes>& usual_info() {
  static const std::vector<Bytes> info = [] {
    const auto query = make_timestamp_query(ImprintHash::sha256, kDigest);
    return elements_of(
        content_of_token(read_timestamp_reply(usual().answer_at(query.der, kMidsummer2020), query).value()));
  }();
  return info;
}
// A token of it with one element another, signed by that authority.
Bytes token_with(InfoPlace place, const Bytes& element) {
  auto info = usual_info();
  info[place] = element;
  return usual().sign(joined(info));
}

// What the authority's reply to a query like ours is like when it only tells a status.
Bytes reply_of_status(int status, const Bytes& more = {}) {
  return der_sequence(der_sequence(primitive(kDerInteger, Bytes(1, char(status))) + more));
}

// The parts of a token (RFC 5652 section 5.1), by the byte after each.
std::string part_at(View token, std::size_t at) {
  struct Part {
    const char* name;
    std::size_t end;
  };
  std::vector<Part> parts;
  const auto end_of = [&](View part) { return std::size_t(part.data() + part.size() - token.data()); };
  const auto inside = [](View whole) { return take_element(whole)->content; };
  View message = inside(token);
  take_element(message);
  const View begin = inside(message);
  View signed_data = inside(begin);
  parts.push_back({"frame", std::size_t(signed_data.data() - token.data())});
  for (const char* name : {"version", "digest algorithms", "content"})
    parts.push_back({name, end_of(take_element(signed_data)->whole)});
  View certificates = take_element(signed_data)->content;
  parts.push_back({"frame", std::size_t(certificates.data() - token.data())});
  for (const char* name : {"certificate 1", "certificate 2"})
    parts.push_back({name, end_of(take_element(certificates)->whole)});
  View signature = inside(inside(signed_data));
  parts.push_back({"frame", std::size_t(signature.data() - token.data())});
  for (const char* name : {"signer version", "signer", "digest algorithm", "attributes", "algorithm", "signature"})
    parts.push_back({name, end_of(take_element(signature)->whole)});
  for (const auto& part : parts)
    if (at < part.end) return part.name;
  return "nothing";
}

}  // namespace

TEST_CASE("an authority's answer is read, and its token proves the time, without the query") {
  const auto key = GENERATE(AuthorityKey::rsa_2048, AuthorityKey::ecdsa_p256);
  AuthorityOptions options;
  options.key = key;
  const TimestampAuthority authority(options);
  const auto query = make_timestamp_query(ImprintHash::sha256, kDigest);
  const auto before = std::int64_t(std::time(nullptr)) * kMicros;
  const auto reply = authority.answer(query.der);
  const auto token = read_timestamp_reply(reply, query);
  REQUIRE(token.has_value());
  CHECK(reply.ends_with(*token));

  const auto trusted = trusting(authority.issuer_pem());
  const auto stamp = check_timestamp(*token, ImprintHash::sha256, kDigest, &trusted);
  REQUIRE(stamp.has_value());
  CHECK(stamp->micros >= before);
  CHECK(stamp->micros <= std::int64_t(std::time(nullptr) + 1) * kMicros);
  CHECK(stamp->accuracy_micros == 1'500'000);
  CHECK(stamp->authority == "CN=Autoridad de Estampado de Prueba,O=Entidad de Prueba");
  CHECK(stamp->policy == "1.2.3.4.1");
  CHECK(stamp->serial == "1001");
  CHECK(stamp->certificate_until_micros == 4'102'444'800 * kMicros);  // 2100-01-01
  CHECK(stamp->hash == ImprintHash::sha256);
  CHECK(stamp->trusted);
  CHECK(stamp->distrust.empty());
  const auto der = run_openssl(authority.directory(), {"x509", "-in", "authority.pem", "-outform", "DER"});
  CHECK(stamp->certificate_sha256.view() == imprint_of(ImprintHash::sha256, der));
}

TEST_CASE("a query is what openssl reads, and no two are alike") {
  const auto query = make_timestamp_query(ImprintHash::sha256, kDigest);
  const auto text = run_openssl(usual().directory(), {"ts", "-query", "-in", "/dev/stdin", "-text"}, query.der);
  CHECK_THAT(text, Contains("Hash Algorithm: sha256") && Contains("Certificate required: yes") &&
                       Contains("Policy OID: unspecified") && !Contains("Nonce: unspecified"));
  CHECK(query.nonce.size() == 8);
  CHECK(query.nonce != make_timestamp_query(ImprintHash::sha256, kDigest).nonce);
}

TEST_CASE("a digest of SHA-512 is stamped too, and is not taken for one of SHA-256") {
  const auto digest = imprint_of(ImprintHash::sha512, kHead);
  const auto token = token_of(usual(), ImprintHash::sha512);
  const auto stamp = check_timestamp(token, ImprintHash::sha512, digest, nullptr);
  REQUIRE(stamp.has_value());
  CHECK(stamp->hash == ImprintHash::sha512);
  CHECK(fault_of(token) == "the time stamp is of a digest of another hash");
  CHECK(fault_of(usual_token(), digest, ImprintHash::sha512) == "the time stamp is of a digest of another hash");
}

TEST_CASE("openssl accepts the tokens we accept") {
  const auto& at = usual().directory();
  const auto query = make_timestamp_query(ImprintHash::sha256, kDigest);
  const auto reply = usual().answer(query.der);
  const TemporaryDirectory files;
  const auto save = [&](const char* name, const Bytes& bytes) {
    std::ofstream(files / name, std::ios::binary) << bytes;
    return (files / name).string();
  };
  CHECK_NOTHROW(run_openssl(at, {"ts", "-verify", "-queryfile", save("query", query.der), "-in", save("reply", reply),
                                 "-CAfile", "issuer.pem"}));
  const auto token = save("token", read_timestamp_reply(reply, query).value());
  CHECK_NOTHROW(run_openssl(
      at, {"ts", "-verify", "-digest", to_hex(kDigest), "-token_in", "-in", token, "-CAfile", "issuer.pem"}));
  CHECK_THROWS_WITH(run_openssl(at, {"ts", "-verify", "-digest", std::string(64, '0'), "-token_in", "-in", token,
                                     "-CAfile", "issuer.pem"}),
                    Contains("message imprint mismatch"));
}

TEST_CASE("a token is of its digest alone") {
  CHECK(fault_of(usual_token()).empty());
  CHECK(fault_of(usual_token(), imprint_of(ImprintHash::sha256, kHead + "x")) == "the time stamp is of another digest");
}

TEST_CASE("a reply to another query is refused") {
  const auto one = make_timestamp_query(ImprintHash::sha256, kDigest);
  const auto other = make_timestamp_query(ImprintHash::sha256, kDigest);
  CHECK(refusal_of(usual().answer(one.der), one).empty());
  CHECK(refusal_of(usual().answer(one.der), other) == "the token answers another query");
  const auto of_another = make_timestamp_query(ImprintHash::sha256, imprint_of(ImprintHash::sha256, "another"));
  CHECK(refusal_of(usual().answer(of_another.der), one) == "the time stamp is of another digest");
  const auto without = openssl_query("sha256", to_hex(kDigest), {"-no_nonce"});
  CHECK(refusal_of(usual().answer(without), one) == "the token has no nonce");
}

TEST_CASE("what the authority refuses is told in its words") {
  const auto query = make_timestamp_query(ImprintHash::sha256, kDigest);
  CHECK(refusal_of(usual().answer(openssl_query("sha256", to_hex(kDigest), {"-tspolicy", "1.2.3.4.99"})), query) ==
        "the authority refused (rejection): \"Requested policy is not supported.\"; the policy is not supported");
  CHECK(refusal_of(usual().answer(openssl_query("sha1", std::string(40, '0'))), query) ==
        "the authority refused (rejection): \"Message digest algorithm is not supported.\"; "
        "the algorithm is not known or not supported");
  CHECK(refusal_of(usual().answer("no query"), query) ==
        "the authority refused (rejection): \"Bad request format or system error.\"; the data has the wrong format");

  struct Case {
    Bytes reply;
    std::string what;
  };
  const auto utf8 = [](View text) { return der_sequence(primitive(0x0c, text)); };
  for (const auto& [reply, what] : {
           Case{reply_of_status(3), "the authority refused (waiting)"},
           Case{reply_of_status(4), "the authority refused (its revocation is imminent)"},
           Case{reply_of_status(5), "the authority refused (it is revoked)"},
           Case{reply_of_status(6), "the authority refused (an unknown status)"},
           Case{reply_of_status(-1), "the authority refused (an unknown status)"},
           Case{reply_of_status(2, utf8("no\n\x1b[2J ma\xc3\xb1"
                                        "ana \xff")),
                "the authority refused (rejection): \"no??[2J mañana ?\""},
           // Bits 14 and 25.
           Case{reply_of_status(2, primitive(0x03, View("\x06\x00\x02\x00\x40", 5))),
                "the authority refused (rejection); the source of time is not available; its system failed"},
           Case{reply_of_status(0), "the reply grants and has not one token"},
           Case{der_sequence(primitive(kDerInteger, View("\0", 1))), "not a time stamp reply"},
           Case{der_sequence(""), "not a time stamp reply"},
           Case{der_sequence(der_sequence("")), "the reply's status is malformed"},
           Case{"", "the reply is not DER: there is nothing"},
           Case{"<html>", "the reply is not DER: not DER"},
       }) {
    INFO(to_hex(reply));
    CHECK(refusal_of(reply, query) == what);
  }
  const auto long_words = refusal_of(reply_of_status(2, utf8(std::string(100, 'x'))), query);
  CHECK_THAT(long_words, Contains(std::string(100, 'x')));
}

TEST_CASE("nothing cut off a reply or a token, or added to it, and none that is too long, is read") {
  const auto query = make_timestamp_query(ImprintHash::sha256, kDigest);
  const auto reply = usual().answer(query.der);
  REQUIRE(refusal_of(reply, query).empty());
  for (std::size_t size = 0; size < reply.size(); ++size) {
    INFO(size);
    CHECK_FALSE(read_timestamp_reply(View(reply).substr(0, size), query).has_value());
  }
  const auto& token = usual_token();
  for (std::size_t size = 0; size < token.size(); ++size) {
    INFO(size);
    CHECK_FALSE(fault_of(View(token).substr(0, size)).empty());
  }
  CHECK(fault_of(token + '\0') == "the token is not DER: something follows its end");
  CHECK(refusal_of(reply + '\0', query) == "the reply is not DER: something follows its end");
  const auto twice = elements_of(reply);
  CHECK(refusal_of(joined({twice[0], twice[1], twice[1]}), query) == "the reply grants and has not one token");

  const Bytes much(kMaxTimestampReply, 'x');
  CHECK_THAT(refusal_of(much, query), Contains("not DER"));
  CHECK_THAT(fault_of(much), Contains("not DER"));
  CHECK(refusal_of(much + 'x', query) == "the reply is longer than 64 KiB");
  CHECK(fault_of(much + 'x') == "the token is longer than 64 KiB");
}

TEST_CASE("a changed bit of a token is a fault, or stands where nothing is signed and changes nothing that it says") {
  const auto& token = usual_token();
  const auto trusted = trusting(usual().issuer_pem());
  const auto good = check_timestamp(token, ImprintHash::sha256, kDigest, &trusted).value();
  REQUIRE(good.trusted);
  std::set<std::string> unsigned_parts;
  for (std::size_t at = 0; at < token.size(); ++at)
    for (const std::size_t bit : {at % 8, (at + 5) % 8}) {
      auto changed = token;
      changed[at] = char(changed[at] ^ (1 << bit));
      const auto read = check_timestamp(changed, ImprintHash::sha256, kDigest, &trusted);
      if (!read) continue;
      INFO("byte " << at << " bit " << bit << " in " << part_at(token, at));
      CHECK(read->micros == good.micros);
      CHECK(read->serial == good.serial);
      CHECK(read->certificate_sha256 == good.certificate_sha256);
      CHECK(read->trusted);
      unsigned_parts.insert(part_at(token, at));
    }
  // Versions, the algorithms' parameters, the letters' case in the issuer's name, and a certificate that is not needed.
  for (const auto& part : unsigned_parts) {
    INFO(part);
    CHECK(std::set<std::string>{"version", "digest algorithms", "certificate 2", "signer version", "signer",
                                "digest algorithm", "algorithm"}
              .contains(part));
  }
  CHECK(unsigned_parts.contains("certificate 2"));
}

TEST_CASE("the time and what else is said are read as they are written") {
  const auto midsummer = kMidsummer2020 * kMicros;
  struct Case {
    const char* time;
    std::int64_t micros;
  };
  for (const auto& [time, micros] : {
           Case{"20200621120000Z", midsummer},
           Case{"20200621120000.5Z", midsummer + 500'000},
           Case{"20200621120000.000001Z", midsummer + 1},
           Case{"20200621120000.9999999Z", midsummer + 999'999},
           Case{"19700101000000Z", 0},
           Case{"19691231235959.25Z", -750'000},
           Case{"20000229235959Z", 951'868'799 * kMicros},
       }) {
    INFO(time);
    const auto read = check_timestamp(token_with(kTime, primitive(0x18, time)), ImprintHash::sha256, kDigest, nullptr);
    REQUIRE(read.has_value());
    CHECK(read->micros == micros);
    CHECK_FALSE(read->accuracy_micros.has_value());
  }
  for (const auto* time : {"20200621120000", "20200621120000.Z", "20200621120000,5Z", "20200621120060Z",
                           "20200621240000Z", "20200230120000Z", "20210229120000Z", "202006211200Z",
                           "20200621120000+0100", "20200621 20000Z", "20200621120000.5.5Z"}) {
    INFO(time);
    CHECK(fault_of(token_with(kTime, primitive(0x18, time))) == "the time is malformed");
  }
  const auto with_accuracy = [](const Bytes& parts) {
    auto info = usual_info();
    info[kTime] += der_sequence(parts);
    return usual().sign(joined(info));
  };
  const auto millis = [](View number) { return primitive(0x80, number); };
  const auto micros = [](View number) { return primitive(0x81, number); };
  const auto accuracy_of = [](const Bytes& token) {
    return check_timestamp(token, ImprintHash::sha256, kDigest, nullptr)->accuracy_micros;
  };
  CHECK(accuracy_of(with_accuracy("")) == 0);
  CHECK(accuracy_of(with_accuracy(millis("\x02"))) == 2'000);
  CHECK(accuracy_of(with_accuracy(primitive(kDerInteger, "\x01") + millis("\x02") + micros("\x03"))) == 1'002'003);
  CHECK(fault_of(with_accuracy(millis("\x03\xe8"))) == "the accuracy is malformed");
  CHECK(fault_of(with_accuracy(primitive(kDerInteger, "\xff"))) == "the accuracy is malformed");
  CHECK(fault_of(with_accuracy(primitive(kDerInteger, "\x3b\x9a\xca\x01"))) == "the accuracy is malformed");

  const auto longest = token_with(kSerial, primitive(kDerInteger, Bytes(32, '\x11')));
  CHECK(check_timestamp(longest, ImprintHash::sha256, kDigest, nullptr)->serial == to_hex(Bytes(32, '\x11')));
  CHECK(fault_of(token_with(kSerial, primitive(kDerInteger, Bytes(33, '\x11')))) == "the serial is malformed");
  CHECK(fault_of(token_with(kSerial, primitive(kDerInteger, "\xff"))) == "the serial is malformed");
  CHECK(fault_of(token_with(kPolicy, primitive(kDerObject, Bytes(65, '\x11')))) == "the policy is malformed");
}

TEST_CASE("a good signature over a time stamp that is not in order proves nothing") {
  const auto info = usual_info();
  REQUIRE(fault_of(usual().sign(joined(info))).empty());
  CHECK(fault_of(token_with(kVersion, primitive(kDerInteger, "\x02"))) == "the time stamp is of another version");
  CHECK(fault_of(token_with(kTime, "")) == "the token's content is malformed");
  CHECK(fault_of(usual().sign(joined(info) + "x")) == "the token's content is not DER");
  CHECK(fault_of(usual().sign("time")) == "the token's content is not DER");
  // Extension [1] { 1.2.3, critical, "x" }.
  const auto extension =
      der_sequence(primitive(kDerObject, "\x2a\x03") + primitive(0x01, "\xff") + primitive(kDerOctets, "x"));
  auto extended = info;
  extended.push_back(primitive(0xa1, extension));
  CHECK(fault_of(usual().sign(joined(extended))) == "the time stamp has a critical extension");
  // A name [0] directoryName [4], of nobody.
  auto named = info;
  named.push_back(primitive(0xa0, primitive(0xa4, der_sequence(""))));
  CHECK(fault_of(usual().sign(joined(named))) == "the time stamp names an authority that is not its certificate's");
}

TEST_CASE("a token names its certificate, carries it, and has one signature over a hash that is not weak") {
  const auto content = joined(usual_info());
  CHECK(fault_of(usual().sign(content, {})) == "the token does not name its certificate");
  CHECK(fault_of(usual().sign(content, {"-noattr"})) == "the token has not one signature with attributes");
  CHECK(fault_of(usual().sign(content, {"-cades", "-nocerts"})) == "the token has not its signer's certificate");
  CHECK(fault_of(usual().sign(content, {"-cades", "-md", "sha1"})) ==
        "the token is signed over a hash that is weak or unknown");
  CHECK(fault_of(usual().sign(content, {"-cades", "-md", "sha384"})).empty());
  CHECK(fault_of(usual().sign(content, {"-cades", "-keyid"})).empty());
  CHECK(fault_of(usual().sign(content, {"-cades", "-keyopt", "rsa_padding_mode:pss"})).empty());
  CHECK(fault_of(usual().sign(content, {"-cades"}, "pkcs7-data")) == "the token signs no time stamp");
  CHECK(fault_of(usual().sign(content, {"-cades", "-signer", "issuer.pem", "-inkey", "issuer.key"})) ==
        "the token has not one signature with attributes");
  const auto another = der_sequence(primitive(kDerObject, *from_hex("2a864886f70d010701")) +
                                    primitive(0xa0, primitive(kDerOctets, "x")));
  CHECK(fault_of(another) == "the token is not a signed message");
}

TEST_CASE("a certificate that is not for time stamping alone stamps nothing") {
  struct Case {
    const char* extended_key_usage;
    const char* key_usage;
    const char* what;
  };
  for (const auto& [extended, plain, what] : {
           Case{"", "critical,digitalSignature", "the certificate is not for time stamping alone"},
           Case{"critical,codeSigning", "critical,digitalSignature", "the certificate is not for time stamping alone"},
           Case{"critical,timeStamping,codeSigning", "critical,digitalSignature",
                "the certificate is not for time stamping alone"},
           Case{"timeStamping", "critical,digitalSignature", "the certificate's use for time stamping is not critical"},
           Case{"critical,timeStamping", "critical,digitalSignature,keyAgreement",
                "the certificate is not for signatures"},
           Case{"critical,timeStamping", "", ""},
       }) {
    INFO(extended << " / " << plain);
    AuthorityOptions options;
    options.key = AuthorityKey::ecdsa_p256;
    options.extended_key_usage = extended;
    options.key_usage = plain;
    CHECK(fault_of(TimestampAuthority(options).sign(joined(usual_info()))) == what);
  }
}

TEST_CASE("an authority that is not trusted is told from a token that is broken") {
  AuthorityOptions options;
  options.key = AuthorityKey::ecdsa_p256;
  const TimestampAuthority stranger(options);
  const auto check = [&](const TrustedAuthorities* trusted) {
    return check_timestamp(usual_token(), ImprintHash::sha256, kDigest, trusted).value();
  };
  const auto strange = trusting(stranger.issuer_pem());
  CHECK_FALSE(check(&strange).trusted);
  CHECK(check(&strange).distrust ==
        "self-signed certificate in certificate chain (CN=Raíz de Prueba,O=Entidad de Prueba)");
  // One that does not carry its issuer's certificate.
  const auto alone =
      check_timestamp(usual().sign(joined(usual_info())), ImprintHash::sha256, kDigest, &strange).value();
  CHECK(alone.distrust ==
        "unable to get local issuer certificate (CN=Autoridad de Estampado de Prueba,O=Entidad de Prueba)");
  CHECK_FALSE(check(nullptr).trusted);
  CHECK(check(nullptr).distrust == "no authorities were given to trust");

  const auto both = trusting("de prueba\n" + stranger.issuer_pem() + "y\n" + usual().issuer_pem());
  CHECK(both.size() == 2);
  CHECK(check(&both).trusted);
  const auto itself = trusting(usual().certificate_pem());
  CHECK(check(&itself).trusted);
}

TEST_CASE("a token may name its certificate by SHA-1, as the first ones did, and its issuer's as well") {
  AuthorityOptions options;
  options.key = AuthorityKey::ecdsa_p256;
  options.certificate_hash = GENERATE("sha1", "sha384");
  options.names_chain = true;
  const TimestampAuthority authority(options);
  const auto token = token_of(authority);
  const auto distrust = [&](View of, View pem) {
    const auto trusted = trusting(pem);
    return check_timestamp(of, ImprintHash::sha256, kDigest, &trusted).value().distrust;
  };
  CHECK(distrust(token, authority.issuer_pem()).empty());
  CHECK(distrust(token, authority.certificate_pem()).empty());
  // As `openssl ts -verify` has it: the chain has to have all that are named.
  const auto shorter = without_issuer(token);
  CHECK(distrust(shorter, authority.issuer_pem()).empty());
  CHECK(distrust(shorter, authority.certificate_pem()) == "the token names certificates that are not of its chain");
}

TEST_CASE("a chain is looked at as of the token's time") {
  AuthorityOptions options;
  options.key = AuthorityKey::ecdsa_p256;
  options.until = options.issuer_until = "20210101000000Z";
  const TimestampAuthority since_expired(options);
  const auto query = make_timestamp_query(ImprintHash::sha256, kDigest);
  const auto stamped = [&](const TimestampAuthority& by, const Bytes& reply) {
    const auto trusted = trusting(by.issuer_pem());
    return check_timestamp(read_timestamp_reply(reply, query).value(), ImprintHash::sha256, kDigest, &trusted).value();
  };
  const auto then = stamped(since_expired, since_expired.answer_at(query.der, kMidsummer2020));
  CHECK(then.micros == kMidsummer2020 * kMicros);
  CHECK(then.trusted);
  CHECK(then.certificate_until_micros == 1'609'459'200 * kMicros);
  const auto now = stamped(since_expired, since_expired.answer(query.der));
  CHECK_FALSE(now.trusted);
  CHECK_THAT(now.distrust, Contains("certificate has expired"));
  const auto too_early = stamped(since_expired, since_expired.answer_at(query.der, kMidsummer2020 - 31'536'000));
  CHECK_THAT(too_early.distrust, Contains("certificate is not yet valid"));

  // The issuer's end counts as the authority's own does.
  options.until = "21000101000000Z";
  options.issuer_until = "20200601000000Z";
  const TimestampAuthority orphan(options);
  CHECK(stamped(orphan, orphan.answer_at(query.der, kMidsummer2020)).distrust ==
        "certificate has expired (CN=Raíz de Prueba,O=Entidad de Prueba)");
  CHECK(stamped(orphan, orphan.answer_at(query.der, kMidsummer2020 - 30 * 86'400)).trusted);
}

TEST_CASE("trusted authorities are certificates in PEM, and nothing less") {
  const auto pem = usual().issuer_pem();
  const auto fault_of_pem = [](View text) {
    const auto read = TrustedAuthorities::from_pem(text);
    return read ? "" : read.error().what;
  };
  CHECK(fault_of_pem(pem).empty());
  CHECK(fault_of_pem("") == "there is no certificate in PEM");
  CHECK(fault_of_pem("x") == "there is no certificate in PEM");
  CHECK(fault_of_pem(View(pem).substr(0, pem.size() / 2)) == "a certificate is malformed");
  auto damaged = pem;
  damaged[60] = damaged[60] == 'A' ? 'B' : 'A';
  damaged[30] = '!';
  CHECK(fault_of_pem(damaged) == "a certificate is malformed");
  CHECK(TrustedAuthorities::from_pem(pem + damaged).error().offset == pem.size());
  CHECK(fault_of_pem(pem + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n") ==
        "a certificate is malformed");
  CHECK(fault_of_pem("-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,"
                     "00112233445566778899AABBCCDDEEFF\n\nAAAA\n-----END CERTIFICATE-----\n") ==
        "a certificate is malformed");
  CHECK(fault_of_pem(pem + std::string(1024 * 1024 - pem.size(), '\n')).empty());
  CHECK(fault_of_pem(pem + std::string(1024 * 1024 - pem.size() + 1, '\n')) ==
        "the certificates are longer than 1 MiB");
}

TEST_CASE("tokens are checked by several threads with the same authorities") {
  const auto trusted = trusting(usual().issuer_pem());
  const auto& token = usual_token();
  std::vector<int> good(4);
  std::vector<std::thread> threads;
  for (auto& count : good)
    threads.emplace_back([&count, &trusted, &token] {
      for (int i = 0; i < 50; ++i)
        if (const auto read = check_timestamp(token, ImprintHash::sha256, kDigest, &trusted)) count += read->trusted;
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == std::vector<int>(4, 50));
}
