// An entity: registered, prioritised by its score, and what of that was mistyped or changed.
#include "ledger/procedure/entities.hpp"

#include <fmt/format.h>

#include "ledger/procedure/strategy.hpp"
#include "tools/year/scripts.hpp"

namespace fedatario::tools {
namespace {

using namespace ledger;

constexpr std::uint32_t kRevised = 1, kScoreCorrected = 2;  // entities to which it always happens
constexpr std::int64_t kScale = 10'000;
constexpr std::string_view kCriteria[] = {"Resultado del FURAG", "Solicitudes de la entidad", "PND", "PQRSD",
                                          "Acciones judiciales"};

EntityAttributes attributes_of(const PublicEntity& entity, Date from) {
  EntityAttributes out;
  out.divipola = Title{entity.divipola};
  out.from = from;
  out.legal_nature = Title{std::string(entity.nature)};
  out.level = Title{std::string(entity.level)};
  out.name = {entity.name};
  out.order = EntityOrder::territorial;
  return out;
}

void fill(EntityPrioritized& event, const std::string& entity, std::int64_t score, Random& random) {
  const auto first = random.below(std::size(kCriteria));
  const auto second = (first + 1 + random.below(std::size(kCriteria) - 1)) % std::size(kCriteria);
  event.criteria = {{std::string(kCriteria[first])}, {std::string(kCriteria[second])}};
  event.entity = {entity};
  event.rationale = {score > 7'000 ? "Brechas altas y solicitud expresa de la entidad."
                                   : "Brechas medias; se atiende según la capacidad disponible."};
  event.scale_hundredths = {kScale};
  event.score_hundredths = {score};
}

}  // namespace

void tell_entity(const Story& story, std::uint32_t number, Telling& tell) {
  const auto& hours = story.hours();
  const auto& agenda = story.agenda();
  Random random(story.seed(), "entity's life", number);
  const auto code = story.territory().code(number);
  const auto stream = "entity/" + code;
  const auto registered = hours.during(hours.next(between(agenda.entities_from, agenda.entities_to, random)), random);
  const auto by = story.people().procedure();
  tell(registered, registered, by, stream, [&](Random&) {
    EntityRegistered event;
    static_cast<EntityAttributes&>(event) =
        attributes_of(story.territory().entity(number), date(story.year() - 1, 1, 1));
    return event;
  });

  const bool prioritised = number < kParts || !random.permille(30);
  const auto at = hours.during(hours.next(between(agenda.prioritised_from, agenda.prioritised_to, random)), random);
  const auto score = random.between(3'000, 9'900);
  const bool mistyped = random.permille(3) || number == kScoreCorrected;
  const int unit = random.between(0, kDirectorates - 1);
  const auto speaker = random.permille(700) ? story.people().director(unit, at) : by;
  const auto recorded = hours.settle(at + random.between(2, 90) * kMinute, random);
  const auto corrected = hours.recorded(hours.during(hours.add(recorded.day(), 1), random), random);
  if (prioritised) {
    const auto strategy = fmt::format("strategy/{}", story.year());
    const auto words = random.next();
    const auto prioritise = [&](std::int64_t said) {
      Random same(words, "prioritised", number);
      EntityPrioritized event;
      fill(event, code, said, same);
      return event;
    };
    const auto id =
        tell(at, recorded, speaker, strategy, [&](Random&) { return prioritise(mistyped ? score / 10 : score); });
    if (mistyped)
      tell(corrected, corrected, speaker, strategy, [&](Random&) {
        StrategyCorrected event;
        event.corrected = {write_field(prioritise(score))};
        event.event = {id};
        event.reason = {"Se digitó el puntaje con una cifra menos."};
        event.type = {std::string(EntityPrioritized::kType)};
        return event;
      });
  }

  const bool revised = random.permille(5) || number == kRevised;
  const auto revision =
      hours.during(hours.next(between(date(story.year(), 2, 1), date(story.year(), 10, 1), random)), random);
  if (!revised) return;
  tell(revision, revision, by, stream, [&](Random&) {
    EntityRevised event;
    static_cast<EntityAttributes&>(event) = attributes_of(story.territory().entity(number), revision.day());
    event.sector = Title{"Gestión pública"};
    return event;
  });
}

}  // namespace fedatario::tools
