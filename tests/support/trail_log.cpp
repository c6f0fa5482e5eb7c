// Drawing events.
#include "tests/support/trail_log.hpp"

namespace fedatario::tests {
namespace {

using namespace ledger;

class Drawing {
 public:
  Drawing(EntryLog& log, std::mt19937& random) : log_(log), random_(random) {}

  void draw() {
    if (pick(12) == 0) log_.skip_days(1 + pick(9));
    said_ = {};
    said_.actor = "actor." + std::to_string(pick(4));
    static constexpr const char* kRoles[] = {"professional@ddo", "director@ddo", "professional@dep", "archive"};
    said_.as = kRoles[pick(4)];
    said_.destroyed = pick(25) == 0;
    said_.signed_by_author = pick(3) == 0;
    said_.imported = pick(15) == 0;
    if (pick(6) == 0) said_.on_behalf = "actor." + std::to_string(pick(4));
    if (pick(4) == 0) said_.declared_days_before = pick(20);
    unit_ = pick(3) ? "ddo" : "dep";
    year_ = pick(4) ? "2026" : "2027";
    code_ = "000" + std::to_string(pick(3));
    switch (pick(8)) {
      case 0:
        return draw_plan();
      case 1:
      case 2:
      case 3:
        return draw_intervention();
      case 4:
        return draw_actor();
      case 5:
        return draw_demand();
      case 6:
        return draw_file();
      default:
        return draw_other();
    }
  }

 private:
  int pick(int below) { return int(random_() % unsigned(below)); }
  std::string plan() const { return "plan/" + year_ + "/" + unit_; }
  std::string intervention() const { return "intervention/" + year_ + "/" + unit_ + "/" + code_; }
  Code entity() { return {"entidad-" + std::to_string(pick(4))}; }
  Date some_day() { return date(2026, unsigned(1 + pick(12)), unsigned(1 + pick(28))); }
  Text why() {
    static constexpr const char* kReasons[] = {"La entidad aplazó", "Cambio de alcance", "ERROR de digitación"};
    return {kReasons[pick(3)]};
  }
  PlanLine line() {
    auto out = sample_line(code_);
    out.entity = entity();
    out.end = some_day();
    if (pick(3) == 0) out.other_entities = {{entity(), entity()}};
    return out;
  }

  void draw_plan() {
    switch (pick(5)) {
      case 0:
        log_.add(plan(), PlanLineAdded{line()}, said_);
        return;
      case 1:
        log_.add(plan(), PlanLineChanged{line(), why()}, said_);
        return;
      case 2: {
        PlanAmendmentSubmitted event;
        event.code = {"m" + std::to_string(pick(2))};
        event.changed = {line()};
        if (pick(2)) event.dropped = {{{"0002"}, why()}};
        event.reason = why();
        log_.add(plan(), event, said_);
        return;
      }
      case 3:
        log_.add(plan(), PlanAmendmentApproved{{"Acta 7"}, {"m" + std::to_string(pick(2))}}, said_);
        return;
      default:
        log_.add(plan(), PlanApproved{{"Memorando 4"}}, said_);
    }
  }

  void draw_intervention() {
    switch (pick(6)) {
      case 0: {
        SessionHeld event;
        event.code = {"s" + std::to_string(pick(3))};
        event.attendees = {pick(50)};
        event.date = some_day();
        event.place = {"Sala " + std::to_string(pick(3))};
        event.commitments = {{{"c" + std::to_string(pick(3))}, some_day(), {"Oficina"}, {"Enviar"}}};
        const auto entry = log_.add(intervention(), event, said_);
        if (!said_.destroyed) sessions_.push_back({entry.event.statement.id, intervention(), event});
        return;
      }
      case 1:
        log_.add(intervention(), CommitmentChanged{{"c" + std::to_string(pick(3))}, some_day(), why()}, said_);
        return;
      case 2: {
        ActionTaken event;
        event.code = {"a" + std::to_string(log_.size())};
        event.cause = why();
        event.reason = why();
        if (pick(4))
          event.changes = {{{pick(2) ? "end" : "milestone.propuesta"}, {some_day().text()}, {some_day().text()}}};
        log_.add(intervention(), event, said_);
        return;
      }
      case 3: {
        MilestoneReached event;
        event.milestone = {"propuesta"};
        event.date = some_day();
        if (pick(3) == 0) event.entity = entity();
        log_.add(intervention(), event, said_);
        return;
      }
      case 4:
        if (!sessions_.empty()) {
          auto [id, stream, record] = sessions_[std::size_t(pick(int(sessions_.size())))];
          record.attendees = {pick(50)};
          InterventionCorrected event;
          event.corrected = {write_field(record)};
          event.event = {id};
          event.reason = why();
          event.type = {"session.held"};
          log_.add(stream, event, said_);
        }
        return;
      default:
        log_.add(intervention(), AttendanceVerified{why(), {"s" + std::to_string(pick(3))}}, said_);
    }
  }

