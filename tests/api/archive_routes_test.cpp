// The records archive as its users ask for it: over a real ledger, by HTTP.
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/support/record_histories.hpp"
#include "tests/support/stage.hpp"

using namespace fedatario;
using namespace fedatario::tests;
namespace json = boost::json;

namespace {

// The disposal of e-0001, executed, and e-0002 beside it, held.
struct Archive {
  Archive() {
    stage.record(executed_disposal());
    stage.record(closed_file("e-0002", "conservacion"));
    ledger::HoldPlaced hold;
    hold.open.code = code("h-1");
    hold.reason = note("Proceso.");
    hold.reference = title("2026-33");
    stage.record(History{on("file/e-0002", hold).by("abogada", "legal")});
    stage.record(History{on(kClaim, claim_request({})).by("receptora")});
    service = std::make_unique<HttpService>(stage.shop.ledger());
  }

  json::object get(const std::string& target) {
    INFO(target);
    const auto answer = service->get("archivista", target);
    if (answer.status != 200) FAIL(answer.body);
    return json::parse(answer.body).get_object();
  }
  json::array items(const std::string& target) { return get(target).at("items").get_array(); }

  Stage stage;
  std::unique_ptr<HttpService> service;
};

std::string text(const json::value& row, std::string_view name) { return std::string(row.at(name).get_string()); }

}  // namespace

TEST_CASE("files, their documents and their history are told by HTTP") {
  Archive archive;
  const auto files = archive.items("/v1/files?unit=ddo&sort=-file");
  REQUIRE(files.size() == 2);
  CHECK(text(files[0], "file") == "e-0002");
  CHECK(files[1].at("disposed").get_bool());
  CHECK(archive.items("/v1/files?disposed=true").size() == 1);
  CHECK(text(archive.get("/v1/files/e-0002"), "archive") == "management");
  CHECK(archive.items("/v1/files/e-0002/documents").size() == 1);
  CHECK(text(archive.get("/v1/files/e-0002/documents/doc-1"), "document_type") == "Lista de asistencia");
  CHECK(archive.items("/v1/files/e-0002/index")[0].at("order").to_number<int>() == 1);
  // Opened, filled, closed, held.
  CHECK(archive.items("/v1/files/e-0002/history").size() == 4);
  CHECK(archive.items("/v1/schedules/trd-1/rows").size() == 6);
  CHECK(archive.items("/v1/schedules/trd-1/rows?dispositions=elimination").size() == 3);
  CHECK(text(archive.get("/v1/schedules/trd-1"), "rusd") == "TRD-512");
}

TEST_CASE("retention is judged on the day asked for") {
  Archive archive;
  auto row = archive.items("/v1/retention?on=2026-01-29&file=e-0002")[0];
  CHECK(text(row, "phase") == "closed");
  CHECK(text(row, "central_end") == "2026-01-29");
  row = archive.items("/v1/retention?on=2026-01-30&file=e-0002")[0];
  CHECK(text(row, "phase") == "on_hold");
  CHECK(archive.items("/v1/retention?phase=disposed").size() == 1);
  CHECK(archive.items("/v1/retention?on=2026-01-30&overdue=true&phase=management").empty());
  CHECK(archive.service->get("archivista", "/v1/retention?on=mañana").status == 400);
  const auto years = archive.items("/v1/retention/forecast?by=year&on=2022-01-03");
  REQUIRE(years.size() == 2);
  CHECK(years[0].at("year").to_number<int>() == 2023);
  CHECK(years[1].at("secondary_transfers").to_number<int>() == 1);
  CHECK(archive.service->get("archivista", "/v1/retention/forecast?by=color").status == 400);
  // The first has been due since 2023; on the day after both terms the second is too.
  CHECK(archive.items("/v1/transfers?standing=due&on=2026-01-29").size() == 1);
  CHECK(archive.items("/v1/transfers?standing=due&on=2026-01-30").size() == 2);
}

TEST_CASE("holds, disposals, claims and findings are told by HTTP") {
  Archive archive;
  CHECK(text(archive.items("/v1/holds?reference=2026-33")[0], "file") == "e-0002");
  CHECK(archive.items("/v1/held-files?in_force=true")[0].at("documents").to_number<int>() == 1);
  const auto disposal = archive.get("/v1/disposals/d-1");
  CHECK(text(disposal, "publication_end") == "2026-04-30");
  CHECK(text(disposal, "next_step") == "certify");
  CHECK(disposal.at("complete").get_bool());
  CHECK(text(archive.items("/v1/disposals/d-1/files")[0], "file") == "e-0001");
  CHECK(text(archive.get("/v1/claims/h-1").at("status"), "due") == "2026-07-15");
  CHECK(archive.items("/v1/records/findings").empty());
}

TEST_CASE("the inventory is a table of the form's columns, as CSV with its header where one is given") {
  Archive archive;
  const auto table = archive.get("/v1/inventory?unit=ddo&layout=storage_units");
  CHECK(table.at("columns").get_array().size() == 13);
  CHECK(table.at("rows").get_array().size() == 1);
  CHECK(archive.get("/v1/inventory?disposed=true").at("rows").get_array().size() == 2);
  const auto csv =
      archive.service->get("archivista", "/v1/inventory?unit=ddo&object=Entrega%20de%20cargo", "Accept: text/csv\r\n");
  REQUIRE(csv.status == 200);
  CHECK(csv.body ==
        "Entidad remitente,\r\nEntidad productora,\r\nUnidad administrativa,\r\nOficina productora,\r\n"
        "Objeto,Entrega de cargo\r\n\r\n"
        "Nº,Código,Serie/subserie/asunto,Unidad documental,Fecha inicial,Fecha final,Fís.,Elect.,Caja,Carpeta,Tomo,"
        "Folios,Tipo,Cantidad,Tamaño,Ubicación,Notas\r\n"
        "1,110.19,Planes,Asistencia técnica a la Alcaldía de Alejandría,2020-02-03,2020-02-03,,X,,,,,,1,,"
        "Bóveda; Yaksa,Disposición suspendida: h-1\r\n");
  CHECK(archive.service->get("archivista", "/v1/inventory?layout=otro").status == 400);
}
