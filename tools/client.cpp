// The one file of the tools that knows Beast. Timeouts need asynchronous operations, so each step is started and the
// loop run until it is over.
#include "tools/client.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <charconv>
#include <thread>

#include "tools/sheet.hpp"
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using Request = http::request<http::string_body>;

struct Address {
  bool secure = false;
  std::string host, port, authority, path;
};

Address parse_url(const ClientOptions& options) {
  const auto url = boost::urls::parse_uri(options.url);
  if (!url || (url->scheme() != "http" && url->scheme() != "https") || url->encoded_host().empty() ||
      url->has_userinfo() || url->has_query() || url->has_fragment())
    throw Failure(kExitUsage, options.language == Language::es
                                  ? in_quotes(options.url) + " no es la dirección de un servicio: http://… o https://…"
                                  : in_quotes(options.url) + " is not the address of a service: http://… or https://…");
  Address out;
  out.secure = url->scheme() == "https";
  out.host = url->host_address();
  out.port = url->has_port() && !url->port().empty() ? std::string(url->port()) : (out.secure ? "443" : "80");
  out.authority = std::string(url->encoded_host_and_port());
  out.path = std::string(url->encoded_path());
  while (out.path.ends_with('/')) out.path.pop_back();
  return out;
}

// What tells that the other side closed a connection which had been kept open.
bool is_lost(error_code fault) {
  return fault == http::error::end_of_stream || fault == asio::error::connection_reset ||
         fault == asio::error::broken_pipe || fault == asio::error::eof || fault == asio::error::connection_aborted ||
         fault == asio::ssl::error::stream_truncated || fault == http::error::partial_message;
}

}  // namespace

struct Client::Connection {
  using Secure = beast::ssl_stream<beast::tcp_stream>;

