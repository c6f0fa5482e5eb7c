// OpenSSL's objects as values with an owner, for the .cpp files of this folder only: no header the rest of the program
// includes names an OpenSSL type.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "crypto/errors.hpp"

namespace fedatario::crypto {

template <auto kFree>
struct FreedBy {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using BioPtr = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;
using BigNumberPtr = std::unique_ptr<BIGNUM, FreedBy<BN_free>>;
using BigContextPtr = std::unique_ptr<BN_CTX, FreedBy<BN_CTX_free>>;
using CipherContextPtr = std::unique_ptr<EVP_CIPHER_CTX, FreedBy<EVP_CIPHER_CTX_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, FreedBy<EVP_MD_CTX_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreedBy<PKCS8_PRIV_KEY_INFO_free>>;
using EncryptedPkcs8Ptr = std::unique_ptr<X509_SIG, FreedBy<X509_SIG_free>>;

// Throws Error "<doing>: <OpenSSL's reason>" and empties OpenSSL's error queue of this thread.
[[noreturn]] void throw_openssl(const std::string& doing);

// Throws as above unless `done`.
inline void require(bool done, const char* doing) {
  if (!done) throw_openssl(doing);
}

inline const unsigned char* octets(const char* data) { return reinterpret_cast<const unsigned char*>(data); }
inline unsigned char* octets(char* data) { return reinterpret_cast<unsigned char*>(data); }

// Overwrites a secret of ours before its memory is given back.
inline void cleanse(std::string& secret) { OPENSSL_cleanse(secret.data(), secret.size()); }

}  // namespace fedatario::crypto
