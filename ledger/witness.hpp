// A witness of other logs (C2SP tlog-witness v1.0.0): it cosigns a log's checkpoint only when it goes on from the one
// it cosigned before, so that nobody can be shown another history under its name. What it has cosigned is on the disk
// before anybody hears of it. A log that contradicts itself is caught, and the proof of it kept.
//
// Its directory: key.pem and name (the witness), logs/<SHA-256 of the origin>/ with keys (vkeys, one a line),
// checkpoint (the last one cosigned), seen (the roots cosigned so far) and alarms/.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "crypto/witness_request.hpp"

namespace fedatario::ledger {

// Its directory is not one, is in use, or cannot be read or written.
struct WitnessError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What a log signed and cannot stand beside what it signed before.
struct WitnessAlarm {
  enum class Kind {
    fork,         // two checkpoints of one size and different roots: a proof by itself
    inconsistent  // a later checkpoint, and no proof that it goes on from the one cosigned. Whoever sent it may have
                  // left the proof out: the log convicts itself when it cannot give one
  };
  Kind kind = Kind::fork;
  std::string origin;
  std::filesystem::path file;  // both notes, for whoever has to be convinced
};

class Witness {
 public:
  // Makes the directory and a key. Throws WitnessError where there is one, crypto::Error.
  static crypto::NoteVerifier init(const std::filesystem::path& directory, const std::string& name);
  // A log to be witnessed, under the origin that is its key's name, or another key of one: after a rotation both hold.
  // Throws WitnessError.
  static void add_log(const std::filesystem::path& directory, const crypto::NoteVerifier& log);

  // `seconds`: the time since 1970. `alarm`: called once for each, on the caller's thread. Throws WitnessError, also
  // where another program serves the directory.
  Witness(const std::filesystem::path& directory, std::function<std::uint64_t()> seconds,
          std::function<void(const WitnessAlarm&)> alarm = {});
  ~Witness();

  enum class Verdict {
    cosigned,       // `text`: the cosignature line
    malformed,      // `text`: why
    unknown_log,    //
    not_signed,     // `text`: why
    old_too_large,  // the old size is beyond the checkpoint's
    stale,          // `text`: the size of the last one cosigned
    inconsistent    // `text`: why
  };
  struct Answer {
    Verdict verdict = Verdict::malformed;
    std::string text;
  };
  // tlog-witness section "add-checkpoint". Durable before it returns; any thread, one request of a log at a time.
  // Throws WitnessError when it cannot be written: nothing was cosigned then.
  Answer add_checkpoint(crypto::View body);

  // The last one cosigned, with the log's signature and ours; `origin_hash`: SHA-256 of the origin.
  std::optional<std::string> checkpoint(const crypto::Digest& origin_hash) const;
  const crypto::NoteVerifier& verifier() const { return verifier_; }
  std::vector<std::string> origins() const;
  std::vector<WitnessAlarm> alarms() const;

 private:
  struct Log;
  struct Lock;
  Answer decide(Log& log, const crypto::WitnessRequest& request, const crypto::Note& note,
                const crypto::Checkpoint& checkpoint);
  void raise(Log& log, WitnessAlarm::Kind kind, const std::string& cosigned, const std::string& note);

  const std::filesystem::path directory_;
  const std::function<std::uint64_t()> seconds_;
  const std::function<void(const WitnessAlarm&)> alarm_;
  const std::unique_ptr<Lock> lock_;
  const crypto::SigningKey key_;
  const crypto::NoteVerifier verifier_;
  std::map<std::string, std::unique_ptr<Log>> logs_;  // by origin; what is in one under its mutex
};

}  // namespace fedatario::ledger
