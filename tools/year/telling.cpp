// From a script's name to its function.
#include "tools/year/telling.hpp"

#include "tools/year/scripts.hpp"

namespace fedatario::tools {

ledger::EventId Telling::make_id(const Heading& heading, Random& random) {
  return ledger::EventId::make(heading.recorded.seconds * 1'000 + random.between(0, 999), random.bytes(10));
}

std::uint32_t subjects_of(const Story& story, Script script) {
  switch (script) {
    case Script::registers:
    case Script::strategy:
    case Script::audit:
    case Script::archive:
      return 1;
    case Script::staff:
      return actor_count(story);
    case Script::entity:
      return story.options().entities;
    case Script::plan:
      return kDirectorates;
    case Script::line:
      return story.line_count();
    case Script::demand:
      return story.demand_count();
  }
  return 0;
}

void tell(const Story& story, Script script, std::uint32_t subject, Ear& ear) {
  Telling telling(story.seed(), script, subject, ear);
  switch (script) {
    case Script::registers:
      return tell_registers(story, telling);
    case Script::staff:
      return tell_actor(story, subject, telling);
    case Script::entity:
      return tell_entity(story, subject, telling);
    case Script::strategy:
      return tell_strategy(story, telling);
    case Script::plan:
      return tell_plan(story, int(subject), telling);
    case Script::line:
      return tell_line(story, subject, telling);
    case Script::demand:
      return tell_demand(story, subject, telling);
    case Script::audit:
      return tell_audit(story, telling);
    case Script::archive:
      return tell_archive(story, telling);
  }
}

crypto::Digest any_digest(Random& random) {
  const auto bytes = random.bytes(32);
  crypto::Digest digest;
  std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
  return digest;
}

ledger::Evidence evidence(std::string title, Random& random) { return {any_digest(random), {std::move(title)}}; }

}  // namespace fedatario::tools
