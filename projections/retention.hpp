// How a record file stands on a day: its phase, the fact that started its clock, when its terms end, what comes next
// and what that lacks. A pure function of the file's rows, the day, the calendar and the procedure; nothing of it is
// stored. The norms are data beside it: Acuerdo AGN 001 de 2024; Ley 4 de 1913, art. 62 (terms of years).
#pragma once

#include <map>
#include <memory>

#include "projections/file_records.hpp"
#include "projections/view_store.hpp"

namespace fedatario::projections {

// management: open. closed: its term in the management archive runs, or waits for the transfer. central, historical:
// where it lies. due: both terms are over, and its final disposition waits. on_hold: likewise, and a hold forbids it.
// disposed: eliminated in every location.
BOOST_DEFINE_ENUM_CLASS(RetentionPhase, management, closed, central, historical, due, on_hold, disposed)

// What comes next in the life of a file.
BOOST_DEFINE_ENUM_CLASS(RetentionStep, none, close, transfer_primary, transfer_secondary, select, propose_disposal,
                        publish, approve, execute, certify)

// What a step lacks, evidence or condition.
//   close: documents, records (file_records.hpp), signed_index, definitive_closing (where retention runs from it)
//   any that waits for a term: term; the clock does not run without schedule_row, fact_date
//   transfers: inventory (it is not proposed), reception
//   select: selection; propose_disposal: inventory, unit_opinion, no_proceedings
//   publish: publication; approve: publication_term, answers (to observations), postponement, minutes
//   execute: postponement, outcomes; certify: certificate
//   any final disposition: hold_release, reproduction (documents on paper alone where the row says so)
//   any step of an elimination: referring_file_closed; from its proposal on, fact_date where no event of the file says
//   the day
BOOST_DEFINE_ENUM_CLASS(Lack, documents, records, signed_index, definitive_closing, fact_date, schedule_row, term,
                        inventory, reception, selection, unit_opinion, no_proceedings, publication, publication_term,
                        answers, postponement, minutes, outcomes, certificate, hold_release, reproduction,
                        referring_file_closed)

// A file with what it is judged by beside the circumstances.
struct RecordFile {
  FileRow file;
  std::optional<ScheduleRow> row;  // that it keeps; empty where that was destroyed
  std::vector<DisposalRow> disposals;
  std::optional<ledger::Date> fiscal_year_closed;  // the last fiscal year of its streams
  bool referred_from_open = false;                 // by a file that is open
  std::vector<HeldLine> lines;                     // whose interventions it holds
};

struct RetentionStatus {
  RetentionPhase phase{};
  std::optional<ledger::RetentionFact> fact;   // that starts the clock, by its row
  std::optional<ledger::Date> start;           // when that happened; empty while the clock stands
  std::optional<ledger::Date> management_end;  // last days of the terms
  std::optional<ledger::Date> central_end;
  RetentionStep next_step{};
  std::optional<ledger::Date> due;        // last day of the term that the next step waits for or has to meet
  std::optional<std::int64_t> days_left;  // calendar days to that; negative: since then
  bool overdue = false;                   // it could be done since, and nothing forbids it
  std::vector<Lack> lacks;
  bool complete = false;  // holds all records of its streams
  std::int64_t procedure_version = 0;
  bool operator==(const RetentionStatus&) const = default;
};
BOOST_DESCRIBE_STRUCT(RetentionStatus, (),
                      (phase, fact, start, management_end, central_end, next_step, due, days_left, overdue, lacks,
                       complete, procedure_version))

// The years that hold for the file: its own, or its row's.
std::optional<ledger::RetentionYears> years_of(const RecordFile& file);
// From which day its retention runs; empty where that has not happened, or the file is open: the clock stands then. By
// a closed fiscal year it never runs from before the file's own closing.
std::optional<ledger::Date> retention_start(const RecordFile& file);
// Both terms; empty while the clock stands.
std::optional<ledger::RetentionEnds> retention_ends(const RecordFile& file, const ledger::Calendar& calendar);

RetentionStatus retention_status(const RecordFile& file, const Circumstances& circumstances);

// What comes next in an elimination that was proposed, what that lacks, and the last day that has to pass before it.
struct DisposalNext {
  RetentionStep step{};
  std::vector<Lack> lacks;
  std::optional<ledger::Date> due;
};
DisposalNext next_of(const DisposalRow& disposal, const Circumstances& circumstances);
// The last day of the publication; empty before it.
std::optional<ledger::Date> publication_end(const DisposalRow& disposal, const ledger::Calendar& calendar);

// Terms of Ley 1581 de 2012 (arts. 14 and 15): to mark a claim as in process [reclamo en trámite], to return it where
// it is incomplete, to answer.
BOOST_DEFINE_ENUM_CLASS(ClaimStanding, running, overdue, answered, answered_late, unknown)
struct ClaimStatus {
  ClaimStanding standing{};
  std::optional<ledger::Date> mark_due;    // of a claim
  std::optional<ledger::Date> return_due;  // of a claim
  std::optional<ledger::Date> due;         // as extended
  std::optional<ledger::Date> latest;      // to which it may be extended
  std::optional<std::int64_t> days_left;   // business days, until it is answered
  bool operator==(const ClaimStatus&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClaimStatus, (), (standing, mark_due, return_due, due, latest, days_left))
ClaimStatus claim_status(const ClaimRow& claim, const Circumstances& circumstances);

// Gathers what files are judged by, from one snapshot as of one moment; what several share is read once. The snapshot
// outlives it.
class RecordReader {
 public:
  RecordReader(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of);
  ~RecordReader();

  RecordFile read(FileRow file);
  // Null where there is none.
  const ScheduleRow* schedule_row(const ledger::Code& schedule, const ledger::Code& row);

 private:
  struct Known;
  const ViewStore::Snapshot& snapshot_;
  const std::optional<ledger::Position> as_of_;
  std::unique_ptr<Known> known_;
};

}  // namespace fedatario::projections
