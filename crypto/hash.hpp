// SHA-256 and HMAC-SHA-256 (FIPS 180-4, FIPS 198-1), from OpenSSL with prefetched algorithms and a context kept for
// each thread, since a fresh context costs more than hashing a tree node.
#pragma once

#include <initializer_list>

#include "crypto/bytes.hpp"

namespace fedatario::crypto {

Digest sha256(View data);
// Hashes the concatenation of `parts` without copying them together.
Digest sha256(std::initializer_list<View> parts);
Digest hmac_sha256(View key, View data);

// For input that does not fit in memory: files, dumps, a digest over all rows. One thread at a time.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(View data);
  // Gives the digest of all data so far and begins anew.
  Digest finish();

 private:
  void* context_;
};

}  // namespace fedatario::crypto
