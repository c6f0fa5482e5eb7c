// Values at random for every field type, and with them for every event type. The same seed gives the same values.
#pragma once

#include <random>

#include "crypto/ed25519.hpp"
#include "crypto/json.hpp"
#include "tests/support/described.hpp"

namespace fedatario::tests {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // From 0 to `most`, small values and the greatest more often than others.
  std::uint64_t up_to(std::uint64_t most) {
    const auto drawn = std::uniform_int_distribution<std::uint64_t>(0, most)(engine_);
    switch (engine_() % 8) {
      case 0:
        return 0;
      case 1:
        return most;
      case 2:
        return drawn % (most < 16 ? most + 1 : 16);
      default:
        return drawn;
    }
  }
  bool yes() { return engine_() % 2 == 0; }

  // 1 to `most` bytes of UTF-8 that are not blank, of one, two, three and four bytes each; `controls` among them.
  std::string text(std::size_t most, std::string_view controls) {
    static constexpr std::string_view kPieces[] = {"a", "Z", "9", " ",      "\"",         "\\",        "/",
                                                   "ñ", "Á", "“", "\u2028", "\U0001F602", "\U0010FFFF"};
    std::string out = "x";
    for (auto size = up_to(most - 1) + 1; out.size() < size;) {
      std::string_view piece = kPieces[up_to(std::size(kPieces) - 1)];
      if (!controls.empty() && up_to(9) == 0) piece = controls.substr(up_to(controls.size() - 1), 1);
      if (out.size() + piece.size() > most) break;
      out += piece;
    }
    return out;
  }

  std::string segment() {
    static constexpr std::string_view kFirst = "abcxyz0189", kNext = "abcxyz0189._-";
    std::string out(1, kFirst[up_to(kFirst.size() - 1)]);
    for (auto size = up_to(ledger::kMaxSegmentBytes - 1) + 1; out.size() < size;) out += kNext[up_to(kNext.size() - 1)];
    return out;
  }

 private:
  std::mt19937_64 engine_;
};

// With `full`, every optional member stands and every list has items.
template <class T>
T random_value(Random& random, bool full) {
  using namespace ledger;
  if constexpr (std::is_same_v<T, bool>) {
    return random.yes();
  } else if constexpr (std::is_same_v<T, Code>) {
    return {random.segment()};
  } else if constexpr (std::is_same_v<T, Title>) {
    return {random.text(kMaxLineBytes, "")};
  } else if constexpr (std::is_same_v<T, Text>) {
    return {random.text(kMaxTextBytes, "\n\t")};
  } else if constexpr (std::is_same_v<T, Pesos> || std::is_same_v<T, Count>) {
    return {std::int64_t(random.up_to(std::uint64_t(crypto::kMaxInteger)))};
  } else if constexpr (std::is_same_v<T, TimeOfDay>) {
    return {std::int32_t(random.up_to(24 * 60 - 1))};
  } else if constexpr (std::is_same_v<T, Date>) {
    return kFirstDay + std::chrono::days(random.up_to(std::uint64_t((kLastDay - kFirstDay).count())));
  } else if constexpr (std::is_same_v<T, KeyField>) {
    const auto key = crypto::SigningKey::from_seed(crypto::Bytes(32, char('a' + random.up_to(25))));
    return {crypto::Bytes(key.public_key().raw())};
  } else if constexpr (std::is_same_v<T, Base64>) {
    return {crypto::Bytes(random.up_to(kMaxBase64Bytes - 1) + 1, char(random.up_to(127)))};
  } else if constexpr (std::is_same_v<T, EventIdField>) {
    return {EventId::make(std::int64_t(random.up_to(1u << 30)), crypto::Bytes(10, char(random.up_to(127))))};
  } else if constexpr (std::is_same_v<T, StreamName>) {
    return {"unit/" + random.segment()};
  } else if constexpr (std::is_same_v<T, JsonObject>) {
    return {boost::json::object{{"code", boost::json::string(random.segment())}}};
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return std::int64_t(random.up_to(1000));
  } else if constexpr (std::is_same_v<T, crypto::Digest>) {
    T digest;
    for (auto& byte : digest.bytes) byte = std::uint8_t(random.up_to(255));
    return digest;
  } else if constexpr (DescribedEnum<T>) {
    using Enumerators = boost::describe::describe_enumerators<T>;
    T value{};
    boost::mp11::mp_with_index<boost::mp11::mp_size<Enumerators>::value>(
        random.up_to(boost::mp11::mp_size<Enumerators>::value - 1),
        [&](auto i) { value = boost::mp11::mp_at_c<Enumerators, i>::value; });
    return value;
  } else if constexpr (is_optional_v<T>) {
    if (!full && random.yes()) return std::nullopt;
    return random_value<typename T::value_type>(random, full);
  } else if constexpr (is_vector_v<T>) {
    T items;
    for (auto left = full ? 2 : random.up_to(3); left > 0; --left)
      items.push_back(random_value<typename T::value_type>(random, full));
    return items;
  } else {
    static_assert(Described<T>, "a field type without random values");
    T value{};
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      auto& place = value.*member.pointer;
      place = random_value<std::remove_reference_t<decltype(place)>>(random, full);
    });
    return value;
  }
}

template <class Event>
Event random_event(Random& random, bool full) {
  Event event{};
  if constexpr (ledger::has_data_v<Event>) event = random_value<Event>(random, full);
  if constexpr (ledger::HasOpen<Event>) event.open = random_value<decltype(event.open)>(random, full);
  if constexpr (ledger::HasPersonal<Event>) event.personal = random_value<decltype(event.personal)>(random, full);
  return event;
}

// A stream name that the events of a type may have.
template <class Event>
std::string random_stream(Random& random) {
  std::string name(Event::State::kKind);
  for (std::size_t i = 1; i < Event::State::kNameSegments; ++i) name += "/" + random.segment().substr(0, 40);
  return name;
}

}  // namespace fedatario::tests
