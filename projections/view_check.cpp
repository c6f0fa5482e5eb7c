// Two walks side by side.
#include "projections/view_check.hpp"

#include <algorithm>

#include "projections/projector.hpp"
#include "projections/row_parts.hpp"
#include "projections/views.hpp"

namespace fedatario::projections {
namespace {

struct Tally {
  ViewContent content;
  RowDigest digest;

  void add(const ViewStore::Walk& at) {
    digest.add(at);
    if (at.is_erased_key() || without_part(at.name()) != at.name()) return;
    ++(at.is_version() ? content.versions : content.rows);
  }
  ViewContent finish() {
    content.digest = digest.finish();
    return content;
  }
};

class Comparison {
 public:
  // The last place is that of rows of no view.
  Comparison() : sides_(views().size() + 1) {}

  void run(const ViewStore& kept_store, const ViewStore& made_store) {
    using What = ViewDifference::What;
    ViewStore::Walk kept(kept_store), made(made_store);
    while (kept.valid() || made.valid()) {
      const auto order = !kept.valid()   ? std::strong_ordering::greater
                         : !made.valid() ? std::strong_ordering::less
                                         : kept.order(made);
      auto& side = side_of(order <= 0 ? kept : made);
      if (order <= 0) side.kept.add(kept);
      if (order >= 0) side.made.add(made);
      if (order < 0)
        note(side, What::surplus, kept);
      else if (order > 0)
        note(side, What::missing, made);
      else if (kept.stored_value() != made.stored_value())
        note(side, What::other, kept);
      if (order <= 0) kept.next();
      if (order >= 0) made.next();
    }
  }

  std::vector<ViewCheck> finish() {
    std::vector<ViewCheck> checks;
    for (std::size_t i = 0; i < sides_.size(); ++i) {
      auto& check = checks.emplace_back();
      if (i < views().size()) {
        check.name = views()[i].name;
        check.number = views()[i].number;
      }
      check.kept = sides_[i].kept.finish();
      check.made = sides_[i].made.finish();
      check.difference = std::move(sides_[i].difference);
    }
    if (checks.back().good()) checks.pop_back();
    return checks;
  }

 private:
  struct Side {
    Tally kept, made;
    std::optional<ViewDifference> difference;
  };

  Side& side_of(const ViewStore::Walk& at) {
    // Rows of one name stand together.
    if (!last_ || at.name() != last_name_) {
      last_name_ = at.name();
      const auto* view = view_of(last_name_);
      last_ = &sides_[view ? std::size_t(view - views().data()) : views().size()];
    }
    return *last_;
  }

  static void note(Side& side, ViewDifference::What what, const ViewStore::Walk& at) {
    if (!side.difference) side.difference = {what, std::string(at.name()), at.key(), at.position()};
  }

  std::vector<Side> sides_;
  std::string last_name_;
  Side* last_ = nullptr;
};

}  // namespace

void make_views(ViewStore& store, const ledger::EntryReader& read, std::uint64_t size,
                const std::function<void(std::uint64_t)>& progress) {
  const auto up_to_size = [&](ledger::Position from, std::size_t limit) {
    return read(from, std::min<std::uint64_t>(limit, size - std::min(size, from.value)));
  };
  Projector projector(store, up_to_size);
  projector.catch_up(size, progress);
}

std::vector<ViewCheck> compare_views(const ViewStore& kept, const ViewStore& made) {
  Comparison comparison;
  comparison.run(kept, made);
  return comparison.finish();
}

}  // namespace fedatario::projections
