// What commands print: tables as wide as the terminal, a progress bar, colours where they help. Texts that others wrote
// pass through printable() before they reach a terminal.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fedatario::tools {

// What stands behind an output.
struct Terminal {
  bool present = false;   // a person sees it as it is written
  bool colours = false;   // never where NO_COLOR is set
  std::size_t width = 0;  // columns; 0: no limit

  // Of a file descriptor: 1 or 2.
  static Terminal of(int descriptor);
};

enum class Colour { bold, dim, red, green, yellow };
std::string paint(Colour colour, std::string_view text, const Terminal& terminal);

// Without control characters but line feed; each other one becomes "�".
std::string printable(std::string_view text);

// How many columns a text takes, counted in code points. Precondition: UTF-8.
std::size_t code_points(std::string_view text);

// At most `width` code points a line, broken at spaces where there are any; line feeds stay. 0: only at line feeds.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

// Columns side by side with two spaces between, long cells wrapped. Cells are made printable.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> columns);
  // As many cells as there are columns (asserted).
  void add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  std::string render(const Terminal& terminal) const;

 private:
  std::vector<std::size_t> widths(std::size_t limit) const;

  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// Names to the left, what they say to the right. Rows without a value are left out.
std::string render_facts(const std::vector<std::pair<std::string, std::string>>& facts, const Terminal& terminal);

// How far long work is: a bar that is drawn over on a terminal, else a line at every tenth.
class Progress {
 public:
  Progress(std::ostream& out, const Terminal& terminal, std::string label, std::size_t total);
  void advance_to(std::size_t done);
  // Ends the bar's line. Also done at the end of its life.
  void finish();
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  std::ostream& out_;
  Terminal terminal_;
  std::string label_;
  std::size_t total_;
  std::size_t tenths_ = 0;
  bool drawn_ = false;
};

}  // namespace fedatario::tools
