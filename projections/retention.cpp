// The state machine of a record file, as the rules of files and disposals leave it, with its dates.
#include "projections/retention.hpp"

#include <algorithm>

namespace fedatario::projections {
namespace {

using ledger::Date;
using ledger::Disposition;

bool is_open(const FileRow& file) {
  return file.stage == ledger::FileStage::open || file.stage == ledger::FileStage::none;
}

bool has(const ScheduleRow& row, Disposition disposition) {
  return std::ranges::find(row.dispositions, disposition) != row.dispositions.end();
}

// The last day of the year; kLastDay where it is beyond.
Date year_end(int year) { return Date::make(year, 12, 31).value_or(ledger::kLastDay); }

// What the row makes of the file in the end.
enum class Destiny { historical, elimination, selection };

Destiny destiny_of(const FileRow& file, const ScheduleRow& row) {
  if (has(row, Disposition::elimination)) return Destiny::elimination;
  if (!has(row, Disposition::selection)) return Destiny::historical;
  if (!file.disposals.empty()) return Destiny::elimination;  // proposed: the selection did not keep it
  if (!file.selection) return Destiny::selection;
  return file.selection->kept ? Destiny::historical : Destiny::elimination;
}

// Of several disposals that propose it, the one furthest on; null where there is none.
const DisposalRow* disposal_of(const RecordFile& file) {
  const auto furthest = std::ranges::max_element(file.disposals, {}, &DisposalRow::stage);
  return furthest == file.disposals.end() ? nullptr : &*furthest;
}

// Builds one status; each part looks at what those before it set.
struct Judged {
  const RecordFile& of;
  const Circumstances& circumstances;
  RetentionStatus status;

  const FileRow& file() const { return of.file; }
  Date day() const { return circumstances.day; }
  void lack(Lack what) { status.lacks.push_back(what); }
  void lack_if(bool missing, Lack what) {
    if (missing) lack(what);
  }

  // Without dates it waits for what starts the clock.
  void wait_for(const std::optional<Date>& end) {
    status.due = end;
    if (!end)
      lack(Lack::fact_date);
    else
      lack_if(day() <= *end, Lack::term);
  }

  void next_close(bool definitive) {
    status.next_step = RetentionStep::close;
    lack_if(file().documents.value == 0, Lack::documents);
    lack_if(!status.complete, Lack::records);
    lack_if(definitive, Lack::definitive_closing);
    lack(Lack::signed_index);
    // The file is closed before its fiscal year ends.
    if (const auto year = fiscal_year_of(file()); year && !definitive) status.due = year_end(*year);
  }

  void next_transfer(RetentionStep step, const std::optional<Date>& end) {
    status.next_step = step;
    wait_for(end);
    const bool proposed = !file().transfers.empty() && file().transfers.back().outcome == TransferOutcome::pending;
    lack(proposed ? Lack::reception : Lack::inventory);
  }

  void next_disposal(const DisposalRow& disposal) {
    auto next = next_of(disposal, circumstances);
    status.next_step = next.step;
    status.due = next.due;
    for (const auto what : next.lacks) lack(what);
  }

  // The end of both terms has come, or nothing but it is ahead.
  void next_disposition(Destiny destiny) {
    const auto* disposal = disposal_of(of);
    if (destiny == Destiny::historical) {
      next_transfer(RetentionStep::transfer_secondary, status.central_end);
    } else if (destiny == Destiny::selection) {
      status.next_step = RetentionStep::select;
      wait_for(status.central_end);
      lack(Lack::selection);
    } else if (disposal) {
      next_disposal(*disposal);
    } else {
      status.next_step = RetentionStep::propose_disposal;
      wait_for(status.central_end);
      for (const auto what : {Lack::inventory, Lack::unit_opinion, Lack::no_proceedings}) lack(what);
    }
    // The rules count from what the file's own events say: until one says the day, an elimination is refused.
    lack_if(destiny == Destiny::elimination && !disposal && status.start &&
                status.fact == ledger::RetentionFact::fiscal_year_closing && !file().fact_date,
            Lack::fact_date);
    lack_if(has(*of.row, Disposition::reproduction) && file().undigitised.value > 0, Lack::reproduction);
    lack_if(destiny == Destiny::elimination && of.referred_from_open, Lack::referring_file_closed);
    lack_if(file().holds.value > 0, Lack::hold_release);
  }

  // Of a closed file that is not in the historical archive.
  void next_of_closed(bool over) {
    if (!of.row) {
      lack(Lack::schedule_row);
      return;
    }
    if (of.row->retention_fact == ledger::RetentionFact::definitive_closing &&
        file().stage != ledger::FileStage::closed_definitively)
      return next_close(true);
    const auto destiny = destiny_of(file(), *of.row);
    const bool in_management = file().archive == ledger::FilePhase::management;
    const bool being_transferred =
        !file().transfers.empty() && file().transfers.back().outcome == TransferOutcome::pending;
    // The historical archive takes from the central one alone. What is not kept need not go there once both terms are
    // over, or where the central one has no years.
    const bool passes_central = destiny == Destiny::historical || (!over && years_of(of)->central_years.value > 0);
    if (in_management && !disposal_of(of) && (being_transferred || passes_central))
      next_transfer(RetentionStep::transfer_primary, status.management_end);
    else
      next_disposition(destiny);
  }

