// Names and labels of the roles.
#include "ledger/roles.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include "ledger/names.hpp"

namespace fedatario::ledger {

std::string_view name_of(Role role) { return boost::describe::enum_to_string(role, ""); }

std::optional<Role> parse_role(std::string_view name) {
  std::optional<Role> role;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto descriptor) {
    if (name == descriptor.name) role = descriptor.value;
  });
  return role;
}

Label label_of(Role role) {
  switch (role) {
    case Role::administrator:
      return {"administrador", "administrator"};
    case Role::archive:
      return {"gestión documental", "archive"};
    case Role::archive_committee:
      return {"Comité Institucional de Gestión y Desempeño", "archive committee"};
    case Role::committee:
      return {"Comité Directivo", "steering committee"};
    case Role::control_office:
      return {"Oficina de Control Interno", "internal control office"};
    case Role::coordinator:
      return {"coordinador de grupo", "group coordinator"};
    case Role::director:
      return {"director técnico", "technical director"};
    case Role::external_auditor:
      return {"ente de control externo", "external auditor"};
    case Role::ledger:
      return {"el libro mismo", "the ledger itself"};
    case Role::legal:
      return {"oficina jurídica", "legal office"};
    case Role::planning_office:
      return {"Oficina Asesora de Planeación", "planning office"};
    case Role::procedure_coordinator:
      return {"coordinador del procedimiento", "procedure coordinator"};
    case Role::professional:
      return {"profesional designado", "professional"};
    case Role::subdirection:
      return {"Subdirección", "subdirection"};
    case Role::system:
      return {"sistema", "system"};
    case Role::system_officer:
      return {"responsable del sistema de información", "information system officer"};
    case Role::territorial_manager:
      return {"gestor territorial", "territorial manager"};
  }
  return {};
}

bool is_unit_role(Role role) {
  return role == Role::director || role == Role::coordinator || role == Role::professional ||
         role == Role::territorial_manager;
}

std::string RoleSet::names(std::string_view separator) const {
  std::string out;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto descriptor) {
    if (!has(descriptor.value)) return;
    if (!out.empty()) out += separator;
    out += descriptor.name;
  });
  return out;
}

std::optional<Capacity> Capacity::parse(std::string_view text) {
  const auto mark = text.find('@');
  const auto role = parse_role(text.substr(0, mark));
  if (!role) return std::nullopt;
  if (mark == std::string_view::npos) return Capacity{*role, {}};
  const auto unit = text.substr(mark + 1);
  if (!is_segment(unit)) return std::nullopt;
  return Capacity{*role, std::string(unit)};
}

std::string Capacity::text() const {
  std::string out(name_of(role));
  if (!unit.empty()) out += '@' + unit;
  return out;
}

}  // namespace fedatario::ledger
