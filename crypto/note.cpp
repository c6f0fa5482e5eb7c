// Signed notes: the text form, and Ed25519 signatures over it, plain and with a time.
#include "crypto/note.hpp"

#include <algorithm>
#include <cassert>

#include "crypto/hash.hpp"
#include "crypto/utf8.hpp"

namespace fedatario::crypto {
namespace {

constexpr View kDash = "\xe2\x80\x94 ";  // em dash and a space: how a signature line begins
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kTimeBytes = 8;
constexpr std::uint64_t kTimeEnd = std::uint64_t{1} << 63;

bool is_space_or_control(char32_t c) {
  return c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
         c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

std::uint32_t key_id(View name, const PublicKey& key, NoteKeyType type) {
  const char byte = static_cast<char>(type);
  return read_u32(sha256({name, View("\n"), View(&byte, 1), key.raw()}).view());
}

// What a witness signs (tlog-cosignature section 2).
std::string cosigned_text(View text, std::uint64_t seconds) {
  return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(text);
}

Parsed<NoteSignature> parse_signature(View line, std::size_t offset) {
  if (!line.starts_with(kDash)) return Fault{offset, "signature line without dash"};
  line.remove_prefix(kDash.size());
  offset += kDash.size();
  const std::size_t space = line.find(' ');
  if (space == View::npos) return Fault{offset, "signature line without signature"};
  const View name = line.substr(0, space);
  if (!is_note_name(name)) return Fault{offset, "invalid key name"};
  offset += space + 1;
  const std::optional<Bytes> raw = from_base64(line.substr(space + 1));
  if (!raw) return Fault{offset, "signature is not base64"};
  if (raw->size() <= kIdBytes) return Fault{offset, "signature too short"};
  return NoteSignature{std::string(name), read_u32(*raw), raw->substr(kIdBytes)};
}

bool is_by(const NoteSignature& signature, const NoteVerifier& verifier) {
  return signature.name == verifier.name && signature.id == verifier.id;
}

}  // namespace

bool is_note_name(View name) {
  if (name.empty()) return false;
  while (!name.empty()) {
    const Character character = read_character(name);
    if (character.bytes == 0 || character.code == '+' || is_space_or_control(character.code)) return false;
    name.remove_prefix(character.bytes);
  }
  return true;
}

Parsed<NoteVerifier> NoteVerifier::make(View name, const PublicKey& key, NoteKeyType type) {
  if (!is_note_name(name)) return Fault{0, "invalid key name"};
  return NoteVerifier{std::string(name), key_id(name, key, type), key, type};
}

Parsed<NoteVerifier> NoteVerifier::parse(View vkey, NoteKeyType type) {
  const std::size_t first = vkey.find('+');
  const std::size_t second = first == View::npos ? first : vkey.find('+', first + 1);
  if (second == View::npos) return Fault{vkey.size(), "verifier key without three parts"};
  const std::optional<Bytes> id = from_hex(vkey.substr(first + 1, second - first - 1));
  if (!id || id->size() != kIdBytes) return Fault{first + 1, "key id is not eight hexadecimal digits"};
  const std::optional<Bytes> raw = from_base64(vkey.substr(second + 1));
  if (!raw || raw->empty()) return Fault{second + 1, "public key is not base64"};
  if (raw->front() != static_cast<char>(type))
    return Fault{second + 1, type == NoteKeyType::ed25519 ? "key type is not Ed25519" : "key is not that of a witness"};
  const std::optional<PublicKey> key = PublicKey::from_raw(View(*raw).substr(1));
  if (!key) return Fault{second + 1, "invalid Ed25519 public key"};
  Parsed<NoteVerifier> verifier = make(vkey.substr(0, first), *key, type);
  if (verifier && verifier->id != read_u32(*id)) return Fault{first + 1, "key id does not belong to the key"};
  return verifier;
}

std::string NoteVerifier::format() const {
  Bytes raw_id;
  append_u32(raw_id, id);
  return name + "+" + to_hex(raw_id) + "+" + to_base64(std::string(1, static_cast<char>(type)).append(key.raw()));
}

Parsed<Note> parse_note(View note) {
  if (note.size() > kMaxNoteBytes) return Fault{kMaxNoteBytes, "note too long"};
  if (std::optional<Fault> fault = find_unprintable(note)) return *std::move(fault);
  const std::size_t gap = note.rfind("\n\n");
  if (gap == View::npos) return Fault{note.size(), "note without an empty line before its signatures"};
  std::size_t begin = gap + 2;
  if (begin == note.size()) return Fault{begin, "note without signatures"};
  if (!note.ends_with('\n')) return Fault{note.size(), "note without a final line feed"};

  Note parsed{std::string(note.substr(0, gap + 1)), {}};
  while (begin < note.size()) {
    if (parsed.signatures.size() == kMaxNoteSignatures) return Fault{begin, "too many signatures"};
    const std::size_t end = note.find('\n', begin);
    Parsed<NoteSignature> signature = parse_signature(note.substr(begin, end - begin), begin);
    if (!signature) return signature.error();
    parsed.signatures.push_back(*std::move(signature));
    begin = end + 1;
  }
  return parsed;
}

std::string format_note(const Note& note) {
  assert(note.text.ends_with('\n') && !note.signatures.empty());
  std::string text = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) text += format_note_signature(signature);
  return text;
}

std::string format_note_signature(const NoteSignature& signature) {
  Bytes raw;
  append_u32(raw, signature.id);
  return std::string(kDash) + signature.name + " " + to_base64(raw + signature.signature) + "\n";
}

Parsed<NoteSignature> parse_note_signature(View line) {
  if (!line.ends_with('\n')) return Fault{line.size(), "signature line without a final line feed"};
  line.remove_suffix(1);
  if (std::optional<Fault> fault = find_unprintable(line)) return *std::move(fault);
  if (const auto end = line.find('\n'); end != View::npos) return Fault{end, "more than one line"};
  return parse_signature(line, 0);
}

NoteSignature sign_note(View text, View name, const SigningKey& key) {
  assert(is_note_name(name) && text.ends_with('\n') && !find_unprintable(text));
  return {std::string(name), key_id(name, key.public_key(), NoteKeyType::ed25519), key.sign(text)};
}

NoteSignature cosign_note(View text, View name, const SigningKey& key, std::uint64_t seconds) {
  assert(is_note_name(name) && text.ends_with('\n') && !find_unprintable(text) && seconds > 0 && seconds < kTimeEnd);
  Bytes timed;
  append_u64(timed, seconds);
  timed += key.sign(cosigned_text(text, seconds));
  return {std::string(name), key_id(name, key.public_key(), NoteKeyType::cosignature), std::move(timed)};
}

Parsed<std::vector<NoteVerifier>> verify_note(const Note& note, const std::vector<NoteVerifier>& known) {
  std::vector<NoteVerifier> verified;
  for (const NoteSignature& signature : note.signatures) {
    const auto by = [&signature](const NoteVerifier& verifier) { return is_by(signature, verifier); };
    const auto verifier = std::ranges::find_if(known, by);
    // Only the first signature of a key counts, so that a long note cannot cost more checks than there are keys.
    if (verifier == known.end() || std::ranges::any_of(verified, by)) continue;
    if (std::any_of(verifier + 1, known.end(), by)) return Fault{0, "two known keys share name and id"};
    if (!verifier->key.verify(note.text, signature.signature))
      return Fault{0, "signature by " + signature.name + " does not verify"};
    verified.push_back(*verifier);
  }
  if (verified.empty()) return Fault{0, "no signature by a known key"};
  return verified;
}

Parsed<std::vector<Cosigned>> verify_cosignatures(const Note& note, const std::vector<NoteVerifier>& known) {
  std::vector<Cosigned> verified;
  for (const NoteSignature& signature : note.signatures) {
    const auto by = [&signature](const NoteVerifier& verifier) { return is_by(signature, verifier); };
    const auto verifier = std::ranges::find_if(known, by);
    if (verifier == known.end() || std::ranges::any_of(verified, by, &Cosigned::by)) continue;
    assert(verifier->type == NoteKeyType::cosignature);
    const View timed = signature.signature;
    const std::uint64_t seconds = timed.size() > kTimeBytes ? read_u64(timed) : 0;
    if (seconds == 0 || seconds >= kTimeEnd ||
        !verifier->key.verify(cosigned_text(note.text, seconds), timed.substr(kTimeBytes)))
      return Fault{0, "cosignature by " + signature.name + " does not verify"};
    verified.push_back({*verifier, seconds});
  }
  return verified;
}

}  // namespace fedatario::crypto
