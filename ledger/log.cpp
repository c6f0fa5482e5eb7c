// Decoding of entries, and folding of streams.
#include "ledger/log.hpp"

#include <algorithm>

#include "crypto/json.hpp"
#include "ledger/binary_codec.hpp"
#include "ledger/limits.hpp"

namespace fedatario::ledger {
namespace {

constexpr std::size_t kFoldChunk = 256;

[[noreturn]] void damaged(Position position, const std::string& why) {
  throw StoreError("position " + std::to_string(position.value) + " is damaged: " + why);
}

}  // namespace

Log::Log(const Store& store, const Keyring& keyring) : store_(store), keyring_(keyring) { read_founding(); }

void Log::read_founding() {
  if (store_.head().size == 0) return;
  const auto leaf = store_.leaf({0});
  const auto founding = decode(leaf, {0});
  const auto* founded = founding.body.get_if<LedgerFounded>();
  if (!founded) damaged({0}, "it is no founding");
  evolve(founding_, *founded, {founding.event.statement, {0}, {1}, founding.event.recorded_at});
  name_ = ledger_name(founding_.origin, founding.leaf_hash);
  const auto rest = fold(LedgerState::kKind);
  if (!rest || !rest->state.get<LedgerState>().founded) damaged({0}, "its stream does not lead to it");
  founding_ = rest->state.get<LedgerState>();
}

std::optional<Part> Log::part(const Event& event, Compartment compartment, std::uint16_t number) const {
  const auto sealed = store_.content(event.position, compartment, number);
  if (!sealed) return std::nullopt;
  auto part = keyring_.open(event.statement, compartment, number, *sealed);
  // Not destroyed: its key stands, and another opens it.
  if (!part && store_.group_key(sealed->group))
    throw StoreError("the key of group " + sealed->group +
                     " does not open under the key-encryption key given: it is another's");
  if (part && compartment == Compartment::data && part->commitment != event.statement.data)
    damaged(event.position, "its content is not what was committed to");
  return part;
}

Content Log::content(const Event& event) const {
  Content content;
  if (event.statement.data) content.data = part(event, Compartment::data, 0);
  if (event.statement.personal) {
    const auto commitments = store_.personal_commitments(event.position);
    if (personal_commitment(commitments) != *event.statement.personal)
      damaged(event.position, "its personal parts are not those committed to");
    for (std::size_t i = 0; i < commitments.size(); ++i) {
      auto opened = part(event, Compartment::personal, std::uint16_t(i));
      if (!opened) continue;
      if (opened->commitment != commitments[i]) damaged(event.position, "a personal part is not the one committed to");
      content.personal.push_back(*std::move(opened));
    }
  }
  return content;
}

Entry Log::decode(std::string_view leaf, Position position) const {
  auto event = parse_leaf(leaf);
  if (!event) damaged(position, event.error().text(Language::en) + " " + event.error().pointer);
  if (event->position != position) damaged(position, "it says position " + std::to_string(event->position.value));
  Entry entry{std::move(*event), crypto::leaf_hash(leaf), Body{}, false, false};
  const auto& statement = entry.event.statement;
  std::optional<boost::json::value> data;
  if (statement.data) {
    if (const auto opened = part(entry.event, Compartment::data, 0)) {
      auto parsed = crypto::parse_json(opened->canonical, {kMaxDepth, kMaxPartBytes});
      if (!parsed) damaged(position, parsed.error().what);
      data = std::move(*parsed);
    } else {
      entry.destroyed = true;
    }
  }
  auto body = entry.destroyed ? empty_body(statement) : read_body(statement, data ? &*data : nullptr, {}, Schemas::all);
  if (!body) damaged(position, body.error().text(Language::en) + " " + body.error().pointer);
  entry.body = std::move(*body);
  entry.imported = is_history(statement, founding_);
  entry.signed_by_author = !is_ever_session_key(founding_, statement.key);
  return entry;
}

Entry Log::entry(Position position) const { return decode(store_.leaf(position), position); }

std::vector<Entry> Log::entries(Position from, std::size_t limit) const {
  std::vector<Entry> out;
  auto position = from;
  for (const auto& leaf : store_.leaves(from, limit)) {
    out.push_back(decode(leaf, position));
    ++position.value;
  }
  return out;
}

std::optional<Folded> Log::fold(std::string_view stream) const {
  auto state = initial_state(stream);
  if (!state) return std::nullopt;
  Folded folded{*std::move(state), {0}, std::nullopt};
  start_from_saved(stream, folded);
  follow(stream, folded);
  return folded;
}

// A saved state that cannot be used, whatever the reason, is as good as none.
void Log::start_from_saved(std::string_view stream, Folded& folded) const {
  try {
    const auto saved = store_.saved_state(stream);
    if (!saved || saved->fold != fold_number(folded.state)) return;
    const auto row = store_.stream(stream, saved->version, 1);
    if (row.empty() || row[0].version != saved->version || row[0].hash != saved->last_hash) return;
    const auto plain = keyring_.open_state(stream, *saved);
    if (!plain) return;
    auto state = folded.state;
    read_state(state, *plain);
    folded = {std::move(state), saved->version, saved->last_hash, saved->version};
  } catch (const StoreError&) {
  } catch (const BinaryError&) {
  }
}

void Log::follow(std::string_view stream, Folded& folded) const {
  for (;;) {
    const auto rows = store_.stream(stream, {folded.version.value + 1}, kFoldChunk);
    for (const auto& row : rows) {
      const auto entry = this->entry(row.position);
      if (row.version.value != folded.version.value + 1 || entry.event.prev != folded.last_hash)
        damaged(row.position, "it does not follow version " + std::to_string(folded.version.value) + " of its stream");
      if (entry.leaf_hash != row.hash || entry.event.version != row.version || entry.event.statement.stream != stream)
        damaged(row.position, "the stream index does not belong to it");
      evolve(folded.state, entry.body,
             {entry.event.statement, row.position, row.version, entry.event.recorded_at, entry.destroyed});
      folded.version = row.version;
      folded.last_hash = row.hash;
    }
    if (rows.size() < kFoldChunk) return;
  }
}

std::uint64_t Log::size_at(Recorded time) const {
  std::uint64_t low = 0, high = store_.head().size;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const auto event = parse_leaf(store_.leaf({middle}));
    if (!event) damaged({middle}, event.error().text(Language::en));
    if (event->recorded_at <= time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

crypto::HashReader Log::hash_reader() const {
  return [this](const std::vector<crypto::StoredHash>& names) { return store_.hashes(names); };
}

}  // namespace fedatario::ledger
