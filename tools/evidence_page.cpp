// Text into HTML; everything that others wrote is escaped.
#include "tools/evidence_page.hpp"

#include <fmt/format.h>

#include "crypto/json.hpp"
#include "tools/labels.hpp"

namespace fedatario::tools {
namespace {

using ledger::EvidenceEvent;
using ledger::EvidenceVerdict;

constexpr const char* kHead = R"(<!doctype html>
<html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:0 0 .3rem}
.fact{display:grid;grid-template-columns:14rem 1fr;gap:.1rem 1rem;margin:1rem 0}dt{color:#444}dd{margin:0;overflow-wrap:anywhere}
article{border-top:1px solid #999;padding:.8rem 0;break-inside:avoid}code{font-size:.85em;overflow-wrap:anywhere}
.note{color:#444}@media print{body{margin:0;max-width:none}}
</style>
)";

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  return out;
}

std::string fact(std::string_view name, std::string_view value) {
  return fmt::format("<dt>{}</dt><dd>{}</dd>\n", escape(name), escape(value));
}

std::string value_text(const boost::json::value& value) {
  if (value.is_string()) return label_of_choice(std::string_view(value.get_string()), Language::es);
  if (value.is_bool()) return value.get_bool() ? "sí" : "no";
  std::string out;
  if (value.is_array()) {
    for (const auto& item : value.get_array()) out += (out.empty() ? "" : "; ") + value_text(item);
    return out;
  }
  if (value.is_object()) {
    for (const auto& member : value.get_object())
      out += (out.empty() ? "" : ", ") + label_of_field(member.key(), Language::es) + " " + value_text(member.value());
    return out;
  }
  return crypto::canonical_json(value);
}

std::string facts_of(const boost::json::object& fields) {
  std::string out;
  for (const auto& field : fields) out += fact(label_of_field(field.key(), Language::es), value_text(field.value()));
  return out;
}

std::string article(const EvidenceEvent& one) {
  const auto& [event, subject, signed_by_author, data] = one;
  const auto& statement = event.statement;
  auto out = fmt::format("<article id=\"p{0}\"><h2>{0}. {1}</h2>\n<dl class=\"fact\">\n", event.position.value,
                         escape(label_of_type(statement.type, Language::es)));
  out += fact("Historia", statement.stream + ", versión " + std::to_string(event.version.value));
  out += fact(signed_by_author ? "Firmado electrónicamente por" : "Registrado en sesión autenticada de",
              statement.actor + ", " + label_of_capacity(statement.as.text(), Language::es));
  if (statement.on_behalf) out += fact("En nombre de", *statement.on_behalf);
  out += fact("Ocurrió, según quien lo declara", time_text(statement.at.text()));
  out += fact("Quedó asentado", time_text(event.recorded_at.text()));
  if (statement.file) out += fact("Expediente", *statement.file);
  if (statement.open) out += facts_of(*statement.open);
  if (data) out += facts_of(*data);
  if (statement.data && !data) out += fact("Contenido", "destruido: queda la prueba de que existió");
  if (statement.personal) out += fact("Datos personales", "los hay; en esta página no se muestran");
  return out + "</dl></article>\n";
}

}  // namespace

std::string subject_text(const ledger::EvidenceSubject& what, Language language) {
  const bool es = language == Language::es;
  switch (what.kind) {
    case ledger::EvidenceSubject::Kind::plan:
      return "plan " + what.name;
    case ledger::EvidenceSubject::Kind::stream:
      return (es ? "historia " : "stream ") + what.name;
    case ledger::EvidenceSubject::Kind::actor:
      break;
  }
  return fmt::format(fmt::runtime(es ? "lo asentado por {} entre las posiciones {} y {}"
                                     : "what {} recorded between positions {} and {}"),
                     what.name, what.first.value, what.last.value);
}

std::string evidence_page(const EvidenceVerdict& verdict) {
  std::string out = kHead;
  const auto subject = subject_text(verdict.what, Language::es);
  out += fmt::format("<title>Evidencia: {0}</title></head><body>\n<h1>Evidencia: {0}</h1>\n", escape(subject));
  out +=
      "<p class=\"note\">Esta página se lee; la prueba está en los archivos que la acompañan y se comprueba con "
      "<code>fedatario verify</code> o abriendo <code>verificador.html</code>. Lo que aquí dijera otra cosa no "
      "valdría.</p>\n<dl class=\"fact\">\n";
  out += fact("Libro", verdict.ledger);
  out += fact("A corte de", time_text(verdict.as_of.text()) + ", posición " + std::to_string(verdict.heads.value));
  out += fact("Completo", "hasta la posición " + std::to_string(verdict.before - 1) + "; de lo posterior nada dice");
  out +=
      fact("Hechos", std::to_string(verdict.subjects) + ": firmados por su autor " + std::to_string(verdict.by_author) +
                         ", registrados en sesión autenticada " + std::to_string(verdict.by_session));
  out += fact("Cabeza firmada", std::to_string(verdict.size) + " hechos, raíz " + verdict.root);
  out += fact("Clave del libro", verdict.vkey);
  out += "</dl>\n";
  for (const auto& one : verdict.events)
    if (one.subject &&
        (verdict.what.kind != ledger::EvidenceSubject::Kind::actor || one.event.statement.actor == verdict.what.name ||
         one.event.statement.on_behalf == verdict.what.name))
      out += article(one);
  return out + "</body></html>\n";
}

std::string evidence_notes(const EvidenceVerdict& verdict, Language language) {
  const auto subject = subject_text(verdict.what, language);
  if (language == Language::es)
    return fmt::format(R"(Evidencia: {}
Libro {}, a corte de {} (posición {}). Completo hasta la posición {}: de lo posterior nada dice.

Cómo se comprueba, sin conexión y sin nosotros:

  1. Abra data/verificador.html en un navegador y escoja este mismo archivo zip.
  2. O con el programa: fedatario verify ARCHIVO.zip --vkey '{}'
     La clave es la del libro: compárela con la que usted conoce de antes, o con la que la entidad publica.
  3. O con un programa propio: qué es cada archivo, y qué hay que comprobar, está en la página «El paquete de
     evidencia» (EVIDENCE.md) y en el formato del libro (FORMAT.md). Los archivos son texto, y los algoritmos, SHA-256,
     HMAC-SHA-256 y Ed25519.

La página para leer e imprimir es data/pagina.html. El archivo es además una bolsa BagIt (RFC 8493): sus manifiestos
dicen si se dañó al copiarlo; que nadie lo cambió lo dicen las firmas y el árbol.
)",
                       subject, verdict.ledger, verdict.as_of.text(), verdict.heads.value, verdict.before - 1,
                       verdict.vkey);
  return fmt::format(R"(Evidence: {}
Ledger {}, as of {} (position {}). Whole up to position {}: of what came later it says nothing.

How it is checked, offline and without us:

  1. Open data/verificador.html in a browser and choose this same zip file.
  2. Or with the program: fedatario verify FILE.zip --vkey '{}'
     The key is the ledger's: compare it with the one you know from before, or with the one that the agency publishes.
  3. Or with a program of your own: what each file is, and what has to be checked, is in the page "The evidence pack"
     (EVIDENCE.md) and in the ledger's format (FORMAT.md). The files are text, and the algorithms SHA-256, HMAC-SHA-256
     and Ed25519.

The page for reading and printing is data/pagina.html, in Spanish. The file is a BagIt bag besides (RFC 8493): its
manifests say whether it was damaged in copying; that nobody changed it is said by the signatures and the tree.
)",
                     subject, verdict.ledger, verdict.as_of.text(), verdict.heads.value, verdict.before - 1,
                     verdict.vkey);
}

}  // namespace fedatario::tools
