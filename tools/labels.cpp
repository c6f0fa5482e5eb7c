// The words.
#include "tools/labels.hpp"

#include <map>

#include "ledger/labels.hpp"
#include "ledger/roles.hpp"
#include "ledger/time.hpp"
#include "ledger/vocabulary.hpp"
#include "tools/replies.hpp"

namespace fedatario::tools {
namespace {

using ledger::Label;
using Words = std::map<std::string_view, Label>;

const Words& fields() {
  static const Words words{
      {"acceptance", {"Aceptación de la entidad", "Entity's acceptance"}},
      {"act", {"Acto", "Act"}},
      {"any_order", {"Hitos en cualquier orden", "Milestones in any order"}},
      {"assistance_date", {"Fecha de la asistencia", "Date of the assistance"}},
      {"assistance_kind", {"Tipo de asistencia", "Kind of assistance"}},
      {"attendees", {"Asistentes", "Attendees"}},
      {"budget_cop", {"Presupuesto (COP)", "Budget (COP)"}},
      {"budget_item", {"Rubro o CDP", "Budget item"}},
      {"completed", {"Terminada", "Completed"}},
      {"demand", {"Radicado", "Demand"}},
      {"departments", {"Departamentos", "Departments"}},
      {"divipola", {"Código DIVIPOLA", "DIVIPOLA code"}},
      {"end", {"Fecha fin", "End"}},
      {"entity", {"Entidad", "Entity"}},
      {"from", {"Desde", "From"}},
      {"kind", {"Tipo", "Kind"}},
      {"line", {"Línea", "Line"}},
      {"lines", {"Líneas", "Lines"}},
      {"mechanism", {"Mecanismo", "Mechanism"}},
      {"milestones", {"Hitos", "Milestones"}},
      {"modality", {"Modalidad", "Modality"}},
      {"name", {"Nombre", "Name"}},
      {"nit", {"NIT", "NIT"}},
      {"norm", {"Norma", "Norm"}},
      {"obligation", {"Obligación", "Obligation"}},
      {"order", {"Orden", "Order"}},
      {"origin", {"Origen", "Origin"}},
      {"other_entities", {"Otras entidades", "Other entities"}},
      {"other_units", {"Otras direcciones", "Other units"}},
      {"public_key", {"Clave pública", "Public key"}},
      {"reach", {"Alcance", "Reach"}},
      {"reason", {"Motivo", "Reason"}},
      {"responsible", {"Responsable", "Responsible"}},
      {"responsible_office", {"Dependencia responsable", "Responsible office"}},
      {"role", {"Rol", "Role"}},
      {"satisfaction", {"Satisfacción", "Satisfaction"}},
      {"service", {"Servicio", "Service"}},
      {"sessions", {"Sesiones", "Sessions"}},
      {"stage", {"Etapa", "Stage"}},
      {"start", {"Fecha inicio", "Start"}},
      {"state", {"Estado", "State"}},
      {"team", {"Equipo", "Team"}},
      {"territorial_manager", {"Gestor territorial", "Territorial manager"}},
      {"theme", {"Temática", "Theme"}},
      {"title", {"Título", "Title"}},
      {"travel", {"Desplazamiento", "Travel"}},
      {"unit", {"Dependencia", "Unit"}},
      {"until", {"Hasta", "Until"}},
  };
  return words;
}

// Things of which a stream has many, each with a code: a field of one is "session.s-01.date".
const Words& things() {
  static const Words words{
      {"action", {"Acción", "Action"}},
      {"alert", {"Alerta", "Alert"}},
      {"amendment", {"Modificación", "Amendment"}},
      {"analysis", {"Análisis de", "Analysis of"}},
      {"attendance", {"Lista de", "List of"}},
      {"commitment", {"Compromiso", "Commitment"}},
      {"contact", {"Contacto", "Contact"}},
      {"control", {"Control de la actividad", "Control of activity"}},
      {"difference", {"Diferencia", "Difference"}},
      {"document", {"Documento", "Document"}},
      {"finding", {"Hallazgo", "Finding"}},
      {"followup", {"Seguimiento", "Follow-up"}},
      {"handover", {"Entrega", "Hand-over"}},
      {"hold", {"Suspensión", "Hold"}},
      {"impact", {"Impacto", "Impact"}},
      {"joined", {"Línea conjunta", "Joint line"}},
      {"line", {"Línea", "Line"}},
      {"milestone", {"Hito", "Milestone"}},
      {"observation", {"Observación", "Observation"}},
      {"payment", {"Pago", "Payment"}},
      {"priority", {"Prioridad de", "Priority of"}},
      {"proposal", {"Propuesta de", "Proposal of"}},
      {"reconciliation", {"Cotejo con", "Reconciliation with"}},
      {"registration", {"Registro en", "Registration in"}},
      {"relation", {"Relación con", "Relation with"}},
      {"report", {"Informe", "Report"}},
      {"retention", {"Retención", "Retention"}},
      {"satisfaction", {"Satisfacción", "Satisfaction"}},
      {"schedule", {"Programación", "Schedule"}},
      {"session", {"Sesión", "Session"}},
      {"training", {"Capacitación", "Training"}},
      {"verification", {"Verificación", "Verification"}},
  };
  return words;
}

const Words& choices() {
  static const Words words{
      {"accepted", {"Sí", "Yes"}},
      {"accompaniment", {"Acompañamiento", "Accompaniment"}},
      {"advice", {"Asesoría", "Advice"}},
      {"approved", {"aprobado", "approved"}},
      {"assignment", {"asignación de funciones", "assignment"}},
      {"cancelled", {"cancelada", "cancelled"}},
      {"completed", {"terminada", "completed"}},
      {"contract", {"contrato", "contract"}},
      {"corrective", {"correctiva", "corrective"}},
      {"dates", {"fechas", "dates"}},
      {"declined", {"No", "No"}},
      {"delegation", {"delegación", "delegation"}},
      {"demand", {"Demanda", "Demand"}},
      {"drafting", {"en elaboración", "being drafted"}},
      {"dropped", {"retirada", "dropped"}},
      {"early", {"anticipado", "early"}},
      {"encargo", {"encargo", "in charge"}},
      {"event", {"Evento", "Event"}},
      {"false", {"No", "No"}},
      {"in_progress", {"en ejecución", "in progress"}},
      {"individual", {"Individual", "Individual"}},
      {"joint", {"Conjunta", "Joint"}},
      {"laboratory", {"Laboratorio", "Laboratory"}},
      {"late", {"tardío", "late"}},
      {"mixed", {"Mixta", "Mixed"}},
      {"national", {"Nacional", "National"}},
      {"normative", {"Normativa", "Normative"}},
      {"offer", {"Oferta", "Offer"}},
      {"on_course", {"en curso", "on course"}},
      {"on_site", {"Presencial", "On site"}},
      {"on_time", {"a tiempo", "on time"}},
      {"online", {"Virtual", "Online"}},
      {"orientation", {"Orientación", "Orientation"}},
      {"other", {"Otro", "Other"}},
      {"overdue", {"en retraso", "overdue"}},
      {"pending", {"Pendiente", "Pending"}},
      {"people", {"personas", "people"}},
      {"person", {"persona", "person"}},
      {"planned", {"planeada", "planned"}},
      {"preventive", {"preventiva", "preventive"}},
      {"recorded_late", {"registro extemporáneo", "recorded late"}},
      {"resources", {"recursos", "resources"}},
      {"scheduled", {"programada", "scheduled"}},
      {"skills", {"competencias", "skills"}},
      {"submitted", {"presentado", "submitted"}},
      {"suspended", {"suspendida", "suspended"}},
      {"technical_assistance", {"Asistencia técnica", "Technical assistance"}},
      {"territorial", {"Territorial", "Territorial"}},
      {"titular", {"titular", "titular"}},
      {"training", {"Capacitación", "Training"}},
      {"true", {"Sí", "Yes"}},
      {"upcoming", {"por venir", "upcoming"}},
      {"verified", {"verificado", "verified"}},
      {"voluntary", {"Voluntaria", "Voluntary"}},
      {"working_table", {"Mesa de trabajo", "Working table"}},
      {"workshop", {"Taller", "Workshop"}},
  };
  return words;
}

std::string word(const Words& words, std::string_view name, Language language) {
  const auto found = words.find(name);
  return std::string(found == words.end() ? name : found->second.in(language));
}

}  // namespace

std::string label_of_field(std::string_view field, Language language) {
  const auto point = field.find('.');
  const auto thing = things().find(field.substr(0, point));
  if (point == std::string_view::npos || thing == things().end()) {
    if (fields().contains(field)) return word(fields(), field, language);
    const auto* known = ledger::find_field(field);
    return std::string(known ? known->label.in(language) : field);
  }
  auto rest = field.substr(point + 1);
  const auto name = std::string(thing->second.in(language));
  // What an amendment would do to a line, and what becomes of a line's milestone.
  for (const std::string_view inner : {"line.", "milestone."}) {
    const auto place = rest.find("." + std::string(inner));
    if (place == std::string_view::npos || thing->first == "milestone") continue;
    return name + " " + std::string(rest.substr(0, place)) + ", " + label_of_field(rest.substr(place + 1), language);
  }
  if (rest == "reached" || rest.ends_with(".reached"))
    return name + " " + std::string(rest.substr(0, rest.rfind('.'))) +
           (language == Language::es ? ", alcanzado" : ", reached");
  // The last word is a field where it has a label; else all of it is the code.
  const auto last = rest.rfind('.');
  const auto member = rest.substr(last == std::string_view::npos ? 0 : last + 1);
  if (!fields().contains(member) && !ledger::find_field(member)) return name + " " + std::string(rest);
  const auto code = last == std::string_view::npos ? std::string() : " " + std::string(rest.substr(0, last));
  return name + code + ", " + label_of_field(member, language);
}

std::string label_of_choice(std::string_view value, Language language) { return word(choices(), value, language); }

std::string label_of_type(std::string_view type, Language language) {
  const auto* info = ledger::find_type(type);
  return std::string(info ? info->label.in(language) : type);
}

std::string label_of_capacity(std::string_view as, Language language) {
  const auto capacity = ledger::Capacity::parse(as);
  if (!capacity) return std::string(as);
  const std::string role{ledger::label_of(capacity->role).in(language)};
  if (capacity->unit.empty()) return role;
  return role + (language == Language::es ? " de " : " of ") + capacity->unit;
}

std::string time_text(std::string_view time) {
  if (const auto recorded = ledger::Recorded::parse(time)) {
    const auto local =
        ledger::Recorded{recorded->micros + std::int64_t{ledger::kColombiaOffsetMin} * 60'000'000}.text();
    return local.substr(0, 10) + " " + local.substr(11, 8);
  }
  if (const auto declared = ledger::Declared::parse(time)) {
    const auto written = declared->text();
    const auto seconds = written.substr(16, 3) == ":00" ? std::string() : written.substr(16, 3);
    const auto offset = declared->offset_min == ledger::kColombiaOffsetMin ? "" : " " + written.substr(19);
    return written.substr(0, 10) + " " + written.substr(11, 5) + seconds + offset;
  }
  return std::string(time);
}

std::string pesos_text(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += '.';
    out += digits[i];
  }
  return out;
}

std::string signature_text(const boost::json::object& event, Language language) {
  const bool es = language == Language::es;
  const bool own = text_at(event, "signed_by_author") == "true";
  const bool imported = text_at(event, "imported") == "true";
  std::string out =
      imported ? (es ? "historia anterior al libro, importada por " : "history from before the ledger, imported by ")
      : own    ? (es ? "firmado electrónicamente por " : "signed electronically by ")
               : (es ? "registrado en sesión autenticada de " : "recorded in an authenticated session of ");
  out += text_at(event, "actor");
  if (const auto key = text_at(event, "key"); !key.empty())
    out += (own ? (es ? ", clave " : ", key ") : (es ? ", clave del servicio " : ", the service's key ")) +
           key.substr(0, 16) + "…";
  return out;
}

}  // namespace fedatario::tools
