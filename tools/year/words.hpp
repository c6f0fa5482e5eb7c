// What people write in the year: sentences to draw from, none of them about a person.
#pragma once

#include <string>
#include <string_view>

#include "ledger/fields.hpp"
#include "tools/year/random.hpp"

namespace fedatario::tools::words {

inline constexpr std::string_view kTopics[] = {"Estado actual de la planta de personal",
                                               "Autodiagnóstico y brechas",
                                               "Plan de trabajo y responsables",
                                               "Estudio técnico y sus soportes",
                                               "Política de gestión del conocimiento",
                                               "Racionalización de trámites",
                                               "Roles de las líneas de defensa",
                                               "Plan estratégico de talento humano",
                                               "Manual de funciones y competencias",
                                               "Registro en los sistemas de información",
                                               "Resultados del FURAG",
                                               "Participación ciudadana y rendición de cuentas"};
inline constexpr std::string_view kPlaces[] = {
    "Sala de juntas del despacho", "Auditorio municipal",       "Casa de la cultura",         "Salón del concejo",
    "Biblioteca pública",          "Oficina de talento humano", "Sede de la ESAP territorial"};
inline constexpr std::string_view kPlatforms[] = {"Microsoft Teams", "Google Meet", "Zoom"};
inline constexpr std::string_view kEntityOffices[] = {"Secretaría General",       "Oficina de Talento Humano",
                                                      "Secretaría de Planeación", "Oficina de Control Interno",
                                                      "Secretaría de Hacienda",   "Despacho",
                                                      "Oficina Jurídica"};
inline constexpr std::string_view kCommitments[] = {"Enviar la propuesta de estructura con sus soportes",
                                                    "Diligenciar el autodiagnóstico y remitirlo a la dirección técnica",
                                                    "Convocar al comité y enviar el acta firmada",
                                                    "Ajustar el manual de funciones según las observaciones hechas",
                                                    "Registrar la estrategia de racionalización en el sistema",
                                                    "Remitir la relación de empleos provistos y vacantes",
                                                    "Adoptar el plan por acto administrativo y publicarlo"};
inline constexpr std::string_view kFindings[] = {
    "El avance corresponde a lo planeado; la entidad cumple lo acordado.",
    "La entidad va atrasada en los insumos que debe entregar; se le recuerda el compromiso.",
    "Se requiere el apoyo de la alta dirección de la entidad para adoptar el documento.",
    "Los servidores participan y el equipo de la entidad quedó conformado.",
    "Se cambió el enlace en la entidad; hubo que repetir la inducción.",
    "Falta la certificación presupuestal para expedir el acto."};
inline constexpr std::string_view kCauses[] = {"La entidad no entregó los insumos en la fecha acordada.",
                                               "Cambio del equipo directivo de la entidad asistida.",
                                               "Cierre de vías y emergencia invernal en el municipio.",
                                               "Ley de garantías: no fue posible contratar el desplazamiento.",
                                               "La sesión del concejo que debía tratar el asunto se aplazó.",
                                               "Incapacidad del enlace designado por la entidad."};
inline constexpr std::string_view kReasons[] = {"Se corre la fecha para que la entidad alcance a entregar los insumos.",
                                                "Se ajusta el cronograma al calendario del concejo municipal.",
                                                "Se reprograma por solicitud escrita de la entidad.",
                                                "Se refuerza el equipo para no afectar la fecha final.",
                                                "Se acuerda con la entidad una sesión adicional de trabajo."};
inline constexpr std::string_view kObservations[] = {
    "Se revisó una muestra de las listas y de sus soportes; faltan firmas en una de ellas.",
    "El registro se hizo después del plazo en varias líneas de la muestra.",
    "Las evidencias corresponden a lo registrado, salvo una sin fecha.",
    "Los lineamientos se cumplen; conviene unificar el formato del informe."};
inline constexpr std::string_view kSubjects[] = {"Solicitud de asistencia para el rediseño organizacional",
                                                 "Concepto sobre la provisión de empleos en vacancia temporal",
                                                 "Acompañamiento en la formulación del plan de talento humano",
                                                 "Información sobre la estrategia de racionalización de trámites",
                                                 "Consulta sobre situaciones administrativas",
                                                 "Capacitación en el Modelo Integrado de Planeación y Gestión",
                                                 "Copia de los conceptos emitidos en el año anterior"};

template <class List>
ledger::Text text(Random& random, const List& list) {
  return {std::string(random.pick(list))};
}
template <class List>
ledger::Title title(Random& random, const List& list) {
  return {std::string(random.pick(list))};
}

}  // namespace fedatario::tools::words
