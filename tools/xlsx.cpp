// From the package to the workbook, its shared strings and formats, and along the rows of its first visible sheet.
#include "tools/xlsx.hpp"

#include <charconv>
#include <set>
#include <utility>
#include <vector>

#include "tools/cells.hpp"
#include "tools/text.hpp"
#include "tools/xlsx_package.hpp"
#include "tools/xlsx_value.hpp"

namespace fedatario::tools {
namespace {

using Fault = std::optional<TableFault>;
using What = std::optional<Wording>;  // of a fault at a cell
using std::string_view;

TableFault bad_book(Wording what) { return {0, {}, std::move(what)}; }

std::optional<std::size_t> parse_index(string_view text) {
  std::size_t value = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [stopped, error] = std::from_chars(begin, end, value);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

bool is_true(pugi::xml_attribute flag) {
  return flag.value() == string_view("1") || flag.value() == string_view("true");
}

// Of <si> or <is>: one <t>, or the <t> of each run of rich text; not the phonetic guides.
std::string string_item(pugi::xml_node item) {
  std::string out;
  for (const auto node : item.children()) {
    if (is_named(node, "t")) out += node.text().get();
    if (is_named(node, "r")) out += child(node, "t").text().get();
  }
  return unescape(out);
}

class Book {
 public:
  Book(Package package, TableBuilder& into) : package_(std::move(package)), into_(into) {}

  Fault read() {
    Relations roots;
    if (auto fault = package_.relations("", roots)) return fault;
    std::string workbook;
    for (const auto& [id, relation] : roots)
      if (relation.type == "officeDocument") workbook = relation.target;
    XmlPart part;
    if (auto fault = package_.load(workbook, part)) return fault;
    if (!is_named(part.root, "workbook"))
      return bad_book({"el archivo no es un libro de Excel: guárdelo como .xlsx",
                       "the file is not an Excel workbook: save it as .xlsx"});
    if (is_true(attribute(child(part.root, "workbookPr"), "date1904"))) dates_ = DateSystem::from_1904;

    Relations relations;
    if (auto fault = package_.relations(workbook, relations)) return fault;
    for (const auto& [id, relation] : relations) {
      if (relation.type == "sharedStrings")
        if (auto fault = read_strings(relation.target)) return fault;
      if (relation.type == "styles")
        if (auto fault = read_styles(relation.target)) return fault;
    }
    for (const auto sheet : child(part.root, "sheets").children()) {
      const auto state = string_view(attribute(sheet, "state").value());
      const auto relation = relations.find(string_view(attribute(sheet, "id").value()));
      if (state == "hidden" || state == "veryHidden" || relation == relations.end()) continue;
      if (relation->second.type == "worksheet") return read_sheet(relation->second.target);
    }
    return bad_book(
        {"el libro no tiene ninguna hoja visible con celdas", "the workbook has no visible sheet with cells"});
  }

 private:
  Fault read_strings(const std::string& name) {
    XmlPart part;
    if (auto fault = package_.load(name, part)) return fault;
    for (const auto item : part.root.children())
      if (is_named(item, "si")) strings_.push_back(string_item(item));
    return std::nullopt;
  }

  Fault read_styles(const std::string& name) {
    XmlPart part;
    if (auto fault = package_.load(name, part)) return fault;
    std::set<int> dates, others;
    for (const auto format : child(part.root, "numFmts").children())
      (is_date_format(attribute(format, "formatCode").value()) ? dates : others)
          .insert(attribute(format, "numFmtId").as_int());
    for (const auto format : child(part.root, "cellXfs").children()) {
      const int id = attribute(format, "numFmtId").as_int();
      date_styles_.push_back(dates.count(id) > 0 || (is_builtin_date_format(id) && others.count(id) == 0));
    }
    return std::nullopt;
  }

  Fault read_sheet(const std::string& name) {
    XmlPart part;
    if (auto fault = package_.load(name, part)) return fault;
    if (!is_named(part.root, "worksheet"))
      return bad_book(
          {"el libro está dañado: le falta la parte " + name, "the workbook is damaged: it lacks part " + name});
    std::size_t line = 0;
    for (const auto row : child(part.root, "sheetData").children()) {
      const auto stated = attribute(row, "r");
      const auto next = stated ? parse_index(stated.value()) : line + 1;
      if (!next || *next <= line || *next > kMaxSheetRow)
        return bad_book(
            {"el libro está dañado: las filas de la hoja no van en orden después de la " + std::to_string(line),
             "the workbook is damaged: the rows of the sheet are out of order after row " + std::to_string(line)});
      line = *next;
      if (auto fault = read_row(row, line)) return fault;
    }
    return std::nullopt;
  }

  Fault read_row(pugi::xml_node row, std::size_t line) {
    std::size_t column = 0;  // the next one
    for (const auto cell : row.children()) {
      if (!is_named(cell, "c")) continue;
      if (const auto stated = attribute(cell, "r")) {
        const auto place = parse_place(stated.value());
        if (!place || place->row != line || place->column < column) {
          const std::string name = stated.value();
          return bad_book({"el libro está dañado: la celda " + name + " no está en su lugar",
                           "the workbook is damaged: cell " + name + " is not in its place"});
        }
        column = place->column;
      }
      std::string text;
      if (auto what = read_cell(cell, text)) return into_.fault(line, column, std::move(*what));
      if (auto fault = into_.cell(line, column, std::move(text))) return fault;
      ++column;
    }
    return into_.end_row(line);
  }

  // What is wrong with the cell, if anything; otherwise its text is in `out`.
  What read_cell(pugi::xml_node cell, std::string& out) const {
    const auto type = string_view(attribute(cell, "t").value());
    const auto value = child(cell, "v");
    const auto text = string_view(value.text().get());
    if (type == "inlineStr") {
      out = string_item(child(cell, "is"));
    } else if (!value) {
      if (child(cell, "f"))
        return Wording{"la fórmula no tiene valor guardado: abra el libro en Excel y guárdelo, o escriba el valor",
                       "the formula has no saved value: open the workbook in Excel and save it, or write the value"};
    } else if (type == "e") {
      return Wording{"la celda da el error " + in_quotes(text) + ": corrija la fórmula o escriba el valor",
                     "the cell gives the error " + in_quotes(text) + ": correct the formula or write the value"};
    } else if (type == "str") {
      out = unescape(text);
    } else if (type == "b") {
      out = trim(text) == "1" ? "Sí" : "No";
    } else if (type == "s") {
      const auto index = parse_index(trim(text));
      if (!index || *index >= strings_.size())
        return Wording{"el libro está dañado: falta el texto de la celda",
                       "the workbook is damaged: the text of the cell is missing"};
      out = strings_[*index];
    } else if (type == "d") {
      const auto day = ledger::Date::parse(trim(text).substr(0, 10));
      if (!day) return Wording{in_quotes(text) + " no es una fecha", in_quotes(text) + " is not a date"};
      out = format_day(*day);
    } else {
      return read_number(trim(text), is_date_style(cell), out);
    }
    return std::nullopt;
  }

  What read_number(string_view text, bool date, std::string& out) const {
    if (text.empty()) return std::nullopt;
    const auto value = parse_number(text);
    if (!value) return Wording{in_quotes(text) + " no es un número", in_quotes(text) + " is not a number"};
    // Below 1 there is an hour and no day: shown as the number it is.
    if (!date || (*value >= 0 && *value < 1)) {
      out = number_text(*value);
      return std::nullopt;
    }
    const auto day = day_of_serial(*value, dates_);
    if (!day)
      return Wording{"el número " + number_text(*value) + " no corresponde a ningún día: escriba la fecha",
                     "the number " + number_text(*value) + " corresponds to no day: write the date"};
    out = format_day(*day);
    return std::nullopt;
  }

  bool is_date_style(pugi::xml_node cell) const {
    const auto style = parse_index(attribute(cell, "s").value());
    return style && *style < date_styles_.size() && date_styles_[*style];
  }

  Package package_;
  TableBuilder& into_;
  DateSystem dates_ = DateSystem::from_1900;
  std::vector<std::string> strings_;
  std::vector<bool> date_styles_;  // by the number that a cell gives in `s`
};

}  // namespace

std::optional<TableFault> read_xlsx(string_view bytes, TableBuilder& into, const TableLimits& limits) {
  auto package = Package::open(bytes, limits);
  if (!package) return std::move(package.error());
  return Book{std::move(*package), into}.read();
}

}  // namespace fedatario::tools
