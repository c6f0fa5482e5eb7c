// What a plan file says beyond what the ledger has: the statements that bring the plan to the state of the file. Pure.
#pragma once

#include <string>
#include <vector>

#include "tools/drafts.hpp"
#include "tools/plan_sheet.hpp"

namespace fedatario::tools {

struct PlanChangeOptions {
  std::string title;   // of a plan that is not open yet
  std::string reason;  // of lines changed or dropped
  bool drop_missing = false;
};

struct PlanChanges {
  std::vector<Draft> drafts;  // in the order in which they must be recorded
  std::size_t entities = 0, added = 0, changed = 0, dropped = 0, unchanged = 0;
  bool opened = false;               // the plan is opened by the first of them
  std::vector<std::string> missing;  // lines that the ledger has and the file has not, whether dropped or not
};

// `present` and `version`: the plan as the ledger has it. Each statement names the version it must take, so that what
// others record meanwhile makes the import fail instead of mixing with it. Refused: a line whose number was dropped
// before, since a number is not used twice.
boost::system::result<PlanChanges, SheetFaults> compare_plan(const PlanSheet& sheet, const ledger::PlanState& present,
                                                             ledger::Version version, const PlanChangeOptions& options);

}  // namespace fedatario::tools
