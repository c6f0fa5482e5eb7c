// A token's checks, in a fixed order.
#include "crypto/timestamp_token.hpp"

#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "crypto/der.hpp"
#include "crypto/utf8.hpp"

namespace fedatario::crypto {
namespace {

constexpr int kMinSecurityBits = 112;  // NIST SP 800-57: RSA of 2048 bits, P-224
constexpr int kAuthLevel = 2;          // the same for every certificate of a chain
constexpr int kMaxChain = 8;
constexpr std::size_t kMaxSerial = 32, kMaxPolicy = 64, kMaxName = 1024;  // bytes; RFC 3161 asks for serials of 20
constexpr std::int64_t kMicros = 1'000'000;
constexpr std::int64_t kMaxAccuracySeconds = 1'000'000'000;

using ChainContextPtr = std::unique_ptr<X509_STORE_CTX, FreedBy<X509_STORE_CTX_free>>;
using UsesPtr = std::unique_ptr<EXTENDED_KEY_USAGE, FreedBy<EXTENDED_KEY_USAGE_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>>;

// Not the owner of what is in it.
void free_list(STACK_OF(X509) * list) { sk_X509_free(list); }
using ListPtr = std::unique_ptr<STACK_OF(X509), FreedBy<free_list>>;

std::optional<std::int64_t> micros_of(int year, int month, int day, int hour, int minute, int second) {
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)),
                            std::chrono::day(unsigned(day))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const auto at = sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
  return duration_cast<microseconds>(at.time_since_epoch()).count();
}

bool all_digits(View text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// RFC 3161 section 2.4.2: YYYYMMDDhhmmss[.s...]Z.
std::optional<std::int64_t> parse_generalized_time(View text) {
  constexpr std::size_t kWhole = 14;
  if (text.size() <= kWhole || text.back() != 'Z') return std::nullopt;
  text.remove_suffix(1);
  const View whole = text.substr(0, kWhole);
  View fraction = text.substr(kWhole);
  if (!fraction.empty()) {
    if (fraction.size() < 2 || fraction[0] != '.') return std::nullopt;
    fraction.remove_prefix(1);
  }
  if (!all_digits(whole) || !all_digits(fraction)) return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (const char c : whole.substr(at, count)) value = value * 10 + (c - '0');
    return value;
  };
  auto micros = micros_of(number(0, 4), number(4, 2), number(6, 2), number(8, 2), number(10, 2), number(12, 2));
  std::int64_t unit = kMicros / 10;
  for (std::size_t i = 0; micros && i < fraction.size() && unit > 0; ++i, unit /= 10)
    *micros += (fraction[i] - '0') * unit;
  return micros;
}

std::optional<std::int64_t> micros_of(const ASN1_TIME* time) {
  std::tm at{};
  if (!time || ASN1_TIME_to_tm(time, &at) != 1) return std::nullopt;
  return micros_of(at.tm_year + 1900, at.tm_mon + 1, at.tm_mday, at.tm_hour, at.tm_min, at.tm_sec);
}

// An absent number is 0; empty when it is not of the range.
std::optional<std::int64_t> number_up_to(const ASN1_INTEGER* number, std::int64_t most) {
  std::int64_t value = 0;
  if (number && ASN1_INTEGER_get_int64(&value, number) != 1) return std::nullopt;
  if (value < 0 || value > most) return std::nullopt;
  return value;
}

// RFC 4514, with letters outside ASCII as they are where they are UTF-8.
std::string text_of(const X509_NAME* name) {
  constexpr unsigned long kPlain = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  std::string out;
  for (const unsigned long flags : {kPlain, static_cast<unsigned long>(XN_FLAG_RFC2253)}) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    require(bio && X509_NAME_print_ex(bio.get(), name, 0, flags) >= 0, "name of a certificate");
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    out.assign(text, static_cast<std::size_t>(size));
    if (!find_unprintable(out)) break;
  }
  return out;
}

// The attribute of that kind: that it is there once with one value, and its DER. `is_there` false: there is none.
struct Attribute {
  bool is_there = false;
  View der;  // empty when it is malformed
};
Attribute attribute_of(const CMS_SignerInfo* signature, int nid) {
  if (CMS_signed_get_attr_by_NID(signature, nid, -1) < 0) return {};
  constexpr int kOnceWithOneValue = -3;
  const auto* value = static_cast<const ASN1_STRING*>(
      CMS_signed_get0_data_by_OBJ(signature, OBJ_nid2obj(nid), kOnceWithOneValue, V_ASN1_SEQUENCE));
  return {true, value ? view_of(value) : View()};
}

