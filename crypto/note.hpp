// Signed notes (C2SP signed-note v1.0.0): a text and lines of signatures by named keys.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/errors.hpp"

namespace fedatario::crypto {

inline constexpr std::size_t kMaxNoteSignatures = 100;
inline constexpr std::size_t kMaxNoteBytes = 1024 * 1024;

// A key that verifies notes, as published: `name+hex(id)+base64(0x01 || public key)`.
struct NoteVerifier {
  std::string name;
  std::uint32_t id = 0;
  PublicKey key;

  // Refuses what a signed-note name may not hold (Unicode space, '+', nothing). Key id per signed-note: SHA-256(name ||
  // LF || 0x01 || key)[:4].
  static Parsed<NoteVerifier> make(View name, const PublicKey& key);
  static Parsed<NoteVerifier> parse(View vkey);
  std::string format() const;
};

// Whether `name` may name a note key: not empty, no Unicode space, no '+', no control character, valid UTF-8.
bool is_note_name(View name);

struct NoteSignature {
  std::string name;
  std::uint32_t id = 0;
  Bytes signature;  // without the four bytes of the id
};

// A note as parsed: well formed, nothing verified yet.
struct Note {
  std::string text;  // with its final LF
  std::vector<NoteSignature> signatures;
};

Parsed<Note> parse_note(View note);
// Precondition (asserted): the text ends in LF and there is a signature.
std::string format_note(const Note& note);

// Signs `text` as `name`. Precondition (asserted): is_note_name(name) and text ends in LF.
NoteSignature sign_note(View text, View name, const SigningKey& key);

// The verifiers of `known` whose signature the note carries. A signature whose name and id are known and that does not
// verify makes the whole note a Fault; so does a note none of whose signatures is by a known key.
Parsed<std::vector<NoteVerifier>> verify_note(const Note& note, const std::vector<NoteVerifier>& known);

}  // namespace fedatario::crypto
