// The bytes of one connection, plain or under TLS 1.3: what HTTP is read from and written to.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <memory>

namespace boost::asio::ssl {
class context;
}

namespace fedatario::api {

// Used on the socket's executor, one operation at a time; the stream outlives it. Nothing is thrown for what the peer
// or the network does: that is the error code.
class ByteStream {
 public:
  template <class Value>
  using awaitable = boost::asio::awaitable<Value>;
  using error_code = boost::system::error_code;

  virtual ~ByteStream() = default;

  virtual boost::asio::ip::tcp::socket& socket() = 0;
  // Before anything else is read or written. Nothing to do where it is plain.
  virtual awaitable<error_code> shake_hands() = 0;
  // At least a byte, unless there is an error; how many.
  virtual awaitable<std::size_t> read_some(boost::asio::mutable_buffer into, error_code& error) = 0;
  // All of both, in this order.
  virtual awaitable<error_code> write(std::array<boost::asio::const_buffer, 2> bytes) = 0;
  awaitable<error_code> write(boost::asio::const_buffer bytes) { return write({bytes, {}}); }
  // Tells the peer that nothing follows; the socket stays open.
  virtual awaitable<void> end() = 0;
};

// `tls`: absent for plain TCP; outlives the stream.
std::unique_ptr<ByteStream> make_byte_stream(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context* tls);

}  // namespace fedatario::api
