// One codec for all kinds, from their descriptions.
#include "ledger/state_codec.hpp"

#include "crypto/hash.hpp"
#include "ledger/binary_codec.hpp"

namespace fedatario::ledger {
namespace {

// The names of all members and enumerators, in order, down to what is not described.
template <class T>
void append_shape(std::string& out) {
  if constexpr (Described<T>) {
    out += '{';
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      out += member.name;
      append_shape<std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>>(out);
      out += ',';
    });
    out += '}';
  } else if constexpr (DescribedEnum<T>) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto enumerator) { (out += '|') += enumerator.name; });
  } else if constexpr (requires { typename T::mapped_type; }) {
    out += '<';
    append_shape<typename T::mapped_type>(out);
    out += '>';
  } else if constexpr (requires { typename T::value_type; } && !std::is_same_v<T, std::string>) {
    out += '[';
    append_shape<typename T::value_type>(out);
    out += ']';
  }
}

template <class S>
std::uint32_t make_fold_number() {
  std::string text(S::kKind);
  text += ' ' + std::to_string(S::kFold) + ' ';
  append_shape<S>(text);
  const auto digest = crypto::sha256(text);
  return std::uint32_t(digest.bytes[0]) << 24 | std::uint32_t(digest.bytes[1]) << 16 |
         std::uint32_t(digest.bytes[2]) << 8 | std::uint32_t(digest.bytes[3]);
}

}  // namespace

std::uint32_t fold_number(const State& state) {
  return std::visit(
      []<class S>(const S&) {
        static const auto number = make_fold_number<S>();
        return number;
      },
      state);
}

crypto::Bytes write_state(const State& state) {
  return std::visit([](const auto& inner) { return to_binary(inner); }, state);
}

void read_state(State& state, crypto::View bytes) {
  std::visit([&]<class S>(S& inner) { inner = from_binary<S>(bytes); }, state);
}

}  // namespace fedatario::ledger
