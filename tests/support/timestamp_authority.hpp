// A time stamping authority (RFC 3161) of a test's own: the openssl command with a certificate made for it. What it
// signs is what any authority would; and what no authority would sign, a test has it sign too.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "tests/support/temporary_directory.hpp"

namespace fedatario::tests {

// `openssl <words>` run in `directory`, with that input; what it printed. Throws std::runtime_error with its complaint
// when it fails.
crypto::Bytes run_openssl(const std::filesystem::path& directory, const std::vector<std::string>& words,
                          crypto::View input = {});

enum class AuthorityKey { rsa_2048, ecdsa_p256 };

struct AuthorityOptions {
  AuthorityKey key = AuthorityKey::rsa_2048;
  std::string name = "Autoridad de Estampado de Prueba";
  std::string extended_key_usage = "critical,timeStamping";  // as openssl's configuration has it; empty: none
  std::string key_usage = "critical,digitalSignature";
  std::string certificate_hash = "sha256";  // by which its tokens name its certificate; sha1: as RFC 3161 first had it
  bool names_chain = false;                 // and its issuer's
  // Validity, YYYYMMDDhhmmssZ: of the authority's certificate and of its issuer's.
  std::string from = "20200101000000Z", until = "21000101000000Z";
  std::string issuer_from = "20200101000000Z", issuer_until = "21000101000000Z";
};

class TimestampAuthority {
 public:
  explicit TimestampAuthority(const AuthorityOptions& options = {});

  // The reply to a query (both DER), of now: a grant, or a refusal of what it does not do. It knows SHA-256 and
  // SHA-512, the policies 1.2.3.4.1 and 1.2.3.4.2, and an accuracy of 1.5 s.
  crypto::Bytes answer(crypto::View query) const;
  // The same of another time, in seconds since 1970, by OpenSSL's library: the command has only its clock.
  crypto::Bytes answer_at(crypto::View query, std::int64_t seconds) const;
  // A token over any content, under whatever certificate this is; `words`: more for `openssl cms`.
  crypto::Bytes sign(crypto::View content, std::vector<std::string> words = {"-cades"},
                     const std::string& content_type = "1.2.840.113549.1.9.16.1.4") const;

  crypto::Bytes issuer_pem() const;       // the certificate its own is signed with
  crypto::Bytes certificate_pem() const;  // its own
  const std::filesystem::path& directory() const { return directory_.path(); }

 private:
  TemporaryDirectory directory_;
};

// A query (DER) in openssl's words: `hash` as "sha256", the digest in hexadecimal, `words`: more for `openssl ts
// -query`.
crypto::Bytes openssl_query(const std::string& hash, const std::string& digest_hex,
                            std::vector<std::string> words = {});
// What is signed in a token: its TSTInfo.
crypto::Bytes content_of_token(crypto::View token);

}  // namespace fedatario::tests
