// Time stamps (RFC 3161): what is asked of an authority, what it answers, and what its token proves long after. A token
// says that a digest existed at a time; it is a CMS signature (RFC 5652) with the authority's certificate in it.
// Nothing here talks to the network or looks at a clock.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "crypto/bytes.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

constexpr std::size_t kMaxTimestampReply = 64 * 1024;  // bytes; a token has no more either

// How the stamped digest was made.
enum class ImprintHash { sha256, sha512 };
// 32 or 64 bytes.
Bytes imprint_of(ImprintHash hash, View data);

// What is posted as application/timestamp-query, and what its answer must repeat.
struct TimestampQuery {
  ImprintHash hash = ImprintHash::sha256;
  Bytes digest;
  Bytes nonce;  // 8 random bytes, a number
  Bytes der;
};
// Asks for the certificate to be in the token. Precondition (asserted), here and below: a digest of that hash's length.
TimestampQuery make_timestamp_query(ImprintHash hash, View digest);

// The token (DER) of an answer to that query, to be kept: the authority granted it, and it is as check_timestamp asks
// without trusted authorities, with the query's nonce. A refusal's fault tells the authority's own words.
Parsed<Bytes> read_timestamp_reply(View reply, const TimestampQuery& query);

// The certificates whose word is taken, of authorities' authorities or of authorities themselves: each is trusted by
// itself, signed by its own key or not. Cheap to copy; usable from any thread.
class TrustedAuthorities {
 public:
  // One certificate in PEM or more, at most 1 MiB; text around them is passed over.
  static Parsed<TrustedAuthorities> from_pem(View pem);

  std::size_t size() const { return size_; }
  // STACK_OF(X509), for this folder.
  void* certificates() const { return certificates_.get(); }

 private:
  TrustedAuthorities(std::shared_ptr<void> certificates, std::size_t size)
      : certificates_(std::move(certificates)), size_(size) {}
  std::shared_ptr<void> certificates_;
  std::size_t size_;
};

struct Timestamp {
  std::int64_t micros = 0;                      // when, since 1970 UTC; parts of a microsecond are cut off
  std::optional<std::int64_t> accuracy_micros;  // the authority says: that much before or after
  std::string authority;                        // subject of the signing certificate (RFC 4514, in UTF-8)
  std::string policy;                           // object identifier, dotted
  std::string serial;                           // of the token, at that authority; hexadecimal
  Digest certificate_sha256;                    // of the signing certificate
  std::int64_t certificate_until_micros = 0;    // the end of its validity
  ImprintHash hash = ImprintHash::sha256;
  bool trusted = false;  // its certificate leads to a trusted one, all valid at `micros`
  std::string distrust;  // why it does not, in English; empty when trusted
};

// What a token proves of a digest; a fault when it proves nothing. Proven without trusting anybody: strict DER; one
// signature, over SHA-256 or better with a key of 112 bits of security or more, good under a certificate that is in the
// token, is named by it (ESSCertID or ESSCertIDv2, RFC 5816) and is for time stamping alone, critically; the digest and
// its hash are these. Trust is told apart from that; without `trusted` nothing is trusted. Revocation is not looked at.
// Not every byte of a token is signed (versions, algorithms' parameters, other certificates): one that differs in those
// says the same. So who keeps tokens knows them by their own hash.
Parsed<Timestamp> check_timestamp(View token, ImprintHash hash, View digest, const TrustedAuthorities* trusted);

}  // namespace fedatario::crypto
