// Server-sent events, read: bytes as they come become messages (HTML Living Standard, section 9.2.6).
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace fedatario::tools {

struct StreamMessage {
  std::string id;     // the newest there was, of this message or an earlier one
  std::string event;  // "message" where it has no name
  std::string data;   // its lines joined by line feeds
};

class EventStreamReader {
 public:
  // Calls `take` with each message that ends within these bytes. False, for good, where a message is longer than
  // kMaxBytes.
  bool feed(std::string_view bytes, const std::function<void(const StreamMessage&)>& take);
  // A new connection: what was half read is lost, the newest id stands.
  void restart();
  // Empty before the first. A message without data, which nobody is told of, moves it too.
  const std::string& last_id() const { return last_id_; }

  static constexpr std::size_t kMaxBytes = std::size_t{1} << 20;

 private:
  void end_line(const std::function<void(const StreamMessage&)>& take);

  std::string line_, id_, event_, data_, last_id_;
  bool after_return_ = false;  // a line feed that follows belongs to the line's end
  bool first_line_ = true;
};

}  // namespace fedatario::tools
