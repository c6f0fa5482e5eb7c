// Rules of the streams `disposal/{code}`.
#include "ledger/procedure/disposals.hpp"

#include <algorithm>

#include "ledger/kind.hpp"
#include "ledger/procedure/calendars.hpp"
#include "ledger/procedure/kinds.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::size_t kLocations = boost::mp11::mp_size<boost::describe::describe_enumerators<Location>>::value;

Label label_of(DisposalStage stage) {
  switch (stage) {
    case DisposalStage::none:
      return {"sin proponer", "not proposed"};
    case DisposalStage::proposed:
      return {"propuesta", "proposed"};
    case DisposalStage::published:
      return {"publicada", "published"};
    case DisposalStage::approved:
      return {"aprobada", "approved"};
    case DisposalStage::rejected:
      return {"rechazada", "rejected"};
    case DisposalStage::withdrawn:
      return {"desistida", "withdrawn"};
    case DisposalStage::executed:
      return {"ejecutada", "executed"};
    case DisposalStage::certified:
      return {"certificada", "certified"};
  }
  return {};
}

Result<void> require_stage(const DisposalState& state, std::initializer_list<DisposalStage> stages, Label needed,
                           const Context& context) {
  if (std::ranges::find(stages, state.stage) != stages.end()) return {};
  return refuse(Reason::wrong_stage)
      .with("what", context.statement.stream)
      .with("stage", label_of(state.stage))
      .with("needed", needed)
      .at("/stream");
}

Result<void> require_stage(const DisposalState& state, DisposalStage stage, const Context& context) {
  return require_stage(state, {stage}, label_of(stage), context);
}

Result<void> require_inventory(const DisposalState& state, const crypto::Digest& inventory) {
  if (inventory == state.inventory) return {};
  return refuse(Reason::not_what_was_presented)
      .with("digest", crypto::to_hex(inventory))
      .with("presented", crypto::to_hex(state.inventory))
      .at("/open/inventory");
}

// After the last day of a term.
Result<void> require_after(Date date, const std::optional<Date>& last, Label term, const std::string& pointer) {
  if (!last || date > *last) return {};
  return refuse(Reason::term_running).with("term", term).with("until", last->text()).at(pointer);
}

constexpr Label kPublication{"la publicación del inventario, de 60 días hábiles",
                             "the publication of the inventory, of 60 business days"};
constexpr Label kPostponement{"el aplazamiento", "the postponement"};

bool has(const ScheduleTerms& row, Disposition disposition) {
  return std::ranges::find(row.dispositions, disposition) != row.dispositions.end();
}

// What the schedule says of the file where it is not to be eliminated.
std::optional<Label> other_disposition(const ScheduleTerms& row, const std::string& file, const DisposalState& state) {
  if (has(row, Disposition::elimination)) return std::nullopt;
  if (has(row, Disposition::total_conservation)) return Label{"conservación total", "total conservation"};
  if (!has(row, Disposition::selection))
    return Label{"reproducción, sin eliminación", "reproduction, without elimination"};
  if (!state.considered.contains(file))
    return Label{"selección, y aquí no se ha hecho de él", "selection, which was not made of it here"};
  if (state.kept.contains(file)) return Label{"selección, que lo conserva", "selection, which keeps it"};
  return std::nullopt;
}

Result<void> require_row_eliminates(const FileState& file, const std::string& code, const DisposalState& state,
                                    const Context& context, const std::string& pointer) {
  const auto* row = find_row(context.lookup, file.schedule, file.row);
  if (!row)
    return refuse(Reason::disposition_forbids)
        .with("file", code)
        .with("disposition", Label{"desconocida, pues su fila no consta", "unknown, for its row is not recorded"})
        .at(pointer);
  if (const auto disposition = other_disposition(*row, code, state))
    return refuse(Reason::disposition_forbids).with("file", code).with("disposition", *disposition).at(pointer);
  const auto start = retention_start(file, row->fact);
  if (!start)
    return refuse(Reason::retention_running)
        .with("file", code)
        .with("until",
              Label{"que conste el hecho que inicia la retención", "the fact that starts retention is recorded"})
        .at(pointer);
  const auto ends =
      retention_ends(*start, file.years.value_or(row->years), calendar_of(context.lookup, Scope::national));
  if (context.now.day() > ends.central) return {};
  return refuse(Reason::retention_running).with("file", code).with("until", ends.central.text()).at(pointer);
}

