// Matching rows.
#include "projections/trail_filter.hpp"

#include <algorithm>

#include "ledger/text.hpp"
#include "projections/trail_judgement.hpp"

namespace fedatario::projections {
namespace {

template <class T>
bool among(const std::vector<std::string>& wanted, const T& text) {
  return std::ranges::find(wanted, text) != wanted.end();
}

bool same(const std::optional<std::string>& wanted, const std::optional<ledger::Code>& code) {
  return !wanted || (code && code->value == *wanted);
}
bool same(const std::optional<bool>& wanted, bool value) { return !wanted || *wanted == value; }

bool in_role(const std::optional<std::string>& wanted, std::string_view as) {
  return !wanted || as == *wanted || as.substr(0, as.find('@')) == *wanted;
}

bool within(const std::optional<ledger::Date>& from, const std::optional<ledger::Date>& to, ledger::Date day) {
  return (!from || *from <= day) && (!to || day <= *to);
}

std::optional<int> fiscal_year_of(std::string_view stream) {
  const auto kind = ledger::kind_of(stream);
  if (kind != "plan" && kind != "intervention" && kind != "strategy") return std::nullopt;
  return ledger::parse_year(ledger::segments(stream)[1]);
}

bool is_line_stream(std::string_view stream) {
  const auto kind = ledger::kind_of(stream);
  return kind == "plan" || kind == "intervention";
}

// Whole, or the words at its end or its beginning.
bool is_field(std::string_view name, std::string_view wanted) {
  if (name == wanted) return true;
  if (name.size() <= wanted.size()) return false;
  return (name.ends_with(wanted) && name[name.size() - wanted.size() - 1] == '.') ||
         (name.starts_with(wanted) && name[wanted.size()] == '.');
}

bool touches(const TrailRow& row, std::string_view line) {
  return (row.line && row.line->value == line) ||
         std::ranges::any_of(row.lines, [&](const auto& code) { return code.value == line; });
}

}  // namespace

bool is_indexed(const TrailFilter& filter) {
  const auto marked = [](const std::optional<bool>& wanted) { return wanted.value_or(true); };
  return !filter.as && !filter.title && !filter.on_behalf && !filter.line && !filter.field && !filter.activity &&
         !filter.declared_from && !filter.declared_to && !filter.signed_by_author && !filter.imported &&
         !filter.back_dated && !filter.duty && !filter.refusal && !filter.text && !filter.also &&
         marked(filter.after_approval) && marked(filter.retroactive) && !(filter.unit && filter.fiscal_year);
}

TrailMatcher::TrailMatcher(TrailFilter filter, LinePaths entity_lines, const Circumstances& circumstances)
    : filter_(std::move(filter)),
      entity_lines_(std::move(entity_lines)),
      text_(ledger::fold_accents(filter_.text.value_or(""))),
      circumstances_(circumstances) {}

bool TrailMatcher::concerns(const TrailRow& row) const {
  if (!filter_.entity || (row.entity && row.entity->value == *filter_.entity)) return true;
  if (!is_line_stream(row.stream.value)) return false;
  const auto name = ledger::segments(row.stream.value);
  const auto plan = std::string(name[1]) + '/' + std::string(name[2]) + '/';
  const auto is_its = [&](const ledger::Code& line) { return entity_lines_.contains(plan + line.value); };
  return (row.line && is_its(*row.line)) || std::ranges::any_of(row.lines, is_its);
}

bool TrailMatcher::holds_text(const TrailRow& row) const {
  if (text_.empty()) return true;
  const auto in = [&](const auto& field) {
    return field && ledger::fold_accents(field->value).find(text_) != std::string::npos;
  };
  if (in(row.reason) || in(row.act)) return true;
  if (row.action && (in(&row.action->cause) || in(row.action->communication))) return true;
  return std::ranges::any_of(row.changes, [&](const Change& change) { return in(change.from) || in(change.to); });
}

bool TrailMatcher::operator()(const TrailRow& row) const {
  const auto& wanted = filter_;
  if (!wanted.actors.empty() && !among(wanted.actors, row.actor.value) &&
      !(row.subject && among(wanted.actors, row.subject->value)))
    return false;
  if (!in_role(wanted.as, row.as.value) || (wanted.title && row.title != wanted.title)) return false;
  if (!same(wanted.on_behalf, row.on_behalf) || !same(wanted.unit, row.unit)) return false;
  if (wanted.fiscal_year && fiscal_year_of(row.stream.value) != wanted.fiscal_year) return false;
  if (wanted.line && !touches(row, *wanted.line)) return false;
  if (wanted.stream && row.stream.value != *wanted.stream) return false;
  if (!wanted.types.empty() && !among(wanted.types, row.type.value)) return false;
  if (wanted.field && std::ranges::none_of(
                          row.changes, [&](const auto& change) { return is_field(change.field.value, *wanted.field); }))
    return false;
  if (wanted.activity && row.activity != *wanted.activity) return false;
  if (!within(wanted.declared_from, wanted.declared_to, row.declared.day()) ||
      !within(wanted.recorded_from, wanted.recorded_to, row.recorded.day()))
    return false;
  if (wanted.signed_by_author && (row.imported || row.signed_by_author != *wanted.signed_by_author)) return false;
  if (!same(wanted.imported, row.imported) || !same(wanted.after_approval, row.after_approval) ||
      !same(wanted.retroactive, row.retroactive))
    return false;
  if (wanted.back_dated && is_back_dated(row, circumstances_) != *wanted.back_dated) return false;
  if (wanted.duty && !(row.attempt && same(wanted.duty, row.attempt->duty))) return false;
  if (wanted.refusal && !(row.attempt && row.attempt->refusal.value == *wanted.refusal)) return false;
  return concerns(row) && holds_text(row) && (!wanted.also || wanted.also(row));
}

}  // namespace fedatario::projections
