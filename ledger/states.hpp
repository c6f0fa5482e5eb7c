// The states of streams that the writer keeps at hand, bounded; what is not there is folded from the log. What is
// forgotten, and at the end all that is kept, goes to rest in the store. Belongs to the writer's thread; only
// is_resident may be called from others.
#pragma once

#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "ledger/log.hpp"
#include "ledger/rule.hpp"
#include "ledger/state_saver.hpp"

namespace fedatario::ledger {

class States final : public Lookup {
 public:
  // All borrowed. `limit`: how many are kept, roughly.
  States(const Log& log, Store& store, const Keyring& keyring, std::size_t limit);
  ~States() override;

  // Loads it when it is not there. The reference lives until trim(). Precondition (asserted): a kind of stream has such
  // a name.
  Folded& at(std::string_view stream) const;
  // A session folded it on its own thread. Taken when it is not there; what came since is applied.
  void offer(std::string_view stream, Folded folded) const;
  // What `stream` became is durable now.
  void committed(std::string_view stream);
  // Between groups of requests: forgets what was not used of late.
  void trim();

  // A hint for sessions, from any thread: whether offering would be wasted.
  bool is_resident(std::string_view stream) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Map = std::unordered_map<std::string, Folded, Hash, std::equal_to<>>;

  const void* find(std::string_view stream) const override { return address_of(at(stream).state); }
  std::optional<Earlier> event(const EventId& id) const override;
  Folded* present(std::string_view stream) const;
  Folded& keep(std::string_view stream, Folded folded) const;

  void put_to_rest(Map states);

  const Log& log_;
  const std::size_t limit_;
  StateSaver saver_;
  // Two generations: what is used moves to the young one; when that is full it becomes the old one and the old one
  // goes.
  mutable Map young_, old_;
  mutable std::shared_mutex resident_mutex_;
  mutable std::unordered_set<std::string, Hash, std::equal_to<>> resident_;
};

}  // namespace fedatario::ledger
