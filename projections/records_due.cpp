// Scans over all files.
#include "projections/records_due.hpp"

#include <algorithm>
#include <set>

#include "projections/inventory.hpp"
#include "projections/reading.hpp"

namespace fedatario::projections {
namespace {

// Visits every file as it is judged on the day.
template <class Visit>
void for_each_file(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                   const Circumstances& circumstances, Visit visit) {
  RecordReader reader(snapshot, as_of);
  for_each_row<FileRow>(snapshot, Key{}, as_of, [&](FileRow&& row) {
    const auto file = reader.read(std::move(row));
    visit(file, retention_status(file, circumstances));
  });
}

void add(ledger::Count& count, const ledger::Count& more) {
  if (__builtin_add_overflow(count.value, more.value, &count.value))
    count.value = std::numeric_limits<std::int64_t>::max();
}

bool has(const RecordFile& file, ledger::Disposition disposition) {
  return file.row && std::ranges::find(file.row->dispositions, disposition) != file.row->dispositions.end();
}

// The reception of a kind, the last; null where there is none.
const FileTransfer* find_transfer(const FileRow& file, ledger::TransferKind kind, TransferOutcome outcome) {
  const auto found = std::find_if(file.transfers.rbegin(), file.transfers.rend(), [&](const auto& transfer) {
    return transfer.kind == kind && transfer.outcome == outcome;
  });
  return found == file.transfers.rend() ? nullptr : &*found;
}

// Whether the file is to make this transfer, or made it.
bool makes_transfer(const RecordFile& file, ledger::TransferKind kind) {
  if (find_transfer(file.file, kind, TransferOutcome::received) ||
      find_transfer(file.file, kind, TransferOutcome::pending))
    return true;
  if (file.file.disposed) return false;
  const bool kept = file.file.selection && file.file.selection->kept;
  const bool to_historical =
      file.row && !has(file, ledger::Disposition::elimination) && (!has(file, ledger::Disposition::selection) || kept);
  if (kind == ledger::TransferKind::secondary) return to_historical;
  const auto years = years_of(file);
  return to_historical || (years && years->central_years.value > 0);
}

TransferDue transfer_due(const RecordFile& file, ledger::TransferKind kind, const RetentionStatus& status,
                         ledger::Date day) {
  TransferDue out;
  out.file = file.file.file;
  out.unit = file.file.unit;
  out.kind = kind;
  out.due = kind == ledger::TransferKind::primary ? status.management_end : status.central_end;
  auto until = day;
  if (const auto* done = find_transfer(file.file, kind, TransferOutcome::received)) {
    out.number = done->number;
    out.proposed = done->proposed;
    out.received = done->received;
    until = done->received.value_or(day);
    out.standing = out.due && done->received && *done->received <= *out.due ? TransferStanding::done_early
                                                                            : TransferStanding::done;
  } else if (const auto* waits = find_transfer(file.file, kind, TransferOutcome::pending)) {
    out.number = waits->number;
    out.proposed = waits->proposed;
    out.standing = TransferStanding::proposed;
  } else {
    out.standing = out.due && day > *out.due ? TransferStanding::due : TransferStanding::running;
  }
  if (out.due) out.days_after = (until - *out.due).count();
  return out;
}

// Nothing more is to come into it: it is closed, or its fiscal year is, or a line that it holds is done.
bool is_finished(const RecordFile& of) {
  return of.file.stage != ledger::FileStage::open || of.fiscal_year_closed ||
         std::ranges::find(of.lines, LineState::completed, &HeldLine::state) != of.lines.end();
}

}  // namespace

std::vector<FileRetention> files_retention(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                           const Circumstances& circumstances) {
  std::vector<FileRetention> out;
  for_each_file(snapshot, as_of, circumstances, [&](const RecordFile& of, RetentionStatus status) {
    auto& line = out.emplace_back();
    static_cast<RetentionStatus&>(line) = std::move(status);
    line.file = of.file.file;
    line.unit = of.file.unit;
    line.title = of.file.title;
    line.schedule = of.file.schedule;
    line.row = of.file.row;
    if (of.row) {
      line.series = of.row->series;
      line.subseries = of.row->subseries;
      line.dispositions = of.row->dispositions;
    }
    line.years = years_of(of);
    line.stage = of.file.stage;
    line.archive = of.file.archive;
    line.closed = of.file.closed;
    line.closed_definitively = of.file.closed_definitively;
    if (!of.file.disposals.empty()) line.disposal = of.file.disposals.back();
    line.disposed_on = of.file.disposed_on;
    line.holds = of.file.holds;
    line.missing = missing_records(of.file, of.lines, circumstances);
    line.last_change = of.file.last_change;
  });
  return out;
}

std::vector<IndexedDocument> file_index(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                        const ledger::Code& file) {
  std::vector<IndexedDocument> out;
  for_each_row<DocumentRow>(snapshot, Key{} / file.value, as_of, [&](DocumentRow&& document) {
    if (!document.withdrawn) out.push_back({0, {}, {}, std::move(document)});
  });
  std::ranges::sort(out, {}, [](const auto& each) { return each.document.number; });
  std::int64_t pages = 0;
  bool known = true;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].order = std::int64_t(i) + 1;
    const auto& count = out[i].document.pages;
    std::int64_t last = 0;
    known = known && count && !__builtin_add_overflow(pages, count->value, &last);
    if (!known) continue;
    out[i].first_page = pages + 1;
    out[i].last_page = pages = last;
  }
  return out;
}

