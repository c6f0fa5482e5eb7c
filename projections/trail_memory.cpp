// Remembering and comparing.
#include "projections/trail_memory.hpp"

#include <algorithm>

namespace fedatario::projections {
namespace {

Texts texts_of(const StatedRow& row) {
  Texts texts;
  for (const auto& [field, text] : row.fields) texts.push_back({field.value, text.value});
  return texts;
}

void put(Rows& rows, const Key& key, const ledger::EventId& by, const Texts& texts) {
  StatedRow row{by, {}};
  for (const auto& [name, text] : texts) row.fields.push_back({{name}, {text}});
  rows.put(key, row);
}

// What an event that stated a record first said of it: all of it came from nothing then. `where`: the index entry.
struct First {
  ledger::EventId by;
  Texts texts;
};
std::optional<First> first_of(const Rows& rows, std::string_view stream, const StatedRecord& record,
                              crypto::View where) {
  const ledger::Position position{crypto::read_u64(where)};
  // Versions of the procedure stand in streams of their own: the entry names it after the position.
  const auto said_in = where.substr(8);
  const auto row = rows.get<TrailRow>(key_of(said_in.empty() ? stream : said_in) / position);
  if (!row) return std::nullopt;  // this very event says it twice
  const auto prefix = record.prefix();
  First first{row->id, {}};
  for (const auto& [field, from, to] : row->changes)
    if (to && field.value.starts_with(prefix)) first.texts.push_back({field.value.substr(prefix.size()), to->value});
  return first;
}

void put_first(Rows& rows, const ledger::Entry& entry, const Key& key) {
  const auto& stream = entry.event.statement.stream;
  crypto::Bytes where;
  crypto::append_u64(where, entry.event.position.value);
  if (!key.bytes().starts_with(key_of(stream).bytes())) where += stream;
  rows.put_index(kStatedIndex, key, where);
}

std::vector<Change> shown(std::vector<Change> changes, const std::string& prefix) {
  if (!prefix.empty())
    for (auto& change : changes) change.field.value.insert(0, prefix);
  return changes;
}

Key correction_key(std::string_view stream, const ledger::EventId& event) {
  return key_of(stream) / "corrected" / event.text();
}

void set(Texts& texts, const Change& change) {
  const auto place = std::ranges::find(texts, change.field.value, &NamedText::name);
  // Only where it still says what the event said: what another event stated since stands.
  const bool stood = place == texts.end() ? !change.from : change.from && place->text == change.from->value;
  if (!stood) return;
  if (!change.to)
    texts.erase(place);
  else if (place == texts.end())
    texts.push_back({change.field.value, change.to->value});
  else
    place->text = change.to->value;
}

}  // namespace

std::vector<Change> state_record(Rows& rows, const ledger::Entry& entry, const StatedRecord& record) {
  if (!record.kind || !record.kind->remembered) return shown(differences({}, record.texts), record.prefix());
  const auto& stream = entry.event.statement.stream;
  const auto key = record.key(stream);
  const auto where = rows.get_index(kStatedIndex, key);
  if (!where) {
    put_first(rows, entry, key);
    return shown(differences({}, record.texts), record.prefix());
  }
  const auto stated = rows.get<StatedRow>(key);
  const auto first = stated ? std::nullopt : first_of(rows, stream, record, *where);
  const auto before = stated ? texts_of(*stated) : first ? first->texts : Texts();
  auto now = record.texts;
  if (!record.kind->whole)
    for (const auto& old : before)
      if (std::ranges::find(now, old.name, &NamedText::name) == now.end()) now.push_back(old);
  put(rows, key, entry.event.statement.id, now);
  return shown(differences(before, now), record.prefix());
}

std::vector<Change> correct_record(Rows& rows, const ledger::Entry& correction, const ledger::EventId& event,
                                   const StatedRecord& corrected) {
  const auto& stream = correction.event.statement.stream;
  const auto key = corrected.key(stream), own_key = correction_key(stream, event);
  const auto where = rows.get_index(kStatedIndex, key);
  const auto stated = where ? rows.get<StatedRow>(key) : std::nullopt;
  const auto first = where ? first_of(rows, stream, corrected, *where) : std::nullopt;
  std::optional<Texts> before;
  if (const auto again = rows.get<StatedRow>(own_key))
    before = texts_of(*again);
  else if (first && first->by == event)
    before = first->texts;
  else if (stated && stated->by == event)
    before = texts_of(*stated);
  const auto changes = before ? differences(*before, corrected.texts) : differences({}, corrected.texts);
  put(rows, own_key, event, corrected.texts);
  if (before && corrected.kind && corrected.kind->remembered) {
    auto now = stated ? texts_of(*stated) : first ? first->texts : Texts();
    for (const auto& change : changes) set(now, change);
    put(rows, key, stated ? stated->by : event, now);
  }
  return shown(changes, corrected.prefix());
}

}  // namespace fedatario::projections
