// Gathering what a file is judged by.
#include "projections/plan_status.hpp"
#include "projections/reading.hpp"
#include "projections/retention.hpp"

namespace fedatario::projections {

struct RecordReader::Known {
  std::map<std::pair<std::string, std::string>, std::optional<ScheduleRow>> rows;
  std::map<std::string, std::optional<DisposalRow>> disposals;
  std::map<int, std::optional<ledger::Date>> years;
  std::map<std::string, bool> open;  // files
};

RecordReader::RecordReader(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of)
    : snapshot_(snapshot), as_of_(as_of), known_(std::make_unique<Known>()) {}

RecordReader::~RecordReader() = default;

const ScheduleRow* RecordReader::schedule_row(const ledger::Code& schedule, const ledger::Code& row) {
  if (schedule.value.empty() || row.value.empty()) return nullptr;
  const auto [at, fresh] = known_->rows.try_emplace({schedule.value, row.value});
  if (fresh) at->second = row_at<ScheduleRow>(snapshot_, Key{} / schedule.value / row.value, as_of_);
  return at->second ? &*at->second : nullptr;
}

RecordFile RecordReader::read(FileRow file) {
  RecordFile out;
  if (const auto* row = schedule_row(file.schedule, file.row)) out.row = *row;
  for (const auto& code : file.disposals) {
    const auto [at, fresh] = known_->disposals.try_emplace(code.value);
    if (fresh) at->second = row_at<DisposalRow>(snapshot_, Key{} / code.value, as_of_);
    if (at->second) out.disposals.push_back(*at->second);
  }
  if (const auto year = fiscal_year_of(file)) {
    const auto [at, fresh] = known_->years.try_emplace(*year);
    if (fresh)
      if (const auto row = row_at<FiscalYearClosingRow>(snapshot_, Key{} / std::to_string(*year), as_of_))
        at->second = row->closed;
    out.fiscal_year_closed = at->second;
  }
  for (const auto& code : file.referred_from) {
    const auto [at, fresh] = known_->open.try_emplace(code.value);
    if (fresh)
      if (const auto other = row_at<FileRow>(snapshot_, Key{} / code.value, as_of_))
        at->second = other->stage == ledger::FileStage::open;
    out.referred_from_open |= at->second;
  }
  for (const auto& stream : file.streams) {
    const auto name = ledger::segments(stream.value);
    if (name[0] != ledger::InterventionState::kKind || name.size() != ledger::InterventionState::kNameSegments)
      continue;
    if (const auto line = row_at<LineRow>(snapshot_, line_key(stream.value), as_of_))
      out.lines.push_back({stream.value, line->state, line->sessions, line->actions});
  }
  out.file = std::move(file);
  return out;
}

}  // namespace fedatario::projections