  explicit Connection(ClientOptions given) : options(std::move(given)), address(parse_url(options)) {
    if (!address.secure) return;
    tls.set_options(asio::ssl::context::default_workarounds);
    if (SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_3_VERSION) != 1)
      fail("TLS 1.3", asio::error::operation_not_supported);
    tls.set_verify_mode(asio::ssl::verify_peer);
    error_code fault;
    if (options.ca_file.empty())
      tls.set_default_verify_paths(fault);
    else
      tls.load_verify_file(options.ca_file, fault);
    if (fault) fail(options.ca_file, fault);
  }

  bool es() const { return options.language == Language::es; }

  [[noreturn]] void fail(const std::string& what, error_code fault) const {
    std::string reason = fault.message();
    if (fault == beast::error::timeout) reason = es() ? "no responde a tiempo" : "no answer in time";
    if (fault == asio::error::connection_refused) reason = es() ? "nadie atiende ahí" : "nobody answers there";
    if (fault == http::error::body_limit)
      reason = es() ? "la respuesta es demasiado grande" : "the answer is too large";
    throw LostConnection(kExitEnvironment, (what.empty() ? options.url : what) + ": " + reason);
  }

  // Runs one operation to its end: `start` is given the handler.
  template <class Start>
  error_code run(Start start) {
    error_code result = asio::error::would_block;
    start([&result](error_code fault, auto&&...) { result = fault; });
    loop.restart();
    loop.run();
    return result;
  }

  beast::tcp_stream& socket() { return secure ? beast::get_lowest_layer(*secure) : *plain; }
  bool open() const { return plain || secure; }
  void close() {
    plain.reset();
    secure.reset();
    buffer.clear();
  }

  void connect() {
    asio::ip::tcp::resolver resolver(loop);
    error_code fault;
    const auto places = resolver.resolve(address.host, address.port, fault);
    if (fault) fail(address.host, fault);
    if (address.secure)
      secure.emplace(loop, tls);
    else
      plain.emplace(loop);
    socket().expires_after(options.connect_timeout);
    fault = run([&](auto handler) { socket().async_connect(places, std::move(handler)); });
    if (fault) close(), fail({}, fault);
    socket().socket().set_option(asio::ip::tcp::no_delay(true), fault);
    if (secure) shake_hands();
  }

  void shake_hands() {
    // A name is sent for certificates by name (RFC 6066); an address is not one.
    error_code is_name;
    asio::ip::make_address(address.host, is_name);
    if (is_name) SSL_set_tlsext_host_name(secure->native_handle(), address.host.c_str());
    secure->set_verify_callback(asio::ssl::host_name_verification(address.host));
    const auto fault =
        run([&](auto handler) { secure->async_handshake(asio::ssl::stream_base::client, std::move(handler)); });
    if (fault) close(), fail({}, fault);
  }

  template <class Stream>
  error_code exchange(Stream& stream, const Request& request, http::response_parser<http::string_body>& parser) {
    socket().expires_after(options.answer_timeout);
    const auto fault = run([&](auto handler) { http::async_write(stream, request, std::move(handler)); });
    // A service that refuses a body may answer and close before it has read it all.
    const auto read = run([&](auto handler) { http::async_read(stream, buffer, parser, std::move(handler)); });
    return parser.is_done() ? error_code{} : (fault ? fault : read);
  }

  static Reply reply_of(const http::response<http::string_body>& message) {
    Reply reply{message.result_int(), {}, message.body()};
    for (const auto& field : message)
      reply.headers.try_emplace(lower(std::string_view(field.name_string())), std::string(field.value()));
    return reply;
  }

  template <class Stream>
  Reply read_on(Stream& stream, const Request& request, const std::function<bool(std::string_view)>& take,
                std::chrono::milliseconds silence) {
    http::response_parser<http::string_body> parser;
    parser.header_limit(64 * 1024);
    parser.body_limit(boost::none);
    socket().expires_after(silence);
    auto fault = run([&](auto handler) { http::async_write(stream, request, std::move(handler)); });
    if (!fault) fault = run([&](auto handler) { http::async_read_header(stream, buffer, parser, std::move(handler)); });
    if (fault) close(), fail({}, fault);
    const bool good = parser.get().result_int() / 100 == 2;
    if (!good) parser.body_limit(options.answer_bytes);
    auto& body = parser.get().body();
    bool wanted = true;
    while (wanted && !fault && !parser.is_done()) {
      socket().expires_after(silence);
      fault = run([&](auto handler) { http::async_read_some(stream, buffer, parser, std::move(handler)); });
      if (!good || body.empty()) continue;
      wanted = take(body);
      body.clear();
    }
    auto reply = reply_of(parser.get());
    close();
    return reply;
  }

  Reply stream(Request request, const std::function<bool(std::string_view)>& take, std::chrono::milliseconds silence) {
    complete(request);
    close();
    connect();
    return secure ? read_on(*secure, request, take, silence) : read_on(*plain, request, take, silence);
  }

  Reply once(const Request& request) {
    for (bool again = false;; again = true) {
      if (!open()) connect();
      http::response_parser<http::string_body> parser;
      parser.body_limit(options.answer_bytes);
      parser.header_limit(64 * 1024);
      const auto fault = secure ? exchange(*secure, request, parser) : exchange(*plain, request, parser);
      if (!fault) {
        const auto message = parser.release();
        if (!message.keep_alive()) close();
        return reply_of(message);
      }
      close();
      if (again || !is_lost(fault)) fail({}, fault);
    }
  }

  std::chrono::milliseconds pause_of(const Reply& reply) const {
    int seconds = 1;
    const auto text = reply.header("retry-after");
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return std::clamp(std::chrono::milliseconds(std::chrono::seconds(std::clamp(seconds, 0, 3600))),
                      std::chrono::milliseconds(0), options.longest_pause);
  }

  // What every request says.
  void complete(Request& request) const {
    request.set(http::field::host, address.authority);
    request.set(http::field::user_agent, "fedatario/" FEDATARIO_VERSION);
    request.set(http::field::accept_language, es() ? "es" : "en");
    if (!options.token.empty()) request.set(http::field::authorization, "Bearer " + options.token);
    request.prepare_payload();
  }

  Reply send(Request request) {
    complete(request);
    for (int retries = 0;; ++retries) {
      auto reply = once(request);
      if (reply.status != 503 || retries >= options.overload_retries || reply.header("retry-after").empty())
        return reply;
      std::this_thread::sleep_for(pause_of(reply));
    }
  }

  ClientOptions options;
  Address address;
  asio::io_context loop{1};
  asio::ssl::context tls{asio::ssl::context::tls_client};
  beast::flat_buffer buffer;
  std::optional<beast::tcp_stream> plain;  // at most one of the two
  std::optional<Secure> secure;
};

std::string_view Reply::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view{} : found->second;
}

Client::Client(ClientOptions options) : connection_(std::make_unique<Connection>(std::move(options))) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Reply Client::get(std::string_view target, std::string_view accept) {
  Request request{http::verb::get, connection_->address.path + std::string(target), 11};
  request.set(http::field::accept, accept);
  return connection_->send(std::move(request));
}

Reply Client::post(std::string_view target, std::string_view content_type, std::string body) {
  Request request{http::verb::post, connection_->address.path + std::string(target), 11, std::move(body)};
  request.set(http::field::accept, "application/json");
  request.set(http::field::content_type, content_type);
  return connection_->send(std::move(request));
}

Reply Client::stream(std::string_view target, const Headers& headers, const std::function<bool(std::string_view)>& take,
                     std::chrono::milliseconds silence) {
  Request request{http::verb::get, connection_->address.path + std::string(target), 11};
  for (const auto& [name, value] : headers) request.set(name, value);
  return connection_->stream(std::move(request), take, silence);
}

Client connect(const Session& session) {
  ClientOptions options;
  options.url = session.url;
  options.token = find_token(session);
  options.ca_file = session.ca_file;
  options.language = session.language;
  return Client(std::move(options));
}

std::string percent_encode(std::string_view text) { return boost::urls::encode(text, boost::urls::unreserved_chars); }

std::string encode_path(std::string_view name) {
  std::string out;
  for (std::size_t begin = 0; begin <= name.size();) {
    const auto end = std::min(name.find('/', begin), name.size());
    if (begin > 0) out += '/';
    out += percent_encode(name.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

}  // namespace fedatario::tools
