// The file against the ledger, line by line.
#include "tools/plan_changes.hpp"

#include <set>

namespace fedatario::tools {
namespace {

template <class Event>
Event line_event(const ledger::PlanLine& fields) {
  Event event;
  static_cast<ledger::PlanLine&>(event) = fields;
  return event;
}

class Comparison {
 public:
  Comparison(const PlanSheet& sheet, const ledger::PlanState& present, ledger::Version version,
             const PlanChangeOptions& options)
      : sheet_(sheet), present_(present), version_(version), options_(options) {}

  boost::system::result<PlanChanges, SheetFaults> run() {
    if (present_.stage == ledger::PlanStage::none) {
      say(ledger::PlanOpened{ledger::Title{options_.title}}, sheet_.lines.front().line);
      out_.opened = true;
    }
    std::set<std::string> in_file;
    for (const auto& line : sheet_.lines) {
      in_file.insert(line.fields.line.value);
      compare(line);
    }
    if (!faults_.faults.empty()) return faults_;
    for (const auto& [code, fields] : present_.lines)
      if (!in_file.contains(code)) missing(code);
    return std::move(out_);
  }

 private:
  void say(ledger::Body body, std::size_t row) {
    version_.value++;
    out_.drafts.push_back({ledger::plan_stream(sheet_.fiscal_year, sheet_.unit), std::move(body), row, version_});
  }

  void compare(const PlanSheetLine& line) {
    const auto& code = line.fields.line.value;
    if (line.new_entity) {
      out_.drafts.push_back({"entity/" + line.new_entity->code, line.new_entity->fields, line.line, {}});
      ++out_.entities;
    }
    if (present_.dropped.contains(code)) {
      faults_.faults.push_back({line.line,
                                "Línea",
                                {"la línea " + code + " se retiró del plan y su número no se usa de nuevo: ponga otro",
                                 "line " + code +
                                     " was dropped from the plan and its number is not used again: give "
                                     "another"}});
      return;
    }
    const auto found = present_.lines.find(code);
    if (found == present_.lines.end()) {
      say(line_event<ledger::PlanLineAdded>(line.fields), line.line);
      ++out_.added;
    } else if (found->second != line.fields) {
      auto event = line_event<ledger::PlanLineChanged>(line.fields);
      event.reason.value = options_.reason;
      say(std::move(event), line.line);
      ++out_.changed;
    } else {
      ++out_.unchanged;
    }
  }

  void missing(const std::string& code) {
    out_.missing.push_back(code);
    if (!options_.drop_missing) return;
    // A line that the file has not got stands in no row of it: the header's is given.
    say(ledger::PlanLineDropped{{{code}, {options_.reason}}}, 1);
    ++out_.dropped;
  }

  const PlanSheet& sheet_;
  const ledger::PlanState& present_;
  ledger::Version version_;
  const PlanChangeOptions& options_;
  PlanChanges out_;
  SheetFaults faults_;
};

}  // namespace

boost::system::result<PlanChanges, SheetFaults> compare_plan(const PlanSheet& sheet, const ledger::PlanState& present,
                                                             ledger::Version version,
                                                             const PlanChangeOptions& options) {
  return Comparison(sheet, present, version, options).run();
}

}  // namespace fedatario::tools
