// The fold of `records`: from the events of schedules, files, disposals and claims, of hand-overs and of closed fiscal
// years, to the rows of record_rows.hpp.
#pragma once

#include "ledger/entry.hpp"
#include "projections/record_rows.hpp"
#include "projections/row_parts.hpp"

namespace fedatario::projections {

inline constexpr std::string_view kRecordsRows[] = {ScheduleVersionRow::kView,
                                                    ScheduleRow::kView,
                                                    FileRow::kView,
                                                    DocumentRow::kView,
                                                    DocumentNumberRow::kView,
                                                    HoldRow::kView,
                                                    PendingFileHandoverRow::kView,
                                                    FiscalYearClosingRow::kView,
                                                    DisposalRow::kView,
                                                    DisposalFileRow::kView,
                                                    ClaimRow::kView};

void fold_records(Rows& rows, const ledger::Entry& entry);

// Its parts, by the kind of stream.
void fold_record_file(Rows& rows, const ledger::Entry& entry);
void fold_disposal(Rows& rows, const ledger::Entry& entry);
void fold_claim(Rows& rows, const ledger::Entry& entry);

// Who answers for a file: hand-overs after its opening, in order, pass it on (ledger::holder_of).
ledger::Code responsible_of(const FileRow& file);

}  // namespace fedatario::projections
