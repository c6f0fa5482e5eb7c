// Excel books made part by part: every kind of cell, and the ways a book can be wrong or hostile.
#include <catch2/catch.hpp>

#include "tests/support/xlsx.hpp"
#include "tools/table.hpp"
#include "tools/xlsx_value.hpp"

using namespace fedatario::tools;
using fedatario::tests::Book;
using fedatario::tests::Parts;
using fedatario::tests::zip_of;

namespace {

std::string seen(const std::string& bytes, const TableLimits& limits = {}, Language language = Language::es) {
  const auto table = read_table(bytes, "plan.xlsx", limits);
  if (!table)
    return "!" + std::to_string(table.error().line) + "," + table.error().column + ": " +
           table.error().what.in(language);
  std::string out;
  for (const auto& name : table->columns) out += "[" + name + "]";
  for (const auto& row : table->rows) {
    out += " " + std::to_string(row.line) + ":";
    for (const auto& cell : row.cells) out += "[" + cell + "]";
  }
  return out;
}

std::string in_english(const std::string& bytes, const TableLimits& limits = {}) {
  return seen(bytes, limits, Language::en);
}

// A book with one cell under column "a".
std::string cell_book(const std::string& xml, Book book = {}) {
  book.rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row><row r=\"2\">" + xml + "</row>";
  return book.bytes();
}

// The text of that cell.
std::string cell(const std::string& xml, Book book = {}) { return seen(cell_book(xml, std::move(book))); }

std::string text_cell(const char* place, const char* text) {
  return std::string("<c r=\"") + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

Book dated(const char* settings = "") {
  Book book;
  book.formats = "<numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"#,##0\"/>";
  book.styles = {0, 14, 164, 165, 22, 47};
  book.workbook_settings = settings;
  return book;
}

bool begins(const std::string& text, const std::string& head) { return text.rfind(head, 0) == 0; }

}  // namespace

TEST_CASE("shared strings, with runs of rich text, and strings in the cell are read") {
  Book book;
  book.shared = {"<t>Código</t>", "<r><rPr><b/></rPr><t>Enti</t></r><r><t xml:space=\"preserve\">dad </t></r>",
                 "<t>Bogotá &amp; más</t><rPh sb=\"0\" eb=\"1\"><t>guía</t></rPh>", "<t>uno_x000D_&#10;dos</t>"};
  book.rows =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c>" +
      text_cell("B2", "en la celda") + "</row><row r=\"3\"><c r=\"A3\" t=\"s\"><v>3</v></c></row>";
  CHECK(seen(book.bytes()) == "[Código][Entidad] 2:[Bogotá & más][en la celda] 3:[uno\r\ndos][]");
}

TEST_CASE("rows and cells that the sheet leaves out are blank, and lines are those of the sheet") {
  Book book;
  book.rows = "<row r=\"3\">" + text_cell("A3", "a") + text_cell("B3", "b") + text_cell("C3", "c") +
              "</row><row r=\"7\">" + text_cell("C7", "x") +
              "</row><row r=\"8\"><c r=\"A8\" s=\"0\"/><c r=\"XFD8\" s=\"0\"/></row><row r=\"1048576\">" +
              text_cell("B1048576", "y") + "</row>";
  CHECK(seen(book.bytes()) == "[a][b][c] 7:[][][x] 1048576:[][y][]");
}

TEST_CASE("rows and cells without a reference follow each other") {
  Book book;
  book.rows = "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>";
  CHECK(seen(book.bytes()) == "[a][b] 2:[1][2]");
}

TEST_CASE("numbers are given in full, with a decimal comma") {
  const auto number = [](const char* value) { return cell(std::string("<c r=\"A2\"><v>") + value + "</v></c>"); };
  CHECK(number("12750000") == "[a] 2:[12750000]");
  CHECK(number("1.275E7") == "[a] 2:[12750000]");
  CHECK(number("12750000.0") == "[a] 2:[12750000]");
  CHECK(number("20252060174492") == "[a] 2:[20252060174492]");
  CHECK(number("0.30000000000000004") == "[a] 2:[0,3]");
  CHECK(number("1.234") == "[a] 2:[1,234]");
  CHECK(number("-0.5") == "[a] 2:[-0,5]");
  CHECK(number("-0") == "[a] 2:[0]");
  CHECK(number("1E20") == "[a] 2:[100000000000000000000]");
  CHECK(number("1E-7") == "[a] 2:[0,0000001]");
  for (const char* wrong : {"doce", "1,5", "inf", "nan", "1 2", "1e999"}) {
    CAPTURE(wrong);
    CHECK(number(wrong) == "!2,a: «" + std::string(wrong) + "» no es un número");
  }
}

TEST_CASE("booleans, formulas and errors give what the reader sees") {
  CHECK(cell("<c r=\"A2\" t=\"b\"><v>1</v></c>") == "[a] 2:[Sí]");
  CHECK(cell("<c r=\"A2\" t=\"b\"><v>0</v></c>") == "[a] 2:[No]");
  CHECK(cell("<c r=\"A2\"><f>1+1</f><v>2</v></c>") == "[a] 2:[2]");
  CHECK(cell("<c r=\"A2\" t=\"str\"><f>B1</f><v>x</v></c>") == "[a] 2:[x]");
  CHECK(begins(cell("<c r=\"A2\"><f>1+1</f></c>"), "!2,a: la fórmula no tiene valor guardado"));
  CHECK(begins(cell("<c r=\"A2\" t=\"e\"><v>#N/A</v></c>"), "!2,a: la celda da el error «#N/A»"));
  CHECK(begins(cell("<c r=\"A2\" t=\"s\"><v>0</v></c>"), "!2,a: el libro está dañado"));
}

TEST_CASE("a number under a date format is a day") {
  const auto date = [](const char* value, int style, const char* settings = "") {
    return cell("<c r=\"A2\" s=\"" + std::to_string(style) + "\"><v>" + value + "</v></c>", dated(settings));
  };
  CHECK(date("46057", 0) == "[a] 2:[46057]");
  CHECK(date("46057", 1) == "[a] 2:[04/02/2026]");
  CHECK(date("46057", 2) == "[a] 2:[04/02/2026]");
  CHECK(date("46057", 3) == "[a] 2:[46057]");
  CHECK(date("46057.75", 4) == "[a] 2:[04/02/2026]");
  CHECK(date("0.75", 5) == "[a] 2:[0,75]");
  CHECK(date("46057", 99) == "[a] 2:[46057]");
  CHECK(date("44595", 1, "<workbookPr date1904=\"1\"/>") == "[a] 2:[04/02/2026]");
  CHECK(date("46057", 1, "<workbookPr date1904=\"0\"/>") == "[a] 2:[04/02/2026]");
  CHECK(date("60", 1) == "!2,a: el número 60 no corresponde a ningún día: escriba la fecha");
  CHECK(date("-1", 1) == "!2,a: el número -1 no corresponde a ningún día: escriba la fecha");
  CHECK(cell("<c r=\"A2\" t=\"d\"><v>2026-02-04T00:00:00</v></c>") == "[a] 2:[04/02/2026]");
}

TEST_CASE("serial numbers count days as Excel does") {
  const auto day = [](double serial, DateSystem system = DateSystem::from_1900) {
    const auto date = day_of_serial(serial, system);
    return date ? date->text() : "";
  };
  CHECK(day(1) == "1900-01-01");
  CHECK(day(59) == "1900-02-28");
  CHECK(day(60).empty());
  CHECK(day(61) == "1900-03-01");
  CHECK(day(45351) == "2024-02-29");
  CHECK(day(46057.999) == "2026-02-04");
  CHECK(day(2958465) == "9999-12-31");
  CHECK(day(2958466).empty());
  CHECK(day(1e300).empty());
  CHECK(day(0.99).empty());
  CHECK(day(1, DateSystem::from_1904) == "1904-01-02");
  CHECK(day(2957003, DateSystem::from_1904) == "9999-12-31");
  CHECK(day(2957004, DateSystem::from_1904).empty());
}

TEST_CASE("number formats are told apart") {
  for (const char* code :
       {"dd/mm/yyyy", "d-mmm-yy", "[$-240A]d \"de\" mmmm", "YYYY", "mm:ss", "[Red]dd", "\\xdd", "h:mm AM/PM"}) {
    CAPTURE(code);
    CHECK(is_date_format(code));
  }
  for (const char* code : {"General", "0.00", "#,##0", "\"días\" 0", "[Red]0", "0\\d", "_d0", "*y0", "0;[Red]-0;\"d\"",
                           "0;dd", "@", "\"d", "[d", "\\", ""}) {
    CAPTURE(code);
    CHECK_FALSE(is_date_format(code));
  }
  for (int id : {14, 22, 45, 47}) CHECK(is_builtin_date_format(id));
  for (int id : {0, 13, 23, 44, 48, 49}) CHECK_FALSE(is_builtin_date_format(id));
}

TEST_CASE("references of cells are read") {
  CHECK(parse_place("A1") == CellPlace{1, 0});
  CHECK(parse_place("C5") == CellPlace{5, 2});
  CHECK(parse_place("AA10") == CellPlace{10, 26});
  CHECK(parse_place("XFD1048576") == CellPlace{1'048'576, 16'383});
  for (const char* wrong :
       {"", "A", "1", "A0", "A1048577", "XFE1", "a1", "A-1", "A1 ", "AAAAAAAAAAAAAAAAAAAA1", "A99999999999999999999"})
    CHECK_FALSE(parse_place(wrong));
}

TEST_CASE("escaped characters are given back") {
  CHECK(unescape("a_x000D_b_x000A_") == "a\rb\n");
  CHECK(unescape("_x005F_x000D_") == "_x000D_");
  CHECK(unescape("_x00F1__x20AC_") == "ñ€");
  for (const char* same : {"_x00D_", "_xZZZZ_", "_x0000_", "_xD800_", "_x-00A_", "_x000D", "_", "a_b"})
    CHECK(unescape(same) == same);
}

TEST_CASE("names with a prefix are read as those without") {
  Parts parts = Book{}.parts();
  parts["xl/worksheets/sheet1.xml"] =
      "<x:worksheet xmlns:x=\"urn:x\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" "
      "t=\"inlineStr\"><x:is><x:t>a</x:t></x:is></x:c>"
      "</x:row></x:sheetData></x:worksheet>";
  CHECK(seen(zip_of(parts)) == "[a]");
}

TEST_CASE("the first visible sheet is read, wherever its relation points") {
  Parts parts = Book{}.parts();
  auto& workbook = parts["xl/workbook.xml"];
  workbook.replace(workbook.find("<sheet name"), 0,
                   "<sheet name=\"Listas\" sheetId=\"2\" state=\"hidden\" r:id=\"rId9\"/>");
  auto& relations = parts["xl/_rels/workbook.xml.rels"];
  relations.replace(relations.find("worksheets/sheet1.xml"), 21, "../hojas/plan.xml");
  relations.replace(relations.find("<Relationship "), 0,
                    "<Relationship Id=\"rId9\" Type=\"t/worksheet\" Target=\"listas.xml\"/>");
  parts["xl/listas.xml"] = "<worksheet><sheetData/></worksheet>";
  parts["hojas/plan.xml"] =
      "<worksheet><sheetData><row r=\"1\">" + text_cell("A1", "del plan") + "</row></sheetData></worksheet>";
  CHECK(seen(zip_of(parts)) == "[del plan]");
}

TEST_CASE("what is not a book is refused") {
  CHECK(begins(seen("a;b\n1;2\n"), "!0,: el archivo no es un zip o está dañado"));
  CHECK(begins(seen(""), "!0,: el archivo no es un libro de Excel"));
  CHECK(begins(seen("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 y lo demás"),
               "!0,: el libro tiene contraseña o es un .xls antiguo"));
  CHECK(begins(seen(zip_of({{"carta.txt", "hola"}})), "!0,: el archivo no es un libro de Excel"));
  CHECK(begins(seen(zip_of(Book{}.parts(), "clave")), "!0,: la parte _rels/.rels está cifrada"));
  Parts parts = Book{}.parts();
  parts.erase("xl/worksheets/sheet1.xml");
  CHECK(begins(seen(zip_of(parts)), "!0,: el libro está dañado: le falta la parte xl/worksheets/sheet1.xml"));
  CHECK(begins(seen(Book{}.bytes()), "!0,: la hoja está vacía"));
}

TEST_CASE("cells and rows out of order are refused") {
  Book book;
  book.rows = "<row r=\"2\">" + text_cell("A2", "a") + "</row><row r=\"2\">" + text_cell("A2", "b") + "</row>";
  CHECK(begins(seen(book.bytes()), "!0,: el libro está dañado: las filas de la hoja no van en orden después de la 2"));
  CHECK(begins(cell(text_cell("B2", "x") + text_cell("A2", "y")), "!2,: columna B: «x» está más allá"));
  CHECK(begins(cell(text_cell("A2", "x") + text_cell("A2", "y")), "!0,: el libro está dañado: la celda A2"));
  CHECK(begins(cell(text_cell("A3", "x")), "!0,: el libro está dañado: la celda A3"));
  book.rows = "<row r=\"1048577\"/>";
  CHECK(begins(seen(book.bytes()), "!0,: el libro está dañado"));
}

TEST_CASE("a declaration of entities is refused in any part that is read") {
  for (const char* name :
       {"_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"}) {
    CAPTURE(name);
    Parts parts = Book{}.parts();
    auto& xml = parts.at(name);
    xml.insert(xml.find("?>") + 2, "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>");
    CHECK(begins(seen(zip_of(parts)), "!0,: la parte " + std::string(name) + " declara un DTD"));
  }
  CHECK(cell(text_cell("A2", "&desconocida;")) == "[a] 2:[&desconocida;]");
}

TEST_CASE("parts that inflate beyond the limits are refused, whatever they are") {
  Book book;
  book.rows = "<row r=\"1\">" + text_cell("A1", "a") + "</row>" + std::string(200'000, ' ');
  const Parts parts = book.parts();
  std::size_t largest = 0, all = 0;
  for (const auto& [name, content] : parts) largest = std::max(largest, content.size()), all += content.size();
  const std::string bytes = zip_of(parts);
  CHECK(bytes.size() < 10'000);
  TableLimits limits;
  limits.part_bytes = largest, limits.book_bytes = all;
  CHECK(seen(bytes, limits) == "[a]");
  limits.part_bytes = largest - 1;
  CHECK(begins(seen(bytes, limits), "!0,: la parte xl/worksheets/sheet1.xml ocupa demasiado"));
  limits.part_bytes = largest, limits.book_bytes = all - 1;
  CHECK(begins(seen(bytes, limits), "!0,: la parte xl/worksheets/sheet1.xml ocupa demasiado"));
}

TEST_CASE("a cell that is not UTF-8 is refused") {
  CHECK(begins(cell(text_cell("A2", "Medell\xEDn")), "!2,a: el texto no está en UTF-8"));
}

TEST_CASE("why a book was not read is told in English too") {
  const std::string damaged = "!0,: the workbook is damaged: ";
  CHECK(in_english("a;b\n1;2\n") ==
        "!0,: the file is not a zip or is damaged: save it again as an Excel workbook (.xlsx)");
  CHECK(in_english("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 y lo demás") ==
        "!0,: the workbook has a password or is an old .xls: save it without a password as .xlsx");
  CHECK(in_english(zip_of({{"carta.txt", "hola"}})) == "!0,: the file is not an Excel workbook: save it as .xlsx");
  CHECK(in_english(zip_of(Book{}.parts(), "clave")) ==
        "!0,: part _rels/.rels is encrypted: save the file without a password");

  const auto with_part = [](const char* name, const std::string& xml) {
    Parts parts = Book{}.parts();
    parts[name] = xml;
    return in_english(zip_of(parts));
  };
  CHECK(with_part("xl/worksheets/sheet1.xml", "<other/>") == damaged + "it lacks part xl/worksheets/sheet1.xml");
  CHECK(with_part("xl/workbook.xml", "<workbook/>") == "!0,: the workbook has no visible sheet with cells");
  CHECK(with_part("xl/styles.xml", "<styleSheet") ==
        "!0,: part xl/styles.xml is not well-formed XML: save the workbook again");
  CHECK(with_part("xl/styles.xml", "<!DOCTYPE x><styleSheet/>") ==
        "!0,: part xl/styles.xml declares a DTD, which an Excel workbook does not have: save the workbook again");
  TableLimits limits;
  limits.book_bytes = 1;
  CHECK(in_english(Book{}.bytes(), limits) ==
        "!0,: part _rels/.rels takes up too much once inflated: divide the file into several");

  Book book;
  book.rows = "<row r=\"2\">" + text_cell("A2", "a") + "</row><row r=\"2\"/>";
  CHECK(in_english(book.bytes()) == damaged + "the rows of the sheet are out of order after row 2");
  const auto told = [](const std::string& xml) { return in_english(cell_book(xml, dated())); };
  CHECK(told(text_cell("A3", "x")) == damaged + "cell A3 is not in its place");
  CHECK(told("<c r=\"A2\"><f>1+1</f></c>") ==
        "!2,a: the formula has no saved value: open the workbook in Excel and save it, or write the value");
  CHECK(told("<c r=\"A2\" t=\"e\"><v>#N/A</v></c>") ==
        "!2,a: the cell gives the error «#N/A»: correct the formula or write the value");
  CHECK(told("<c r=\"A2\" t=\"s\"><v>0</v></c>") == "!2,a: the workbook is damaged: the text of the cell is missing");
  CHECK(told("<c r=\"A2\" t=\"d\"><v>ayer</v></c>") == "!2,a: «ayer» is not a date");
  CHECK(told("<c r=\"A2\"><v>doce</v></c>") == "!2,a: «doce» is not a number");
  CHECK(told("<c r=\"A2\" s=\"1\"><v>60</v></c>") == "!2,a: the number 60 corresponds to no day: write the date");
  CHECK(told(text_cell("A2", "Medell\xEDn")) == "!2,a: the text is not in UTF-8: save the file again");
}

TEST_CASE("a book cut short or with any byte changed is read or refused, and a table is always whole") {
  Book book = dated();
  book.shared = {"<t>a</t>"};
  book.rows =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>46057</v></c></row>";
  const std::string whole = book.bytes();
  REQUIRE(seen(whole) == "[a] 2:[04/02/2026]");
  const auto holds = [](const std::string& bytes) {
    const auto table = read_table(bytes, "plan.xlsx");
    if (!table) return !table.error().what.es.empty() && !table.error().what.en.empty();
    for (const auto& row : table->rows)
      if (row.cells.size() != table->columns.size()) return false;
    return !table->columns.empty();
  };
  for (std::size_t size = 0; size < whole.size(); size += 3)
    if (!holds(whole.substr(0, size))) FAIL(size);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = char(changed[at] ^ (1 << (at % 8)));
    if (!holds(changed)) FAIL(at);
  }
}
