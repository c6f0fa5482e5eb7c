// The pipeline from steps to batches.
#include "tools/year/recorder.hpp"

#include <fmt/format.h>

#include <atomic>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <future>

#include "ledger/ledger.hpp"
#include "projections/live_views.hpp"
#include "tools/year/voice.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;

constexpr std::size_t kBatch = 400;
constexpr std::uint32_t kSpanSeconds = 3'600;

// The time the ledger believes it is; read by its writer's thread.
class DrivenClock {
 public:
  void set(Moment moment) { micros_ = std::max(moment.seconds * 1'000'000, micros_ + 1); }
  ledger::Clock clock() {
    const auto read = [this] { return micros_.load(); };
    return {read, read};
  }

 private:
  std::atomic<std::int64_t> micros_ = 0;
};

class Recorder {
 public:
  Recorder(ledger::Ledger& ledger, const Story& story, KeyFiles& keys, DrivenClock& clock)
      : ledger_(ledger), story_(story), clock_(clock), name_(ledger.log().name()), voice_(story, keys, [this] {
          return ledger_.store().head().size;
        }) {}
  ~Recorder() {
    if (answer_.valid()) answer_.wait();
  }

  void take(const Step& step) {
    if (!batch_.empty() && (step.alone || !belongs(step))) flush();
    if (step.alone) wait();
    auto spoken = voice_.speak(step);
    auto proposal = voice_.propose(ledger_.door(), name_, spoken);
    if (spoken.heading.refusal) return refused(step, spoken, std::move(proposal));
    if (!proposal) throw Unplanned(text_of(spoken), proposal.error());
    ++result_.said[spoken.activity][std::string(spoken.heading.type)];
    batch_.push_back(std::move(*proposal));
    steps_.push_back(step);
    if (step.alone) finish();
  }

  void finish() {
    flush();
    wait();
  }

  YearRecorded result() {
    result_.ledger = name_;
    result_.digest = voice_.digest();
    result_.events = ledger_.store().head().size;
    std::uint64_t said = 1;  // the founding
    for (const auto& [activity, types] : result_.said)
      for (const auto& [type, count] : types) said += count;
    result_.attempts = result_.events - said;
    return result_;
  }

 private:
  static std::string text_of(const Spoken& spoken) {
    return json::serialize(
        json::value{{"actor", spoken.actor}, {"statement", spoken.statement}, {"content", spoken.content}});
  }

  bool belongs(const Step& step) const {
    return batch_.size() < kBatch && step.second - steps_.front().second <= kSpanSeconds &&
           recorded_at(story_, step).day() == recorded_at(story_, steps_.front()).day();
  }

  // The writer is idle; takes the time of the last step.
  std::future<ledger::Outcome> submit(std::vector<ledger::Proposal> proposals, Moment at) {
    clock_.set(at);
    auto promise = std::make_shared<std::promise<ledger::Outcome>>();
    auto answer = promise->get_future();
    ledger_.writer().submit(std::move(proposals),
                            [promise](ledger::Outcome outcome) { promise->set_value(std::move(outcome)); });
    return answer;
  }

  void flush() {
    wait();
    if (batch_.empty()) return;
    const auto at = recorded_at(story_, steps_.back());
    answer_ = submit(std::exchange(batch_, {}), at);
    sent_ = std::exchange(steps_, {});
  }

  void wait() {
    if (!answer_.valid()) return;
    const auto outcome = answer_.get();
    if (outcome.failure) std::rethrow_exception(outcome.failure);
    if (outcome.result) return;
    const auto& refusal = outcome.result.error();
    const auto place = refusal.statement > 0 ? refusal.statement - 1 : 0;
    throw Unplanned(text_of(voice_.speak(sent_[place])), refusal);
  }

  static bool is_the_planned(const ledger::Refusal& refusal, const PlannedRefusal& planned) {
    if (refusal.reason != planned.reason) return false;
    if (!planned.duty) return true;
    return std::ranges::any_of(refusal.arguments, [&](const auto& argument) {
      return argument.name == "duty" && argument.en == name_of(*planned.duty);
    });
  }

  void refused(const Step& step, const Spoken& spoken, ledger::Result<ledger::Proposal> proposal) {
    std::optional<ledger::Refusal> refusal;
    if (proposal) {
      std::vector<ledger::Proposal> one;
      one.push_back(std::move(*proposal));
      const auto outcome = submit(std::move(one), recorded_at(story_, step)).get();
      if (outcome.failure) std::rethrow_exception(outcome.failure);
      if (!outcome.result) refusal = outcome.result.error();
    } else {
      refusal = proposal.error();
    }
    if (!refusal || !is_the_planned(*refusal, *spoken.heading.refusal)) throw Unplanned(text_of(spoken), refusal);
    ++result_.refused[std::string(ledger::name_of(refusal->reason))];
  }

  ledger::Ledger& ledger_;
  const Story& story_;
  DrivenClock& clock_;
  const std::string name_;
  Voice voice_;
  std::vector<ledger::Proposal> batch_;  // to be sent
  std::vector<Step> steps_, sent_;       // of that batch, and of the one the writer has
  std::future<ledger::Outcome> answer_;
  YearRecorded result_;
};

}  // namespace

Date story_ends(int fiscal_year) { return Agenda(fiscal_year, WorkingHours(fiscal_year)).last; }

YearRecorded record_year(const std::filesystem::path& directory, const YearOptions& options, Date until,
                         const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  const auto start = std::chrono::steady_clock::now();
  if (std::filesystem::exists(directory))
    throw ledger::StoreError(directory.string() + " exists already; a year is recorded in a new ledger");
  if (directory.has_parent_path()) std::filesystem::create_directories(directory.parent_path());
  const Story story(options);
  const auto steps = make_schedule(story, std::min(until, story.agenda().last));
  KeyFiles keys(directory);
  DrivenClock clock;
  clock.set(moment(story.agenda().founded, 7, 30));
  ledger::LedgerOptions how;
  how.writer.clock = clock.clock();
  const ledger::Founding founding{fmt::format("demo.example/{}", options.fiscal_year), "agencia-de-ejemplo",
                                  std::string(posts::kAdministrator), false};
  const auto founded =
      ledger::Ledger::found(directory, founding, keys.get(posts::kAdministrator, 1), {how.writer, {}, nullptr});
  if (!founded) throw Unplanned(founding.origin, founded.error());
  ledger::Ledger ledger(directory, std::move(how));
  projections::LiveViews views(ledger.directory().views(), ledger.reader(), ledger.store().head().size);
  ledger.on_head([&](const ledger::SignedHead& head) { views.notify(head.size); });
  // Whatever happens, the writer has ended before what it tells is gone.
  struct Ending {
    ledger::Writer& writer;
    ~Ending() { writer.stop(); }
  } ending{ledger.writer()};
  Recorder recorder(ledger, story, keys, clock);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    recorder.take(steps[i]);
    if (progress && (i + 1) % 500 == 0) progress(i + 1, steps.size());
  }
  recorder.finish();
  if (progress) progress(steps.size(), steps.size());
  auto result = recorder.result();
  result.views_behind = result.events - views.folded();
  views.catch_up(result.events);
  result.administrator_key = keys.path(posts::kAdministrator, 1);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace fedatario::tools
