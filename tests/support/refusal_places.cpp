// Reading of ledger/refusal.cpp: of each `case Reason::…`, its string literals.
#include "tests/support/refusal_places.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "tests/support/sightings.hpp"

namespace fedatario::tests {
namespace {

// The literals of a piece of code; adjacent ones are one, as for the compiler.
std::vector<std::string> literals(std::string_view code) {
  std::vector<std::string> out;
  bool open = false, joins = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '"') {
      open = !open;
      if (open && !joins) out.emplace_back();
      joins = true;
    } else if (open) {
      if (code[i] == '\\') ++i;
      out.back() += code[i];
    } else if (code[i] == ',' || code[i] == ';') {
      joins = false;
    }
  }
  return out;
}

std::map<std::string, WordingSource> read_source() {
  const std::string path = FEDATARIO_SOURCE_DIR "/ledger/refusal.cpp";
  std::ifstream file(path);
  std::stringstream content;
  content << file.rdbuf();
  const std::string source = content.str(), mark = "    case Reason::";
  // The first switch is that of the wording.
  const auto code = source.substr(0, source.find("\n  }\n"));
  std::map<std::string, WordingSource> out;
  for (auto at = code.find(mark); at != std::string::npos;) {
    const auto next = code.find(mark, at + 1);
    const auto texts = literals(std::string_view(code).substr(at, next - at));
    if (texts.size() != 5) throw std::runtime_error("no five texts in " + path + " at byte " + std::to_string(at));
    out[texts[0]] = {texts[0], texts[1], texts[2], texts[3], texts[4]};
    at = next;
  }
  return out;
}

}  // namespace

const WordingSource& wording_source(ledger::Reason reason) {
  static const auto all = read_source();
  const auto found = all.find(std::string(name_of(reason)));
  if (found == all.end()) throw std::runtime_error("no wording of " + std::string(name_of(reason)));
  return found->second;
}

std::vector<std::string> places_in(const std::string& text) {
  std::vector<std::string> names;
  for (auto at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1))
    names.push_back(text.substr(at + 1, text.find('}', at) - at - 1));
  return names;
}

std::string faults_of(const ledger::Refusal& refusal) {
  saw_refused(refusal);
  const auto& source = wording_source(refusal.reason);
  std::string faults;
  for (const auto* text : {&source.text_es, &source.text_en})
    for (const auto& name : places_in(*text)) {
      const auto argument = std::find_if(refusal.arguments.begin(), refusal.arguments.end(),
                                         [&](const auto& given) { return given.name == name; });
      if (argument == refusal.arguments.end())
        faults += "{" + name + "} is not filled; ";
      else if (argument->es.empty() || argument->en.empty())
        faults += "{" + name + "} is empty; ";
    }
  for (auto language : {ledger::Language::es, ledger::Language::en})
    if (refusal.text(language).empty()) faults += "a text is empty; ";
  return faults;
}

}  // namespace fedatario::tests
