// Histories of the pure rules recorded for real: in a workshop's ledger, through the door, each speaker registered and
// appointed before he first speaks. And the service over it, asked by HTTP.
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "api/server.hpp"
#include "api/service.hpp"
#include "tests/support/given.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/workshop.hpp"

namespace fedatario::tests {

// What is posted to /v1/events to say it under its own id: a session's statement, or what the administrator signed with
// this key. `ledger`: its name.
boost::json::object posted(const Saying& saying, const std::string& ledger, const crypto::SigningKey& administrator);
// What the door makes of it.
ledger::Result<ledger::Proposal> proposed(const ledger::Ledger& ledger, const Saying& saying,
                                          const crypto::SigningKey& administrator);

// The time a ledger believes it is.
class DrivenClock {
 public:
  // No earlier than it was, and later by a microsecond at least.
  void set(ledger::Recorded now) { *micros_ = std::max(*micros_ + 1, now.micros); }
  ledger::Clock clock() const {
    const auto read = [micros = micros_] { return micros->load(); };
    return {read, read};
  }
  ledger::Writer::Options options() const {
    ledger::Writer::Options options;
    options.clock = clock();
    return options;
  }

 private:
  std::shared_ptr<std::atomic<std::int64_t>> micros_ = std::make_shared<std::atomic<std::int64_t>>(0);
};

class Stage {
 public:
  // At the beginning of 2020.
  Stage();

  // Each is said and recorded at the time its history gives it, or, since time does not run back, when what follows it
  // is. Fails the test where something is not recorded. Administrators' sayings become those of the workshop's.
  void record(const History& history);
  // Registers and appoints who says it; what a history registers again is left out.
  void appoint(const ledger::Statement& statement);
  // From now on it is then.
  void set_time(const ledger::Declared& at) { clock_.set({at.seconds * 1'000'000}); }
  // What is posted to /v1/events to say it, under an id of its own.
  boost::json::object request(const Saying& saying);

 private:
  void record(const Saying& saying);
  Saying mine(Saying saying) const;

  DrivenClock clock_;

 public:
  Workshop shop;

 private:
  std::set<std::string> registered_, appointed_;
};

// The service on a port of the kernel's. A token is the name of its actor.
class HttpService {
 public:
  explicit HttpService(ledger::Ledger& ledger, api::ServerOptions options = {}, api::FollowerOptions followers = {});
  ~HttpService();

  std::uint16_t port() const { return server_.port(); }
  // Ends the server; the ledger goes on.
  void stop();
  // From now on a token of this actor's is good no more.
  void revoke(const std::string& actor);

  // Answers as JSON, in Spanish unless told otherwise.
  Answer post(const std::string& actor, const std::string& target, const std::string& body,
              const std::string& headers = "");
  Answer get(const std::string& actor, const std::string& target, const std::string& headers = "");

 private:
  ledger::Ledger& ledger_;
  TemporaryDirectory directory_;
  api::Followers followers_;
  projections::LiveViews views_;
  projections::Queries queries_;
  api::Metrics metrics_;
  ledger::Calendar calendar_;
  ledger::Publication publication_;
  api::Service service_;
  std::mutex mutex_;
  std::set<std::string> revoked_;  // under mutex_
  api::Server server_;
  std::thread thread_;
};

}  // namespace fedatario::tests
