// A log in memory of entries made from structs: no signatures, no rules, only what folds read. Positions are dense, a
// stream's versions too; each leaf hash depends on all before it, so that logs that differ once differ ever after.
#pragma once

#include <map>
#include <mutex>
#include <random>

#include "crypto/hash.hpp"
#include "ledger/entry.hpp"
#include "ledger/procedure/all.hpp"

namespace fedatario::tests {

inline ledger::Date date(int year, unsigned month, unsigned day) {
  return ledger::Date::make(year, month, day).value();
}

class EntryLog {
 public:
  // What is said about an entry beside its body.
  struct Said {
    std::string actor = "profesional.ddo.1";
    std::string as = "professional@ddo";
    bool destroyed = false;
    bool signed_by_author = false;
    bool imported = false;
    std::optional<ledger::Declared> at = {};  // else an hour before it is recorded
  };

  explicit EntryLog(std::string origin = "libro.example") : origin_(std::move(origin)) {}

  ledger::Entry add(const std::string& stream, const ledger::Body& body) { return add(stream, body, Said{}); }
  ledger::Entry add(const std::string& stream, const ledger::Body& body, const Said& said) {
    const std::lock_guard lock(mutex_);
    ledger::Entry entry;
    auto& statement = entry.event.statement;
    statement.actor = said.actor;
    statement.as = ledger::Capacity::parse(said.as).value();
    entry.event.position = {entries_.size()};
    const auto micros = 1'767'225'600'000'000 + std::int64_t(entries_.size()) * 60'000'000;
    entry.event.recorded_at = {micros};
    statement.at = said.at.value_or(ledger::Declared{micros / 1'000'000 - 3600, ledger::kColombiaOffsetMin});
    entry.leaf_hash =
        crypto::sha256(origin_ + std::to_string(entries_.size()) + stream + std::string(body.type().type) +
                       crypto::Bytes(entries_.empty() ? "" : entries_.back().leaf_hash.view()));
    std::copy_n(entry.leaf_hash.bytes.begin(), 16, statement.id.bytes.begin());
    statement.stream = stream;
    statement.type = body.type().type;
    statement.schema = body.type().schema;
    statement.open = ledger::write_open(body);
    entry.event.version = {++versions_[stream].value};
    entry.body = said.destroyed ? ledger::empty_body(statement).value() : body;
    entry.destroyed = said.destroyed;
    entry.signed_by_author = said.signed_by_author;
    entry.imported = said.imported;
    entries_.push_back(entry);
    return entry;
  }

  std::uint64_t size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
  }
  ledger::Entry at(std::uint64_t position) const {
    const std::lock_guard lock(mutex_);
    return entries_.at(position);
  }
  std::vector<ledger::Entry> read(ledger::Position from, std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    const auto begin = std::min<std::uint64_t>(from.value, entries_.size());
    const auto end = std::min<std::uint64_t>(begin + limit, entries_.size());
    return {entries_.begin() + std::ptrdiff_t(begin), entries_.begin() + std::ptrdiff_t(end)};
  }
  ledger::EntryReader reader() const {
    return [this](ledger::Position from, std::size_t limit) { return read(from, limit); };
  }

 private:
  const std::string origin_;
  mutable std::mutex mutex_;
  std::vector<ledger::Entry> entries_;
  std::map<std::string, ledger::Version> versions_;
};

// A line in three milestones, from February to June 2026.
inline ledger::PlanLine sample_line(const std::string& code) {
  ledger::PlanLine line;
  line.line = {code};
  line.entity = {"divipola-05021"};
  line.service = {"at-ddo-01"};
  line.theme = {"Rediseño institucional"};
  line.responsible = {"profesional.ddo.1"};
  line.budget_cop = {12'000'000};
  line.start = date(2026, 2, 2);
  line.end = date(2026, 6, 30);
  line.milestones = {
      {date(2026, 3, 2), {"diagnostico"}}, {date(2026, 4, 30), {"propuesta"}}, {date(2026, 6, 30), {"concepto"}}};
  return line;
}

// Events of a few plans in an order that need not be admitted: folds take whatever comes. Some have lost their content.
inline void add_random_events(EntryLog& log, std::mt19937& random, std::size_t count) {
  const auto pick = [&](int below) { return int(random() % unsigned(below)); };
  static const char* const kMilestones[] = {"diagnostico", "propuesta", "concepto", "otro"};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string unit = pick(2) ? "ddo" : "dep-pub";
    const std::string plan = std::string("plan/") + (pick(4) ? "2026/" : "2025/") + unit;
    const std::string code = "000" + std::to_string(pick(4));
    const std::string intervention = "intervention" + plan.substr(4) + "/" + code;
    EntryLog::Said said;
    said.actor = "actor." + std::to_string(pick(3));
    said.destroyed = pick(20) == 0;
    auto line = sample_line(code);
    line.budget_cop = {pick(1000)};
    if (pick(10) == 0) line.other_entities.emplace(std::size_t(pick(500)), ledger::Code{std::string(40, 'e')});
    switch (pick(14)) {
      case 0:
        log.add(plan, ledger::PlanOpened{{"Plan"}}, said);
        break;
      case 1:
        log.add(plan, ledger::PlanLineAdded{line}, said);
        break;
      case 2:
        log.add(plan, ledger::PlanLineChanged{line, {std::string(std::size_t(1 + pick(4000)), 'm')}}, said);
        break;
      case 3:
        log.add(plan, ledger::PlanLineDropped{{{code}, {"ya no"}}}, said);
        break;
      case 4:
        log.add(plan, ledger::PlanSubmitted{{3}}, said);
        break;
      case 5:
        log.add(plan, ledger::PlanVerified{}, said);
        break;
      case 6:
        log.add(plan, ledger::PlanReturned{{"falta"}}, said);
        break;
      case 7:
        log.add(plan, ledger::PlanApproved{{"Acta 3"}}, said);
        break;
      case 8:
        log.add(intervention, ledger::InterventionScheduled{{}, {}, {}, {{"profesional.ddo.1"}}}, said);
        break;
      case 9: {
        ledger::SessionHeld session;
        session.code = {"s-" + std::to_string(log.size())};
        session.attendees = {pick(100)};
        session.date = date(2026, 3, unsigned(1 + pick(28)));
        log.add(intervention, session, said);
        break;
      }
      case 10: {
        ledger::MilestoneReached reached;
        reached.milestone = {kMilestones[pick(4)]};
        reached.date = date(2026, 3, unsigned(1 + pick(28)));
        log.add(intervention, reached, said);
        break;
      }
      case 11: {
        ledger::ActionTaken action;
        action.code = {"a" + std::to_string(pick(100))};
        action.changes = {{{"milestone.propuesta"}, {"2026-04-30"}, {"2026-05-1" + std::to_string(pick(10))}}};
        action.reason = {std::string(std::size_t(1 + pick(4000)), 'r')};
        log.add(intervention, action, said);
        break;
      }
      case 12:
        log.add(intervention, ledger::InterventionCompleted{date(2026, 6, 1), {}}, said);
        break;
      default: {
        ledger::EntityRevised revised;
        revised.name = {"Alcaldía " + std::to_string(pick(3))};
        log.add("entity/divipola-05021", revised, said);
      }
    }
  }
}

}  // namespace fedatario::tests
