// A few lines of server-sent events, as this service writes them.
#include "tests/support/listener.hpp"

#include <boost/json/parse.hpp>
#include <stdexcept>

namespace fedatario::tests {

boost::json::object Told::row() const { return boost::json::parse(data).as_object(); }

Listener::Listener(std::uint16_t port, const std::string& target, const std::string& headers, Tls tls)
    : client_(port, tls) {
  client_.send("GET " + target + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ana\r\n" + headers + "\r\n");
  header_ = client_.receive_header().value();
}

std::optional<Told> Listener::next() {
  for (;;) {
    const auto end = text_.find("\n\n");
    if (end == std::string::npos) {
      const auto more = client_.receive_some();
      if (more.empty()) return {};
      text_ += more;
      continue;
    }
    auto told = read(text_.substr(0, end));
    text_.erase(0, end + 2);
    if (!told.data.empty()) return told;
    ++keep_alives_;
  }
}

std::vector<Told> Listener::until_marker() {
  std::vector<Told> events;
  for (auto told = next(); told; told = next()) {
    if (told->event == "caught-up") {
      marker_ = std::move(*told);
      return events;
    }
    events.push_back(std::move(*told));
  }
  throw std::runtime_error("the answer ended before a marker");
}

Told Listener::read(std::string text) {
  Told told;
  for (text += '\n'; !text.empty(); text.erase(0, text.find('\n') + 1)) {
    const auto line = text.substr(0, text.find('\n'));
    if (line.starts_with("id: ")) told.id = last_id_ = line.substr(4);
    if (line.starts_with("event: ")) told.event = line.substr(7);
    if (line.starts_with("data: ")) told.data += line.substr(6);
  }
  return told;
}

}  // namespace fedatario::tests
