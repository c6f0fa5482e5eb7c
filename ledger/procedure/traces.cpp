// Rules of what the ledger records of itself.
#include "ledger/procedure/traces.hpp"

#include "ledger/kind.hpp"
#include "ledger/limits.hpp"
#include "ledger/procedure/kinds.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::int64_t kHourMicros = 3'600'000'000;

// The actor that the stream is about.
Result<void> require_subject(const Context& context) {
  return require_actor(context.lookup, {std::string(segments(context.statement.stream)[1])}, "/stream");
}

}  // namespace

bool takes_attempt(const AttemptState& state, Recorded now) {
  return state.hour != now.micros / kHourMicros || state.in_hour.value < kMaxAttemptsPerHour;
}

Result<void> admit(const AttemptState& state, const AttemptRefused&, const Context& context) {
  if (!takes_attempt(state, context.now)) return refuse(Reason::overloaded).with("retry_after_s", "3600").at("/stream");
  return {};
}
Result<void> admit(const DisclosureState&, const DisclosureMade& event, const Context& context) {
  if (auto subject = require_subject(context); !subject) return subject;
  if (context.lookup.event(event.open.event.value)) return {};
  return refuse(Reason::cause_unknown).with("id", event.open.event.value.text()).at("/open/event");
}
Result<void> admit(const ExportState&, const ExportMade& event, const Context& context) {
  if (auto subject = require_subject(context); !subject) return subject;
  if (event.open.last < event.open.first)
    return field_expected("/open/last", {"una posición no anterior a la primera", "a position not before the first"});
  if (std::uint64_t(event.open.last.value) < context.position.value) return {};
  return refuse(Reason::not_recorded_yet)
      .with("position", std::to_string(event.open.last.value))
      .with("last", std::to_string(context.position.value - 1))
      .at("/open/last");
}

void evolve(AttemptState& state, const AttemptRefused&, const Occurrence& occurrence) {
  const auto hour = occurrence.recorded_at.micros / kHourMicros;
  if (state.hour != hour) state = {hour, {0}};
  ++state.in_hour.value;
}
void evolve(DisclosureState& state, const DisclosureMade&, const Occurrence&) { ++state.made.value; }
void evolve(ExportState& state, const ExportMade&, const Occurrence&) { ++state.made.value; }

const Kind& attempts_kind() {
  static const Kind kind = describe_kind<AttemptEvents>();
  return kind;
}
const Kind& disclosures_kind() {
  static const Kind kind = describe_kind<DisclosureEvents>();
  return kind;
}
const Kind& exports_kind() {
  static const Kind kind = describe_kind<ExportEvents>();
  return kind;
}

}  // namespace fedatario::ledger
