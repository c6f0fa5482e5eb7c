// Events to rows.
#include "api/event_rows.hpp"

#include "api/documentation.hpp"

namespace fedatario::api {

std::optional<ledger::Position> position_of(const Request& request, const Service& service) {
  const auto& text = request.path_parameter("position");
  if (text.empty() || text.size() > 19 || text.find_first_not_of("0123456789") != std::string::npos ||
      (text.size() > 1 && text[0] == '0'))
    return std::nullopt;
  const auto position = std::stoull(text);
  const auto head = service.ledger.writer().head();
  if (!head || position >= head->size) return std::nullopt;
  return ledger::Position{position};
}

ledger::Event parse_event(const std::string& leaf, ledger::Position position) {
  auto event = ledger::parse_leaf(leaf);
  if (!event) throw ledger::StoreError("position " + std::to_string(position.value) + " is damaged");
  return std::move(*event);
}

Row event_row(const ledger::Log& log, const ledger::Event& event, const crypto::Digest& hash) {
  const auto& statement = event.statement;
  const auto& founding = log.founding();
  Row row{{"position", event.position.value},
          {"stream", statement.stream},
          {"version", event.version.value},
          {"type", statement.type},
          {"schema", statement.schema},
          {"id", statement.id.text()},
          {"actor", statement.actor},
          {"as", statement.as.text()},
          {"at", statement.at.text()},
          {"recorded_at", event.recorded_at.text()},
          {"signed_by_author", !ledger::is_ever_session_key(founding, statement.key)},
          {"imported", ledger::is_history(statement, founding)},
          {"hash", crypto::to_hex(hash)}};
  if (statement.open) row["open"] = *statement.open;
  return row;
}

boost::json::object event_row_schema(bool with_content) {
  const boost::json::object any{{"type", {"object", "null"}}};
  boost::json::object optional{{"open", {{"type", "object"}}}};
  if (with_content) optional["data"] = any;
  return object_schema({{"position", integer_schema()},
                        {"stream", text_schema()},
                        {"version", integer_schema()},
                        {"type", text_schema()},
                        {"schema", integer_schema()},
                        {"id", text_schema()},
                        {"actor", text_schema()},
                        {"as", text_schema()},
                        {"at", text_schema()},
                        {"recorded_at", text_schema()},
                        {"signed_by_author", boolean_schema()},
                        {"imported", boolean_schema()},
                        {"hash", text_schema()}},
                       std::move(optional));
}

}  // namespace fedatario::api
