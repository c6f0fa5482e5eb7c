// How the views of a ledger lie on disk: generations, each a store in a directory of its own, and a file that names the
// one being served. A new one is made beside it and becomes the one served by a single rename of that file: whatever
// cuts this off leaves the old one or the new one, whole.
//
//   views/current        the name of the generation being served, and a line feed
//   views/current.new    the next such file, before it takes the other's place
//   views/000017         a generation. A higher number than the one served: it is being made. A lower one: it was
//                        served, and goes as soon as nobody reads it
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace fedatario::projections {

// For one thread. Everything throws std::filesystem::filesystem_error or ViewError for what the disk does.
class ViewDirectory {
 public:
  explicit ViewDirectory(std::filesystem::path root) : root_(std::move(root)) {}

  // The generation being served; empty where there is none.
  std::optional<std::filesystem::path> current() const;
  // The one that was being made, the newest where there are several.
  std::optional<std::filesystem::path> unfinished() const;
  // Of a generation that is not there yet, newer than all.
  std::filesystem::path next() const;
  // Makes this one current; on the disk when it returns. Precondition: it is whole, and on the disk.
  void publish(const std::filesystem::path& generation);
  // Removes everything but current and unfinished.
  void sweep();

 private:
  std::optional<std::uint64_t> current_number() const;

  std::filesystem::path root_;
};

}  // namespace fedatario::projections