// Whether a file may be eliminated as things stand: closed, held by nothing, its term over, needed by no open file.
Result<void> require_disposable(const std::string& code, const DisposalState& state, const Context& context,
                                const std::string& pointer) {
  const auto stream = "file/" + code;
  const auto& file = context.lookup.get<FileState>(stream);
  if (file.stage == FileStage::none) return refuse(Reason::not_registered).with("what", stream).at(pointer);
  if (file.stage == FileStage::open || file.transfer)
    return refuse(Reason::wrong_stage)
        .with("what", stream)
        .with("stage", file.transfer ? Label{"en transferencia", "being transferred"} : label_of(file.stage))
        .with("needed", Label{"cerrado", "closed"})
        .at(pointer);
  if (const auto* hold = find_hold(file))
    return refuse(Reason::hold_in_force).with("file", code).with("hold", *hold).at(pointer);
  if (auto row = require_row_eliminates(file, code, state, context, pointer); !row) return row;
  for (const auto& other : file.referred_from)
    if (context.lookup.get<FileState>("file/" + other).stage == FileStage::open)
      return refuse(Reason::referred_from_open).with("file", code).with("by", other).at(pointer);
  return {};
}

// Asked again at every later step, for much may have come since the proposal.
Result<void> require_all_disposable(const DisposalState& state, const Context& context) {
  if (state.files.empty())  // the proposal's content is gone
    return refuse(Reason::wrong_stage)
        .with("what", context.statement.stream)
        .with("stage", Label{"con el inventario destruido", "with its inventory destroyed"})
        .with("needed", Label{"con su inventario", "with its inventory"})
        .at("/stream");
  for (const auto& file : state.files)
    if (auto disposable = require_disposable(file, state, context, "/open/inventory"); !disposable) return disposable;
  return {};
}

// Once something is destroyed, only a hold keeps the rest.
Result<void> require_no_holds(const DisposalState& state, const Context& context) {
  for (const auto& code : state.files)
    if (const auto* hold = find_hold(context.lookup.get<FileState>("file/" + code)))
      return refuse(Reason::hold_in_force).with("file", code).with("hold", *hold).at("/open/inventory");
  return {};
}

Result<void> require_each_once(const std::vector<Code>& codes, const std::string& pointer) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (!seen.insert(codes[i].value).second)
      return refuse(Reason::code_repeated).with("code", codes[i].value).at(pointer + "/" + std::to_string(i));
  return {};
}

Result<void> require_opinions(const DisposalProposed& event, const Context& context) {
  std::set<std::string> units;
  for (std::size_t i = 0; i < event.opinions.size(); ++i) {
    const auto pointer = "/data/opinions/" + std::to_string(i);
    if (!units.insert(event.opinions[i].unit.value).second)
      return refuse(Reason::code_repeated).with("code", event.opinions[i].unit.value).at(pointer + "/unit");
    if (auto evidence = require_evidence(event.opinions[i].evidence, pointer + "/evidence"); !evidence) return evidence;
  }
  for (const auto& file : event.files)
    if (!units.contains(context.lookup.get<FileState>("file/" + file.value).unit))
      return field_expected("/data/opinions", {"el concepto de cada dependencia que produjo expedientes del inventario",
                                               "the opinion of every unit that produced files of the inventory"});
  return {};
}

