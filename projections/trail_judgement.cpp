// Judging trail rows.
#include "projections/trail_judgement.hpp"

namespace fedatario::projections {

Attestation attestation_of(const TrailRow& row) {
  if (row.imported) return Attestation::imported;
  return row.signed_by_author ? Attestation::signed_by_author : Attestation::recorded_in_session;
}

bool is_back_dated(const TrailRow& row, const Circumstances& circumstances) {
  if (row.imported) return false;
  const auto declared = row.declared.day(), recorded = row.recorded.day();
  const auto tolerated = int(circumstances.procedure.tolerance_days.value);
  return (recorded - declared).count() > tolerated &&
         recorded > circumstances.calendar.add_business_days(declared, tolerated);
}

ShownTrail show_trail(TrailRow row, const Circumstances& circumstances) {
  ShownTrail shown{std::move(row), {}, 0, 0, false};
  const auto declared = shown.declared.day(), recorded = shown.recorded.day();
  shown.attestation = attestation_of(shown);
  shown.calendar_days = (recorded - declared).count();
  shown.business_days = circumstances.calendar.business_days_between(declared, recorded);
  shown.back_dated = is_back_dated(shown, circumstances);
  return shown;
}

}  // namespace fedatario::projections
