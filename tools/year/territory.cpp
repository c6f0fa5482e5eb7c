// Entities by number: a place, and which of its entities.
#include "tools/year/territory.hpp"

#include <fmt/format.h>

#include <utility>

#include "tools/year/random.hpp"

namespace fedatario::tools {
namespace {

#include "tools/year/territory.inc"

constexpr std::string_view kBogota = "11";  // a department of one municipality, without a government of its own

struct EntityKind {
  std::string_view prefix, name, nature;
};
// Beside the mayoralty, and beside the government. Whatever comes after is a school.
constexpr EntityKind kMunicipal[] = {
    {"concejo", "Concejo Municipal de ", "Corporación pública"},
    {"personeria", "Personería Municipal de ", "Órgano de control"},
    {"ese", "E.S.E. Hospital de ", "Empresa Social del Estado"},
    {"esp", "Empresa de Servicios Públicos de ", "Empresa industrial y comercial del Estado"},
    {"inder", "Instituto Municipal de Deporte y Recreación de ", "Establecimiento público"},
    {"cultura", "Casa de la Cultura de ", "Establecimiento público"},
};
constexpr EntityKind kDepartmental[] = {
    {"asamblea", "Asamblea Departamental de ", "Corporación pública"},
    {"contraloria", "Contraloría Departamental de ", "Órgano de control"},
    {"ese", "E.S.E. Hospital Departamental de ", "Empresa Social del Estado"},
    {"loteria", "Lotería de ", "Empresa industrial y comercial del Estado"},
    {"inder", "Instituto Departamental de Deporte de ", "Establecimiento público"},
    {"cultura", "Instituto Departamental de Cultura de ", "Establecimiento público"},
};
constexpr std::uint32_t kKinds = std::size(kMunicipal);
static_assert(std::size(kDepartmental) == kKinds);
constexpr std::string_view kSchool = "Establecimiento educativo oficial";

bool is_department(const Place& place) { return place.code.size() == 2; }
const EntityKind& kind_of(const Place& place, std::uint32_t layer) {
  return (is_department(place) ? kDepartmental : kMunicipal)[layer - 1];
}

}  // namespace

std::span<const Place> departments() { return kDepartments; }
std::span<const Place> municipalities() { return kMunicipalities; }

Territory::Territory(std::uint64_t seed) {
  for (const auto& place : kMunicipalities) places_.push_back(&place);
  for (const auto& place : kDepartments)
    if (place.code != kBogota) places_.push_back(&place);
  Random random(seed, "territory", 0);
  for (auto i = std::uint32_t(places_.size()); i > 1; --i) std::swap(places_[i - 1], places_[random.below(i)]);
}

std::string Territory::code(std::uint32_t number) const {
  const auto& where = place(number);
  const auto which = layer(number);
  if (which == 0) return fmt::format("divipola-{}", where.code);
  if (which <= kKinds) return fmt::format("{}-{}", kind_of(where, which).prefix, where.code);
  return fmt::format("ie-{}-{:02}", where.code, which - kKinds);
}

std::string Territory::name(std::uint32_t number) const {
  const auto& where = place(number);
  const auto which = layer(number);
  if (which == 0) return fmt::format("{} de {}", is_department(where) ? "Gobernación" : "Alcaldía", where.name);
  if (which <= kKinds) return fmt::format("{}{}", kind_of(where, which).name, where.name);
  return fmt::format("Institución Educativa n.º {} de {}", which - kKinds, where.name);
}

PublicEntity Territory::entity(std::uint32_t number) const {
  const auto& where = place(number);
  const auto which = layer(number);
  return {code(number), std::string(where.code), name(number), is_department(where) ? "Departamental" : "Municipal",
          which == 0        ? std::string_view("Entidad territorial")
          : which <= kKinds ? kind_of(where, which).nature
                            : kSchool};
}

}  // namespace fedatario::tools
