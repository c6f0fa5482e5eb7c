// The scripts, a file each; what they tell is said in their .cpp. Each is called with what it is about.
#pragma once

#include "tools/year/lines.hpp"
#include "tools/year/story.hpp"
#include "tools/year/telling.hpp"

namespace fedatario::tools {

// Units, services, calendar, procedure, retention schedule; and their changes in the year.
void tell_registers(const Story& story, Telling& tell);

// Actors, roles, keys, leave, hand-overs. Each subject is one actor.
std::uint32_t actor_count(const Story& story);
void tell_actor(const Story& story, std::uint32_t subject, Telling& tell);

// One entity: registered, prioritised.
void tell_entity(const Story& story, std::uint32_t entity, Telling& tell);

// Activities 1 to 4 and 12: of the year, and of the next as far as lines are carried over to it.
void tell_strategy(const Story& story, Telling& tell);

// A unit's plan, but for its lines: activities 5 and 6, amendments, reports, controls.
void tell_plan(const Story& story, int unit, Telling& tell);

// One line, from its planning to its impact, with its demand and its record file.
void tell_line(const Story& story, std::uint32_t line, Telling& tell);

// When the things happened that closings and hand-overs ask for; as recorded, empty where they never were.
struct LineOutcome {
  std::optional<Moment> completed, cancelled, file_opened, file_closed;
  bool person_moved = false;    // an action made somebody else responsible
  bool director_spoke = false;  // he recorded something of it himself
};
LineOutcome outcome_of(const Story& story, std::uint32_t line);

// A demand that becomes no line.
void tell_demand(const Story& story, std::uint32_t demand, Telling& tell);

// Audits of the control office.
void tell_audit(const Story& story, Telling& tell);

// What the archive does with files of earlier years, and data protection.
void tell_archive(const Story& story, Telling& tell);

}  // namespace fedatario::tools
