// Offices and services.
#include "tools/year/offices.hpp"

#include <array>

namespace fedatario::tools {
namespace {

constexpr Office kDirectorateList[] = {
    {"ddo", "Dirección de Desarrollo Organizacional"},
    {"dep", "Dirección de Empleo Público"},
    {"dgdi", "Dirección de Gestión y Desempeño Institucional"},
    {"dptsc", "Dirección de Participación, Transparencia y Servicio al Ciudadano"},
    {"dgc", "Dirección de Gestión del Conocimiento"},
    {"dj", "Dirección Jurídica"},
};
static_assert(std::size(kDirectorateList) == kDirectorates);

constexpr Office kOtherOffices[] = {
    {"sub", "Subdirección"},
    {"sg", "Secretaría General"},
    {"oap", "Oficina Asesora de Planeación"},
    {"otic", "Oficina de Tecnologías de la Información y las Comunicaciones"},
    {"oci", "Oficina de Control Interno"},
    {"gtt", "Grupo de Trabajo Territorial"},
};

using ledger::ServiceKind;

const std::vector<Service>& list() {
  static const std::vector<Service> all{
      {"or-dj-01", "Orientación jurídica", "Empleo público", ServiceKind::orientation, 5, {"Respuesta"}},
      {"ca-dgc-02",
       "Capacitación en bancos de saberes",
       "Gestión del conocimiento",
       ServiceKind::training,
       4,
       {"Convocatoria", "Sesión"}},
      {"at-ddo-01",
       "Rediseño organizacional",
       "Fortalecimiento institucional",
       ServiceKind::technical_assistance,
       0,
       {"Diagnóstico", "Propuesta de estructura", "Estudio técnico", "Concepto"}},
      {"at-ddo-02",
       "Implementación de plantas temporales",
       "Fortalecimiento institucional",
       ServiceKind::technical_assistance,
       0,
       {"Solicitud completa", "Mesa técnica", "Concepto"}},
      {"ca-ddo-01",
       "Capacitación en manuales de funciones",
       "Empleo",
       ServiceKind::training,
       0,
       {"Convocatoria", "Sesión", "Evaluación"}},
      {"at-dep-01",
       "Formulación del plan estratégico de talento humano",
       "Talento humano",
       ServiceKind::technical_assistance,
       1,
       {"Autodiagnóstico", "Plan formulado", "Plan adoptado"}},
      {"as-dep-01",
       "Asesoría en acuerdos laborales",
       "Negociación colectiva",
       ServiceKind::advice,
       1,
       {"Reunión", "Concepto"}},
      {"at-gdi-01",
       "Implementación de MIPG",
       "MIPG",
       ServiceKind::technical_assistance,
       2,
       {"Autodiagnóstico", "Plan de cierre de brechas", "Seguimiento", "Cierre"}},
      {"ca-gdi-01",
       "Capacitación en control interno",
       "Control interno",
       ServiceKind::training,
       2,
       {"Convocatoria", "Sesión", "Evaluación"}},
      {"at-pts-01",
       "Racionalización de trámites",
       "Trámites",
       ServiceKind::technical_assistance,
       3,
       {"Inventario", "Estrategia registrada", "Racionalización implementada"}},
      {"at-gdc-01",
       "Gestión del conocimiento y la innovación",
       "Gestión del conocimiento",
       ServiceKind::technical_assistance,
       4,
       {"Diagnóstico", "Plan de acción", "Mapa de conocimiento"}},
      {"as-dj-01",
       "Asesoría en la aplicación de las normas de empleo público",
       "Empleo público",
       ServiceKind::advice,
       5,
       {"Reunión", "Concepto"}},
  };
  return all;
}

}  // namespace

std::span<const Office> directorates() { return kDirectorateList; }
std::span<const Office> other_offices() { return kOtherOffices; }
std::span<const Service> services() { return list(); }

const std::vector<int>& plannable_services(int unit) {
  static const auto by_unit = [] {
    std::array<std::vector<int>, kDirectorates> out;
    for (int i = 0; i < int(list().size()); ++i)
      if (i != kWithdrawnService && list()[std::size_t(i)].kind != ServiceKind::orientation)
        out[std::size_t(list()[std::size_t(i)].unit)].push_back(i);
    return out;
  }();
  return by_unit[std::size_t(unit)];
}

}  // namespace fedatario::tools
