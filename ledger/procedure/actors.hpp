// Streams `actor/{id}`: who there is, in which roles, with which keys. Authority as it was on any date is read from
// here.
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/rule.hpp"

namespace fedatario::ledger {

BOOST_DEFINE_ENUM_CLASS(ActorKind, person, system)
// By what title a role is held: the post itself, in charge of another's, functions assigned, delegation, contract.
BOOST_DEFINE_ENUM_CLASS(GrantTitle, titular, encargo, assignment, delegation, contract)
BOOST_DEFINE_ENUM_CLASS(KeyEnd, lost, compromised, replaced, retired)

struct ActorState {
  static constexpr std::string_view kKind = "actor";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  struct Grant {
    Role role{};
    std::string unit;
    Date from;
    std::optional<Date> until;  // last day
    bool suspended = false;
    bool revoked = false;
    std::vector<std::string> departments;  // empty: no limit
    std::vector<std::string> lines;        // empty: no limit
  };
  struct Key {
    crypto::Bytes raw;
    crypto::Digest id;
    bool revoked = false;
  };

  bool registered = false;
  bool retired = false;
  ActorKind kind = ActorKind::person;
  std::vector<Grant> grants;
  std::vector<Key> keys;
};
BOOST_DESCRIBE_STRUCT(ActorState::Grant, (), (role, unit, from, until, suspended, revoked, departments, lines))
BOOST_DESCRIBE_STRUCT(ActorState::Key, (), (raw, id, revoked))
BOOST_DESCRIBE_STRUCT(ActorState, (), (registered, retired, kind, grants, keys))

struct ActorRegistered {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.registered";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Actor registrado", "Actor registered"};
  static constexpr RoleSet kAuthors{Role::administrator};

  struct Personal {
    Title name;
    std::optional<Title> email;
  };
  std::vector<Personal> personal;

  ActorKind kind = ActorKind::person;
  std::optional<Code> unit;  // where he works
};
BOOST_DESCRIBE_STRUCT(ActorRegistered::Personal, (), (name, email))
BOOST_DESCRIBE_STRUCT(ActorRegistered, (), (kind, unit))

struct ActorRetired {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.retired";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Actor retirado", "Actor retired"};
  static constexpr RoleSet kAuthors{Role::administrator};

  struct Open {
    Code act;
  } open;
};
BOOST_DESCRIBE_STRUCT(ActorRetired::Open, (), (act))
BOOST_DESCRIBE_STRUCT(ActorRetired, (), ())

struct ActorRoleGranted {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.role.granted";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Rol otorgado", "Role granted"};
  static constexpr RoleSet kAuthors{Role::administrator};

  struct Open {
    Code act;                                      // the act that orders it
    std::optional<std::vector<Code>> departments;  // DIVIPOLA, two digits
    Date from;
    std::optional<std::vector<Code>> lines;
    Role role{};
    std::optional<Code> stands_in_for;
    GrantTitle title{};
    std::optional<Code> unit;
    std::optional<Date> until;  // last day
  } open;
};
BOOST_DESCRIBE_STRUCT(ActorRoleGranted::Open, (),
                      (act, departments, from, lines, role, stands_in_for, title, unit, until))
BOOST_DESCRIBE_STRUCT(ActorRoleGranted, (), ())

// Suspension, resumption and revocation name the role they concern in the same way.
struct RoleEnd {
  Code act;
  Role role{};
  std::optional<Code> unit;
};
BOOST_DESCRIBE_STRUCT(RoleEnd, (), (act, role, unit))

struct ActorRoleSuspended {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.role.suspended";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Rol suspendido", "Role suspended"};
  static constexpr RoleSet kAuthors{Role::administrator};
  using Open = RoleEnd;
  Open open;
};
BOOST_DESCRIBE_STRUCT(ActorRoleSuspended, (), ())

struct ActorRoleResumed {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.role.resumed";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Rol reanudado", "Role resumed"};
  static constexpr RoleSet kAuthors{Role::administrator};
  using Open = RoleEnd;
  Open open;
};
BOOST_DESCRIBE_STRUCT(ActorRoleResumed, (), ())

struct ActorRoleRevoked {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.role.revoked";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Rol terminado", "Role revoked"};
  static constexpr RoleSet kAuthors{Role::administrator};
  using Open = RoleEnd;
  Open open;
};
BOOST_DESCRIBE_STRUCT(ActorRoleRevoked, (), ())

// Its envelope carries a second signature, by the key enrolled.
struct ActorKeyEnrolled {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.key.enrolled";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Clave inscrita", "Key enrolled"};
  static constexpr RoleSet kAuthors{Role::administrator};

  struct Open {
    KeyField public_key;
  } open;
};
BOOST_DESCRIBE_STRUCT(ActorKeyEnrolled::Open, (), (public_key))
BOOST_DESCRIBE_STRUCT(ActorKeyEnrolled, (), ())

struct ActorKeyRevoked {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.key.revoked";
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Clave revocada", "Key revoked"};
  static constexpr RoleSet kAuthors{Role::administrator};

  struct Open {
    KeyEnd because{};
    crypto::Digest key;  // id of the key
  } open;
};
BOOST_DESCRIBE_STRUCT(ActorKeyRevoked::Open, (), (because, key))
BOOST_DESCRIBE_STRUCT(ActorKeyRevoked, (), ())

Result<void> admit(const ActorState&, const ActorRegistered&, const Context&);
Result<void> admit(const ActorState&, const ActorRetired&, const Context&);
Result<void> admit(const ActorState&, const ActorRoleGranted&, const Context&);
Result<void> admit(const ActorState&, const ActorRoleSuspended&, const Context&);
Result<void> admit(const ActorState&, const ActorRoleResumed&, const Context&);
Result<void> admit(const ActorState&, const ActorRoleRevoked&, const Context&);
Result<void> admit(const ActorState&, const ActorKeyEnrolled&, const Context&);
Result<void> admit(const ActorState&, const ActorKeyRevoked&, const Context&);
void evolve(ActorState&, const ActorRegistered&, const Occurrence&);
void evolve(ActorState&, const ActorRetired&, const Occurrence&);
void evolve(ActorState&, const ActorRoleGranted&, const Occurrence&);
void evolve(ActorState&, const ActorRoleSuspended&, const Occurrence&);
void evolve(ActorState&, const ActorRoleResumed&, const Occurrence&);
void evolve(ActorState&, const ActorRoleRevoked&, const Occurrence&);
void evolve(ActorState&, const ActorKeyEnrolled&, const Occurrence&);
void evolve(ActorState&, const ActorKeyRevoked&, const Occurrence&);

using ActorEvents = boost::mp11::mp_list<ActorRegistered, ActorRetired, ActorRoleGranted, ActorRoleSuspended,
                                         ActorRoleResumed, ActorRoleRevoked, ActorKeyEnrolled, ActorKeyRevoked>;

}  // namespace fedatario::ledger
