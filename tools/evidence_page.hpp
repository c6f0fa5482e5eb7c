// What a pack says, for people: the page and the notes that lie in it beside the evidence.
#pragma once

#include <string>

#include "ledger/evidence.hpp"

namespace fedatario::tools {

// A page of HTML in Spanish, for reading and printing; it needs nothing else.
std::string evidence_page(const ledger::EvidenceVerdict& verdict);
// How the pack is checked, with or without us.
std::string evidence_notes(const ledger::EvidenceVerdict& verdict, ledger::Language language);
// «plan 2026/ddo»
std::string subject_text(const ledger::EvidenceSubject& what, ledger::Language language);

}  // namespace fedatario::tools
