// What a Beast server alone does: reads requests and answers each with the same bytes, whatever it asks. What the
// service's own answers are held against.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fedatario::tools {

class BareServer {
 public:
  // On 127.0.0.1 and a port of the kernel's choice, with threads of its own, as many as the service has by default.
  // `answer`: a whole HTTP/1.1 answer with a Content-Length; its header fields and body are what is sent.
  explicit BareServer(std::string_view answer);
  ~BareServer();
  BareServer(const BareServer&) = delete;
  BareServer& operator=(const BareServer&) = delete;

  std::uint16_t port() const;
  // Of its threads, since they began.
  double cpu_seconds() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace fedatario::tools
