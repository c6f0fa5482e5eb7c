// Streams `schedule/{version}`: the retention schedules [tablas de retención documental, TRD]. A version is adopted
// once and never changed: files keep the rows of the version they were opened with.
#pragma once

#include <boost/mp11/list.hpp>
#include <map>

#include "ledger/procedure/common.hpp"
#include "ledger/procedure/retention.hpp"

namespace fedatario::ledger {

// conservación total (CT), eliminación (E), selección (S), reproducción por medios técnicos (MT). A row has one of the
// first three at most; MT may join it.
BOOST_DEFINE_ENUM_CLASS(Disposition, total_conservation, elimination, selection, reproduction)
BOOST_DEFINE_ENUM_CLASS(Support, electronic, physical)
// The fact from which retention runs [hecho de cierre]; `other` is described.
BOOST_DEFINE_ENUM_CLASS(RetentionFact, administrative_closing, definitive_closing, issue, fiscal_year_closing,
                        last_action, other)
// By the Archivo General de la Nación.
BOOST_DEFINE_ENUM_CLASS(ScheduleValidation, validated, not_validated)

struct ScheduleRow {
  Count central_years;
  Code code;
  std::vector<Disposition> dispositions;
  std::optional<std::vector<Title>> document_types;
  Count management_years;
  std::optional<Title> norm;
  Text procedure;
  Code producing_office;
  RetentionFact retention_fact{};
  std::optional<Text> retention_fact_description;
  Code series;
  Title series_name;
  std::optional<Code> subseries;
  std::optional<Title> subseries_name;
  std::vector<Support> supports;
};
BOOST_DESCRIBE_STRUCT(ScheduleRow, (),
                      (central_years, code, dispositions, document_types, management_years, norm, procedure,
                       producing_office, retention_fact, retention_fact_description, series, series_name, subseries,
                       subseries_name, supports))

// What rules need of a row.
struct ScheduleTerms {
  std::vector<Disposition> dispositions;
  RetentionFact fact{};
  RetentionYears years;
};
BOOST_DESCRIBE_STRUCT(ScheduleTerms, (), (dispositions, fact, years))

struct ScheduleState {
  static constexpr std::string_view kKind = "schedule";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  bool adopted = false;
  std::map<std::string, ScheduleTerms> rows;
};
BOOST_DESCRIBE_STRUCT(ScheduleState, (), (adopted, rows))

struct ScheduleAdopted {
  using State = ScheduleState;
  static constexpr std::string_view kType = "schedule.adopted";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Tabla de retención adoptada", "Retention schedule adopted"};
  static constexpr RoleSet kAuthors{Role::archive};

  Title act;                       // that adopts it
  std::vector<Evidence> evidence;  // the schedule, minutes and act
  Date from;
  Title minutes;  // of the committee that approved it
  std::vector<ScheduleRow> rows;
  std::optional<Title> rusd;  // number in the Registro Único de Series Documentales
  std::optional<Date> until;  // last day
  ScheduleValidation validation{};
  std::optional<Title> validation_act;
};
BOOST_DESCRIBE_STRUCT(ScheduleAdopted, (),
                      (act, evidence, from, minutes, rows, rusd, until, validation, validation_act))

Result<void> admit(const ScheduleState&, const ScheduleAdopted&, const Context&);
void evolve(ScheduleState&, const ScheduleAdopted&, const Occurrence&);

// The row of an adopted schedule; null where there is none.
const ScheduleTerms* find_row(const Lookup& lookup, std::string_view schedule, std::string_view row);
// Refuses, under `pointer` ("/data"), where the schedule named is not adopted or has no such row.
Result<void> require_row(const Lookup& lookup, const Code& schedule, const Code& row, const std::string& pointer);

using ScheduleEvents = boost::mp11::mp_list<ScheduleAdopted>;

}  // namespace fedatario::ledger
