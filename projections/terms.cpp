// How something stands in its term.
#include "projections/terms.hpp"

namespace fedatario::projections {
namespace {

TermStatus status_done(const Done& done, ledger::Date last_day, const Circumstances& circumstances) {
  if (done.declared > last_day) return TermStatus::late;
  const auto recorded = done.recorded.day();
  const auto taken = circumstances.calendar.business_days_between(done.declared, recorded);
  const bool late = recorded > last_day && taken > circumstances.procedure.tolerance_days.value && !done.imported;
  return late ? TermStatus::recorded_late : TermStatus::in_time;
}

}  // namespace

TermStanding standing_in_term(ledger::Date due, const std::optional<Done>& done, const Circumstances& circumstances) {
  const auto& calendar = circumstances.calendar;
  const auto last_day = calendar.next_business_day(due);
  TermStanding out;
  out.procedure_version = circumstances.procedure_version;
  if (done) {
    out.status = status_done(*done, last_day, circumstances);
    if (out.status == TermStatus::late)
      out.business_days_late = calendar.business_days_between(last_day, done->declared);
    return out;
  }
  out.business_days_left = calendar.business_days_between(circumstances.day, last_day);
  if (circumstances.day > last_day)
    out.status = TermStatus::overdue;
  else
    out.status = *out.business_days_left <= circumstances.procedure.alert_days.value ? TermStatus::near_term
                                                                                     : TermStatus::in_term;
  return out;
}

}  // namespace fedatario::projections
