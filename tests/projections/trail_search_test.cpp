// Searches of the trail held against a reader who looks at every event.
#include "projections/trail_search.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "ledger/text.hpp"
#include "projections/queries.hpp"
#include "projections/trail_judgement.hpp"
#include "tests/support/folded.hpp"
#include "tests/support/trail_log.hpp"

using namespace fedatario;
using namespace fedatario::projections;
using ledger::Position;
using tests::EntryLog;
using tests::Folded;

namespace {

using Positions = std::vector<std::uint64_t>;

EntryLog& random_log() {
  static EntryLog log;
  static const bool filled = [] {
    std::mt19937 random(2026);
    tests::add_trail_events(log, random, 600);
    return true;
  }();
  (void)filled;
  return log;
}

const Folded& folded() {
  static const Folded all(random_log());
  return all;
}

// The lines that named the entity up to there, from the events alone.
std::set<std::string> lines_of(const std::string& entity, Position as_of) {
  std::set<std::string> lines;
  std::map<std::pair<std::string, std::string>, ledger::PlanAmendmentSubmitted> amendments;
  for (std::uint64_t at = 0; at <= as_of.value; ++at) {
    const auto entry = random_log().at(at);
    if (entry.destroyed) continue;
    const auto& stream = entry.event.statement.stream;
    const auto note = [&](const ledger::PlanLine& line) {
      for (const auto& code : ledger::entities_of(line))
        if (code.value == entity) lines.insert(stream.substr(5) + "/" + line.line.value);
    };
    if (const auto* added = entry.body.get_if<ledger::PlanLineAdded>()) note(*added);
    if (const auto* changed = entry.body.get_if<ledger::PlanLineChanged>()) note(*changed);
    if (const auto* submitted = entry.body.get_if<ledger::PlanAmendmentSubmitted>())
      amendments[{stream, submitted->code.value}] = *submitted;
    if (const auto* approved = entry.body.get_if<ledger::PlanAmendmentApproved>())
      if (const auto known = amendments.find({stream, approved->code.value}); known != amendments.end())
        for (const auto& line : known->second.changed) note(line);
    if (const auto* reached = entry.body.get_if<ledger::MilestoneReached>())
      if (reached->entity && reached->entity->value == entity) lines.insert(stream.substr(13));
  }
  return lines;
}

bool contains_folded(const std::optional<ledger::Text>& text, std::string_view part) {
  return text && ledger::fold_accents(text->value).find(part) != std::string::npos;
}

// Every condition by itself, of the events where they say it.
bool asked_for(const TrailFilter& filter, const TrailRow& row, const ledger::Entry& entry,
               const std::set<std::string>& entity_lines, const Circumstances& now) {
  const auto& statement = entry.event.statement;
  const auto name = ledger::segments(statement.stream);
  const bool line_stream = name[0] == "plan" || name[0] == "intervention";
  const auto any = [](const auto& wanted, const auto& one) {
    return wanted.empty() || std::ranges::find(wanted, one) != wanted.end();
  };
  const std::string subject = name[0] == "attempts" ? std::string(name[1]) : "";
  if (!any(filter.actors, statement.actor) && (subject.empty() || !any(filter.actors, subject))) return false;
  if (filter.as && statement.as.text() != *filter.as && ledger::name_of(statement.as.role) != *filter.as) return false;
  if (filter.title && row.title != filter.title) return false;
  if (filter.on_behalf && statement.on_behalf != filter.on_behalf) return false;
  if (filter.unit) {
    if (line_stream ? name[2] != *filter.unit : !row.unit || row.unit->value != *filter.unit) return false;
  }
  if (filter.fiscal_year && (!(line_stream || name[0] == "strategy") || name[1] != std::to_string(*filter.fiscal_year)))
    return false;
  std::set<std::string> lines;
  if (row.line) lines.insert(row.line->value);
  for (const auto& line : row.lines) lines.insert(line.value);
  if (filter.line && !lines.contains(*filter.line)) return false;
  if (filter.stream && statement.stream != *filter.stream) return false;
  if (!any(filter.types, statement.type)) return false;
  if (filter.activity && row.activity != *filter.activity) return false;
  if (filter.field && std::ranges::none_of(row.changes, [&](const auto& change) {
        const auto& field = change.field.value;
        return field == *filter.field || field.ends_with("." + *filter.field) || field.starts_with(*filter.field + ".");
      }))
    return false;
  const auto declared = statement.at.day(), recorded = entry.event.recorded_at.day();
  if ((filter.declared_from && declared < *filter.declared_from) ||
      (filter.declared_to && *filter.declared_to < declared))
    return false;
  if ((filter.recorded_from && recorded < *filter.recorded_from) ||
      (filter.recorded_to && *filter.recorded_to < recorded))
    return false;
  if (filter.signed_by_author && (entry.imported || entry.signed_by_author != *filter.signed_by_author)) return false;
  if (filter.imported && entry.imported != *filter.imported) return false;
  if (filter.after_approval && row.after_approval != *filter.after_approval) return false;
  if (filter.retroactive && row.retroactive != *filter.retroactive) return false;
  if (filter.back_dated) {
    int business = 0;
    for (auto day = declared + std::chrono::days(1); day <= recorded; day = day + std::chrono::days(1))
      business += now.calendar.is_business_day(day);
    const bool late = !entry.imported && business > now.procedure.tolerance_days.value;
    // A day of rest after the last one tolerated is late too.
    const bool rest = !entry.imported && business == now.procedure.tolerance_days.value &&
                      !now.calendar.is_business_day(recorded) && (recorded - declared).count() > business;
    if ((late || rest) != *filter.back_dated) return false;
  }
  if (filter.duty && !(row.attempt && row.attempt->duty && row.attempt->duty->value == *filter.duty)) return false;
  if (filter.text) {
    const auto part = ledger::fold_accents(*filter.text);
    bool found = contains_folded(row.reason, part) ||
                 (row.act && ledger::fold_accents(row.act->value).find(part) != std::string::npos) ||
                 (row.action && ledger::fold_accents(row.action->cause.value).find(part) != std::string::npos);
    for (const auto& change : row.changes)
      found |= contains_folded(change.from, part) || contains_folded(change.to, part);
    if (!found) return false;
  }
  if (filter.entity) {
    bool found = row.entity && row.entity->value == *filter.entity;
    for (const auto& line : lines)
      found |= line_stream && entity_lines.contains(std::string(name[1]) + "/" + std::string(name[2]) + "/" + line);
    if (!found) return false;
  }
  return true;
}

Positions all_asked_for(const TrailFilter& filter, Position as_of, const Circumstances& now) {
  const auto snapshot = folded().store.snapshot();
  const auto lines = filter.entity ? lines_of(*filter.entity, as_of) : std::set<std::string>();
  Positions out;
  for (std::uint64_t at = 0; at <= as_of.value; ++at)
    if (asked_for(filter, trail_at(snapshot, {at}).value(), random_log().at(at), lines, now)) out.push_back(at);
  return out;
}

// Every page, put together.
Positions searched(const TrailFilter& filter, TrailOrder order, Position as_of, std::size_t limit,
                   const Circumstances& now, const TrailBounds& bounds) {
  const auto snapshot = folded().store.snapshot();
  Positions out;
  PageRequest request{as_of, {}, limit};
  for (int pages = 0; pages < 5'000; ++pages) {
    const auto page = search_trail(snapshot, filter, order, request, now, bounds);
    CHECK(page.as_of == as_of);
    CHECK(page.rows.size() <= limit);
    CHECK(page.looked_at <= bounds.rows);
    for (const auto& row : page.rows) out.push_back(row.position.value);
    if (!page.next) return out;
    REQUIRE(page.next != request.after);
    request.after = *page.next;
  }
  FAIL("the pages do not end");
  return out;
}

class Drawing {
 public:
  explicit Drawing(unsigned seed) : random_(seed) {}
  int pick(int below) { return int(random_() % unsigned(below)); }

