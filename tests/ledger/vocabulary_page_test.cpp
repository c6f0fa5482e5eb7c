// The page of the vocabulary is what the code says: every event type with its parts, every field and every enumerator
// with its words.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "ledger/labels.hpp"
#include "tests/support/described.hpp"

using namespace fedatario;
using namespace fedatario::ledger;
using namespace fedatario::tests;

namespace {

// As a client writes it: `[{due: date, milestone: code}]`, a `?` after what may be absent.
template <class T>
std::string form_of() {
  if constexpr (is_optional_v<T>) {
    return form_of<typename T::value_type>();
  } else if constexpr (is_vector_v<T>) {
    return "[" + form_of<typename T::value_type>() + "]";
  } else if constexpr (Described<T>) {
    std::string out;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
      out += fmt::format("{}{}{}: {}", out.empty() ? "" : ", ", member.name, is_optional_v<Member> ? "?" : "",
                         form_of<Member>());
    });
    return "{" + out + "}";
  } else if constexpr (std::is_enum_v<T>) {
    std::string out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto one) { (out += out.empty() ? "" : " \\| ") += one.name; });
    return out;
  } else if constexpr (std::is_same_v<T, bool>) {
    return "true \\| false";
  } else if constexpr (std::is_same_v<T, Date>) {
    return "date";
  } else if constexpr (std::is_same_v<T, TimeOfDay>) {
    return "time";
  } else if constexpr (std::is_same_v<T, Count> || std::is_same_v<T, Pesos>) {
    return "integer";
  } else if constexpr (std::is_same_v<T, Code>) {
    return "code";
  } else if constexpr (std::is_same_v<T, crypto::Digest>) {
    return "sha256";
  } else {
    return "text";
  }
}

// By kind and type: what it may say.
std::map<std::pair<std::string_view, std::string_view>, std::string> forms() {
  std::map<std::pair<std::string_view, std::string_view>, std::string> out;
  for_each_event_type([&](auto tag) {
    using Event = typename decltype(tag)::type;
    std::string parts;
    for_each_part<Event>([&](auto part, std::string_view pointer) {
      const auto name = pointer.substr(1, pointer.find('/', 1) - 1);
      const bool list = name == "personal";
      parts += fmt::format("{}{}: {}{}{}", parts.empty() ? "" : "<br>", name, list ? "[" : "",
                           form_of<typename decltype(part)::type>(), list ? "]" : "");
    });
    out[{Event::State::kKind, Event::kType}] = parts;
  });
  return out;
}

std::string page() {
  std::string out =
      "# Vocabulario · Vocabulary\n\n"
      "Cada tipo de evento, quién puede declararlo y lo que dice; después, cada campo y cada valor, con su nombre y su "
      "sentido.\nHecha a partir del código.\n\n"
      "Every event type, who may state it and what it says; then every field and every value, with its name and "
      "meaning. "
      "Made from the\ncode.\n\n"
      "`open` se lee sin ninguna clave, para siempre; `data` y `personal` van selladas aparte y pueden destruirse. · "
      "`open` is read without any\nkey, for ever; `data` and `personal` are sealed apart and can be destroyed.\n";
  const auto said = forms();
  for (const auto* kind : kinds()) {
    out +=
        fmt::format("\n## `{}`\n\n| type | | | activity | authors | says |\n|---|---|---|---|---|---|\n", kind->name);
    for (const auto& type : kind->types)
      out += fmt::format("| `{}`{} | {} | {} | {} | {} | {} |\n", type.type,
                         type.schema > 1 ? fmt::format(" (schema {})", type.schema) : "", type.label.es, type.label.en,
                         type.activity > 0 ? std::to_string(type.activity) : "–", type.authors.names(", "),
                         said.at({type.kind, type.type}));
  }
  out += "\n## Campos · Fields\n\n| field | | | | |\n|---|---|---|---|---|\n";
  for (const auto& field : all_fields())
    out += fmt::format("| `{}` | {} | {} | {} | {} |\n", field.name, field.label.es, field.meaning.es, field.label.en,
                       field.meaning.en);
  out += "\n## Valores · Values\n\n| value | | |\n|---|---|---|\n";
  for (const auto& value : all_values())
    out += fmt::format("| `{}` | {} | {} |\n", value.name, value.label.es, value.label.en);
  return out;
}

}  // namespace

TEST_CASE("the page of the vocabulary is what the code says") {
  // To make it anew: FEDATARIO_WRITE_PAGES=1 ledger_tests "the page of the vocabulary*"
  const std::string path = FEDATARIO_SOURCE_DIR "/ledger/VOCABULARY.md";
  if (std::getenv("FEDATARIO_WRITE_PAGES")) std::ofstream(path) << page();
  std::stringstream kept;
  kept << std::ifstream(path).rdbuf();
  CHECK((kept.str() == page()));
  for (const auto* type : event_types()) {
    CAPTURE(type->type);
    CHECK(kept.str().find("| `" + std::string(type->type) + "`") != std::string::npos);
  }
}
