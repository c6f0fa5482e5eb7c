// A line comes to stand in a plan: drafted, mistyped and mended, joined by another unit, born of a demand.
#include <fmt/format.h>

#include "ledger/names.hpp"
#include "ledger/procedure/demands.hpp"
#include "tools/year/line_script.hpp"
#include "tools/year/words.hpp"

namespace fedatario::tools {

using namespace ledger;

LineScript::LineScript(const Story& story, std::uint32_t index, Telling& tell)
    : story_(story),
      people_(story.people()),
      hours_(story.hours()),
      agenda_(story.agenda()),
      line_(line_facts(story, index)),
      tell_(tell),
      random_(story.seed(), "line's life", index),
      unit_(directorates()[std::size_t(line_.unit)].code),
      stream_(intervention_of(story, line_)),
      plan_(plan_stream(story.year(), unit_)),
      file_(record_file_of(story, line_)),
      entity_(story.territory().code(line_.entity)),
      limit_(agenda_.closing),
      last_(line_.start),
      end_(line_.end),
      dues_(line_.dues) {
  if (line_.amendment != Amendment::changed) return;
  end_ = later(line_.end, line_.shift_days);
  dues_ = amended_dues(story, line_);
}

Speaker LineScript::who(Moment recorded) const {
  const bool moved = moved_to_ >= 0 && recorded >= moved_at_;
  return people_.professional(line_.unit, moved ? moved_to_ : line_.professional, recorded);
}

Moment LineScript::next(Moment happened) {
  const auto recorded = hours_.recorded(happened, random_);
  return recorded > now_ ? recorded : hours_.soon(now_, random_);
}

void LineScript::run() {
  if (!plan()) return;
  execute();
  if (line_.fate == Fate::carried) next_year();
}

bool LineScript::plan() {
  if (line_.demanded) demand_received();
  if (line_.amendment == Amendment::added) {
    available_ = moment(hours_.add(agenda_.rounds[std::size_t(line_.round)].approved, 1), 8, 30);
  } else {
    available_ = moment(hours_.add(story_.plan_approved(line_.unit), 1), 8, 30);
    add_to_plan();
  }
  if (line_.fate == Fate::dropped_in_draft) return false;
  if (line_.joined) join();
  if (line_.demanded) demand_planned();
  return line_.amendment != Amendment::dropped && line_.fate != Fate::never_begun;
}

void LineScript::add_to_plan() {
  const auto at = hours_.during(hours_.next(between(agenda_.lines_from, agenda_.lines_to, random_)), random_);
  const auto responsible = people_.professional_code(line_.unit, line_.professional);
  const Speaker by{responsible, "professional@" + unit_};
  const bool mistyped = line_.drawn(random_, 20, Part::changed_in_draft);
  tell_(at, at, by, plan_, [&](Random&) {
    PlanLineAdded event;
    static_cast<PlanLine&>(event) =
        plan_line(story_, line_, mistyped ? Version::mistyped : Version::planned, responsible);
    return event;
  });
  if (mistyped) {
    const auto mended = hours_.soon(at, random_);
    tell_(mended, mended, by, plan_, [&](Random&) {
      PlanLineChanged event;
      static_cast<PlanLine&>(event) = plan_line(story_, line_, Version::planned, responsible);
      event.reason = {"El presupuesto se digitó mal."};
      return event;
    });
  }
  if (line_.fate != Fate::dropped_in_draft) return;
  const auto dropped = hours_.during(agenda_.joined, random_);
  tell_(dropped, dropped, by, plan_, [&](Random&) {
    PlanLineDropped event;
    event.line = {line_.code};
    event.reason = {"La entidad ya recibe el mismo servicio de otra dirección técnica."};
    return event;
  });
}

void LineScript::join() {
  const auto at = hours_.during(agenda_.joined, random_);
  const int unit = *line_.joined_unit;
  const auto by = people_.professional(unit, 0, at);
  tell_(at, at, by, plan_stream(story_.year(), directorates()[std::size_t(unit)].code), [&](Random& random) {
    PlanLineJoined event;
    event.budget_cop = {random.between(0, 12) * std::int64_t(250'000)};
    event.contribution = Text{"Un profesional para las sesiones de trabajo y el material propio."};
    event.lead_line = {line_.code};
    event.lead_unit = {unit_};
    event.responsible = {by.actor};
    return event;
  });
}

void LineScript::demand_received() {
  const auto number = demand_of_line(story_, line_.index);
  const auto stream = "demand/" + demand_code(story_, number);
  const auto day = demanded_on(story_, line_);
  const auto received = hours_.during(day, random_);
  const auto by = people_.procedure();
  tell_(received, received, by, stream, [&](Random& random) {
    DemandReceived event;
    event.channel = DemandChannel(random.weighted(std::array{10, 40, 5, 25, 0, 0, 20}));
    event.date = day;
    event.entity = Code{entity_};
    event.filing_number = Title{filing_number(story_, day, number)};
    event.subject = words::title(random, words::kSubjects);
    return event;
  });
  const auto classified = hours_.soon(hours_.during(hours_.add(day, 1), random_), random_);
  tell_(classified, classified, by, stream, [&](Random&) {
    DemandClassified event;
    event.kind = DemandKind::petition;
    event.responsible = {people_.holder(line_.unit, line_.professional, classified)};
    event.service = Code{std::string(services()[std::size_t(line_.service)].code)};
    event.unit = {unit_};
    return event;
  });
  const auto calendar = hours_.calendar();
  const auto extended = hours_.soon(hours_.during(hours_.add(day, 6), random_), random_);
  tell_(extended, extended, people_.coordinator(line_.unit, line_.coordinator), stream, [&](Random&) {
    DemandExtended event;
    event.date = extended.day();
    event.reason = {"La respuesta de fondo depende del plan de asistencia, que está en trámite."};
    event.until = latest_extension(calendar, day, DemandKind::petition);
    return event;
  });
}

void LineScript::demand_planned() {
  const auto stream = "demand/" + demand_code(story_, demand_of_line(story_, line_.index));
  const bool added = line_.amendment == Amendment::added;
  const auto planned = hours_.during(added ? available_.day() : agenda_.submitted, random_);
  const auto by = people_.procedure();
  tell_(planned, planned, by, stream, [&](Random&) {
    DemandPlanned event;
    event.line = {line_.code};
    event.plan = {plan_};
    return event;
  });
  const auto answered = hours_.during(hours_.add(planned.day(), random_.between(1, 4)), random_);
  const auto responsible = people_.professional(line_.unit, line_.professional, answered);
  tell_(answered, answered, responsible, stream, [&](Random&) {
    DemandAnswered event;
    event.date = answered.day();
    event.filing_number = Title{filing_number(story_, answered.day(), demand_of_line(story_, line_.index) + 500'000)};
    return event;
  });
}

void tell_line(const Story& story, std::uint32_t line, Telling& tell) { LineScript(story, line, tell).run(); }

namespace {

class Deaf final : public Ear {
 public:
  bool wants(const Heading&) override { return false; }
  void hear(Said) override {}
  crypto::PublicKey public_key(std::string_view, int) const override { std::abort(); }
};

}  // namespace

LineOutcome outcome_of(const Story& story, std::uint32_t line) {
  Deaf deaf;
  Telling telling(story.seed(), Script::line, line, deaf);
  LineScript script(story, line, telling);
  script.run();
  return script.outcome();
}

}  // namespace fedatario::tools
