// `fedatario serve`: the service. The composition root: here the ledger, its views and the HTTP interface are put
// together, and nowhere else.
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <utility>

#include "api/metrics.hpp"
#include "api/server.hpp"
#include "api/service.hpp"
#include "api/standing.hpp"
#include "api/tokens.hpp"
#include "ledger/ledger.hpp"
#include "ledger/publication.hpp"
#include "tools/commands.hpp"
#include "tools/keeping.hpp"
#include "tools/listening.hpp"
#include "tools/witnessing.hpp"

namespace fedatario::tools {
namespace {

constexpr int kExitPoisoned = 70;  // EX_SOFTWARE: start again, recovery decides what is there

struct ServeOptions {
  std::string directory;
  ListenOptions listen;
  std::size_t queue = 4'096;
  std::string policy;                    // of witnesses; empty: heads are published as they are signed
  std::vector<std::string> seen;         // files of checkpoints that the log has to go on from
  int publish_after_s = -1;              // without a quorum; negative: never
  std::vector<std::string> authorities;  // of time: CODE=URL
  std::string authority_ca;              // PEM
  int stamp_every_min = 24 * 60;
};

// Does its work once: when told, or at the end.
class Closing {
 public:
  explicit Closing(std::function<void()> work) : work_(std::move(work)) {}
  ~Closing() { now(); }
  Closing(const Closing&) = delete;
  Closing& operator=(const Closing&) = delete;
  void now() const {
    if (work_) std::exchange(work_, nullptr)();
  }

