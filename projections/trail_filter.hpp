// What a search of the trail asks for, and whether a row is of it.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "projections/configuration.hpp"
#include "projections/rows.hpp"

namespace fedatario::projections {

// All that is asked must hold. Days are Colombian days, the last included.
struct TrailFilter {
  std::vector<std::string> actors = {};          // any of them spoke, or did what the ledger recorded of him
  std::optional<std::string> as = {};            // a role, or a role of a unit: `director`, `director@ddo`
  std::optional<ledger::GrantTitle> title = {};  // by which the role was held
  std::optional<std::string> on_behalf = {};
  std::optional<std::string> entity = {};  // named by the event, or by its line as known at the moment asked
  std::optional<std::string> unit = {};
  std::optional<int> fiscal_year = {};  // of a plan, an intervention or a strategy
  std::optional<std::string> line = {};
  std::optional<std::string> stream = {};
  std::vector<std::string> types = {};    // any of them
  std::optional<std::string> field = {};  // changed: `end`, `milestone.h1`, `session.s-01.date` or only its last word
  std::optional<std::int64_t> activity = {};
  std::optional<ledger::Date> declared_from = {}, declared_to = {};
  std::optional<ledger::Date> recorded_from = {}, recorded_to = {};
  std::optional<bool> signed_by_author = {};  // else in an authenticated session
  std::optional<bool> imported = {};
  std::optional<bool> after_approval = {};
  std::optional<bool> back_dated = {};
  std::optional<bool> retroactive = {};
  std::optional<std::string> duty = {};     // of an attempt refused
  std::optional<std::string> refusal = {};  // likewise, its reason
  std::optional<std::string> text = {};     // in reason, cause, act or what changed, without case or accents
  std::function<bool(const TrailRow&)> also = {};
};

// Whether the indexes answer all of it, so that no row need be read to tell which events it asks for.
bool is_indexed(const TrailFilter& filter);

// A line as a path: "2026/ddo/0001".
using LinePaths = std::set<std::string, std::less<>>;

// Tells whether rows are asked for. Borrows nothing but the circumstances.
class TrailMatcher {
 public:
  // `entity_lines`: of the entity asked for; empty where none is.
  TrailMatcher(TrailFilter filter, LinePaths entity_lines, const Circumstances& circumstances);
  bool operator()(const TrailRow& row) const;

 private:
  bool concerns(const TrailRow& row) const;
  bool holds_text(const TrailRow& row) const;

  const TrailFilter filter_;
  const LinePaths entity_lines_;
  const std::string text_;  // folded
  const Circumstances& circumstances_;
};

}  // namespace fedatario::projections
