// The public entities of the country that a year assists: mayoralties and governments of DIVIPOLA first, then the
// councils, hospitals, schools … of the same places, with codes of their own, as many as are wanted.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fedatario::tools {

// A department or a municipality, compiled in.
struct Place {
  std::string_view code;  // DIVIPOLA, 2 or 5 digits
  std::string_view name;
};
std::span<const Place> departments();
std::span<const Place> municipalities();

struct PublicEntity {
  std::string code;
  std::string divipola;
  std::string name;
  std::string_view level;
  std::string_view nature;

  std::string_view department() const { return std::string_view(divipola).substr(0, 2); }
};

class Territory {
 public:
  // In an order of the seed's own, so that few entities lie all over the country.
  explicit Territory(std::uint64_t seed);

  PublicEntity entity(std::uint32_t number) const;
  // The two digits of its department, without making the rest.
  std::string_view department(std::uint32_t number) const { return place(number).code.substr(0, 2); }
  std::string code(std::uint32_t number) const;
  std::string name(std::uint32_t number) const;

 private:
  const Place& place(std::uint32_t number) const { return *places_[number % places_.size()]; }
  std::uint32_t layer(std::uint32_t number) const { return number / std::uint32_t(places_.size()); }

  std::vector<const Place*> places_;
};

}  // namespace fedatario::tools
