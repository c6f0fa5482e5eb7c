// Every limit of the ledger in one place. Each is tested at its edge and one past it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace fedatario::ledger {

// FORMAT.md sections 1 to 4.
inline constexpr std::size_t kMaxStatementBytes = 16'384;
inline constexpr std::size_t kMaxOpenBytes = 8'192;
inline constexpr std::size_t kMaxPartBytes = 1'048'576;
inline constexpr std::size_t kMaxPersonalParts = 1'000;
inline constexpr std::size_t kMaxLeafBytes = 65'535;
inline constexpr std::size_t kMaxSegmentBytes = 64;
inline constexpr std::size_t kMaxNameBytes = 200;
inline constexpr std::size_t kMaxOriginBytes = 128;
inline constexpr std::size_t kMaxTypeBytes = 64;
inline constexpr std::size_t kMaxDepth = 16;

// A batch: all or nothing.
inline constexpr std::size_t kMaxBatchStatements = 5'000;
inline constexpr std::size_t kMaxBatchBytes = 16 * 1024 * 1024;

// Fields of content.
inline constexpr std::size_t kMaxLineBytes = 300;    // a title, a name, a code of another system
inline constexpr std::size_t kMaxTextBytes = 4'000;  // a reason, an observation
inline constexpr std::size_t kMaxListItems = 1'000;
inline constexpr std::size_t kMaxBase64Bytes = 32'768;  // a token of another format

// How far an author's `at` may lie after the ledger's own time: clocks differ, the future is not recorded.
inline constexpr std::int64_t kMaxFutureSeconds = 300;

// Refused attempts of one actor that are recorded in an hour; more are counted and told with the next one.
inline constexpr std::int64_t kMaxAttemptsPerHour = 20;

// The writer.
inline constexpr std::size_t kMaxQueuedSubmissions = 4'096;
inline constexpr std::size_t kMaxQueuedBytes = 64 * 1024 * 1024;
inline constexpr std::size_t kMaxGroupEvents = 5'000;  // taken together into one synced write
inline constexpr std::int64_t kMaxClockJumpMicros = 60'000'000;
inline constexpr std::size_t kMaxCachedStates = 200'000;
inline constexpr std::size_t kMaxStatesWaiting = 250'000;  // to be saved
// A stream is saved when it is forgotten with so many events that are not in its saved state …
inline constexpr std::uint64_t kSaveForgottenAfter = 4;
// … and while it is kept, after so many.
inline constexpr std::uint64_t kSaveKeptAfter = 256;

}  // namespace fedatario::ledger
