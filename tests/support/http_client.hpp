// A small HTTP/1.1 client for tests: it sends what it is told, malformed or not, and reads answers one by one. Every
// wait ends after ten seconds with an exception, so that a test fails instead of hanging.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fedatario::tests {

struct Answer {
  unsigned status = 0;
  std::map<std::string, std::string, std::less<>> headers;  // names in lower case
  std::string body;

  // Empty when absent.
  std::string header(std::string_view name) const;
};

enum class Tls { none, v1_2, v1_3 };

class HttpClient {
 public:
  // Connects to loopback, shakes hands. Throws std::runtime_error when either fails. No certificate is verified.
  // `receive_buffer_bytes`: what the kernel takes for it before it reads; 0: as much as it sees fit.
  explicit HttpClient(std::uint16_t port, Tls tls = Tls::none, int receive_buffer_bytes = 0);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Throws std::runtime_error when the peer is gone.
  void send(std::string_view bytes);
  // The next answer; empty when the connection ends first. An answer to HEAD has no body whatever its length says.
  std::optional<Answer> receive(bool to_head = false);
  // The next answer without its body, whose bytes receive_some() gives as they come; empty when the connection ends
  // first.
  std::optional<Answer> receive_header();
  // Precondition: receive_header() gave an answer. Empty when nothing more comes.
  std::string receive_some();
  // Whether all of that body came, by its own framing.
  bool is_whole() const;
  // A request with Host, and Content-Length when there is a body; `headers` are lines that end in CRLF.
  Answer request(std::string_view method, std::string_view target, std::string_view headers = "",
                 std::string_view body = "");
  // Waits until the peer ends the connection; false when something else comes.
  bool ends();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fedatario::tests