Result<void> admit_decision(const DisposalState& state, const CommitteeSession& session, const Context& context) {
  if (auto date = not_after_today(session.date, context); !date) return date;
  if (session.votes_for.value + session.votes_against.value > session.quorum.value)
    return field_expected("/data/quorum", {"cuántos integrantes asistieron: no menos que los votos",
                                           "how many members were present: not fewer than the votes"});
  return require_other_person(state.proposed_by, Duty::proposer_does_not_decide, context);
}

Result<void> require_answered(const DisposalState& state) {
  for (const auto& [code, answered] : state.observations)
    if (!answered) return refuse(Reason::observation_open).with("code", code).at("/stream");
  return {};
}

Result<void> admit_outcomes(const DisposalState& state, const DisposalExecuted& event) {
  const auto& outcomes = event.open.outcomes;
  if (outcomes.empty())
    return field_expected("/open/outcomes",
                          {"el resultado en al menos una ubicación", "the outcome in one location at least"});
  auto known = state.locations;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const auto pointer = "/open/outcomes/" + std::to_string(i);
    if (!known.insert(outcomes[i].location).second)
      return refuse(Reason::code_repeated)
          .with("code", boost::describe::enum_to_string(outcomes[i].location, ""))
          .at(pointer + "/location");
    if (std::ranges::find(event.evidence, outcomes[i].sha256, &Evidence::sha256) == event.evidence.end())
      return refuse(Reason::evidence_missing).at(pointer + "/sha256");
  }
  return {};
}

Result<void> require_witness(const Code& witness, const Context& context) {
  const auto& statement = context.statement;
  if (witness.value == statement.actor || statement.on_behalf == witness.value)
    return refuse(Duty::executor_does_not_witness).at("/data/witness");
  return require_actor(context.lookup, witness, "/data/witness");
}

}  // namespace

Date publication_end(Date published, const Calendar& calendar) {
  return calendar.add_business_days(published, kPublicationBusinessDays);
}

bool is_complete(const DisposalState& state) { return state.locations.size() == kLocations; }

Result<void> admit(const DisposalState& state, const SelectionMade& event, const Context& context) {
  if (auto stage = require_stage(state, DisposalStage::none, context); !stage) return stage;
  if (event.files.empty())
    return field_expected("/data/files", {"los expedientes de los que se seleccionó", "the files it was made from"});
  if (auto once = require_each_once(event.files, "/data/files"); !once) return once;
  std::set<std::string> files;
  for (std::size_t i = 0; i < event.files.size(); ++i) {
    const auto& code = event.files[i].value;
    const auto pointer = "/data/files/" + std::to_string(i);
    const auto& file = context.lookup.get<FileState>("file/" + code);
    if (file.stage == FileStage::none) return refuse(Reason::not_registered).with("what", "file/" + code).at(pointer);
    const auto* row = find_row(context.lookup, file.schedule, file.row);
    if (!row || !has(*row, Disposition::selection))
      return field_expected(pointer, {"un expediente cuya disposición en la tabla es selección",
                                      "a file whose disposition in the schedule is selection"});
    if (state.considered.contains(code)) return refuse(Reason::code_repeated).with("code", code).at(pointer);
    files.insert(code);
  }
  if (auto once = require_each_once(event.kept, "/data/kept"); !once) return once;
  for (std::size_t i = 0; i < event.kept.size(); ++i)
    if (!files.contains(event.kept[i].value))
      return refuse(Reason::code_unknown)
          .with("code", event.kept[i].value)
          .with("what", "files")
          .at("/data/kept/" + std::to_string(i));
  return {};
}

Result<void> admit(const DisposalState& state, const DisposalProposed& event, const Context& context) {
  if (auto stage = require_stage(state, DisposalStage::none, context); !stage) return stage;
  if (event.files.empty()) return field_expected("/data/files", {"al menos un expediente", "a file at least"});
  if (auto once = require_each_once(event.files, "/data/files"); !once) return once;
  for (std::size_t i = 0; i < event.files.size(); ++i)
    if (auto disposable = require_disposable(event.files[i].value, state, context, "/data/files/" + std::to_string(i));
        !disposable)
      return disposable;
  return require_opinions(event, context);
}

