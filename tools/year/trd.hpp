// The retention schedule [tabla de retención documental, TRD] of the year, and what its rows are called.
#pragma once

#include <string>
#include <string_view>

#include "ledger/procedure/schedules.hpp"
#include "tools/year/story.hpp"

namespace fedatario::tools {

inline constexpr std::string_view kScheduleVersion = "1";

// Rows: of a directorate's assistance; of papers kept a year and eliminated; of those selected from.
std::string assistance_row(int unit);
inline constexpr std::string_view kEliminatedRow = "sg-planillas";
inline constexpr std::string_view kSelectedRow = "sg-encuestas";
inline constexpr std::string_view kGeneralRow = "sub-informes";

ledger::ScheduleAdopted retention_schedule(const Story& story, Random& random);

}  // namespace fedatario::tools
