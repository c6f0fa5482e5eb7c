// The client's sockets. Synchronous to its caller; asynchronous inside, for the sake of its time limit.
#include "tests/support/http_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <stdexcept>

namespace fedatario::tests {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

struct HttpClient::State {
  // Runs what was started until it is done. Throws when that takes too long.
  void finish(const bool& done) {
    using namespace std::chrono;
    const auto until = steady_clock::now() + seconds(10);
    while (!done && steady_clock::now() < until) {
      context.restart();
      context.run_one_until(until);
    }
    if (done) return;
    error_code ignored;
    socket().close(ignored);
    context.restart();
    context.run();
    throw std::runtime_error("the server took more than ten seconds");
  }

  // Calls `start` with the stream and a completion handler.
  template <class Start>
  std::pair<error_code, std::size_t> wait(Start start) {
    bool done = false;
    std::pair<error_code, std::size_t> result;
    const auto handler = [&](error_code error, std::size_t bytes = 0) {
      result = {error, bytes};
      done = true;
    };
    if (secure)
      start(*secure, handler);
    else
      start(*plain, handler);
    finish(done);
    return result;
  }

  tcp::socket& socket() { return secure ? secure->next_layer() : *plain; }

  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  std::optional<tcp::socket> plain;
  std::optional<asio::ssl::stream<tcp::socket>> secure;
  boost::beast::flat_buffer buffer;
  std::optional<http::response_parser<http::string_body>> going_on;
};

namespace {

Answer header_of(const http::response<http::string_body>& message) {
  Answer answer;
  answer.status = message.result_int();
  for (const auto& field : message) {
    std::string name(field.name_string());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    answer.headers.emplace(std::move(name), field.value());
  }
  return answer;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

HttpClient::HttpClient(std::uint16_t port, Tls tls, int receive_buffer_bytes) : state_(std::make_unique<State>()) {
  tcp::socket socket(state_->context, tcp::v4());
  if (receive_buffer_bytes > 0) socket.set_option(asio::socket_base::receive_buffer_size(receive_buffer_bytes));
  socket.connect({asio::ip::address_v4::loopback(), port});
  socket.set_option(tcp::no_delay(true));
  if (tls == Tls::none) {
    state_->plain.emplace(std::move(socket));
    return;
  }
  auto* native = state_->tls.native_handle();
  SSL_CTX_set_max_proto_version(native, tls == Tls::v1_2 ? TLS1_2_VERSION : TLS1_3_VERSION);
  state_->secure.emplace(std::move(socket), state_->tls);
  bool done = false;
  error_code result;
  state_->secure->async_handshake(asio::ssl::stream_base::client, [&](error_code error) {
    result = error;
    done = true;
  });
  state_->finish(done);
  if (result) throw std::runtime_error("handshake: " + result.message());
}

HttpClient::~HttpClient() = default;

void HttpClient::send(std::string_view bytes) {
  const auto [error, written] =
      state_->wait([&](auto& stream, const auto& handler) { asio::async_write(stream, asio::buffer(bytes), handler); });
  if (error) throw std::runtime_error("send: " + error.message());
}

std::optional<Answer> HttpClient::receive(bool to_head) {
  http::response_parser<http::string_body> parser;
  parser.body_limit(boost::none);
  parser.skip(to_head);
  state_->wait([&](auto& stream, const auto& handler) { http::async_read(stream, state_->buffer, parser, handler); });
  if (!parser.is_done()) return {};
  auto answer = header_of(parser.get());
  answer.body = std::move(parser.get().body());
  return answer;
}

std::optional<Answer> HttpClient::receive_header() {
  auto& parser = state_->going_on.emplace();
  parser.body_limit(boost::none);
  const auto result = state_->wait(
      [&](auto& stream, const auto& handler) { http::async_read_header(stream, state_->buffer, parser, handler); });
  if (result.first) return {};
  return header_of(parser.get());
}

std::string HttpClient::receive_some() {
  auto& parser = state_->going_on.value();
  auto& body = parser.get().body();
  body.clear();
  while (!parser.is_done() && body.empty()) {
    const auto result = state_->wait(
        [&](auto& stream, const auto& handler) { http::async_read_some(stream, state_->buffer, parser, handler); });
    if (result.first) break;
  }
  return body;
}

bool HttpClient::is_whole() const { return state_->going_on.value().is_done(); }

Answer HttpClient::request(std::string_view method, std::string_view target, std::string_view headers,
                           std::string_view body) {
  std::string text;
  text.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(headers);
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  text.append("\r\n").append(body);
  send(text);
  auto answer = receive(method == "HEAD");
  if (!answer) throw std::runtime_error("the connection ended without an answer");
  return *answer;
}

bool HttpClient::ends() {
  if (state_->buffer.size() > 0) return false;
  char byte = 0;
  const auto [error, bytes] =
      state_->wait([&](auto& stream, const auto& handler) { stream.async_read_some(asio::buffer(&byte, 1), handler); });
  return static_cast<bool>(error);
}

}  // namespace fedatario::tests
