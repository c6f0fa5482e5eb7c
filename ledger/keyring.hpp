// The keyring: group keys in the open, their wrapping under the key-encryption key (KEK), and the sealing of content
// with them.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/content.hpp"
#include "ledger/event.hpp"
#include "ledger/store.hpp"

namespace fedatario::ledger {

// The key-encryption key, from a file outside the database: {"key":"<base64>","number":n}, mode 0600.
struct Kek {
  std::uint32_t number = 1;
  crypto::Bytes key;

  static Kek generate(std::uint32_t number);
  // Throw crypto::Error with the path. save refuses to replace a file.
  static Kek load(const std::filesystem::path& path);
  void save(const std::filesystem::path& path) const;
};

// FORMAT.md section 6.
std::string data_group(const Statement& statement);
std::string personal_group(const Statement& statement);

// The content of one event, sealed, with the group keys that are not stored yet.
struct SealedContent {
  std::optional<SealedPart> data;
  std::vector<SealedPart> personal;
  std::vector<std::string> personal_commitments;
  std::vector<std::pair<std::string, WrappedGroupKey>> new_group_keys;
  std::vector<std::shared_ptr<const void>> holds;  // as long as these live, the keyring does not forget those keys
};

// Any thread.
class Keyring {
 public:
  Keyring(const Store& store, Kek kek);

  SealedContent seal(const Statement& statement, const Content& content);
  // The part, with its commitment computed anew. Empty when the part is not there or the group key is gone or wrong:
  // then nothing can be said of it. Throws StoreError when it is there, its key opens and the ciphertext does not.
  std::optional<Part> open(const Statement& statement, Compartment compartment, std::uint16_t number,
                           const SealedPart& sealed) const;
  // The state of a stream at rest, under the KEK itself: it is no evidence, and is folded anew where it does not open.
  // Whoever destroys content must drop the saved states of its stream too.
  void seal_state(std::string_view stream, crypto::View plain, SavedState& saved) const;
  std::optional<crypto::Bytes> open_state(std::string_view stream, const SavedState& saved) const;
  // After a commit: these keys are durable and need not be written again.
  void stored(const std::vector<std::pair<std::string, WrappedGroupKey>>& keys);

 private:
  struct Group {
    crypto::Bytes key;
    WrappedGroupKey wrapped;
    bool durable = false;
  };
  // Under mutex_.
  std::shared_ptr<Group> find(const std::string& name) const;
  // All that no sealed content holds: durable ones are read again, those of refused statements are worth nothing.
  void forget_unused() const;
  SealedPart seal_part(const Statement& statement, Compartment compartment, std::uint16_t number, const Part& part,
                       const std::string& group, SealedContent& out);

  const Store& store_;
  const Kek kek_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, std::shared_ptr<Group>> groups_;
};

}  // namespace fedatario::ledger
