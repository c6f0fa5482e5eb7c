// The fold of `audit_trail`.
#include "projections/audit_trail.hpp"

#include <algorithm>

#include "ledger/procedure/services.hpp"
#include "ledger/procedure/strategy.hpp"
#include "ledger/procedure/units.hpp"
#include "ledger/visit.hpp"
#include "projections/changes.hpp"
#include "projections/plan_status.hpp"

namespace fedatario::projections {
namespace {

using ledger::Entry;

// What a register says now. Key: the stream's segments.
struct StatedField {
  ledger::Title field;
  ledger::Text text;
};
BOOST_DESCRIBE_STRUCT(StatedField, (), (field, text))
struct StatedRow {
  static constexpr std::string_view kView = kStated;
  std::vector<StatedField> fields;
};
BOOST_DESCRIBE_STRUCT(StatedRow, (), (fields))

// Registers whose fields hold until they are stated anew; of two of them each statement says all fields, so that one it
// leaves out is no more.
bool is_register(std::string_view kind) {
  return kind == ledger::UnitState::kKind || kind == ledger::EntityState::kKind || kind == ledger::ServiceState::kKind;
}
bool says_all(std::string_view type) {
  return type == ledger::EntityRegistered::kType || type == ledger::EntityRevised::kType ||
         type == ledger::ServiceOffered::kType || type == ledger::ServiceRevised::kType;
}

TrailRow header(const Entry& entry) {
  const auto& event = entry.event;
  const auto& statement = event.statement;
  TrailRow row;
  row.position = event.position;
  row.stream = {statement.stream};
  row.version = event.version;
  row.id = statement.id;
  row.type = {statement.type};
  row.actor = {statement.actor};
  row.as = {statement.as.text()};
  if (statement.on_behalf) row.on_behalf = {*statement.on_behalf};
  row.declared = statement.at;
  row.recorded = event.recorded_at;
  row.key = statement.key;
  row.signed_by_author = entry.signed_by_author;
  row.imported = entry.imported;
  row.destroyed = entry.destroyed;
  row.cause = statement.cause;
  if (const auto& source = statement.source) {
    row.source.emplace();
    row.source->sha256 = source->sha256;
    if (source->sha256) row.source->row = source->row;
    if (!source->system.empty()) row.source->system = {source->system};
    if (!source->number.empty()) row.source->number = {source->number};
  }
  return row;
}

// Why and by which act; members that say it have the same names in all types.
void set_grounds(TrailRow& row, const ledger::Parts& parts, std::string_view type) {
  const auto text = [](const std::optional<boost::json::object>& part, std::string_view name) -> std::string {
    const auto* member = part ? part->if_contains(name) : nullptr;
    return member && member->is_string() ? std::string(member->get_string()) : std::string();
  };
  const auto first_of = [&](std::initializer_list<std::string_view> names) {
    for (const auto name : names)
      if (auto found = text(parts.data, name); !found.empty()) return found;
    return std::string();
  };
  if (auto act = text(parts.open, "act"); !act.empty()) row.act = {std::move(act)};
  if (auto reason = first_of({"reason", "observations"}); !reason.empty()) row.reason = {std::move(reason)};
  if (auto act = first_of({type == ledger::StrategyApproved::kType ? "minutes" : "act"}); !act.empty())
    row.act = {std::move(act)};
}

Texts texts_of(const ledger::Parts& parts) {
  Texts texts;
  if (parts.open) append_texts(texts, "", *parts.open);
  if (parts.data) append_texts(texts, "", *parts.data);
  std::erase_if(texts, [](const auto& text) { return text.name == "reason" || text.name == "act"; });
  return texts;
}

Texts read_stated(const Rows& rows, const Key& key) {
  Texts texts;
  if (const auto row = rows.get<StatedRow>(key))
    for (const auto& [field, text] : row->fields) texts.push_back({field.value, text.value});
  return texts;
}

void write_stated(Rows& rows, const Key& key, const Texts& texts) {
  StatedRow row;
  for (const auto& [name, text] : texts) row.fields.push_back({{name}, {text}});
  rows.put(key, row);
}

void fold_register(Rows& rows, const Entry& entry, const ledger::Parts& parts, TrailRow& row) {
  auto said = texts_of(parts);
  const auto& type = entry.body.type();
  if (!is_register(type.kind)) {
    row.changes = differences({}, said);
    return;
  }
  if (entry.destroyed) return;
  const auto key = key_of(entry.event.statement.stream);
  const auto before = read_stated(rows, key);
  if (!says_all(type.type))
    for (const auto& old : before)
      if (std::none_of(said.begin(), said.end(), [&](const auto& now) { return now.name == old.name; }))
        said.push_back(old);
  row.changes = differences(before, said);
  write_stated(rows, key, said);
}

void add_line_changes(Rows& rows, const Key& key, TrailRow& row) {
  if (const auto after = rows.get<LineRow>(key)) {
    auto changes = changes_of(rows.before<LineRow>(key), *after);
    std::move(changes.begin(), changes.end(), std::back_inserter(row.changes));
  }
}

template <class T>
void fold_plan(Rows& rows, const Entry& entry, const T& event, TrailRow& row) {
  const auto key = plan_key(entry.event.statement.stream);
  if (const auto after = rows.get<PlanRow>(key)) row.changes = changes_of(rows.before<PlanRow>(key), *after);
  if constexpr (requires { event.line.value; })
    if (!entry.destroyed) {
      row.line = event.line;
      add_line_changes(rows, key / event.line.value, row);
      rows.put_index(kLineIndex, key / event.line.value / row.position, row.stream.value);
    }
  rows.put_index(kPlanIndex, key / row.position, row.stream.value);
}

template <class T>
void fold_intervention(Rows& rows, const Entry& entry, const T& event, TrailRow& row) {
  const auto& stream = entry.event.statement.stream;
  const auto name = ledger::segments(stream);
  const auto key = line_key(stream);
  row.line = {std::string(name[3])};
  if constexpr (std::is_same_v<T, ledger::ActionTaken>) {
    // An action says from and to itself, and was admitted only with the present value as `from`.
    if (!entry.destroyed) {
      for (const auto& [field, from, to] : event.changes) row.changes.push_back({field, {{from.value}}, {{to.value}}});
      row.action = {event.code,          event.kind, event.matter,     event.cause,
                    event.communication, event.due,  event.responsible};
    }
  } else {
    add_line_changes(rows, key, row);
  }
  rows.put_index(kLineIndex, key / row.position, row.stream.value);
  rows.put_index(kPlanIndex, Key{} / name[1] / name[2] / row.position, row.stream.value);
}

}  // namespace

void fold_audit_trail(Rows& rows, const Entry& entry) {
  auto row = header(entry);
  auto parts = write_parts(entry.body);
  if (entry.destroyed) parts.data.reset();
  set_grounds(row, parts, row.type.value);
  const auto kind = entry.body.type().kind;
  if (kind == ledger::PlanState::kKind)
    ledger::visit_event<ledger::PlanEvents>(entry.body, [&](const auto& event) { fold_plan(rows, entry, event, row); });
  else if (kind == ledger::InterventionState::kKind)
    ledger::visit_event<ledger::InterventionEvents>(
        entry.body, [&](const auto& event) { fold_intervention(rows, entry, event, row); });
  else
    fold_register(rows, entry, parts, row);
  rows.put_once(key_of(row.stream.value) / row.position, row);
  rows.put_index(kActorIndex, Key{} / row.actor.value / row.position, row.stream.value);
  rows.put_index(kPositionIndex, Key{} / row.position, row.stream.value);
}

void append_audit_trail_shapes(std::string& out) { shapes_of<TrailRow, StatedRow>(out); }

}  // namespace fedatario::projections