std::vector<RetentionForecast> retention_forecast(const ViewStore::Snapshot& snapshot,
                                                  std::optional<ledger::Position> as_of,
                                                  const Circumstances& circumstances, bool by_unit, bool by_series) {
  std::map<std::tuple<int, std::string, std::string>, RetentionForecast> lines;
  const auto line_of = [&](const RecordFile& of, ledger::Date end) -> RetentionForecast& {
    const auto unit = by_unit ? of.file.unit.value : std::string();
    const auto series = by_series ? series_code(*of.row) : std::string();
    const auto [at, fresh] = lines.try_emplace({end.year(), unit, series});
    if (fresh) {
      at->second.year = end.year();
      at->second.unit = {unit};
      at->second.series = {series};
      if (by_series) at->second.series_name = of.row->subseries_name ? of.row->subseries_name : of.row->series_name;
    }
    return at->second;
  };
  const auto weigh = [](RetentionForecast& line, const FileRow& file) {
    add(line.folios, file.folios);
    add(line.size_bytes, file.size_bytes);
  };
  for_each_file(snapshot, as_of, circumstances, [&](const RecordFile& of, const RetentionStatus& status) {
    if (!status.central_end || of.file.disposed || of.file.archive == ledger::FilePhase::historical) return;
    auto& last = line_of(of, *status.central_end);
    weigh(last, of.file);
    if (of.file.holds.value > 0) ++last.on_hold.value;
    const bool selects = has(of, ledger::Disposition::selection);
    if (selects && !of.file.selection && of.file.disposals.empty())
      ++last.selections.value;
    else if (has(of, ledger::Disposition::elimination) || (selects && !(of.file.selection && of.file.selection->kept)))
      ++last.eliminations.value;
    else
      ++last.secondary_transfers.value;
    if (of.file.archive != ledger::FilePhase::management || !makes_transfer(of, ledger::TransferKind::primary)) return;
    auto& first = line_of(of, *status.management_end);
    ++first.primary_transfers.value;
    if (&first != &last) weigh(first, of.file);
  });
  std::vector<RetentionForecast> out;
  for (auto& [key, line] : lines) out.push_back(std::move(line));
  return out;
}

