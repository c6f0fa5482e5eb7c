// What each activity leaves, as one table, held against what a file holds.
#include "projections/file_records.hpp"

#include <algorithm>
#include <map>

namespace fedatario::projections {
namespace {

using ledger::RecordKind;

// How often a record is asked for.
enum class Per { stream, system, session, action, completion };

struct Asked {
  std::string_view kind;  // of the stream
  int activity = 0;
  RecordKind record{};
  Per per = Per::stream;
};

constexpr Asked kAsked[] = {
    {"strategy", 1, RecordKind::analysis_minutes},
    {"strategy", 1, RecordKind::inputs},
    {"strategy", 1, RecordKind::prioritised_list},
    {"strategy", 2, RecordKind::proposal},
    {"strategy", 3, RecordKind::strategy},
    {"strategy", 4, RecordKind::committee_minutes},
    {"plan", 5, RecordKind::plan},
    {"plan", 6, RecordKind::load_report, Per::system},
    {"intervention", 7, RecordKind::timetable},
    {"intervention", 7, RecordKind::designation},
    {"intervention", 8, RecordKind::attendance_list, Per::session},
    {"intervention", 8, RecordKind::commitments, Per::session},
    {"intervention", 9, RecordKind::report, Per::completion},
    {"intervention", 9, RecordKind::evidence, Per::completion},
    {"intervention", 10, RecordKind::communication, Per::action},
    {"intervention", 11, RecordKind::instrument, Per::completion},
    {"intervention", 11, RecordKind::closing_document, Per::completion},
    {"strategy", 12, RecordKind::report},
};

const HeldLine* find_line(std::span<const HeldLine> lines, std::string_view stream) {
  const auto found = std::ranges::find(lines, stream, &HeldLine::stream);
  return found == lines.end() ? nullptr : &*found;
}

std::int64_t times(Per per, const HeldLine* line, const Circumstances& circumstances) {
  const bool ended_early = line && (line->state == LineState::cancelled || line->state == LineState::dropped);
  switch (per) {
    case Per::stream:
      return line && line->state == LineState::dropped ? 0 : 1;
    case Per::system:
      return std::int64_t(circumstances.procedure.systems.size());
    case Per::session:
      return line ? line->sessions.value : 1;
    case Per::action:
      return line ? line->actions.value : 0;
    case Per::completion:
      return ended_early ? 0 : 1;
  }
  return 0;
}

std::int64_t held(const FileRow& file, const ledger::Title& type) {
  const auto found = std::ranges::find(file.document_types, type, &TypeCount::document_type);
  return found == file.document_types.end() ? 0 : found->documents.value;
}

const ledger::RequiredDocuments* configured(const Circumstances& circumstances, int activity) {
  const auto& all = circumstances.procedure.documents;
  const auto found = std::ranges::find(all, activity, [](const auto& each) { return each.activity.value; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::vector<MissingRecord> missing_records(const FileRow& file, std::span<const HeldLine> lines,
                                           const Circumstances& circumstances) {
  // Two activities ask for a report: what answers the first does not answer the second.
  std::map<RecordKind, std::int64_t> left;
  for (const auto& each : file.records) left[each.record] = each.documents.value;
  std::map<std::pair<int, RecordKind>, std::int64_t> needed;
  std::map<int, bool> covered;
  for (const auto& stream : file.streams) {
    const auto kind = ledger::kind_of(stream.value);
    const auto* line = find_line(lines, stream.value);
    for (const auto& asked : kAsked)
      if (asked.kind == kind)
        if (const auto count = times(asked.per, line, circumstances); count > 0) {
          covered[asked.activity] = true;
          needed[{asked.activity, asked.record}] += count;
        }
  }
  std::vector<MissingRecord> missing;
  for (const auto& [activity, unused] : covered) {
    if (const auto* documents = configured(circumstances, activity)) {
      for (const auto& type : documents->documents)
        if (held(file, type) == 0) missing.push_back({activity, {}, type, {1}, {0}});
      continue;
    }
    for (const auto& [what, count] : needed) {
      if (what.first != activity) continue;
      const auto has = std::min(left[what.second], count);
      left[what.second] -= has;
      if (has < count) missing.push_back({activity, what.second, {}, {count}, {has}});
    }
  }
  return missing;
}

std::optional<int> fiscal_year_of(const FileRow& file) {
  std::optional<int> last;
  for (const auto& stream : file.streams) {
    const auto name = ledger::segments(stream.value);
    if (name[0] != "strategy" && name[0] != "plan" && name[0] != "intervention") continue;
    if (name.size() < 2) continue;
    if (const auto year = ledger::parse_year(name[1])) last = std::max(last.value_or(*year), *year);
  }
  return last;
}

}  // namespace fedatario::projections
