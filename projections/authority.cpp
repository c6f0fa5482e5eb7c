// The fold of `authority`.
#include "projections/authority.hpp"

#include <algorithm>

#include "crypto/ed25519.hpp"
#include "ledger/procedure/founding.hpp"
#include "ledger/visit.hpp"
#include "projections/steps.hpp"

namespace fedatario::projections {
namespace {

using ledger::Entry;

void put_key(ActorRow& row, const ledger::KeyField& key, ledger::KeyGround ground, const Entry& entry) {
  const auto known = crypto::PublicKey::from_raw(key.raw);
  if (!known) return;
  row.keys.push_back({known->id(), ground, entry.event.recorded_at, {}, {}});
  ++row.keys_in_force.value;
}

void end_key(ActorRow& row, const crypto::Digest& key, std::optional<ledger::KeyEnd> because, const Entry& entry) {
  for (auto& each : row.keys) {
    if (each.key != key || each.ended) continue;
    each.ended = entry.event.recorded_at;
    each.because = because;
    --row.keys_in_force.value;
  }
}

// Actor events. Their acts stand open, so that authority is known also where content is gone.

struct ActorFold {
  Rows& rows;
  const Entry& entry;
  Key key;
  ActorRow row;

  ledger::Position position() const { return entry.event.position; }
  Key grant_key(ledger::Position grant) const { return key / std::to_string(grant.value); }
  void put_grant(GrantRow grant) {
    grant.actor = row.actor;
    grant.grant = position();
    grant.granted = step_of(entry);
    grant.last_change = position();
    row.grants.push_back(position());
    rows.put(grant_key(position()), grant);
  }
  template <class Do>
  void for_each_grant(Do&& act) {
    for (const auto granted : row.grants) {
      auto grant = rows.get<GrantRow>(grant_key(granted));
      if (!grant || !act(*grant)) continue;
      grant->last_change = position();
      rows.put(grant_key(granted), *grant);
    }
  }
  // Of the grants of a role; one revoked stays so.
  void change(const ledger::RoleEnd& end, GrantChangeKind kind) {
    for_each_grant([&](GrantRow& grant) {
      const bool revoked = std::ranges::any_of(
          grant.changes, [](const auto& change) { return change.kind == GrantChangeKind::revoked; });
      if (grant.role != end.role || grant.unit != end.unit || revoked) return false;
      grant.changes.push_back({kind, end.act, step_of(entry)});
      return true;
    });
  }
};

void apply(ActorFold& fold, const ledger::ActorRegistered& event) {
  fold.row.registered = step_of(fold.entry);
  if (fold.entry.destroyed) return;
  fold.row.kind = event.kind;
  fold.row.unit = event.unit;
}

void apply(ActorFold& fold, const ledger::ActorRetired& event) {
  fold.row.retired = step_of(fold.entry);
  fold.row.retirement_act = event.open.act;
  const auto day = fold.entry.event.statement.at.day();
  fold.for_each_grant([&](GrantRow& grant) {
    grant.retired_on = day;
    return true;
  });
}

void apply(ActorFold& fold, const ledger::ActorRoleGranted& event) {
  const auto& open = event.open;
  GrantRow grant;
  grant.role = open.role;
  grant.unit = open.unit;
  grant.title = open.title;
  grant.act = open.act;
  grant.stands_in_for = open.stands_in_for;
  grant.since = open.from;
  grant.until = open.until;
  grant.departments = open.departments.value_or(std::vector<ledger::Code>());
  grant.lines = open.lines.value_or(std::vector<ledger::Code>());
  fold.put_grant(std::move(grant));
}

void apply(ActorFold& fold, const ledger::ActorRoleSuspended& event) {
  fold.change(event.open, GrantChangeKind::suspended);
}
void apply(ActorFold& fold, const ledger::ActorRoleResumed& event) {
  fold.change(event.open, GrantChangeKind::resumed);
}
void apply(ActorFold& fold, const ledger::ActorRoleRevoked& event) {
  fold.change(event.open, GrantChangeKind::revoked);
}

void apply(ActorFold& fold, const ledger::ActorKeyEnrolled& event) {
  if (event.open.replaces) end_key(fold.row, *event.open.replaces, {}, fold.entry);
  put_key(fold.row, event.open.public_key, event.open.ground, fold.entry);
}
void apply(ActorFold& fold, const ledger::ActorKeyRevoked& event) {
  end_key(fold.row, event.open.key, event.open.because, fold.entry);
}

void apply(ActorFold& fold, const ledger::HandoverMade& event) {
  if (fold.entry.destroyed) return;
  HandoverRow handover;
  handover.actor = fold.row.actor;
  handover.code = event.code;
  handover.to = event.to;
  for (const auto& item : event.items) handover.items.push_back({item.value});
  handover.act = event.act;
  handover.reason = event.reason;
  handover.made = step_of(fold.entry);
  handover.last_change = fold.position();
  // At once when the unit's director says so, else when the other accepts.
  if (fold.entry.event.statement.as.role == ledger::Role::director) handover.in_force = handover.made;
  fold.rows.put(fold.key / event.code.value, handover);
}

void apply(ActorFold& fold, const ledger::HandoverAccepted& event) {
  if (fold.entry.destroyed) return;
  auto handover = fold.rows.get<HandoverRow>(fold.key / event.code.value);
  if (!handover || handover->in_force) return;
  handover->in_force = step_of(fold.entry);
  handover->last_change = fold.position();
  fold.rows.put(fold.key / event.code.value, *handover);
}

template <class Apply>
void fold_actor(Rows& rows, const Entry& entry, std::string_view actor, Apply&& apply_event) {
  ActorFold fold{rows, entry, Key{} / actor, {}};
  if (auto row = rows.get<ActorRow>(fold.key)) fold.row = *std::move(row);
  fold.row.actor = {std::string(actor)};
  apply_event(fold);
  fold.row.last_change = entry.event.position;
  rows.put(fold.key, fold.row);
}

// The founding makes the first administrator: nobody could have appointed him.
void found(ActorFold& fold, const ledger::LedgerFounded& event) {
  fold.row.registered = step_of(fold.entry);
  put_key(fold.row, event.open.administrator_key, ledger::KeyGround::first, fold.entry);
  GrantRow grant;
  grant.role = ledger::Role::administrator;
  grant.since = fold.entry.event.statement.at.day();
  fold.put_grant(std::move(grant));
}

void fold_capacity(Rows& rows, const Entry& entry) {
  const auto& statement = entry.event.statement;
  const auto as = statement.as.text();
  const auto key = Key{} / statement.actor / as;
  const auto day = entry.event.recorded_at.day();
  auto row = rows.get<CapacityRow>(key);
  if (row && row->last_day == day) return;
  if (!row) row = CapacityRow{{statement.actor}, {as}, entry.event.position, day, day, {}};
  row->last_day = day;
  ++row->days.value;
  rows.put(key, *row);
}

}  // namespace

void fold_authority(Rows& rows, const Entry& entry) {
  fold_capacity(rows, entry);
  if (entry.body.type().kind == ledger::ActorState::kKind)
    ledger::visit_event<ledger::ActorEvents>(entry.body, [&](const auto& event) {
      fold_actor(rows, entry, ledger::segments(entry.event.statement.stream)[1],
                 [&](ActorFold& fold) { apply(fold, event); });
    });
  else if (const auto* founded = entry.body.get_if<ledger::LedgerFounded>())
    fold_actor(rows, entry, founded->open.administrator.value, [&](ActorFold& fold) { found(fold, *founded); });
}

std::optional<HandoverRow> handover_taking_effect(const Rows& rows, const Entry& entry) {
  if (entry.destroyed) return std::nullopt;
  const ledger::Code* code = nullptr;
  if (const auto* made = entry.body.get_if<ledger::HandoverMade>()) code = &made->code;
  if (const auto* accepted = entry.body.get_if<ledger::HandoverAccepted>()) code = &accepted->code;
  if (!code) return std::nullopt;
  auto row = rows.get<HandoverRow>(key_of(entry.event.statement.stream.substr(ledger::ActorState::kKind.size() + 1)) /
                                   code->value);
  if (!row || !row->in_force || row->in_force->position != entry.event.position) return std::nullopt;
  return row;
}

}  // namespace fedatario::projections
