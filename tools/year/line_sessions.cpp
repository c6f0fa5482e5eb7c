// Sessions: who held them, what was promised, whether the list came and who verified it.
#include <fmt/format.h>

#include <algorithm>

#include "tools/year/line_script.hpp"
#include "tools/year/words.hpp"

namespace fedatario::tools {

using namespace ledger;

namespace {

constexpr std::string_view kPosts[] = {"Secretario de despacho", "Profesional universitario", "Técnico administrativo",
                                       "Jefe de oficina"};
constexpr ListKind kLists[] = {ListKind::paper, ListKind::form, ListKind::platform_report};
constexpr std::string_view kListTitles[] = {"Lista de asistencia firmada, escaneada", "Formulario de asistencia",
                                            "Reporte de asistencia de la plataforma"};

std::string session_code(int number) { return fmt::format("sesion-{}", number + 1); }
std::string commitment_code(int session, int number) {
  return fmt::format("compromiso-{}-{}", session + 1, number + 1);
}

}  // namespace

// The line's own people, its territorial manager, or the unit that joined it.
Speaker LineScript::session_speaker(int number, Moment recorded) {
  const bool by_manager = random_.permille(500), by_other = random_.permille(500) || line_.is(Part::joint);
  if (line_.joined && number == 0 && by_other) return people_.professional(*line_.joined_unit, 0, recorded);
  if (line_.managed && by_manager) return people_.manager(entity_department(), line_.unit);
  return who(recorded);
}

SessionHeld LineScript::session(int number, Date day, int attendees, int commitments, Random& random) const {
  SessionHeld event;
  event.attendees = {attendees};
  event.code = {session_code(number)};
  for (int i = 0; i < commitments; ++i)
    event.commitments.push_back({{commitment_code(number, i)},
                                 later(day, random.between(15, 60)),
                                 words::title(random, words::kEntityOffices),
                                 words::text(random, words::kCommitments)});
  event.date = day;
  event.entities = {{entity_}};
  for (const auto other : line_.others) event.entities.push_back({story_.territory().code(other)});
  event.from = {random.between(16, 28) * 30};
  event.mechanism = line_.mechanism;
  event.modality = line_.modality;
  event.place = line_.modality == Modality::online ? words::title(random, words::kPlatforms)
                                                   : words::title(random, words::kPlaces);
  event.to = {event.from.minutes + random.between(2, 6) * 30};
  event.topics = {words::title(random, words::kTopics)};
  if (random.permille(500)) event.topics.push_back(words::title(random, words::kTopics));
  return event;
}

void LineScript::hold_session(int number, Date until) {
  if (number == 0 && line_.drawn(random_, 35, Part::session_cancelled)) cancel_session();
  auto day = hours_.next(between(last_, until, random_));
  // Urgent work was done before the line was approved [regularización].
  const bool before =
      number == 0 && line_.amendment == Amendment::added && (random_.permille(300) || line_.is(Part::added));
  if (before) day = hours_.add(agenda_.rounds[std::size_t(line_.round)].submitted, -3);
  const auto happened = hours_.during(day, random_);
  const auto recorded = next(happened);
  const auto by = session_speaker(number, recorded);
  const int attendees = random_.between(6, 45);
  const bool promises = line_.is(Part::commitment_changed) || line_.is(Part::commitment_cancelled);
  const int commitments = std::max(random_.weighted(std::array{45, 40, 15}), promises ? 1 : 0);
  const bool other = number == 0 && line_.drawn(random_, 20, Part::other_mechanism);
  const bool mistyped = number == 0 && line_.drawn(random_, 15, Part::head_count_corrected);
  const auto words = random_.next();
  const auto held = [&](int said) {
    Random same(words, "session", std::uint64_t(number));
    auto event = session(number, day, said, commitments, same);
    if (!other) return event;
    event.mechanism = Mechanism::other;
    event.mechanism_description = Text{"Visita de aprendizaje a una entidad que ya hizo el proceso."};
    return event;
  };
  const auto id = act(happened, recorded, by, [&](Random&) { return held(mistyped ? attendees * 10 : attendees); });
  if (!id) return;
  now_ = recorded;
  if (!before) last_ = std::max(last_, day);
  attendees_ += attendees;
  if (other) {
    const auto noted = hours_.during(hours_.add(recorded.day(), random_.between(2, 8)), random_);
    act(noted, noted, people_.subdirector(), [&](Random&) {
      MechanismNoted event;
      event.observations = {"Se toma nota del mecanismo; se evaluará incluirlo en la guía."};
      event.session = {session_code(number)};
      return event;
    });
  }
  corrector_.clear();
  if (mistyped) correct_head_count(held(attendees), *id, recorded, by);
  record_list(number, attendees, recorded, by);
  const auto promised = held(attendees).commitments;
  for (const auto& commitment : promised) follow_commitment(commitment.code.value, commitment.due, recorded);
}

void LineScript::cancel_session() {
  const auto day = hours_.next(last_);
  const auto recorded = next(hours_.during(day, random_));
  advance(recorded, recorded, who(recorded), [&](Random& random) {
    SessionCancelled event;
    event.code = {"sesion-0"};
    event.date = day;
    event.reason = words::text(random, words::kCauses);
    return event;
  });
}

void LineScript::correct_head_count(const SessionHeld& right, const EventId& id, Moment held, const Speaker& by) {
  const auto recorded = hours_.during(hours_.add(held.day(), random_.between(1, 6)), random_);
  const bool own = who(recorded).actor == by.actor;
  if (!own) outcome_.director_spoke = true;
  const auto speaker = own ? by : people_.director(line_.unit, recorded);
  corrector_ = speaker.actor;
  act(recorded, recorded, speaker, [&](Random&) {
    InterventionCorrected event;
    event.corrected = {write_field(right)};
    event.event = {id};
    event.reason = {"En el número de asistentes se digitó un cero de más."};
    event.type = {std::string(SessionHeld::kType)};
    return event;
  });
}

void LineScript::record_list(int number, int attendees, Moment held, const Speaker& speaker) {
  const int chance = random_.between(0, 99);
  const int days = chance < 55 ? 0 : chance < 80 ? random_.between(1, 4) : random_.between(6, 30);
  const bool by_coordinator = line_.drawn(random_, 25, Part::contacted) && number == 0;
  const auto recorded = days == 0 ? hours_.soon(held, random_) : hours_.during(hours_.add(held.day(), days), random_);
  if (chance >= 95 && line_.index >= kParts) return;  // it never came
  const auto listed = std::max(1, attendees - random_.between(0, 3));
  const auto kind = random_.below(std::size(kLists));
  const int persons = random_.permille(400) ? std::min(listed, random_.between(1, 4)) : 0;
  const auto list = [&](int count, Random& random) {
    AttendanceRecorded event;
    event.document = evidence(std::string(kListTitles[kind]), random);
    event.kind = kLists[kind];
    event.listed = {count};
    for (int i = 0; i < persons; ++i)
      event.personal.push_back({Title{fmt::format("{}", random.between(10'000'000, 99'999'999))},
                                std::nullopt,
                                Title{story_.territory().name(line_.entity)},
                                {person_name(random)},
                                words::title(random, kPosts)});
    event.session = {session_code(number)};
    return event;
  };
  // Of the line's own people the one who is responsible by then.
  const bool own = speaker.as == who(recorded).as;
  const auto by = by_coordinator ? coordinator() : own ? who(recorded) : speaker;
  if (line_.drawn(random_, 3, Part::head_count_corrected) && number == 0) {
    const auto at = recorded + -2 * kMinute;
    Beside beside;
    beside.refusal = PlannedRefusal{Reason::list_too_long, std::nullopt};
    // More than even the mistyped head-count.
    act(
        at, at, by, [&](Random& random) { return list(attendees * 10 + 5, random); }, beside);
  }
  if (!act(recorded, recorded, by, [&](Random& random) { return list(listed, random); })) return;
  verify_list(number, recorded, by_coordinator);
  if (random_.permille(250))
    file_document(RecordKind::attendance_list, "Lista de asistencia", fmt::format("Lista de la sesión {}", number + 1),
                  recorded);
}

void LineScript::verify_list(int number, Moment listed, bool by_recorder) {
  const auto recorded = hours_.during(hours_.add(listed.day(), random_.between(1, 9)), random_);
  const auto verified = [&](Random& random) {
    AttendanceVerified event;
    if (random.permille(120)) event.observations = words::text(random, words::kObservations);
    event.session = {session_code(number)};
    return event;
  };
  if (by_recorder) {
    Beside beside;
    beside.refusal = PlannedRefusal{Reason::separation_of_duties, Duty::recorder_does_not_verify_attendance};
    const auto at = recorded + -5 * kMinute;
    act(at, at, coordinator(), verified, beside);
  }
  if (random_.permille(120) && line_.index >= kParts) return;
  // Who corrected the session has recorded it too: a coordinator who stood in for the director then.
  const bool corrected = corrector_ == coordinator().actor;
  const auto by = by_recorder || corrected ? other_coordinator() : coordinator();
  if (by.actor != corrector_) act(recorded, recorded, by, verified);
}

void LineScript::follow_commitment(const std::string& code, Date due, Moment promised) {
  const bool changed = line_.drawn(random_, 70, Part::commitment_changed);
  const auto moved = hours_.during(hours_.add(promised.day(), random_.between(5, 12)), random_);
  const int chance = random_.between(0, 99);
  const bool cancelled = chance < 7 || line_.is(Part::commitment_cancelled);
  if (changed) {
    due = later(due, 20);
    act(moved, moved, who(moved), [&](Random&) {
      CommitmentChanged event;
      event.code = {code};
      event.due = due;
      event.reason = {"La entidad pidió plazo por escrito."};
      return event;
    });
  }
  if (cancelled) {
    const auto at = hours_.during(hours_.add(moved.day(), random_.between(2, 10)), random_);
    act(at, at, who(at), [&](Random&) {
      CommitmentCancelled event;
      event.code = {code};
      event.reason = {"El producto quedó incluido en otro compromiso."};
      return event;
    });
    return;
  }
  if (chance >= 85 && line_.index >= kParts) return;  // it stays open
  const auto day = hours_.next(std::max(later(due, random_.between(-10, 15)), later(moved.day(), 1)));
  const auto happened = hours_.during(day, random_);
  const auto recorded = hours_.recorded(happened, random_);
  act(happened, recorded, who(recorded), [&](Random& random) {
    CommitmentFulfilled event;
    event.code = {code};
    event.date = day;
    event.evidence = {evidence("Soporte del cumplimiento", random)};
    return event;
  });
}

}  // namespace fedatario::tools
