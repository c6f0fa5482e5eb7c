// Streams `entity/{code}`: the public entities that are assisted. The code is ours: `divipola-05021` for a mayoralty
// known by its place, `nit-800197268` for one known by its tax number; everything else is a dated attribute. A natural
// person is never an entity.
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/rule.hpp"

namespace fedatario::ledger {

BOOST_DEFINE_ENUM_CLASS(EntityOrder, national, territorial)

struct EntityAttributes {
  std::optional<Title> category;  // municipal category: ESP, 1 to 6
  std::optional<Title> divipola;  // 2 or 5 digits
  Date from;                      // since when they hold
  std::optional<Title> legal_nature;
  std::optional<Title> level;
  Title name;
  std::optional<Title> nit;  // NNNNNNNNN-D
  EntityOrder order{};
  std::optional<bool> pdet;
  std::optional<Title> sector;
  std::optional<Title> sigep;
};
BOOST_DESCRIBE_STRUCT(EntityAttributes, (),
                      (category, divipola, from, legal_nature, level, name, nit, order, pdet, sector, sigep))

struct EntityState {
  static constexpr std::string_view kKind = "entity";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  bool registered = false;
  std::vector<EntityAttributes> attributes;  // in the order recorded; the last stands
};
BOOST_DESCRIBE_STRUCT(EntityState, (), (registered, attributes))

struct EntityRegistered : EntityAttributes {
  using State = EntityState;
  static constexpr std::string_view kType = "entity.registered";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Entidad registrada", "Entity registered"};
  static constexpr RoleSet kAuthors{Role::procedure_coordinator, Role::director, Role::coordinator, Role::professional};
};
BOOST_DESCRIBE_STRUCT(EntityRegistered, (EntityAttributes), ())

struct EntityRevised : EntityAttributes {
  using State = EntityState;
  static constexpr std::string_view kType = "entity.revised";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Entidad actualizada", "Entity revised"};
  static constexpr RoleSet kAuthors{Role::procedure_coordinator};
};
BOOST_DESCRIBE_STRUCT(EntityRevised, (EntityAttributes), ())

Result<void> admit(const EntityState&, const EntityRegistered&, const Context&);
Result<void> admit(const EntityState&, const EntityRevised&, const Context&);
void evolve(EntityState&, const EntityRegistered&, const Occurrence&);
void evolve(EntityState&, const EntityRevised&, const Occurrence&);

Result<void> require_entity(const Lookup& lookup, std::string_view code, std::string pointer);

using EntityEvents = boost::mp11::mp_list<EntityRegistered, EntityRevised>;

}  // namespace fedatario::ledger
