// The two kinds of it.
#include "api/byte_stream.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace fedatario::api {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

auto telling(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

// What a socket and TLS over one have in common.
template <class Stream>
class StreamOf : public ByteStream {
 public:
  template <class... Arguments>
  explicit StreamOf(Arguments&&... arguments) : stream_(std::forward<Arguments>(arguments)...) {}

  asio::awaitable<std::size_t> read_some(asio::mutable_buffer into, error_code& error) override {
    return stream_.async_read_some(into, telling(error));
  }
  asio::awaitable<error_code> write(std::array<asio::const_buffer, 2> bytes) override {
    error_code error;
    co_await asio::async_write(stream_, bytes, telling(error));
    co_return error;
  }

 protected:
  Stream stream_;
};

class PlainStream final : public StreamOf<tcp::socket> {
 public:
  using StreamOf::StreamOf;

  tcp::socket& socket() override { return stream_; }
  asio::awaitable<error_code> shake_hands() override { co_return error_code(); }
  asio::awaitable<void> end() override {
    error_code ignored;
    stream_.shutdown(tcp::socket::shutdown_send, ignored);
    co_return;
  }
};

class TlsStream final : public StreamOf<asio::ssl::stream<tcp::socket>> {
 public:
  using StreamOf::StreamOf;

  tcp::socket& socket() override { return stream_.next_layer(); }
  asio::awaitable<error_code> shake_hands() override {
    error_code error;
    co_await stream_.async_handshake(asio::ssl::stream_base::server, telling(error));
    co_return error;
  }
  asio::awaitable<void> end() override {
    error_code ignored;
    co_await stream_.async_shutdown(telling(ignored));
    socket().shutdown(tcp::socket::shutdown_send, ignored);
  }
};

}  // namespace

std::unique_ptr<ByteStream> make_byte_stream(tcp::socket socket, asio::ssl::context* tls) {
  if (tls) return std::make_unique<TlsStream>(std::move(socket), *tls);
  return std::make_unique<PlainStream>(std::move(socket));
}

}  // namespace fedatario::api
