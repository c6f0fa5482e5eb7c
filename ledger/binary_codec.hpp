// How described structs become bytes for rest: cereal over the descriptions (Boost.Describe), with archives that write
// straight into a string, lengths as variable-length integers and numbers as this machine has them. Nothing of this is
// signed or committed to: the store's own records, saved states, the rows of views.
#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/set.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>
#include <cstring>
#include <stdexcept>

#include "ledger/fields.hpp"
#include "ledger/names.hpp"
#include "ledger/statement.hpp"
#include "ledger/time.hpp"

namespace fedatario::ledger {

// The bytes are not exactly those of a value.
struct BinaryError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class BinaryWriter : public cereal::OutputArchive<BinaryWriter, cereal::AllowEmptyClassElision> {
 public:
  explicit BinaryWriter(crypto::Bytes& out) : OutputArchive(this), out_(out) {}
  void raw(const void* data, std::size_t size) { out_.append(static_cast<const char*>(data), size); }
  void length(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }

 private:
  crypto::Bytes& out_;
};

// Throws BinaryError where the bytes end too early; a list is never made longer than the bytes left.
class BinaryReader : public cereal::InputArchive<BinaryReader, cereal::AllowEmptyClassElision> {
 public:
  explicit BinaryReader(crypto::View in) : InputArchive(this), in_(in) {}
  void raw(void* data, std::size_t size) {
    require(size <= in_.size());
    std::memcpy(data, in_.data(), size);
    in_.remove_prefix(size);
  }
  std::uint64_t length() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      require(!in_.empty() && shift < 63);
      const auto byte = static_cast<std::uint8_t>(in_.front());
      in_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) break;
    }
    require(value <= in_.size());
    return value;
  }
  bool at_end() const { return in_.empty(); }

 private:
  static void require(bool good) {
    if (!good) throw BinaryError("a stored value is cut short");
  }
  crypto::View in_;
};

template <class T>
crypto::Bytes to_binary(const T& value) {
  crypto::Bytes out;
  BinaryWriter writer(out);
  writer(value);
  return out;
}

// Throws BinaryError.
template <class T>
T from_binary(crypto::View bytes) {
  T value;
  BinaryReader reader(bytes);
  reader(value);
  if (!reader.at_end()) throw BinaryError("a stored value is too long");
  return value;
}

}  // namespace fedatario::ledger

namespace cereal {

namespace fl = fedatario::ledger;

template <class T>
requires std::is_arithmetic_v<T>
void CEREAL_SAVE_FUNCTION_NAME(fl::BinaryWriter& out, const T& value) { out.raw(&value, sizeof value); }
template <class T>
requires std::is_arithmetic_v<T>
void CEREAL_LOAD_FUNCTION_NAME(fl::BinaryReader& in, T& value) { in.raw(&value, sizeof value); }
template <class T>
void CEREAL_SAVE_FUNCTION_NAME(fl::BinaryWriter& out, const SizeTag<T>& tag) {
  out.length(tag.size);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(fl::BinaryReader& in, SizeTag<T>& tag) {
  tag.size = in.length();
}
template <class T>
void CEREAL_SAVE_FUNCTION_NAME(fl::BinaryWriter& out, const BinaryData<T>& data) {
  out.raw(data.data, static_cast<std::size_t>(data.size));
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(fl::BinaryReader& in, BinaryData<T>& data) {
  in.raw(data.data, static_cast<std::size_t>(data.size));
}

// A described struct: its members in order.
template <class Archive, fl::Described T>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, T& value) {
  boost::mp11::mp_for_each<fl::MembersOf<T>>([&](auto member) { archive(value.*member.pointer); });
}

template <class Archive, class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, NameValuePair<T>& pair) {
  archive(pair.value);
}

// Field types that are not composed of others.
using Wrappers = boost::mp11::mp_list<fl::Code, fl::Title, fl::Text, fl::Pesos, fl::Count, fl::Position, fl::Version,
                                      fl::EventIdField>;
template <class Archive, class T>
requires boost::mp11::mp_contains<Wrappers, T>::value void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, T& field) {
  archive(field.value);
}
template <class Archive>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, fl::Recorded& time) {
  archive(time.micros);
}
template <class Archive>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, fl::Declared& time) {
  archive(time.seconds, time.offset_min);
}
template <class Archive>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, fl::TimeOfDay& time) {
  archive(time.minutes);
}
template <class Archive>
std::int32_t CEREAL_SAVE_MINIMAL_FUNCTION_NAME(const Archive&, const fl::Date& date) {
  return static_cast<std::int32_t>(date.days.time_since_epoch().count());
}
template <class Archive>
void CEREAL_LOAD_MINIMAL_FUNCTION_NAME(const Archive&, fl::Date& date, const std::int32_t& count) {
  date.days = std::chrono::sys_days{std::chrono::days{count}};
}
template <class Archive>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, fl::EventId& id) {
  archive(binary_data(id.bytes.data(), id.bytes.size()));
}
template <class Archive>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, fedatario::crypto::Digest& digest) {
  archive(binary_data(digest.bytes.data(), digest.bytes.size()));
}

}  // namespace cereal

CEREAL_SETUP_ARCHIVE_TRAITS(fedatario::ledger::BinaryReader, fedatario::ledger::BinaryWriter)
