// HTTP/1.1 on one connection, plain or under TLS: the one place that reads requests from bytes and writes answers to
// them. Requests of a connection are answered one after the other, pipelined or not.
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cassert>
#include <chrono>
#include <string_view>

#include "api/byte_stream.hpp"
#include "api/connection.hpp"
#include "api/http_date.hpp"
#include "api/problem.hpp"

namespace fedatario::api {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Parser = http::request_parser<http::string_body>;
using Clock = std::chrono::steady_clock;
using UserTimeout = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_USER_TIMEOUT>;  // in milliseconds (tcp(7))

// Read at once: most headers come whole, and idle connections hold no more.
constexpr std::size_t kHeaderReadBytes = 4 * 1024;
constexpr std::size_t kBodyReadBytes = kMaxReadAheadBytes;

// The share of this request in what all connections may hold of bodies.
class HeldBytes {
 public:
  HeldBytes(Surroundings& around, std::size_t bytes)
      : around_(around),
        bytes_(bytes),
        fits_(around.held_body_bytes.fetch_add(bytes) + bytes <= around.max_held_body_bytes) {}
  ~HeldBytes() { around_.held_body_bytes.fetch_sub(bytes_); }
  HeldBytes(const HeldBytes&) = delete;
  HeldBytes& operator=(const HeldBytes&) = delete;
  bool fits() const { return fits_; }

