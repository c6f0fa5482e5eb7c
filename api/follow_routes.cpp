// GET /v1/follow: the log as it grows, as server-sent events (HTML Living Standard, section 9.2). It reads the log
// itself; views come in only to hold an event back until they have it.
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>

#include "api/documentation.hpp"
#include "api/event_rows.hpp"
#include "api/follow_filter.hpp"
#include "api/moments.hpp"
#include "api/problem.hpp"
#include "api/service.hpp"

namespace fedatario::api {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::string_view kEventStream = "text/event-stream";
constexpr std::size_t kReadEvents = 100;  // leaves at a time: of the largest, 6 MiB
// How soon a follower for whom there was nothing is told that he has reached the head again.
constexpr auto kMarkerPause = std::chrono::seconds(1);

struct Asked {
  FollowFilter filter;
  std::uint64_t from = 0;  // the position to begin at
  bool folded = false;     // only what is in the views
};

// An id says how far he is, whatever was left out: he begins again after it.
std::string message(std::string_view event, std::uint64_t position, const Row& data) {
  std::string out = "id: " + std::to_string(position) + "\nevent: ";
  out.append(event).append("\ndata: ").append(boost::json::serialize(data)).append("\n\n");
  return out;
}

// One follower's events, from a position on.
class Following final : public Chunks {
 public:
  Following(const Service& service, Asked asked, std::unique_ptr<Followers::Place> place)
      : service_(service), asked_(std::move(asked)), place_(std::move(place)), next_(asked_.from) {}

  asio::awaitable<std::optional<std::string>> next() override {
    const auto executor = co_await asio::this_coro::executor;
    for (;;) {
      place_->listen();
      const bool failed = asked_.folded && service_.views.failure().has_value();
      if (ended_ || failed) co_return std::nullopt;
      const auto size = service_.ledger.writer().head()->size;
      const auto end = visible(size);
      auto text = read(end);
      const auto now = steady_clock::now();
      if (next_ == end && is_marker_due(now)) text += marker(size, now);
      if (text.empty() && now >= keep_alive_at_) text = keep_alive();
      if (!text.empty()) {
        keep_alive_at_ = now + service_.followers.options().keep_alive;
        co_return text;
      }
      const bool has_marker_to_send = next_ == end && marked_ != next_;
      const auto until = has_marker_to_send ? std::min(keep_alive_at_, marker_at_) : keep_alive_at_;
      if (next_ < end)
        co_await asio::post(executor, asio::use_awaitable);
      else
        co_await place_->wait_until(until);
    }
  }

  void end() override {
    ended_ = true;
    place_->stop_waiting();
  }

  void dropped() override { place_->count_dropped(); }

 private:
  std::uint64_t visible(std::uint64_t size) const {
    return asked_.folded ? std::min(size, service_.views.folded()) : size;
  }

  // A step's worth of the events from `next_` on that are wanted.
  std::string read(std::uint64_t end) {
    std::string out;
    const auto last = std::min(end, next_ + kFollowerStepEvents);
    while (next_ < last) {
      const auto leaves = service_.ledger.store().leaves({next_}, std::min<std::uint64_t>(kReadEvents, last - next_));
      for (const auto& leaf : leaves) {
        const auto event = parse_event(leaf, {next_});
        if (asked_.filter.wants(event.statement)) {
          out += message(event.statement.type, next_, event_row(service_.ledger.log(), event, crypto::leaf_hash(leaf)));
          unmarked_ = true;
        }
        ++next_;
        if (out.size() >= kFollowerPieceBytes) return out;
      }
    }
    return out;
  }

  // Events are followed by a marker at once; where all was left out it can wait, and a busy log is no burden.
  bool is_marker_due(steady_clock::time_point now) const {
    return marked_ != next_ && (!marked_ || unmarked_ || now >= marker_at_);
  }

  std::string marker(std::uint64_t size, steady_clock::time_point now) {
    marked_ = next_;
    unmarked_ = false;
    marker_at_ = now + kMarkerPause;
    return message("caught-up", next_ - 1, {{"position", next_ - 1}, {"size", size}});
  }

