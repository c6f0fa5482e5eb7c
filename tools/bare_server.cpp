// Coroutines over Beast, as its own examples have it.
#include "tools/bare_server.hpp"

#include <pthread.h>
#include <time.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

namespace fedatario::tools {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using Answer = http::response<http::string_body>;

Answer read_answer(std::string_view text) {
  http::response_parser<http::string_body> parser;
  parser.body_limit(boost::none);
  parser.eager(true);
  boost::system::error_code error;
  parser.put(asio::buffer(text), error);
  if (error || !parser.is_done()) throw std::runtime_error("bench: what is to be answered is not a whole answer");
  return parser.release();
}

asio::awaitable<void> serve(tcp::socket socket, const Answer& answer) {
  socket.set_option(tcp::no_delay(true));
  beast::flat_buffer buffer;
  try {
    for (;;) {
      http::request<http::string_body> request;
      co_await http::async_read(socket, buffer, request, asio::use_awaitable);
      co_await http::async_write(socket, answer, asio::use_awaitable);
    }
  } catch (const boost::system::system_error&) {
    // The client has gone.
  }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor, asio::io_context& context, const Answer& answer) {
  for (;;) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(context, serve(std::move(socket), answer), asio::detached);
  }
}

}  // namespace

struct BareServer::Inside {
  explicit Inside(std::string_view text) : answer(read_answer(text)) {
    asio::co_spawn(context, accept(acceptor, context, answer), asio::detached);
    for (unsigned i = 0; i < std::max(2u, std::thread::hardware_concurrency()); ++i)
      threads.emplace_back([this] { context.run(); });
  }
  ~Inside() {
    context.stop();
    for (auto& thread : threads) thread.join();
  }

  const Answer answer;
  asio::io_context context;
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
  std::vector<std::thread> threads;
};

BareServer::BareServer(std::string_view answer) : inside_(std::make_unique<Inside>(answer)) {}
BareServer::~BareServer() = default;

std::uint16_t BareServer::port() const { return inside_->acceptor.local_endpoint().port(); }

double BareServer::cpu_seconds() const {
  double seconds = 0;
  for (auto& thread : inside_->threads) {
    clockid_t clock{};
    timespec time{};
    if (::pthread_getcpuclockid(thread.native_handle(), &clock) != 0 || ::clock_gettime(clock, &time) != 0) continue;
    seconds += double(time.tv_sec) + double(time.tv_nsec) / 1e9;
  }
  return seconds;
}

}  // namespace fedatario::tools
