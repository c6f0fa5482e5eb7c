// What the service answers, read: JSON, pages of items, streams folded into states as the ledger folds them, and
// problems told to a person.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/vocabulary.hpp"
#include "tools/client.hpp"

namespace fedatario::tools {

// A reply that is no success, as one line for a person and the exit code it means: refused (4xx), or the environment
// (404, 5xx and what is no problem document).
Failure to_failure(const Reply& reply, Language language);

// The JSON of a good reply. Throws Failure otherwise.
boost::json::value read_json(const Reply& reply, Language language);

// One object by GET. Throws Failure.
boost::json::object get_object(Client& client, const std::string& target, Language language);

// The items of a list, page after page. `target` may have a query. Throws Failure.
enum class Absent { is_failure, is_empty };  // what a 404 means
std::vector<boost::json::object> get_items(Client& client, const std::string& target, Language language,
                                           Absent absent = Absent::is_failure);

// The names of streams that begin with `prefix`, without it.
std::set<std::string, std::less<>> get_names(Client& client, std::string_view prefix, Language language);

struct FoldedStream {
  ledger::State state;
  ledger::Version version;  // 0: the stream has no events
};
// Events whose content was destroyed count as the ledger counts them. Throws Failure, also for an event that this
// program does not know. Precondition (asserted): a stream name of a kind there is.
FoldedStream get_stream(Client& client, const std::string& name, Language language);

// The text at `name`; empty where there is none. Of numbers and truth values, their JSON.
std::string text_at(const boost::json::object& object, std::string_view name);

}  // namespace fedatario::tools
