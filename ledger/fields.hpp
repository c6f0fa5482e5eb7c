// Fields: from one description of a struct (Boost.Describe) come its strict reading from JSON, with a pointer to every
// fault, and its writing. A field's type says what may stand in it; rules check only what one field alone cannot tell.
//
// A member that is std::optional may be absent; every other must stand. Unknown members are refused. Empty optionals
// are not written. Enumerators are named as they stand in JSON.
#pragma once

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/label.hpp"
#include "ledger/limits.hpp"
#include "ledger/names.hpp"
#include "ledger/refusal.hpp"
#include "ledger/statement.hpp"
#include "ledger/time.hpp"

namespace fedatario::ledger {

// A code: one segment (FORMAT.md section 1).
struct Code {
  std::string value;
  auto operator<=>(const Code&) const = default;
};
// One line for people: 1 to 300 bytes, no control character.
struct Title {
  std::string value;
  auto operator<=>(const Title&) const = default;
};
// Free text for people: 1 to 4,000 bytes, no control character but line feed and tab.
struct Text {
  std::string value;
  auto operator<=>(const Text&) const = default;
};
// Whole Colombian pesos, not negative.
struct Pesos {
  std::int64_t value = 0;
  auto operator<=>(const Pesos&) const = default;
};
// How many; not negative.
struct Count {
  std::int64_t value = 0;
  auto operator<=>(const Count&) const = default;
};
// The time of a day, "hh:mm", as minutes from midnight.
struct TimeOfDay {
  std::int32_t minutes = 0;
  auto operator<=>(const TimeOfDay&) const = default;
};
// Bytes of another format, base64 (standard alphabet, padded): at most 32 KiB of them.
struct Base64 {
  crypto::Bytes bytes;
  bool operator==(const Base64&) const = default;
};
// The id of an event: a UUID of version 7.
struct EventIdField {
  EventId value;
  bool operator==(const EventIdField&) const = default;
};
// The name of a stream (FORMAT.md section 1).
struct StreamName {
  std::string value;
  auto operator<=>(const StreamName&) const = default;
};
// An object whose members another field says: read again into the struct meant.
struct JsonObject {
  boost::json::value value = boost::json::object();
  bool operator==(const JsonObject&) const = default;
};
// An Ed25519 public key: hex of its 32 bytes, canonical and not of small order.
struct KeyField {
  crypto::Bytes raw;
  bool operator==(const KeyField&) const = default;
};

// Reading: the value, or what was expected. Writing: JSON.
template <class T>
struct Field;

template <class T>
concept Described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

Refusal field_expected(const std::string& pointer, Label expected);
Refusal field_missing(const std::string& pointer, std::string_view name);
Refusal field_unknown(const std::string& pointer, std::string_view name);
// Appends "/name" with RFC 6901 escapes.
std::string pointer_to(const std::string& pointer, std::string_view name);

// FORMAT.md section 1: no null, and no number but integers of at most 53 bits, at any depth.
bool has_only_format_values(const boost::json::value& json);

template <class T>
Result<T> read_field(const boost::json::value& json, const std::string& pointer) {
  return Field<T>::read(json, pointer);
}
template <class T>
boost::json::value write_field(const T& value) {
  return Field<T>::write(value);
}

#define FEDATARIO_FIELD(Type)                                                             \
  template <>                                                                             \
  struct Field<Type> {                                                                    \
    static Result<Type> read(const boost::json::value& json, const std::string& pointer); \
    static boost::json::value write(const Type& value);                                   \
  };
FEDATARIO_FIELD(bool)
FEDATARIO_FIELD(std::int64_t)
FEDATARIO_FIELD(Code)
FEDATARIO_FIELD(Title)
FEDATARIO_FIELD(Text)
FEDATARIO_FIELD(Pesos)
FEDATARIO_FIELD(Count)
FEDATARIO_FIELD(TimeOfDay)
FEDATARIO_FIELD(Base64)
FEDATARIO_FIELD(EventIdField)
FEDATARIO_FIELD(StreamName)
FEDATARIO_FIELD(JsonObject)
FEDATARIO_FIELD(KeyField)
FEDATARIO_FIELD(Date)
FEDATARIO_FIELD(crypto::Digest)
#undef FEDATARIO_FIELD

template <DescribedEnum T>
struct Field<T> {
  static Result<T> read(const boost::json::value& json, const std::string& pointer) {
    if (const auto* text = json.if_string()) {
      std::optional<T> value;
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto descriptor) {
        if (std::string_view(*text) == descriptor.name) value = descriptor.value;
      });
      if (value) return *value;
    }
    std::string names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto descriptor) {
      if (!names.empty()) names += ", ";
      names += descriptor.name;
    });
    const std::string es = "uno de: " + names, en = "one of: " + names;
    return field_expected(pointer, Label{es, en});
  }
  static boost::json::value write(T value) { return boost::json::string(boost::describe::enum_to_string(value, "")); }
};

