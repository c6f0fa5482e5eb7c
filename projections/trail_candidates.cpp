// Walking indexes together.
#include "projections/trail_candidates.hpp"

#include <algorithm>

#include "ledger/vocabulary.hpp"
#include "projections/audit_trail.hpp"
#include "projections/queries.hpp"

namespace fedatario::projections {
namespace {

using ledger::Position;
using Snapshot = ViewStore::Snapshot;

Position position_of(crypto::View key) {
  if (key.size() < 8) throw ViewError("a stored key is cut short");
  return {crypto::read_u64(key.substr(key.size() - 8))};
}

Key code_key(std::string_view code) { return Key{} / code; }

// Types that may have the activity: what controls and corrections are of stands in their content.
std::vector<std::string_view> types_of_activity(std::int64_t activity) {
  std::vector<std::string_view> out;
  for (const auto* type : ledger::event_types()) {
    const bool said = type->type == ledger::PlanControlPerformed::kType || type->type == ledger::PlanCorrected::kType;
    if ((said || type->activity == activity) && std::ranges::find(out, type->type) == out.end())
      out.push_back(type->type);
  }
  return out;
}

}  // namespace

IndexWalk::IndexWalk(const Snapshot& snapshot, std::string_view index, Key prefix, TrailOrder order, std::string stream)
    : snapshot_(&snapshot), index_(index), prefix_(std::move(prefix)), order_(order), stream_(std::move(stream)) {}

const TrailPlace* IndexWalk::seek(Position from, std::uint64_t& steps) {
  for (;;) {
    while (at_ < run_.size() && is_before(run_[at_].position, from)) ++at_;
    if (at_ < run_.size()) {
      used_ = std::max(used_, std::min(used_ + 1, at_ + 1));
      return &run_[at_];
    }
    if (ended_) return nullptr;
    read(from, steps);
  }
}

void IndexWalk::read(Position from, std::uint64_t& steps) {
  const bool forward = order_ == TrailOrder::oldest_first;
  // Runs grow where all of them is wanted, and are short where most is leapt over.
  if (!run_.empty()) run_size_ = 2 * used_ >= run_.size() ? std::min(2 * run_size_, kLongestRun) : kShortestRun;
  std::vector<StoredRow> stored;
  if (forward) {
    const auto after = from.value == 0 ? crypto::Bytes() : (prefix_ / Position{from.value - 1}).bytes();
    stored = snapshot_->scan(index_, {prefix_, after, std::nullopt}, run_size_);
  } else {
    const auto before =
        from.value == ~std::uint64_t{0} ? crypto::Bytes() : (prefix_ / Position{from.value + 1}).bytes();
    stored = snapshot_->scan_back(index_, prefix_, before, run_size_);
  }
  steps += stored.size() + 1;
  ended_ = stored.size() < run_size_;
  run_.clear();
  at_ = used_ = 0;
  for (auto& row : stored) run_.push_back({position_of(row.key), stream_.empty() ? std::move(row.row) : stream_});
}

TrailCandidates::TrailCandidates(const Snapshot& snapshot, const TrailFilter& filter, TrailOrder order, Position as_of)
    : snapshot_(snapshot), order_(order), low_(Position{0}), high_(as_of) {
  if (filter.recorded_from) low_ = first_recorded_at(snapshot, ledger::first_instant(*filter.recorded_from));
  if (filter.recorded_to) {
    const auto last = ledger::last_instant(*filter.recorded_to);
    const auto end = first_recorded_at(snapshot, {last.micros + 1});
    if (end.value == 0)
      high_.reset();
    else
      high_ = std::min(as_of, Position{end.value - 1});
  }
  if (high_ && *high_ < *low_) high_.reset();
  if (filter.entity) add_entity(*filter.entity, as_of);
  add_sources(filter);
}

std::optional<Position> TrailCandidates::first() const {
  if (!high_) return std::nullopt;
  return order_ == TrailOrder::oldest_first ? low_ : high_;
}

void TrailCandidates::add_sources(const TrailFilter& filter) {
  const auto any_of = [&](std::string_view index, const auto& codes) {
    Union all;
    for (const auto& code : codes)
      if (ledger::is_type_name(code)) all.push_back(walk(index, code_key(code)));
    sources_.push_back(std::move(all));
  };
  if (filter.stream) {
    Union one;
    if (ledger::is_name(*filter.stream) && ledger::initial_state(*filter.stream))
      one.emplace_back(snapshot_, TrailRow::kView, key_of(*filter.stream), order_, *filter.stream);
    sources_.push_back(std::move(one));
  }
  add_unit(filter);
  if (!filter.actors.empty()) any_of(kActorIndex, filter.actors);
  if (!filter.types.empty())
    any_of(kTypeIndex, filter.types);
  else if (filter.duty || filter.refusal)
    any_of(kTypeIndex, std::vector<std::string_view>{"attempt.refused"});
  else if (filter.activity)
    any_of(kTypeIndex, types_of_activity(*filter.activity));
  const auto marked = [&](const std::optional<bool>& wanted, std::string_view mark) {
    if (wanted.value_or(false)) any_of(kMarkIndex, std::vector<std::string_view>{mark});
  };
  marked(filter.retroactive, kRetroactive);
  marked(filter.after_approval, kAfterApproval);
  marked(filter.back_dated, kRecordedLater);
  if (sources_.empty()) sources_.push_back({walk(kPositionIndex, {})});
}

// A line, a unit, a fiscal year, and both.
void TrailCandidates::add_unit(const TrailFilter& filter) {
  if (!filter.unit && !filter.fiscal_year) return;
  Union all;
  const auto add_plans = [&](const std::string& year) {
    const auto units = filter.unit ? std::vector{*filter.unit} : elements_below(kPlanIndex, code_key(year));
    for (const auto& unit : units) {
      auto plan = code_key(year) / unit;
      if (filter.line && ledger::is_segment(*filter.line))
        all.push_back(walk(kLineIndex, std::move(plan) / *filter.line));
      else
        all.push_back(walk(kPlanIndex, std::move(plan)));
    }
  };
  if (filter.unit && !ledger::is_segment(*filter.unit)) return sources_.push_back({});
  if (filter.fiscal_year) {
    const auto year = std::to_string(*filter.fiscal_year);
    add_plans(year);
    if (!filter.unit)
      all.emplace_back(snapshot_, TrailRow::kView, Key{} / "strategy" / year, order_, "strategy/" + year);
  } else {
    for (const auto& year : elements_below(kPlanIndex, {})) add_plans(year);
  }
  if (filter.unit) all.push_back(walk(kUnitIndex, code_key(*filter.unit)));
  sources_.push_back(std::move(all));
}

void TrailCandidates::add_entity(const std::string& entity, Position as_of) {
  Union all;
  if (ledger::is_segment(entity)) {
    all.push_back(walk(kEntityIndex, code_key(entity)));
    const auto prefix = code_key(entity);
    ScanRange range{prefix, {}, moment_in(snapshot_, as_of)};
    for (bool more = true; more;) {
      const auto stored = snapshot_.scan(EntityLineRow::kView, range, kReadRun);
      for (const auto& row : stored) {
        const auto line = Key::from(crypto::View(row.key).substr(prefix.bytes().size()));
        entity_lines_.insert(text_of_key(line.bytes()));
        all.push_back(walk(kLineIndex, line));
        range.after = row.key;
      }
      more = stored.size() == kReadRun;
    }
  }
  sources_.push_back(std::move(all));
}

std::vector<std::string> TrailCandidates::elements_below(std::string_view index, const Key& prefix) const {
  std::vector<std::string> out;
  crypto::Bytes after;
  for (;;) {
    const auto stored = snapshot_.scan(index, {prefix, after, std::nullopt}, 1);
    if (stored.empty()) return out;
    const auto rest = crypto::View(stored[0].key).substr(prefix.bytes().size());
    out.emplace_back(rest.substr(0, rest.find('\0')));
    // Behind all that begins with it: no segment has this byte, and no position begins with it.
    after = (prefix / out.back()).bytes() + '\xff';
  }
}

std::optional<TrailPlace> TrailCandidates::next(Position from, std::uint64_t max_steps) {
  paused_.reset();
  if (!high_) return std::nullopt;
  const bool forward = order_ == TrailOrder::oldest_first;
  auto at = forward ? std::max(from, *low_) : std::min(from, *high_);
  const auto is_before = [&](Position a, Position b) { return forward ? a < b : b < a; };
  const auto start = steps_;
  for (;;) {
    if (is_before(forward ? *high_ : *low_, at)) return std::nullopt;
    if (steps_ - start > max_steps) {
      paused_ = at;
      return std::nullopt;
    }
    const TrailPlace* common = nullptr;
    bool agreed = true;
    for (auto& source : sources_) {
      const TrailPlace* nearest = nullptr;
      for (auto& walk : source) {
        const auto* place = walk.seek(at, steps_);
        if (place && (!nearest || is_before(place->position, nearest->position))) nearest = place;
      }
      if (!nearest) return std::nullopt;
      if (is_before(at, nearest->position)) {
        at = nearest->position;
        agreed = sources_.size() == 1;
        common = nearest;
        if (!agreed) break;
      }
      common = nearest;
    }
    if (agreed) {
      if (is_before(forward ? *high_ : *low_, at)) return std::nullopt;
      return *common;
    }
  }
}

Position first_recorded_at(const Snapshot& snapshot, ledger::Recorded instant) {
  std::uint64_t low = 0, high = snapshot.progress().folded;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const auto row = trail_at(snapshot, {middle});
    if (!row) throw ViewError("the trail of an event is missing");
    if (row->recorded < instant)
      low = middle + 1;
    else
      high = middle;
  }
  return {low};
}

TrailRow trail_row(const Snapshot& snapshot, const TrailPlace& place) {
  const auto bytes = get_parts(snapshot, TrailRow::kView, key_of(place.stream) / place.position, std::nullopt);
  if (!bytes) throw ViewError("the trail of an event is missing");
  return decode_row<TrailRow>(*bytes);
}

}  // namespace fedatario::projections