struct Place {
  std::uint8_t tag;
  bool may_miss = false;
};
// The contents of a row of elements that stand in those places, an absent one's empty; empty unless that is all of it.
template <std::size_t kCount>
std::optional<std::array<View, kCount>> places(View row, const Place (&wanted)[kCount]) {
  std::array<View, kCount> found;
  for (std::size_t i = 0; i < kCount; ++i) {
    View rest = row;
    const auto element = take_element(rest);
    if (element && element->tag == wanted[i].tag) {
      found[i] = element->content;
      row = rest;
    } else if (!wanted[i].may_miss) {
      return std::nullopt;
    }
  }
  return row.empty() ? std::optional(found) : std::nullopt;
}

// ContentInfo, SignedData and one SignerInfo (RFC 5652 sections 3 and 5) as DER frames them: OpenSSL also takes their
// tags for what is not constructed.
bool is_framed(View der) {
  constexpr std::uint8_t kFirst = 0xa0, kSecond = 0xa1, kKeyId = 0x80;
  constexpr bool kMayMiss = true;
  const auto whole = places(der, {{kDerSequence}});
  const auto message = whole ? places((*whole)[0], {{kDerObject}, {kFirst}}) : std::nullopt;
  const auto content = message ? places((*message)[1], {{kDerSequence}}) : std::nullopt;
  const auto signed_data =
      content ? places((*content)[0],
                       {{kDerInteger}, {kDerSet}, {kDerSequence}, {kFirst, kMayMiss}, {kSecond, kMayMiss}, {kDerSet}})
              : std::nullopt;
  const auto signature = signed_data ? places((*signed_data)[5], {{kDerSequence}}) : std::nullopt;
  return signature && places((*signature)[0], {{kDerInteger},
                                               {kDerSequence, kMayMiss},
                                               {kKeyId, kMayMiss},
                                               {kDerSequence},
                                               {kFirst},
                                               {kDerSequence},
                                               {kDerOctets},
                                               {kSecond, kMayMiss}});
}

template <class T, auto kRead>
T* read_whole(View der) {
  const unsigned char* at = octets(der.data());
  T* read = kRead(nullptr, &at, static_cast<long>(der.size()));
  return read;
}

// SigningCertificate and SigningCertificateV2 with the first certificate alone: the signer's; the others limit the
// chain.
Bytes naming_first_only(View der) {
  const auto whole = take_element(der);
  View parts = whole ? whole->content : View();
  const auto certificates = take_element(parts);
  View names = certificates ? certificates->content : View();
  const auto first = take_element(names);
  return first ? der_sequence(der_sequence(first->whole)) : Bytes();
}

bool is_strong_digest(int nid) {
  return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512 || nid == NID_sha3_256 || nid == NID_sha3_384 ||
         nid == NID_sha3_512;
}

}  // namespace

IntegerPtr integer_of(View number) {
  const BigNumberPtr value(BN_bin2bn(octets(number.data()), static_cast<int>(number.size()), nullptr));
  require(value != nullptr, "number");
  IntegerPtr integer(BN_to_ASN1_INTEGER(value.get(), nullptr));
  require(integer != nullptr, "number");
  return integer;
}

const char* TimestampToken::check(View der, const EVP_MD* hash, View digest) {
  const char* wrong = open(der);
  if (!wrong) wrong = find_signer();
  if (!wrong) wrong = check_certificate();
  if (!wrong) wrong = check_strength();
  if (!wrong) wrong = check_names_certificate();
  if (!wrong) wrong = check_signature();
  if (!wrong) wrong = check_content(hash, digest);
  if (!wrong) wrong = check_authority_name();
  if (!wrong) wrong = read_time();
  if (!wrong) wrong = read_names();
  return wrong;
}

const char* TimestampToken::check_nonce(View nonce) const {
  const ASN1_INTEGER* said = TS_TST_INFO_get_nonce(info_.get());
  if (!said) return "the token has no nonce";
  return ASN1_INTEGER_cmp(said, integer_of(nonce).get()) == 0 ? nullptr : "the token answers another query";
}

const char* TimestampToken::open(View der) {
  cms_.reset(read_whole<CMS_ContentInfo, d2i_CMS_ContentInfo>(der));
  if (!cms_ || OBJ_obj2nid(CMS_get0_type(cms_.get())) != NID_pkcs7_signed) return "the token is not a signed message";
  if (OBJ_obj2nid(CMS_get0_eContentType(cms_.get())) != NID_id_smime_ct_TSTInfo) return "the token signs no time stamp";
  if (!is_framed(der)) return "the token has not one signature with attributes";
  ASN1_OCTET_STRING** content = CMS_get0_content(cms_.get());
  if (!content || !*content) return "the token has no content";
  const View inside = view_of(*content);
  if (find_not_der(inside)) return "the token's content is not DER";
  info_.reset(read_whole<TS_TST_INFO, d2i_TS_TST_INFO>(inside));
  return info_ ? nullptr : "the token's content is malformed";
}

