// A demand that becomes no line: an orientation answered at once, a petition answered in its term or out of it, one
// passed on, declined, withdrawn, or still open.
#include "ledger/procedure/demands.hpp"

#include <fmt/format.h>

#include "tools/year/scripts.hpp"
#include "tools/year/words.hpp"

namespace fedatario::tools {
namespace {

using namespace ledger;

enum class End { oriented, answered, answered_late, extended, transferred, declined, withdrawn, open };
constexpr std::array kEnds{38, 32, 7, 8, 5, 3, 4, 3};

constexpr int kOrientingUnit = 5;

class DemandScript {
 public:
  DemandScript(const Story& story, std::uint32_t number, Telling& tell)
      : story_(story),
        hours_(story.hours()),
        people_(story.people()),
        tell_(tell),
        number_(number),
        random_(story.seed(), "demand", number),
        stream_("demand/" + demand_code(story, number)) {}

  void run() {
    const auto drawn = End(random_.weighted(kEnds));
    // The first ones end in every way there is.
    end_ = number_ < kEnds.size() ? End(number_) : drawn;
    unit_ = end_ == End::oriented ? kOrientingUnit : random_.between(0, kDirectorates - 1);
    kind_ = random_.permille(250)   ? DemandKind::documents_or_information
            : random_.permille(200) ? DemandKind::consultation
                                    : DemandKind::petition;
    receive();
    if (end_ == End::transferred) return transfer();
    classify();
    finish();
  }

 private:
  template <class Make>
  void say(Moment at, const Speaker& speaker, Make make) {
    tell_(at, at, speaker, stream_, make);
  }
  Moment on(Date day) { return hours_.during(hours_.next(day), random_); }
  Speaker professional(Moment at) const {
    return people_.professional(unit_, int(number_) % people_.staff(unit_).professionals, at);
  }

  void receive() {
    // When all entities are registered; those that end in every way are received early in the year.
    const auto first = hours_.add(story_.agenda().entities_to, 1), last = date(story_.year(), 11, 20);
    const auto day = hours_.next(between(first, number_ < kEnds.size() ? later(first, 60) : last, random_));
    received_ = day;
    at_ = hours_.during(day, random_);
    const bool citizen = random_.permille(350), anonymous = random_.permille(60);
    const auto entity = random_.below(story_.options().entities);
    say(at_, people_.procedure(), [&](Random& random) {
      DemandReceived event;
      event.channel = DemandChannel(random.between(0, 6));
      event.date = day;
      if (citizen && !anonymous)
        event.personal = {{Title{fmt::format("ciudadano{}@correo.example", number_)}, {person_name(random)}}};
      if (!citizen) event.entity = Code{story_.territory().code(entity)};
      event.filing_number = Title{filing_number(story_, day, number_)};
      event.subject = words::title(random, words::kSubjects);
      return event;
    });
  }

  void classify() {
    at_ = hours_.during(hours_.add(at_.day(), random_.between(0, 2)), random_);
    at_ = std::max(at_, hours_.soon(moment(at_.day(), 17, 30), random_));
    say(at_, people_.procedure(), [&](Random&) {
      DemandClassified event;
      event.kind = kind_;
      event.orientation = end_ == End::oriented;
      event.responsible = {professional(at_).actor};
      if (event.orientation) event.service = Code{std::string(services()[kOrientation].code)};
      event.unit = {std::string(directorates()[std::size_t(unit_)].code)};
      return event;
    });
  }

  void answer(Date day) {
    const auto happened = std::max(on(day), hours_.soon(at_, random_));
    const auto recorded = hours_.settle(happened + random_.between(5, 90) * kMinute, random_);
    tell_(happened, recorded, professional(recorded), stream_, [&](Random& random) {
      DemandAnswered event;
      event.date = happened.day();
      if (end_ == End::oriented)
        event.evidence = {{evidence("Registro de la orientación", random)}};
      else
        event.filing_number = Title{filing_number(story_, happened.day(), number_ + 900'000)};
      return event;
    });
  }

  void transfer() {
    const auto at = on(hours_.add(received_, random_.between(2, 6)));
    const auto when = std::max(at, hours_.soon(at_, random_));
    say(when, people_.procedure(), [&](Random&) {
      DemandTransferred event;
      event.authority = {"Comisión Nacional del Servicio Civil"};
      event.date = when.day();
      event.filing_number = Title{filing_number(story_, when.day(), number_ + 700'000)};
      return event;
    });
  }

  void finish() {
    const auto& calendar = hours_.calendar();
    const auto due = demand_due(calendar, received_, kind_);
    switch (end_) {
      case End::oriented:
        return answer(at_.day());
      case End::answered:
        return answer(between(later(at_.day(), 1), due, random_));
      case End::answered_late:
        return answer(later(due, random_.between(2, 20)));
      case End::extended: {
        const auto told = hours_.during(hours_.add(at_.day(), 3), random_);
        const auto until = latest_extension(calendar, received_, kind_);
        say(told, people_.coordinator(unit_, 0), [&](Random&) {
          DemandExtended event;
          event.date = told.day();
          event.reason = {"Se requiere concepto de otra entidad para responder de fondo."};
          event.until = until;
          return event;
        });
        at_ = told;
        return answer(until);
      }
      case End::declined: {
        const auto at = on(hours_.add(at_.day(), 4));
        return say(at, people_.coordinator(unit_, 0), [&](Random&) {
          DemandDeclined event;
          event.date = at.day();
          event.norm = {"Ley 1755 de 2015, art. 19"};
          event.reason = {"Petición irrespetuosa; se devolvió para que se corrija y no se corrigió."};
          return event;
        });
      }
      case End::withdrawn: {
        const auto at = on(hours_.add(at_.day(), 6));
        return say(at, professional(at), [&](Random& random) {
          DemandWithdrawn event;
          event.date = at.day();
          event.evidence = {{evidence("Escrito de desistimiento", random)}};
          event.reason = {"La entidad desistió por escrito."};
          return event;
        });
      }
      case End::transferred:
      case End::open:
        return;
    }
  }

  const Story& story_;
  const WorkingHours& hours_;
  const People& people_;
  Telling& tell_;
  const std::uint32_t number_;
  Random random_;
  const std::string stream_;
  End end_{};
  int unit_ = 0;
  DemandKind kind_{};
  Date received_;
  Moment at_;  // recorded last
};

}  // namespace

void tell_demand(const Story& story, std::uint32_t demand, Telling& tell) { DemandScript(story, demand, tell).run(); }

}  // namespace fedatario::tools
