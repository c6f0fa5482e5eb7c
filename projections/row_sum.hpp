// A digest of all row versions that is kept up as they are written: two nodes that have folded as many events compare
// 32 bytes instead of all rows.
//
// It is the sum, modulo 2^256, of the SHA-256 of each row version (its view, key, position and bytes); of a row that is
// put once, of that row. A sum does not depend on the order of writing, nor on how the events were cut into chunks, and
// a version that is replaced, because what it was made from was destroyed, is subtracted and the new one added, without
// the rest being read again: a chain of hashes over events would have to be made anew from there on. It finds what went
// wrong, in a fold or on a disk; it is no proof against somebody who chooses rows so that their sums agree. Proofs are
// the log's matter, and rows follow from it.
#pragma once

#include <cstdint>

#include "crypto/hash.hpp"

namespace fedatario::projections {

// A value. Of nothing: zero.
class RowSum {
 public:
  RowSum() = default;
  explicit RowSum(const crypto::Digest& digest) : digest_(digest) {}

  void add(const RowSum& other);
  void subtract(const RowSum& other);
  const crypto::Digest& digest() const { return digest_; }
  bool operator==(const RowSum&) const = default;

 private:
  crypto::Digest digest_;  // big endian
};

// Of one version of a row that has versions, or of its being erased. Keys and values as they rest; the key of a version
// ends in its position.
RowSum sum_of_version(crypto::View stored_key, crypto::View stored_value);
// Of a row put once; its value begins with its position.
RowSum sum_of_single(crypto::View stored_key, crypto::View stored_value);

// The sum is kept at multiples of this many events, for nodes whose heads differ, the newest kMaxSums of them.
inline constexpr std::uint64_t kSumEvery = 65'536;
inline constexpr std::uint64_t kMaxSums = 1'024;

}  // namespace fedatario::projections
