// Authority as it was on a day.
#include <algorithm>
#include <map>
#include <tuple>

#include "projections/authority.hpp"
#include "projections/entities.hpp"

namespace fedatario::projections {
namespace {

constexpr std::chrono::days kOneDay{1};

// Without whom an activity of the procedure has no author or the ledger no administrator. The units' directors come
// from the units.
constexpr ledger::Role kAgencyPosts[] = {
    ledger::Role::administrator,         ledger::Role::archive,      ledger::Role::committee,
    ledger::Role::control_office,        ledger::Role::legal,        ledger::Role::planning_office,
    ledger::Role::procedure_coordinator, ledger::Role::subdirection, ledger::Role::system_officer};

// What the changes declared up to a day leave of a grant.
struct Changed {
  std::optional<ledger::Date> revoked, suspended;
};
Changed changed_until(const GrantRow& grant, ledger::Date day) {
  Changed out;
  for (const auto& change : grant.changes) {
    const auto declared = change.step.declared.day();
    if (declared > day) continue;
    if (change.kind == GrantChangeKind::revoked) out.revoked = declared;
    if (change.kind == GrantChangeKind::suspended) out.suspended = declared;
    if (change.kind == GrantChangeKind::resumed) out.suspended.reset();
  }
  return out;
}

// The first day without it, of a grant that had begun and is not in force on that day.
ledger::Date ended(const GrantRow& grant, ledger::Date day) {
  const auto changed = changed_until(grant, day);
  auto end = day;
  for (const auto& each : {changed.revoked, changed.suspended, grant.retired_on})
    if (each) end = std::min(end, *each);
  if (grant.until && *grant.until < end) end = *grant.until + kOneDay;
  return std::max(end, grant.since);
}

using Post = std::pair<ledger::Role, std::string>;
Post post_of(const GrantRow& grant) { return {grant.role, grant.unit ? grant.unit->value : std::string()}; }

std::vector<Post> posts_on(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                           ledger::Date day) {
  std::vector<Post> posts;
  for (const auto role : kAgencyPosts) posts.emplace_back(role, std::string());
  for_each_row<UnitRow>(snapshot, Key{}, as_of, [&](const UnitRow& unit) {
    const bool gone = unit.closed && (!unit.closed_on || *unit.closed_on <= day);
    const bool there = !unit.since || *unit.since <= day;
    if (there && !gone) posts.emplace_back(ledger::Role::director, unit.unit.value);
  });
  return posts;
}

}  // namespace

GrantStatus grant_status(const GrantRow& grant, ledger::Date day) {
  const auto changed = changed_until(grant, day);
  if (changed.revoked) return GrantStatus::revoked;
  if (grant.until && *grant.until < day) return GrantStatus::expired;
  if (grant.retired_on && *grant.retired_on <= day) return GrantStatus::retired;
  if (day < grant.since) return GrantStatus::not_yet;
  return changed.suspended ? GrantStatus::suspended : GrantStatus::in_force;
}

std::vector<JudgedGrant> authority_on(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                      ledger::Date day) {
  std::vector<JudgedGrant> out;
  for_each_row<GrantRow>(snapshot, Key{}, as_of, [&](GrantRow&& grant) {
    const auto [role, unit] = post_of(grant);
    JudgedGrant judged;
    static_cast<GrantRow&>(judged) = std::move(grant);
    judged.status = grant_status(judged, day);
    const auto as = ledger::Capacity{role, unit}.text();
    if (const auto spoke = row_at<CapacityRow>(snapshot, Key{} / judged.actor.value / as, as_of)) {
      judged.used = true;
      judged.last_used = spoke->last_day;
    }
    out.push_back(std::move(judged));
  });
  std::ranges::stable_sort(out, {}, [](const auto& grant) { return std::tie(grant.actor, grant.grant); });
  return out;
}

std::vector<VacantPost> vacant_posts(const ViewStore::Snapshot& snapshot, std::optional<ledger::Position> as_of,
                                     ledger::Date day) {
  std::map<Post, std::vector<GrantRow>> grants;
  for_each_row<GrantRow>(snapshot, Key{}, as_of, [&](GrantRow&& grant) {
    if (grant.since <= day) grants[post_of(grant)].push_back(std::move(grant));
  });
  std::vector<VacantPost> out;
  for (const auto& post : posts_on(snapshot, as_of, day)) {
    const auto& held = grants[post];
    if (std::ranges::any_of(held, [&](const auto& grant) { return grant_status(grant, day) == GrantStatus::in_force; }))
      continue;
    auto& vacant = out.emplace_back();
    vacant.role = post.first;
    if (!post.second.empty()) vacant.unit = {post.second};
    for (const auto& grant : held) {
      const auto end = ended(grant, day);
      if (vacant.since && end < *vacant.since) continue;
      vacant.since = end;
      vacant.last_holder = grant.actor;
      vacant.because = grant_status(grant, day);
    }
  }
  return out;
}

}  // namespace fedatario::projections
