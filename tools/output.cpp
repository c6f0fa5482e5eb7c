// Tables, facts and progress as text.
#include "tools/output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <numeric>

namespace fedatario::tools {
namespace {

constexpr std::size_t kDefaultWidth = 120;  // of a file, a pipe, or a terminal that does not say
constexpr std::size_t kNarrowest = 8;       // what a column is narrowed to at most
constexpr std::size_t kGap = 2;
constexpr std::size_t kBar = 30;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The bytes of the first `count` code points.
std::size_t prefix_bytes(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size() && count > 0; --count) do
      ++at;
    while (at < text.size() && continues(text[at]));
  return at;
}

void append_line(std::string& out, const std::vector<std::vector<std::string>>& cells,
                 const std::vector<std::size_t>& widths, const Terminal& terminal, bool head) {
  std::size_t height = 0;
  for (const auto& cell : cells) height = std::max(height, cell.size());
  for (std::size_t line = 0; line < height; ++line) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string piece = line < cells[i].size() ? cells[i][line] : "";
      text += piece;
      if (i + 1 < cells.size()) text += std::string(widths[i] - code_points(piece) + kGap, ' ');
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += (head ? paint(Colour::bold, text, terminal) : text) + "\n";
  }
}

}  // namespace

Terminal Terminal::of(int descriptor) {
  Terminal out;
  out.present = isatty(descriptor) == 1;
  out.width = kDefaultWidth;
  if (!out.present) return out;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  out.colours = !(no_colour && *no_colour) && !(kind && std::string_view(kind) == "dumb");
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) out.width = size.ws_col;
  return out;
}

std::string paint(Colour colour, std::string_view text, const Terminal& terminal) {
  if (!terminal.colours) return std::string(text);
  static constexpr const char* kCodes[] = {"1", "2", "31", "32", "33"};
  return std::string("\x1b[") + kCodes[static_cast<int>(colour)] + "m" + std::string(text) + "\x1b[0m";
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) ++i;
    if (byte == '\t')
      out += ' ';
    else if (c1 || (byte < 0x20 && byte != '\n') || byte == 0x7F)
      out += "�";
    else
      out += text[i];
  }
  return out;
}

std::size_t code_points(std::string_view text) {
  return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (;;) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    while (width > 0 && code_points(line) > width) {
      // One more than fits: a space there may be the break.
      const auto room = line.substr(0, prefix_bytes(line, width + 1));
      const auto space = room.rfind(' ');
      const bool at_space = space != room.npos && space > 0;
      const auto cut = at_space ? space : prefix_bytes(line, width);
      lines.emplace_back(line.substr(0, cut));
      line.remove_prefix(cut + (at_space ? 1 : 0));
    }
    lines.emplace_back(line);
    if (end == text.size()) return lines;
    text.remove_prefix(end + 1);
  }
}

TextTable::TextTable(std::vector<std::string> columns) : columns_(std::move(columns)) {}

void TextTable::add(std::vector<std::string> cells) {
  assert(cells.size() == columns_.size());
  for (auto& cell : cells) cell = printable(cell);
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> TextTable::widths(std::size_t limit) const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t widest = code_points(columns_[i]);
    for (const auto& row : rows_)
      for (const auto& line : wrap(row[i], 0)) widest = std::max(widest, code_points(line));
    out.push_back(widest);
  }
  if (limit == 0 || out.empty()) return out;
  const auto total = [&] { return std::accumulate(out.begin(), out.end(), kGap * (out.size() - 1)); };
  for (auto widest = std::max_element(out.begin(), out.end()); total() > limit && *widest > kNarrowest;
       widest = std::max_element(out.begin(), out.end()))
    --*widest;
  return out;
}

std::string TextTable::render(const Terminal& terminal) const {
  const auto width = widths(terminal.width);
  std::string out;
  const auto line = [&](const std::vector<std::string>& texts, bool head) {
    std::vector<std::vector<std::string>> cells;
    for (std::size_t i = 0; i < texts.size(); ++i) cells.push_back(wrap(texts[i], terminal.width > 0 ? width[i] : 0));
    append_line(out, cells, width, terminal, head);
  };
  line(columns_, true);
  for (const auto& row : rows_) line(row, false);
  return out;
}

std::string render_facts(const std::vector<std::pair<std::string, std::string>>& facts, const Terminal& terminal) {
  std::size_t widest = 0;
  for (const auto& [name, value] : facts)
    if (!value.empty()) widest = std::max(widest, code_points(name));
  const std::size_t indent = widest + kGap;
  const std::size_t room =
      terminal.width == 0 ? 0 : std::max(kNarrowest, terminal.width > indent ? terminal.width - indent : 0);
  std::string out;
  for (const auto& [name, value] : facts) {
    if (value.empty()) continue;
    std::string head = paint(Colour::dim, name, terminal) + std::string(indent - code_points(name), ' ');
    for (const auto& line : wrap(printable(value), room)) {
      out += head + line + "\n";
      head = std::string(indent, ' ');
    }
  }
  return out;
}

Progress::Progress(std::ostream& out, const Terminal& terminal, std::string label, std::size_t total)
    : out_(out), terminal_(terminal), label_(std::move(label)), total_(std::max<std::size_t>(total, 1)) {}

void Progress::advance_to(std::size_t done) {
  done = std::min(done, total_);
  const auto count = std::to_string(done) + "/" + std::to_string(total_);
  if (terminal_.present) {
    const std::size_t full = kBar * done / total_;
    out_ << "\r" << label_ << " [" << std::string(full, '#') << std::string(kBar - full, '-') << "] " << count
         << std::flush;
    drawn_ = true;
    return;
  }
  const std::size_t tenths = 10 * done / total_;
  if (tenths > tenths_) out_ << label_ << " " << count << "\n" << std::flush;
  tenths_ = std::max(tenths, tenths_);
}

void Progress::finish() {
  if (drawn_) out_ << "\n" << std::flush;
  drawn_ = false;
}

}  // namespace fedatario::tools
