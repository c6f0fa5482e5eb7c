// Signed notes (C2SP signed-note v1.0.0): a text and lines of signatures by named keys; cosignatures of witnesses among
// them (C2SP tlog-cosignature v1.0.1).
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

// What a key's signatures are: Ed25519 of the text, or with a time, of a witness that has seen no other log.
enum class NoteKeyType : std::uint8_t { ed25519 = 0x01, cosignature = 0x04 };

// A key that verifies notes, as published: `name+hex(id)+base64(type || public key)`.
struct NoteVerifier {
  std::string name;
  std::uint32_t id = 0;
  PublicKey key;
  NoteKeyType type = NoteKeyType::ed25519;

  // Refuses what a signed-note name may not hold (Unicode space, '+', nothing). Key id per signed-note: SHA-256(name ||
  // LF || type || key)[:4].
  static Parsed<NoteVerifier> make(View name, const PublicKey& key, NoteKeyType type = NoteKeyType::ed25519);
  // Refuses a key of another type than is asked for.
  static Parsed<NoteVerifier> parse(View vkey, NoteKeyType type = NoteKeyType::ed25519);
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

// Of one line, as it stands in a note: what a witness answers with. With its final LF.
std::string format_note_signature(const NoteSignature& signature);
Parsed<NoteSignature> parse_note_signature(View line);

// Signs `text` as `name`. Precondition (asserted): is_note_name(name) and text ends in LF.
NoteSignature sign_note(View text, View name, const SigningKey& key);
// The same as a witness, at a time in seconds since 1970. Precondition (asserted): seconds is in [1, 2^63).
NoteSignature cosign_note(View text, View name, const SigningKey& key, std::uint64_t seconds);

// The verifiers of `known` whose signature the note carries. A signature whose name and id are known and that does not
// verify makes the whole note a Fault; so does a note none of whose signatures is by a known key.
Parsed<std::vector<NoteVerifier>> verify_note(const Note& note, const std::vector<NoteVerifier>& known);

struct Cosigned {
  NoteVerifier by;
  std::uint64_t seconds = 0;  // since 1970, as the witness says
};
// The witnesses of `known` that cosigned the note; none is no fault. A line whose name and id are known and that does
// not verify makes the whole note a Fault. Precondition (asserted): `known` are keys of cosignatures.
Parsed<std::vector<Cosigned>> verify_cosignatures(const Note& note, const std::vector<NoteVerifier>& known);

}  // namespace fedatario::crypto
