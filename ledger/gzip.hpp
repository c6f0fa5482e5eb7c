// gzip (RFC 1952), by zlib: how entry bundles rest and travel.
#pragma once

#include <cstddef>
#include <optional>

#include "crypto/bytes.hpp"

namespace fedatario::ledger {

// Quick rather than small. Throws std::bad_alloc.
crypto::Bytes gzip(crypto::View bytes);
// Empty for what is no gzip stream, whole and alone, or holds more than `most` bytes.
std::optional<crypto::Bytes> gunzip(crypto::View bytes, std::size_t most);

}  // namespace fedatario::ledger
