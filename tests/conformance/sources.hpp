// The project's own sources as text, for tests of what all of them must keep to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fedatario::tests {

struct SourceFile {
  std::string path;  // from the root of the project: "crypto/bytes.cpp"
  std::string text;
};

// Every .hpp and .cpp of the product's folders, ordered by path. Throws std::runtime_error when a folder is not there.
std::vector<SourceFile> product_sources();

struct Include {
  int line = 0;
  bool quoted = false;  // "…", else <…>
  std::string path;
};

std::vector<Include> includes_of(std::string_view text);

// The code with everything that is not code blanked: comments, the insides of strings and characters, preprocessor
// lines. Line breaks stand where they stood.
std::string code_only(std::string_view text);

}  // namespace fedatario::tests