  std::string keep_alive() const { return next_ == 0 ? ":\n\n" : ":\nid: " + std::to_string(next_ - 1) + "\n\n"; }

  const Service& service_;
  const Asked asked_;
  const std::unique_ptr<Followers::Place> place_;
  std::uint64_t next_;                   // the position to look at next
  std::optional<std::uint64_t> marked_;  // `next_` at the last marker
  bool unmarked_ = false;                // events were sent since
  steady_clock::time_point marker_at_;   // a marker that can wait waits until then
  steady_clock::time_point keep_alive_at_;
  bool ended_ = false;
};

ledger::Result<Asked> read_asked(const Request& request, std::uint64_t size) {
  auto filter = read_follow_filter(request);
  if (!filter) return filter.error();
  const auto views = request.query_parameter("views").value_or("false");
  if (views != "true" && views != "false") return ledger::field_expected("?views", {"true o false", "true or false"});
  const auto from = number_parameter(request, "from", size, 0, size);
  if (!from) return from.error();
  Asked asked{std::move(*filter), *from, views == "true"};
  if (const auto last = request.header("last-event-id")) {
    const auto position = read_number(*last, "Last-Event-ID", 0, size - 1);
    if (!position) return position.error();
    asked.from = *position + 1;
  }
  return asked;
}

asio::awaitable<Response> follow(const Request& request, const Service& service) {
  if (!request.accepts(kEventStream)) co_return problem_response(HttpProblem::not_acceptable, request);
  auto asked = read_asked(request, service.ledger.writer().head()->size);
  if (!asked) co_return problem_response(asked.error(), request);
  if (asked->folded && service.views.failure())
    co_return problem_response(ledger::refuse(ledger::Reason::overloaded).with("retry_after_s", "1"), request);
  auto place = service.followers.take(co_await asio::this_coro::executor);
  if (!place)
    co_return problem_response(HttpProblem::busy, request,
                               {"Ya siguen el libro todos los que pueden a la vez; reintente en un momento.",
                                "As many as can follow the log at a time are following it; try again in a moment."},
                               {{"limit", service.followers.options().max}});
  Response response{200, std::string(kEventStream), {}, {}};
  response.with("X-Accel-Buffering", "no");  // a proxy in front would hold events back
  response.chunks = std::make_shared<Following>(service, std::move(*asked), std::move(place));
  co_return response;
}

}  // namespace

void add_follow_routes(Router& router, Service& service) {
  Handler handler = [&service](Request& request) { return follow(request, service); };
  Route route{"GET", "/v1/follow", std::move(handler)};
  const auto parameter = [](const char* name, const char* es, const char* en, boost::json::object schema) {
    return ParameterDocumentation{name, es, en, std::move(schema)};
  };
  route.documentation = documented(
      {"El libro según crece: cada hecho, y una marca al llegar al final (server-sent events); sigue tras "
       "Last-Event-ID",
       "The log as it grows: each event, and a mark when its head is reached (server-sent events); it goes on after "
       "Last-Event-ID",
       {parameter("from", "La primera posición", "The first position", integer_schema()),
        parameter("stream", "De esta historia", "Of this stream", text_schema()),
        parameter("prefix", "De historias cuyo nombre empieza por estos segmentos",
                  "Of streams whose name begins with these segments", text_schema()),
        parameter("type", "De estos tipos, con coma", "Of these types, with commas", text_schema()),
        parameter("actor", "De este actor", "Of this actor", text_schema()),
        parameter("unit", "De esta dependencia", "Of this unit", text_schema()),
        parameter("fiscal_year", "De esta vigencia", "Of this fiscal year", integer_schema()),
        parameter("views", "true: solo lo que las vistas ya tienen", "true: only what the views already have",
                  boolean_schema())},
       {},
       {std::string(kEventStream)}});
  router.add(std::move(route));
  auto& followers = service.followers;
  service.metrics.add_gauge("fedatario_followers", "Connections that follow the log",
                            [&] { return double(followers.count()); });
  service.metrics.add_gauge("fedatario_followers_dropped",
                            "Followers let go since start because they did not take what they were sent",
                            [&] { return double(followers.dropped()); });
}

}  // namespace fedatario::api
