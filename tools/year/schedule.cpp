// All scripts run once, heard for their moments only.
#include "tools/year/schedule.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <tuple>

namespace fedatario::tools {
namespace {

class Scheduler final : public Ear {
 public:
  Scheduler(Moment begins, Moment ends, std::vector<Step>& steps) : begins_(begins), ends_(ends), steps_(steps) {}
  void listen_to(Script script, std::uint32_t subject) {
    script_ = script;
    subject_ = subject;
  }
  bool wants(const Heading& heading) override {
    assert(heading.recorded >= begins_ && heading.happened <= heading.recorded);
    if (heading.recorded < ends_)
      steps_.push_back({std::uint32_t(heading.recorded.seconds - begins_.seconds), subject_, heading.number, script_,
                        heading.alone});
    return false;
  }
  void hear(Said) override {}
  crypto::PublicKey public_key(std::string_view, int) const override { std::abort(); }

 private:
  const Moment begins_, ends_;
  std::vector<Step>& steps_;
  Script script_{};
  std::uint32_t subject_ = 0;
};

}  // namespace

Moment story_begins(const Story& story) { return moment(story.agenda().founded, 0, 0); }

std::vector<Step> make_schedule(const Story& story, Date until) {
  std::vector<Step> steps;
  Scheduler scheduler(story_begins(story), moment(later(until, 1), 0, 0), steps);
  for (const auto script : kScripts)
    for (std::uint32_t subject = 0; subject < subjects_of(story, script); ++subject) {
      scheduler.listen_to(script, subject);
      tell(story, script, subject, scheduler);
    }
  const auto place = [](const Step& step) { return std::tie(step.second, step.script, step.subject, step.number); };
  std::ranges::sort(steps, {}, place);
  return steps;
}

}  // namespace fedatario::tools
