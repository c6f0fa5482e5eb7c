// Drafts to JSON. The only place, beside record, where a client asks for the time and for random bytes.
#include "tools/drafts.hpp"

#include <boost/json/serialize.hpp>
#include <chrono>

namespace fedatario::tools {
namespace {

namespace json = boost::json;

std::int64_t unix_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

ledger::Declared declared_now() { return {unix_ms() / 1000, ledger::kColombiaOffsetMin}; }
ledger::EventId fresh_id() { return ledger::EventId::make(unix_ms(), crypto::random_bytes(10)); }

std::string write_draft(const Draft& draft, const DraftSource& source) {
  const auto& info = ledger::type_of(draft.body);
  json::object statement{{"id", fresh_id().text()},
                         {"type", json::string(info.type)},
                         {"stream", draft.stream},
                         {"as", source.as.text()},
                         {"at", source.at.text()}};
  statement["source"] = {{"sha256", crypto::to_hex(source.file)}, {"row", std::int64_t(draft.row)}};
  if (draft.version) statement["version"] = std::int64_t(draft.version->value);
  if (auto open = ledger::write_open(draft.body)) statement["open"] = std::move(*open);
  json::object line{{"statement", std::move(statement)}};
  if (info.has_data) line["content"] = {{"data", ledger::write_data(draft.body)}};
  return json::serialize(line);
}

}  // namespace fedatario::tools