Result<void> admit(const DisposalState& state, const DisposalPublished& event, const Context& context) {
  if (auto stage = require_stage(state, DisposalStage::proposed, context); !stage) return stage;
  if (auto inventory = require_inventory(state, event.open.inventory); !inventory) return inventory;
  // Of the ledger's own day, which nobody sets back: what was not proposed yet was not there to be read.
  if (auto after = not_before(state.proposed_on, event.date); !after) return after;
  return not_after_today(event.date, context);
}

Result<void> admit(const DisposalState& state, const DisposalObserved& event, const Context& context) {
  if (auto stage = require_stage(state, DisposalStage::published, context); !stage) return stage;
  if (state.observations.contains(event.code.value))
    return refuse(Reason::code_repeated).with("code", event.code.value).at("/data/code");
  if (auto after = not_before(state.published_on, event.date); !after) return after;
  return not_after_today(event.date, context);
}

Result<void> admit(const DisposalState& state, const DisposalObservationAnswered& event, const Context& context) {
  if (auto stage = require_stage(state, DisposalStage::published, context); !stage) return stage;
  const auto observation = state.observations.find(event.code.value);
  if (observation == state.observations.end())
    return refuse(Reason::code_unknown)
        .with("code", event.code.value)
        .with("what", context.statement.stream)
        .at("/data/code");
  if (!observation->second) return {};
  return refuse(Reason::wrong_stage)
      .with("what", event.code.value)
      .with("stage", Label{"respondida", "answered"})
      .with("needed", Label{"sin responder", "not answered"})
      .at("/data/code");
}

Result<void> admit(const DisposalState& state, const DisposalPostponed& event, const Context& context) {
  if (auto stage = require_stage(state, {DisposalStage::proposed, DisposalStage::published, DisposalStage::approved},
                                 {"propuesta, publicada o aprobada", "proposed, published or approved"}, context);
      !stage)
    return stage;
  if (event.until < context.now.day())
    return field_expected("/data/until", {"un día que no ha pasado", "a day that has not passed"});
  if (event.until == state.postponed_until) return refuse(Reason::nothing_changed).at("/data/until");
  return {};
}

Result<void> admit(const DisposalState& state, const DisposalWithdrawn&, const Context& context) {
  return require_stage(state, {DisposalStage::proposed, DisposalStage::published, DisposalStage::approved},
                       {"propuesta, publicada o aprobada", "proposed, published or approved"}, context);
}

Result<void> admit(const DisposalState& state, const DisposalApproved& event, const Context& context) {
  if (auto stage = require_stage(state, DisposalStage::published, context); !stage) return stage;
  if (auto inventory = require_inventory(state, event.open.inventory); !inventory) return inventory;
  if (auto decision = admit_decision(state, event, context); !decision) return decision;
  if (event.votes_for <= event.votes_against)
    return field_expected("/data/votes_for", {"más votos a favor que en contra: así se aprueba",
                                              "more votes for than against: that is an approval"});
  std::optional<Date> published_until;
  if (state.published_on)
    published_until = publication_end(*state.published_on, calendar_of(context.lookup, Scope::national));
  if (auto after = require_after(event.date, published_until.value_or(kLastDay), kPublication, "/data/date"); !after)
    return after;
  if (auto after = require_after(event.date, state.postponed_until, kPostponement, "/data/date"); !after) return after;
  if (auto answered = require_answered(state); !answered) return answered;
  return require_all_disposable(state, context);
}

Result<void> admit(const DisposalState& state, const DisposalRejected& event, const Context& context) {
  if (auto stage = require_stage(state, {DisposalStage::proposed, DisposalStage::published},
                                 {"propuesta o publicada", "proposed or published"}, context);
      !stage)
    return stage;
  if (auto inventory = require_inventory(state, event.open.inventory); !inventory) return inventory;
  return admit_decision(state, event, context);
}

