// What an event states: the records of its stream whose fields it sets. A stream is one record, or holds many (the
// sessions of an intervention, the documents of a file), each with a code; what a later event says of the same record
// is a change of what an earlier one said. One table says it for all types; a type that is not in it states nothing
// that another event states anew.
#pragma once

#include "ledger/entry.hpp"
#include "projections/changes.hpp"
#include "projections/keys.hpp"

namespace fedatario::projections {

struct RecordKind {
  std::string_view type;        // of the event
  std::string_view family;      // of records of one stream; types of one family state the same records
  std::string_view shown;       // before the names of its fields, with the code: "session"; empty: nothing
  std::string_view codes[2];    // fields that name the record; empty, or absent: fewer
  bool remembered = false;      // other events state it anew
  bool whole = false;           // the event says all of it: a field that it leaves out is no more
  std::string_view state = {};  // what becomes of the record, where its fields do not say it
};

// Null where the type is not in the table.
const RecordKind* record_kind(std::string_view type);

// One record as an event states it.
struct StatedRecord {
  const RecordKind* kind = nullptr;  // null: nothing is known of the type
  std::vector<std::string> codes;
  Texts texts;  // by field, without the codes where these are shown

  // "s-01"; "director@ddo" of a role; empty where its stream is the record.
  std::string item() const;
  // "session.s-01.", or nothing.
  std::string prefix() const;
  // Of the record among all.
  Key key(std::string_view stream) const;
};

// `open`, `data`: as the event says them; null where it has none. First the record that the event is about, then those
// it states by the way.
std::vector<StatedRecord> stated_records(std::string_view type, const boost::json::object* open,
                                         const boost::json::object* data);

}  // namespace fedatario::projections
