// Bearer tokens, each bound to an actor: the file that holds their hashes, and the lookup of a request's token in it.
//
// The file has one JSON object a line: {"sha256","actor","created"} and, where they apply, "expires","label","revoked".
// Only the hash of a token is kept; the token is shown once, when it is issued. A token holds 256 random bits, so a
// plain SHA-256 is no weaker than the token.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/time.hpp"

namespace fedatario::api {

struct TokenRecord {
  crypto::Digest hash;  // SHA-256 of the token's text
  std::string actor;
  ledger::Recorded created;
  std::optional<ledger::Recorded> expires;  // from this instant on it is good no more
  std::string label;
  bool revoked = false;
};

// The file is absent, cannot be read or written, or is not what we wrote.
struct TokenFileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Adds a token for `actor` and returns its text, "fdt_" and 43 characters of base64url. The file is made if need be
// (mode 0600) and replaced as a whole; it is on the disk when this returns. Throws TokenFileError, also for an actor
// that is not a name or a label that is too long.
std::string issue_token(const std::filesystem::path& path, std::string_view actor,
                        std::optional<ledger::Recorded> expires = {}, std::string_view label = {});

// Revokes the token whose hash begins with these hexadecimal digits (eight at least). Throws TokenFileError when there
// is none or more than one.
TokenRecord revoke_token(const std::filesystem::path& path, std::string_view hash_prefix);

// In the order issued; none when there is no file.
std::vector<TokenRecord> list_tokens(const std::filesystem::path& path);

// Looks tokens up, from any thread. The file is read again when it changed, which is looked at once in `check_every`.
// While it cannot be read, or is damaged, no token is good, and `fault` is told once for each change.
class Tokens {
 public:
  explicit Tokens(std::filesystem::path path, std::function<void(std::string_view)> fault = {},
                  std::chrono::milliseconds check_every = std::chrono::seconds(1));

  std::optional<std::string> actor_of(std::string_view token);
  std::size_t count();  // good now

 private:
  // Which file it was: a replaced file has another number even within one tick of the clock.
  struct Stamp {
    std::uint64_t inode = 0;
    std::int64_t modified_ns = 0;
    std::int64_t bytes = -1;  // no file
    bool operator==(const Stamp&) const = default;
  };
  using Table = std::map<crypto::Digest, TokenRecord>;
  std::shared_ptr<const Table> table();
  static Stamp stamp_of(const std::filesystem::path& path);

  const std::filesystem::path path_;
  const std::function<void(std::string_view)> fault_;
  const std::chrono::milliseconds check_every_;
  // Under mutex_.
  std::mutex mutex_;
  std::chrono::steady_clock::time_point checked_{};
  std::optional<Stamp> stamp_;
  std::shared_ptr<const Table> table_;
};

}  // namespace fedatario::api
