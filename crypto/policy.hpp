// Which logs are followed, which witnesses are known, and how many of them have to cosign (C2SP tlog-policy).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/errors.hpp"
#include "crypto/note.hpp"

namespace fedatario::crypto {

struct Policy {
  struct Log {
    NoteVerifier key;  // its name is the origin
    std::string url;   // empty where none is given
  };
  struct Witness {
    std::string name;
    NoteVerifier key;
    std::string url;
  };
  // A witness, or so many of a group's members.
  struct Component {
    std::string name;
    std::size_t needed = 1;
    std::vector<std::size_t> members;  // of components; empty for a witness
    std::size_t witness = 0;           // which, where it is one
  };
  std::vector<Log> logs;
  std::vector<Witness> witnesses;
  std::vector<Component> components;
  std::optional<std::size_t> quorum;  // a component; none: no witness is needed

  std::vector<NoteVerifier> witness_keys() const;
  // Whether these, of witness_keys(), are enough.
  bool is_met_by(const std::vector<NoteVerifier>& cosigners) const;
};

// A fault's place is the line, from 1. Refused beside what the format refuses: two logs, or two witnesses, of one key.
Parsed<Policy> parse_policy(View text);

}  // namespace fedatario::crypto
