// Terms of lines, by the names that actions give their fields.
#include "ledger/procedure/lines.hpp"

#include <charconv>

#include "crypto/json.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::string_view kMilestonePrefix = "milestone.";

std::optional<Pesos> parse_pesos(std::string_view text) {
  std::int64_t pesos = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), pesos);
  if (read.ec != std::errc() || pesos < 0 || pesos > crypto::kMaxInteger) return std::nullopt;
  if (std::to_string(pesos) != text) return std::nullopt;  // one spelling: it is compared with `from`
  return Pesos{pesos};
}

Date* date_of(LineTerms& terms, std::string_view field) {
  if (field == "start") return &terms.start;
  if (field == "end") return &terms.end;
  if (field.starts_with(kMilestonePrefix))
    for (auto& milestone : terms.milestones)
      if (milestone.milestone.value == field.substr(kMilestonePrefix.size())) return &milestone.due;
  return nullptr;
}

}  // namespace

std::vector<Code> entities_of(const PlanLine& line) {
  std::vector<Code> out{line.entity};
  if (line.other_entities) out.insert(out.end(), line.other_entities->begin(), line.other_entities->end());
  return out;
}

LineTerms planned_terms(const PlanLine& line) {
  return {line.budget_cop, line.end, line.milestones, line.responsible, line.start};
}

LineTerms present_terms(const PlanLine& line, Position since, const TermChanges& changes) {
  auto terms = planned_terms(line);
  for (const auto& [field, change] : changes)
    if (since < change.since) set_term(terms, field, change.value);
  return terms;
}

std::optional<std::string> term(const LineTerms& terms, std::string_view field) {
  if (field == "budget_cop") return std::to_string(terms.budget_cop.value);
  if (field == "responsible") return terms.responsible.value;
  if (const auto* date = date_of(const_cast<LineTerms&>(terms), field)) return date->text();
  return std::nullopt;
}

bool set_term(LineTerms& terms, std::string_view field, std::string_view text) {
  if (field == "budget_cop") {
    const auto pesos = parse_pesos(text);
    if (pesos) terms.budget_cop = *pesos;
    return pesos.has_value();
  }
  if (field == "responsible") {
    if (!is_segment(text)) return false;
    terms.responsible = Code{std::string(text)};
    return true;
  }
  const auto date = Date::parse(text);
  auto* place = date_of(terms, field);
  if (!date || !place) return false;
  *place = *date;
  return true;
}

}  // namespace fedatario::ledger
