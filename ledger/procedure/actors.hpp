// Streams `actor/{id}`: who there is, in which roles, with which keys. Authority as it was on any date is read from
// here.
#pragma once

#include <boost/mp11/list.hpp>
#include <map>

#include "ledger/procedure/common.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

BOOST_DEFINE_ENUM_CLASS(ActorKind, person, system)
// By what title a role is held: the post itself, in charge of another's, functions assigned, delegation, contract.
BOOST_DEFINE_ENUM_CLASS(GrantTitle, titular, encargo, assignment, delegation, contract)
BOOST_DEFINE_ENUM_CLASS(KeyEnd, lost, compromised, replaced, retired)
// Why a key is enrolled: the actor's first; in place of one that signs for it; in place of one that is lost.
BOOST_DEFINE_ENUM_CLASS(KeyGround, first, rotation, replacement)

struct ActorState {
  static constexpr std::string_view kKind = "actor";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 2;

  struct Grant {
    Role role{};
    std::string unit;
    GrantTitle title{};
    std::string stands_in_for;
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
  // Of what he was responsible for, to another.
  struct Handover {
    std::string to;
    std::vector<std::string> items;  // streams
    std::optional<Position> since;   // empty: not accepted yet
  };

  bool registered = false;
  bool retired = false;
  ActorKind kind = ActorKind::person;
  std::string unit;  // where he works
  std::vector<Grant> grants;
  std::vector<Key> keys;
  std::map<std::string, Handover> handovers;  // by code
};
BOOST_DESCRIBE_STRUCT(ActorState::Grant, (),
                      (role, unit, title, stands_in_for, from, until, suspended, revoked, departments, lines))
BOOST_DESCRIBE_STRUCT(ActorState::Key, (), (raw, id, revoked))
BOOST_DESCRIBE_STRUCT(ActorState::Handover, (), (to, items, since))
BOOST_DESCRIBE_STRUCT(ActorState, (), (registered, retired, kind, unit, grants, keys, handovers))

// In force on that day, whatever its scope.
bool is_in_force(const ActorState::Grant& grant, Date day);
bool holds(const ActorState& actor, const Capacity& capacity, Date day);

struct ActorRegistered {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.registered";
  static constexpr int kActivity = 0;
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
  static constexpr int kActivity = 0;
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
  static constexpr int kActivity = 0;
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
  static constexpr int kActivity = 0;
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
  static constexpr int kActivity = 0;
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
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Rol terminado", "Role revoked"};
  static constexpr RoleSet kAuthors{Role::administrator};
  using Open = RoleEnd;
  Open open;
};
BOOST_DESCRIBE_STRUCT(ActorRoleRevoked, (), ())

// Its envelope carries a second signature, by the key enrolled. A first key and one in place of a lost one are an
// administrator's; a rotation is the actor's own, signed by the key that it replaces.
struct ActorKeyEnrolled {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.key.enrolled";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 2;
  static constexpr Label kLabel{"Clave inscrita", "Key enrolled"};
  static constexpr RoleSet kAuthors = kPersonRoles;
  // In schema 1 administrators alone enrolled keys, and nothing said why.
  static void lift(std::int64_t schema, Parts& parts);

  struct Open {
    KeyGround ground{};
    KeyField public_key;
    std::optional<crypto::Digest> replaces;  // id of a key that ends with this
  } open;
};
BOOST_DESCRIBE_STRUCT(ActorKeyEnrolled::Open, (), (ground, public_key, replaces))
BOOST_DESCRIBE_STRUCT(ActorKeyEnrolled, (), ())

struct ActorKeyRevoked {
  using State = ActorState;
  static constexpr std::string_view kType = "actor.key.revoked";
  static constexpr int kActivity = 0;
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

// What he is responsible for passes to another [entrega del cargo]: at once when the unit's director says so, else when
// the other accepts.
struct HandoverMade {
  using State = ActorState;
  static constexpr std::string_view kType = "handover.made";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Entrega del cargo hecha", "Hand-over made"};
  static constexpr RoleSet kAuthors = kPersonRoles;

  std::optional<Title> act;
  Code code;
  std::vector<StreamName> items;  // lines (their interventions), demands and record files
  Text reason;
  Code to;  // actor
};
BOOST_DESCRIBE_STRUCT(HandoverMade, (), (act, code, items, reason, to))

struct HandoverAccepted {
  using State = ActorState;
  static constexpr std::string_view kType = "handover.accepted";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Entrega del cargo recibida", "Hand-over accepted"};
  static constexpr RoleSet kAuthors = kPersonRoles;

  Code code;
  std::optional<Text> observations;
};
BOOST_DESCRIBE_STRUCT(HandoverAccepted, (), (code, observations))

Result<void> admit(const ActorState&, const HandoverMade&, const Context&);
Result<void> admit(const ActorState&, const HandoverAccepted&, const Context&);
void evolve(ActorState&, const HandoverMade&, const Occurrence&);
void evolve(ActorState&, const HandoverAccepted&, const Occurrence&);
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

using ActorEvents =
    boost::mp11::mp_list<ActorRegistered, ActorRetired, ActorRoleGranted, ActorRoleSuspended, ActorRoleResumed,
                         ActorRoleRevoked, ActorKeyEnrolled, ActorKeyRevoked, HandoverMade, HandoverAccepted>;

}  // namespace fedatario::ledger
