// The query written, the reply's status read, and the parts put together; a token itself is timestamp_token.cpp's.
#include "crypto/timestamp.hpp"

#include <openssl/pem.h>
#include <openssl/ts.h>

#include <algorithm>
#include <cassert>

#include "crypto/der.hpp"
#include "crypto/timestamp_token.hpp"
#include "crypto/utf8.hpp"

namespace fedatario::crypto {
namespace {

constexpr std::size_t kMaxTrustedBytes = 1024 * 1024;
constexpr std::size_t kMaxAuthorityWords = 300;  // bytes of what it says that are told
constexpr std::size_t kNonceBytes = 8;

using AlgorithmPtr = std::unique_ptr<X509_ALGOR, FreedBy<X509_ALGOR_free>>;
using ImprintPtr = std::unique_ptr<TS_MSG_IMPRINT, FreedBy<TS_MSG_IMPRINT_free>>;
using RequestPtr = std::unique_ptr<TS_REQ, FreedBy<TS_REQ_free>>;
using StatusPtr = std::unique_ptr<TS_STATUS_INFO, FreedBy<TS_STATUS_INFO_free>>;

bool fits(ImprintHash hash, View digest) { return digest.size() == (hash == ImprintHash::sha256 ? 32 : 64); }

const EVP_MD* algorithm(ImprintHash hash) { return hash == ImprintHash::sha256 ? EVP_sha256() : EVP_sha512(); }

// What a stranger wrote, fit for a line of ours.
std::string printable(View text) {
  std::string out;
  while (!text.empty() && out.size() < kMaxAuthorityWords) {
    const auto [code, bytes] = read_character(text);
    if (bytes == 0 || code < 0x20 || (code >= 0x7f && code < 0xa0))
      out += '?';
    else
      out.append(text.substr(0, bytes));
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  return text.empty() ? out : out + "…";
}

// RFC 3161 section 2.4.2.
std::string_view word_of_status(std::int64_t status) {
  switch (status) {
    case TS_STATUS_REJECTION:
      return "rejection";
    case TS_STATUS_WAITING:
      return "waiting";
    case TS_STATUS_REVOCATION_WARNING:
      return "its revocation is imminent";
    case TS_STATUS_REVOCATION_NOTIFICATION:
      return "it is revoked";
    default:
      return "an unknown status";
  }
}

struct Failure {
  int bit;
  std::string_view words;
};
constexpr Failure kFailures[] = {
    {TS_INFO_BAD_ALG, "the algorithm is not known or not supported"},
    {TS_INFO_BAD_REQUEST, "the transaction is not permitted or not supported"},
    {TS_INFO_BAD_DATA_FORMAT, "the data has the wrong format"},
    {TS_INFO_TIME_NOT_AVAILABLE, "the source of time is not available"},
    {TS_INFO_UNACCEPTED_POLICY, "the policy is not supported"},
    {TS_INFO_UNACCEPTED_EXTENSION, "the extension is not supported"},
    {TS_INFO_ADD_INFO_NOT_AVAILABLE, "the additional information is not understood or not available"},
    {TS_INFO_SYSTEM_FAILURE, "its system failed"},
};

std::string words_of(const TS_STATUS_INFO& status, std::int64_t code) {
  std::string out = "the authority refused (" + std::string(word_of_status(code)) + ")";
  const auto* texts = TS_STATUS_INFO_get0_text(&status);
  std::string said;
  for (int i = 0; i < sk_ASN1_UTF8STRING_num(texts) && said.size() <= kMaxAuthorityWords; ++i)
    said += (said.empty() ? "" : " ") + std::string(view_of(sk_ASN1_UTF8STRING_value(texts, i)));
  if (!said.empty()) out += ": \"" + printable(said) + "\"";
  const auto* bits = TS_STATUS_INFO_get0_failure_info(&status);
  for (const auto& [bit, words] : kFailures)
    if (bits && ASN1_BIT_STRING_get_bit(bits, bit) == 1) out += "; " + std::string(words);
  return out;
}

// Empty when it grants.
std::optional<std::string> refusal_of(View status_der) {
  const unsigned char* at = octets(status_der.data());
  const StatusPtr status(d2i_TS_STATUS_INFO(nullptr, &at, static_cast<long>(status_der.size())));
  std::int64_t code = 0;
  if (!status || ASN1_INTEGER_get_int64(&code, TS_STATUS_INFO_get0_status(status.get())) != 1)
    return "the reply's status is malformed";
  if (code == TS_STATUS_GRANTED || code == TS_STATUS_GRANTED_WITH_MODS) return std::nullopt;
  return words_of(*status, code);
}

// A PEM that is encrypted is none we read: OpenSSL would ask on the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

Bytes imprint_of(ImprintHash hash, View data) {
  const EVP_MD* const md = algorithm(hash);
  Bytes digest(static_cast<std::size_t>(EVP_MD_get_size(md)), '\0');
  require(EVP_Digest(data.data(), data.size(), octets(digest.data()), nullptr, md, nullptr) == 1, "imprint");
  return digest;
}

TimestampQuery make_timestamp_query(ImprintHash hash, View digest) {
  assert(fits(hash, digest));
  TimestampQuery query{hash, Bytes(digest), random_bytes(kNonceBytes), {}};
  const RequestPtr request(TS_REQ_new());
  const ImprintPtr imprint(TS_MSG_IMPRINT_new());
  const AlgorithmPtr algorithm_id(X509_ALGOR_new());
  const auto nonce = integer_of(query.nonce);
  // Each call copies what it is given.
  require(request && imprint && algorithm_id && TS_REQ_set_version(request.get(), 1) == 1 &&
              X509_ALGOR_set0(algorithm_id.get(), OBJ_nid2obj(EVP_MD_get_type(algorithm(hash))), V_ASN1_NULL,
                              nullptr) == 1 &&
              TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm_id.get()) == 1 &&
              TS_MSG_IMPRINT_set_msg(imprint.get(), octets(query.digest.data()),
                                     static_cast<int>(query.digest.size())) == 1 &&
              TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
              TS_REQ_set_nonce(request.get(), nonce.get()) == 1 && TS_REQ_set_cert_req(request.get(), 1) == 1,
          "time stamp query");
  const int size = i2d_TS_REQ(request.get(), nullptr);
  require(size > 0, "time stamp query");
  query.der.resize(static_cast<std::size_t>(size));
  unsigned char* out = octets(query.der.data());
  require(i2d_TS_REQ(request.get(), &out) == size, "time stamp query");
  return query;
}

Parsed<Bytes> read_timestamp_reply(View reply, const TimestampQuery& query) {
  assert(fits(query.hash, query.digest));
  const EmptiesErrorQueue empties;
  if (reply.size() > kMaxTimestampReply) return Fault{kMaxTimestampReply, "the reply is longer than 64 KiB"};
  if (auto fault = find_not_der(reply)) return Fault{fault->offset, "the reply is not DER: " + fault->what};
  View rest = reply;
  const auto whole = take_element(rest);
  View parts = whole->content;
  const auto status = take_element(parts);
  if (whole->tag != kDerSequence || !status || status->tag != kDerSequence) return Fault{0, "not a time stamp reply"};
  if (auto refusal = refusal_of(status->whole)) return Fault{0, std::move(*refusal)};
  const auto token = take_element(parts);
  if (!token || !parts.empty()) return Fault{reply.size() - parts.size(), "the reply grants and has not one token"};
  TimestampToken read;
  const char* wrong = read.check(token->whole, algorithm(query.hash), query.digest);
  if (!wrong) wrong = read.check_nonce(query.nonce);
  if (wrong) return Fault{static_cast<std::size_t>(token->whole.data() - reply.data()), wrong};
  return Bytes(token->whole);
}

Parsed<Timestamp> check_timestamp(View token, ImprintHash hash, View digest, const TrustedAuthorities* trusted) {
  assert(fits(hash, digest));
  const EmptiesErrorQueue empties;
  if (token.size() > kMaxTimestampReply) return Fault{kMaxTimestampReply, "the token is longer than 64 KiB"};
  if (auto fault = find_not_der(token)) return Fault{fault->offset, "the token is not DER: " + fault->what};
  TimestampToken read;
  if (const char* wrong = read.check(token, algorithm(hash), digest)) return Fault{0, wrong};
  Timestamp out = read.said();
  out.hash = hash;
  out.distrust = trusted ? read.distrust(*trusted) : "no authorities were given to trust";
  out.trusted = out.distrust.empty();
  return out;
}

Parsed<TrustedAuthorities> TrustedAuthorities::from_pem(View pem) {
  const EmptiesErrorQueue empties;
  if (pem.size() > kMaxTrustedBytes) return Fault{kMaxTrustedBytes, "the certificates are longer than 1 MiB"};
  if (pem.empty()) return Fault{0, "there is no certificate in PEM"};
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  CertificatesPtr all(sk_X509_new_null());
  require(bio && all, "trusted certificates");
  std::size_t read_to = 0;
  while (CertificatePtr one{PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr)}) {
    require(sk_X509_push(all.get(), one.get()) > 0, "trusted certificates");
    one.release();
    read_to = pem.size() - BIO_ctrl_pending(bio.get());
  }
  const unsigned long error = ERR_peek_last_error();
  if (ERR_GET_LIB(error) != ERR_LIB_PEM || ERR_GET_REASON(error) != PEM_R_NO_START_LINE)
    return Fault{read_to, "a certificate is malformed"};
  const int count = sk_X509_num(all.get());
  if (count == 0) return Fault{0, "there is no certificate in PEM"};
  auto shared = std::shared_ptr<void>(all.release(), [](STACK_OF(X509) * owned) { free_certificates(owned); });
  return TrustedAuthorities(std::move(shared), static_cast<std::size_t>(count));
}

}  // namespace fedatario::crypto
