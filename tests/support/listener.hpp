// One who follows a ledger over HTTP, reading what he is told. Waits end after ten seconds with an exception.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/http_client.hpp"

namespace fedatario::tests {

struct Told {
  std::string id, event, data;

  boost::json::object row() const;
};

class Listener {
 public:
  // As the actor "ana". `headers` are lines that end in CRLF.
  Listener(std::uint16_t port, const std::string& target, const std::string& headers = "", Tls tls = Tls::none);

  const Answer& header() const { return header_; }
  // The next message with data; empty when the answer has ended.
  std::optional<Told> next();
  // The events up to the next marker, which becomes marker(). Throws where the answer ends before it.
  std::vector<Told> until_marker();
  const Told& marker() const { return marker_; }
  bool is_whole() const { return client_.is_whole(); }
  // Of any message, with data or without.
  const std::string& last_id() const { return last_id_; }
  // How many messages had no data.
  int keep_alives() const { return keep_alives_; }

 private:
  Told read(std::string text);

  HttpClient client_;
  Answer header_;
  std::string text_, last_id_;
  Told marker_;
  int keep_alives_ = 0;
};

}  // namespace fedatario::tests
