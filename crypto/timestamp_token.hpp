// One time stamp token taken apart and checked, for timestamp.cpp: the OpenSSL side of it.
#pragma once

#include <openssl/cms.h>
#include <openssl/ess.h>
#include <openssl/ts.h>

#include "crypto/openssl.hpp"
#include "crypto/timestamp.hpp"

namespace fedatario::crypto {

inline void free_certificates(STACK_OF(X509) * certificates) { sk_X509_pop_free(certificates, X509_free); }

using CertificatePtr = std::unique_ptr<X509, FreedBy<X509_free>>;
using CertificatesPtr = std::unique_ptr<STACK_OF(X509), FreedBy<free_certificates>>;
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, FreedBy<ASN1_INTEGER_free>>;

// What OpenSSL noted of a stranger's bytes is gone when the scope ends.
struct EmptiesErrorQueue {
  EmptiesErrorQueue() { ERR_clear_error(); }
  ~EmptiesErrorQueue() { ERR_clear_error(); }
};

inline View view_of(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<std::size_t>(ASN1_STRING_length(string))};
}

// A big-endian number that is not negative.
IntegerPtr integer_of(View number);

// Used once: check, and where that finds nothing wrong, the others.
class TimestampToken {
 public:
  // What is wrong with it, in static words; nullptr when nothing is. `der` passed find_not_der.
  const char* check(View der, const EVP_MD* hash, View digest);
  const char* check_nonce(View nonce) const;
  // All of it but hash and trust.
  const Timestamp& said() const { return said_; }
  // Why its certificate does not lead to a trusted one at its time; empty when it does.
  std::string distrust(const TrustedAuthorities& trusted) const;

 private:
  const char* open(View der);
  const char* find_signer();
  const char* check_certificate() const;
  const char* check_strength() const;
  const char* check_names_certificate();
  const char* check_signature();
  const char* check_content(const EVP_MD* hash, View digest) const;
  const char* check_authority_name() const;
  const char* read_time();
  const char* read_names();

  std::unique_ptr<CMS_ContentInfo, FreedBy<CMS_ContentInfo_free>> cms_;
  std::unique_ptr<TS_TST_INFO, FreedBy<TS_TST_INFO_free>> info_;
  // What it names its certificates by; either may be wanting.
  std::unique_ptr<ESS_SIGNING_CERT, FreedBy<ESS_SIGNING_CERT_free>> named_;
  std::unique_ptr<ESS_SIGNING_CERT_V2, FreedBy<ESS_SIGNING_CERT_V2_free>> named_v2_;
  CMS_SignerInfo* signature_ = nullptr;  // cms_'s
  X509* signer_ = nullptr;               // cms_'s
  Timestamp said_;
};

}  // namespace fedatario::crypto
