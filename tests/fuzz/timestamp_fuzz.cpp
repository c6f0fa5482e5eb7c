// What an authority of time answers, and the tokens that a ledger or a pack holds.
#include <string>

#include "crypto/timestamp.hpp"

using namespace fedatario;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const crypto::View bytes(reinterpret_cast<const char*>(data), size);
  static const std::string digest = imprint_of(crypto::ImprintHash::sha256, "a head");
  static const auto query = make_timestamp_query(crypto::ImprintHash::sha256, digest);
  (void)read_timestamp_reply(bytes, query);
  (void)check_timestamp(bytes, crypto::ImprintHash::sha256, digest, nullptr);
  (void)crypto::TrustedAuthorities::from_pem(bytes);
  return 0;
}
