// Reading of moments and cursors.
#include "api/moments.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <chrono>

#include "api/problem.hpp"

namespace fedatario::api {
namespace {

using ledger::Position;
using ledger::Result;

namespace asio = boost::asio;

constexpr auto kWaitForViews = std::chrono::seconds(5);
constexpr auto kFirstPause = std::chrono::milliseconds(1), kLongestPause = std::chrono::milliseconds(32);

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

ledger::Refusal bad_moment(std::string_view parameter) {
  return ledger::field_expected(
      "?" + std::string(parameter),
      {"una posición del libro, una fecha AAAA-MM-DD o una hora como 2026-03-04T10:00:00-05:00",
       "a position of the log, a date YYYY-MM-DD or a time such as 2026-03-04T10:00:00-05:00"});
}

// Inclusive to the last microsecond of what was written.
std::optional<ledger::Recorded> last_instant_of(std::string text) {
  if (const auto date = ledger::Date::parse(text)) return ledger::last_instant(*date);
  if (const auto exact = ledger::Recorded::parse(text)) return exact;
  if (text.ends_with('Z')) text.replace(text.size() - 1, 1, "+00:00");
  if (text.size() == 25 && text[19] == ' ') text[19] = '+';  // a '+' that nobody encoded
  if (const auto time = ledger::Declared::parse(text)) return ledger::Recorded{time->seconds * 1'000'000 + 999'999};
  return std::nullopt;
}

ledger::Date today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return ledger::Recorded{std::chrono::duration_cast<std::chrono::microseconds>(now).count()}.day();
}

ledger::Date day_of(const Service& service, Position position) {
  return service.ledger.log().entry(position).event.recorded_at.day();
}

}  // namespace

Result<std::uint64_t> number_parameter(const Request& request, std::string_view name, std::uint64_t otherwise,
                                       std::uint64_t least, std::uint64_t most) {
  const auto text = request.query_parameter(name);
  if (!text) return otherwise;
  const auto value = whole(*text);
  if (value && *value >= least && *value <= most) return *value;
  const auto range = std::to_string(least) + (most == ~std::uint64_t{0} ? "" : " a " + std::to_string(most));
  const auto es = "un entero desde " + range, en = "a whole number from " + range;
  return ledger::field_expected("?" + std::string(name), Label{es, en});
}

Result<Moment> read_moment(const Request& request, const Service& service, std::string_view parameter) {
  const auto durable = service.ledger.store().head().size;
  Moment moment{std::nullopt, false, today()};
  if (const auto text = request.query_parameter(parameter)) {
    if (const auto position = whole(*text)) {
      if (*position >= durable) return bad_moment(parameter);
      moment.as_of = Position{*position};
    } else {
      const auto time = last_instant_of(std::string(*text));
      if (!time) return bad_moment(parameter);
      const auto size = service.ledger.log().size_at(*time);
      moment.before_founding = size == 0;
      moment.day = std::min(moment.day, time->day());
      if (size > 0) moment.as_of = Position{size - 1};
    }
    if (moment.as_of && whole(*text)) moment.day = day_of(service, *moment.as_of);
  }
  return moment;
}

Handler once_folded(const Service& service, std::function<Response(Request&)> handler) {
  return [&service, handler = std::move(handler)](Request& request) -> asio::awaitable<Response> {
    const auto durable = service.ledger.store().head().size;
    const auto least = number_parameter(request, "min_position", durable - 1, 0, durable - 1);
    if (!least) co_return problem_response(least.error(), request);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    const auto give_up = std::chrono::steady_clock::now() + kWaitForViews;
    for (auto pause = kFirstPause; service.projector.folded() < durable; pause = std::min(2 * pause, kLongestPause)) {
      if (service.projector.failure() || std::chrono::steady_clock::now() >= give_up)
        co_return problem_response(ledger::refuse(ledger::Reason::overloaded).with("retry_after_s", "1"), request);
      timer.expires_after(pause);
      co_await timer.async_wait(asio::use_awaitable);
    }
    co_return handler(request);
  };
}

Result<projections::PageRequest> read_page(const Request& request, Moment& moment) {
  const auto limit = number_parameter(request, "limit", kDefaultPageRows, 1, kMaxPageRows);
  if (!limit) return limit.error();
  projections::PageRequest page{moment.as_of, {}, *limit};
  if (const auto cursor = request.query_parameter("cursor")) {
    const auto raw = crypto::from_hex(*cursor);
    if (!raw || raw->size() < 13)
      return ledger::field_expected(
          "?cursor", {"el cursor «next» de la página anterior", "the cursor \"next\" of the page before"});
    const auto as_of = crypto::read_u64(*raw);
    if (as_of != ~std::uint64_t{0}) page.as_of = Position{as_of};
    const auto days = std::chrono::days(crypto::read_u32(crypto::View(*raw).substr(8)));
    moment.day = std::clamp(ledger::Date{std::chrono::sys_days(days)}, ledger::kFirstDay, ledger::kLastDay);
    page.after = raw->substr(12);
  }
  return page;
}

std::string write_cursor(std::optional<Position> as_of, ledger::Date day, crypto::View next) {
  crypto::Bytes raw;
  crypto::append_u64(raw, as_of ? as_of->value : ~std::uint64_t{0});
  crypto::append_u32(raw, std::uint32_t(day.days.time_since_epoch().count()));
  raw += next;
  return crypto::to_hex(raw);
}

}  // namespace fedatario::api
