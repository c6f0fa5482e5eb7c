// Posts and their holders.
#include "tools/year/people.hpp"

#include <fmt/format.h>

#include "tools/year/territory.hpp"

namespace fedatario::tools {
namespace {

std::string unit_code(int unit) { return std::string(directorates()[std::size_t(unit)].code); }
std::size_t number_of(std::string_view department) {
  return std::size_t((department[0] - '0') * 10 + (department[1] - '0'));
}

constexpr std::string_view kFirstNames[] = {
    "Adriana", "Alejandro", "Ana María",  "Andrés",   "Ángela", "Camilo",   "Carlos", "Carolina",
    "Claudia", "Daniel",    "Diana",      "Diego",    "Edgar",  "Esteban",  "Fabio",  "Gloria",
    "Hernán",  "Isabel",    "Jaime",      "Jhon",     "Jorge",  "Juan",     "Laura",  "Leonardo",
    "Liliana", "Luis",      "Luz Marina", "Marcela",  "María",  "Mauricio", "Miguel", "Mónica",
    "Natalia", "Nelson",    "Óscar",      "Patricia", "Paula",  "Rocío",    "Sandra", "Yolanda"};
constexpr std::string_view kSurnames[] = {
    "Acosta",   "Aguirre",   "Álvarez",  "Ardila",    "Arias",    "Beltrán",   "Bermúdez",  "Cárdenas",
    "Castaño",  "Castro",    "Cuesta",   "Díaz",      "Duarte",   "Escobar",   "Gómez",     "González",
    "Guerrero", "Gutiérrez", "Henao",    "Hernández", "Jiménez",  "León",      "López",     "Martínez",
    "Medina",   "Mejía",     "Molina",   "Moreno",    "Mosquera", "Muñoz",     "Ortiz",     "Ospina",
    "Palacios", "Pérez",     "Quintero", "Ramírez",   "Rincón",   "Rodríguez", "Rojas",     "Ruiz",
    "Salazar",  "Sánchez",   "Suárez",   "Torres",    "Valencia", "Vargas",    "Velásquez", "Zapata"};

}  // namespace

std::string person_name(Random& random) {
  return fmt::format("{} {} {}", random.pick(kFirstNames), random.pick(kSurnames), random.pick(kSurnames));
}

void People::choose_managers(std::uint64_t seed) {
  Random random(seed, "managers", 0);
  for (const auto& department : departments()) managed_[number_of(department.code)] = random.permille(450);
}

Speaker People::director(int unit, Moment recorded) const {
  const auto day = recorded.day();
  const auto code = unit_code(unit);
  if (has_leave(unit) && day >= agenda_.leave_from && day <= agenda_.leave_to)
    return {coordinator(unit, kInCharge).actor, "director@" + code};
  return {"director." + code + ".1", "director@" + code};
}

Speaker People::coordinator(int unit, int number) const {
  const auto code = unit_code(unit);
  return {fmt::format("coordinador.{}.{}", code, number + 1), "coordinator@" + code};
}

bool People::delegates(int unit, Moment recorded) const {
  return unit == kDelegatingUnit && recorded.day() >= agenda_.rounds[0].submitted && recorded < agenda_.closing;
}

Speaker People::delegate(int unit) const {
  const auto code = unit_code(unit);
  return {coordinator(unit, kSubmitter).actor, "director@" + code, "director." + code + ".1"};
}

std::string People::professional_code(int unit, int number) const {
  return fmt::format("profesional.{}.{}", unit_code(unit), number + 1);
}

std::string People::holder(int unit, int number, Moment recorded) const {
  const bool gone = leaves(unit, number) && recorded >= accepted(unit, number);
  return professional_code(unit, gone ? successor(number) : number);
}

Speaker People::professional(int unit, int number, Moment recorded) const {
  return {holder(unit, number, recorded), "professional@" + unit_code(unit)};
}

bool People::has_manager(std::string_view department, int unit) const {
  return managed_[number_of(department)] && (number_of(department) + std::size_t(unit)) % 2 == 0;
}

Speaker People::manager(std::string_view department, int unit) const {
  return {fmt::format("gestor.{}", department), "territorial_manager@" + unit_code(unit)};
}

std::vector<std::string_view> People::managed_departments() const {
  std::vector<std::string_view> out;
  for (const auto& department : departments())
    if (managed_[number_of(department.code)]) out.push_back(department.code);
  return out;
}

std::optional<int> People::key_of(std::string_view actor, Moment recorded) const {
  if (actor == posts::kAdministrator) return 1;
  if (recorded <= keys_enrolled()) return std::nullopt;
  if (actor == posts::kSubdirector) return recorded <= key_rotated() ? 1 : 2;
  if (actor == posts::kControl && recorded <= key_lost()) return 1;
  return std::nullopt;
}

bool People::leaves(int unit, int number) const {
  return number % 15 == 3 && number + 1 < staff(unit).professionals && (number > 3 || unit % 2 == 0);
}

Moment People::handed_over(int unit, int number) const {
  return moment(hours_.add(agenda_.handovers, (unit * 3 + number) % 14), 9, 10);
}
Moment People::accepted(int unit, int number) const {
  return moment(hours_.add(handed_over(unit, number).day(), 1), 10, 20);
}
Moment People::retired(int unit, int number) const {
  return moment(hours_.add(handed_over(unit, number).day(), 3), 7, 45);
}

}  // namespace fedatario::tools
