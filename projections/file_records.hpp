// Whether a record file holds the records of its streams (procedure.md section 9: which records each activity leaves;
// what the procedure in force asks of an activity stands in their place). Pure.
#pragma once

#include <span>

#include "projections/configuration.hpp"
#include "projections/plan_rows.hpp"
#include "projections/record_rows.hpp"

namespace fedatario::projections {

// What a file is asked for depends on what happened to the line whose intervention it holds.
struct HeldLine {
  std::string stream;  // `intervention/{V}/{unit}/{line}`
  LineState state{};
  ledger::Count sessions;
  ledger::Count actions;
};

// Records of an activity that are not all there: of a kind, or of a type that the procedure in force names.
struct MissingRecord {
  std::int64_t activity = 0;
  std::optional<ledger::RecordKind> record;
  std::optional<ledger::Title> document_type;
  ledger::Count needed;
  ledger::Count held;
  bool operator==(const MissingRecord&) const = default;
};
BOOST_DESCRIBE_STRUCT(MissingRecord, (), (activity, record, document_type, needed, held))

// By activity. Nothing is asked of a file that names no stream of a strategy, a plan or an intervention. An
// intervention whose line is not among `lines` is asked for what every one leaves; a cancelled one only for what was
// done.
std::vector<MissingRecord> missing_records(const FileRow& file, std::span<const HeldLine> lines,
                                           const Circumstances& circumstances);

// The last fiscal year among those of its streams; empty where none names one.
std::optional<int> fiscal_year_of(const FileRow& file);

}  // namespace fedatario::projections
