// Sheets in CSV as they come from people and programs, each way to be wrong, and every limit at its edge.
#include "tools/table.hpp"

#include <catch2/catch.hpp>

#include "tools/cells.hpp"

using namespace fedatario::tools;

namespace {

// Rows as "line:cell|cell" joined by spaces, after the columns; or the fault as "!line,column: text".
std::string seen(const Sheet<Table>& table, Language language = Language::es) {
  if (!table)
    return "!" + std::to_string(table.error().line) + "," + table.error().column + ": " +
           table.error().what.in(language);
  const auto joined = [](const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i ? "|" : "") + cells[i];
    return out;
  };
  std::string out = joined(table->columns);
  for (const auto& row : table->rows) out += " " + std::to_string(row.line) + ":" + joined(row.cells);
  return out;
}

std::string csv(std::string_view text, const TableLimits& limits = {}) {
  return seen(read_table(text, "plan.csv", limits));
}

std::string data(const char* name) { return std::string(FEDATARIO_SOURCE_DIR "/tests/vectors/data/") + name; }

}  // namespace

TEST_CASE("a sheet is read with semicolons or commas, with or without mark, with CRLF or LF") {
  const std::string expected = "Código|Entidad 2:05001|Medellín 3:11001|Bogotá";
  CHECK(csv("Código;Entidad\n05001;Medellín\n11001;Bogotá\n") == expected);
  CHECK(csv("Código,Entidad\n05001,Medellín\n11001,Bogotá\n") == expected);
  CHECK(csv("\xEF\xBB\xBF"
            "Código;Entidad\r\n05001;Medellín\r\n11001;Bogotá\r\n") == expected);
  CHECK(csv("\xEF\xBB\xBF"
            "Código,Entidad\r\n05001,Medellín\n11001,Bogotá") == expected);
  CHECK(csv("\"Código\";\"Entidad\"\n\"05001\";Medellín\n11001;\"Bogotá\"") == expected);
  CHECK(seen(read_table("Código;Entidad\n05001;Medellín\n11001;Bogotá\n", "PLAN.CSV")) == expected);
}

TEST_CASE("the separator is the one that the header has more of, outside quotes") {
  CHECK(csv("Valor, en pesos;NIT;Norma\n1,5;2;3\n") == "Valor, en pesos|NIT|Norma 2:1,5|2|3");
  CHECK(csv("\"a;b;c\",d\n1,2\n") == "a;b;c|d 2:1|2");
  CHECK(csv("\n\r\na,b\n1;2,3\n") == "a|b 4:1;2|3");
  CHECK(csv("solo\nuno\n") == "solo 2:uno");
}

TEST_CASE("quotes keep separators, line breaks and doubled quotes, and lines stay those of the file") {
  CHECK(csv("a;b\n\"x;y\";\"di \"\"hola\"\"\"\n1;2\n") == "a|b 2:x;y|di \"hola\" 3:1|2");
  CHECK(csv("a;b\n\"uno\ndos\r\ntres\";2\n3;4\n") == "a|b 2:uno\ndos\r\ntres|2 5:3|4");
  CHECK(csv("\"a\nb\";c\n1;2\n") == "a\nb|c 3:1|2");
  CHECK(csv("a;b\n\"\";\"\"\"\"\n") == "a|b 2:|\"");
}

TEST_CASE("blank rows are left out and short rows filled up") {
  CHECK(csv("\n;;\na;b;c\n\n1\n;;\n \t;\n;2;\n") == "a|b|c 5:1|| 8:|2|");
  CHECK(csv("a;b\n") == "a|b");
  CHECK(csv("a;b;;\n1;2;;;\n") == "a|b 2:1|2");
}

TEST_CASE("a column is found without regard to case, accents or spacing") {
  const auto table = read_table(" Código  DIVIPOLA ;NIT\n05;1\n", "a.csv");
  REQUIRE(table.has_value());
  CHECK(table->columns[0] == "Código  DIVIPOLA");
  CHECK(table->column("codigo divipola") == 0);
  CHECK(table->column("CÓDIGO DIVIPOLA") == 0);
  CHECK(table->column(" nit ") == 1);
  CHECK(table->column("codigo") == -1);
}

TEST_CASE("a header that names nothing, or one column twice, is refused") {
  const std::string empty = "!0,: la hoja está vacía: la primera fila debe traer los nombres de las columnas";
  CHECK(csv("") == empty);
  CHECK(csv("\xEF\xBB\xBF") == empty);
  CHECK(csv("\n ;\n;;\r\n") == empty);
  CHECK(csv("Código;NIT; CODIGO\n") == "!1,: columna C: el nombre «CODIGO» ya está en la columna A: deje una sola");
  CHECK(csv("a;;c\n") == "!1,: columna B: la columna no tiene nombre: escríbalo en el encabezado o quite la columna");
}

