// What `fedatario follow` does: prints the log as it grows, and goes on after a lost connection where it was.
#pragma once

#include <chrono>
#include <string>

#include "tools/client.hpp"

namespace fedatario::tools {

struct FollowOptions {
  std::string stream, prefix, types, actor, unit, fiscal_year;  // as the service takes them; empty: all
  std::string from;                                             // a position; empty: what is recorded from now on
  bool views = false;                                           // an event only once the views have it
  bool until_caught_up = false;                                 // ends at the head of the log
};

struct FollowPauses {
  std::chrono::milliseconds first{500}, longest{30'000};  // before trying again; each twice the one before
  std::chrono::milliseconds silence{45'000};              // of a service, which says something each 15 s
};

// Returns only where it was to end at the head. Throws Failure where the first connection fails, for what the service
// refuses, and for what cannot be understood.
int follow_log(Session& session, Client& client, const FollowOptions& options, const FollowPauses& pauses = {});

}  // namespace fedatario::tools
