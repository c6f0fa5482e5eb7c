// DSSE envelopes (v1.0.2) in the one spelling the ledger keeps: payload, payloadType and 1 to 4 signatures in standard
// base64, nothing else. What was verified is handed on as bytes; the envelope is never parsed twice.
#pragma once

#include <boost/json/value.hpp>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

inline constexpr std::size_t kMaxSignatures = 4;

struct Envelope {
  std::string payload_type;
  Bytes payload;
  std::vector<Bytes> signatures;  // 64 bytes each, the author's first

  bool operator==(const Envelope&) const = default;
};

// Pre-authentication encoding: what is signed.
Bytes pae(View payload_type, View payload);

// Reads the JSON form. A `keyid` beside `sig` is dropped (it is never trusted); any other unknown member, URL-safe or
// unpadded base64, no signature, more than four or one that is not 64 bytes is a Fault.
Parsed<Envelope> read_envelope(const boost::json::value& json);
// The JSON form; its canonical text is the one spelling.
boost::json::value write_envelope(const Envelope& envelope);

// An envelope with one signature.
Envelope sign_envelope(View payload_type, View payload, const SigningKey& key);
// Adds a further signature over the same payload. Precondition (asserted): room for it.
void add_signature(Envelope& envelope, const SigningKey& key);
// True when signature `index` is `key`'s.
bool check_signature(const Envelope& envelope, std::size_t index, const PublicKey& key);

}  // namespace fedatario::crypto
