// What was declared of the milestones of one line, as of a moment: for one entity or for all. Read with one scan.
#pragma once

#include <map>

#include "projections/execution.hpp"
#include "projections/plan_rows.hpp"
#include "projections/reading.hpp"

namespace fedatario::projections {

class Declarations {
 public:
  Declarations(const ViewStore::Snapshot& snapshot, const Key& line, std::optional<ledger::Position> as_of) {
    for_each_row<MilestoneDeclarationRow>(snapshot, line, as_of, [&](MilestoneDeclarationRow&& row) {
      std::pair place(row.milestone, row.entity.value_or(ledger::Code()));
      rows_.emplace(std::move(place), std::move(row));
    });
  }

  // That by which the milestone is reached for the entity: its own before that for all. Null where there is none.
  const MilestoneDeclarationRow* standing(const ledger::Code& milestone, const ledger::Code& entity) const {
    for (const auto& who : {entity, ledger::Code()})
      if (const auto* row = find(milestone, who); row && row->stage != DeclarationStage::rejected) return row;
    return nullptr;
  }
  bool is_delivered(const LineRow& line, const ledger::Code& entity) const {
    return !line.milestones.empty() && std::ranges::all_of(line.milestones, [&](const MilestoneRow& milestone) {
      return standing(milestone.milestone, entity) != nullptr;
    });
  }
  // How often what was declared for the entity, or for all, was rejected.
  std::int64_t rejections(const ledger::Code& milestone, const ledger::Code& entity) const {
    std::int64_t count = 0;
    for (const auto& who : {entity, ledger::Code()})
      if (const auto* row = find(milestone, who)) count += row->rejections.value;
    return count;
  }

 private:
  const MilestoneDeclarationRow* find(const ledger::Code& milestone, const ledger::Code& entity) const {
    const auto place = rows_.find(std::pair(milestone, entity));
    return place == rows_.end() ? nullptr : &place->second;
  }

  std::map<std::pair<ledger::Code, ledger::Code>, MilestoneDeclarationRow> rows_;  // entity empty: for all
};

}  // namespace fedatario::projections
