// Rules of the streams `schedule/{version}`.
#include "ledger/procedure/schedules.hpp"

#include <set>

#include "ledger/kind.hpp"
#include "ledger/procedure/kinds.hpp"

namespace fedatario::ledger {
namespace {

// One of CT, E and S at most, each thing once, and something.
bool is_disposition(const std::vector<Disposition>& dispositions) {
  int finals = 0, reproductions = 0;
  for (const auto disposition : dispositions) ++(disposition == Disposition::reproduction ? reproductions : finals);
  return finals <= 1 && reproductions <= 1 && finals + reproductions > 0;
}

Result<void> admit_row(const ScheduleRow& row, const std::string& pointer) {
  if (!is_disposition(row.dispositions))
    return field_expected(pointer + "/dispositions",
                          {"una de total_conservation, elimination y selection, sola o con reproduction, o esta sola",
                           "one of total_conservation, elimination and selection, alone or with reproduction, or that "
                           "alone"});
  if (row.supports.empty() || std::set(row.supports.begin(), row.supports.end()).size() != row.supports.size())
    return field_expected(pointer + "/supports",
                          {"al menos un soporte, cada uno una vez", "a support at least, each once"});
  if (row.retention_fact == RetentionFact::other && !row.retention_fact_description)
    return field_missing(pointer, "retention_fact_description");
  if (row.subseries && !row.subseries_name) return field_missing(pointer, "subseries_name");
  if (row.subseries_name && !row.subseries) return field_missing(pointer, "subseries");
  return {};
}

Result<void> admit_validation(const ScheduleAdopted& event) {
  if (event.validation == ScheduleValidation::validated) {
    if (!event.validation_act) return field_missing("/data", "validation_act");
    if (!event.rusd) return field_missing("/data", "rusd");
    return {};
  }
  if (event.validation_act || event.rusd)
    return field_expected("/data/validation", {"validated, pues hay acto de convalidación o número del RUSD",
                                               "validated, for there is an act of validation or a RUSD number"});
  return {};
}

}  // namespace

const ScheduleTerms* find_row(const Lookup& lookup, std::string_view schedule, std::string_view row) {
  if (schedule.empty()) return nullptr;  // which it was is gone
  const auto& rows = lookup.get<ScheduleState>("schedule/" + std::string(schedule)).rows;
  const auto found = rows.find(std::string(row));
  return found == rows.end() ? nullptr : &found->second;
}

Result<void> require_row(const Lookup& lookup, const Code& schedule, const Code& row, const std::string& pointer) {
  const auto stream = "schedule/" + schedule.value;
  if (!lookup.get<ScheduleState>(stream).adopted)
    return refuse(Reason::not_registered).with("what", stream).at(pointer + "/schedule");
  if (find_row(lookup, schedule.value, row.value)) return {};
  return refuse(Reason::code_unknown).with("code", row.value).with("what", stream).at(pointer + "/row");
}

Result<void> admit(const ScheduleState& state, const ScheduleAdopted& event, const Context& context) {
  if (state.adopted) return refuse(Reason::already_registered).with("what", context.statement.stream).at("/stream");
  if (auto evidence = require_evidence(event.evidence); !evidence) return evidence;
  if (event.until)
    if (auto after = not_before(event.from, *event.until, "/data/until"); !after) return after;
  if (auto validation = admit_validation(event); !validation) return validation;
  if (event.rows.empty()) return field_expected("/data/rows", {"al menos una fila", "a row at least"});
  std::set<std::string> codes;
  for (std::size_t i = 0; i < event.rows.size(); ++i) {
    const auto pointer = "/data/rows/" + std::to_string(i);
    if (!codes.insert(event.rows[i].code.value).second)
      return refuse(Reason::code_repeated).with("code", event.rows[i].code.value).at(pointer + "/code");
    if (auto row = admit_row(event.rows[i], pointer); !row) return row;
  }
  return {};
}

void evolve(ScheduleState& state, const ScheduleAdopted& event, const Occurrence& occurrence) {
  state.adopted = true;
  if (occurrence.destroyed) return;
  for (const auto& row : event.rows)
    state.rows.insert_or_assign(row.code.value, ScheduleTerms{row.dispositions, row.retention_fact,
                                                              RetentionYears{row.central_years, row.management_years}});
}

const Kind& schedule_kind() {
  static const Kind kind = describe_kind<ScheduleEvents>();
  return kind;
}

}  // namespace fedatario::ledger
