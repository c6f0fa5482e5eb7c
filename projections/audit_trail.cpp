// The fold of `audit_trail`.
#include "projections/audit_trail.hpp"

#include <algorithm>

#include "ledger/procedure/demands.hpp"
#include "ledger/procedure/files.hpp"
#include "ledger/procedure/services.hpp"
#include "ledger/procedure/traces.hpp"
#include "ledger/procedure/units.hpp"
#include "projections/trail_lines.hpp"

namespace fedatario::projections {
namespace {

namespace json = boost::json;
using ledger::Entry;

TrailRow header(const Entry& entry) {
  const auto& event = entry.event;
  const auto& statement = event.statement;
  TrailRow row;
  row.position = event.position;
  row.stream = {statement.stream};
  row.version = event.version;
  row.id = statement.id;
  row.type = {statement.type};
  row.activity = entry.body.type().activity;
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

std::string text_of(const std::optional<json::object>& part, std::string_view name) {
  const auto* member = part ? part->if_contains(name) : nullptr;
  return member && member->is_string() ? std::string(member->get_string()) : std::string();
}

std::string take_text(std::optional<json::object>& part, std::string_view name) {
  auto text = text_of(part, name);
  if (!text.empty()) part->stable_erase(part->find(name));
  return text;
}

// Why and by which act; members that say it have the same names in all types. They are taken out of what it changes.
void take_grounds(TrailRow& row, ledger::Parts& parts) {
  auto reason = take_text(parts.data, "reason");
  if (reason.empty()) reason = take_text(parts.data, "observations");
  if (!reason.empty()) row.reason = {std::move(reason)};
  auto act = take_text(parts.open, "act");
  if (auto data_act = take_text(parts.data, "act"); !data_act.empty()) act = std::move(data_act);
  if (act.empty()) act = take_text(parts.data, "minutes");
  if (!act.empty()) row.act = {std::move(act)};
}

template <class T>
constexpr bool is_kind(std::string_view kind) {
  return kind == T::kKind;
}

std::optional<ledger::Code> code_of(std::string text) {
  return text.empty() ? std::nullopt : std::optional(ledger::Code{std::move(text)});
}

// The unit and the entity it concerns: as its stream's name says, as it says itself, as its line or its stream is.
void set_subject(Rows& rows, const ledger::Parts& parts, TrailRow& row) {
  const auto name = ledger::segments(row.stream.value);
  const auto kind = name[0];
  row.unit = code_of(text_of(parts.open, "unit"));
  if (!row.unit) row.unit = code_of(text_of(parts.data, "unit"));
  if (auto entity = code_of(text_of(parts.data, "entity"))) row.entity = std::move(entity);
  if (is_kind<ledger::PlanState>(kind) || is_kind<ledger::InterventionState>(kind)) {
    row.unit = {std::string(name[2])};
  } else if (is_kind<ledger::UnitState>(kind)) {
    row.unit = {std::string(name[1])};
  } else if (is_kind<ledger::EntityState>(kind)) {
    row.entity = {std::string(name[1])};
  } else if (is_kind<ledger::DemandState>(kind) || is_kind<ledger::FileState>(kind) ||
             is_kind<ledger::ServiceState>(kind)) {
    const auto key = key_of(row.stream.value);
    const auto known = rows.get<StreamSubjectRow>(key).value_or(StreamSubjectRow());
    if (!row.unit) row.unit = known.unit;
    if (!row.entity) row.entity = known.entity;
    if (const StreamSubjectRow now{row.unit, row.entity}; now != known) rows.put(key, now);
  } else if (is_kind<ledger::AttemptState>(kind) || is_kind<ledger::DisclosureState>(kind) ||
             is_kind<ledger::ExportState>(kind)) {
    row.subject = {std::string(name[1])};
  }
}

void add_changes(TrailRow& row, std::vector<Change> changes) {
  for (auto& change : changes) {
    // What its line or its plan shows already.
    const bool told = std::ranges::any_of(
        row.changes, [&](const auto& other) { return other.field == change.field && other.to == change.to; });
    if (!told) row.changes.push_back(std::move(change));
  }
}

void fold_attempt(const ledger::AttemptRefused& event, const Entry& entry, TrailRow& row) {
  const auto& open = event.open;
  const ledger::Capacity as{open.role, open.unit ? open.unit->value : std::string()};
  row.attempt = {open.type, {as.text()}, open.reason, open.duty, open.suppressed};
  if (!entry.destroyed) row.changes.push_back({{"stream"}, std::nullopt, {{event.stream.value}}});
}

void fold_correction(Rows& rows, const Entry& entry, const ledger::Parts& parts, TrailRow& row) {
  const auto* content = parts.data ? parts.data->if_contains("corrected") : nullptr;
  const auto* corrected = content ? content->if_object() : nullptr;
  const auto event = ledger::EventId::parse(text_of(parts.data, "event"));
  if (!corrected || !event) return;
  row.corrects = *event;
  const auto type = text_of(parts.data, "type");
  const auto known = ledger::event_types();
  const auto found = std::ranges::find_if(
      known, [&](const auto* each) { return each->type == type && each->kind == entry.body.type().kind; });
  if (found != known.end()) row.activity = (*found)->activity;
  const auto record = stated_records(type, nullptr, corrected).front();
  if (!record.item().empty()) row.item = {record.item()};
  add_changes(row, correct_record(rows, entry, *event, record));
}

// Plan events that state a line, amendments and actions on lines tell all in the changes to their lines.
bool tells_lines(const ledger::EventType& type) {
  if (is_kind<ledger::PlanState>(type.kind))
    return (type.type.starts_with("plan.line.") && type.type != ledger::PlanLineJoined::kType) ||
           type.type.starts_with("plan.amendment.");
  return is_kind<ledger::InterventionState>(type.kind) &&
         (type.type == ledger::ActionTaken::kType || type.type == ledger::ActionProposed::kType);
}

// The records that the event states.
void fold_records(Rows& rows, const Entry& entry, const ledger::Parts& parts, TrailRow& row) {
  const auto& type = entry.body.type();
  const auto records =
      stated_records(type.type, parts.open ? &*parts.open : nullptr, parts.data ? &*parts.data : nullptr);
  if (const auto item = records.front().item(); !item.empty()) row.item = {item};
  if (tells_lines(type)) return;
  for (const auto& record : records) {
    const bool partly_gone = entry.destroyed && type.has_data;
    add_changes(row, partly_gone ? differences({}, record.texts) : state_record(rows, entry, record));
  }
}

void put_marks(Rows& rows, const TrailRow& row) {
  const auto mark = [&](std::string_view name, bool is_so) {
    if (is_so) rows.put_index(kMarkIndex, Key{} / name / row.position, row.stream.value);
  };
  mark(kAfterApproval, row.after_approval);
  mark(kRetroactive, row.retroactive);
  mark(kRecordedLater, !row.imported && row.declared.day() < row.recorded.day());
}

void put_indexes(Rows& rows, const TrailRow& row) {
  const auto put = [&](std::string_view index, Key key) {
    rows.put_index(index, std::move(key) / row.position, row.stream.value);
  };
  put(kPositionIndex, {});
  put(kActorIndex, Key{} / row.actor.value);
  if (row.subject && row.subject != row.actor) put(kActorIndex, Key{} / row.subject->value);
  put(kTypeIndex, Key{} / row.type.value);
  put_marks(rows, row);
  const auto name = ledger::segments(row.stream.value);
  const auto kind = name[0];
  if (!is_kind<ledger::PlanState>(kind) && !is_kind<ledger::InterventionState>(kind)) {
    if (row.unit) put(kUnitIndex, Key{} / row.unit->value);
    if (row.entity) put(kEntityIndex, Key{} / row.entity->value);
    return;
  }
  const auto plan = Key{} / name[1] / name[2];
  put(kPlanIndex, plan);
  if (row.line) put(kLineIndex, plan / row.line->value);
  std::vector<ledger::Code> put_already;
  for (const auto& line : row.lines)
    if (std::ranges::find(put_already, line) == put_already.end()) {
      put(kLineIndex, plan / line.value);
      put_already.push_back(line);
    }
}

void link(Rows& rows, const ledger::Code& entity, const Key& line, const TrailRow& row) {
  const auto key = Key::from((Key{} / entity.value).bytes() + line.bytes());
  if (!rows.get<EntityLineRow>(key)) rows.put(key, EntityLineRow{row.position});
}

// The entities that its lines name and did not name before, and the one it names itself.
void link_entities(Rows& rows, const TrailRow& row, bool names_entity) {
  const auto name = ledger::segments(row.stream.value);
  const bool plan = is_kind<ledger::PlanState>(name[0]);
  if (!plan && !is_kind<ledger::InterventionState>(name[0])) return;
  const auto plan_key = Key{} / name[1] / name[2];
  const auto link_line = [&](const ledger::Code& code) {
    const auto key = plan_key / code.value;
    const auto line = rows.get<LineRow>(key);
    if (!line || line->plan_destroyed) return;
    const auto before = rows.before<LineRow>(key);
    const auto known = before && !before->plan_destroyed ? ledger::entities_of(*before) : std::vector<ledger::Code>();
    for (const auto& entity : ledger::entities_of(*line))
      if (!entity.value.empty() && std::ranges::find(known, entity) == known.end()) link(rows, entity, key, row);
  };
  if (plan && row.line) link_line(*row.line);
  if (plan && row.after_approval)
    for (const auto& line : row.lines) link_line(line);
  if (!plan && row.entity && names_entity) link(rows, *row.entity, plan_key / row.line->value, row);
}

}  // namespace

void fold_audit_trail(Rows& rows, const Entry& entry) {
  auto row = header(entry);
  auto parts = write_parts(entry.body);
  if (entry.destroyed) parts.data.reset();
  if (entry.body.type().type == ledger::PlanControlPerformed::kType && parts.data)
    row.activity = parts.data->at("activity").get_int64();
  row.title = held_title(rows, entry);
  take_grounds(row, parts);
  set_line_changes(rows, entry, row);
  set_subject(rows, parts, row);
  if (const auto* attempt = entry.body.get_if<ledger::AttemptRefused>())
    fold_attempt(*attempt, entry, row);
  else if (entry.body.type().type == ledger::PlanCorrected::kType)
    fold_correction(rows, entry, parts, row);
  else
    fold_records(rows, entry, parts, row);
  rows.put_once(key_of(row.stream.value) / row.position, row);
  put_indexes(rows, row);
  link_entities(rows, row, !text_of(parts.data, "entity").empty());
  // What a grant says holds from the next event on.
  fold_grants(rows, entry);
}

void append_audit_trail_shapes(std::string& out) {
  shapes_of<TrailRow, StatedRow, HeldGrantsRow, EntityLineRow, StreamSubjectRow>(out);
}

}  // namespace fedatario::projections
