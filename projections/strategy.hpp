// The view `strategy`: what was analysed, prioritised, proposed, settled, decided, reported and closed of each fiscal
// year.
#pragma once

#include "ledger/entry.hpp"
#include "projections/row_parts.hpp"
#include "projections/strategy_rows.hpp"
#include "projections/terms.hpp"

namespace fedatario::projections {

void fold_strategy(Rows& rows, const ledger::Entry& entry);

// By the declared day on which it was sent; of what nobody set a day for there is no status.
struct JudgedAnalysis : AnalysisRow, TermStanding {};
BOOST_DESCRIBE_STRUCT(JudgedAnalysis, (AnalysisRow, TermStanding), ())
JudgedAnalysis judge(const AnalysisRow& row, const Circumstances& circumstances);

}  // namespace fedatario::projections
