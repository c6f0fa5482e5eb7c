// The table of records.
#include "projections/trail_records.hpp"

#include <algorithm>
#include <unordered_map>

#include "ledger/procedure/configuration.hpp"

namespace fedatario::projections {
namespace {

namespace json = boost::json;

constexpr bool kRemembered = true, kWhole = true, kPart = false, kOnce = false;

constexpr RecordKind kKinds[] = {
    // Registers.
    {"actor.key.enrolled", "key", "", {}, kRemembered, kWhole},
    {"actor.registered", "actor", "", {}, kOnce},
    {"actor.role.granted", "grant", "", {"role", "unit"}, kRemembered, kWhole, "granted"},
    {"actor.role.resumed", "grant", "", {"role", "unit"}, kRemembered, kPart, "granted"},
    {"actor.role.revoked", "grant", "", {"role", "unit"}, kRemembered, kPart, "revoked"},
    {"actor.role.suspended", "grant", "", {"role", "unit"}, kRemembered, kPart, "suspended"},
    {"calendar.changed", "day", "", {"date"}, kRemembered, kWhole},
    {"entity.registered", "entity", "", {}, kRemembered, kWhole},
    {"entity.revised", "entity", "", {}, kRemembered, kWhole},
    {"handover.accepted", "handover", "handover", {"code"}, kOnce},
    {"handover.made", "handover", "handover", {"code"}, kOnce},
    {"ledger.key.rotated", "key", "", {"purpose"}, kRemembered, kWhole},
    {"procedure.adopted", "procedure", "", {}, kRemembered, kWhole},
    {"service.offered", "service", "", {}, kRemembered, kWhole},
    {"service.revised", "service", "", {}, kRemembered, kWhole},
    {"unit.closed", "unit", "", {}, kRemembered, kPart},
    {"unit.registered", "unit", "", {}, kRemembered, kPart},
    {"unit.renamed", "unit", "", {}, kRemembered, kPart},
    // Demands.
    {"demand.classified", "classification", "", {}, kRemembered, kWhole},
    {"demand.extended", "extension", "", {}, kRemembered, kWhole},
    {"demand.planned", "planned", "", {}, kRemembered, kWhole},
    // Strategy.
    {"analysis.submitted", "analysis", "analysis", {"unit"}, kRemembered, kWhole},
    {"entity.prioritized", "priority", "priority", {"entity"}, kRemembered, kWhole},
    {"proposal.submitted", "proposal", "proposal", {"unit"}, kRemembered, kWhole},
    {"report.consolidated", "report", "report", {}, kRemembered, kWhole},
    {"strategy.amendment.approved", "amendment", "amendment", {"code"}, kOnce},
    {"strategy.amendment.presented", "amendment", "amendment", {"code"}, kOnce},
    {"strategy.amendment.returned", "amendment", "amendment", {"code"}, kOnce},
    {"strategy.consolidated", "strategy", "", {}, kRemembered, kWhole},
    // Plans.
    {"control.performed", "control", "control", {"activity"}, kOnce},
    {"followup.report.issued", "report", "report", {"code"}, kRemembered, kWhole},
    {"plan.amendment.approved", "amendment", "amendment", {"code"}, kOnce},
    {"plan.amendment.returned", "amendment", "amendment", {"code"}, kOnce},
    {"plan.amendment.submitted", "amendment", "amendment", {"code"}, kOnce},
    {"plan.amendment.verified", "amendment", "amendment", {"code"}, kOnce},
    {"plan.difference.resolved", "difference", "difference", {"system", "line"}, kOnce},
    {"plan.line.joined", "joined", "joined", {"lead_unit", "lead_line"}, kOnce},
    {"plan.reconciled", "reconciliation", "reconciliation", {"system"}, kOnce},
    {"plan.registered", "registration", "registration", {"system"}, kRemembered, kWhole},
    {"training.given", "training", "training", {"code"}, kRemembered, kWhole},
    // Interventions; actions and findings of audits too.
    {"action.assessed", "action", "action", {"code"}, kOnce},
    {"action.completed", "action", "action", {"code"}, kOnce},
    {"action.progressed", "progress", "action", {"code"}, kRemembered, kWhole},
    {"action.proposed", "action", "action", {"code"}, kOnce},
    {"action.rejected", "action", "action", {"code"}, kOnce},
    {"action.taken", "action", "action", {"code"}, kOnce},
    {"alert.closed", "alert", "alert", {"code"}, kOnce},
    {"alert.raised", "alert", "alert", {"code"}, kOnce},
    {"attendance.recorded", "attendance", "attendance", {"session"}, kRemembered, kWhole},
    {"attendance.verified", "attendance", "attendance", {"session"}, kOnce},
    {"budget.executed", "payment", "payment", {"code"}, kRemembered, kWhole},
    {"commitment.cancelled", "commitment", "commitment", {"code"}, kOnce},
    {"commitment.changed", "commitment", "commitment", {"code"}, kRemembered, kPart},
    {"commitment.fulfilled", "commitment", "commitment", {"code"}, kOnce},
    {"contact.recorded", "contact", "contact", {"code"}, kRemembered, kWhole},
    {"finding.answered", "finding", "finding", {"code"}, kOnce},
    {"finding.closed", "finding", "finding", {"code"}, kOnce},
    {"finding.disputed", "finding", "finding", {"code"}, kOnce},
    {"finding.recorded", "finding", "finding", {"code"}, kOnce},
    {"finding.withdrawn", "finding", "finding", {"code"}, kOnce},
    {"followup.recorded", "followup", "followup", {"code"}, kRemembered, kWhole},
    {"impact.evaluated", "impact", "impact", {}, kRemembered, kWhole},
    {"intervention.rescheduled", "schedule", "schedule", {}, kRemembered, kWhole},
    {"mechanism.noted", "session", "session", {"session"}, kOnce},
    {"milestone.reached", "milestone", "milestone", {"milestone", "entity"}, kRemembered, kWhole},
    {"milestone.rejected", "milestone", "milestone", {"milestone", "entity"}, kOnce},
    {"milestone.validated", "milestone", "milestone", {"milestone", "entity"}, kOnce},
    {"satisfaction.evaluated", "satisfaction", "satisfaction", {}, kRemembered, kWhole},
    {"session.cancelled", "session", "session", {"code"}, kOnce},
    {"session.held", "session", "session", {"code"}, kRemembered, kWhole},
    // Records.
    {"disposal.observation.answered", "observation", "observation", {"code"}, kOnce},
    {"disposal.observed", "observation", "observation", {"code"}, kOnce},
    {"document.filed", "document", "document", {"code"}, kRemembered, kPart},
    {"document.migrated", "document", "document", {"code"}, kRemembered, kPart},
    {"document.reclassified", "document", "document", {"code"}, kRemembered, kPart},
    {"document.verified", "verification", "verification", {"code"}, kOnce},
    {"document.withdrawn", "document", "document", {"code"}, kOnce},
    {"file.opened", "file", "", {}, kRemembered, kPart},
    {"file.reclassified", "file", "", {}, kRemembered, kPart},
    {"file.related", "relation", "relation", {"file"}, kOnce},
    {"hold.placed", "hold", "hold", {"code"}, kOnce},
    {"hold.released", "hold", "hold", {"code"}, kOnce},
    {"retention.changed", "retention", "retention", {}, kRemembered, kWhole},
};

// What a session promises, until it is changed.
constexpr RecordKind kCommitment{"session.held", "commitment", "commitment", {"code"}, kRemembered, kWhole};
constexpr std::string_view kCommitments = "commitments";

Texts texts_of(const json::object* open, const json::object* data) {
  Texts texts;
  if (open) append_texts(texts, "", *open);
  if (data) append_texts(texts, "", *data);
  return texts;
}

std::string text_named(const Texts& texts, std::string_view name) {
  const auto found = std::ranges::find(texts, name, &NamedText::name);
  return found == texts.end() ? std::string() : found->text;
}

StatedRecord record_of(const RecordKind* kind, Texts texts) {
  StatedRecord record{kind, {}, std::move(texts)};
  if (!kind) return record;
  for (const auto field : kind->codes)
    if (auto code = field.empty() ? std::string() : text_named(record.texts, field); !code.empty())
      record.codes.push_back(std::move(code));
  if (!kind->shown.empty())
    std::erase_if(record.texts, [&](const auto& text) {
      return !text.name.empty() && std::ranges::find(kind->codes, text.name) != std::end(kind->codes);
    });
  if (!kind->state.empty()) record.texts.push_back({"state", std::string(kind->state)});
  return record;
}

// Takes the items of a list out of an event's texts, a record each.
void take_items(Texts& texts, std::string_view list, const RecordKind& kind, std::vector<StatedRecord>& out) {
  const auto prefix = std::string(list) + '.';
  Texts rest;
  std::vector<std::pair<std::string, Texts>> items;
  for (auto& text : texts) {
    const auto name = std::string_view(text.name);
    // Codes have points in them: the member is what follows the last.
    const auto point = name.rfind('.');
    if (!name.starts_with(prefix) || point < prefix.size()) {
      rest.push_back(std::move(text));
      continue;
    }
    const auto code = name.substr(prefix.size(), point - prefix.size());
    if (items.empty() || items.back().first != code) items.emplace_back(std::string(code), Texts());
    items.back().second.push_back({std::string(name.substr(point + 1)), std::move(text.text)});
  }
  texts = std::move(rest);
  for (auto& [code, item] : items) out.push_back(record_of(&kind, std::move(item)));
}

}  // namespace

const RecordKind* record_kind(std::string_view type) {
  static const auto by_type = [] {
    std::unordered_map<std::string_view, const RecordKind*> out;
    for (const auto& kind : kKinds) out.emplace(kind.type, &kind);
    return out;
  }();
  const auto found = by_type.find(type);
  return found == by_type.end() ? nullptr : found->second;
}

std::string StatedRecord::item() const {
  std::string out;
  for (const auto& code : codes) out += (out.empty() ? "" : kind->family == "grant" ? "@" : "/") + code;
  return out;
}

std::string StatedRecord::prefix() const {
  if (!kind || kind->shown.empty()) return {};
  std::string out(kind->shown);
  for (const auto& code : codes) out += '.' + code;
  return out + '.';
}

Key StatedRecord::key(std::string_view stream) const {
  // Each version of the procedure is a stream of its own, and changes the one before.
  const bool one_of_all = ledger::kind_of(stream) == ledger::ProcedureState::kKind;
  Key key = one_of_all ? Key{} / ledger::kind_of(stream) : key_of(stream);
  if (kind) key /= kind->family;
  for (const auto& code : codes) key /= code;
  return key;
}

std::vector<StatedRecord> stated_records(std::string_view type, const json::object* open, const json::object* data) {
  const auto* kind = record_kind(type);
  auto texts = texts_of(open, data);
  std::vector<StatedRecord> further;
  if (type == kCommitment.type) take_items(texts, kCommitments, kCommitment, further);
  std::vector<StatedRecord> out;
  out.push_back(record_of(kind, std::move(texts)));
  std::ranges::move(further, std::back_inserter(out));
  return out;
}

}  // namespace fedatario::projections
