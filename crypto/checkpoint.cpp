// Checkpoints: three lines and more inside a signed note.
#include "crypto/checkpoint.hpp"

#include <cassert>

#include "crypto/merkle.hpp"
#include "crypto/text_lines.hpp"
#include "crypto/utf8.hpp"

namespace fedatario::crypto {
namespace {

bool is_line(View text) { return !text.empty() && text.find('\n') == View::npos; }

}  // namespace

std::string format_checkpoint(const Checkpoint& checkpoint) {
  assert(is_line(checkpoint.origin));
  std::string text =
      checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root.view()) + "\n";
  for (const std::string& extension : checkpoint.extensions) {
    assert(is_line(extension));
    text += extension + "\n";
  }
  return text;
}

Parsed<Checkpoint> parse_checkpoint(View text) {
  if (std::optional<Fault> fault = find_unprintable(text)) return *std::move(fault);
  Checkpoint checkpoint;
  std::size_t begin = 0;
  for (int number = 0; number < 3 || begin < text.size(); ++number) {
    const std::size_t end = text.find('\n', begin);
    if (end == View::npos) return Fault{text.size(), "checkpoint ends too early"};
    const View line = text.substr(begin, end - begin);
    if (line.empty()) return Fault{begin, "empty line in a checkpoint"};
    if (number == 0) {
      checkpoint.origin = line;
    } else if (number == 1) {
      const std::optional<std::uint64_t> size = read_decimal(line);
      if (!size) return Fault{begin, "tree size is not a canonical decimal number"};
      checkpoint.size = *size;
    } else if (number == 2) {
      const std::optional<Digest> root = digest_from_base64(line);
      if (!root) return Fault{begin, "root hash is not base64 of 32 bytes"};
      checkpoint.root = *root;
    } else {
      checkpoint.extensions.emplace_back(line);
    }
    begin = end + 1;
  }
  return checkpoint;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  std::string text = format_checkpoint(checkpoint);
  NoteSignature signature = sign_note(text, checkpoint.origin, key);
  return format_note({std::move(text), {std::move(signature)}});
}

Parsed<Checkpoint> open_checkpoint(View note, const NoteVerifier& verifier) {
  const Parsed<Note> parsed = parse_note(note);
  if (!parsed) return parsed.error();
  const Parsed<std::vector<NoteVerifier>> verified = verify_note(*parsed, {verifier});
  if (!verified) return verified.error();
  Parsed<Checkpoint> checkpoint = parse_checkpoint(parsed->text);
  if (checkpoint && checkpoint->origin != verifier.name) return Fault{0, "origin is not the name of the key"};
  if (checkpoint && checkpoint->size == 0 && checkpoint->root != empty_root())
    return Fault{0, "root hash is not that of an empty tree"};
  return checkpoint;
}

}  // namespace fedatario::crypto
