// Deadlines of a connection, and its ending from outside.
#include "api/connection.hpp"

namespace fedatario::api {

void Connection::wind_down() {
  if (idle_) close();
  if (!chunks_) return;
  chunks_->end();
  // Also where a peer has been taking its time with a piece.
  set_deadline(kLingerWhenStopping, Then::close);
}

void Connection::close() {
  clear_deadline();
  boost::system::error_code ignored;
  socket().close(ignored);
}

void Connection::set_deadline(std::chrono::milliseconds from_now, Then then) {
  passed_ = false;
  ++round_;
  timer_.expires_after(from_now);
  auto at_deadline = [self = shared_from_this(), round = round_, then](const boost::system::error_code& cancelled) {
    if (!cancelled) self->on_deadline(round, then);
  };
  timer_.async_wait(std::move(at_deadline));
}

void Connection::clear_deadline() {
  ++round_;
  timer_.cancel();
}

void Connection::on_deadline(unsigned round, Then then) {
  if (round != round_) return;
  passed_ = true;
  boost::system::error_code ignored;
  if (then == Then::end_input)
    socket().shutdown(boost::asio::ip::tcp::socket::shutdown_receive, ignored);
  else
    close();
}

}  // namespace fedatario::api