  void judge() {
    status.procedure_version = circumstances.procedure_version;
    status.complete = missing_records(file(), of.lines, circumstances).empty();
    if (of.row) status.fact = of.row->retention_fact;
    status.start = retention_start(of);
    if (const auto ends = retention_ends(of, circumstances.calendar)) {
      status.management_end = ends->management;
      status.central_end = ends->central;
    }
    const bool over = status.central_end && day() > *status.central_end;
    if (file().disposed) {
      status.phase = RetentionPhase::disposed;
      const auto* disposal = disposal_of(of);
      if (disposal) next_disposal(*disposal);
    } else if (is_open(file())) {
      status.phase = RetentionPhase::management;
      next_close(false);
    } else if (file().archive == ledger::FilePhase::historical) {
      status.phase = RetentionPhase::historical;
    } else {
      if (over)
        status.phase = file().holds.value > 0 ? RetentionPhase::on_hold : RetentionPhase::due;
      else
        status.phase = file().archive == ledger::FilePhase::central ? RetentionPhase::central : RetentionPhase::closed;
      next_of_closed(over);
    }
    if (!status.due) return;
    status.days_left = (*status.due - day()).count();
    // Of an elimination under way nothing is late: these are terms that have to pass.
    const bool has_deadline = status.next_step != RetentionStep::approve && status.next_step != RetentionStep::execute;
    const bool held = std::ranges::find(status.lacks, Lack::hold_release) != status.lacks.end();
    status.overdue = has_deadline && !held && day() > *status.due;
  }
};

}  // namespace

std::optional<ledger::RetentionYears> years_of(const RecordFile& file) {
  if (file.file.own_years) return file.file.own_years;
  if (!file.row) return std::nullopt;
  return ledger::RetentionYears{file.row->central_years, file.row->management_years};
}

std::optional<Date> retention_start(const RecordFile& file) {
  if (is_open(file.file) || !file.row) return std::nullopt;
  switch (file.row->retention_fact) {
    case ledger::RetentionFact::administrative_closing:
      return file.file.closed;
    case ledger::RetentionFact::definitive_closing:
      return file.file.closed_definitively;
    case ledger::RetentionFact::fiscal_year_closing:
      if (file.file.fact_date) return file.file.fact_date;
      if (!file.fiscal_year_closed) return std::nullopt;
      return std::max(*file.fiscal_year_closed, file.file.closed.value_or(ledger::kFirstDay));
    case ledger::RetentionFact::issue:
    case ledger::RetentionFact::last_action:
    case ledger::RetentionFact::other:
      return file.file.fact_date;
  }
  return std::nullopt;
}

std::optional<ledger::RetentionEnds> retention_ends(const RecordFile& file, const ledger::Calendar& calendar) {
  const auto start = retention_start(file);
  const auto years = years_of(file);
  if (!start || !years) return std::nullopt;
  return ledger::retention_ends(*start, *years, calendar);
}

RetentionStatus retention_status(const RecordFile& file, const Circumstances& circumstances) {
  Judged judged{file, circumstances, {}};
  judged.judge();
  return std::move(judged.status);
}

DisposalNext next_of(const DisposalRow& disposal, const Circumstances& circumstances) {
  const auto& postponed = disposal.postponed_until;
  const bool waits = postponed && circumstances.day <= *postponed;
  DisposalNext next;
  switch (disposal.stage) {
    case DisposalStage::selected:
      return {RetentionStep::propose_disposal, {Lack::inventory, Lack::unit_opinion, Lack::no_proceedings}, {}};
    case DisposalStage::proposed:
      return {RetentionStep::publish, {Lack::publication}, {}};
    case DisposalStage::published:
      next.step = RetentionStep::approve;
      next.due = publication_end(disposal, circumstances.calendar);
      if (!next.due || circumstances.day <= *next.due) next.lacks.push_back(Lack::publication_term);
      if (postponed && (!next.due || *next.due < *postponed)) next.due = postponed;
      if (std::ranges::any_of(disposal.observations, [](const auto& each) { return !each.answered; }))
        next.lacks.push_back(Lack::answers);
      if (waits) next.lacks.push_back(Lack::postponement);
      next.lacks.push_back(Lack::minutes);
      return next;
    case DisposalStage::rejected:
    case DisposalStage::withdrawn:
      return next;
    case DisposalStage::approved:
    case DisposalStage::executed:
    case DisposalStage::certified:
      break;
  }
  if (!disposal.complete) {
    next = {RetentionStep::execute, {}, postponed};
    if (waits) next.lacks.push_back(Lack::postponement);
    next.lacks.push_back(Lack::outcomes);
  } else if (disposal.stage != DisposalStage::certified) {
    next = {RetentionStep::certify, {Lack::certificate}, {}};
  }
  return next;
}

std::optional<Date> publication_end(const DisposalRow& disposal, const ledger::Calendar& calendar) {
  if (!disposal.published) return std::nullopt;
  return ledger::publication_end(*disposal.published, calendar);
}

ClaimStatus claim_status(const ClaimRow& claim, const Circumstances& circumstances) {
  ClaimStatus status;
  status.standing = ClaimStanding::unknown;
  if (!claim.received || !claim.kind) return status;
  const auto& calendar = circumstances.calendar;
  const auto term = ledger::claim_term(*claim.kind, *claim.received, calendar);
  if (*claim.kind == ledger::ClaimKind::claim) {
    status.mark_due = calendar.add_business_days(*claim.received, 2);
    status.return_due = calendar.add_business_days(*claim.received, 5);
  }
  status.due = std::max(term.due, claim.extended_until.value_or(term.due));
  status.latest = term.extended;
  const bool answered = claim.stage == ledger::ClaimStage::decided || claim.stage == ledger::ClaimStage::executed;
  if (answered) {
    if (claim.decided)
      status.standing = *claim.decided > *status.due ? ClaimStanding::answered_late : ClaimStanding::answered;
    return status;
  }
  status.days_left = calendar.business_days_between(circumstances.day, *status.due);
  status.standing = circumstances.day > *status.due ? ClaimStanding::overdue : ClaimStanding::running;
  return status;
}

}  // namespace fedatario::projections
