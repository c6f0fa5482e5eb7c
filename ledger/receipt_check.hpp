// Checking a receipt offline (FORMAT.md section 5), and saying why it does not hold.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/note.hpp"
#include "ledger/event.hpp"
#include "ledger/findings.hpp"

namespace fedatario::ledger {

struct ReceiptVerdict {
  std::string origin;      // of the head
  std::uint64_t size = 0;  // of the head
  std::optional<Event> event;
  std::vector<crypto::Cosigned> cosigned;
  std::vector<Finding> findings;  // with the codes of EVIDENCE.md section 7, in their order

  bool good() const { return findings.empty(); }
};

// `key`: of the log's heads, as the reader knows it. Whether the author's key was in force then is not in a receipt:
// the log says it, and evidence packs. Never throws for what is wrong with the receipt.
ReceiptVerdict open_receipt(std::string_view receipt, const crypto::NoteVerifier& key,
                            const std::vector<crypto::NoteVerifier>& witnesses = {});

}  // namespace fedatario::ledger
