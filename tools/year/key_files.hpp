// The keys of the year's actors who sign themselves, in files beside the ledger: DIRECTORY.ACTOR.N.pem. A key is made
// when it is first asked for; a file that is there is read.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "crypto/ed25519.hpp"

namespace fedatario::tools {

class KeyFiles {
 public:
  explicit KeyFiles(std::filesystem::path directory);
  // Throws crypto::Error where the file cannot be read or written.
  const crypto::SigningKey& get(std::string_view actor, int number);
  std::filesystem::path path(std::string_view actor, int number) const;

 private:
  const std::filesystem::path directory_;
  std::map<std::string, crypto::SigningKey> keys_;
};

}  // namespace fedatario::tools
