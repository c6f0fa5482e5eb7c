// Every limit of the HTTP interface in one place.
#pragma once

#include <chrono>
#include <cstddef>

#include "ledger/limits.hpp"

namespace fedatario::api {

inline constexpr std::size_t kMaxHeaderBytes = 16 * 1024;  // request line and header fields together
inline constexpr std::size_t kMaxTargetBytes = 8 * 1024;
inline constexpr std::size_t kMaxQueryParameters = 64;
inline constexpr std::size_t kMaxBodyBytes = 1536 * 1024;  // a route's default
inline constexpr std::size_t kMaxBatchBodyBytes = ledger::kMaxBatchBytes;
inline constexpr std::size_t kMaxReadAheadBytes = 64 * 1024;  // what a connection may send before it is needed

inline constexpr std::size_t kMaxConnections = 1'024;
// Beyond the maximum this many more are told so with a 503; the rest are closed without a word.
inline constexpr std::size_t kMaxTurnedAway = 64;
// All request bodies being held at a time.
inline constexpr std::size_t kMaxHeldBodyBytes = 256 * 1024 * 1024;
// What is read and thrown away of a body nobody wants, so that the client gets to see the answer.
inline constexpr std::size_t kMaxDiscardedBytes = 32 * 1024 * 1024;

// Connections that follow the log; a part of the maximum, so that there is room for questions.
inline constexpr std::size_t kMaxFollowers = 256;
// What is read of the log for a follower before others have the thread, and at which size a piece for him is sent.
inline constexpr std::size_t kFollowerStepEvents = 500;
inline constexpr std::size_t kFollowerPieceBytes = 64 * 1024;
// After so long without anything to say, a follower is told that he is still connected.
inline constexpr std::chrono::milliseconds kFollowerKeepAlive{15'000};

struct Timeouts {
  std::chrono::milliseconds header{10'000};  // to the first byte; and from a request's first byte to its header's end
  std::chrono::milliseconds body{60'000};
  std::chrono::milliseconds write{60'000};
  std::chrono::milliseconds chunk{15'000};  // for a peer to take the next piece of an answer that goes on
  std::chrono::milliseconds idle{75'000};   // between two requests of a connection
  std::chrono::milliseconds linger{5'000};  // after an answer that ends the connection
  std::chrono::milliseconds stop{10'000};   // for what is running when the server stops
};

}  // namespace fedatario::api