Result<void> admit(const DisposalState& state, const DisposalExecuted& event, const Context& context) {
  if (auto stage = require_stage(state, {DisposalStage::approved, DisposalStage::executed, DisposalStage::certified},
                                 label_of(DisposalStage::approved), context);
      !stage)
    return stage;
  if (auto inventory = require_inventory(state, event.open.inventory); !inventory) return inventory;
  if (auto other = require_other_person(state.approved_by, Duty::decider_does_not_execute, context); !other)
    return other;
  if (auto witness = require_witness(event.witness, context); !witness) return witness;
  if (auto after = not_before(state.approved_on, event.date); !after) return after;
  if (auto date = not_after_today(event.date, context); !date) return date;
  if (auto after = require_after(event.date, state.postponed_until, kPostponement, "/data/date"); !after) return after;
  if (auto outcomes = admit_outcomes(state, event); !outcomes) return outcomes;
  return state.locations.empty() ? require_all_disposable(state, context) : require_no_holds(state, context);
}

Result<void> admit(const DisposalState& state, const DisposalCertified& event, const Context& context) {
  if (auto stage = require_stage(state, DisposalStage::executed, context); !stage) return stage;
  if (auto inventory = require_inventory(state, event.open.inventory); !inventory) return inventory;
  if (event.open.incomplete == is_complete(state))
    return field_expected("/open/incomplete", {"true mientras falte el resultado en alguna ubicación, y si no, false",
                                               "true while a location has no outcome, else false"});
  return require_other_person(state.executed_by, Duty::executor_does_not_certify, context);
}

void evolve(DisposalState& state, const SelectionMade& event, const Occurrence& occurrence) {
  add_persons(state.proposed_by, occurrence.statement);
  if (occurrence.destroyed) return;
  for (const auto& file : event.files) state.considered.insert(file.value);
  for (const auto& file : event.kept) state.kept.insert(file.value);
}
void evolve(DisposalState& state, const DisposalProposed& event, const Occurrence& occurrence) {
  state.stage = DisposalStage::proposed;
  state.inventory = event.open.inventory;
  state.proposed_on = occurrence.recorded_at.day();
  add_persons(state.proposed_by, occurrence.statement);
  if (occurrence.destroyed) return;
  for (const auto& file : event.files) state.files.insert(file.value);
}
void evolve(DisposalState& state, const DisposalPublished& event, const Occurrence& occurrence) {
  state.stage = DisposalStage::published;
  if (!occurrence.destroyed) state.published_on = event.date;
}
void evolve(DisposalState& state, const DisposalObserved& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.observations.emplace(event.code.value, false);
}
void evolve(DisposalState& state, const DisposalObservationAnswered& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.observations[event.code.value] = true;
}
void evolve(DisposalState& state, const DisposalPostponed& event, const Occurrence& occurrence) {
  if (!occurrence.destroyed) state.postponed_until = event.until;
}
void evolve(DisposalState& state, const DisposalWithdrawn&, const Occurrence&) {
  state.stage = DisposalStage::withdrawn;
}
void evolve(DisposalState& state, const DisposalApproved& event, const Occurrence& occurrence) {
  state.stage = DisposalStage::approved;
  state.approved_by = persons_of(occurrence.statement);
  if (!occurrence.destroyed) state.approved_on = event.date;
}
void evolve(DisposalState& state, const DisposalRejected&, const Occurrence&) { state.stage = DisposalStage::rejected; }
void evolve(DisposalState& state, const DisposalExecuted& event, const Occurrence& occurrence) {
  state.stage = DisposalStage::executed;
  add_persons(state.executed_by, occurrence.statement);
  for (const auto& outcome : event.open.outcomes) state.locations.insert(outcome.location);
}
void evolve(DisposalState& state, const DisposalCertified&, const Occurrence&) {
  state.stage = DisposalStage::certified;
}

const Kind& disposal_kind() {
  static const Kind kind = describe_kind<DisposalEvents>();
  return kind;
}

}  // namespace fedatario::ledger
