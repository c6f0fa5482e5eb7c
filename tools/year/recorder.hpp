// Records a year in a new ledger, by the same door and writer as everybody: in batches of what belongs to the same
// hour, the next one prepared while the writer works on the present one, under a clock that follows the story. The
// views are folded beside the writer, as in the service.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

#include "ledger/refusal.hpp"
#include "tools/year/story.hpp"

namespace fedatario::tools {

struct YearRecorded {
  std::string ledger;  // its name
  std::filesystem::path administrator_key;
  std::uint64_t events = 0;                                  // in the ledger
  std::map<int, std::map<std::string, std::uint64_t>> said;  // by activity and type
  std::uint64_t attempts = 0;                                // refused attempts that the ledger recorded itself
  std::map<std::string, std::uint64_t> refused;              // planned refusals, by reason
  std::string digest;
  std::uint64_t views_behind = 0;  // events that the views had yet to fold when the last was recorded
  double seconds = 0;              // until the views had all
};

// The ledger refused what was not meant to be refused, or took what was.
struct Unplanned : std::runtime_error {
  Unplanned(std::string said, std::optional<ledger::Refusal> why)
      : std::runtime_error("unplanned"), statement(std::move(said)), refusal(std::move(why)) {}
  std::string statement;  // JSON
  std::optional<ledger::Refusal> refusal;
};

// Founds the ledger in `directory`, where none may be, and records the story up to `until`, included. Throws Unplanned;
// StoreError, crypto::Error and ViewError for what the disk does.
YearRecorded record_year(const std::filesystem::path& directory, const YearOptions& options, Date until,
                         const std::function<void(std::uint64_t done, std::uint64_t all)>& progress);

// The last day on which something of the story is recorded.
Date story_ends(int fiscal_year);

}  // namespace fedatario::tools