const char* TimestampToken::find_signer() {
  auto* signatures = CMS_get0_SignerInfos(cms_.get());
  if (sk_CMS_SignerInfo_num(signatures) != 1) return "the token has not one signature";
  signature_ = sk_CMS_SignerInfo_value(signatures, 0);
  if (CMS_set1_signers_certs(cms_.get(), nullptr, 0) != 1) return "the token has not its signer's certificate";
  CMS_SignerInfo_get0_algs(signature_, nullptr, &signer_, nullptr, nullptr);
  return signer_ ? nullptr : "the token has not its signer's certificate";
}

const char* TimestampToken::check_certificate() const {
  int critical = 0;
  const UsesPtr uses(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(signer_, NID_ext_key_usage, &critical, nullptr)));
  if (!uses || sk_ASN1_OBJECT_num(uses.get()) != 1 ||
      OBJ_obj2nid(sk_ASN1_OBJECT_value(uses.get(), 0)) != NID_time_stamp)
    return "the certificate is not for time stamping alone";
  if (critical != 1) return "the certificate's use for time stamping is not critical";
  // Asks of the other use, keyUsage, that it is for signatures alone, if it is there.
  if (X509_check_purpose(signer_, X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1) return "the certificate is not for signatures";
  return nullptr;
}

const char* TimestampToken::check_strength() const {
  X509_ALGOR* digest = nullptr;
  CMS_SignerInfo_get0_algs(signature_, nullptr, nullptr, &digest, nullptr);
  if (!is_strong_digest(OBJ_obj2nid(digest->algorithm)))
    return "the token is signed over a hash that is weak or unknown";
  const EVP_PKEY* key = X509_get0_pubkey(signer_);
  const auto is_a = [&](const char* kind) { return EVP_PKEY_is_a(key, kind) == 1; };
  if (!key || !(is_a("RSA") || is_a("RSA-PSS") || is_a("EC") || is_a("ED25519") || is_a("ED448")))
    return "the certificate's key is of another kind";
  std::size_t length = 0;
  if (is_a("EC") && EVP_PKEY_get_group_name(key, nullptr, 0, &length) != 1)
    return "the certificate's key is on a curve without name";
  return EVP_PKEY_get_security_bits(key) >= kMinSecurityBits ? nullptr : "the certificate's key is too short";
}

const char* TimestampToken::check_names_certificate() {
  constexpr const char* kMalformed = "the token names its certificate in a malformed way";
  const auto v1 = attribute_of(signature_, NID_id_smime_aa_signingCertificate);
  const auto v2 = attribute_of(signature_, NID_id_smime_aa_signingCertificateV2);
  if (!v1.is_there && !v2.is_there) return "the token does not name its certificate";
  decltype(named_) first;
  decltype(named_v2_) first_v2;
  if (v1.is_there) {
    named_.reset(read_whole<ESS_SIGNING_CERT, d2i_ESS_SIGNING_CERT>(v1.der));
    first.reset(read_whole<ESS_SIGNING_CERT, d2i_ESS_SIGNING_CERT>(naming_first_only(v1.der)));
    if (!named_ || !first) return kMalformed;
  }
  if (v2.is_there) {
    named_v2_.reset(read_whole<ESS_SIGNING_CERT_V2, d2i_ESS_SIGNING_CERT_V2>(v2.der));
    first_v2.reset(read_whole<ESS_SIGNING_CERT_V2, d2i_ESS_SIGNING_CERT_V2>(naming_first_only(v2.der)));
    if (!named_v2_ || !first_v2) return kMalformed;
  }
  const ListPtr signer_alone(sk_X509_new_null());
  require(signer_alone && sk_X509_push(signer_alone.get(), signer_) > 0, "time stamp");
  if (OSSL_ESS_check_signing_certs(first.get(), first_v2.get(), signer_alone.get(), 1) <= 0)
    return "the token names another certificate";
  return nullptr;
}

const char* TimestampToken::check_signature() {
  const auto* type = static_cast<const ASN1_OBJECT*>(
      CMS_signed_get0_data_by_OBJ(signature_, OBJ_nid2obj(NID_pkcs9_contentType), -3, V_ASN1_OBJECT));
  if (!type || OBJ_obj2nid(type) != NID_id_smime_ct_TSTInfo) return "what is signed is not named as a time stamp";
  if (CMS_verify(cms_.get(), nullptr, nullptr, nullptr, nullptr, CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) != 1)
    return "the signature is not its certificate's";
  return nullptr;
}

