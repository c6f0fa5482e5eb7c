// Demands, record files, disposals, personal data and audits: procedure.md sections 6, 8 and 9.
#include <algorithm>

#include "tests/support/invariants.hpp"

namespace fedatario::tests {
namespace {

constexpr int kPublicationDays = 60;

bool is_one_of(const std::string& text, std::initializer_list<std::string_view> all) {
  return std::ranges::find(all, text) != all.end();
}

ledger::Date day(const std::string& text) { return ledger::Date::parse(text).value(); }

bool demands_go_step_by_step(const World& world, const PlainEvent& event) {
  if (event.name[0] != "demand") return true;
  const auto& demand = world.demand(event.stream);
  if (event.type == "demand.received") return demand.stage.empty();
  if (!is_one_of(demand.stage, {"received", "classified", "planned"})) return false;
  if (is_one_of(event.type, {"demand.classified", "demand.transferred", "demand.withdrawn"})) return true;
  return demand.classified && (event.type != "demand.planned" || !demand.orientation);
}

bool extensions_are_at_most_double(const World& world, const PlainEvent& event) {
  if (event.type != "demand.extended") return true;
  const auto& demand = world.demand(event.stream);
  static const std::map<std::string, int> kTerms{
      {"petition", 15}, {"documents_or_information", 10}, {"consultation", 30}, {"between_authorities", 10}};
  const auto term = kTerms.at(demand.kind);
  const auto due = world.calendar.add_business_days(day(demand.received), term);
  const auto latest = world.calendar.add_business_days(day(demand.received), 2 * term);
  const auto present = demand.extended_until.empty() ? due : std::max(due, day(demand.extended_until));
  return day(text(event.data, "date")) <= due && present < day(text(event.data, "until")) &&
         day(text(event.data, "until")) <= latest;
}

bool demands_end_after_their_receipt(const World& world, const PlainEvent& event) {
  if (event.name[0] != "demand" || !event.data.contains("date")) return true;
  return event.type == "demand.received" || world.demand(event.stream).received <= text(event.data, "date");
}

bool documents_enter_open_files(const World& world, const PlainEvent& event) {
  if (event.type != "document.filed") return true;
  const auto& file = world.file(event.stream);
  if (file.documents.contains(text(event.data, "code"))) return false;
  return file.stage == (event.data.contains("supplement") ? "closed" : "open");
}

bool files_go_step_by_step(const World& world, const PlainEvent& event) {
  if (event.name[0] != "file") return true;
  const auto& file = world.file(event.stream);
  const auto& type = event.type;
  if (type == "file.opened") return file.stage.empty();
  if (file.stage.empty()) return false;
  if (is_one_of(type, {"file.closed", "document.withdrawn", "correction.made"})) return file.stage == "open";
  if (type == "file.closed.definitively") return file.stage == "closed";
  if (type == "file.reopened" || type == "transfer.proposed") return file.stage != "open" && !file.transfer;
  if (type == "transfer.received" || type == "transfer.returned") return file.transfer.has_value();
  return true;
}

bool documents_are_there(const World& world, const PlainEvent& event) {
  if (!is_one_of(event.type, {"document.verified", "document.withdrawn", "document.reclassified", "document.migrated"}))
    return true;
  const auto& documents = world.file(event.stream).documents;
  const auto document = documents.find(text(event.data, "code"));
  return document != documents.end() && !document->second.withdrawn &&
         (event.type != "document.verified" || !document->second.verified);
}

bool indexes_count_their_documents(const World& world, const PlainEvent& event) {
  if (event.type != "file.closed" && event.type != "file.closed.definitively") return true;
  const auto size = world.file(event.stream).size();
  return size > 0 && number(event.open, "documents") == size;
}

bool holds_end_once(const World& world, const PlainEvent& event) {
  const auto& holds = world.file(event.stream).holds;
  const auto hold = holds.find(text(event.open, "code"));
  if (event.type == "hold.placed") return hold == holds.end();
  if (event.type == "hold.released") return hold != holds.end() && !hold->second.released;
  return true;
}

bool disposals_go_step_by_step(const World& world, const PlainEvent& event) {
  if (event.name[0] != "disposal") return true;
  const auto& stage = world.disposal(event.stream).stage;
  const auto& type = event.type;
  if (type == "selection.made" || type == "disposal.proposed") return stage.empty();
  if (type == "disposal.published") return stage == "proposed";
  if (is_one_of(type, {"disposal.observed", "disposal.observation.answered", "disposal.approved"}))
    return stage == "published";
  if (type == "disposal.rejected") return stage == "proposed" || stage == "published";
  if (type == "disposal.executed") return is_one_of(stage, {"approved", "executed", "certified"});
  if (type == "disposal.certified") return stage == "executed";
  return is_one_of(stage, {"proposed", "published", "approved"});  // postponed, withdrawn
}

bool disposals_keep_their_inventory(const World& world, const PlainEvent& event) {
  if (event.name[0] != "disposal" || event.type == "disposal.proposed" || !event.open.contains("inventory"))
    return true;
  return text(event.open, "inventory") == world.disposal(event.stream).inventory;
}

bool disposals_are_published_first(const World& world, const PlainEvent& event) {
  if (event.type != "disposal.approved") return true;
  const auto& disposal = world.disposal(event.stream);
  if (disposal.published_on.empty()) return false;
  const auto last = world.calendar.add_business_days(day(disposal.published_on), kPublicationDays);
  return day(text(event.data, "date")) > last &&
         std::ranges::all_of(disposal.observations, [](const auto& one) { return one.second; });
}

bool postponements_are_kept(const World& world, const PlainEvent& event) {
  if (event.type != "disposal.approved" && event.type != "disposal.executed") return true;
  const auto& disposal = world.disposal(event.stream);
  const auto date = text(event.data, "date");
  return date > disposal.postponed_until && (event.type == "disposal.approved" || date >= disposal.approved_on);
}

bool nothing_held_or_open_is_disposed_of(const World& world, const PlainEvent& event) {
  if (!is_one_of(event.type, {"disposal.proposed", "disposal.approved", "disposal.executed"})) return true;
  const auto& disposal = world.disposal(event.stream);
  auto files = disposal.files;
  if (event.type == "disposal.proposed")
    for (const auto& file : texts(event.data, "files")) files.insert("file/" + file);
  return !files.empty() && std::ranges::all_of(files, [&](const std::string& name) {
    const auto& file = world.file(name);
    // Of what is destroyed somewhere already, only a hold keeps the rest.
    const bool disposable = file.stage.starts_with("closed") && !file.transfer;
    return !file.held() && (disposable || !disposal.locations.empty());
  });
}

bool locations_are_emptied_once(const World& world, const PlainEvent& event) {
  if (event.type != "disposal.executed") return true;
  auto known = world.disposal(event.stream).locations;
  const auto& outcomes = list(event.open, "outcomes");
  return !outcomes.empty() && std::ranges::all_of(outcomes, [&](const auto& outcome) {
    return known.insert(text(outcome.get_object(), "location")).second;
  });
}

bool claims_go_step_by_step(const World& world, const PlainEvent& event) {
  if (event.name[0] != "claim") return true;
  const auto& claim = world.claim(event.stream);
  if (event.type == "personal.requested") return claim.stage.empty();
  if (event.type == "personal.decided" || event.type == "personal.extended") return claim.stage == "requested";
  const auto* petition = event.type == "personal.erased" ? "erasure" : "rectification";
  return claim.stage == "decided" && claim.decision == "granted" && claim.petition == petition;
}

bool audits_go_step_by_step(const World& world, const PlainEvent& event) {
  if (event.name[0] != "audit") return true;
  const auto& audit = world.audit(event.stream);
  if (event.type == "audit.opened") return audit.stage.empty();
  if (audit.stage != "open") return false;
  const auto is_open = [&](const std::string& finding) {
    const auto place = audit.findings.find(finding);
    return place != audit.findings.end() && place->second.stage == "open";
  };
  const auto code = text(event.data, "code");
  if (event.type == "finding.recorded") return !audit.findings.contains(code);
  if (event.type.starts_with("finding.")) return is_open(code);
  if (event.type == "action.proposed") return !audit.actions.contains(code) && is_open(text(event.data, "finding"));
  if (event.type.starts_with("action.")) {
    const auto action = audit.actions.find(code);
    if (action == audit.actions.end() || action->second.assessed || !is_open(action->second.finding)) return false;
    return event.type == "action.assessed" || !action->second.completed;
  }
  return true;
}

bool findings_close_when_mended(const World& world, const PlainEvent& event) {
  const auto& audit = world.audit(event.stream);
  if (event.type == "finding.closed") {
    const auto code = text(event.data, "code");
    const auto finding = audit.findings.find(code);
    return finding != audit.findings.end() && finding->second.remedied &&
           std::ranges::all_of(audit.actions, [&](const auto& action) {
             return action.second.finding != code || action.second.assessed;
           });
  }
  if (event.type == "audit.closed")
    return std::ranges::none_of(audit.findings, [](const auto& finding) { return finding.second.stage == "open"; });
  return true;
}

constexpr Invariant kRecords[] = {
    {"demands go step by step", demands_go_step_by_step},
    {"extensions are at most double", extensions_are_at_most_double},
    {"demands end after their receipt", demands_end_after_their_receipt},
    {"documents enter open files", documents_enter_open_files},
    {"files go step by step", files_go_step_by_step},
    {"documents are there", documents_are_there},
    {"indexes count their documents", indexes_count_their_documents},
    {"holds end once", holds_end_once},
    {"disposals go step by step", disposals_go_step_by_step},
    {"disposals keep their inventory", disposals_keep_their_inventory},
    {"disposals are published first", disposals_are_published_first},
    {"postponements are kept", postponements_are_kept},
    {"nothing held or open is disposed of", nothing_held_or_open_is_disposed_of},
    {"locations are emptied once", locations_are_emptied_once},
    {"claims go step by step", claims_go_step_by_step},
    {"audits go step by step", audits_go_step_by_step},
    {"findings close when mended", findings_close_when_mended},
};

}  // namespace

std::span<const Invariant> record_invariants() { return kRecords; }

}  // namespace fedatario::tests
