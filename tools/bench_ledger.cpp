// Making and filling bench ledgers through the same door and writer as everybody.
#include "tools/bench_ledger.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <chrono>

#include "crypto/dsse.hpp"
#include "crypto/hash.hpp"
#include "crypto/json.hpp"
#include "ledger/content.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;
using ledger::Proposal;

constexpr std::string_view kAdministrator = "administrador.1";
constexpr std::size_t kBatch = 1'000;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string fresh_id() { return ledger::EventId::make(now_ms(), crypto::random_bytes(10)).text(); }
std::string at_now() { return ledger::Declared{now_ms() / 1000, ledger::kColombiaOffsetMin}.text(); }
std::string unit_code(int unit) { return fmt::format("u{:02}", unit); }
std::string line_code(int line) { return fmt::format("{:04}", line); }

// Collects statements and submits them in batches; throws when one is refused, since a bench ledger must be made whole.
class Recorder {
 public:
  explicit Recorder(ledger::Ledger& ledger) : ledger_(ledger) {}
  ~Recorder() { flush(); }

  void by_administrator(const std::string& stream, const std::string& type, json::object open,
                        const crypto::SigningKey* second = nullptr) {
    const auto key = bench_key(kAdministrator);
    ledger::Statement statement;
    statement.actor = kAdministrator;
    statement.as = {ledger::Role::administrator, {}};
    statement.at = {now_ms() / 1000, ledger::kColombiaOffsetMin};
    statement.id = *ledger::EventId::parse(fresh_id());
    statement.key = key.public_key().id();
    statement.ledger = ledger_.log().name();
    statement.stream = stream;
    statement.type = type;
    statement.schema = ledger::find_type(type)->schema;
    ledger::Content content;
    if (type == "actor.registered")
      content.data = ledger::Part::make(json::value{{"kind", "person"}});
    else
      statement.open = std::move(open);
    if (content.data) statement.data = content.data->commitment;
    auto envelope = crypto::sign_envelope(ledger::kPayloadType, ledger::write_statement(statement), key);
    if (second) crypto::add_signature(envelope, *second);
    const auto said = ledger::write_content(content);
    take(ledger_.door().author(crypto::write_envelope(envelope), &said));
    flush();
  }

  void by_session(std::string_view actor, std::string_view as, std::string stream, std::string_view type,
                  json::value data) {
    const json::value statement{{"id", fresh_id()}, {"type", type}, {"stream", stream}, {"as", as}, {"at", at_now()}};
    const json::value content{{"data", std::move(data)}};
    take(ledger_.door().session(actor, statement, &content));
  }
  void with_open(std::string_view actor, std::string_view as, std::string stream, std::string_view type,
                 json::value open, json::value data) {
    const json::value statement{{"id", fresh_id()}, {"type", type},   {"stream", stream},
                                {"as", as},         {"at", at_now()}, {"open", open}};
    const json::value content{{"data", std::move(data)}};
    take(ledger_.door().session(actor, statement, &content));
  }

  void flush() {
    if (waiting_.empty()) return;
    auto outcome = ledger_.submit(std::exchange(waiting_, {}));
    if (outcome.failure) std::rethrow_exception(outcome.failure);
    if (!outcome.result) throw std::runtime_error("bench ledger: " + outcome.result.error().text(ledger::Language::en));
  }

 private:
  void take(ledger::Result<Proposal> proposal) {
    if (!proposal)
      throw std::runtime_error("bench ledger: " + proposal.error().text(ledger::Language::en) + " " +
                               proposal.error().pointer);
    waiting_.push_back(std::move(*proposal));
    if (waiting_.size() >= kBatch) flush();
  }

  ledger::Ledger& ledger_;
  std::vector<Proposal> waiting_;
};

void grant(Recorder& recorder, const std::string& actor, std::string_view role, const std::string& unit) {
  json::object open{{"act", "resolucion-1-2026"}, {"from", "2026-01-01"}, {"role", role}, {"title", "titular"}};
  if (!unit.empty()) open["unit"] = unit;
  recorder.by_administrator("actor/" + actor, "actor.role.granted", std::move(open));
}

