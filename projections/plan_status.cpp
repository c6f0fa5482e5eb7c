// The fold of `plan_status`: plans, their amendments, hand-overs and closings. Interventions: line_fold.cpp.
#include "projections/plan_status.hpp"

#include <algorithm>

#include "ledger/procedure/actors.hpp"
#include "ledger/visit.hpp"
#include "projections/line_fold.hpp"
#include "projections/steps.hpp"

namespace fedatario::projections {
namespace {

using ledger::Code;
using ledger::Entry;

struct PlanFold {
  Rows& rows;
  const Entry& entry;
  Key key;
  PlanRow row;

  void put_line(const Code& code, LineRow line) const { put_line(key / code.value, std::move(line)); }
  // Of any plan.
  void put_line(const Key& at, LineRow line) const {
    line.last_change = entry.event.position;
    rows.put(at, line);
  }
  std::optional<LineRow> line(const Code& code) const { return rows.get<LineRow>(key / code.value); }
};

void apply(PlanFold& fold, const ledger::PlanOpened& event) {
  fold.row.opened = step_of(fold.entry);
  fold.row.stage = PlanStage::drafting;
  if (!fold.entry.destroyed) fold.row.title = event.title;
}

// Lines.

// `finish` does the rest to the row before it is put.
template <class Finish>
void state_line(PlanFold& fold, const ledger::PlanLine& planned, Finish&& finish) {
  auto known = fold.line(planned.line);
  const bool is_new = !known || known->plan_destroyed;
  auto line = known ? *std::move(known) : LineRow();
  const auto before = line;
  set_plan(fold.rows, fold.key / planned.line.value, line, planned);
  if (is_new) {
    line.fiscal_year = fold.row.fiscal_year;
    line.unit = fold.row.unit;
    line.line_before = fold.row.last_line;
    fold.row.last_line = planned.line;
  }
  finish(before, line);
  fold.put_line(planned.line, std::move(line));
}
void state_line(PlanFold& fold, const ledger::PlanLine& planned) {
  state_line(fold, planned, [](const LineRow&, LineRow&) {});
}

Key line_of_year_before(const PlanFold& fold, const Code& line) {
  return Key{} / std::to_string(fold.row.fiscal_year - 1) / fold.row.unit.value / line.value;
}

// What the line of the year before is carried to: `to`, or nothing where it was `from`.
void carry(PlanFold& fold, const Code& line, const std::optional<Code>& to, const std::optional<Code>& from = {}) {
  const auto at = line_of_year_before(fold, line);
  auto row = fold.rows.get<LineRow>(at);
  if (!row || (!to && row->carried_to != from)) return;
  row->carried_to = to;
  fold.put_line(at, *std::move(row));
}

void set_carried(PlanFold& fold, LineRow& line, const Code& from, ledger::CarryGround ground) {
  line.carried_from = from;
  line.carried_ground = ground;
  carry(fold, from, line.line);
}

void drop_line(PlanFold& fold, const Code& code) {
  --fold.row.lines.value;
  ++fold.row.dropped.value;
  if (fold.entry.destroyed) return;
  auto line = fold.line(code);
  if (!line) return;
  if (line->carried_from) carry(fold, *line->carried_from, std::nullopt, code);
  line->state = LineState::dropped;
  fold.put_line(code, *std::move(line));
}

void join_line(PlanFold& fold, const ledger::JoinedLine& event) {
  ++fold.row.joined.value;
  if (fold.entry.destroyed) return;
  JoinedRow row;
  static_cast<ledger::JoinedLine&>(row) = event;
  row.fiscal_year = fold.row.fiscal_year;
  row.unit = fold.row.unit;
  row.joined = step_of(fold.entry);
  row.last_change = fold.entry.event.position;
  fold.rows.put(fold.key / event.lead_unit.value / event.lead_line.value, row);

  const auto lead = Key{} / std::to_string(fold.row.fiscal_year) / event.lead_unit.value / event.lead_line.value;
  auto line = fold.rows.get<LineRow>(lead);
  if (!line || std::ranges::find(line->joined_units, fold.row.unit) != line->joined_units.end()) return;
  line->joined_units.push_back(fold.row.unit);
  fold.put_line(lead, *std::move(line));
}

void apply(PlanFold& fold, const ledger::PlanLineAdded& event) {
  ++fold.row.lines.value;
  if (!fold.entry.destroyed) state_line(fold, event);
}
void apply(PlanFold& fold, const ledger::PlanLineCarried& event) {
  ++fold.row.lines.value;
  if (fold.entry.destroyed) return;
  state_line(fold, event, [&](const LineRow&, LineRow& line) {
    set_carried(fold, line, event.carried_line, event.ground);
  });
}
void apply(PlanFold& fold, const ledger::PlanLineChanged& event) {
  if (!fold.entry.destroyed) state_line(fold, event);
}
void apply(PlanFold& fold, const ledger::PlanLineDropped& event) { drop_line(fold, event.line); }
void apply(PlanFold& fold, const ledger::PlanLineJoined& event) { join_line(fold, event); }

// Steps.

void apply(PlanFold& fold, const ledger::PlanSubmitted&) {
  fold.row.stage = PlanStage::submitted;
  fold.row.submitted = step_of(fold.entry);
  fold.row.verified.reset();
}

void apply(PlanFold& fold, const ledger::PlanVerified&) {
  fold.row.stage = PlanStage::verified;
  fold.row.verified = step_of(fold.entry);
}

void apply(PlanFold& fold, const ledger::PlanReturned&) {
  fold.row.stage = PlanStage::drafting;
  fold.row.returned = step_of(fold.entry);
  fold.row.submitted.reset();
  fold.row.verified.reset();
}

void apply(PlanFold& fold, const ledger::PlanApproved& event) {
  fold.row.stage = PlanStage::approved;
  fold.row.approved = step_of(fold.entry);
  ++fold.row.versions.value;
  if (!fold.entry.destroyed) fold.row.act = event.act;
  // Its lines, the last one added first.
  for (auto code = fold.row.last_line; code;) {
    auto line = fold.line(*code);
    if (!line) return;
    code = line->line_before;
    if (line->state == LineState::dropped) continue;
    approve(*line, fold.entry);
    const auto at = line->line;
    fold.put_line(at, *std::move(line));
  }
}

// Amendments.

ledger::Count count_of(std::size_t size) { return {std::int64_t(size)}; }

void apply(PlanFold& fold, const ledger::PlanAmendmentSubmitted& event) {
  ++fold.row.amendments.value;
  if (fold.entry.destroyed) return;
  const auto at = fold.key / event.code.value;
  auto known = fold.rows.get<AmendmentRow>(at);
  if (known) --fold.row.amendments.value;  // submitted again after it was returned
  auto row = known ? *std::move(known) : AmendmentRow();
  row.fiscal_year = fold.row.fiscal_year;
  row.unit = fold.row.unit;
  row.amendment = event.code;
  row.stage = ledger::AmendmentStage::submitted;
  row.added = count_of(event.added.size());
  row.changed = count_of(event.changed.size());
  row.dropped = count_of(event.dropped.size());
  row.carried = count_of(event.carried.size());
  row.joined = count_of(event.joined.size());
  row.reason = event.reason;
  row.submitted = step_of(fold.entry);
  row.verified.reset();
  row.last_change = fold.entry.event.position;
  fold.rows.put(at, row);

  AmendmentContentRow content{event.added, {}, {}, event.joined};
  for (const auto& line : event.carried) {
    content.lines.push_back(line);
    content.carried.push_back({line.line, line.carried_line, line.ground});
  }
  content.lines.insert(content.lines.end(), event.changed.begin(), event.changed.end());
  for (const auto& line : event.dropped) content.dropped.push_back(line.line);
  fold.rows.put(at, content);
}

template <class Change>
void change_amendment(PlanFold& fold, const Code& code, Change&& change) {
  if (fold.entry.destroyed) return;
  auto row = fold.rows.get<AmendmentRow>(fold.key / code.value);
  if (!row) return;
  change(*row);
  row->last_change = fold.entry.event.position;
  fold.rows.put(fold.key / code.value, *row);
}

void apply(PlanFold& fold, const ledger::PlanAmendmentVerified& event) {
  change_amendment(fold, event.code, [&](AmendmentRow& row) {
    row.stage = ledger::AmendmentStage::verified;
    row.verified = step_of(fold.entry);
  });
}
void apply(PlanFold& fold, const ledger::PlanAmendmentReturned& event) {
  change_amendment(fold, event.code, [&](AmendmentRow& row) {
    row.stage = ledger::AmendmentStage::returned;
    row.returned = step_of(fold.entry);
  });
}

void apply(PlanFold& fold, const ledger::PlanAmendmentApproved& event) {
  ++fold.row.versions.value;
  change_amendment(fold, event.code, [&](AmendmentRow& row) {
    row.stage = ledger::AmendmentStage::approved;
    row.approved = step_of(fold.entry);
    row.act = event.act;
  });
  if (fold.entry.destroyed) return;
  const auto content = fold.rows.get<AmendmentContentRow>(fold.key / event.code.value);
  if (!content) return;
  for (const auto& planned : content->lines)
    state_line(fold, planned, [&](const LineRow& before, LineRow& line) {
      const bool was_planned = before.line == planned.line && !before.plan_destroyed;
      if (!was_planned) ++fold.row.lines.value;
      if (was_planned && before.approved_on && moves_date(before, line)) ++line.date_amendments.value;
      const auto carried = std::ranges::find(content->carried, planned.line, &CarriedFrom::line);
      if (carried != content->carried.end()) set_carried(fold, line, carried->carried_line, carried->ground);
      approve(line, fold.entry);
      line.amendments.push_back(event.code);
    });
  for (const auto& code : content->dropped) {
    if (auto line = fold.line(code)) {
      line->amendments.push_back(event.code);
      fold.put_line(code, *std::move(line));
    }
    drop_line(fold, code);
  }
  for (const auto& line : content->joined) join_line(fold, line);
}

// The plan in other systems.

void apply(PlanFold& fold, const ledger::PlanRegistered& event) {
  if (fold.entry.destroyed) return;
  auto place = std::ranges::find(fold.row.loads, event.system, &PlanLoad::system);
  if (place == fold.row.loads.end()) place = fold.row.loads.insert(place, PlanLoad());
  // What was loaded anew is reconciled anew.
  *place = {event.system, event.date, event.reference, event.sha256, fold.entry.event.position, {}, {}, {}, {}, {}, {}};
}

Key difference_key(const PlanFold& fold, const Code& system, const Code& line,
                   const std::optional<ledger::Title>& field) {
  return fold.key / system.value / line.value / (field ? std::string_view(field->value) : std::string_view("*"));
}

void apply(PlanFold& fold, const ledger::PlanReconciled& event) {
  const auto load = std::ranges::find(fold.row.loads, event.system, &PlanLoad::system);
  if (fold.entry.destroyed || load == fold.row.loads.end()) return;
  const auto position = fold.entry.event.position;
  load->reconciled = event.date;
  load->reconciled_position = position;
  load->matched = event.matched;
  load->missing = load->different = load->open = {};
  DifferenceRow row;
  row.fiscal_year = fold.row.fiscal_year;
  row.unit = fold.row.unit;
  row.system = event.system;
  row.position = row.last_change = position;
  const auto find = [&](ledger::Count& count) {
    const auto at = difference_key(fold, row.system, row.line, row.field);
    if (const auto known = fold.rows.get<DifferenceRow>(at); known && known->position == position) return;
    ++count.value;
    ++load->open.value;
    fold.rows.put(at, row);
  };
  for (const auto& line : event.missing) {
    row.line = line;
    find(load->missing);
  }
  for (const auto& difference : event.different) {
    row.line = difference.line;
    row.field = difference.field;
    row.planned = difference.planned;
    row.loaded = difference.loaded;
    find(load->different);
  }
}

void apply(PlanFold& fold, const ledger::PlanDifferenceResolved& event) {
  const auto load = std::ranges::find(fold.row.loads, event.system, &PlanLoad::system);
  if (fold.entry.destroyed || load == fold.row.loads.end()) return;
  const auto at = difference_key(fold, event.system, event.line, event.field);
  auto row = fold.rows.get<DifferenceRow>(at);
  if (!row || row->position != load->reconciled_position || row->stage == DifferenceStage::resolved) return;
  row->stage = DifferenceStage::resolved;
  row->resolved = step_of(fold.entry);
  row->resolved_on = event.date;
  row->last_change = fold.entry.event.position;
  fold.rows.put(at, *row);
  --load->open.value;
}

// Of what may be corrected only a registration stands in the plan's row, and only the present one.
void apply(PlanFold& fold, const ledger::PlanCorrected& event) {
  if (fold.entry.destroyed || event.type.value != ledger::PlanRegistered::kType) return;
  const auto corrected = ledger::read_field<ledger::PlanRegistered>(event.corrected.value, "");
  if (!corrected) return;
  const auto load = std::ranges::find(fold.row.loads, corrected->system, &PlanLoad::system);
  if (load == fold.row.loads.end() || load->sha256 != corrected->sha256) return;
  load->registered = corrected->date;
  load->reference = corrected->reference;
}

// These change no line and no step of the plan; `execution` and the trail show them.
template <class T>
void apply(PlanFold&, const T&) {}

template <class T>
void fold_plan(Rows& rows, const Entry& entry, const T& event) {
  const auto name = ledger::segments(entry.event.statement.stream);
  PlanFold fold{rows, entry, plan_key(entry.event.statement.stream), {}};
  if (auto row = rows.get<PlanRow>(fold.key)) {
    fold.row = *std::move(row);
  } else {
    fold.row.fiscal_year = ledger::parse_year(name[1]).value_or(0);
    fold.row.unit = {std::string(name[2])};
  }
  apply(fold, event);
  fold.row.version = entry.event.version;
  fold.row.last_change = entry.event.position;
  rows.put(fold.key, fold.row);
}

// Hand-overs: what one answered for passes to another from here on, as far as he answers for it still.

void pass_on(Rows& rows, const Entry& entry, const std::string& from, const Code& to, const std::string& item) {
  const auto name = ledger::segments(item);
  if (name.size() != ledger::InterventionState::kNameSegments || name[0] != ledger::InterventionState::kKind) return;
  const auto at = line_key(item);
  auto line = rows.get<LineRow>(at);
  if (!line || line->plan_destroyed) return;
  const bool answers = line->responsible.value == from;
  const bool manages = line->territorial_manager && line->territorial_manager->value == from;
  if (!answers && !manages) return;
  if (answers) line->responsible = to;
  if (manages) line->territorial_manager = to;
  line->handed_over_position = line->last_change = entry.event.position;
  rows.put(at, *line);
}

void fold_handover(Rows& rows, const Entry& entry) {
  if (entry.destroyed) return;
  const std::string actor(ledger::segments(entry.event.statement.stream)[1]);
  if (const auto* made = entry.body.get_if<ledger::HandoverMade>()) {
    // The director's holds at once, and no acceptance is waited for.
    if (entry.event.statement.as.role == ledger::Role::director) {
      for (const auto& item : made->items) pass_on(rows, entry, actor, made->to, item.value);
      return;
    }
    PendingHandoverRow row{made->to, {}};
    for (const auto& item : made->items) row.items.push_back({item.value});
    rows.put(Key{} / actor / made->code.value, row);
  } else if (const auto* accepted = entry.body.get_if<ledger::HandoverAccepted>()) {
    const auto row = rows.get<PendingHandoverRow>(Key{} / actor / accepted->code.value);
    if (!row) return;
    for (const auto& item : row->items) pass_on(rows, entry, actor, row->to, item.value);
  }
}

void fold_closing(Rows& rows, const Entry& entry, const ledger::FiscalYearClosed& event) {
  const auto year = ledger::segments(entry.event.statement.stream)[1];
  FiscalYearRow row;
  row.fiscal_year = ledger::parse_year(year).value_or(0);
  row.closed = step_of(entry);
  row.last_change = entry.event.position;
  if (!entry.destroyed) {
    row.act = event.act;
    row.open_files = event.open_files;
    row.figures_position = event.position;
    for (const auto& unit : event.units) {
      UnitClosingRow closing;
      static_cast<ledger::UnitClosing&>(closing) = unit;
      closing.fiscal_year = row.fiscal_year;
      closing.last_change = row.last_change;
      rows.put(Key{} / year / unit.unit.value, closing);
    }
  }
  rows.put(Key{} / year, row);
}

}  // namespace

void fold_plan_status(Rows& rows, const Entry& entry) {
  const auto kind = entry.body.type().kind;
  if (kind == ledger::PlanState::kKind)
    ledger::visit_event<ledger::PlanEvents>(entry.body, [&](const auto& event) { fold_plan(rows, entry, event); });
  else if (kind == ledger::InterventionState::kKind)
    fold_intervention(rows, entry);
  else if (kind == ledger::ActorState::kKind)
    fold_handover(rows, entry);
  else if (const auto* closed = entry.body.get_if<ledger::FiscalYearClosed>())
    fold_closing(rows, entry, *closed);
}

}  // namespace fedatario::projections
