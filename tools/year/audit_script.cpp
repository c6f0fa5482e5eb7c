// Two audits of the control office: findings answered, disputed and withdrawn, improvement plans whose first action
// does not help and whose second does.
#include "ledger/procedure/audits.hpp"

#include <fmt/format.h>

#include "tools/year/scripts.hpp"
#include "tools/year/words.hpp"

namespace fedatario::tools {
namespace {

using namespace ledger;

class AuditScript {
 public:
  AuditScript(const Story& story, int number, std::vector<int> units, Date first, Telling& tell)
      : story_(story),
        hours_(story.hours()),
        people_(story.people()),
        tell_(tell),
        units_(std::move(units)),
        day_(story.hours().next(first)),
        stream_(fmt::format("audit/{}-{:02}", story.year(), number)) {}

  void run() {
    say(people_.control(), [&](Random&) {
      AuditOpened event;
      event.criteria = {"Procedimiento de asistencia técnica integral, V1; Ley 87 de 1993."};
      event.fiscal_year = {story_.year()};
      event.scope = {"Actividades 7 a 11 y 13 de las direcciones seleccionadas."};
      for (const int unit : units_) event.units.push_back({unit_code(unit)});
      return event;
    });
    for (std::size_t i = 0; i < units_.size(); ++i) finding(int(i) + 1, units_[i]);
    dispute(units_.front());
    for (std::size_t i = 0; i < units_.size(); ++i) improve(int(i) + 1, units_[i], i == 0);
    pass(10);
    say(people_.control(), [&](Random& random) {
      AuditClosed event;
      event.evidence = {{evidence("Informe final de auditoría", random)}};
      return event;
    });
  }

 private:
  static std::string unit_code(int unit) { return std::string(directorates()[std::size_t(unit)].code); }
  // The next thing, some minutes after the last or on another day.
  void pass(int business_days) {
    day_ = hours_.add(day_, business_days);
    minute_ = 0;
  }
  template <class Make>
  void say(const Speaker& speaker, Make make) {
    minute_ += 13;
    const auto at = moment(day_, 9, minute_);
    tell_(at, at, speaker, stream_, make);
  }
  Moment now() const { return moment(day_, 9, minute_ + 13); }
  Speaker professional(int unit) const { return people_.professional(unit, 0, now()); }

  void record_finding(const Code& code, int unit) {
    say(people_.control(), [&](Random& random) {
      FindingRecorded event;
      event.cause = {"No hay un responsable de revisar los registros antes del cierre del mes."};
      event.code = code;
      event.condition = {"En la muestra hay sesiones sin lista de asistencia después de diez días hábiles."};
      event.criterion = {"Actividad 8 del procedimiento: de cada sesión se genera la asistencia."};
      event.effect = {"No se puede comprobar la cobertura informada."};
      event.evidence = {evidence("Papeles de trabajo", random)};
      event.unit = {unit_code(unit)};
      return event;
    });
  }

  void finding(int number, int unit) {
    pass(6);
    const Code code{fmt::format("h{}", number)};
    record_finding(code, unit);
    pass(4);
    say(people_.director(unit, now()), [&](Random& random) {
      FindingAnswered event;
      event.answer = {"Se acepta; se formula plan de mejoramiento."};
      event.code = code;
      event.evidence = {{evidence("Respuesta de la dirección", random)}};
      return event;
    });
  }

  void dispute(int unit) {
    const Code code{"h9"};
    record_finding(code, unit);
    pass(3);
    say(people_.director(unit, now()), [&](Random&) {
      FindingDisputed event;
      event.code = code;
      event.reason = {"La lista estaba en el expediente físico y se aporta."};
      return event;
    });
    pass(2);
    say(people_.control(), [&](Random&) {
      FindingWithdrawn event;
      event.code = code;
      event.reason = {"Se verificó la lista aportada."};
      return event;
    });
  }

  void act(const Code& code, const Code& finding, int unit, bool effective) {
    pass(3);
    say(professional(unit), [&](Random&) {
      AuditActionProposed event;
      event.cause = {"Falta de revisión mensual."};
      event.code = code;
      event.due = hours_.add(day_, 20);
      event.finding = finding;
      event.kind = ActionKind::corrective;
      event.responsible = {people_.coordinator(unit, 0).actor};
      event.what = {"Revisar cada mes que toda sesión tenga su lista y dejar constancia."};
      return event;
    });
    pass(8);
    say(people_.coordinator(unit, 0), [&](Random& random) {
      AuditActionProgressed event;
      event.code = code;
      event.observations = words::text(random, words::kFindings);
      event.percent = {50};
      return event;
    });
    pass(8);
    say(people_.coordinator(unit, 0), [&](Random& random) {
      AuditActionCompleted event;
      event.code = code;
      event.date = day_;
      event.evidence = {evidence("Constancia de la revisión mensual", random)};
      return event;
    });
    pass(10);
    say(people_.control(), [&](Random&) {
      AuditActionAssessed event;
      event.code = code;
      event.date = day_;
      event.effective = effective;
      event.observations = Text{effective ? "La muestra nueva está completa." : "En la muestra nueva faltan listas."};
      return event;
    });
  }

  void improve(int number, int unit, bool twice) {
    const Code finding{fmt::format("h{}", number)};
    if (twice) act({fmt::format("a{}-1", number)}, finding, unit, false);
    act({fmt::format("a{}-2", number)}, finding, unit, true);
    say(people_.control(), [&](Random&) {
      FindingClosed event;
      event.code = finding;
      event.observations = Text{"Cumplido el plan de mejoramiento."};
      return event;
    });
  }

  const Story& story_;
  const WorkingHours& hours_;
  const People& people_;
  Telling& tell_;
  const std::vector<int> units_;
  Date day_;
  int minute_ = 0;
  const std::string stream_;
};

}  // namespace

void tell_audit(const Story& story, Telling& tell) {
  AuditScript(story, 1, {0, 3}, date(story.year(), 5, 4), tell).run();
  AuditScript(story, 2, {2, 4}, date(story.year(), 9, 1), tell).run();
}

}  // namespace fedatario::tools
