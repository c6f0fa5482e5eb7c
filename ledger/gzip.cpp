// zlib's streams, whole in memory.
#include "ledger/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace fedatario::ledger {
namespace {

constexpr int kGzipWindow = MAX_WBITS + 16;  // zlib: with a gzip header and trailer
constexpr int kMemoryLevel = 8;              // zlib's default
constexpr std::size_t kFirstRoom = 64 * 1024;

z_stream stream_over(crypto::View bytes) {
  z_stream stream{};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  return stream;
}

}  // namespace

crypto::Bytes gzip(crypto::View bytes) {
  auto stream = stream_over(bytes);
  if (::deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  crypto::Bytes out(::deflateBound(&stream, stream.avail_in), '\0');
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  ::deflate(&stream, Z_FINISH);  // the room is enough: it ends at once
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

std::optional<crypto::Bytes> gunzip(crypto::View bytes, std::size_t most) {
  auto stream = stream_over(bytes);
  if (::inflateInit2(&stream, kGzipWindow) != Z_OK) throw std::bad_alloc();
  crypto::Bytes out;
  int state = Z_OK;
  while (state == Z_OK && out.size() <= most) {
    const auto have = out.size();
    out.resize(std::min(std::max(have * 2, kFirstRoom), most + 1));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + have);
    stream.avail_out = static_cast<uInt>(out.size() - have);
    state = ::inflate(&stream, Z_NO_FLUSH);
    out.resize(stream.total_out);
    if (state == Z_OK && stream.avail_in == 0 && stream.avail_out > 0) break;  // cut off
  }
  const bool whole = state == Z_STREAM_END && stream.avail_in == 0 && out.size() <= most;
  ::inflateEnd(&stream);
  if (!whole) return std::nullopt;
  return out;
}

}  // namespace fedatario::ledger