TEST_CASE("a row with more cells than columns is refused") {
  CHECK(
      csv("a;b\n1;2\n1;2;3\n") ==
      "!3,: columna C: «3» está más allá de la última columna con nombre: quite la celda, o encierre entre comillas el "
      "texto "
      "que lleve el separador");
}

TEST_CASE("quotes out of place are refused where they are") {
  const auto begins = [](const std::string& text, const std::string& head) { return text.rfind(head, 0) == 0; };
  CHECK(begins(csv("a;b\nx;el \"uno\"\n"), "!2,: hay comillas dentro de una celda sin comillas"));
  CHECK(begins(csv("a;b\n\n1; \"x\"\n"), "!3,: hay comillas dentro de una celda sin comillas"));
  CHECK(begins(csv("a;b\n\"x\"y;1\n"), "!2,: hay texto después de las comillas de cierre"));
  CHECK(begins(csv("a;b\n1;2\n3;\"x\n\n\n"), "!3,: las comillas que se abren aquí no se cierran"));
  CHECK(begins(csv("a;b\n1;2\r3;4\n"), "!2,: hay un retorno de carro suelto"));
  CHECK(begins(csv("a;b\n1;2\r"), "!2,: hay un retorno de carro suelto"));
}

TEST_CASE("text that is not UTF-8 is refused with its line") {
  const std::string reason = "el texto no está en UTF-8: guarde el archivo como «CSV UTF-8»";
  CHECK(csv("a;b\n1;2\nMedell\xEDn;3\n") == "!3,: " + reason);
  CHECK(csv(std::string_view("a;b\n1\0;2\n", 10)) == "!2,: " + reason);
  CHECK(csv("\xFF\xFE"
            "a") == "!1,: " + reason);
}

TEST_CASE("each limit of a sheet holds at its edge and not one past it") {
  const auto with = [](auto set) {
    TableLimits limits;
    set(limits);
    return limits;
  };
  const std::string text = "a;b\n1;22\n3;4\n";
  const std::string good = "a|b 2:1|22 3:3|4";
  CHECK(csv(text, with([&](TableLimits& l) { l.file_bytes = text.size(); })) == good);
  CHECK(csv(text, with([&](TableLimits& l) { l.file_bytes = text.size() - 1; })) ==
        "!0,: el archivo pasa de 12 bytes: divídalo en varios");
  CHECK(csv(text, with([](TableLimits& l) { l.columns = 2; })) == good);
  CHECK(csv(text, with([](TableLimits& l) { l.columns = 1; })) ==
        "!1,: columna B: la hoja pasa de 1 columnas: quite las que sobran");
  CHECK(csv(text, with([](TableLimits& l) { l.rows = 2; })) == good);
  CHECK(csv(text, with([](TableLimits& l) { l.rows = 1; })) == "!3,: la hoja pasa de 1 filas: divídala en varias");
  CHECK(csv(text, with([](TableLimits& l) { l.cells = 4; })) == good);
  CHECK(csv(text, with([](TableLimits& l) { l.cells = 3; })) == "!3,: la hoja pasa de 3 celdas: divídala en varias");
  CHECK(csv(text, with([](TableLimits& l) { l.cell_bytes = 2; })) == good);
  CHECK(csv(text, with([](TableLimits& l) { l.cell_bytes = 1; })) == "!2,b: el texto pasa de 1 bytes: acórtelo");
}

