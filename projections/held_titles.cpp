// Keeping grants.
#include "projections/held_titles.hpp"

#include <algorithm>

namespace fedatario::projections {
namespace {

using ledger::Entry;

std::string subject(const Entry& entry) { return std::string(ledger::segments(entry.event.statement.stream)[1]); }

bool concerns(const HeldGrant& grant, const ledger::RoleEnd& end) {
  return grant.role == end.role && grant.unit == end.unit;
}

template <class Change>
void change(Rows& rows, const Entry& entry, Change&& what) {
  const auto key = Key{} / subject(entry);
  auto row = rows.get<HeldGrantsRow>(key).value_or(HeldGrantsRow());
  const auto today = entry.event.recorded_at.day();
  std::erase_if(row.grants, [&](const auto& grant) { return grant.until && *grant.until < today; });
  what(row.grants);
  rows.put(key, row);
}

void suspend(Rows& rows, const Entry& entry, const ledger::RoleEnd& end, bool suspended) {
  change(rows, entry, [&](auto& grants) {
    for (auto& grant : grants)
      if (concerns(grant, end)) grant.suspended = suspended;
  });
}

bool reaches(const HeldGrant& grant, std::string_view stream) {
  if (!grant.lines || grant.lines->empty()) return true;
  const auto name = ledger::segments(stream);
  return name[0] == ledger::InterventionState::kKind &&
         std::ranges::find(*grant.lines, name.back(), [](const auto& line) { return std::string_view(line.value); }) !=
             grant.lines->end();
}

}  // namespace

void fold_grants(Rows& rows, const Entry& entry) {
  if (const auto* granted = entry.body.get_if<ledger::ActorRoleGranted>()) {
    const auto& open = granted->open;
    change(rows, entry, [&](auto& grants) {
      grants.push_back(
          {open.role, open.unit, open.title, open.stands_in_for, open.from, open.until, false, open.lines});
    });
  } else if (const auto* suspended = entry.body.get_if<ledger::ActorRoleSuspended>()) {
    suspend(rows, entry, suspended->open, true);
  } else if (const auto* resumed = entry.body.get_if<ledger::ActorRoleResumed>()) {
    suspend(rows, entry, resumed->open, false);
  } else if (const auto* revoked = entry.body.get_if<ledger::ActorRoleRevoked>()) {
    change(rows, entry, [&](auto& grants) {
      std::erase_if(grants, [&](const auto& grant) { return concerns(grant, revoked->open); });
    });
  }
}

std::optional<ledger::GrantTitle> held_title(const Rows& rows, const Entry& entry) {
  const auto& statement = entry.event.statement;
  const auto row = rows.get<HeldGrantsRow>(Key{} / statement.actor);
  if (!row) return std::nullopt;
  const auto today = entry.event.recorded_at.day();
  for (const auto& grant : row->grants) {
    const auto unit = grant.unit ? std::string_view(grant.unit->value) : std::string_view();
    if (grant.role != statement.as.role || unit != statement.as.unit || grant.suspended || today < grant.from ||
        (grant.until && *grant.until < today))
      continue;
    if (statement.on_behalf && (grant.title != ledger::GrantTitle::delegation || !grant.stands_in_for ||
                                grant.stands_in_for->value != *statement.on_behalf))
      continue;
    if (reaches(grant, statement.stream)) return grant.title;
  }
  return std::nullopt;
}

}  // namespace fedatario::projections
