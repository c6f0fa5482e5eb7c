// The records archive: schedules, files and their documents, holds, disposals, claims; how each file stands on a day,
// what falls due, the inventory, and what is amiss.
#include <boost/json/value_from.hpp>

#include "api/csv.hpp"
#include "api/service.hpp"
#include "api/tables.hpp"
#include "projections/inventory.hpp"
#include "projections/records_due.hpp"

namespace fedatario::api {
namespace {

namespace json = boost::json;
using ledger::Result;
using projections::Circumstances;
using projections::InventoryLayout;

struct ShownClaim : projections::ClaimRow {
  projections::ClaimStatus status;
};
BOOST_DESCRIBE_STRUCT(ShownClaim, (projections::ClaimRow), (status))

const json::object kDate{{"type", "string"}, {"format", "date"}};
const json::object kText{{"type", "string"}};

const ParameterDocumentation kOn{"on", "El día que se juzga; si falta, el de «as_of», o hoy",
                                 "The day that is judged; that of \"as_of\" or today where it is left out", kDate};

// What is asked, judged on the day that `on` says.
Result<Circumstances> judged(const Asked& asked) {
  const auto text = asked.request.query_parameter("on");
  if (!text) return asked.now;
  const auto day = ledger::Date::parse(*text);
  if (!day) return ledger::field_expected("?on", {"una fecha AAAA-MM-DD", "a date YYYY-MM-DD"});
  return projections::circumstances_at(asked.snapshot, asked.as_of, *day);
}

// A list that a function of the views makes, under the day asked for.
template <class Shown, class Make>
Computed<Shown> computed_on(std::string path, Label title, Make make, std::vector<ParameterDocumentation> own = {}) {
  own.push_back(kOn);
  return {std::move(path), title, std::move(own), [make](const Asked& asked) -> Result<std::vector<Shown>> {
            const auto now = judged(asked);
            if (!now) return now.error();
            return make(asked, *now);
          }};
}

Result<std::vector<projections::RetentionForecast>> forecast(const Asked& asked, const Circumstances& now) {
  const auto by = asked.request.query_parameter("by").value_or("unit,series");
  const bool unit = by == "unit" || by == "unit,series", series = by == "series" || by == "unit,series";
  if (!unit && !series && by != "year")
    return ledger::field_expected(
        "?by", {"uno de: year, unit, series, unit,series", "one of: year, unit, series, unit,series"});
  return projections::retention_forecast(asked.snapshot, asked.as_of, now, unit, series);
}

Result<std::vector<projections::HeldFile>> held_files(const Asked& asked, const Circumstances& now) {
  std::vector<projections::HeldFile> out;
  projections::for_each_row<projections::HoldRow>(
      asked.snapshot, projections::Key{}, asked.as_of, [&](projections::HoldRow&& hold) {
        out.push_back(projections::held_file(asked.snapshot, asked.as_of, now, hold));
      });
  return out;
}

template <class Enum>
Result<std::optional<Enum>> choice_parameter(const Request& request, const std::string& name) {
  const auto text = request.query_parameter(name);
  if (!text) return std::optional<Enum>();
  auto read = ledger::read_field<Enum>(json::string(*text), "?" + name);
  if (!read) return read.error();
  return std::optional(*read);
}

std::optional<ledger::Code> code_parameter(const Request& request, std::string_view name) {
  const auto text = request.query_parameter(name);
  return text ? std::optional(ledger::Code{std::string(*text)}) : std::nullopt;
}

// The fields of the form's header, as the parameters call them. Given one of them, the header is written.
struct HeaderField {
  const char* name;
  std::string projections::InventoryHeader::*field;
  const char *es, *en;
};
constexpr HeaderField kHeader[] = {
    {"remitting_entity", &projections::InventoryHeader::remitting_entity, "Entidad remitente", "Remitting entity"},
    {"producing_entity", &projections::InventoryHeader::producing_entity, "Entidad productora", "Producing entity"},
    {"administrative_unit", &projections::InventoryHeader::administrative_unit, "Unidad administrativa",
     "Administrative unit"},
    {"producing_office", &projections::InventoryHeader::producing_office, "Oficina productora", "Producing office"},
    {"object", &projections::InventoryHeader::object, "Objeto del inventario", "What the inventory is for"},
    {"entry", &projections::InventoryHeader::entry, "Registro de entrada, de transferencias",
     "Entry in the register, of transfers"},
};

std::string header_csv(const projections::InventoryHeader& header) {
  CsvTable table;
  for (const auto& line : projections::inventory_header(header))
    (table.columns.empty() ? table.columns : table.rows.emplace_back()) = line;
  return to_csv(table) + "\r\n";
}

Response answer_inventory(const Request& request, const Service& service) {
  const auto moment = read_moment(request, service);
  if (!moment) return problem_response(moment.error(), request);
  const auto layout = choice_parameter<InventoryLayout>(request, "layout");
  if (!layout) return problem_response(layout.error(), request);
  const auto archive = choice_parameter<ledger::FilePhase>(request, "archive");
  if (!archive) return problem_response(archive.error(), request);
  projections::InventoryFilter filter;
  filter.unit = code_parameter(request, "unit");
  filter.hold = code_parameter(request, "hold");
  filter.archive = *archive;
  filter.disposed = request.query_parameter("disposed") == "true";
  projections::InventoryHeader header;
  bool with_header = false;
  for (const auto& field : kHeader)
    if (const auto text = request.query_parameter(field.name)) {
      header.*field.field = std::string(*text);
      with_header = true;
    }
  const auto snapshot = service.queries.snapshot();
  const auto as_of = projections::moment_in(snapshot, moment->as_of);
  const auto shape = (*layout).value_or(InventoryLayout::documentary_units);
  // Before the founding there were no files.
  auto table = projections::inventory(snapshot, moment->before_founding ? ledger::Position{0} : as_of, shape, filter);
  if (!request.accepts_csv()) {
    json::object out{{"layout", boost::describe::enum_to_string(shape, "")},
                     {"columns", json::value_from(table.columns)},
                     {"rows", json::value_from(table.rows)}};
    if (with_header) out["header"] = json::value_from(projections::inventory_header(header));
    return json_response(200, out).with("Vary", "Accept");
  }
  auto text = with_header ? header_csv(header) : std::string();
  text += to_csv({std::move(table.columns), std::move(table.rows)});
  return text_response(200, kCsv, std::move(text)).with("Vary", "Accept");
}

void add_inventory(Router& router, Service& service) {
  Route route{"GET", "/v1/inventory",
              once_folded(service, [&service](Request& request) { return answer_inventory(request, service); })};
  const json::object rows{{"type", "array"}, {"items", {{"type", "array"}, {"items", kText}}}};
  Documentation documentation{
      "Inventario documental (FUID) de una dependencia en cualquier momento, con las columnas del formato",
      "Inventory of records (FUID) of a unit at any moment, with the columns of the form",
      {{"layout", "storage_units: por unidades de conservación; documentary_units: con los documentos electrónicos",
        "storage_units: by units of storage; documentary_units: with the electronic documents",
        schema_of<InventoryLayout>()},
       {"unit", "De esta dependencia", "Of this unit", kText},
       {"archive", "De los expedientes en este archivo", "Of the files in this archive",
        schema_of<ledger::FilePhase>()},
       {"hold", "De los expedientes con esta suspensión vigente", "Of the files with this hold in force", kText},
       {"disposed", "También los eliminados", "Those eliminated too", {{"type", "boolean"}}}},
      {{"type", "object"},
       {"required", {"layout", "columns", "rows"}},
       {"properties",
        {{"layout", schema_of<InventoryLayout>()},
         {"header", rows},
         {"columns", {{"type", "array"}, {"items", kText}}},
         {"rows", rows}}}},
      {"application/json", "text/csv"}};
  for (const auto& field : kHeader) documentation.parameters.push_back({field.name, field.es, field.en, kText});
  add_moment_parameters(documentation.parameters);
  route.documentation = std::make_shared<const Documentation>(std::move(documentation));
  router.add(std::move(route));
}

void add_stored(Router& router, Service& service) {
  add_table(router, service,
            Table<projections::ScheduleVersionRow>{
                "/v1/schedules",
                "/v1/schedules/{schedule}",
                {"schedule"},
                {"Versiones de la tabla de retención documental", "Versions of the retention schedule"}});
  add_table(router, service,
            Table<projections::ScheduleRow>{"/v1/schedules/{schedule}/rows",
                                            "/v1/schedules/{schedule}/rows/{code}",
                                            {"schedule", "code"},
                                            {"Series y subseries de una versión de la tabla",
                                             "Series and subseries of a version of the schedule"}});
  add_table(router, service,
            Table<projections::FileRow>{"/v1/files", "/v1/files/{file}", {"file"}, {"Expedientes", "Record files"}});
  add_table(router, service,
            Table<projections::DocumentRow>{"/v1/files/{file}/documents",
                                            "/v1/files/{file}/documents/{code}",
                                            {"file", "code"},
                                            {"Documentos de un expediente", "Documents of a record file"}});
  add_table(router, service,
            Table<projections::HoldRow>{
                "/v1/holds", "/v1/holds/{file}/{code}", {"file", "code"}, {"Suspensiones de la disposición", "Holds"}});
  add_table(router, service,
            Table<projections::DisposalRow, projections::ShownDisposal>{
                "/v1/disposals",
                "/v1/disposals/{disposal}",
                {"disposal"},
                {"Eliminaciones, paso a paso", "Disposals, step by step"},
                projections::shown_disposal});
  add_table(router, service,
            Table<projections::DisposalFileRow>{"/v1/disposals/{disposal}/files",
                                                "",
                                                {"disposal"},
                                                {"Expedientes de una eliminación", "Files of a disposal"}});
  add_table(
      router, service,
      Table<projections::ClaimRow, ShownClaim>{"/v1/claims",
                                               "/v1/claims/{claim}",
                                               {"claim"},
                                               {"Consultas y reclamos sobre datos personales, sin datos de la persona",
                                                "Consultations and claims about personal data, without the person's"},
                                               [](projections::ClaimRow row, const Circumstances& now) {
                                                 ShownClaim out;
                                                 out.status = projections::claim_status(row, now);
                                                 static_cast<projections::ClaimRow&>(out) = std::move(row);
                                                 return out;
                                               }});
}

}  // namespace

void add_archive_routes(Router& router, Service& service) {
  add_stored(router, service);
  add_computed(router, service,
               Computed<projections::IndexedDocument>{
                   "/v1/files/{file}/index",
                   {"Índice de un expediente: sus documentos en orden y foliados",
                    "Index of a record file: its documents in order, with their pages"},
                   {},
                   [](const Asked& asked) -> Result<std::vector<projections::IndexedDocument>> {
                     return projections::file_index(asked.snapshot, asked.as_of,
                                                    {asked.request.path_parameter("file")});
                   }});
  add_computed(router, service,
               computed_on<projections::FileRetention>(
                   "/v1/retention",
                   {"Cómo está cada expediente: fase, fechas, paso siguiente y lo que le falta",
                    "How each record file stands: phase, dates, next step and what it lacks"},
                   [](const Asked& asked, const Circumstances& now) -> Result<std::vector<projections::FileRetention>> {
                     return projections::files_retention(asked.snapshot, asked.as_of, now);
                   }));
  add_computed(
      router, service,
      computed_on<projections::RetentionForecast>(
          "/v1/retention/forecast",
          {"Qué vence en cada año: transferencias, selecciones y eliminaciones",
           "What falls due in each year: transfers, selections and eliminations"},
          forecast,
          {{"by", "Por qué se agrupa, además del año: unit, series, las dos con coma, o year para ninguna",
            "What it is grouped by beside the year: unit, series, both with a comma, or year for neither", kText}}));
  add_computed(router, service,
               computed_on<projections::TransferDue>(
                   "/v1/transfers", {"Transferencias por hacer y hechas", "Transfers to be made and made"},
                   [](const Asked& asked, const Circumstances& now) -> Result<std::vector<projections::TransferDue>> {
                     return projections::transfers_due(asked.snapshot, asked.as_of, now);
                   }));
  add_computed(
      router, service,
      computed_on<projections::HeldFile>(
          "/v1/held-files", {"Qué cubre cada suspensión de la disposición", "What each hold covers"}, held_files));
  add_computed(router, service,
               computed_on<projections::RecordFinding>(
                   "/v1/records/findings",
                   {"Documentos en un solo lugar, expedientes incompletos y líneas terminadas sin expediente",
                    "Documents in one place only, incomplete files, and completed lines without a file"},
                   [](const Asked& asked, const Circumstances& now) -> Result<std::vector<projections::RecordFinding>> {
                     return projections::record_findings(asked.snapshot, asked.as_of, now);
                   }));
  add_inventory(router, service);
}

}  // namespace fedatario::api
