// An event as a row of an answer: what its leaf says, without content. What lists show and followers are told. And how
// a path names one.
#pragma once

#include <string>

#include "api/answers.hpp"
#include "api/service.hpp"
#include "ledger/log.hpp"

namespace fedatario::api {

// {position} in the path, below the newest head; empty where it is not one.
std::optional<ledger::Position> position_of(const Request& request, const Service& service);

// Throws StoreError when the leaf, which stands at that position, is none.
ledger::Event parse_event(const std::string& leaf, ledger::Position position);

// `hash`: of its leaf.
Row event_row(const ledger::Log& log, const ledger::Event& event, const crypto::Digest& hash);

// JSON Schema of such a row; `with_content`: it may have its institutional part.
boost::json::object event_row_schema(bool with_content);

}  // namespace fedatario::api
