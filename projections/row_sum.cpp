// Adding digests up.
#include "projections/row_sum.hpp"

namespace fedatario::projections {
namespace {

// The kind and the length of the key first: no two rows have the same bytes.
RowSum sum_of(char kind, crypto::View stored_key, crypto::View stored_value) {
  crypto::Bytes head(1, kind);
  crypto::append_u32(head, static_cast<std::uint32_t>(stored_key.size()));
  return RowSum(crypto::sha256({head, stored_key, stored_value}));
}

}  // namespace

void RowSum::add(const RowSum& other) {
  unsigned carry = 0;
  for (auto i = digest_.bytes.size(); i-- > 0;) {
    carry += unsigned(digest_.bytes[i]) + other.digest_.bytes[i];
    digest_.bytes[i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
}

void RowSum::subtract(const RowSum& other) {
  int borrow = 0;
  for (auto i = digest_.bytes.size(); i-- > 0;) {
    borrow += int(digest_.bytes[i]) - int(other.digest_.bytes[i]);
    digest_.bytes[i] = static_cast<std::uint8_t>(borrow);
    borrow >>= 8;
  }
}

RowSum sum_of_version(crypto::View stored_key, crypto::View stored_value) {
  return sum_of('v', stored_key, stored_value);
}

RowSum sum_of_single(crypto::View stored_key, crypto::View stored_value) {
  return sum_of('o', stored_key, stored_value);
}

}  // namespace fedatario::projections
