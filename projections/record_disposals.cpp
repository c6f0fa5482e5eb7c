// The part of `records` that folds the streams `disposal/{code}` and what they make of files, and `claim/{code}`.
#include <algorithm>
#include <set>

#include "ledger/visit.hpp"
#include "projections/records.hpp"

namespace fedatario::projections {
namespace {

using ledger::Code;
using ledger::Entry;

constexpr std::size_t kLocations = boost::mp11::mp_size<boost::describe::describe_enumerators<ledger::Location>>::value;

struct DisposalFold {
  Rows& rows;
  const Entry& entry;
  Key key;
  DisposalRow row;

  ledger::Date declared() const { return entry.event.statement.at.day(); }
};

template <class Change>
void change_file(DisposalFold& fold, const Code& file, Change change) {
  auto row = fold.rows.get<FileRow>(Key{} / file.value);
  if (!row) return;
  change(*row);
  row->last_change = fold.entry.event.position;
  fold.rows.put(Key{} / file.value, *row);
}

void list(DisposalFold& fold, const Code& file, DisposalPart part) {
  const auto number = std::uint64_t(++fold.row.listed.value);
  fold.rows.put(fold.key / ledger::Position{number},
                DisposalFileRow{fold.row.disposal, file, part, fold.entry.event.position});
}

// Every file listed, those selected and those of the inventory.
template <class Change>
void change_files(DisposalFold& fold, Change change) {
  for (std::int64_t number = 1; number <= fold.row.listed.value; ++number)
    if (const auto listed = fold.rows.get<DisposalFileRow>(fold.key / ledger::Position{std::uint64_t(number)}))
      change_file(fold, listed->file, [&](FileRow& file) { change(file, listed->part); });
}

// As if it had never been: another disposal begins anew.
void let_go(DisposalFold& fold) {
  change_files(fold, [&](FileRow& file, DisposalPart) {
    std::erase(file.disposals, fold.row.disposal);
    if (file.selection && file.selection->disposal == fold.row.disposal) file.selection.reset();
  });
}

void apply(DisposalFold& fold, const ledger::SelectionMade& event) {
  fold.row.selected = fold.declared();
  if (fold.entry.destroyed) return;
  const std::set<Code> kept(event.kept.begin(), event.kept.end());
  for (const auto& file : event.files) {
    const bool keeps = kept.contains(file);
    ++fold.row.considered.value;
    if (keeps) ++fold.row.kept.value;
    list(fold, file, keeps ? DisposalPart::kept : DisposalPart::not_kept);
    change_file(fold, file, [&](FileRow& row) { row.selection = FileSelection{fold.row.disposal, keeps}; });
  }
}

void apply(DisposalFold& fold, const ledger::DisposalProposed& event) {
  fold.row.stage = DisposalStage::proposed;
  fold.row.inventory = event.open.inventory;
  fold.row.proposed = fold.declared();
  if (fold.entry.destroyed) return;
  fold.row.files = {std::int64_t(event.files.size())};
  for (const auto& file : event.files) {
    list(fold, file, DisposalPart::proposed);
    change_file(fold, file, [&](FileRow& row) { row.disposals.push_back(fold.row.disposal); });
  }
}

void apply(DisposalFold& fold, const ledger::DisposalPublished& event) {
  fold.row.stage = DisposalStage::published;
  if (fold.entry.destroyed) return;
  fold.row.published = event.date;
  fold.row.address = event.address;
}

void apply(DisposalFold& fold, const ledger::DisposalObserved& event) {
  if (!fold.entry.destroyed) fold.row.observations.push_back({event.code, event.date, {}});
}

void apply(DisposalFold& fold, const ledger::DisposalObservationAnswered& event) {
  if (fold.entry.destroyed) return;
  const auto found = std::ranges::find(fold.row.observations, event.code, &DisposalObservation::code);
  if (found != fold.row.observations.end()) found->answered = fold.declared();
}

void apply(DisposalFold& fold, const ledger::DisposalPostponed& event) {
  if (!fold.entry.destroyed) fold.row.postponed_until = event.until;
}

void apply(DisposalFold& fold, const ledger::DisposalWithdrawn&) {
  fold.row.stage = DisposalStage::withdrawn;
  fold.row.withdrawn = fold.declared();
  let_go(fold);
}

void decide(DisposalFold& fold, const ledger::CommitteeSession& session, DisposalStage stage) {
  fold.row.stage = stage;
  if (fold.entry.destroyed) return;
  fold.row.decided = session.date;
  fold.row.minutes = session.minutes;
}

void apply(DisposalFold& fold, const ledger::DisposalApproved& event) { decide(fold, event, DisposalStage::approved); }

void apply(DisposalFold& fold, const ledger::DisposalRejected& event) {
  decide(fold, event, DisposalStage::rejected);
  let_go(fold);
}

void apply(DisposalFold& fold, const ledger::DisposalExecuted& event) {
  auto& row = fold.row;
  // Also what an incomplete certificate lacked: it is certified again.
  row.stage = DisposalStage::executed;
  row.outcomes.insert(row.outcomes.end(), event.open.outcomes.begin(), event.open.outcomes.end());
  row.executed.reset();
  if (!fold.entry.destroyed) row.executed = event.date;
  std::set<ledger::Location> locations;
  for (const auto& outcome : row.outcomes) locations.insert(outcome.location);
  if (row.complete || locations.size() < kLocations) return;
  row.complete = true;
  change_files(fold, [&](FileRow& file, DisposalPart part) {
    if (part != DisposalPart::proposed) return;
    file.disposed = true;
    file.disposed_on = row.executed;
  });
}

void apply(DisposalFold& fold, const ledger::DisposalCertified& event) {
  fold.row.stage = DisposalStage::certified;
  fold.row.certified = fold.declared();
  fold.row.certificate = event.open.certificate;
  fold.row.certified_incomplete = event.open.incomplete;
}

void apply(ClaimRow& row, const ledger::PersonalRequested& event, const Entry& entry) {
  row.stage = ledger::ClaimStage::requested;
  if (entry.destroyed) return;
  row.kind = event.kind;
  row.petition = event.petition;
  row.received = event.date;
  row.filing_number = event.filing_number;
  row.files = event.files;
}
void apply(ClaimRow& row, const ledger::PersonalDecided& event, const Entry& entry) {
  row.stage = ledger::ClaimStage::decided;
  row.decision = event.open.decision;
  row.parts = {std::int64_t(event.open.parts.size())};
  if (!entry.destroyed) row.decided = event.date;
}
void apply(ClaimRow& row, const ledger::PersonalExtended& event, const Entry& entry) {
  if (!entry.destroyed) row.extended_until = event.until;
}
void apply(ClaimRow& row, const ledger::PersonalRectified& event, const Entry& entry) {
  row.stage = ledger::ClaimStage::executed;
  if (!entry.destroyed) row.executed = event.date;
}
void apply(ClaimRow& row, const ledger::PersonalErased& event, const Entry& entry) {
  row.stage = ledger::ClaimStage::executed;
  if (!entry.destroyed) row.executed = event.date;
}

}  // namespace

void fold_disposal(Rows& rows, const Entry& entry) {
  const auto code = ledger::segments(entry.event.statement.stream)[1];
  DisposalFold fold{rows, entry, Key{} / code, {}};
  fold.row = rows.get<DisposalRow>(fold.key).value_or(DisposalRow());
  fold.row.disposal = {std::string(code)};
  ledger::visit_event<ledger::DisposalEvents>(entry.body, [&](const auto& event) { apply(fold, event); });
  fold.row.version = entry.event.version;
  fold.row.last_change = entry.event.position;
  rows.put(fold.key, fold.row);
}

void fold_claim(Rows& rows, const Entry& entry) {
  const auto code = ledger::segments(entry.event.statement.stream)[1];
  auto row = rows.get<ClaimRow>(Key{} / code).value_or(ClaimRow());
  row.claim = {std::string(code)};
  ledger::visit_event<ledger::ClaimEvents>(entry.body, [&](const auto& event) { apply(row, event, entry); });
  row.version = entry.event.version;
  row.last_change = entry.event.position;
  rows.put(Key{} / code, row);
}

}  // namespace fedatario::projections
