// The table of folders and libraries.
#include "tests/conformance/layers.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

namespace fedatario::tests {
namespace {

// A library's headers, and the beginnings of the paths that may include them.
struct Library {
  std::string_view headers;
  std::vector<std::string_view> may;
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> all = {{"openssl/", {"crypto/", "api/tls", "api/server"}},
                                           {"rocksdb/", {"ledger/store", "projections/view_store"}},
                                           {"boost/beast", {"api/", "tools/"}}};
  return all;
}

// The place of a path's folder in the table; the table's size when it has none.
std::size_t layer_of(std::string_view path) {
  const auto folder = path.substr(0, path.find('/'));
  return std::size_t(std::find(std::begin(kLayers), std::end(kLayers), folder) - std::begin(kLayers));
}

}  // namespace

std::string fault_of_include(std::string_view path, const Include& include) {
  if (include.quoted) {
    const auto own = layer_of(path), other = layer_of(include.path);
    if (include.path.find('/') == std::string::npos || other == std::size(kLayers))
      return "\"" + include.path + "\" names no folder of the product";
    if (other > own) return "\"" + include.path + "\" stands above " + std::string(kLayers[own]) + "/";
    return {};
  }
  for (const auto& library : libraries())
    if (include.path.starts_with(library.headers) &&
        std::none_of(library.may.begin(), library.may.end(), [&](auto begin) { return path.starts_with(begin); }))
      return "<" + include.path + "> is for other files";
  return {};
}

}  // namespace fedatario::tests
