// How the store's own records are written: cereal's portable binary archive. Nothing of this is signed or committed to;
// what is decoded comes from rows whose checksum the engine verified.
#pragma once

#include <cereal/archives/portable_binary.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>
#include <sstream>
#include <string>
#include <string_view>

#include "ledger/store.hpp"

namespace fedatario::ledger {

template <class Archive>
void save(Archive& archive, const SealedPart& part) {
  archive(part.group, part.wrapped_key, part.ciphertext);
}
template <class Archive>
void load(Archive& archive, SealedPart& part) {
  archive(part.group, part.wrapped_key, part.ciphertext);
}
template <class Archive>
void serialize(Archive& archive, WrappedGroupKey& key) {
  archive(key.kek_number, key.wrapped);
}
template <class Archive>
void save(Archive& archive, const Head& head) {
  archive(head.size, std::string(head.root.view()), head.recorded_at.micros);
}
template <class Archive>
void load(Archive& archive, Head& head) {
  std::string root;
  archive(head.size, root, head.recorded_at.micros);
  if (root.size() != 32) throw StoreError("the stored head is damaged");
  head.root = crypto::Digest::from(root);
}
template <class Archive>
void serialize(Archive& archive, SavedState& state) {
  archive(state.fold, state.version.value, state.bytes);
}

template <class T>
std::string encode(const T& value) {
  std::ostringstream out;
  cereal::PortableBinaryOutputArchive archive(out);
  archive(value);
  return std::move(out).str();
}

template <class T>
T decode(std::string_view bytes) {
  try {
    std::istringstream in{std::string(bytes)};
    cereal::PortableBinaryInputArchive archive(in);
    T value;
    archive(value);
    return value;
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception& fault) {
    throw StoreError(std::string("a stored record cannot be decoded: ") + fault.what());
  }
}

}  // namespace fedatario::ledger
