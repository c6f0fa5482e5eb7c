// The sightings and their table.
#include "tests/support/sightings.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <set>

#include "ledger/duties.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::tests {
namespace {

using namespace ledger;

constexpr std::array<std::string_view, 14> kActivities{
    "Registros, configuración, demandas y auditorías",
    "Analizar la vigencia anterior y priorizar",
    "Preparar la propuesta",
    "Definir la estrategia",
    "Aprobar la estrategia",
    "Elaborar el plan",
    "Registrar el plan aprobado",
    "Programar",
    "Ejecutar",
    "Hacer seguimiento",
    "Tomar acciones correctivas y preventivas",
    "Evaluar",
    "Consolidar y presentar el informe",
    "Conservar",
};

struct Seen {
  std::set<std::string_view> by;                               // roles it was admitted from
  std::map<std::string, std::set<std::string_view>> refusals;  // reason, and roles it was given to
};

struct Sightings {
  std::mutex mutex;
  std::map<std::pair<std::string, std::string>, Seen> types;  // by type and kind of stream
  std::set<Reason> reasons;
  std::set<std::string> duties;
  std::set<Flag> flags;
};

Sightings& sightings() {
  static Sightings all;
  return all;
}

std::pair<std::string, std::string> place_of(const Statement& statement) {
  return {statement.type, statement.stream.substr(0, statement.stream.find('/'))};
}

std::string duty_of(const Refusal& refusal) {
  const auto& arguments = refusal.arguments;
  const auto found = std::ranges::find(arguments, "duty", &Refusal::Argument::name);
  return found == arguments.end() ? std::string() : found->en;
}

template <class Names>
std::string joined(const Names& names) {
  std::string out;
  for (const auto& name : names) (out += out.empty() ? "" : ", ") += name;
  return out.empty() ? "—" : out;
}

void print_type(std::ostream& out, const EventType& type) {
  auto& all = sightings().types;
  const auto found = all.find({std::string(type.type), std::string(type.kind)});
  const auto seen = found == all.end() ? Seen() : found->second;
  out << "  " << type.type << "  (" << type.kind << ")  «" << type.label.es << "»\n"
      << "      pueden    " << type.authors.names(", ") << '\n'
      << "      admitido  " << joined(seen.by) << '\n';
  for (const auto& [reason, roles] : seen.refusals)
    out << "      rechazo   " << reason << "  a " << joined(roles) << '\n';
}

}  // namespace

void saw_admitted(const Statement& statement) {
  std::lock_guard lock(sightings().mutex);
  sightings().types[place_of(statement)].by.insert(name_of(statement.as.role));
}

void saw_refused(const Refusal& refusal, const Statement* statement) {
  std::lock_guard lock(sightings().mutex);
  const auto duty = duty_of(refusal);
  sightings().reasons.insert(refusal.reason);
  if (!duty.empty()) sightings().duties.insert(duty);
  if (!statement) return;
  const auto reason = std::string(name_of(refusal.reason)) + (duty.empty() ? "" : ": " + duty);
  sightings().types[place_of(*statement)].refusals[reason].insert(name_of(statement->as.role));
}

void saw_flag(Flag flag) {
  std::lock_guard lock(sightings().mutex);
  sightings().flags.insert(flag);
}

std::string told(const Refusal& refusal, const Statement* statement) {
  saw_refused(refusal, statement);
  return std::string(name_of(refusal.reason)) + (refusal.pointer.empty() ? "" : " " + refusal.pointer);
}

bool print_sightings(std::ostream& out) {
  std::lock_guard lock(sightings().mutex);
  std::set<std::string> missing;
  for (int activity = 0; activity < int(kActivities.size()); ++activity) {
    out << (activity > 0 ? std::to_string(activity) + ". " : "") << kActivities[std::size_t(activity)] << '\n';
    for (const auto* type : event_types()) {
      if (type->activity != activity) continue;
      print_type(out, *type);
      const auto seen = sightings().types.find({std::string(type->type), std::string(type->kind)});
      if (seen == sightings().types.end() || seen->second.by.empty())
        missing.insert("admitido: " + std::string(type->type) + " (" + std::string(type->kind) + ")");
    }
  }
  for (const auto reason : all_reasons())
    if (!sightings().reasons.contains(reason)) missing.insert("rechazo: " + std::string(name_of(reason)));
  for (const auto duty : all_duties())
    if (!sightings().duties.contains(std::string(name_of(duty))))
      missing.insert("deber: " + std::string(name_of(duty)));
  for (const auto flag : all_flags())
    if (!sightings().flags.contains(flag)) missing.insert("aviso: " + std::string(name_of(flag)));
  out << event_types().size() << " tipos de evento, " << all_reasons().size() << " razones de rechazo, "
      << all_duties().size() << " deberes de segregación, " << all_flags().size() << " avisos\n";
  for (const auto& one : missing) out << "ninguna prueba lo vio: " << one << '\n';
  return missing.empty();
}

}  // namespace fedatario::tests
