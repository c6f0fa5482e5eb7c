// Trail rows as facts.
#include "tools/trail_text.hpp"

#include "tools/labels.hpp"
#include "tools/replies.hpp"
#include "tools/views.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;
using Facts = std::vector<std::pair<std::string, std::string>>;

std::string value_text(const json::object& change, std::string_view member, Language language) {
  const auto text = text_at(change, member);
  return text_at(change, "field") == "budget_cop" ? pesos_text(text) : label_of_choice(text, language);
}

// "Fecha fin: 2026-04-03 → 2026-04-24", a line for each.
std::string changes_text(const json::object& row, Language language) {
  const auto* changes = row.if_contains("changes");
  if (!changes || !changes->is_array()) return {};
  std::string out;
  for (const auto& each : changes->get_array()) {
    if (!each.is_object()) continue;
    const auto& change = each.get_object();
    const bool had = change.contains("from"), has = change.contains("to");
    if (!out.empty()) out += '\n';
    out += label_of_field(text_at(change, "field"), language) + ": ";
    if (had) out += value_text(change, "from", language) + (has ? " → " : " → ∅");
    if (has) out += value_text(change, "to", language);
  }
  return out;
}

std::string source_text(const json::object& row, Language language) {
  const auto* source = row.if_contains("source");
  if (!source || !source->is_object()) return {};
  const auto& from = source->get_object();
  if (const auto digest = text_at(from, "sha256"); !digest.empty())
    return (language == Language::es ? "fila " : "row ") + text_at(from, "row") +
           (language == Language::es ? " del archivo " : " of the file ") + digest.substr(0, 16) + "…";
  return text_at(from, "system") + " " + text_at(from, "number");
}

// "4 días calendario y 2 hábiles después"; nothing where an answer does not say it.
std::string distance_text(const json::object& row, const Session& session) {
  const auto calendar = text_at(row, "calendar_days"), business = text_at(row, "business_days");
  if (calendar.empty() || calendar == "0") return {};
  return " (" + calendar +
         session.say(calendar == "1" ? " día calendario, " : " días calendario, ",
                     calendar == "1" ? " calendar day, " : " calendar days, ") +
         business +
         session.say(business == "1" ? " hábil después)" : " hábiles después)",
                     business == "1" ? " business day later)" : " business days later)");
}

// What an auditor looks for.
std::string notes_text(const json::object& row, const Session& session) {
  std::string out;
  const auto note = [&](const char* member, std::string_view es, std::string_view en) {
    if (text_at(row, member) == "true") out += (out.empty() ? "" : "; ") + session.say(es, en);
  };
  note("after_approval", "cambia lo ya aprobado", "changes what had been approved");
  note("retroactive", "decidido después de una fecha que mueve", "decided after a date that it moves");
  note("back_dated", "registro extemporáneo", "recorded late");
  if (const auto event = text_at(row, "corrects"); !event.empty())
    out += (out.empty() ? "" : "; ") + session.say("corrige el hecho ", "corrects the event ") + event;
  return out;
}

std::string attempt_text(const json::object& row, const Session& session) {
  const auto* attempt = row.if_contains("attempt");
  if (!attempt || !attempt->is_object()) return {};
  const auto& facts = attempt->get_object();
  auto out = text_at(row, "subject") + ": " + label_of_type(text_at(facts, "type"), session.language) +
             session.say(", como ", ", as ") + label_of_capacity(text_at(facts, "as"), session.language) + " (" +
             text_at(facts, "refusal");
  if (const auto duty = text_at(facts, "duty"); !duty.empty()) out += ", " + duty;
  return out + ")";
}

Facts facts_of(const json::object& row, const Session& session) {
  const auto language = session.language;
  auto who = text_at(row, "actor") + session.say(", como ", ", as ") + label_of_capacity(text_at(row, "as"), language);
  if (const auto title = text_at(row, "title"); !title.empty()) who += " (" + label_of_choice(title, language) + ")";
  if (const auto other = text_at(row, "on_behalf"); !other.empty()) who += session.say(", por ", ", for ") + other;
  auto what = label_of_type(text_at(row, "type"), language);
  if (const auto line = text_at(row, "line"); !line.empty()) what += session.say(", línea ", ", line ") + line;
  const auto* action = row.if_contains("action");
  json::object taken;
  if (action && action->is_object()) {
    taken = action->get_object();
    what += ": " + label_of_choice(text_at(taken, "kind"), language) + session.say(", de ", ", of ") +
            label_of_choice(text_at(taken, "matter"), language) + " (" + text_at(taken, "code") + ")";
  }
  const bool destroyed = text_at(row, "destroyed") == "true";
  return {{session.say("Qué", "What"), what},
          {session.say("Quién", "Who"), who},
          {session.say("Declarado", "Declared"), time_text(text_at(row, "declared"))},
          {session.say("Asentado", "Recorded"), time_text(text_at(row, "recorded")) + distance_text(row, session)},
          {session.say("Cambio", "Change"),
           destroyed ? session.say("(contenido destruido)", "(content destroyed)") : changes_text(row, language)},
          {session.say("Por qué", "Why"), text_at(row, "reason")},
          {session.say("Causa", "Cause"), text_at(taken, "cause")},
          {session.say("Comunicación", "Communication"), text_at(taken, "communication")},
          {session.say("Responsable", "Responsible"), text_at(taken, "responsible")},
          {session.say("Acto", "Act"), text_at(row, "act")},
          {session.say("Intento", "Attempt"), attempt_text(row, session)},
          {session.say("Nota", "Note"), notes_text(row, session)},
          {session.say("Origen", "Source"), source_text(row, language)},
          {session.say("Firma", "Signature"), signature_text(row, language)}};
}

}  // namespace

int print_trail(const std::vector<json::object>& rows, Session& session) {
  if (session.json) return print_items(rows, session);
  for (const auto& row : rows) {
    const auto head = session.say("Posición ", "Position ") + text_at(row, "position") + " · " +
                      text_at(row, "stream") + session.say(", versión ", ", version ") + text_at(row, "version");
    *session.out << paint(Colour::bold, printable(head), session.terminal) << "\n"
                 << render_facts(facts_of(row, session), session.terminal) << "\n";
  }
  *session.out << rows.size()
               << session.say(rows.size() == 1 ? " hecho" : " hechos", rows.size() == 1 ? " event" : " events") << "\n";
  return kExitWell;
}

}  // namespace fedatario::tools
