// Naming, publishing and sweeping generations.
#include "projections/view_directory.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "projections/view_store.hpp"

namespace fedatario::projections {
namespace {

constexpr std::size_t kNameDigits = 6;  // at least

std::string name_of(std::uint64_t number) { return fmt::format("{:0{}}", number, kNameDigits); }

std::optional<std::uint64_t> number_of(std::string_view name) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size() || name != name_of(number)) return std::nullopt;
  return number;
}

std::vector<std::uint64_t> numbers_in(const std::filesystem::path& root) {
  std::vector<std::uint64_t> numbers;
  if (!std::filesystem::exists(root)) return numbers;
  for (const auto& entry : std::filesystem::directory_iterator(root))
    if (const auto number = number_of(entry.path().filename().string()); number && entry.is_directory())
      numbers.push_back(*number);
  return numbers;
}

// Brings a file or a directory's entries to the disk.
void sync(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::error_code error(errno, std::generic_category());
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) throw std::filesystem::filesystem_error("publishing the views", path, error);
}

}  // namespace

std::optional<std::uint64_t> ViewDirectory::current_number() const {
  std::ifstream in(root_ / "current");
  std::string name;
  if (!std::getline(in, name) || in.eof()) return std::nullopt;  // one cut short has no line feed
  const auto number = number_of(name);
  return number && std::filesystem::is_directory(root_ / name) ? number : std::nullopt;
}

std::optional<std::filesystem::path> ViewDirectory::current() const {
  const auto number = current_number();
  return number ? std::optional(root_ / name_of(*number)) : std::nullopt;
}

std::optional<std::filesystem::path> ViewDirectory::unfinished() const {
  const auto numbers = numbers_in(root_);
  const auto newest = std::ranges::max_element(numbers);
  const auto served = current_number();
  if (newest == numbers.end() || (served && *newest <= *served)) return std::nullopt;
  return root_ / name_of(*newest);
}

std::filesystem::path ViewDirectory::next() const {
  const auto numbers = numbers_in(root_);
  return root_ / name_of(numbers.empty() ? 1 : *std::ranges::max_element(numbers) + 1);
}

void ViewDirectory::publish(const std::filesystem::path& generation) {
  const auto written = root_ / "current.new";
  {
    std::ofstream out(written, std::ios::binary | std::ios::trunc);
    out << generation.filename().string() << '\n';
    if (!out.flush()) throw ViewError("publishing the views: " + written.string() + " cannot be written");
  }
  sync(written);
  sync(root_);  // that the generation is there at all
  std::filesystem::rename(written, root_ / "current");
  sync(root_);
}

void ViewDirectory::sweep() {
  if (!std::filesystem::exists(root_)) return;
  const auto kept = {current(), unfinished()};
  std::vector<std::filesystem::path> surplus;
  for (const auto& entry : std::filesystem::directory_iterator(root_))
    if (entry.path().filename() != "current" && std::ranges::find(kept, std::optional(entry.path())) == kept.end())
      surplus.push_back(entry.path());
  for (const auto& path : surplus) std::filesystem::remove_all(path);
}

}  // namespace fedatario::projections