void add_actors(Recorder& recorder, int units) {
  for (const auto* actor : {"coordinador.1", "comite.1", "subdireccion.1", "directora.1"})
    recorder.by_administrator(std::string("actor/") + actor, "actor.registered", {});
  grant(recorder, "coordinador.1", "procedure_coordinator", "");
  grant(recorder, "comite.1", "committee", "");
  grant(recorder, "subdireccion.1", "subdirection", "");
  for (int unit = 0; unit < units; ++unit)
    recorder.by_session("coordinador.1", "procedure_coordinator", "unit/" + unit_code(unit), "unit.registered",
                        {{"name", "Dirección " + unit_code(unit)}});
  recorder.flush();
  for (int actor = 0; actor < kBenchActors; ++actor) {
    recorder.by_administrator("actor/" + bench_actor(actor), "actor.registered", {});
    for (int unit = 0; unit < units; ++unit) grant(recorder, bench_actor(actor), "professional", unit_code(unit));
    if (!has_key(actor)) continue;
    const auto key = bench_key(bench_actor(actor));
    recorder.by_administrator("actor/" + bench_actor(actor), "actor.key.enrolled",
                              {{"ground", "first"}, {"public_key", crypto::to_hex(key.public_key().raw())}}, &key);
  }
  for (int unit = 0; unit < units; ++unit) grant(recorder, "directora.1", "director", unit_code(unit));
}

void add_plans(Recorder& recorder, int units, int lines) {
  recorder.by_session(
      "coordinador.1", "procedure_coordinator", "entity/divipola-05001", "entity.registered",
      {{"divipola", "05001"}, {"from", "2026-01-01"}, {"name", "Alcaldía de Medellín"}, {"order", "territorial"}});
  recorder.by_session(
      "coordinador.1", "procedure_coordinator", "service/at-01", "service.offered",
      {{"any_order", false},
       {"kind", "technical_assistance"},
       {"milestones", {{{"code", "h1"}, {"name", "Diagnóstico"}}, {{"code", "h2"}, {"name", "Concepto"}}}},
       {"name", "Rediseño organizacional"},
       {"theme", "Fortalecimiento institucional"},
       {"unit", unit_code(0)}});
  recorder.by_session("subdireccion.1", "subdirection", "strategy/2026", "strategy.consolidated",
                      {{"budget_cop", 0},
                       {"sha256", std::string(64, 'a')},
                       {"summary", "Estrategia de la vigencia"},
                       {"units", json::array()}});
  recorder.with_open("subdireccion.1", "subdirection", "strategy/2026", "strategy.presented",
                     {{"presented", std::string(64, 'a')}}, {{"date", "2025-12-09"}, {"office", unit_code(0)}});
  recorder.with_open("comite.1", "committee", "strategy/2026", "strategy.approved",
                     {{"presented", std::string(64, 'a')}},
                     {{"date", "2025-12-10"},
                      {"minutes", "Acta 12"},
                      {"quorum", 5},
                      {"session", "12"},
                      {"votes_against", 0},
                      {"votes_for", 5}});
  for (int unit = 0; unit < units; ++unit) {
    const auto as = "professional@" + unit_code(unit);
    const auto plan = "plan/2026/" + unit_code(unit);
    recorder.by_session(bench_actor(0), as, plan, "plan.opened", {{"title", "Plan 2026"}});
    for (int line = 0; line < lines; ++line)
      recorder.by_session(
          bench_actor(0), as, plan, "plan.line.added",
          {{"budget_cop", 12'750'000},
           {"end", "2026-10-30"},
           {"entity", "divipola-05001"},
           {"line", line_code(line)},
           {"milestones", {{{"due", "2026-05-05"}, {"milestone", "h1"}}, {{"due", "2026-10-30"}, {"milestone", "h2"}}}},
           {"modality", "mixed"},
           {"obligation", "voluntary"},
           {"order", "territorial"},
           {"reach", "individual"},
           {"responsible", bench_actor(0)},
           {"service", "at-01"},
           {"start", "2026-02-04"},
           {"theme", "Fortalecimiento institucional"}});
    recorder.by_session(bench_actor(0), as, plan, "plan.submitted", {{"lines", lines}});
    recorder.by_session("subdireccion.1", "subdirection", plan, "plan.verified", {{"observations", "Conforme"}});
    recorder.by_session("directora.1", "director@" + unit_code(unit), plan, "plan.approved", {{"act", "Memorando 1"}});
    for (int line = 0; line < lines; ++line)
      recorder.by_session(bench_actor(0), as, "intervention/2026/" + unit_code(unit) + "/" + line_code(line),
                          "intervention.scheduled", {{"team", {bench_actor(0), bench_actor(1)}}});
  }
}

