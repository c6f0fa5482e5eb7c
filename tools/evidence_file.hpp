// The evidence pack as one file (ledger/EVIDENCE.md section 1): a zip archive with a BagIt bag inside (RFC 8493).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/evidence.hpp"

namespace fedatario::tools {

inline constexpr std::size_t kMaxEvidenceFile = std::size_t{1} << 30;

// Writes the file anew, or throws Failure and leaves none. `folder`: the bag's name, of [a-z0-9._-]. `files`: by their
// names in `data/`. `about`: one line of what it is.
void write_evidence_file(const std::filesystem::path& path, const std::string& folder,
                         const ledger::EvidenceFiles& files, const std::string& about, ledger::Recorded time);

// The payload, by names in `data/`; and what is wrong with archive and bag, with the codes `archive` and `manifest`.
struct EvidenceRead {
  ledger::EvidenceFiles files;
  std::vector<ledger::Finding> findings;
};
EvidenceRead read_evidence_file(std::string_view bytes);

}  // namespace fedatario::tools
