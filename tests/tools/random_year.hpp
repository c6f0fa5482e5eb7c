// A made-up fiscal year told badly: steps left out, said twice, said too early, said by others, with a field, a day, a
// stream or a role that is another. Everything comes from the seed.
#pragma once

#include <map>
#include <random>

#include "tests/support/plain_world.hpp"
#include "tools/year/schedule.hpp"
#include "tools/year/voice.hpp"

namespace fedatario::tests {

class RandomYear {
 public:
  // Borrowed. `badness`: how many mistakes, in hundredths of many.
  RandomYear(const tools::Story& story, std::uint64_t seed, int badness);

  bool ended() const { return next_ == turns_.size(); }
  // What is said next, as the story has it, and when it is recorded there.
  struct Turn {
    tools::Step step;
    tools::Spoken spoken;
    tools::Moment at;
    bool again = false;  // it was said before, word by word
  };
  Turn next(const tools::Voice& voice);
  // With what was counted counted anew: whoever leaves something out finds so many lines and documents less.
  void recount(tools::Spoken& spoken, const World& world);
  // What somebody might say wrongly before that is said: each an event of its own.
  std::vector<tools::Spoken> mistakes(const Turn& turn, const tools::Voice& voice);

  std::uint64_t pick(std::uint64_t below) { return random_() % below; }
  bool chance(int of_a_hundred) { return int(pick(100)) < of_a_hundred; }

 private:
  bool mistake(int of_a_thousand) { return int(pick(100'000)) < of_a_thousand * badness_; }
  struct Planned {
    tools::Step step;
    bool again = false, renewed = false;
  };
  struct Speaking {
    std::string actor, as;
  };

  void plan(std::vector<tools::Step> steps);
  tools::Step recent();
  // Another thing in one respect or two.
  tools::Spoken variant(const tools::Spoken& spoken);
  // Some who had a hand in it get the role that says it, and say it.
  std::vector<tools::Spoken> by_involved(const tools::Spoken& spoken);
  tools::Spoken granted(const std::string& actor, const tools::Spoken& spoken);
  // What becomes of the same subject later, today.
  std::optional<tools::Spoken> too_early(const Turn& turn, const tools::Voice& voice);
  void renew(tools::Spoken& spoken);
  void remember(const tools::Spoken& spoken);
  void remember_values(std::string_view name, const boost::json::value& value);
  void change_speaker(tools::Spoken& spoken);
  void change_holder(tools::Spoken& spoken);
  void change_role(tools::Spoken& spoken);
  void grant_another(tools::Spoken& spoken);
  void change_day(tools::Spoken& spoken);
  void change_stream(tools::Spoken& spoken);
  void change_field(tools::Spoken& spoken);
  void add_member(tools::Spoken& spoken);
  void change_value(std::string_view name, boost::json::value& value);

  const tools::Story& story_;
  std::mt19937_64 random_;
  const int badness_;
  std::vector<Planned> turns_;
  std::size_t next_ = 0;
  std::map<std::pair<tools::Script, std::uint32_t>, std::vector<tools::Step>> lives_;  // what becomes of each subject
  // What was said so far: who in each stream, which streams of each kind, which values of each field.
  std::map<std::string, std::vector<Speaking>> speakers_;
  std::vector<Speaking> everybody_;
  std::map<std::string, std::vector<std::string>> holders_;  // of each role
  std::map<std::string, std::vector<std::string>> streams_;
  std::map<std::string, int> said_;  // of each type
  std::map<std::string, std::vector<boost::json::value>, std::less<>> values_;
};

}  // namespace fedatario::tests