TEST_CASE("the limits are those announced") {
  std::string header = "c0";
  for (int i = 1; i < 200; ++i) header += ";c" + std::to_string(i);
  CHECK(read_table(header, "a.csv")->columns.size() == 200);
  CHECK(seen(read_table(header + ";más", "a.csv")) ==
        "!1,: columna GS: la hoja pasa de 200 columnas: quite las que sobran");
  std::string rows = "a\n";
  for (int i = 0; i < 100'000; ++i) rows += "1\n";
  CHECK(read_table(rows, "a.csv")->rows.size() == 100'000);
  CHECK(read_table(rows + "1\n", "a.csv").error().line == 100'002);
  CHECK(read_table("a\n" + std::string(10'000, 'x'), "a.csv").has_value());
  CHECK(read_table("a\n" + std::string(10'001, 'x'), "a.csv").error().column == "a");
  CHECK(TableLimits{}.file_bytes == 67'108'864);
}

TEST_CASE("a file of another kind, or none, is refused") {
  CHECK(seen(read_table("a;b\n", "plan.ods")) ==
        "!0,: «plan.ods» no termina en .csv ni en .xlsx: guárdelo en uno de los dos formatos");
  CHECK(seen(read_table_file("no-existe.csv")) == "!0,: no se puede abrir el archivo «no-existe.csv»");
  CHECK(read_table_file(data("")).error().what.es.rfind("no se puede abrir", 0) == 0);
}

TEST_CASE("why a sheet was not read is told in English too") {
  const auto told = [](std::string_view text, auto set, const char* name = "plan.csv") {
    TableLimits limits;
    set(limits);
    return seen(read_table(text, name, limits), Language::en);
  };
  const auto as_announced = [](TableLimits&) {};
  const std::string text = "a;b\n1;22\n3;4\n";
  CHECK(told("", as_announced) == "!0,: the sheet is empty: the first row must hold the names of the columns");
  CHECK(told("Código;NIT; CODIGO\n", as_announced) ==
        "!1,: column C: the name «CODIGO» stands in column A already: leave only one");
  CHECK(told("a;;c\n", as_announced) ==
        "!1,: column B: the column has no name: write it in the header or remove the column");
  CHECK(told("a;b\n1;2;3\n", as_announced) ==
        "!2,: column C: «3» is beyond the last column with a name: remove the cell, or put in quotes the text that "
        "holds the separator");
  CHECK(told("a;b\nx;el \"uno\"\n", as_announced) ==
        "!2,: there are quotes inside a cell without quotes: put the cell in quotes and double those inside");
  CHECK(told("a;b\n\"x\"y;1\n", as_announced) ==
        "!2,: there is text after the closing quotes: put the whole cell in quotes and double the quotes inside");
  CHECK(told("a;b\n3;\"x\n", as_announced) == "!2,: the quotes opened here are not closed: add the closing quotes");
  CHECK(told("a;b\n1;2\r3;4\n", as_announced) == "!2,: there is a lone carriage return: end the lines with CRLF or LF");
  CHECK(told("Medell\xEDn", as_announced) == "!1,: the text is not in UTF-8: save the file as «CSV UTF-8»");
  CHECK(told("a;b\n", as_announced, "plan.ods") ==
        "!0,: «plan.ods» ends in neither .csv nor .xlsx: save it in one of the two formats");
  CHECK(told(text, [](TableLimits& l) { l.file_bytes = 12; }) ==
        "!0,: the file is larger than 12 bytes: divide it into several");
  CHECK(told(text, [](TableLimits& l) { l.columns = 1; }) ==
        "!1,: column B: the sheet has more than 1 columns: remove those that are too many");
  CHECK(told(text, [](TableLimits& l) { l.rows = 1; }) ==
        "!3,: the sheet has more than 1 rows: divide it into several");
  CHECK(told(text, [](TableLimits& l) { l.cells = 3; }) ==
        "!3,: the sheet has more than 3 cells: divide it into several");
  CHECK(told(text, [](TableLimits& l) { l.cell_bytes = 1; }) == "!2,b: the text is longer than 1 bytes: shorten it");
  CHECK(seen(read_table_file("no-existe.csv"), Language::en) == "!0,: cannot open the file «no-existe.csv»");
}

TEST_CASE("a file on the disk is read within its limit") {
  CHECK(read_table_file(data("direcciones.csv"))->columns == std::vector<std::string>{"Código", "Dirección técnica"});
  TableLimits limits;
  limits.file_bytes = 10;
  CHECK(seen(read_table_file(data("direcciones.csv"), limits)) ==
        "!0,: el archivo pasa de 10 bytes: divídalo en varios");
}

TEST_CASE("the territorial units are all there") {
  const auto table = read_table_file(data("divipola.csv"));
  REQUIRE(table.has_value());
  CHECK(table->rows.size() == 1122);
  const int department = table->column("cod_dpto"), code = table->column("cod_mpio"), name = table->column("nom_mpio");
  int of_antioquia = 0;
  for (const auto& row : table->rows) of_antioquia += row.cells[department] == "05" ? 1 : 0;
  CHECK(of_antioquia == 125);
  CHECK(table->rows.front().cells[code] == "05001");
  CHECK(table->rows.front().cells[name] == "MEDELLÍN");
}

TEST_CASE("a plan with faults in its cells is read whole, each row with its line") {
  const auto table = read_table_file(data("plan-2026-dep-con-errores.csv"));
  REQUIRE(table.has_value());
  REQUIRE(table->rows.size() == 14);
  for (std::size_t i = 0; i < table->rows.size(); ++i) CHECK(table->rows[i].line == i + 2);
  const auto cell = [&](std::size_t line, const char* column) {
    return table->rows[line - 2].cells.at(std::size_t(table->column(column)));
  };
  CHECK(parse_day(cell(2, "fecha inicio")).error().what_es == "no existe el día 31/02/2026: ese mes tiene 28 días");
  CHECK(parse_pesos(cell(8, "presupuesto (cop)")).has_error());
  CHECK(parse_pesos(cell(11, "Presupuesto (COP)")).has_error());
  CHECK(*parse_pesos(cell(15, "Presupuesto (COP)")) == 21'000'000);
  CHECK(cell(12, "Hito 1").empty());
  CHECK(cell(3, "Norma") == "Decreto 1083 de 2015, art. 2.2.22.3.4");
}
