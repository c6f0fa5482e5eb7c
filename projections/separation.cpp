// The recheck.
#include "projections/separation.hpp"

#include <algorithm>

namespace fedatario::projections {
namespace {

using ledger::Duty;

// Whoever did one of the earlier things of an item does not do the later one.
struct Pair {
  Duty duty{};
  std::string_view later;
  std::string_view earlier[3] = {};  // fewer: the rest are empty
};

constexpr Pair kPairs[] = {
    {Duty::submitter_does_not_verify, "plan.verified", {"plan.submitted"}},
    {Duty::submitter_does_not_verify, "plan.amendment.verified", {"plan.amendment.submitted"}},
    {Duty::submitter_or_verifier_does_not_approve, "plan.approved", {"plan.submitted", "plan.verified"}},
    {Duty::submitter_or_verifier_does_not_approve,
     "plan.amendment.approved",
     {"plan.amendment.submitted", "plan.amendment.verified"}},
    {Duty::presenter_does_not_decide, "strategy.approved", {"strategy.presented"}},
    {Duty::presenter_does_not_decide, "strategy.returned", {"strategy.presented"}},
    {Duty::presenter_does_not_decide, "strategy.amendment.approved", {"strategy.amendment.presented"}},
    {Duty::presenter_does_not_decide, "strategy.amendment.returned", {"strategy.amendment.presented"}},
    {Duty::recorder_does_not_verify_attendance, "attendance.verified", {"session.held", "attendance.recorded"}},
    {Duty::reacher_does_not_validate, "milestone.validated", {"milestone.reached"}},
    {Duty::reacher_does_not_validate, "milestone.rejected", {"milestone.reached"}},
    {Duty::loader_does_not_reconcile, "plan.reconciled", {"plan.registered"}},
    {Duty::proposer_does_not_decide, "action.taken", {"action.proposed"}},
    {Duty::proposer_does_not_decide, "action.rejected", {"action.proposed"}},
    {Duty::proposer_does_not_decide, "transfer.received", {"transfer.proposed"}},
    {Duty::proposer_does_not_decide, "transfer.returned", {"transfer.proposed"}},
    {Duty::proposer_does_not_decide, "disposal.approved", {"disposal.proposed", "selection.made"}},
    {Duty::proposer_does_not_decide, "disposal.rejected", {"disposal.proposed", "selection.made"}},
    {Duty::doer_does_not_assess, "action.assessed", {"action.proposed", "action.taken", "action.completed"}},
    {Duty::filer_does_not_verify, "document.verified", {"document.filed", "document.migrated"}},
    {Duty::placer_does_not_release, "hold.released", {"hold.placed"}},
    {Duty::decider_does_not_execute, "disposal.executed", {"disposal.approved"}},
    {Duty::decider_does_not_execute, "personal.rectified", {"personal.decided"}},
    {Duty::decider_does_not_execute, "personal.erased", {"personal.decided"}},
    {Duty::executor_does_not_certify, "disposal.certified", {"disposal.executed"}},
    {Duty::recorder_does_not_decide, "personal.decided", {"personal.requested"}},
};

// Of these several count together; of all else the last one of an item is what stands.
constexpr std::string_view kCumulative[] = {"session.held",     "attendance.recorded", "action.taken",
                                            "action.completed", "selection.made",      "disposal.proposed",
                                            "disposal.executed"};

// Decisions are no recording of their activity: who took them may control it.
constexpr std::string_view kDecisions[] = {"action.assessed",
                                           "action.rejected",
                                           "attendance.verified",
                                           "mechanism.noted",
                                           "milestone.rejected",
                                           "milestone.validated",
                                           "plan.amendment.approved",
                                           "plan.amendment.returned",
                                           "plan.amendment.verified",
                                           "plan.approved",
                                           "plan.reconciled",
                                           "plan.returned",
                                           "plan.verified",
                                           "strategy.amendment.approved",
                                           "strategy.amendment.returned",
                                           "strategy.approved",
                                           "strategy.returned"};

constexpr std::string_view kControl = "control.performed";

bool among(const auto& list, std::string_view text) { return std::ranges::find(list, text) != std::end(list); }

std::vector<std::string> persons_of(const TrailRow& row) {
  std::vector<std::string> out{row.actor.value};
  if (row.on_behalf) out.push_back(row.on_behalf->value);
  return out;
}

// Without its prefix a transfer, a hold and a session may share a code: the type keeps them apart.
std::string item_of(std::string_view type, const TrailRow& row) {
  std::string out(type);
  if (row.item) out += '/' + row.item->value;
  return out;
}

bool names_item(std::string_view type) {
  const auto* kind = record_kind(type);
  return kind && !kind->codes[0].empty();
}

// The lines a control looked at; empty where it was all.
std::optional<std::vector<std::string>> sample_of(const TrailRow& row) {
  for (const auto& change : row.changes) {
    if (!change.field.value.starts_with("control.") || !change.field.value.ends_with(".sample") || !change.to) continue;
    std::vector<std::string> lines;
    for (std::string_view rest = change.to->value; !rest.empty();) {
      const auto end = rest.find(", ");
      lines.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    }
    return lines;
  }
  return std::nullopt;
}

std::string plan_of(std::string_view stream) {
  const auto name = ledger::segments(stream);
  return "plan/" + std::string(name[1]) + '/' + std::string(name[2]);
}

}  // namespace

void SeparationCheck::see(const TrailRow& row) {
  if (!row.imported) judge(row);
  keep(row);
}

void SeparationCheck::find(Duty duty, const Doings& doings, const TrailRow& row) {
  const auto persons = persons_of(row);
  for (const auto& doing : doings)
    if (std::ranges::find(persons, doing.person) != persons.end())
      findings_.push_back({{std::string(ledger::name_of(duty))},
                           {doing.person},
                           row.stream,
                           row.item,
                           {doing.type},
                           doing.position,
                           row.type,
                           row.position,
                           row.recorded});
}

void SeparationCheck::judge(const TrailRow& row) {
  const auto& type = row.type.value;
  const auto name = ledger::segments(row.stream.value);
  for (const auto& pair : kPairs) {
    if (pair.later != type || (names_item(type) && !row.item)) continue;
    for (const auto earlier : pair.earlier)
      if (const auto known = by_item_.find({row.stream.value, item_of(earlier, row)}); known != by_item_.end())
        find(pair.duty, known->second, row);
  }
  if (type == kControl) judge_control(row);
  if (type == "disposal.executed")
    for (const auto& change : row.changes)
      if (change.field.value == "witness" && change.to)
        find(Duty::executor_does_not_witness, {{change.to->value, type, row.position}}, row);
  if (type.starts_with("actor.role.") || type == "actor.retired")
    find(Duty::nobody_grants_to_himself, {{std::string(name[1]), type, row.position}}, row);
}

void SeparationCheck::judge_control(const TrailRow& row) {
  const auto look = [&](const std::string& stream) {
    if (const auto known = recorders_.find({stream, row.activity}); known != recorders_.end())
      find(Duty::recorder_does_not_control, known->second, row);
  };
  const auto& stream = row.stream.value;
  look(stream);
  if (ledger::kind_of(stream) != "plan") return;
  const auto& interventions = interventions_[stream];
  const auto sample = sample_of(row);
  for (const auto& intervention : interventions)
    if (!sample || among(*sample, ledger::segments(intervention).back())) look(intervention);
}

// A line dropped is controlled no more: "state" of the row's line, "line.0001.state" of one of an amendment's.
void SeparationCheck::forget_line(const TrailRow& row, std::string_view field) {
  if (ledger::kind_of(row.stream.value) != "plan") return;
  std::erase_if(interventions_[row.stream.value], [&](const auto& intervention) {
    const auto line = std::string(ledger::segments(intervention).back());
    return field == "line." + line + ".state" || (field == "state" && row.line && row.line->value == line);
  });
}

void SeparationCheck::keep(const TrailRow& row) {
  const auto& type = row.type.value;
  const auto& stream = row.stream.value;
  const bool line = ledger::kind_of(stream) == "intervention";
  if (line) interventions_[plan_of(stream)].insert(stream);
  for (const auto& change : row.changes)
    if (change.to && change.to->value == "dropped") forget_line(row, change.field.value);
  const auto add = [&](Doings& doings) {
    for (const auto& person : persons_of(row)) doings.push_back({person, type, row.position});
  };
  if (std::ranges::any_of(kPairs, [&](const auto& pair) { return among(pair.earlier, type); }) &&
      (row.item || !names_item(type))) {
    auto& doings = by_item_[{stream, item_of(type, row)}];
    if (!among(kCumulative, type)) doings.clear();
    add(doings);
    // A document migrated is the migrator's to have verified, whoever filed it.
    if (type == "document.migrated") by_item_[{stream, item_of("document.filed", row)}].clear();
  }
  if (row.activity > 0 && type != kControl && !among(kDecisions, type)) add(recorders_[{stream, row.activity}]);
}

std::optional<std::vector<SeparationFinding>> separation_findings(const TrailScope& scope) {
  SeparationCheck check;
  const bool all = for_each_trail(scope.snapshot, scope.filter, scope.as_of, scope.circumstances, scope.max_rows,
                                  [&](const TrailRow& row) {
                                    check.see(row);
                                    return true;
                                  });
  return all ? std::optional(check.take()) : std::nullopt;
}

}  // namespace fedatario::projections