const char* TimestampToken::check_content(const EVP_MD* hash, View digest) const {
  if (TS_TST_INFO_get_version(info_.get()) != 1) return "the time stamp is of another version";
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info_.get());
  const ASN1_OBJECT* algorithm = nullptr;
  int parameter = 0;
  X509_ALGOR_get0(&algorithm, &parameter, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  if (OBJ_obj2nid(algorithm) != EVP_MD_get_type(hash) || (parameter != V_ASN1_UNDEF && parameter != V_ASN1_NULL))
    return "the time stamp is of a digest of another hash";
  if (view_of(TS_MSG_IMPRINT_get_msg(imprint)) != digest) return "the time stamp is of another digest";
  if (TS_TST_INFO_get_ext_by_critical(info_.get(), 1, -1) >= 0) return "the time stamp has a critical extension";
  return nullptr;
}

const char* TimestampToken::check_authority_name() const {
  GENERAL_NAME* said = TS_TST_INFO_get_tsa(info_.get());
  if (!said) return nullptr;
  if (said->type == GEN_DIRNAME && X509_NAME_cmp(said->d.directoryName, X509_get_subject_name(signer_)) == 0)
    return nullptr;
  const NamesPtr names(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(signer_, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i)
    if (GENERAL_NAME_cmp(said, sk_GENERAL_NAME_value(names.get(), i)) == 0) return nullptr;
  return "the time stamp names an authority that is not its certificate's";
}

const char* TimestampToken::read_time() {
  const auto micros = parse_generalized_time(view_of(TS_TST_INFO_get_time(info_.get())));
  if (!micros) return "the time is malformed";
  said_.micros = *micros;
  if (TS_ACCURACY* accuracy = TS_TST_INFO_get_accuracy(info_.get())) {
    const auto whole = number_up_to(TS_ACCURACY_get_seconds(accuracy), kMaxAccuracySeconds);
    const auto thousandths = number_up_to(TS_ACCURACY_get_millis(accuracy), 999);
    const auto millionths = number_up_to(TS_ACCURACY_get_micros(accuracy), 999);
    if (!whole || !thousandths || !millionths) return "the accuracy is malformed";
    said_.accuracy_micros = *whole * kMicros + *thousandths * 1000 + *millionths;
  }
  const auto until = micros_of(X509_get0_notAfter(signer_));
  if (!until) return "the certificate's validity is malformed";
  said_.certificate_until_micros = *until;
  return nullptr;
}

const char* TimestampToken::read_names() {
  const ASN1_INTEGER* serial = TS_TST_INFO_get_serial(info_.get());
  if (view_of(serial).size() > kMaxSerial || (ASN1_STRING_type(serial) & V_ASN1_NEG)) return "the serial is malformed";
  said_.serial = to_hex(view_of(serial));
  const ASN1_OBJECT* policy = TS_TST_INFO_get_policy_id(info_.get());
  char dotted[4 * kMaxPolicy];
  if (OBJ_length(policy) > kMaxPolicy || OBJ_obj2txt(dotted, sizeof dotted, policy, 1) <= 0)
    return "the policy is malformed";
  said_.policy = dotted;
  said_.authority = text_of(X509_get_subject_name(signer_));
  if (said_.authority.size() > kMaxName) return "the certificate's subject is too long";
  require(X509_digest(signer_, EVP_sha256(), said_.certificate_sha256.bytes.data(), nullptr) == 1, "certificate");
  return nullptr;
}

std::string TimestampToken::distrust(const TrustedAuthorities& trusted) const {
  const CertificatesPtr carried(CMS_get1_certs(cms_.get()));
  const ChainContextPtr context(X509_STORE_CTX_new());
  require(context && X509_STORE_CTX_init(context.get(), nullptr, signer_, carried.get()) == 1, "time stamp");
  X509_STORE_CTX_set0_trusted_stack(context.get(), static_cast<STACK_OF(X509)*>(trusted.certificates()));
  require(X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_TIMESTAMP_SIGN) == 1, "time stamp");
  X509_VERIFY_PARAM* wanted = X509_STORE_CTX_get0_param(context.get());
  const std::int64_t seconds = (said_.micros - (said_.micros < 0 ? kMicros - 1 : 0)) / kMicros;
  X509_VERIFY_PARAM_set_time(wanted, seconds);
  X509_VERIFY_PARAM_set_flags(wanted, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_auth_level(wanted, kAuthLevel);
  X509_VERIFY_PARAM_set_depth(wanted, kMaxChain);
  if (X509_verify_cert(context.get()) != 1) {
    const int error = X509_STORE_CTX_get_error(context.get());
    if (error == X509_V_ERR_OUT_OF_MEM) throw_openssl("time stamp");
    const X509* at = X509_STORE_CTX_get_current_cert(context.get());
    const std::string whose = at ? " (" + text_of(X509_get_subject_name(at)).substr(0, kMaxName) + ")" : "";
    return X509_verify_cert_error_string(error) + whose;
  }
  if (OSSL_ESS_check_signing_certs(named_.get(), named_v2_.get(), X509_STORE_CTX_get0_chain(context.get()), 1) <= 0)
    return "the token names certificates that are not of its chain";
  return {};
}

}  // namespace fedatario::crypto
