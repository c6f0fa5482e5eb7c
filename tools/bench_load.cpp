// Plain sockets: the generator must cost little beside the server it measures.
#include "tools/bench_load.hpp"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <memory>
#include <stdexcept>

namespace fedatario::tools {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;

double thread_cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

// By its Content-Length; zero where it has none.
std::size_t body_length(std::string_view header) {
  constexpr std::string_view kField = "Content-Length: ";
  const auto place = header.find(kField);
  return place == header.npos ? 0 : std::stoull(std::string(header.substr(place + kField.size(), 20)));
}

struct Load {
  const std::vector<std::string>& requests;
  double per_second = 0;
  Clock::time_point start;
  std::size_t next = 0;
  LoadResult result;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(asio::io_context& context, std::uint16_t port, Load& load)
      : socket_(context), timer_(context), load_(load) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.set_option(tcp::no_delay(true));
  }

  void next() {
    if (load_.next == load_.requests.size()) return;
    request_ = &load_.requests[load_.next];
    due_ = load_.per_second > 0
               ? load_.start + std::chrono::duration_cast<Clock::duration>(
                                   std::chrono::duration<double>(double(load_.next) / load_.per_second))
               : Clock::now();
    ++load_.next;
    if (due_ <= Clock::now()) return send();
    timer_.expires_at(due_);
    timer_.async_wait([self = shared_from_this()](auto) { self->send(); });
  }

 private:
  void send() {
    asio::async_write(socket_, asio::buffer(*request_), [self = shared_from_this()](auto error, std::size_t) {
      if (error) throw std::runtime_error("bench: " + error.message());
      self->receive();
    });
  }

  void receive() {
    asio::async_read_until(socket_, asio::dynamic_buffer(answer_), "\r\n\r\n",
                           [self = shared_from_this()](auto error, std::size_t head) {
                             if (error) throw std::runtime_error("bench: " + error.message());
                             self->receive_body(head);
                           });
  }

  void receive_body(std::size_t head) {
    const auto length = body_length(std::string_view(answer_).substr(0, head));
    if (answer_.size() >= head + length) return finish(head, length);
    asio::async_read(socket_, asio::dynamic_buffer(answer_), asio::transfer_exactly(head + length - answer_.size()),
                     [self = shared_from_this(), head, length](auto error, std::size_t) {
                       if (error) throw std::runtime_error("bench: " + error.message());
                       self->finish(head, length);
                     });
  }

  void finish(std::size_t head, std::size_t length) {
    load_.result.latencies_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - due_).count());
    if (answer_.starts_with("HTTP/1.1 2"))
      ++load_.result.succeeded;
    else if (load_.result.others++ == 0)
      load_.result.first_other = answer_.substr(0, 12) + " " + answer_.substr(head, 300);
    answer_.erase(0, head + length);
    next();
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  Load& load_;
  const std::string* request_ = nullptr;
  Clock::time_point due_;
  std::string answer_;
};

}  // namespace

std::string post_event(std::string_view token, std::string_view body) {
  return fmt::format(
      "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n"
      "Content-Length: {}\r\n\r\n{}",
      token, body.size(), body);
}

std::string get_request(std::string_view token, std::string_view target) {
  const auto authorization = token.empty() ? std::string() : fmt::format("Authorization: Bearer {}\r\n", token);
  return fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", target, authorization);
}

std::string_view body_of(std::string_view message) {
  const auto head = message.find("\r\n\r\n");
  return head == message.npos ? std::string_view() : message.substr(head + 4);
}

LoadResult run_load(std::uint16_t port, const std::vector<std::string>& requests, std::size_t connections,
                    double per_second) {
  asio::io_context context(1);
  Load load{requests, per_second, {}, 0, {}};
  std::vector<std::shared_ptr<Connection>> all;
  for (std::size_t i = 0; i < connections; ++i) all.push_back(std::make_shared<Connection>(context, port, load));
  const auto cpu = thread_cpu_seconds();
  load.start = Clock::now();
  for (const auto& connection : all) connection->next();
  context.run();
  load.result.seconds = std::chrono::duration<double>(Clock::now() - load.start).count();
  load.result.generator_cpu_seconds = thread_cpu_seconds() - cpu;
  std::sort(load.result.latencies_ms.begin(), load.result.latencies_ms.end());
  return std::move(load.result);
}

std::string exchange_one(std::uint16_t port, const std::string& request) {
  asio::io_context context(1);
  tcp::socket socket(context);
  socket.connect({asio::ip::address_v4::loopback(), port});
  asio::write(socket, asio::buffer(request));
  std::string answer;
  const auto head = asio::read_until(socket, asio::dynamic_buffer(answer), "\r\n\r\n");
  const auto whole = head + body_length(std::string_view(answer).substr(0, head));
  if (answer.size() < whole)
    asio::read(socket, asio::dynamic_buffer(answer), asio::transfer_exactly(whole - answer.size()));
  return answer;
}

std::string get_plain(std::uint16_t port, const std::string& path) {
  return std::string(body_of(exchange_one(port, get_request({}, path))));
}

}  // namespace fedatario::tools
