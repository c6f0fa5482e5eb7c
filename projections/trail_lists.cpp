// Computing lists.
#include "projections/trail_lists.hpp"

#include <algorithm>
#include <map>

namespace fedatario::projections {
namespace {

template <class Visit>
bool visit_scope(const TrailScope& scope, Visit&& visit) {
  return for_each_trail(scope.snapshot, scope.filter, scope.as_of, scope.circumstances, scope.max_rows,
                        [&](TrailRow row) {
                          visit(std::move(row));
                          return true;
                        });
}

// A change of a line's field: "end" of the row's line, "line.0001.end" of one of an amendment's.
struct LineChange {
  ledger::Code line;
  std::string_view field;
  const Change* change;
};
std::vector<LineChange> line_changes(const TrailRow& row) {
  std::vector<LineChange> out;
  for (const auto& change : row.changes) {
    if (row.line) {
      out.push_back({*row.line, change.field.value, &change});
      continue;
    }
    // Codes have points in them: of two lines that fit, the longer code is meant.
    const ledger::Code* longest = nullptr;
    for (const auto& line : row.lines)
      if (change.field.value.starts_with("line." + line.value + '.') &&
          (!longest || longest->value.size() < line.value.size()))
        longest = &line;
    if (!longest) continue;
    const auto field = std::string_view(change.field.value).substr(longest->value.size() + 6);  // "line." and "."
    out.push_back({*longest, field, &change});
  }
  return out;
}

bool moves_date(const LineChange& change) {
  const auto field = change.field;
  return change.change->from &&
         (field == "start" || field == "end" || (field.starts_with("milestone.") && !field.ends_with(".reached")));
}

// It moved a date that had passed on the day it was declared.
bool after_due(const LineChange& change, const TrailRow& row) {
  if (!moves_date(change)) return false;
  const auto from = ledger::Date::parse(change.change->from->value);
  return from && *from < row.declared.day();
}

ApprovedChange approved_change(const TrailRow& row) {
  const auto name = ledger::segments(row.stream.value);
  ApprovedChange out;
  out.position = row.position;
  out.fiscal_year = ledger::parse_year(name[1]).value_or(0);
  out.unit = {std::string(name[2])};
  out.line = row.line;
  out.entity = row.entity;
  out.type = row.type;
  out.item = row.item;
  out.actor = row.actor;
  out.as = row.as;
  out.title = row.title;
  out.on_behalf = row.on_behalf;
  out.declared = row.declared;
  out.recorded = row.recorded;
  out.reason = row.reason;
  out.act = row.act;
  return out;
}

template <class Map>
auto values_of(Map& map) {
  std::vector<typename Map::mapped_type> out;
  for (auto& [key, value] : map) out.push_back(std::move(value));
  return out;
}

}  // namespace

std::optional<std::vector<ApprovedChange>> changes_after_approval(TrailScope scope) {
  scope.filter.after_approval = true;
  std::vector<ApprovedChange> out;
  const bool all = visit_scope(scope, [&](const TrailRow& row) {
    const auto changes = line_changes(row);
    if (changes.empty()) out.push_back(approved_change(row));
    for (const auto& change : changes) {
      auto& one = out.emplace_back(approved_change(row));
      one.line = change.line;
      one.field = {std::string(change.field)};
      one.from = change.change->from;
      one.to = change.change->to;
      one.after_due = after_due(change, row);
    }
  });
  return all ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::vector<MovedLine>> lines_moved_again(TrailScope scope) {
  scope.filter.after_approval = true;
  std::map<std::tuple<std::string, std::string, std::string>, MovedLine> lines;
  const bool all = visit_scope(scope, [&](const TrailRow& row) {
    const auto name = ledger::segments(row.stream.value);
    std::map<std::string, bool> moved;  // line → whether after a date that it moved
    for (const auto& change : line_changes(row))
      if (moves_date(change)) moved[change.line.value] |= after_due(change, row);
    for (const auto& [code, late] : moved) {
      auto& line = lines[{std::string(name[1]), std::string(name[2]), code}];
      line.fiscal_year = ledger::parse_year(name[1]).value_or(0);
      line.unit = {std::string(name[2])};
      line.line = {code};
      ++line.moves.value;
      if (late) ++line.after_due.value;
      if (std::ranges::find(line.deciders, row.actor) == line.deciders.end()) line.deciders.push_back(row.actor);
      line.positions.push_back(row.position);
    }
  });
  if (!all) return std::nullopt;
  std::erase_if(lines, [](const auto& line) { return line.second.moves.value < 2; });
  return values_of(lines);
}

std::optional<std::vector<ActorActivity>> activity_by_actor(const TrailScope& scope) {
  std::map<std::tuple<std::string, std::string, std::string, std::int64_t>, ActorActivity> counts;
  const bool all = visit_scope(scope, [&](const TrailRow& row) {
    const auto [place, is_new] = counts.try_emplace({row.actor.value, row.as.value, row.type.value, row.activity});
    auto& count = place->second;
    if (is_new) {
      count.actor = row.actor;
      count.as = row.as;
      count.type = row.type;
      count.activity = row.activity;
      count.first = row.recorded;
    }
    ++count.events.value;
    count.signed_by_author.value += row.signed_by_author && !row.imported;
    count.back_dated.value += is_back_dated(row, scope.circumstances);
    count.last = row.recorded;
  });
  return all ? std::optional(values_of(counts)) : std::nullopt;
}

std::optional<std::vector<RefusedAttempts>> refused_attempts(TrailScope scope) {
  scope.filter.types = {"attempt.refused"};
  std::map<std::tuple<std::string, std::string, std::string, std::string>, RefusedAttempts> counts;
  const bool all = visit_scope(scope, [&](const TrailRow& row) {
    if (!row.attempt || !row.subject) return;
    const auto& attempt = *row.attempt;
    const auto duty = attempt.duty ? attempt.duty->value : std::string();
    const auto [place, is_new] =
        counts.try_emplace({row.subject->value, attempt.refusal.value, duty, attempt.type.value});
    auto& count = place->second;
    if (is_new) {
      count.actor = *row.subject;
      count.refusal = attempt.refusal;
      count.duty = attempt.duty;
      count.type = attempt.type;
      count.first = row.recorded;
    }
    count.attempts.value += 1 + attempt.suppressed.value;
    count.last = row.recorded;
  });
  return all ? std::optional(values_of(counts)) : std::nullopt;
}

}  // namespace fedatario::projections
