// Values whose type is one of many and is known only when they are made: what a statement says (Body) and what a stream
// has become (State). Users ask for the type they mean; what holds of every type is in vocabulary.hpp.
#pragma once

#include <cassert>
#include <memory>
#include <string_view>
#include <typeinfo>
#include <utility>

namespace fedatario::ledger {

struct EventType;
struct Kind;

// The description of an event struct and of a state struct; they live for ever. Precondition (asserted): they are in
// the vocabulary.
const EventType& event_type(const std::type_info& type, std::string_view name);
const Kind& stream_kind(const std::type_info& type);
template <class T>
const EventType& event_type_of() {
  static const auto& type = event_type(typeid(T), T::kType);
  return type;
}
template <class S>
const Kind& kind_of_state() {
  static const auto& kind = stream_kind(typeid(S));
  return kind;
}

// What a statement says, read into the struct of its type. Copies share it: nobody changes it.
class Body {
 public:
  Body() = default;  // says nothing yet; may only be assigned to
  template <class T>
  Body(std::in_place_type_t<T>, T event)
      : type_(&event_type_of<T>()), event_(std::make_shared<const T>(std::move(event))) {}
  template <class T>
  requires requires { T::kType; }
  Body(T event) : Body(std::in_place_type<T>, std::move(event)) {}
  Body(const EventType& type, std::shared_ptr<const void> event) : type_(&type), event_(std::move(event)) {}

  const EventType& type() const { return *type_; }
  const void* address() const { return event_.get(); }
  template <class T>
  bool is() const {
    return type_ == &event_type_of<T>();
  }
  // Null when it is of another type.
  template <class T>
  const T* get_if() const {
    return is<T>() ? static_cast<const T*>(event_.get()) : nullptr;
  }
  // Precondition (asserted): it is of this type.
  template <class T>
  const T& get() const {
    const auto* event = get_if<T>();
    assert(event);
    return *event;
  }

 private:
  const EventType* type_ = nullptr;
  std::shared_ptr<const void> event_;
};

// What a stream has become. Copies are independent.
class State {
 public:
  State(const Kind& kind, std::shared_ptr<void> state) : kind_(&kind), state_(std::move(state)) {}
  State(const State& other);
  State(State&&) = default;
  State& operator=(const State& other) { return *this = State(other); }
  State& operator=(State&&) = default;

  const Kind& kind() const { return *kind_; }
  const void* address() const { return state_.get(); }
  void* address() { return state_.get(); }
  template <class T>
  bool is() const {
    return kind_ == &kind_of_state<T>();
  }
  // Precondition (asserted): it is of this kind.
  template <class T>
  const T& get() const {
    assert(is<T>());
    return *static_cast<const T*>(state_.get());
  }

 private:
  const Kind* kind_;
  std::shared_ptr<void> state_;
};

}  // namespace fedatario::ledger
