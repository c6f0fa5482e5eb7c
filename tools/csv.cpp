// One pass over the text, a cell at a time.
#include "tools/csv.hpp"

#include <algorithm>
#include <string>

#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

TableFault at_line(std::size_t line, Wording what) { return {line, {}, std::move(what)}; }

// Of the first row with anything in it, the more frequent of the two outside quotes; semicolon when they are equal.
char find_separator(std::string_view text) {
  std::size_t semicolons = 0, commas = 0;
  bool quote = false, anything = false;
  for (char c : text) {
    if (c == '"') quote = !quote;
    if (!quote && c == '\n' && anything) break;
    if (!quote && c == ';') ++semicolons;
    if (!quote && c == ',') ++commas;
    if (c != ';' && c != ',' && c != '\r' && c != '\n' && c != ' ') anything = true;
  }
  return commas > semicolons ? ',' : ';';
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), separator_(find_separator(text)) {}

  std::optional<TableFault> run(TableBuilder& into) {
    std::size_t row_line = line_, column = 0;
    while (at_ < text_.size()) {
      std::string cell;
      if (auto fault = take_cell(cell)) return fault;
      if (auto fault = into.cell(row_line, column, std::move(cell))) return fault;
      if (at_ == text_.size()) break;
      if (text_[at_] == separator_) {
        ++at_, ++column;
        continue;
      }
      if (auto fault = take_line_end()) return fault;
      if (auto fault = into.end_row(row_line)) return fault;
      row_line = line_, column = 0;
    }
    return into.end_row(row_line);
  }

 private:
  std::optional<TableFault> take_cell(std::string& out) {
    if (text_[at_] == '"') return take_quoted(out);
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\r' && text_[at_] != '\n') {
      if (text_[at_] == '"')
        return at_line(line_,
                       {"hay comillas dentro de una celda sin comillas: encierre la celda entre comillas y duplique "
                        "las de adentro",
                        "there are quotes inside a cell without quotes: put the cell in quotes and double those "
                        "inside"});
      ++at_;
    }
    out = text_.substr(begin, at_ - begin);
    return std::nullopt;
  }

  std::optional<TableFault> take_quoted(std::string& out) {
    const std::size_t opened = line_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] == '"') {
        ++at_;
        if (at_ == text_.size() || text_[at_] != '"') return std::nullopt;
      }
      out += text_[at_];
    }
    return at_line(opened, {"las comillas que se abren aquí no se cierran: ponga las comillas de cierre",
                            "the quotes opened here are not closed: add the closing quotes"});
  }

  std::optional<TableFault> take_line_end() {
    if (text_.substr(at_, 2) == "\r\n") ++at_;
    if (text_[at_] == '\r')
      return at_line(line_, {"hay un retorno de carro suelto: termine las líneas con CRLF o LF",
                             "there is a lone carriage return: end the lines with CRLF or LF"});
    if (text_[at_] != '\n')
      return at_line(line_,
                     {"hay texto después de las comillas de cierre: encierre toda la celda y duplique las comillas de "
                      "adentro",
                      "there is text after the closing quotes: put the whole cell in quotes and double the quotes "
                      "inside"});
    ++at_, ++line_;
    return std::nullopt;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

}  // namespace

std::optional<TableFault> read_csv(std::string_view text, TableBuilder& into) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::size_t bad = std::min(first_invalid_utf8(text).value_or(text.size()), text.find('\0'));
  if (bad < text.size())
    return at_line(1 + std::size_t(std::count(text.begin(), text.begin() + std::ptrdiff_t(bad), '\n')),
                   {"el texto no está en UTF-8: guarde el archivo como «CSV UTF-8»",
                    "the text is not in UTF-8: save the file as «CSV UTF-8»"});
  return Scanner{text}.run(into);
}

}  // namespace fedatario::tools
