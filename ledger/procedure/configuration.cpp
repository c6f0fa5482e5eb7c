// Rules of the streams `procedure/{version}`.
#include "ledger/procedure/configuration.hpp"

#include <algorithm>
#include <charconv>

#include "ledger/kind.hpp"
#include "ledger/procedure/kinds.hpp"

namespace fedatario::ledger {
namespace {

constexpr int kMaxVersions = 1'000;
constexpr int kMaxToleranceDays = 365;

std::optional<int> parse_version(std::string_view text) {
  int version = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
  if (read.ec != std::errc() || version < 1 || version > kMaxVersions || std::to_string(version) != text)
    return std::nullopt;
  return version;
}

std::string stream_of(int version) { return "procedure/" + std::to_string(version); }

ProcedureFields make_default() {
  ProcedureFields fields;
  const auto in = [&](WindowYear year, int first, int last, std::initializer_list<const char*> types) {
    for (const char* type : types) fields.windows.push_back({{first}, {last}, {type}, year});
  };
  in(WindowYear::previous, 11, 12,
     {"analysis.requested", "analysis.submitted", "analysis.session.held", "entity.prioritized", "proposal.submitted",
      "strategy.consolidated", "strategy.presented", "strategy.approved", "strategy.returned",
      "strategy.incorporated"});
  in(WindowYear::previous, 12, 12,
     {"plan.opened", "plan.submitted", "plan.verified", "plan.returned", "plan.approved"});
  in(WindowYear::same, 1, 1, {"plan.registered", "plan.reconciled"});
  in(WindowYear::same, 10, 12, {"report.consolidated", "report.presented", "vigencia.closed"});
  return fields;
}

Result<void> admit_month(const Count& month, const std::string& pointer) {
  if (month.value >= 1 && month.value <= 12) return {};
  return field_expected(pointer, {"un mes, de 1 a 12", "a month, 1 to 12"});
}

Result<void> admit_type(const Title& type, const std::string& pointer) {
  if (find_type(type.value)) return {};
  return refuse(Reason::unknown_type).with("type", type.value).at(pointer);
}

Result<void> admit_window(const Window& window, const std::string& pointer) {
  if (auto month = admit_month(window.first_month, pointer + "/first_month"); !month) return month;
  if (auto month = admit_month(window.last_month, pointer + "/last_month"); !month) return month;
  if (window.last_month < window.first_month)
    return field_expected(pointer + "/last_month", {"un mes no anterior al primero", "a month not before the first"});
  return admit_type(window.type, pointer + "/type");
}

bool can_approve(Role role) { return find_type("plan.approved")->authors.has(role); }

}  // namespace

const ProcedureFields& default_procedure() {
  static const auto fields = make_default();
  return fields;
}

ProcedureInForce procedure_in_force(const Lookup& lookup, Date day) {
  ProcedureInForce out{0, &default_procedure()};
  for (int version = 1; version <= kMaxVersions; ++version) {
    const auto& state = lookup.get<ProcedureState>(stream_of(version));
    if (!state.adopted) break;
    if (state.effective && *state.effective <= day) out = {version, &state.fields};
  }
  return out;
}

Result<void> admit(const ProcedureState& state, const ProcedureAdopted& event, const Context& context) {
  const auto version = parse_version(segments(context.statement.stream)[1]);
  if (!version) return refuse(Reason::wrong_stream).with("kind", "procedure/1, procedure/2 …").at("/stream");
  if (state.adopted) return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  if (*version > 1) {
    const auto& before = context.lookup.get<ProcedureState>(stream_of(*version - 1));
    if (!before.adopted) return refuse(Reason::not_registered).with("what", stream_of(*version - 1)).at("/stream");
    if (before.effective && event.effective < *before.effective)
      return field_expected("/data/effective", {"una fecha no anterior a la de la versión precedente",
                                                "a date not before that of the version before"});
    if (before.effective && static_cast<const ProcedureFields&>(event) == before.fields)
      return refuse(Reason::nothing_changed).at("/data");
  }
  for (std::size_t i = 0; i < event.windows.size(); ++i)
    if (auto window = admit_window(event.windows[i], "/data/windows/" + std::to_string(i)); !window) return window;
  for (std::size_t i = 0; i < event.own_key.size(); ++i)
    if (auto type = admit_type(event.own_key[i], "/data/own_key/" + std::to_string(i)); !type) return type;
  for (std::size_t i = 0; i < event.documents.size(); ++i)
    if (const auto activity = event.documents[i].activity.value; activity < 1 || activity > 13)
      return field_expected("/data/documents/" + std::to_string(i) + "/activity",
                            {"una actividad, de 1 a 13", "an activity, 1 to 13"});
  if (event.approvers.empty() || !std::ranges::all_of(event.approvers, can_approve))
    return field_expected("/data/approvers", {"uno o más de: committee, director, subdirection",
                                              "one or more of: committee, director, subdirection"});
  if (event.tolerance_days.value > kMaxToleranceDays)
    return field_expected("/data/tolerance_days", {"un número de días de 0 a 365", "a number of days, 0 to 365"});
  if (event.followup_days.value == 0)
    return field_expected("/data/followup_days", {"un número de días mayor que 0", "a number of days above 0"});
  return {};
}

void evolve(ProcedureState& state, const ProcedureAdopted& event, const Occurrence& occurrence) {
  state.adopted = true;
  if (occurrence.destroyed) return;
  state.effective = event.effective;
  state.fields = event;
}

const Kind& procedure_kind() {
  static const Kind kind = describe_kind<ProcedureEvents>();
  return kind;
}

}  // namespace fedatario::ledger