std::vector<TransferDue> transfers_due(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                       const Circumstances& circumstances) {
  std::vector<TransferDue> out;
  for_each_file(snapshot, as_of, circumstances, [&](const RecordFile& of, const RetentionStatus& status) {
    for (const auto kind : {ledger::TransferKind::primary, ledger::TransferKind::secondary})
      if (makes_transfer(of, kind)) out.push_back(transfer_due(of, kind, status, circumstances.day));
  });
  return out;
}

HeldFile held_file(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                   const Circumstances& circumstances, const HoldRow& hold) {
  HeldFile out;
  static_cast<HoldRow&>(out) = hold;
  out.in_force = !hold.released;
  auto row = row_at<FileRow>(snapshot, Key{} / hold.file.value, as_of);
  if (!row) return out;
  out.unit = row->unit;
  out.title = row->title;
  out.documents = row->documents;
  out.folios = row->folios;
  out.size_bytes = row->size_bytes;
  const auto status = retention_status(RecordReader(snapshot, as_of).read(*std::move(row)), circumstances);
  out.phase = status.phase;
  out.central_end = status.central_end;
  return out;
}

ShownDisposal shown_disposal(DisposalRow disposal, const Circumstances& circumstances) {
  ShownDisposal out;
  static_cast<DisposalRow&>(out) = std::move(disposal);
  out.publication_end = publication_end(out, circumstances.calendar);
  if (out.publication_end && out.stage == DisposalStage::published)
    out.publication_days_left = circumstances.calendar.business_days_between(circumstances.day, *out.publication_end);
  out.open_observations = {
      std::ranges::count_if(out.observations, [](const auto& observation) { return !observation.answered; })};
  std::set<ledger::Location> known;
  for (const auto& outcome : out.outcomes) known.insert(outcome.location);
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<ledger::Location>>([&](auto location) {
    if (!known.contains(location.value)) out.locations_lacking.push_back(location.value);
  });
  const auto next = next_of(out, circumstances);
  out.next_step = next.step;
  out.lacks = next.lacks;
  return out;
}

std::vector<RecordFinding> record_findings(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                           const Circumstances& circumstances) {
  std::vector<RecordFinding> single, incomplete, without;
  std::set<std::string> held;  // streams
  RecordReader reader(snapshot, as_of);
  for_each_row<FileRow>(snapshot, Key{}, as_of, [&](FileRow&& row) {
    for (const auto& stream : row.streams) held.insert(stream.value);
    if (row.disposed) return;
    if (row.single_place.value > 0)
      for_each_row<DocumentRow>(snapshot, Key{} / row.file.value, as_of, [&](DocumentRow&& document) {
        if (!document.withdrawn && document.places.value < 2)
          single.push_back({RecordFindingKind::single_place, row.unit, row.file, document.code, {}, {}, {}});
      });
    const auto of = reader.read(std::move(row));
    if (!is_finished(of)) return;
    if (auto missing = missing_records(of.file, of.lines, circumstances); !missing.empty())
      incomplete.push_back(
          {RecordFindingKind::incomplete_file, of.file.unit, of.file.file, {}, {}, {}, std::move(missing)});
  });
  for_each_row<LineRow>(snapshot, Key{}, as_of, [&](LineRow&& line) {
    if (line.state != LineState::completed) return;
    auto stream = ledger::intervention_stream(int(line.fiscal_year), line.unit.value, line.line.value);
    if (!held.contains(stream))
      without.push_back({RecordFindingKind::line_without_file,
                         line.unit,
                         {},
                         {},
                         ledger::StreamName{std::move(stream)},
                         line.completed,
                         {}});
  });
  auto& out = single;
  out.insert(out.end(), std::make_move_iterator(incomplete.begin()), std::make_move_iterator(incomplete.end()));
  out.insert(out.end(), std::make_move_iterator(without.begin()), std::make_move_iterator(without.end()));
  return out;
}

}  // namespace fedatario::projections