 private:
  Surroundings& around_;
  std::size_t bytes_;
  bool fits_;
};

// What the parser lets pass and would let a proxy in front and us see two different requests (RFC 9112
// sections 3.2, 6.1).
std::optional<HttpProblem> find_ambiguity(const Parser& parser) {
  const auto& header = parser.get();
  if (header.version() == 11 && header.count(http::field::host) != 1) return HttpProblem::bad_request;
  const auto encodings = header.count(http::field::transfer_encoding);
  if (encodings == 0) return {};
  if (encodings > 1 || header.version() < 11 || header.count(http::field::content_length) > 0)
    return HttpProblem::bad_request;
  if (!beast::iequals(header[http::field::transfer_encoding], "chunked")) return HttpProblem::not_implemented;
  return {};
}

void copy_header(const Parser& parser, Request& request) {
  const auto& header = parser.get();
  request.method = std::string(header.method_string());
  request.target = std::string(header.target());
  for (const auto& field : header) {
    std::string name(field.name_string());
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    auto [place, fresh] = request.headers.try_emplace(std::move(name), field.value());
    if (!fresh) place->second.append(", ").append(field.value());
  }
}

// A piece of a body whose length nobody knows (RFC 9112 section 7.1).
std::string framed(std::string_view piece) { return fmt::format("{:x}\r\n{}\r\n", piece.size(), piece); }
constexpr std::string_view kLastChunk = "0\r\n\r\n";

// Why the header could not be read; nothing when there is nobody to tell.
std::optional<HttpProblem> header_problem(const error_code& error, std::string_view unread, bool line_read,
                                          bool timed_out) {
  if (timed_out) return HttpProblem::timeout;
  if (error == http::error::header_limit) {
    if (!line_read && unread.substr(0, kMaxHeaderBytes).find('\n') == unread.npos) return HttpProblem::uri_too_long;
    return HttpProblem::header_fields_too_large;
  }
  if (error == http::error::end_of_stream || error == http::error::partial_message) return {};
  if (error.category() == http::make_error_code(http::error::bad_method).category()) return HttpProblem::bad_request;
  return {};
}

std::optional<HttpProblem> body_problem(const error_code& error, bool timed_out) {
  if (timed_out) return HttpProblem::timeout;
  if (error == http::error::body_limit) return HttpProblem::payload_too_large;
  if (error == http::error::end_of_stream || error == http::error::partial_message) return {};
  if (error.category() == http::make_error_code(http::error::bad_method).category()) return HttpProblem::bad_request;
  return {};
}

using Message = http::response<http::empty_body>;

// All but the body and what tells its length.
Message message_of(const Response& response, const Request& request, unsigned version, bool keep) {
  Message message;
  message.version(version);
  message.result(response.status);
  message.set(http::field::date, http_date());
  if (!request.id.empty()) message.set("X-Request-Id", request.id);
  message.set("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : response.headers) message.insert(name, value);
  message.keep_alive(keep);
  return message;
}

std::string header_text(Message& message) {
  std::string out;
  http::response_serializer<http::empty_body> serializer(message);
  error_code error;
  while (!serializer.is_header_done())
    serializer.next(error, [&](error_code&, const auto& buffers) {
      for (const asio::const_buffer piece : beast::buffers_range_ref(buffers))
        out.append(static_cast<const char*>(piece.data()), piece.size());
      serializer.consume(beast::buffer_bytes(buffers));
    });
  return out;
}

class HttpConnection final : public Connection {
 public:
  HttpConnection(tcp::socket socket, Surroundings& around, asio::ssl::context* tls)
      : Connection(around, socket.get_executor()), stream_(make_byte_stream(std::move(socket), tls)) {
    error_code unknown;
    const auto peer = this->socket().remote_endpoint(unknown);
    if (!unknown) remote_ = peer.address().to_string();
  }

  asio::awaitable<void> serve() override {
    bool open = co_await shake_hands();
    auto wait = around_.timeouts.header;
    while (open) {
      open = co_await wait_for_request(wait);
      if (!open) break;
      open = co_await exchange();
      wait = around_.timeouts.idle;
    }
    co_await finish();
  }

  asio::awaitable<void> turn_away() override {
    idle_ = false;
    Request request;
    request.id = make_request_id();
    Response response = problem_response(HttpProblem::busy, request);
    co_await write_answer(std::move(response), request, 11, false);
    co_await finish();
  }

 private:
  tcp::socket& socket() override { return stream_->socket(); }

  asio::awaitable<bool> shake_hands() {
    set_deadline(around_.timeouts.header, Then::close);
    const auto error = co_await stream_->shake_hands();
    clear_deadline();
    if (error) close();
    co_return !error;
  }

  asio::awaitable<error_code> read_more(std::size_t at_most) {
    const auto room = std::min(at_most, buffer_.max_size() - buffer_.size());
    if (room == 0) co_return http::error::buffer_overflow;
    error_code error;
    const auto bytes = co_await stream_->read_some(buffer_.prepare(room), error);
    buffer_.commit(bytes);
    co_return error;
  }

  // Feeds the parser until it has the header or, where it is to be `whole`, the body too.
  asio::awaitable<error_code> parse(Parser& parser, bool whole, std::size_t& parsed_bytes) {
    parser.eager(whole);
    const auto at_most = whole ? kBodyReadBytes : kHeaderReadBytes;
    error_code error;
    while (whole ? !parser.is_done() : !parser.is_header_done()) {
      if (buffer_.size() > 0) {
        const auto used = parser.put(buffer_.data(), error);
        buffer_.consume(used);
        parsed_bytes += used;
        if (!error) continue;
        if (error != http::error::need_more) co_return error;
      }
      error = co_await read_more(at_most);
      if (error == asio::error::eof) {
        error.clear();
        if (parser.got_some())
          parser.put_eof(error);
        else
          error = http::error::end_of_stream;
      }
      if (error) co_return error;
    }
    co_return error_code();
  }

  // For the first byte of a request. False when none came, or none is wanted any more.
  asio::awaitable<bool> wait_for_request(std::chrono::milliseconds at_most) {
    idle_ = true;
    if (around_.stopping) co_return false;
    if (buffer_.size() == 0) {
      set_deadline(at_most, Then::end_input);
      const auto error = co_await read_more(kHeaderReadBytes);
      clear_deadline();
      if (error) co_return false;
    }
    idle_ = false;
    co_return true;
  }

  // One request and its answer. False when it was the last of this connection.
  asio::awaitable<bool> exchange() {
    Parser parser;
    parser.header_limit(kMaxHeaderBytes);
    parser.body_limit(boost::none);  // until the route is known
    Request request;
    request.id = make_request_id();
    request.remote = remote_;
    std::size_t header_bytes = 0;
    set_deadline(around_.timeouts.header, Then::end_input);
    auto error = co_await parse(parser, false, header_bytes);
    clear_deadline();
    // The parser's own limit begins anew when part of the header came before the rest.
    if (!error && header_bytes > kMaxHeaderBytes) error = http::error::header_limit;
    const auto began = Clock::now();
    if (error) {
      const auto unread = buffer_.data();
      const auto problem = header_problem(error, {static_cast<const char*>(unread.data()), unread.size()},
                                          !parser.get().target().empty(), deadline_passed());
      if (!problem) co_return false;
      Response response = problem_response(*problem, request);
      co_return co_await answer(std::move(response), request, 11, false, began);
    }
    copy_header(parser, request);
    const unsigned version = parser.get().version();
    if (const auto ambiguity = find_ambiguity(parser)) {
      Response response = problem_response(*ambiguity, request);
      co_return co_await answer(std::move(response), request, version, false, began);
    }
    Response response = co_await respond(parser, request);
    // What was not read of a body stands in the way of the next request.
    const bool keep = parser.keep_alive() && parser.is_done() && !around_.stopping;
    co_return co_await answer(std::move(response), request, version, keep, began);
  }

  asio::awaitable<Response> respond(Parser& parser, Request& request) {
    std::optional<std::uint64_t> announced;
    if (const auto length = parser.content_length()) announced = *length;
    Opened opened = open_request(around_.router, around_.authenticate, around_.hooks, request, announced);
    if (opened.answer) co_return std::move(*opened.answer);
    std::size_t wanted = 0;
    if (!parser.is_done()) wanted = announced.value_or(opened.route->body_limit_bytes);
    const HeldBytes held(around_, wanted);
    if (!held.fits()) co_return problem_response(HttpProblem::busy, request);
    if (!parser.is_done()) {
      const auto failed = co_await read_body(parser, opened.route->body_limit_bytes);
      if (failed) co_return problem_response(*failed, request);
    }
    request.body = std::move(parser.get().body());
    co_return co_await answer_request(*opened.route, request, around_.hooks);
  }

  asio::awaitable<std::optional<HttpProblem>> read_body(Parser& parser, std::size_t limit_bytes) {
    error_code error;
    if (parser.get().version() == 11 && beast::iequals(parser.get()[http::field::expect], "100-continue")) {
      static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      set_deadline(around_.timeouts.write, Then::close);
      error = co_await stream_->write(asio::buffer(kContinue));
    }
    if (!error) {
      parser.body_limit(limit_bytes);
      set_deadline(around_.timeouts.body, Then::end_input);
      std::size_t body_bytes = 0;
      error = co_await parse(parser, true, body_bytes);
    }
    clear_deadline();
    if (buffer_.size() == 0) buffer_.shrink_to_fit();
    std::optional<HttpProblem> problem;
    if (error) problem = body_problem(error, deadline_passed()).value_or(HttpProblem::bad_request);
    co_return problem;
  }

  // Writes the answer and tells the hooks. True when the connection goes on.
  asio::awaitable<bool> answer(Response response, const Request& request, unsigned version, bool keep,
                               Clock::time_point began) {
    Exchange exchange{request, response.status, 0, response.body.size()};
    bool open = keep;
    if (response.chunks) {
      open = false;
      exchange.body_bytes = co_await write_chunks(std::move(response), request, version);
    } else {
      open = co_await write_answer(std::move(response), request, version, keep);
    }
    exchange.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    if (around_.hooks.answered) around_.hooks.answered(exchange);
    open = open && keep;
    co_return open;
  }

  asio::awaitable<bool> write_answer(Response response, const Request& request, unsigned version, bool keep) {
    auto message = message_of(response, request, version, keep);
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!bodiless) {
      if (!response.content_type.empty()) message.set(http::field::content_type, response.content_type);
      message.content_length(response.body.size());
    }
    const auto header = header_text(message);
    asio::const_buffer body;
    if (!bodiless && request.method != "HEAD") body = asio::buffer(response.body);
    set_deadline(around_.timeouts.write, Then::close);
    const auto error = co_await stream_->write({asio::buffer(header), body});
    clear_deadline();
    answered_ = true;
    co_return !error;
  }

  // Writes an answer that goes on, until it is whole, the peer does not take it any more or may not see it any more. It
  // is the connection's last. The bytes of the body that were written.
  asio::awaitable<std::size_t> write_chunks(Response response, const Request& request, unsigned version) {
    auto message = message_of(response, request, version, false);
    message.set(http::field::content_type, response.content_type);
    const bool chunked = version == 11;
    message.chunked(chunked);  // before HTTP/1.1 the end of the connection is the end of the body
    const auto header = header_text(message);
    set_deadline(around_.timeouts.write, Then::close);
    auto error = co_await stream_->write(asio::buffer(header));
    clear_deadline();
    answered_ = true;
    if (error || request.method == "HEAD") co_return 0;

    limit_silence();
    auto& chunks = *response.chunks;
    chunks_ = &chunks;
    if (around_.stopping) chunks.end();
    std::size_t written = 0;
    bool whole = false;
    while (!error && !whole) {
      auto piece = co_await next_piece(chunks, request);
      if (!piece) break;
      whole = piece->empty();
      written += piece->size();
      if (chunked && whole) *piece = kLastChunk;
      if (chunked && !whole) *piece = framed(*piece);
      auto at_most = around_.timeouts.chunk;
      if (around_.stopping) at_most = std::min(at_most, kLingerWhenStopping);
      set_deadline(at_most, Then::close);
      error = co_await stream_->write(asio::buffer(*piece));
      clear_deadline();
      const bool in_time = !deadline_passed() && error != asio::error::timed_out;
      if (error && !in_time && !around_.stopping) chunks.dropped();
    }
    chunks_ = nullptr;
    if (!whole) close();  // nobody shall take it for whole
    co_return written;
  }

  // Empty when the body is whole; nothing when it is to be cut off.
  asio::awaitable<std::optional<std::string>> next_piece(Chunks& chunks, const Request& request) {
    std::string fault;
    try {
      auto piece = co_await chunks.next();
      if (!is_still_authorized(around_.authenticate, request)) co_return std::nullopt;
      assert(!piece || !piece->empty());
      if (!piece) piece.emplace();
      co_return piece;
    } catch (const std::exception& error) {
      fault = error.what();
    } catch (...) {
      fault = "something that is no std::exception was thrown";
    }
    if (around_.hooks.fault) around_.hooks.fault(fault, &request);
    co_return std::nullopt;
  }

  // A peer that is no longer there acknowledges nothing, and the little that is written meanwhile fits into the
  // kernel's buffer: without this it would be taken for there for a quarter of an hour.
  void limit_silence() {
    error_code ignored;
    socket().set_option(UserTimeout(static_cast<int>(around_.timeouts.chunk.count())), ignored);
  }

  // Ends the connection so that the peer gets to read the last answer: were the socket closed with bytes unread, the
  // peer would be reset (RFC 9112 section 9.6).
  asio::awaitable<void> finish() {
    error_code error;
    if (socket().is_open() && answered_) {
      auto at_most = around_.timeouts.linger;
      if (around_.stopping) at_most = std::min(at_most, kLingerWhenStopping);
      set_deadline(at_most, Then::close);
      idle_ = true;
      co_await stream_->end();
      std::size_t discarded = 0;
      while (!error && discarded < kMaxDiscardedBytes) {
        buffer_.clear();
        discarded += co_await socket().async_read_some(buffer_.prepare(16 * 1024),
                                                       asio::redirect_error(asio::use_awaitable, error));
      }
    }
    clear_deadline();
    close();
  }

  const std::unique_ptr<ByteStream> stream_;
  beast::flat_buffer buffer_{kMaxReadAheadBytes};
  std::string remote_;
  bool answered_ = false;
};

}  // namespace

std::shared_ptr<Connection> make_connection(tcp::socket socket, Surroundings& around, asio::ssl::context* tls) {
  return std::make_shared<HttpConnection>(std::move(socket), around, tls);
}

}  // namespace fedatario::api