void make(const std::filesystem::path& directory, int units, int lines) {
  const auto founded = ledger::Ledger::found(
      directory, {"bench.example/ledger", "bench", std::string(kAdministrator), false}, bench_key(kAdministrator));
  if (!founded) throw std::runtime_error(founded.error().text(ledger::Language::en));
  ledger::Ledger ledger(directory);
  Recorder recorder(ledger);
  add_actors(recorder, units);
  add_plans(recorder, units, lines);
}

}  // namespace

crypto::SigningKey bench_key(std::string_view actor) {
  return crypto::SigningKey::from_seed(crypto::sha256({"bench key of ", actor}).view());
}

std::string bench_actor(int number) { return fmt::format("profesional.{}", number); }

void make_bench_ledger(const std::filesystem::path& directory, const std::function<void(std::uint64_t)>&) {
  make(directory, kBenchUnits, kBenchLines);
}

void make_small_bench_ledger(const std::filesystem::path& directory, int lines) { make(directory, 1, lines); }

void fill_bench_ledger(const std::filesystem::path& directory, std::uint64_t size, int units, int lines,
                       const std::function<void(std::uint64_t)>& progress) {
  ledger::Ledger ledger(directory);
  SessionMaker maker(ledger.log().name(), units, lines, 7);
  for (auto have = ledger.store().head().size; have < size; have = ledger.store().head().size) {
    std::vector<Proposal> proposals;
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(kBatch, size - have); ++i) {
      const auto body = crypto::parse_json(maker.session_body(0)).value().get_object();
      auto proposal = ledger.door().session(bench_actor(0), body.at("statement"), &body.at("content"));
      if (!proposal) throw std::runtime_error(proposal.error().text(ledger::Language::en));
      proposals.push_back(std::move(*proposal));
    }
    const auto outcome = ledger.submit(std::move(proposals));
    if (!outcome.result) throw std::runtime_error(outcome.result.error().text(ledger::Language::en));
    if (progress) progress(ledger.store().head().size);
  }
}

struct SessionMaker::Parts {
  std::string stream, as;
  json::value data;
};

SessionMaker::SessionMaker(std::string ledger_name, int units, int lines, std::uint64_t seed)
    : ledger_name_(std::move(ledger_name)), units_(units), lines_(lines), random_(seed) {}

SessionMaker::Parts SessionMaker::parts() {
  const auto unit = unit_code(int(random_() % std::uint64_t(units_)));
  const auto line = line_code(int(random_() % std::uint64_t(lines_)));
  return {"intervention/2026/" + unit + "/" + line, "professional@" + unit,
          json::value{{"attendees", std::int64_t(random_() % 60)},
                      {"code", fmt::format("s{:016x}", random_())},
                      {"commitments",
                       {{{"code", fmt::format("c{:016x}", random_())},
                         {"due", "2026-06-30"},
                         {"responsible", "Oficina de talento humano"},
                         {"what", "Enviar la propuesta de estructura con sus soportes"}}}},
                      {"date", "2026-03-04"},
                      {"entities", {"divipola-05001"}},
                      {"from", "09:00"},
                      {"mechanism", "working_table"},
                      {"modality", "mixed"},
                      {"place", "Sala de juntas, Alcaldía de Medellín"},
                      {"to", "11:30"},
                      {"topics", {"Diagnóstico", "Propuesta de estructura"}}}};
}

std::string SessionMaker::session_body(int) {
  auto made = parts();
  return json::serialize(json::value{
      {"statement",
       {{"id", fresh_id()}, {"type", "session.held"}, {"stream", made.stream}, {"as", made.as}, {"at", at_now()}}},
      {"content", {{"data", std::move(made.data)}}}});
}

std::string SessionMaker::author_body(int actor) {
  auto made = parts();
  const auto key = bench_key(bench_actor(actor));
  ledger::Content content;
  content.data = ledger::Part::make(made.data);
  ledger::Statement statement;
  statement.actor = bench_actor(actor);
  statement.as = *ledger::Capacity::parse(made.as);
  statement.at = {now_ms() / 1000, ledger::kColombiaOffsetMin};
  statement.data = content.data->commitment;
  statement.id = *ledger::EventId::parse(fresh_id());
  statement.key = key.public_key().id();
  statement.ledger = ledger_name_;
  statement.stream = made.stream;
  statement.type = "session.held";
  const auto envelope = crypto::sign_envelope(ledger::kPayloadType, ledger::write_statement(statement), key);
  return json::serialize(
      json::value{{"envelope", crypto::write_envelope(envelope)}, {"content", ledger::write_content(content)}});
}

}  // namespace fedatario::tools
