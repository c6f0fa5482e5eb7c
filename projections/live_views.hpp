// The views that a service keeps: one generation is served and follows the log; where it was made by other folds than
// this program's, or somebody asks for it, another is made beside it from the first event on and takes its place when
// it has caught up. Answers under way end on the one they began with.
//
// An old generation can be served as long as its rows have the shapes that this program reads (views.hpp); until then
// events go into it by this program's folds. One of other shapes stays on the disk and is not served: whoever asks
// then is told how far the new one is.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "ledger/entry.hpp"
#include "projections/projector.hpp"
#include "projections/view_directory.hpp"
#include "projections/view_store.hpp"

namespace fedatario::projections {

struct Rebuilding {
  std::uint64_t folded = 0;  // events
  std::uint64_t of = 0;
  bool operator==(const Rebuilding&) const = default;
};

// Nothing can be served before the views are made.
class ViewsBeingMade : public ViewError {
 public:
  ViewsBeingMade() : ViewError("the views are being made") {}
};

class LiveViews final : public ViewSource {
 public:
  // `root`: of the generations. Opens what is there, drops what is damaged or another log's, and begins to fold. The
  // log has `head` durable events. `read` is called from several threads at once, and what it uses outlives this.
  // `tell` hears what became of a rebuild, from any thread. Throws ViewError, what `read` throws, and what the disk
  // does. `options.on_folded` is called for each generation, and when one takes its place.
  LiveViews(const std::filesystem::path& root, ledger::EntryReader read, std::uint64_t head,
            std::function<void(const std::string&)> tell = {}, Projector::Options options = {});
  // Stops.
  ~LiveViews();
  LiveViews(const LiveViews&) = delete;
  LiveViews& operator=(const LiveViews&) = delete;

  // All below are for any thread.

  // The log has `head` durable events. A smaller number than an earlier one is ignored.
  void notify(std::uint64_t head);
  // How many events are in what is served; 0 while nothing is.
  std::uint64_t folded() const;
  bool serving() const;
  // Why views no longer follow the log, or cannot be made where none are served; empty while all is well.
  std::optional<std::string> failure() const;
  // Waits until what is served has that many events, however long it takes. Throws ViewError where it never will.
  void catch_up(std::uint64_t size);

  // While a generation is being made.
  std::optional<Rebuilding> rebuilding() const;
  // Why the last one could not be made.
  std::optional<std::string> rebuild_failure() const;
  // Begins to make a generation beside the one served. False where one is being made, or the views are stopped.
  bool rebuild();

  // Of what is served. Throws ViewsBeingMade while nothing is.
  ViewSnapshot snapshot() const override;
  Progress progress() const override;
  // What is served, to be asked about itself; null while nothing is.
  std::shared_ptr<const ViewStore> served() const;

  // Stops folding and making. What is served can still be asked.
  void stop();

 private:
  // A store and who folds into it.
  struct Generation {
    std::filesystem::path path;
    std::shared_ptr<ViewStore> store;
    std::unique_ptr<Projector> projector;
  };

  std::unique_ptr<Generation> open_current();
  std::unique_ptr<Generation> make_generation(const std::filesystem::path& path, std::shared_ptr<ViewStore> store);
  // False where one is under way, or all is stopped.
  bool begin_building();
  // The builder's thread.
  void build();
  void build_next();
  // Waits until the generation being made has reached the head; false when all is to stop.
  bool wait_until_made();
  // Makes it the one served. False where that one has more just now.
  bool swap();

  const ledger::EntryReader read_;
  const std::function<void(const std::string&)> tell_;
  const Projector::Options options_;

  // Guarded by mutex_.
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::unique_ptr<Generation> served_, building_;
  std::uint64_t head_ = 0;
  std::optional<std::string> rebuild_failure_;
  bool under_way_ = false;  // the builder's thread works
  bool stopping_ = false;

  // The builder's while under_way_; whoever sets that, before.
  ViewDirectory directory_;

  std::mutex starting_;
  std::thread builder_;  // begun and joined under starting_
};

}  // namespace fedatario::projections
