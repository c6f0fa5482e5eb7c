// A server of a few lines whose every answer a test decides.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tools/client.hpp"

namespace fedatario::tests {

// Gives the answers in order, one for each request; an empty one closes the connection without a word. After the last
// it stops.
class Scripted {
 public:
  explicit Scripted(std::vector<std::string> answers)
      : acceptor_(loop_, {boost::asio::ip::address_v4::loopback(), 0}),
        answers_(std::move(answers)),
        thread_([this] { serve(); }) {}
  ~Scripted() { thread_.join(); }

  tools::ClientOptions options() const {
    tools::ClientOptions out;
    out.url = "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    out.token = "t0k3n";
    out.answer_timeout = std::chrono::seconds(5);
    out.longest_pause = std::chrono::milliseconds(20);
    return out;
  }
  // Once all answers are given.
  std::vector<std::string> requests() {
    std::lock_guard lock(mutex_);
    return requests_;
  }
  int connections() {
    std::lock_guard lock(mutex_);
    return connections_;
  }

 private:
  void serve() {
    for (std::size_t next = 0; next < answers_.size();) {
      boost::asio::ip::tcp::socket socket(loop_);
      acceptor_.accept(socket);
      {
        std::lock_guard lock(mutex_);
        ++connections_;
      }
      std::string buffer;
      while (next < answers_.size() && take(socket, buffer)) {
        const auto& answer = answers_[next++];
        if (answer.empty()) break;
        boost::asio::write(socket, boost::asio::buffer(answer));
        if (answer.find("Connection: close") != answer.npos) break;
      }
    }
  }

  // Reads one request whole; false when the other side has gone.
  bool take(boost::asio::ip::tcp::socket& socket, std::string& buffer) {
    boost::system::error_code fault;
    const auto head = boost::asio::read_until(socket, boost::asio::dynamic_buffer(buffer), "\r\n\r\n", fault);
    if (fault) return false;
    const std::string_view name = "Content-Length: ";
    const auto at = buffer.find(name);
    const std::size_t length = at < head ? std::size_t(std::stoul(buffer.substr(at + name.size()))) : 0;
    if (buffer.size() < head + length)
      boost::asio::read(socket, boost::asio::dynamic_buffer(buffer),
                        boost::asio::transfer_exactly(head + length - buffer.size()), fault);
    std::lock_guard lock(mutex_);
    requests_.push_back(buffer.substr(0, head + length));
    buffer.erase(0, head + length);
    return !fault;
  }

  boost::asio::io_context loop_;
  boost::asio::ip::tcp::acceptor acceptor_;
  const std::vector<std::string> answers_;
  std::mutex mutex_;  // guards the two below
  std::vector<std::string> requests_;
  int connections_ = 0;
  std::thread thread_;  // the last: it uses the others
};

inline std::string answer(const std::string& status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace fedatario::tests
