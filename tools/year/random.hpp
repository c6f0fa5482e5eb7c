// Chance that is the same on every machine: integers alone, no distribution of the standard library. A source is named
// by the seed of the year, what it decides and for whom, so that one life does not depend on another's.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace fedatario::tools {

class Random {
 public:
  Random(std::uint64_t seed, std::string_view what, std::uint64_t subject) : state_(mix(seed)) {
    for (const char c : what) state_ = mix(state_ ^ static_cast<unsigned char>(c));
    state_ = mix(state_ ^ subject);
  }

  // SplitMix64 (Steele, Lea, Flood 2014).
  std::uint64_t next() {
    state_ += kStep;
    return scramble(state_);
  }
  // 0 to n - 1. n is small against 2^32, so that no number is noticeably likelier.
  std::uint32_t below(std::uint32_t n) { return std::uint32_t((next() >> 32) * n >> 32); }
  // Both included.
  int between(int first, int last) { return first + int(below(std::uint32_t(last - first + 1))); }
  bool permille(int chance) { return int(below(1'000)) < chance; }

  template <class List>
  const auto& pick(const List& list) {
    return list[below(std::uint32_t(std::size(list)))];
  }
  // The index of one of `weights`, each as likely as its weight.
  template <std::size_t N>
  int weighted(const std::array<int, N>& weights) {
    int sum = 0;
    for (const int weight : weights) sum += weight;
    int left = int(below(std::uint32_t(sum)));
    int index = 0;
    while (left >= weights[std::size_t(index)]) left -= weights[std::size_t(index++)];
    return index;
  }
  std::string bytes(std::size_t count) {
    std::string out;
    while (out.size() < count) {
      auto word = next();
      for (int i = 0; i < 8 && out.size() < count; ++i, word >>= 8) out += char(word & 0xFF);
    }
    return out;
  }

 private:
  static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15;
  static std::uint64_t scramble(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  static std::uint64_t mix(std::uint64_t z) { return scramble(z + kStep); }

  std::uint64_t state_;
};

}  // namespace fedatario::tools
