// What is judged of a trail row when it is looked at: how far what is declared lies from its recording, and whether
// that is further than the procedure in force tolerates. Pure functions of the row and its circumstances; nothing of it
// is stored.
#pragma once

#include "projections/configuration.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

// signed: by the author's own key, «firmado electrónicamente por». session: by the service's, «registrado en sesión
// autenticada de». imported: history that a system recorded.
BOOST_DEFINE_ENUM_CLASS(Attestation, signed_by_author, recorded_in_session, imported)
Attestation attestation_of(const TrailRow& row);

// Recorded more business days after the day declared than are tolerated. Never of history, whose recording is its
// import.
bool is_back_dated(const TrailRow& row, const Circumstances& circumstances);

// A row as it is shown.
struct ShownTrail : TrailRow {
  Attestation attestation{};
  std::int64_t calendar_days = 0;  // from the day declared to the day recorded
  std::int64_t business_days = 0;  // likewise, those of them on which the agency works
  bool back_dated = false;
};
BOOST_DESCRIBE_STRUCT(ShownTrail, (TrailRow), (attestation, calendar_days, business_days, back_dated))

ShownTrail show_trail(TrailRow row, const Circumstances& circumstances);

}  // namespace fedatario::projections
