// The flags that any event may raise, and the words of all. Those of single types stand beside their rules.
#include "ledger/flags.hpp"

#include <algorithm>
#include <array>

#include "ledger/procedure/actors.hpp"
#include "ledger/procedure/calendars.hpp"
#include "ledger/procedure/common.hpp"
#include "ledger/procedure/configuration.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/procedure/interventions.hpp"
#include "ledger/procedure/plans.hpp"
#include "ledger/procedure/strategy.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::ledger {
namespace {

struct Wording {
  std::string_view name;
  Label text;
};

// A switch without default: the compiler names the flag that has no wording.
Wording wording(Flag flag) {
  switch (flag) {
    case Flag::imported:
      return {
          "imported",
          {"Ocurrió antes de fundarse el libro; se asienta como importado de «{source}», no como firmado por su autor.",
           "It happened before the ledger was founded; it is recorded as imported from \"{source}\", not as signed by "
           "its author."}};
    case Flag::outside_window:
      return {"outside_window",
              {"Fuera de su ventana: declarado el {date}, y se espera de {from} a {to}.",
               "Outside its window: declared on {date}, and expected from {from} to {to}."}};
    case Flag::recorded_late:
      return {"recorded_late",
              {"Registro extemporáneo: se toleran {limit} días hábiles después de lo declarado, hasta el {due}.",
               "Recorded late: {limit} business days after what is declared are tolerated, to {due}."}};
    case Flag::outside_planned_dates:
      return {"outside_planned_dates",
              {"Fuera de las fechas de la línea: {date}, y van del {from} al {to}.",
               "Outside the dates of its line: {date}, and they run from {from} to {to}."}};
    case Flag::executed_before_approval:
      return {"executed_before_approval",
              {"Ejecutado antes de aprobarse (regularización): el {date}, y la línea se aprobó el {approved}.",
               "Carried out before approval: on {date}, and the line was approved on {approved}."}};
    case Flag::retroactive:
      return {"retroactive",
              {"Acción retroactiva: se decide el {date} y mueve una fecha que ya pasó, {from}.",
               "Retroactive action: decided on {date}, and it moves a date that had passed, {from}."}};
    case Flag::due_on_non_business_day:
      return {"due_on_non_business_day",
              {"El {date} no es día hábil: solo estará en retraso después del {next}.",
               "{date} is no business day: it will be late only after {next}."}};
    case Flag::responsible_absent:
      return {"responsible_absent",
              {"«{actor}» no tiene hoy rol vigente: queda huérfano hasta que alguien responda.",
               "\"{actor}\" holds no role today: it is an orphan until somebody answers for it."}};
  }
  return {};
}

template <std::size_t... I>
constexpr auto flags(std::index_sequence<I...>) {
  return std::array<Flag, sizeof...(I)>{static_cast<Flag>(I)...};
}
constexpr auto kFlags = flags(std::make_index_sequence<static_cast<std::size_t>(Flag::responsible_absent) + 1>());

Refusal::Argument source_argument(const Source& source) {
  if (!source.sha256) return same_argument("source", source.system + " " + source.number);
  const auto row = std::to_string(source.row), file = crypto::to_hex(*source.sha256).substr(0, 16) + "…";
  return {"source", "fila " + row + " del archivo " + file, "row " + row + " of the file " + file};
}

// The fiscal year of a stream that has one.
std::optional<int> fiscal_year_of(std::string_view stream) {
  const auto kind = kind_of(stream);
  if (kind != StrategyState::kKind && kind != PlanState::kKind && kind != InterventionState::kKind) return std::nullopt;
  return parse_year(segments(stream)[1]);
}

void check_window(const ProcedureFields& procedure, const Context& context, Flags& out) {
  const auto year = fiscal_year_of(context.statement.stream);
  if (!year) return;
  const auto window = std::ranges::find(procedure.windows, context.statement.type,
                                        [](const Window& one) -> const std::string& { return one.type.value; });
  if (window == procedure.windows.end()) return;
  const int of = *year - (window->year == WindowYear::previous ? 1 : 0);
  const auto first = Date::make(of, unsigned(window->first_month.value), 1);
  const auto last_month = Date::make(of, unsigned(window->last_month.value), 1);
  if (!first || !last_month) return;
  const auto last = add_months(*last_month, 1) + std::chrono::days(-1);
  const auto declared = context.statement.at.day();
  if (declared >= *first && declared <= last) return;
  out.raise(
      Flag::outside_window, "/at",
      {same_argument("date", declared.text()), same_argument("from", first->text()), same_argument("to", last.text())});
}

void check_recording(const ProcedureFields& procedure, const Context& context, Flags& out) {
  const auto declared = context.statement.at.day(), recorded = context.now.day();
  const auto tolerated = int(procedure.tolerance_days.value);
  if ((recorded - declared).count() <= tolerated) return;
  const auto due = out.calendar(context).add_business_days(declared, tolerated);
  if (recorded <= due) return;
  out.raise(Flag::recorded_late, "/at",
            {same_argument("due", due.text()), same_argument("limit", std::to_string(tolerated))});
}

}  // namespace

std::string_view name_of(Flag flag) { return wording(flag).name; }
Label sentence_of(Flag flag) { return wording(flag).text; }
std::span<const Flag> all_flags() { return kFlags; }

std::string Flagged::text(Language language) const {
  return fill_places(sentence_of(flag).in(language), arguments, language);
}

Flags& Flags::raise(Flag flag, std::string pointer, std::vector<Refusal::Argument> arguments) {
  raised_.push_back({flag, std::move(arguments), std::move(pointer)});
  return *this;
}

const Calendar& Flags::calendar(const Context& context) {
  if (!calendar_) calendar_ = calendar_of(context.lookup, Scope::national);
  return *calendar_;
}

void Flags::due(Date day, std::string pointer, const Context& context) {
  const auto& in_use = calendar(context);
  if (in_use.is_business_day(day)) return;
  raise(Flag::due_on_non_business_day, std::move(pointer),
        {same_argument("date", day.text()), same_argument("next", in_use.next_business_day(day).text())});
}

void Flags::responsible(const Code& actor, std::string pointer, const Context& context) {
  const auto& state = context.lookup.get<ActorState>("actor/" + actor.value);
  const auto today = context.now.day();
  if (!state.retired && std::ranges::any_of(state.grants, [&](const auto& grant) { return is_in_force(grant, today); }))
    return;
  raise(Flag::responsible_absent, std::move(pointer), {same_argument("actor", actor.value)});
}

std::vector<Flagged> flags_of(const State& state, const Body& body, const Context& context) {
  Flags out;
  const auto& type = type_of(body);
  // What the ledger says of itself is said in time.
  if (type.authors.has(Role::ledger)) return {};
  const bool history = is_history(context);
  if (history) out.raise(Flag::imported, "/source", {source_argument(*context.statement.source)});
  if (type.flag) type.flag(address_of(state), body.address(), context, out);
  if (!history && type.kind != LedgerState::kKind) {
    const auto& procedure = *procedure_in_force(context.lookup, context.statement.at.day()).fields;
    check_window(procedure, context, out);
    check_recording(procedure, context, out);
  }
  return out.take();
}

}  // namespace fedatario::ledger
