// Statements from what is said.
#include "tools/year/voice.hpp"

#include <cassert>

#include "crypto/json.hpp"
#include "tools/signing.hpp"

namespace fedatario::tools {
namespace {

namespace json = boost::json;

Spoken write(const Said& said) {
  const auto& beside = said.beside;
  auto parts = ledger::write_parts(said.body);
  Spoken out;
  out.actor = said.speaker.actor;
  out.heading = said.heading;
  out.activity = said.body.type().activity;
  out.second_key = beside.second_key;
  auto& statement = out.statement;
  statement["as"] = said.speaker.as;
  statement["at"] = ledger::Declared{said.heading.happened.seconds, ledger::kColombiaOffsetMin}.text();
  if (beside.cause) statement["cause"] = beside.cause->text();
  if (!beside.file.empty()) statement["file"] = beside.file;
  if (!said.speaker.on_behalf.empty()) statement["for"] = said.speaker.on_behalf;
  statement["id"] = said.id.text();
  if (parts.open) statement["open"] = std::move(*parts.open);
  if (!beside.source_number.empty()) statement["source"] = {{"number", beside.source_number}, {"system", "seta"}};
  statement["stream"] = said.stream;
  statement["type"] = said.heading.type;
  if (parts.data) out.content["data"] = std::move(*parts.data);
  if (!parts.personal.empty()) out.content["personal"] = json::array(parts.personal.begin(), parts.personal.end());
  return out;
}

// Hears one statement of a script.
class Listener final : public Ear {
 public:
  Listener(const Step& step, KeyFiles& keys, const std::function<std::uint64_t()>& log_size)
      : step_(step), keys_(keys), log_size_(log_size) {}
  bool wants(const Heading& heading) override { return heading.number == step_.number; }
  void hear(Said said) override { spoken = write(said); }
  std::uint64_t log_size() const override { return log_size_(); }
  crypto::PublicKey public_key(std::string_view actor, int number) const override {
    return keys_.get(actor, number).public_key();
  }

  std::optional<Spoken> spoken;

 private:
  const Step& step_;
  KeyFiles& keys_;
  const std::function<std::uint64_t()>& log_size_;
};

}  // namespace

Spoken Voice::speak(const Step& step) const {
  Listener listener(step, keys_, log_size_);
  tell(story_, step.script, step.subject, listener);
  assert(listener.spoken);
  return *std::move(listener.spoken);
}

void Voice::remember(const Spoken& spoken) {
  json::object said(spoken.statement);
  said["actor"] = spoken.actor;
  if (spoken.heading.type.starts_with("actor.key.")) said.erase("open");
  digest_.update(crypto::canonical_json(said));
  digest_.update(crypto::canonical_json(spoken.content));
}

ledger::Result<ledger::Proposal> Voice::propose(const ledger::Door& door, const std::string& ledger,
                                                const Spoken& spoken) {
  remember(spoken);
  const json::value content = spoken.content;
  const auto* given = spoken.content.empty() ? nullptr : &content;
  const auto number = story_.people().key_of(spoken.actor, spoken.heading.recorded);
  if (!number) return door.session(spoken.actor, spoken.statement, given, ledger::Door::Fold::nothing);
  Signer signer{spoken.actor, keys_.get(spoken.actor, *number), std::nullopt};
  if (spoken.second_key > 0) {
    const auto stream = std::string_view(spoken.statement.at("stream").get_string());
    signer.second = keys_.get(ledger::segments(stream)[1], spoken.second_key);
  }
  json::object record{{"statement", spoken.statement}};
  if (given) record["content"] = content;
  const auto signed_record = sign_record(record, signer, {ledger, std::nullopt});
  if (!signed_record) return signed_record.error();
  return door.author(signed_record->at("envelope"), signed_record->if_contains("content"), std::nullopt,
                     ledger::Door::Fold::nothing);
}

}  // namespace fedatario::tools