 private:
  mutable std::function<void()> work_;
};

// What somebody else holds must be a beginning of what is served.
void check_rollback(const ledger::Ledger& ledger, const crypto::Policy& policy, const ServeOptions& options,
                    const Session& session) {
  std::optional<std::string> why;
  auto files = options.seen;
  if (const auto own = ledger.directory().published(); std::filesystem::exists(own)) files.push_back(own.string());
  for (const auto& file : files) {
    const auto note = ledger::CheckpointFile::read(file);
    if (!note) throw std::runtime_error(session.say("no existe ", "there is no ") + file);
    if ((why = find_rollback(ledger, *note, file, session.language))) break;
  }
  if (!why) why = find_rollback(ledger, policy, session.language, log_line);
  if (why)
    throw std::runtime_error(
        session.say("no se sirve un libro que retrocede: ", "a log that goes back is not served: ") + *why);
}

ledger::PublicationOptions publication_options(const ServeOptions& options) {
  ledger::PublicationOptions out;
  if (options.publish_after_s >= 0) out.without_quorum_after = std::chrono::seconds(options.publish_after_s);
  return out;
}

KeepingOptions keeping_options(const ServeOptions& options, const Session& session) {
  KeepingOptions out;
  for (const auto& authority : options.authorities)
    out.authorities.push_back(parse_authority(authority, options.authority_ca, session.language));
  out.stamp_every = std::chrono::minutes(options.stamp_every_min);
  return out;
}

void serve(const ServeOptions& options, const Session& session) {
  const auto keeping_how = keeping_options(options, session);
  ledger::LedgerOptions ledger_options;
  ledger_options.writer.max_queued = options.queue;
  ledger_options.on_poisoned = [](const std::string& why) {
    log_line("the outcome of a write is unknown; stopping: " + why);
    std::_Exit(kExitPoisoned);
  };
  ledger::Ledger ledger(options.directory, ledger_options);
  const auto policy = options.policy.empty() ? crypto::Policy{} : read_policy(options.policy, session.language);
  check_rollback(ledger, policy, options, session);
  ledger::Publication publication(policy, ledger.log().founding().origin, ledger.directory().published(),
                                  publication_options(options));
  std::filesystem::remove_all(ledger.directory().views_apart());  // left over from `views` cut off
  api::Followers followers;
  projections::Projector::Options projector_options;
  projector_options.on_folded = [&](std::uint64_t) { followers.ring(); };
  projections::LiveViews views(ledger.directory().views(), ledger.reader(), ledger.store().head().size, log_line,
                               projector_options);
  ledger.on_head([&](const ledger::SignedHead& head) {
    publication.offer(head);
    views.notify(head.size);
    followers.ring();
  });
  publication.offer(*ledger.writer().head());
  const Witnessing witnessing(ledger, publication, log_line);
  views.notify(ledger.store().head().size);
  const projections::Queries queries(views);
  api::Metrics metrics;
  const ledger::Calendar calendar(ledger::Scope::national);
  api::Tokens tokens(ledger.directory().tokens(), log_line);
  api::Standing standing(ledger.log());
  api::Service service{ledger, views, queries, metrics, calendar, followers, publication};
  api::Hooks hooks;
  hooks.answered = [&](const api::Exchange& exchange) { metrics.answered(exchange); };
  hooks.connections = [&](std::size_t count) { metrics.connections(count); };
  hooks.fault = [](std::string_view what, const api::Request* request) {
    log_line(std::string(what) + (request ? " (" + request->method + " " + request->target + ")" : ""));
  };
  api::Server server(
      server_options(options.listen), api::make_router(service),
      [&](std::string_view token) {
        auto actor = tokens.actor_of(token);
        if (actor && standing.is_retired(*actor)) actor.reset();
        return actor;
      },
      hooks);
  // What is still queued is decided while the server can be answered through and the views can be told. Both threads
  // ring the followers' bell, whose executors end with the server. So also where serving fails.
  const Closing closing{[&] {
    ledger.writer().stop();
    views.stop();
  }};
  {
    const Keeping keeping(ledger, keeping_how, log_line);
    serve_until_stopped(server, options.listen, session, ledger.log().name());
  }
  closing.now();
  std::cout << session.say("Fedatario se detuvo.", "Fedatario has stopped.") << std::endl;
}

}  // namespace

void add_serve(CLI::App& app, Session& session) {
  auto options = std::make_shared<ServeOptions>();
  const auto text = [&](std::string_view es, std::string_view en) { return std::string(session.say(es, en)); };
  auto* command = app.add_subcommand("serve", text("Pone el libro en servicio", "Puts the ledger into service"));
  command->add_option("DIR", options->directory, text("Carpeta del libro", "Folder of the ledger"))->required();
  add_listen_options(*command, options->listen, session);
  command
      ->add_option("--queue", options->queue,
                   text("Peticiones que pueden esperar al escritor", "Requests that may wait for the writer"))
      ->capture_default_str();
  command->add_option("--witness-policy", options->policy,
                      text("Testigos y quórum (C2SP tlog-policy): /checkpoint muestra lo que ese quórum confirmó",
                           "Witnesses and quorum (C2SP tlog-policy): /checkpoint shows what that quorum has cosigned"));
  command->add_option("--publish-after", options->publish_after_s,
                      text("Segundos sin quórum tras los que se publica sin él; si no se dice, nunca",
                           "Seconds without a quorum after which heads are published without; never unless told"));
  command->add_option("--timestamp-authority", options->authorities,
                      text("CÓDIGO=URL de una autoridad de estampado (RFC 3161); se puede repetir",
                           "CODE=URL of a time stamping authority (RFC 3161); may be repeated"));
  command->add_option("--timestamp-ca", options->authority_ca,
                      text("Certificados PEM en que se confía para el HTTPS de esas autoridades",
                           "PEM certificates trusted for those authorities' HTTPS"));
  command
      ->add_option("--timestamp-every", options->stamp_every_min,
                   text("Minutos entre una estampa y la siguiente", "Minutes from one timestamp to the next"))
      ->capture_default_str()
      ->check(CLI::Range(1, 525'600));
  command->add_option("--seen", options->seen,
                      text("Archivo con un punto de control que el libro debe continuar; se puede repetir",
                           "File of a checkpoint that the log has to go on from; may be repeated"));
  command->callback([options, &session] { serve(*options, session); });
}

}  // namespace fedatario::tools
