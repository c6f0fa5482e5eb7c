// Reading of the sources, and just enough C++ to tell code from what is not.
#include "tests/conformance/sources.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/conformance/layers.hpp"

namespace fedatario::tests {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Walks over source text and blanks what is no code.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text), out_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  bool begins(std::string_view mark) const { return text_.substr(at_).starts_with(mark); }

  void step() {
    if (text_[at_] == '\n') {
      line_is_empty_ = true;
      ++at_;
    } else if (begins("//")) {
      blank_to(line_end());
    } else if (begins("/*")) {
      const auto end = text_.find("*/", at_ + 2);
      blank_to(end == std::string_view::npos ? text_.size() : end + 2);
    } else if (line_is_empty_ && text_[at_] == '#') {
      blank_to(line_end());
    } else if (text_[at_] == '"') {
      if (is_raw()) {
        const auto open = text_.find('(', at_);
        const auto close = std::string(")").append(text_.substr(at_ + 1, open - at_ - 1)).append("\"");
        const auto end = text_.find(close, open);
        blank_to(end == std::string_view::npos ? text_.size() : end + close.size());
      } else {
        quoted('"');
      }
    } else if (text_[at_] == '\'' && !(at_ > 0 && is_word(text_[at_ - 1]))) {
      quoted('\'');  // not a separator of digits, as in 1'000
    } else {
      if (!std::isspace(static_cast<unsigned char>(text_[at_]))) line_is_empty_ = false;
      ++at_;
    }
  }

  bool is_raw() const { return at_ > 0 && text_[at_ - 1] == 'R' && !(at_ > 1 && std::isalnum(text_[at_ - 2])); }

  // The end of the line, and of those that continue it.
  std::size_t line_end() const {
    for (auto end = text_.find('\n', at_); end != std::string_view::npos; end = text_.find('\n', end + 1))
      if (text_[end - 1] != '\\') return end;
    return text_.size();
  }

  void quoted(char mark) {
    auto end = at_ + 1;
    while (end < text_.size() && text_[end] != mark && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    blank_to(std::min(end + 1, text_.size()));
  }

  void blank_to(std::size_t end) {
    for (; at_ < end; ++at_)
      if (text_[at_] != '\n') out_[at_] = ' ';
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0;
  bool line_is_empty_ = true;
};

}  // namespace

std::vector<SourceFile> product_sources() {
  const fs::path root = FEDATARIO_SOURCE_DIR;
  std::vector<SourceFile> files;
  for (const auto folder : kLayers)
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (entry.path().extension() == ".hpp" || entry.path().extension() == ".cpp")
        files.push_back({entry.path().lexically_relative(root).generic_string(), read(entry.path())});
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> out;
  int number = 0;
  while (!text.empty()) {
    ++number;
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto skip_spaces = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
    skip_spaces();
    if (!line.starts_with('#')) continue;
    line.remove_prefix(1);
    skip_spaces();
    if (!line.starts_with("include")) continue;
    line.remove_prefix(7);
    skip_spaces();
    if (line.empty() || (line[0] != '"' && line[0] != '<')) continue;
    const auto close = line.find(line[0] == '"' ? '"' : '>', 1);
    if (close != std::string_view::npos)
      out.push_back({number, line[0] == '"', std::string(line.substr(1, close - 1))});
  }
  return out;
}

std::string code_only(std::string_view text) { return Blanker(text).run(); }

}  // namespace fedatario::tests
