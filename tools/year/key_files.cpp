// Keys by actor and number.
#include "tools/year/key_files.hpp"

#include <fmt/format.h>

namespace fedatario::tools {

KeyFiles::KeyFiles(std::filesystem::path directory)
    : directory_(directory.has_filename() ? std::move(directory) : directory.parent_path()) {}

std::filesystem::path KeyFiles::path(std::string_view actor, int number) const {
  auto file = directory_;
  file += fmt::format(".{}.{}.pem", actor, number);
  return file;
}

const crypto::SigningKey& KeyFiles::get(std::string_view actor, int number) {
  const auto name = fmt::format("{}.{}", actor, number);
  if (const auto known = keys_.find(name); known != keys_.end()) return known->second;
  const auto file = path(actor, number);
  if (!std::filesystem::exists(file)) crypto::save_signing_key(file, crypto::SigningKey::generate());
  return keys_.emplace(name, crypto::load_signing_key(file)).first->second;
}

}  // namespace fedatario::tools
