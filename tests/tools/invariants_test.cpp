// That every invariant can fail: for each a tiny history whose last event breaks it, and nothing before does.
#include "tests/support/invariants.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "crypto/json.hpp"

using namespace fedatario;
using namespace fedatario::tests;

namespace {

namespace json = boost::json;

// [by, stream, type, data, more]: by is "actor role@unit"; more overrides members of the statement, and says `open`,
// `day`, `position`, `stands_at` (the version) and `prev`. What is not said is as it should be.
PlainEvent event_of(const json::value& said, const World& world) {
  const auto& parts = said.get_array();
  const std::string by(parts.at(0).get_string());
  PlainEvent event;
  if (parts.size() > 3) event.data = parts[3].get_object();
  const auto more = parts.size() > 4 ? parts[4].get_object() : json::object();
  const auto day = more.contains("day") ? text(more, "day") : std::string("2026-03-02");
  event.position = more.contains("position") ? std::uint64_t(number(more, "position")) : world.size;
  event.recorded_at = {ledger::first_instant(ledger::Date::parse(day).value()).micros + std::int64_t(world.size)};
  event.statement = {{"actor", by.substr(0, by.find(' '))},
                     {"as", by.substr(by.find(' ') + 1)},
                     {"at", day + "T00:00:00-05:00"},
                     {"id", "id-" + std::to_string(world.size)},
                     {"key", "service"},
                     {"stream", parts.at(1)},
                     {"type", parts.at(2)}};
  for (const auto& member : more) event.statement[member.key()] = member.value();
  const auto tip = world.streams.find(text(event.statement, "stream"));
  event.hash = "hash-" + std::to_string(world.size);
  event.version = 1;
  if (tip != world.streams.end()) {
    event.version = tip->second.version + 1;
    event.prev = tip->second.hash;
  }
  if (more.contains("stands_at")) event.version = std::uint64_t(number(more, "stands_at"));
  if (more.contains("prev")) event.prev = text(more, "prev");
  return read_statement(std::move(event));
}

struct Case {
  std::string_view invariant;
  const char* history;
};

constexpr Case kCases[] = {
    {"positions are dense", R"([["a r","unit/u","t"],["a r","unit/u","t",{},{"position":2}]])"},
    {"time does not run back", R"([["a r","unit/u","t"],["a r","unit/u","t",{},{"day":"2026-03-01"}]])"},
    {"streams are chains", R"([["a r","unit/u","t"],["a r","unit/u","t",{},{"stands_at":3}]])"},
    {"streams are chains", R"([["a r","unit/u","t"],["a r","unit/u","t",{},{"prev":"other"}]])"},
    {"streams are chains", R"([["a r","unit/u","t",{},{"prev":"some"}]])"},
    {"ids are new", R"([["a r","unit/u","t"],["a r","unit/v","t",{},{"id":"id-0"}]])"},
    {"causes came before", R"([["a r","unit/u","t",{},{"cause":"id-7"}]])"},
    {"nothing is declared ahead", R"([["a r","unit/u","t",{},{"at":"2026-03-02T00:06:00-05:00"}]])"},
    {"the founding comes first", R"([["a r","unit/u","t"]])"},
    {"the founding comes first",
     R"([["f administrator","ledger","ledger.founded"],["f administrator","ledger","ledger.founded"]])"},

    {"authors are known", R"([["a r","unit/u","t"]])"},
    {"authors are known", R"([["f r","actor/a","actor.registered",{}, {"actor":"ledger"}],
      ["ledger r","actor/a","actor.retired"],["a r","unit/u","t"]])"},
    {"authors are known", R"([["ledger r","actor/a","actor.registered"],["a r","unit/u","t",{},{"for":"b"}]])"},
    {"roles are in force", R"([["a archive","unit/u","t"]])"},
    {"roles are in force", R"([["ledger ledger","actor/a","actor.role.granted",{},
      {"open":{"role":"archive","from":"2026-01-01","until":"2026-03-01"}}],["a archive","unit/u","t"]])"},
    {"roles are in force", R"([["ledger ledger","actor/a","actor.role.granted",{},
      {"open":{"role":"archive","from":"2026-03-03"}}],["a archive","unit/u","t"]])"},
    {"roles are in force", R"([["ledger ledger","actor/a","actor.role.granted",{},
      {"open":{"role":"director","unit":"u","from":"2026-01-01"}}],["a director@v","unit/u","t"]])"},
    {"roles are in force", R"([["ledger ledger","actor/a","actor.role.granted",{},
      {"open":{"role":"archive","from":"2026-01-01"}}],["a archive","unit/u","t"],
      ["ledger ledger","actor/a","actor.role.suspended",{},{"open":{"role":"archive"}}],["a archive","unit/u","t"]])"},
    {"roles are in force", R"([["ledger ledger","actor/a","actor.role.granted",{},
      {"open":{"role":"archive","from":"2026-01-01"}}],
      ["ledger ledger","actor/a","actor.role.revoked",{},{"open":{"role":"archive"}}],["a archive","unit/u","t"]])"},
    {"roles are in force", R"([["ledger ledger","actor/a","actor.role.granted",{},
      {"open":{"role":"archive","from":"2026-01-01","title":"delegation","stands_in_for":"c"}}],
      ["a archive","unit/u","t",{},{"for":"c"}],["a archive","unit/u","t",{},{"for":"b"}]])"},
    {"roles reach the stream", R"([["ledger ledger","actor/a","actor.role.granted",{},
      {"open":{"role":"director","unit":"u","from":"2026-01-01"}}],["a director@u","plan/2026/u","t"],
      ["a director@u","plan/2026/v","t"]])"},
    {"roles reach the stream", R"([["ledger ledger","actor/a","actor.role.granted",{},
      {"open":{"role":"director","unit":"u","from":"2026-01-01"}}],["a director@u","intervention/2026/v/1","session.held"]])"},
    {"roles reach the stream", R"([["ledger ledger","actor/a","actor.role.granted",{},
      {"open":{"role":"professional","unit":"u","from":"2026-01-01","lines":["1"]}}],
      ["a professional@u","intervention/2026/u/1","t"],["a professional@u","intervention/2026/u/2","t"]])"},
    {"roles reach the stream", R"([["ledger ledger","actor/a","actor.role.granted",{},
      {"open":{"role":"professional","unit":"u","from":"2026-01-01","departments":["05"]}}],
      ["ledger ledger","entity/e","entity.registered",{"divipola":"08001"}],
      ["ledger ledger","plan/2026/u","plan.line.added",{"line":"1","entity":"e"}],
      ["a professional@u","intervention/2026/u/1","t"]])"},
    {"units speak for their own", R"([["a director@u","file/f","file.opened",{"unit":"u"}],
      ["b director@v","file/f","document.filed"]])"},
    {"units speak for their own", R"([["a director@u","demand/d","demand.classified",{"unit":"u"}],
      ["b director@v","demand/d","demand.answered"]])"},
    {"keys are their authors'", R"([["a archive","unit/u","t",{},{"key":"mine"}]])"},
    {"keys are their authors'",
     R"([["ledger ledger","actor/a","actor.key.enrolled",{},{"key":"","open":{"public_key":"k"}}],
      ["a archive","unit/u","t",{},{"key":"k"}],["a archive","unit/u","t",{},{"key":""}]])"},
    {"keys are their authors'",
     R"([["ledger ledger","actor/a","actor.key.enrolled",{},{"key":"","open":{"public_key":"k"}}],
      ["a archive","unit/u","t",{},{"key":"k"}],
      ["ledger ledger","actor/a","actor.key.revoked",{},{"key":"","open":{"key":"k"}}],
      ["a archive","unit/u","t",{},{"key":"k"}]])"},
    {"keys are their authors'", R"([["a administrator","actor/b","actor.retired",{},{"key":""}]])"},
    {"nobody grants to himself", R"([["a administrator","actor/b","actor.role.granted"],
      ["a administrator","actor/a","actor.role.granted"]])"},
    {"nobody grants to himself", R"([["a administrator","actor/b","actor.role.granted",{},{"for":"b"}]])"},
    {"nobody grants to himself",
     R"([["a administrator","actor/a","actor.key.enrolled",{},{"open":{"ground":"rotation"}}],
      ["a administrator","actor/a","actor.key.enrolled",{},{"open":{"ground":"first"}}]])"},
    {"nobody grants to himself",
     R"([["a administrator","actor/a","actor.key.revoked",{},{"key":"k","open":{"key":"k"}}]])"},
    {"roles exclude each other", R"([["f administrator","actor/a","actor.role.granted",{},
      {"open":{"role":"control_office","from":"2026-01-01"}}],
      ["f administrator","actor/a","actor.role.granted",{},{"open":{"role":"archive","from":"2026-01-01"}}]])"},
    {"roles exclude each other", R"([["f administrator","actor/a","actor.role.granted",{},
      {"open":{"role":"archive","from":"2026-01-01","until":"2026-06-30"}}],
      ["f administrator","actor/a","actor.role.granted",{},{"open":{"role":"administrator","from":"2026-06-30"}}]])"},
    {"administrators only administer",
     R"([["a administrator","actor/b","actor.retired"],["a administrator","unit/u","t"]])"},
    {"administrators only administer", R"([["a archive","actor/b","actor.retired"]])"},
    {"the control office only audits", R"([["a control_office","audit/a","audit.opened"],
      ["a control_office","file/f","hold.placed"],["a control_office","file/f","document.filed"]])"},
    {"committees alone approve", R"([["a subdirection","strategy/2026","strategy.approved"]])"},
    {"committees alone approve", R"([["a archive","disposal/d","disposal.rejected"]])"},
    {"the ledger speaks of itself alone", R"([["a archive","attempts/b","attempt.refused"]])"},
    {"the ledger speaks of itself alone", R"([["ledger ledger","unit/u","unit.registered"]])"},

    {"submitters do not verify",
     R"([["a director@u","plan/2026/u","plan.submitted"],["a subdirection","plan/2026/u","plan.verified"]])"},
    {"submitters do not verify", R"([["a director@u","plan/2026/u","plan.submitted",{},{"for":"b"}],
      ["b subdirection","plan/2026/u","plan.verified"]])"},
    {"submitters do not verify", R"([["a director@u","plan/2026/u","plan.amendment.submitted",{"code":"1"}],
      ["a subdirection","plan/2026/u","plan.amendment.verified",{"code":"1"}]])"},
    {"submitters and verifiers do not approve", R"([["a director@u","plan/2026/u","plan.submitted"],
      ["b subdirection","plan/2026/u","plan.verified"],["a director@u","plan/2026/u","plan.approved"]])"},
    {"submitters and verifiers do not approve", R"([["a director@u","plan/2026/u","plan.submitted"],
      ["b subdirection","plan/2026/u","plan.verified"],["c director@u","plan/2026/u","plan.approved",{},{"for":"b"}]])"},
    {"submitters and verifiers do not approve",
     R"([["a director@u","plan/2026/u","plan.amendment.submitted",{"code":"1"}],
      ["b subdirection","plan/2026/u","plan.amendment.verified",{"code":"1"}],
      ["b subdirection","plan/2026/u","plan.amendment.approved",{"code":"1"}]])"},
    {"presenters do not decide", R"([["a subdirection","strategy/2026","strategy.presented"],
      ["a committee","strategy/2026","strategy.returned"]])"},
    {"presenters do not decide", R"([["f administrator","actor/b","actor.registered",{"unit":"sub"}],
      ["a subdirection","strategy/2026","strategy.amendment.presented",{"code":"1","office":"sub"}],
      ["b committee","strategy/2026","strategy.amendment.approved",{"code":"1"}]])"},
    {"lists are verified by others", R"([["a professional@u","intervention/2026/u/1","session.held",{"code":"s"}],
      ["b professional@u","intervention/2026/u/1","attendance.recorded",{"session":"s"}],
      ["a director@u","intervention/2026/u/1","attendance.verified",{"session":"s"}]])"},
    {"lists are verified by others", R"([["a professional@u","intervention/2026/u/1","session.held",{"code":"s"}],
      ["c director@u","intervention/2026/u/1","correction.made",{"type":"session.held","corrected":{"code":"s"}}],
      ["c director@u","intervention/2026/u/1","attendance.verified",{"session":"s"}]])"},
    {"milestones are judged by others",
     R"([["a professional@u","intervention/2026/u/1","milestone.reached",{"milestone":"m"}],
      ["a director@u","intervention/2026/u/1","milestone.validated",{"milestone":"m"}]])"},
    {"proposers of actions do not decide", R"([["a director@u","intervention/2026/u/1","action.proposed",{"code":"1"}],
      ["a director@u","intervention/2026/u/1","action.taken",{"code":"1"}]])"},
    {"proposers of actions do not decide", R"([["a director@u","audit/1","action.proposed",{"code":"1"}],
      ["a control_office","audit/1","action.assessed",{"code":"1"}]])"},
    {"doers do not assess", R"([["a director@u","intervention/2026/u/1","action.taken",{"code":"1"}],
      ["b director@u","intervention/2026/u/1","action.completed",{"code":"1"}],
      ["b director@u","intervention/2026/u/1","action.assessed",{"code":"1"}]])"},
    {"doers do not assess", R"([["a director@u","audit/1","action.proposed",{"code":"1"}],
      ["b director@u","audit/1","action.progressed",{"code":"1"}],["b control_office","audit/1","action.assessed",{"code":"1"}]])"},
    {"loaders do not reconcile", R"([["a professional@u","plan/2026/u","plan.registered",{"system":"sgi","sha256":"1"}],
      ["a professional@u","plan/2026/u","plan.reconciled",{"system":"sgi"}]])"},
    {"recorders do not control", R"([["a subdirection","strategy/2026","strategy.presented"],
      ["a subdirection","strategy/2026","control.performed",{"activity":1}],
      ["a subdirection","strategy/2026","control.performed",{"activity":3}]])"},
    {"recorders do not control", R"([["b director@u","plan/2026/u","plan.line.added",{"line":"1"}],
      ["a professional@u","intervention/2026/u/1","session.held",{"code":"s"}],
      ["a director@u","plan/2026/u","control.performed",{"activity":8,"sample":["2"]}],
      ["a director@u","plan/2026/u","control.performed",{"activity":8}]])"},
    {"filers do not verify",
     R"([["a archive","file/f","document.filed",{"code":"1"}],["a archive","file/f","document.verified",{"code":"1"}]])"},
    {"placers do not release", R"([["a legal","file/f","hold.placed",{},{"open":{"code":"h"}}],
      ["a legal","file/f","hold.released",{},{"open":{"code":"h"}}]])"},
    {"transfers are answered by others",
     R"([["a director@u","file/f","transfer.proposed"],["a archive","file/f","transfer.returned"]])"},
    {"disposals are decided by others",
     R"([["a archive","disposal/d","selection.made"],["b archive","disposal/d","disposal.proposed"],
      ["a archive_committee","disposal/d","disposal.rejected"]])"},
    {"disposals take three",
     R"([["a archive_committee","disposal/d","disposal.approved"],["a archive","disposal/d","disposal.executed"]])"},
    {"disposals take three", R"([["a archive","disposal/d","disposal.executed",{"witness":"a"}]])"},
    {"disposals take three",
     R"([["a archive","disposal/d","disposal.executed",{"witness":"b"}],["a archive","disposal/d","disposal.certified"]])"},
    {"claims pass from hand to hand",
     R"([["a legal","claim/c","personal.requested"],["a legal","claim/c","personal.decided"]])"},
    {"claims pass from hand to hand",
     R"([["a legal","claim/c","personal.requested"],["b legal","claim/c","personal.decided"],
      ["b archive","claim/c","personal.erased"]])"},

    {"strategies go step by step", R"([["a r","strategy/2026","strategy.presented"]])"},
    {"strategies go step by step", R"([["a r","strategy/2026","strategy.amendment.presented",{"code":"1"}]])"},
    {"what was presented is decided", R"([["a r","strategy/2026","strategy.presented",{},{"open":{"presented":""}}],
      ["b r","strategy/2026","strategy.approved",{},{"open":{"presented":"x"}}]])"},
    {"majorities decide",
     R"([["a r","strategy/2026","strategy.approved",{"quorum":3,"votes_for":1,"votes_against":1}]])"},
    {"majorities decide", R"([["a r","disposal/d","disposal.rejected",{"quorum":3,"votes_for":2,"votes_against":2}]])"},
    {"plans follow an approved strategy", R"([["a r","plan/2026/u","plan.opened"]])"},
    {"plans go step by step", R"([["a r","plan/2026/u","plan.opened"],["a r","plan/2026/u","plan.verified"]])"},
    {"plans go step by step", R"([["a r","plan/2026/u","plan.opened"],["a r","plan/2026/u","plan.submitted"],
      ["a r","plan/2026/u","plan.approved"]])"},
    {"plans go step by step",
     R"([["a r","plan/2026/u","plan.opened"],["a r","plan/2026/u","plan.registered",{"system":"sgi"}]])"},
    {"lines are drafted", R"([["a r","plan/2026/u","plan.opened"],["a r","plan/2026/u","plan.line.added",{"line":"1"}],
      ["a r","plan/2026/u","plan.submitted"],["a r","plan/2026/u","plan.line.changed",{"line":"1"}]])"},
    {"lines are drafted", R"([["a r","plan/2026/u","plan.opened"],["a r","plan/2026/u","plan.line.added",{"line":"1"}],
      ["a r","plan/2026/u","plan.line.dropped",{"line":"1"}],["a r","plan/2026/u","plan.line.added",{"line":"1"}]])"},
    {"amendments go step by step", R"([["a r","plan/2026/u","plan.amendment.submitted",{"code":"1"}],
      ["a r","plan/2026/u","plan.amendment.approved",{"code":"1"}]])"},
    {"amendments find their lines", R"([["a r","plan/2026/u","plan.line.added",{"line":"1"}],
      ["a r","plan/2026/u","plan.amendment.submitted",{"code":"1","dropped":[{"line":"1"}]}],
      ["a r","intervention/2026/u/1","intervention.scheduled"],["a r","plan/2026/u","plan.amendment.approved",{"code":"1"}]])"},
    {"lines stay in their year",
     R"([["a r","plan/2026/u","plan.line.added",{"start":"2026-02-01","end":"2027-01-01"}]])"},
    {"lines stay in their year", R"([["a r","plan/2026/u","plan.amendment.submitted",{"changed":[{"start":"2026-02-01",
      "end":"2026-03-01","milestones":[{"milestone":"m","due":"2026-03-02"}]}]}]])"},
    {"closings add up", R"([["a r","plan/2026/u","plan.line.added",{"line":"1"}],
      ["a r","strategy/2026","vigencia.closed",{"units":[{"unit":"u","carried":["1"],"delivered":1}]}]])"},
    {"closed years rest",
     R"([["a r","strategy/2026","vigencia.closed"],["a r","intervention/2026/u/1","impact.evaluated"],
      ["a r","intervention/2026/u/1","session.held"]])"},
    {"nothing happened tomorrow", R"([["a r","intervention/2026/u/1","session.cancelled",{"date":"2026-03-03"}],
      ["a r","intervention/2026/u/1","session.held",{"date":"2026-03-03"}]])"},

    {"work is on an approved line", R"([["a r","intervention/2026/u/1","intervention.scheduled"]])"},
    {"work goes step by step", R"([["a r","intervention/2026/u/1","session.held"]])"},
    {"work goes step by step", R"([["a r","intervention/2026/u/1","intervention.scheduled"],
      ["a r","intervention/2026/u/1","intervention.suspended"],["a r","intervention/2026/u/1","milestone.reached"]])"},
    {"work goes step by step", R"([["a r","intervention/2026/u/1","intervention.cancelled"],
      ["a r","intervention/2026/u/1","action.taken"]])"},
    {"teams are not empty", R"([["a r","intervention/2026/u/1","intervention.scheduled",{"team":[]}]])"},
    {"milestones are reached in order", R"([["a r","service/s","service.offered",{"any_order":false}],
      ["a r","plan/2026/u","plan.line.added",{"line":"1","service":"s","entity":"e","milestones":[{"milestone":"m1"},{"milestone":"m2"}]}],
      ["a r","intervention/2026/u/1","milestone.reached",{"milestone":"m2"}]])"},
    {"milestones are reached in order", R"([["a r","service/s","service.offered",{"any_order":true}],
      ["a r","plan/2026/u","plan.line.added",{"line":"1","service":"s","entity":"e","milestones":[{"milestone":"m1"},{"milestone":"m2"}]}],
      ["a r","intervention/2026/u/1","milestone.reached",{"milestone":"m2"}],
      ["a r","intervention/2026/u/1","milestone.reached",{"milestone":"m2","entity":"e"}]])"},
    {"milestones are judged once reached", R"([["a r","intervention/2026/u/1","milestone.reached",{"milestone":"m"}],
      ["a r","intervention/2026/u/1","milestone.rejected",{"milestone":"m"}],
      ["a r","intervention/2026/u/1","milestone.validated",{"milestone":"m"}]])"},
    {"completion takes all milestones", R"([
      ["a r","plan/2026/u","plan.line.added",{"line":"1","entity":"e","other_entities":["f"],"milestones":[{"milestone":"m"}]}],
      ["a r","intervention/2026/u/1","milestone.reached",{"milestone":"m","entity":"e"}],
      ["a r","intervention/2026/u/1","intervention.completed"]])"},
    {"completion has its document", R"([["a r","service/s","service.offered",{"kind":"training"}],
      ["a r","plan/2026/u","plan.line.added",{"line":"1","service":"s"}],
      ["a r","intervention/2026/u/1","intervention.completed",{"document":{"kind":"report"}}],
      ["a r","intervention/2026/u/1","intervention.completed",{"document":{"kind":"opinion"}}]])"},
    {"evaluations come in their time", R"([["a r","intervention/2026/u/1","intervention.scheduled"],
      ["a r","intervention/2026/u/1","impact.evaluated"]])"},
    {"evaluations come in their time", R"([["a r","intervention/2026/u/1","intervention.scheduled"],
      ["a r","intervention/2026/u/1","satisfaction.evaluated"],["a r","intervention/2026/u/1","satisfaction.evaluated"]])"},
    {"scores are on their scale", R"([["a r","intervention/2026/u/1","satisfaction.evaluated",
      {"score_hundredths":1,"scale_hundredths":5,"respondents":9,"attendees":8}]])"},
    {"scores are on their scale", R"([["a r","intervention/2026/u/1","correction.made",
      {"type":"impact.evaluated","corrected":{"score_hundredths":6,"scale_hundredths":5}}]])"},
    {"lists fit their sessions", R"([["a r","intervention/2026/u/1","session.held",{"code":"s","attendees":8}],
      ["a r","intervention/2026/u/1","attendance.recorded",{"session":"s","listed":9}]])"},
    {"lists fit their sessions", R"([["a r","intervention/2026/u/1","session.held",{"code":"s","attendees":8}],
      ["a r","intervention/2026/u/1","attendance.recorded",{"session":"s","listed":8}],
      ["a r","intervention/2026/u/1","correction.made",{"type":"session.held","corrected":{"code":"s","attendees":7}}]])"},
    {"lists fit their sessions", R"([["a r","intervention/2026/u/1","session.held",{"code":"s","attendees":8}],
      ["a r","intervention/2026/u/1","attendance.verified",{"session":"s"}]])"},
    {"other mechanisms are described",
     R"([["a r","intervention/2026/u/1","session.held",{"code":"s","mechanism":"other"}]])"},
    {"commitments end once",
     R"([["a r","intervention/2026/u/1","session.held",{"code":"s","commitments":[{"code":"c"}]}],
      ["a r","intervention/2026/u/1","commitment.changed",{"code":"c"}],
      ["a r","intervention/2026/u/1","commitment.fulfilled",{"code":"c"}],
      ["a r","intervention/2026/u/1","commitment.cancelled",{"code":"c"}]])"},
    {"actions go step by step", R"([["a r","intervention/2026/u/1","action.proposed",{"code":"1"}],
      ["a r","intervention/2026/u/1","action.progressed",{"code":"1"}]])"},
    {"actions go step by step", R"([["a r","intervention/2026/u/1","action.proposed",{"code":"1","changes":[]}],
      ["b r","intervention/2026/u/1","action.taken",{"code":"1","changes":[{"field":"end"}]}]])"},
    {"professionals move no terms",
     R"([["a professional@u","intervention/2026/u/1","action.taken",{"code":"1","changes":[{"field":"end"}]}]])"},
    {"actions start from what is",
     R"([["a r","plan/2026/u","plan.line.added",{"line":"1","start":"2026-02-01","end":"2026-03-01"}],
      ["a r","intervention/2026/u/1","action.taken",{"code":"1","changes":[{"field":"end","from":"2026-03-01","to":"2026-04-01"}]}],
      ["a r","intervention/2026/u/1","action.taken",{"code":"2","changes":[{"field":"end","from":"2026-03-01","to":"2026-05-01"}]}]])"},
    {"actions leave dates in the year",
     R"([["a r","plan/2026/u","plan.line.added",{"line":"1","start":"2026-02-01","end":"2026-03-01"}],
      ["a r","intervention/2026/u/1","action.taken",{"code":"1","changes":[{"field":"end","from":"2026-03-01","to":"2027-04-01"}]}]])"},
    {"rescheduling stays in the line",
     R"([["a r","plan/2026/u","plan.line.added",{"line":"1","start":"2026-02-01","end":"2026-03-01"}],
      ["a r","intervention/2026/u/1","intervention.rescheduled",{"start":"2026-02-01","end":"2026-03-02"}]])"},
    {"evidence is there", R"([["a r","intervention/2026/u/1","milestone.reached",{"milestone":"m","evidence":[]}]])"},

    {"demands go step by step",
     R"([["a r","demand/d","demand.received",{"date":"2026-03-02"}],["a r","demand/d","demand.answered"]])"},
    {"demands go step by step",
     R"([["a r","demand/d","demand.received",{"date":"2026-03-02"}],["a r","demand/d","demand.classified"],
      ["a r","demand/d","demand.answered"],["a r","demand/d","demand.transferred"]])"},
    {"extensions are at most double", R"([["a r","demand/d","demand.received",{"date":"2026-03-02"}],
      ["a r","demand/d","demand.classified",{"kind":"petition"}],
      ["a r","demand/d","demand.extended",{"date":"2026-03-03","until":"2026-04-16"}],
      ["a r","demand/d","demand.extended",{"date":"2026-03-03","until":"2026-04-17"}]])"},
    {"demands end after their receipt", R"([["a r","demand/d","demand.received",{"date":"2026-03-02"}],
      ["a r","demand/d","demand.answered",{"date":"2026-03-01"}]])"},
    {"documents enter open files", R"([["a r","file/f","file.opened"],["a r","file/f","document.filed",{"code":"1"}],
      ["a r","file/f","file.closed"],["a r","file/f","document.filed",{"code":"2","supplement":{}}],
      ["a r","file/f","document.filed",{"code":"3"}]])"},
    {"documents enter open files", R"([["a r","file/f","file.opened"],["a r","file/f","document.filed",{"code":"1"}],
      ["a r","file/f","document.filed",{"code":"1"}]])"},
    {"files go step by step",
     R"([["a r","file/f","file.opened"],["a r","file/f","file.closed"],["a r","file/f","document.withdrawn"]])"},
    {"files go step by step", R"([["a r","file/f","file.opened"],["a r","file/f","file.closed.definitively"]])"},
    {"documents are there",
     R"([["a r","file/f","document.filed",{"code":"1"}],["a r","file/f","document.withdrawn",{"code":"1"}],
      ["a r","file/f","document.verified",{"code":"1"}]])"},
    {"indexes count their documents",
     R"([["a r","file/f","document.filed",{"code":"1"}],["a r","file/f","document.filed",{"code":"2"}],
      ["a r","file/f","document.withdrawn",{"code":"1"}],["a r","file/f","file.closed",{},{"open":{"documents":2}}]])"},
    {"holds end once",
     R"([["a r","file/f","hold.placed",{},{"open":{"code":"h"}}],["b r","file/f","hold.released",{},{"open":{"code":"h"}}],
      ["b r","file/f","hold.released",{},{"open":{"code":"h"}}]])"},
    {"disposals go step by step",
     R"([["a r","disposal/d","disposal.proposed"],["a r","disposal/d","disposal.approved"]])"},
    {"disposals go step by step",
     R"([["a r","disposal/d","disposal.proposed"],["a r","disposal/d","disposal.published"],
      ["a r","disposal/d","disposal.executed"]])"},
    {"disposals keep their inventory", R"([["a r","disposal/d","disposal.proposed",{},{"open":{"inventory":"i"}}],
      ["a r","disposal/d","disposal.published",{},{"open":{"inventory":"j"}}]])"},
    {"disposals are published first", R"([["a r","disposal/d","disposal.published",{"date":"2026-03-02"}],
      ["a r","disposal/d","disposal.approved",{"date":"2026-06-03"}],["a r","disposal/d","disposal.approved",{"date":"2026-05-29"}]])"},
    {"disposals are published first", R"([["a r","disposal/d","disposal.published",{"date":"2026-03-02"}],
      ["a r","disposal/d","disposal.observed",{"code":"o"}],["a r","disposal/d","disposal.approved",{"date":"2026-09-01"}]])"},
    {"postponements are kept", R"([["a r","disposal/d","disposal.postponed",{"until":"2026-04-01"}],
      ["a r","disposal/d","disposal.approved",{"date":"2026-04-01"}]])"},
    {"nothing held or open is disposed of", R"([["a r","file/f","file.opened"],["a r","file/f","file.closed"],
      ["a r","disposal/d","disposal.proposed",{"files":["f"]}],["a r","file/f","hold.placed",{},{"open":{"code":"h"}}],
      ["a r","disposal/d","disposal.executed"]])"},
    {"nothing held or open is disposed of",
     R"([["a r","file/f","file.opened"],["a r","disposal/d","disposal.proposed",{"files":["f"]}]])"},
    {"locations are emptied once",
     R"([["a r","disposal/d","disposal.executed",{},{"open":{"outcomes":[{"location":"paper"}]}}],
      ["a r","disposal/d","disposal.executed",{},{"open":{"outcomes":[{"location":"paper"}]}}]])"},
    {"claims go step by step", R"([["a r","claim/c","personal.requested",{"petition":"erasure"}],
      ["a r","claim/c","personal.decided",{},{"open":{"decision":"refused"}}],["a r","claim/c","personal.erased"]])"},
    {"claims go step by step", R"([["a r","claim/c","personal.requested",{"petition":"erasure"}],
      ["a r","claim/c","personal.extended"],["a r","claim/c","personal.decided",{},{"open":{"decision":"refused"}}],
      ["a r","claim/c","personal.extended"]])"},
    {"audits go step by step", R"([["a r","audit/a","audit.opened"],["a r","audit/a","finding.recorded",{"code":"1"}],
      ["a r","audit/a","finding.withdrawn",{"code":"1"}],["a r","audit/a","finding.answered",{"code":"1"}]])"},
    {"findings close when mended",
     R"([["a r","audit/a","audit.opened"],["a r","audit/a","finding.recorded",{"code":"1"}],
      ["a r","audit/a","audit.closed"]])"},
    {"findings close when mended",
     R"([["a r","audit/a","audit.opened"],["a r","audit/a","finding.recorded",{"code":"1"}],
      ["a r","audit/a","finding.closed",{"code":"1"}]])"},
};

}  // namespace

TEST_CASE("Every invariant finds what breaks it") {
  const auto invariants = all_invariants();
  std::set<std::string_view> broken;
  for (const auto& one : kCases) {
    CAPTURE(one.invariant, one.history);
    const auto invariant = std::ranges::find(invariants, one.invariant, &Invariant::name);
    REQUIRE(invariant != invariants.end());
    const auto history = crypto::parse_json(one.history, {});
    REQUIRE(history.has_value());
    World world;
    const auto& events = history->get_array();
    for (std::size_t i = 0; i < events.size(); ++i) {
      const auto event = event_of(events[i], world);
      INFO("event " << i);

      CHECK(invariant->holds(world, event) == (i + 1 < events.size()));
      world.take(event);
    }
    broken.insert(one.invariant);
  }
  for (const auto& invariant : invariants) {
    INFO(invariant.name);
    CHECK(broken.contains(invariant.name));
  }
}
