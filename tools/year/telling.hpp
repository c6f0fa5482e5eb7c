// How a year is told. A script is a function that says, in order, everything that becomes of one subject: a line, an
// entity, a plan. It is run once to learn when each of its statements is recorded, and again to say one of them: so
// nothing but the moments of the statements is ever kept. What a script decides must therefore be the same each time.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/ed25519.hpp"
#include "ledger/duties.hpp"
#include "ledger/procedure/common.hpp"
#include "ledger/rule.hpp"
#include "tools/year/people.hpp"

namespace fedatario::tools {

class Story;

enum class Script : std::uint8_t { registers, staff, entity, strategy, plan, line, demand, audit, archive };

// That a statement is made to be refused, and why it will be.
struct PlannedRefusal {
  ledger::Reason reason{};
  std::optional<ledger::Duty> duty;
};

// One statement, before it is said.
struct Heading {
  std::uint16_t number = 0;  // in its script
  Moment happened, recorded;
  std::string_view type;
  std::string_view kind;  // of its stream
  bool alone = false;     // nothing else in its batch: it is refused, or tells where the log stands
  std::optional<PlannedRefusal> refusal;
};

// What may stand beside a statement's content.
struct Beside {
  std::optional<ledger::EventId> cause;
  std::string file;           // code of the record file
  std::string source_number;  // of the system whose actor speaks
  bool alone = false;
  std::optional<PlannedRefusal> refusal;
  int second_key = 0;  // of the stream's actor, which signs too
};

struct Said {
  Heading heading;
  const Speaker& speaker;
  std::string_view stream;
  ledger::EventId id;
  ledger::Body body;
  const Beside& beside;
};

// Who listens to a script.
class Ear {
 public:
  virtual ~Ear() = default;
  // Whether this one is to be said whole.
  virtual bool wants(const Heading& heading) = 0;
  virtual void hear(Said said) = 0;
  // How many events are recorded, for statements that tell it; they stand alone.
  virtual std::uint64_t log_size() const { return 1; }
  // A key of an actor's own, by its number from 1.
  virtual crypto::PublicKey public_key(std::string_view actor, int number) const = 0;
};

class Telling {
 public:
  Telling(std::uint64_t seed, Script script, std::uint32_t subject, Ear& ear)
      : seed_(seed), script_(script), subject_(subject), ear_(ear) {}

  // `make(Random&)` gives the event; its chance is its own, so that what it draws changes nothing else. Returns the
  // statement's id.
  template <class Make>
  ledger::EventId operator()(Moment happened, Moment recorded, const Speaker& speaker, std::string_view stream,
                             Make&& make, const Beside& beside = {}) {
    using Event = std::invoke_result_t<Make, Random&>;
    const Heading heading{number_++,
                          happened,
                          recorded,
                          Event::kType,
                          Event::State::kKind,
                          beside.alone || beside.refusal.has_value(),
                          beside.refusal};
    auto random = chance_of(heading.number);
    const auto id = make_id(heading, random);
    if (ear_.wants(heading)) ear_.hear({heading, speaker, stream, id, ledger::Body(make(random)), beside});
    return id;
  }

  const Ear& ear() const { return ear_; }

 private:
  Random chance_of(std::uint16_t number) const {
    return Random(seed_ + static_cast<std::uint64_t>(script_), "statement", std::uint64_t(subject_) << 16 | number);
  }
  static ledger::EventId make_id(const Heading& heading, Random& random);

  const std::uint64_t seed_;
  const Script script_;
  const std::uint32_t subject_;
  Ear& ear_;
  std::uint16_t number_ = 0;
};

// Runs a script. Subjects are numbered from 0.
void tell(const Story& story, Script script, std::uint32_t subject, Ear& ear);
// The scripts there are, each with how many subjects it has.
std::uint32_t subjects_of(const Story& story, Script script);
inline constexpr Script kScripts[] = {Script::registers, Script::staff,  Script::entity, Script::strategy, Script::plan,
                                      Script::line,      Script::demand, Script::audit,  Script::archive};

// What the scripts say often.
crypto::Digest any_digest(Random& random);
ledger::Evidence evidence(std::string title, Random& random);

}  // namespace fedatario::tools
