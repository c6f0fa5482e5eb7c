// In the order of the codes.
#include "ledger/receipt_check.hpp"

#include "crypto/checkpoint.hpp"
#include "crypto/json.hpp"
#include "crypto/merkle.hpp"
#include "ledger/limits.hpp"

namespace fedatario::ledger {
namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "fedatario.receipt.v1";
constexpr std::uint64_t kEndOfTime = 253'402'300'800;  // the year 10000, in seconds since 1970

class Reader {
 public:
  Reader(std::string_view receipt, const crypto::NoteVerifier& key, const std::vector<crypto::NoteVerifier>& witnesses)
      : receipt_(receipt), key_(key), witnesses_(witnesses) {}

  ReceiptVerdict read() {
    if (read_form()) check();
    return std::move(verdict_);
  }

 private:
  bool refuse(std::string_view code, std::string es, std::string en) {
    verdict_.findings.push_back({std::nullopt, std::nullopt, std::move(es), std::move(en), code});
    return false;
  }
  bool malformed() {
    return refuse("form", "un recibo tiene exactamente checkpoint, event, format y proof, en su única grafía",
                  "a receipt has exactly checkpoint, event, format and proof, in its one spelling");
  }

  bool read_form() {
    if (receipt_.ends_with('\n')) receipt_.remove_suffix(1);
    const auto parsed = crypto::parse_json(receipt_, {kMaxDepth, 4 * kMaxLeafBytes});
    if (!parsed) return refuse("form", "no es JSON: " + parsed.error().what, "not JSON: " + parsed.error().what);
    const auto* object = parsed->if_object();
    if (!object || object->size() != 4 || !crypto::is_canonical(receipt_, *parsed)) return malformed();
    const auto* note = object->if_contains("checkpoint");
    const auto* event = object->if_contains("event");
    const auto* format = object->if_contains("format");
    const auto* path = object->if_contains("proof");
    if (!note || !note->is_string() || !event || !format || !path || !path->is_array()) return malformed();
    if (!format->is_string() || format->get_string() != kFormat) return malformed();
    for (const auto& item : path->get_array()) {
      const auto hash = item.is_string() ? crypto::digest_from_hex(item.get_string()) : std::nullopt;
      if (!hash) return malformed();
      proof_.push_back(*hash);
    }
    note_ = std::string(note->get_string());
    const auto note_read = crypto::parse_note(note_);
    if (!note_read || !crypto::parse_checkpoint(note_read->text))
      return refuse("form", "«checkpoint» no es un punto de control firmado", "`checkpoint` is no signed checkpoint");
    leaf_ = crypto::canonical_json(*event);
    auto read = parse_leaf(leaf_);
    if (!read)
      return refuse("form",
                    "el hecho está mal formado: " + read.error().text(Language::es) + " " + read.error().pointer,
                    "the event is malformed: " + read.error().text(Language::en) + " " + read.error().pointer);
    verdict_.event = *std::move(read);
    return true;
  }

  void check() {
    const auto& event = *verdict_.event;
    const auto& ledger = event.statement.ledger;
    if (event.position.value == 0 ? ledger != key_.name : !ledger.starts_with(key_.name + '#'))
      refuse("ledger", "el hecho es de otro libro: " + ledger, "the event is of another ledger: " + ledger);
    const auto parsed = crypto::parse_note(note_);
    const auto head = crypto::open_checkpoint(note_, key_);
    // The tree is judged by what the note says, whoever signed it.
    const auto said = parsed ? crypto::parse_checkpoint(parsed->text) : parsed.error();
    if (said) {
      verdict_.origin = said->origin;
      verdict_.size = said->size;
      if (event.position.value >= said->size ||
          !crypto::check_inclusion(crypto::leaf_hash(leaf_), event.position.value, said->size, proof_, said->root))
        refuse("tree",
               "la prueba no lleva de este hecho, en la posición " + std::to_string(event.position.value) +
                   ", a la raíz del tamaño " + std::to_string(said->size),
               "the proof does not lead from this event at position " + std::to_string(event.position.value) +
                   " to the root at size " + std::to_string(said->size));
    }
    if (!head)
      refuse("checkpoint", "el punto de control no vale: " + head.error().what,
             "the checkpoint does not hold: " + head.error().what);
    if (witnesses_.empty() || !parsed) return;
    const auto cosigned = crypto::verify_cosignatures(*parsed, witnesses_);
    if (!cosigned)
      refuse("witness", "una cofirma no es del testigo que nombra: " + cosigned.error().what,
             "a cosignature is not the witness's it names: " + cosigned.error().what);
    else
      for (const auto& one : *cosigned)
        if (one.seconds < kEndOfTime) verdict_.cosigned.push_back(one);
  }

  std::string_view receipt_;
  const crypto::NoteVerifier& key_;
  const std::vector<crypto::NoteVerifier>& witnesses_;
  std::string note_, leaf_;
  std::vector<crypto::Digest> proof_;
  ReceiptVerdict verdict_;
};

}  // namespace

ReceiptVerdict open_receipt(std::string_view receipt, const crypto::NoteVerifier& key,
                            const std::vector<crypto::NoteVerifier>& witnesses) {
  return Reader(receipt, key, witnesses).read();
}

}  // namespace fedatario::ledger
