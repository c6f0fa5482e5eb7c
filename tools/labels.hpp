// What answers say, in words for people: the names of fields, states and choices, times at Colombia's hour.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "ledger/label.hpp"

namespace fedatario::tools {

using ledger::Language;

// "end" → "Fecha fin"; "milestone.h3" → "Hito h3", "milestone.h3.reached" → "Hito h3, alcanzado". A field without a
// name of its own stays as it is.
std::string label_of_field(std::string_view field, Language language);

// "on_site" → "Presencial"; what is no choice stays.
std::string label_of_choice(std::string_view value, Language language);

// "plan.line.added" → "Línea agregada".
std::string label_of_type(std::string_view type, Language language);

// "director@ddo" → "director técnico de ddo".
std::string label_of_capacity(std::string_view as, Language language);

// Of a time as an answer gives it: "2026-03-10 16:20:05" where it is recorded (at Colombia's hour), "2026-03-10 16:20"
// where it is declared at that hour, with its offset where it is declared at another.
std::string time_text(std::string_view time);

// "12.750.000"
std::string pesos_text(std::string_view digits);

// «firmado electrónicamente por» for an author's own key, «registrado en sesión autenticada de» for the service's.
std::string signature_text(const boost::json::object& event, Language language);

}  // namespace fedatario::tools
