// What a history amounts to, replayed from plain JSON by code that knows no rule: it takes everything as it was
// recorded, and what invariants.hpp asks of an event it asks of the world before it.
#pragma once

#include <map>
#include <set>

#include "ledger/calendar.hpp"
#include "tests/support/plain_event.hpp"

namespace fedatario::tests {

using Persons = std::set<std::string>;
// Who speaks: the author, and on whose behalf.
Persons persons_of(const PlainEvent& event);
bool shares(const Persons& persons, const PlainEvent& event);

struct World {
  struct Tip {
    std::uint64_t version = 0;
    std::string hash;
  };
  struct Grant {
    std::string role, unit, title, stands_in_for, from, until, granted;  // `granted`: day of recording
    std::vector<std::string> lines, departments;
    bool suspended = false, revoked = false;
    bool in_force(const std::string& day) const {
      return !suspended && !revoked && from <= day && (until.empty() || day <= until);
    }
  };
  struct Actor {
    bool registered = false, retired = false;
    std::string office;
    std::vector<Grant> grants;
    std::map<std::string, bool> keys;  // id → in force
  };
  struct Presented {
    Persons by;
    std::string office, digest;
    bool decided = false;
  };
  struct Strategy {
    std::string stage, consolidated;
    bool approved = false, closed = false;
    Presented presented;
    std::map<std::string, Presented> amendments;
  };
  struct Amendment {
    std::string stage;
    boost::json::object content;
    Persons submitted_by, verified_by;
  };
  struct Plan {
    std::string stage;
    std::map<std::string, boost::json::object> lines;
    std::set<std::string> dropped, joined;  // joined: "unit/line" of the leads
    Persons submitted_by, verified_by;
    std::map<std::string, Amendment> amendments;
    std::map<std::string, Persons> loaded_by;  // by system, of the load that stands
    std::map<std::string, std::string> loads;  // system → digest
  };
  struct Session {
    std::int64_t attendees = 0, listed = 0;
    bool cancelled = false, list = false, verified = false;
    Persons by;
  };
  struct Milestone {
    Persons by;
    bool validated = false;
  };
  struct Action {
    std::string stage;
    Persons by;
    boost::json::array changes;
  };
  struct Intervention {
    std::string stage, before_suspension;  // scheduled, started, suspended, completed, cancelled
    std::map<std::string, Session> sessions;
    std::map<std::pair<std::string, std::string>, Milestone> reached;  // milestone, entity (empty: all)
    std::map<std::string, Action> actions;
    std::map<std::string, std::string> moved;  // field of the line → value, by actions since the plan last said it
    std::map<std::string, std::string> commitments;
    bool satisfaction = false, impact = false;
  };
  struct Demand {
    std::string stage, received, kind, extended_until, unit;
    bool classified = false, orientation = false;
  };
  struct Document {
    Persons by;
    bool withdrawn = false, verified = false;
  };
  struct Hold {
    Persons by;
    bool released = false;
  };
  struct File {
    std::string stage, unit;  // stage: open, closed, closed.definitively
    std::map<std::string, Document> documents;
    std::map<std::string, Hold> holds;
    std::optional<Persons> transfer;  // who proposed the one to be answered
    bool held() const;
    std::int64_t size() const;  // documents in its index
  };
  struct Disposal {
    std::string stage, inventory, published_on, approved_on, postponed_until;
    std::set<std::string> files, locations;
    Persons proposed_by, approved_by, executed_by;
    std::map<std::string, bool> observations;  // code → answered
  };
  struct Claim {
    std::string stage, petition, decision;
    Persons recorded_by, decided_by;
  };
  struct Finding {
    std::string stage;
    bool remedied = false;
  };
  struct AuditAction {
    std::string finding;
    Persons proposed_by, done_by;
    bool completed = false, assessed = false;
  };
  struct Audit {
    std::string stage;
    std::map<std::string, Finding> findings;
    std::map<std::string, AuditAction> actions;
  };
  struct Service {
    bool any_order = false;
    std::string kind;
  };

  std::uint64_t size = 0;
  ledger::Recorded last;
  std::string founder, service_key;
  std::int64_t founded_at = 0;  // seconds
  std::set<std::string> ids;
  std::map<std::string, Tip> streams;
  std::map<std::string, Actor> actors;
  std::map<std::string, Strategy> strategies;  // these by the name of their stream
  std::map<std::string, Plan> plans;
  std::map<std::string, Intervention> interventions;
  std::map<std::string, Demand> demands;
  std::map<std::string, File> files;
  std::map<std::string, Disposal> disposals;
  std::map<std::string, Claim> claims;
  std::map<std::string, Audit> audits;
  std::map<std::string, Service> services;                           // by code
  std::map<std::string, std::string> departments;                    // of entities, by code
  std::map<std::string, std::map<std::int64_t, Persons>> recorders;  // stream → activity → who recorded
  ledger::Calendar calendar{ledger::Scope::national};

  void take(const PlainEvent& event);

  // Nothing of these changes where a stream has no event.
  const Actor& actor(const std::string& id) const;
  const Strategy& strategy(const std::string& stream) const;
  const Plan& plan(const std::string& stream) const;
  const Intervention& intervention(const std::string& stream) const;
  const Demand& demand(const std::string& stream) const;
  const File& file(const std::string& stream) const;
  const Disposal& disposal(const std::string& stream) const;
  const Claim& claim(const std::string& stream) const;
  const Audit& audit(const std::string& stream) const;
  // The plan an intervention is of, and its line there; null where there is none.
  const Plan& plan_of(const PlainEvent& event) const;
  const boost::json::object* line_of(const PlainEvent& event) const;

  // The ledger itself, and what a system brings of the time before the founding: separation of duties asks about
  // neither.
  bool is_exempt(const PlainEvent& event) const;

 private:
  void take_actor(const PlainEvent& event);
  void take_strategy(const PlainEvent& event);
  void take_plan(const PlainEvent& event);
  void put_line(const PlainEvent& event, const boost::json::object& line);
  void drop_line(const PlainEvent& event, const std::string& line);
  void take_intervention(const PlainEvent& event);
  void take_action(Intervention& state, const PlainEvent& event);
  void take_demand(const PlainEvent& event);
  void take_file(const PlainEvent& event);
  void take_disposal(const PlainEvent& event);
  void take_claim(const PlainEvent& event);
  void take_audit(const PlainEvent& event);
};

// Whether the milestone is reached for this entity; for every one of the line's where none is named.
bool is_reached(const World::Intervention& state, const boost::json::object& line, const std::string& milestone,
                const std::string& entity);

// The activity of the procedure whose recording an event is; 0: none, it decides or belongs to no activity.
std::int64_t activity_recorded(const std::string& type);

}  // namespace fedatario::tests
