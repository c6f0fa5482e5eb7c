#include "api/csv.hpp"

#include <catch2/catch.hpp>

using fedatario::api::CsvTable;
using fedatario::api::to_csv;

namespace {
std::string cell(const std::string& text) { return to_csv({{"c"}, {{text}}}).substr(3); }
}  // namespace

TEST_CASE("rows end in CRLF and have the heading before them") {
  CHECK(to_csv({{"línea", "estado"}, {{"0042", "abierta"}, {"0043", ""}}}) ==
        "línea,estado\r\n0042,abierta\r\n0043,\r\n");
  CHECK(to_csv({{"a"}, {}}) == "a\r\n");
}

TEST_CASE("commas, quotes and line breaks are quoted") {
  CHECK(cell("a,b") == "\"a,b\"\r\n");
  CHECK(cell("dijo \"sí\"") == "\"dijo \"\"sí\"\"\"\r\n");
  CHECK(cell("uno\ndos") == "\"uno\ndos\"\r\n");
  CHECK(cell("uno\rdos") == "\"uno\rdos\"\r\n");
  CHECK(cell(" con espacios ") == " con espacios \r\n");
}

TEST_CASE("an empty row of one column is still a row") { CHECK(cell("") == "\"\"\r\n"); }

TEST_CASE("what a spreadsheet would compute is shown as text") {
  for (const char* formula : {"=1+1", "+cmd", "-cmd", "@SUM(A1)", "\tx", "--1", "-", "1e5=", "-1-1", "+.5", "-1."}) {
    CAPTURE(formula);
    const bool guarded = std::string("=+-@\t").find(formula[0]) != std::string::npos;
    CHECK(cell(formula) == (guarded ? "'" : "") + std::string(formula) + "\r\n");
  }
  CHECK(cell("\r=1") == "\"'\r=1\"\r\n");
  CHECK(cell("=HYPERLINK(\"x\",\"y\")") == "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
}

TEST_CASE("numbers stay numbers") {
  for (const char* number : {"-5", "+57", "-12.50", "0", "1200000"}) {
    CAPTURE(number);
    CHECK(cell(number) == std::string(number) + "\r\n");
  }
}
