// What records said before, so that the trail tells from what to what. Little is kept: where a record was first stated
// the trail itself says what, and an index entry leads there; only what was stated anew, or corrected, has a row. What
// a statement said whose content was destroyed is not known: the next comes from the last one that is.
#pragma once

#include "projections/row_parts.hpp"
#include "projections/trail_records.hpp"

namespace fedatario::projections {

struct StatedField {
  ledger::Title field;
  ledger::Text text;
};
BOOST_DESCRIBE_STRUCT(StatedField, (), (field, text))

// What a record says now. Key: the record's; of an event that was corrected, what it should have said, under its
// stream, "corrected" and its id.
struct StatedRow {
  static constexpr std::string_view kView = "stated";

  ledger::EventId by;  // the event that said so; of a record that was corrected, the event corrected
  std::vector<StatedField> fields;
};
BOOST_DESCRIBE_STRUCT(StatedRow, (), (by, fields))

// The record's key → the position of the event that stated it first.
inline constexpr std::string_view kStatedIndex = "stated.first";

// What the event did to the record: its fields as they were and as they are. Remembers what it says where another may
// state it anew. To be called before the event's own trail row is put.
std::vector<Change> state_record(Rows& rows, const ledger::Entry& entry, const StatedRecord& record);

// The same of a correction: `corrected`, what the event should have said, and `event`, which event.
std::vector<Change> correct_record(Rows& rows, const ledger::Entry& correction, const ledger::EventId& event,
                                   const StatedRecord& corrected);

}  // namespace fedatario::projections