  void draw_actor() {
    const auto stream = "actor/actor." + std::to_string(pick(4));
    const auto role = pick(2) ? Role::professional : Role::director;
    switch (pick(4)) {
      case 0:
      case 1: {
        ActorRoleGranted event;
        event.open.act = {"resolucion-1"};
        event.open.role = role;
        event.open.unit = Code{unit_};
        event.open.title = GrantTitle(pick(5));
        if (event.open.title == GrantTitle::delegation)
          event.open.stands_in_for = Code{"actor." + std::to_string(pick(4))};
        event.open.from = date(2025, 12, 1);
        if (pick(2)) event.open.until = some_day();
        log_.add(stream, event, said_);
        return;
      }
      case 2: {
        ActorRoleSuspended event;
        event.open = {{"resolucion-2"}, role, Code{unit_}};
        log_.add(stream, event, said_);
        return;
      }
      default: {
        ActorRoleResumed event;
        event.open = {{"resolucion-3"}, role, Code{unit_}};
        log_.add(stream, event, said_);
      }
    }
  }

  void draw_demand() {
    const auto stream = "demand/d" + std::to_string(pick(3));
    if (pick(2)) {
      DemandReceived event;
      event.date = some_day();
      event.subject = {"Rediseño"};
      if (pick(2)) event.entity = entity();
      log_.add(stream, event, said_);
    } else {
      DemandClassified event;
      event.unit = {unit_};
      event.responsible = {"actor." + std::to_string(pick(4))};
      log_.add(stream, event, said_);
    }
  }

  void draw_file() {
    const auto stream = "file/e" + std::to_string(pick(3));
    switch (pick(4)) {
      case 0: {
        FileOpened event;
        event.title = {"Expediente"};
        event.unit = {unit_};
        event.row = {"r" + std::to_string(pick(3))};
        event.schedule = {"trd-1"};
        event.responsible = {"actor.1"};
        log_.add(stream, event, said_);
        return;
      }
      case 1:
        log_.add(stream, FileReclassified{why(), {"r" + std::to_string(pick(3))}, {"trd-1"}}, said_);
        return;
      case 2: {
        DocumentFiled event;
        event.code = {"doc-" + std::to_string(pick(3))};
        event.document_type = {"Acta"};
        event.title = {"Acta de sesión"};
        log_.add(stream, event, said_);
        return;
      }
      default:
        log_.add(stream,
                 DocumentReclassified{{"doc-" + std::to_string(pick(3))}, {"Lista " + std::to_string(pick(2))}, why()},
                 said_);
    }
  }

  void draw_other() {
    switch (pick(4)) {
      case 0: {
        AttemptRefused event;
        event.open.reason = {"separation_of_duties"};
        if (pick(2)) event.open.duty = Code{"submitter_does_not_verify"};
        event.open.role = Role::professional;
        event.open.unit = Code{unit_};
        event.open.type = {"plan.verified"};
        event.stream = {plan()};
        said_.actor = "ledger";
        said_.as = "ledger";
        said_.on_behalf.reset();
        log_.add("attempts/actor." + std::to_string(pick(4)), event, said_);
        return;
      }
      case 1: {
        EntityRevised event;
        event.name = {"Alcaldía " + std::to_string(pick(3))};
        log_.add("entity/" + entity().value, event, said_);
        return;
      }
      case 2: {
        EntityPrioritized event;
        event.entity = entity();
        event.score_hundredths = {pick(100)};
        log_.add("strategy/" + year_, event, said_);
        return;
      }
      default:
        log_.add("unit/" + unit_, UnitRenamed{{}, some_day(), {"Dirección " + std::to_string(pick(3))}}, said_);
    }
  }

  struct Session {
    EventId id;
    std::string stream;
    SessionHeld event;
  };

  EntryLog& log_;
  std::mt19937& random_;
  EntryLog::Said said_;
  std::string unit_, year_, code_;
  std::vector<Session> sessions_;
};

}  // namespace

void add_trail_events(EntryLog& log, std::mt19937& random, std::size_t count) {
  Drawing drawing(log, random);
  for (const auto until = log.size() + count; log.size() < until;) drawing.draw();
}

}  // namespace fedatario::tests