  TrailFilter filter() {
    TrailFilter out;
    const auto maybe = [&] { return pick(6) == 0; };
    const auto day = [&] { return tests::date(2026, unsigned(1 + pick(12)), unsigned(1 + pick(28))); };
    if (maybe()) out.actors = {actor()};
    if (maybe() && pick(2)) out.actors.push_back(actor());
    if (maybe()) out.as = pick(2) ? "director" : "professional@ddo";
    if (maybe() && pick(2)) out.title = ledger::GrantTitle(pick(5));
    if (maybe() && pick(2)) out.on_behalf = actor();
    if (maybe()) out.entity = "entidad-" + std::to_string(pick(5));
    if (maybe()) out.unit = pick(2) ? "ddo" : "dep";
    if (maybe()) out.fiscal_year = 2026 + pick(2);
    if (maybe() && pick(2)) out.line = "000" + std::to_string(pick(3));
    if (maybe() && pick(2)) out.stream = pick(2) ? "intervention/2026/ddo/0001" : "demand/d1";
    if (maybe()) out.types = {pick(2) ? "action.taken" : "session.held"};
    if (maybe() && pick(2)) out.types.push_back("correction.made");
    if (maybe() && pick(2)) out.field = pick(2) ? "end" : "commitment.c1";
    if (maybe() && pick(2)) out.activity = pick(14);
    if (maybe()) out.declared_from = day();
    if (maybe() && pick(2)) out.declared_to = day();
    if (maybe()) out.recorded_from = day();
    if (maybe() && pick(2)) out.recorded_to = day();
    if (maybe() && pick(2)) out.signed_by_author = pick(2) == 0;
    if (maybe() && pick(2)) out.imported = pick(2) == 0;
    if (maybe() && pick(2)) out.after_approval = pick(2) == 0;
    if (maybe() && pick(2)) out.back_dated = pick(2) == 0;
    if (maybe() && pick(2)) out.retroactive = pick(2) == 0;
    if (maybe() && pick(4) == 0) out.duty = "submitter_does_not_verify";
    if (maybe()) out.text = pick(2) ? "APLAZO" : "digitacion";
    return out;
  }