template <class T>
struct Field<std::vector<T>> {
  static Result<std::vector<T>> read(const boost::json::value& json, const std::string& pointer) {
    const auto* array = json.if_array();
    if (!array || array->size() > kMaxListItems)
      return field_expected(pointer, {"una lista de a lo sumo 1000 elementos", "a list of at most 1000 items"});
    std::vector<T> items;
    items.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
      auto item = read_field<T>((*array)[i], pointer + '/' + std::to_string(i));
      if (!item) return item.error();
      items.push_back(std::move(*item));
    }
    return items;
  }
  static boost::json::value write(const std::vector<T>& items) {
    boost::json::array array;
    array.reserve(items.size());
    for (const auto& item : items) array.push_back(write_field(item));
    return array;
  }
};

template <class T>
inline constexpr bool is_optional_v = false;
template <class T>
inline constexpr bool is_optional_v<std::optional<T>> = true;

template <Described T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <Described T>
struct Field<T> {
  static Result<T> read(const boost::json::value& json, const std::string& pointer) {
    const auto* object = json.if_object();
    if (!object) return field_expected(pointer, {"un objeto JSON", "a JSON object"});
    T value{};
    std::optional<Refusal> fault;
    std::size_t found = 0;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      if (fault) return;
      auto& place = value.*member.pointer;
      using Place = std::remove_reference_t<decltype(place)>;
      const auto* json_member = object->if_contains(member.name);
      if (!json_member) {
        if constexpr (!is_optional_v<Place>) fault = field_missing(pointer, member.name);
        return;
      }
      ++found;
      if constexpr (is_optional_v<Place>) {
        auto read = read_field<typename Place::value_type>(*json_member, pointer_to(pointer, member.name));
        if (read)
          place = std::move(*read);
        else
          fault = read.error();
      } else {
        auto read = read_field<Place>(*json_member, pointer_to(pointer, member.name));
        if (read)
          place = std::move(*read);
        else
          fault = read.error();
      }
    });
    if (fault) return *std::move(fault);
    if (found != object->size()) return unknown_member(*object, pointer);
    return value;
  }

  static boost::json::value write(const T& value) {
    boost::json::object object;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      const auto& place = value.*member.pointer;
      if constexpr (is_optional_v<std::remove_cvref_t<decltype(place)>>) {
        if (place) object[member.name] = write_field(*place);
      } else {
        object[member.name] = write_field(place);
      }
    });
    return object;
  }

 private:
  static Refusal unknown_member(const boost::json::object& object, const std::string& pointer) {
    for (const auto& member : object) {
      bool known = false;
      boost::mp11::mp_for_each<MembersOf<T>>([&](auto described) { known |= member.key() == described.name; });
      if (!known) return field_unknown(pointer, member.key());
    }
    return field_unknown(pointer, "");
  }
};

}  // namespace fedatario::ledger
