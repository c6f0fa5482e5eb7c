// From the descriptions of a kind's structs, what the vocabulary knows of it. Included by the one .cpp of each kind,
// which ends with
//   const Kind& plan_kind() { static const Kind kind = describe_kind<PlanEvents>(); return kind; }
// so that the code made for a kind is compiled beside its rules, and in parallel.
#pragma once

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include "crypto/hash.hpp"
#include "ledger/binary_codec.hpp"
#include "ledger/event_traits.hpp"
#include "ledger/flags.hpp"
#include "ledger/shape.hpp"
#include "ledger/vocabulary.hpp"

namespace fedatario::ledger::kind_detail {

template <class S>
std::uint32_t fold_number() {
  std::string text(S::kKind);
  text += ' ' + std::to_string(S::kFold) + ' ';
  append_shape<S>(text);
  const auto digest = crypto::sha256(text);
  return std::uint32_t(digest.bytes[0]) << 24 | std::uint32_t(digest.bytes[1]) << 16 |
         std::uint32_t(digest.bytes[2]) << 8 | std::uint32_t(digest.bytes[3]);
}

// Refuses a part that the type has not, or that it lacks.
Result<void> check_parts(const EventType& type, const Parts& parts);
Result<void> check_open(const EventType& type, const Parts& parts);

template <class T>
Result<Body> read_bare(const EventType& self, const Parts& parts) {
  auto event = std::make_shared<T>();
  if (auto checked = check_open(self, parts); !checked) return checked.error();
  if constexpr (HasOpen<T>) {
    auto open = read_field<std::remove_cvref_t<decltype(event->open)>>(*parts.open, "/open");
    if (!open) return open.error();
    event->open = std::move(*open);
  }
  return Body(self, std::move(event));
}

template <class T>
Result<Body> read(const EventType& self, const Parts& parts) {
  if (auto checked = check_parts(self, parts); !checked) return checked.error();
  auto event = std::make_shared<T>();
  if constexpr (has_data_v<T>) {
    auto fields = read_field<T>(*parts.data, "/data");
    if (!fields) return fields.error();
    *event = std::move(*fields);
  }
  if constexpr (HasOpen<T>) {
    auto open = read_field<std::remove_cvref_t<decltype(event->open)>>(*parts.open, "/open");
    if (!open) return open.error();
    event->open = std::move(*open);
  }
  if constexpr (HasPersonal<T>)
    for (std::size_t i = 0; i < parts.personal.size(); ++i) {
      auto person = read_field<typename decltype(event->personal)::value_type>(parts.personal[i],
                                                                               "/personal/" + std::to_string(i));
      if (!person) return person.error();
      event->personal.push_back(std::move(*person));
    }
  return Body(self, std::move(event));
}

template <class T>
Parts write(const void* address) {
  const auto& event = *static_cast<const T*>(address);
  Parts parts;
  if constexpr (HasOpen<T>) parts.open = write_field(event.open).get_object();
  if constexpr (has_data_v<T>) parts.data = write_field(event).get_object();
  if constexpr (HasPersonal<T>)
    for (const auto& person : event.personal) parts.personal.push_back(write_field(person));
  return parts;
}

template <class T>
Result<void> run_admit(const void* state, const void* event, const Context& context) {
  return admit(*static_cast<const typename T::State*>(state), *static_cast<const T*>(event), context);
}

template <class T>
void run_flag(const void* state, const void* event, const Context& context, Flags& flags) {
  flag(*static_cast<const typename T::State*>(state), *static_cast<const T*>(event), context, flags);
}

template <class T>
void run_evolve(void* address, const void* event, const Occurrence& occurrence) {
  auto& state = *static_cast<typename T::State*>(address);
  evolve(state, *static_cast<const T*>(event), occurrence);
  constexpr bool kDecides = requires { T::kDecides; };
  if constexpr (requires { state.recorders; } && T::kActivity > 0 && !kDecides)
    add_persons(state.recorders[T::kActivity], occurrence.statement);
}

template <class T>
EventType describe_type() {
  EventType type;
  type.type = T::kType;
  type.schema = T::kSchema;
  type.kind = T::State::kKind;
  type.activity = T::kActivity;
  type.label = T::kLabel;
  type.authors = T::kAuthors;
  type.has_open = HasOpen<T>;
  type.has_data = has_data_v<T>;
  type.has_personal = HasPersonal<T>;
  if constexpr (requires { T::kAfterClosing; }) type.after_closing = T::kAfterClosing;
  type.id = &typeid(T);
  type.read = read<T>;
  type.read_bare = read_bare<T>;
  type.write = write<T>;
  if constexpr (T::kSchema > 1) type.lift = T::lift;
  type.admit = run_admit<T>;
  if constexpr (HasFlags<T>) type.flag = run_flag<T>;
  type.evolve = run_evolve<T>;
  return type;
}

}  // namespace fedatario::ledger::kind_detail

namespace fedatario::ledger {

template <class Events>
Kind describe_kind() {
  using S = typename boost::mp11::mp_front<Events>::State;
  Kind kind;
  kind.name = S::kKind;
  kind.name_segments = S::kNameSegments;
  kind.fold_number = kind_detail::fold_number<S>();
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Events>>([&](auto tag) {
    using T = typename decltype(tag)::type;
    static_assert(std::is_same_v<typename T::State, S>, "the types of a kind have one state");
    kind.types.push_back(kind_detail::describe_type<T>());
    kind.types.back().index = kind.types.size() - 1;
  });
  kind.id = &typeid(S);
  kind.make = []() -> std::shared_ptr<void> { return std::make_shared<S>(); };
  kind.copy = [](const void* state) -> std::shared_ptr<void> {
    return std::make_shared<S>(*static_cast<const S*>(state));
  };
  kind.save = [](const void* state) { return to_binary(*static_cast<const S*>(state)); };
  kind.load = [](crypto::View bytes) -> std::shared_ptr<void> { return std::make_shared<S>(from_binary<S>(bytes)); };
  return kind;
}

}  // namespace fedatario::ledger