 private:
  std::string actor() { return "actor." + std::to_string(pick(5)); }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("a search finds what a reader of every event finds, in either order, by pages of any size, at any position") {
  Drawing draw(7);
  std::size_t found = 0;
  for (int round = 0; round < 1'500; ++round) {
    const auto filter = draw.filter();
    const Position as_of{std::uint64_t(draw.pick(int(random_log().size())))};
    const auto snapshot = folded().store.snapshot();
    const auto now = circumstances_at(snapshot, as_of, tests::date(2026, 12, 31));
    auto expected = all_asked_for(filter, as_of, now);
    found += expected.size();
    const auto order = draw.pick(2) ? TrailOrder::oldest_first : TrailOrder::newest_first;
    if (order == TrailOrder::newest_first) std::ranges::reverse(expected);
    const std::size_t limit = std::size_t(1 + draw.pick(30));
    TrailBounds bounds;
    if (draw.pick(2)) bounds = {std::uint64_t(1 + draw.pick(20)), std::uint64_t(1 + draw.pick(60))};
    INFO("round " << round << ", as of " << as_of.value << ", by " << limit);
    CHECK(searched(filter, order, as_of, limit, now, bounds) == expected);
    // What indexes answer alone is told without reading a row.
    if (is_indexed(filter)) {
      TrailCandidates candidates(snapshot, filter, TrailOrder::oldest_first, as_of);
      Positions places;
      for (auto from = candidates.first(); from;) {
        const auto place = candidates.next(*from, SIZE_MAX);
        if (!place) break;
        places.push_back(place->position.value);
        from = Position{place->position.value + 1};
      }
      if (order == TrailOrder::newest_first) std::ranges::reverse(places);
      CHECK(places == expected);
    }
  }
  CHECK(found > 10'000);
}

TEST_CASE("a page says how far it looked, and ends where it has looked at enough") {
  const auto snapshot = folded().store.snapshot();
  const auto now = circumstances_at(snapshot, {}, tests::date(2026, 12, 31));
  TrailFilter filter;
  filter.text = "esto no lo dice nadie";
  const auto page = search_trail(snapshot, filter, TrailOrder::oldest_first, {.limit = 10}, now, {.rows = 50});
  CHECK(page.rows.empty());
  CHECK(page.looked_at == 50);
  CHECK(page.reached == Position{49});
  REQUIRE(page.next);
  const auto back = search_trail(snapshot, filter, TrailOrder::newest_first, {.limit = 10}, now, {.rows = 50});
  CHECK(back.reached == Position{random_log().size() - 50});
  const auto all = search_trail(snapshot, filter, TrailOrder::newest_first, {.limit = 10}, now, {});
  CHECK_FALSE(all.next);
  CHECK_FALSE(all.reached);
  CHECK(all.looked_at == random_log().size());
}

TEST_CASE("what no name can be is found nowhere") {
  const auto snapshot = folded().store.snapshot();
  const auto now = circumstances_at(snapshot, {}, tests::date(2026, 12, 31));
  const std::string odd("a\0b", 3);
  const auto rows = [&](const TrailFilter& filter) {
    return search_trail(snapshot, filter, TrailOrder::newest_first, {.limit = 10}, now, {}).rows.size();
  };
  CHECK(rows({}) == 10);
  for (const auto& text : {odd, std::string(), std::string("plan/2026"), std::string(300, 'x')}) {
    CHECK(rows({.actors = {text}}) == 0);
    CHECK(rows({.entity = text}) == 0);
    CHECK(rows({.unit = text}) == 0);
    CHECK(rows({.stream = text}) == 0);
    CHECK(rows({.types = {text}}) == 0);
    CHECK(rows({.unit = "ddo", .fiscal_year = 2026, .line = text}) == 0);
  }
}

TEST_CASE("nothing is found before anything is folded") {
  const EntryLog empty;
  const Folded nothing(empty);
  const auto snapshot = nothing.store.snapshot();
  const auto now = circumstances_at(snapshot, {}, tests::date(2026, 12, 31));
  const auto page = search_trail(snapshot, {}, TrailOrder::newest_first, {}, now, {});
  CHECK(page.rows.empty());
  CHECK_FALSE(page.next);
}
