// What a line is before anything becomes of it: what is planned, by whom, and which fate it draws. The first lines of
// every year have a part each, so that even a small year holds a thing of every sort.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/procedure/lines.hpp"
#include "tools/year/story.hpp"

namespace fedatario::tools {

// The parts, by the line that plays them.
enum class Part : std::uint32_t {
  cancelled,
  suspended,
  commitment_cancelled,
  carried,
  never_begun,
  dropped_in_draft,
  added,
  changed,
  dropped,
  joint,
  other_mechanism,
  session_cancelled,
  head_count_corrected,
  milestone_rejected,
  action_taken,
  action_rejected,
  person_moved,
  rescheduled,
  contacted,
  commitment_changed,
  stalled,
  changed_in_draft,
  document_withdrawn,
  records_mended,
  held,
  transferred,
  transfer_returned,
  reopened,
  supplemented,
  preventive,
  demanded,
  follow_up_corrected,
  count
};
inline constexpr std::uint32_t kParts = static_cast<std::uint32_t>(Part::count);
static_assert(kParts <= kFewestEntities);
// It stays with a professional who leaves (People::leaves): the fourth line of a unit of even number.
static_assert(static_cast<int>(Part::stalled) / kDirectorates == 3 &&
              static_cast<int>(Part::stalled) % kDirectorates % 2 == 0);

enum class Fate { delivered, cancelled, stalled, carried, never_begun, dropped_in_draft };
enum class Amendment { none, added, changed, dropped };

struct LineFacts {
  std::uint32_t index = 0, entity = 0;
  int unit = 0, service = 0, professional = 0, coordinator = 0;
  bool managed = false;  // given to the territorial manager of the entity's department
  std::string code;
  Date start, end;
  std::vector<Date> dues;
  std::int64_t budget = 0;
  ledger::Modality modality{};
  ledger::Mechanism mechanism{};
  bool normative = false, travel = false, demanded = false;
  std::optional<int> joined_unit;     // that a joint line names beside its own
  bool joined = false;                // which accepts
  std::vector<std::uint32_t> others;  // entities of a joint line
  Fate fate = Fate::delivered;
  Amendment amendment = Amendment::none;
  int round = 0;       // of amendments
  int shift_days = 0;  // by which a changed line is put off

  bool is(Part part) const { return index == static_cast<std::uint32_t>(part); }
  // Draws whether something happens to the line: always to the one that has that part, never to the others that have
  // one, and to so many of a thousand.
  bool drawn(Random& random, int permille, Part part) const {
    const bool chance = random.permille(permille);
    return is(part) || (index >= kParts && chance);
  }
};

LineFacts line_facts(const Story& story, std::uint32_t line);

// The number an incoming letter has, of the line's demand or another.
std::string filing_number(const Story& story, Date day, std::uint32_t number);
std::string demand_code(const Story& story, std::uint32_t number);
// Demands that become lines are numbered after the others.
inline std::uint32_t demand_of_line(const Story& story, std::uint32_t line) { return story.demand_count() + line; }
Date demanded_on(const Story& story, const LineFacts& line);

// As planned first, as mistyped while drafting, as an amendment left it.
enum class Version { planned, mistyped, amended };
ledger::PlanLine plan_line(const Story& story, const LineFacts& line, Version version, const std::string& responsible);
// The dues in force from that amendment on.
std::vector<Date> amended_dues(const Story& story, const LineFacts& line);

std::string intervention_of(const Story& story, const LineFacts& line);
std::string record_file_of(const Story& story, const LineFacts& line);  // its code

}  // namespace fedatario::tools
