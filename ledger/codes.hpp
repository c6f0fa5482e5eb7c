// Codes that other registers give to entities and places: the tax number (NIT) and the territorial code (DIVIPOLA).
// Only their shape and check digit are known here; whether a code exists is a question for the reference data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fedatario::ledger {

// The check digit of a NIT [dígito de verificación] (Orden Administrativa 4 de 1989, DIAN).
// Precondition (asserted): at most 15 digits.
int nit_check_digit(std::uint64_t number);

// A NIT as written: its digit may be wrong, so that the fault can say the right one.
struct Nit {
  std::uint64_t number = 0;  // 1 to 15 digits, not 0
  int digit = 0;             // as written, 0 to 9

  // "800197268-4" or "800.197.268-4": no leading zero, points all or none, nothing around it.
  static std::optional<Nit> parse(std::string_view text);
  bool digit_is_right() const { return digit == nit_check_digit(number); }
  std::string text() const;  // "800197268-4"
  bool operator==(const Nit&) const = default;
};

// The shape of a DIVIPOLA code (DANE): 2 digits for a department, 5 for a municipality, leading zeros written.
bool is_divipola_code(std::string_view code);

}  // namespace fedatario::ledger
