// Field types that rows have beside those of events: how they are written as JSON. Positions, versions and times keep
// their types in rows, so that a row is small and says what it holds.
#pragma once

#include <cereal/macros.hpp>

#include "ledger/fields.hpp"
#include "ledger/names.hpp"
#include "ledger/statement.hpp"
#include "ledger/time.hpp"

namespace fedatario::ledger {

template <>
struct Field<Position> {
  static boost::json::value write(const Position& value) { return value.value; }
};
template <>
struct Field<Version> {
  static boost::json::value write(const Version& value) { return value.value; }
};
template <>
struct Field<Recorded> {
  static boost::json::value write(const Recorded& value) { return boost::json::string(value.text()); }
};
template <>
struct Field<Declared> {
  static boost::json::value write(const Declared& value) { return boost::json::string(value.text()); }
};
template <>
struct Field<EventId> {
  static boost::json::value write(const EventId& value) { return boost::json::string(value.text()); }
};

}  // namespace fedatario::ledger

namespace cereal {

template <class Archive>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, fedatario::ledger::TimeOfDay& time) {
  archive(time.minutes);
}

}  // namespace cereal
