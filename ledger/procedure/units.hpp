// Streams `unit/{code}`: the directorates and other units that plan and execute.
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/rule.hpp"

namespace fedatario::ledger {

struct UnitState {
  static constexpr std::string_view kKind = "unit";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  bool registered = false;
  bool closed = false;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(UnitState, (), (registered, closed, name))

struct UnitRegistered {
  using State = UnitState;
  static constexpr std::string_view kType = "unit.registered";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Dependencia registrada", "Unit registered"};
  static constexpr RoleSet kAuthors{Role::procedure_coordinator};

  std::optional<Title> act;
  std::optional<Date> from;
  Title name;
  std::optional<Code> producing_office;  // code of the TRD
};
BOOST_DESCRIBE_STRUCT(UnitRegistered, (), (act, from, name, producing_office))

struct UnitRenamed {
  using State = UnitState;
  static constexpr std::string_view kType = "unit.renamed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Dependencia renombrada", "Unit renamed"};
  static constexpr RoleSet kAuthors{Role::procedure_coordinator};

  std::optional<Title> act;
  Date from;
  Title name;
};
BOOST_DESCRIBE_STRUCT(UnitRenamed, (), (act, from, name))

struct UnitClosed {
  using State = UnitState;
  static constexpr std::string_view kType = "unit.closed";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Dependencia suprimida", "Unit closed"};
  static constexpr RoleSet kAuthors{Role::procedure_coordinator};

  Title act;
  Date from;
};
BOOST_DESCRIBE_STRUCT(UnitClosed, (), (act, from))

Result<void> admit(const UnitState&, const UnitRegistered&, const Context&);
Result<void> admit(const UnitState&, const UnitRenamed&, const Context&);
Result<void> admit(const UnitState&, const UnitClosed&, const Context&);
void evolve(UnitState&, const UnitRegistered&, const Occurrence&);
void evolve(UnitState&, const UnitRenamed&, const Occurrence&);
void evolve(UnitState&, const UnitClosed&, const Occurrence&);

// Registered and not closed, or the refusal at `pointer`.
Result<void> require_unit(const Lookup& lookup, std::string_view code, std::string pointer);

using UnitEvents = boost::mp11::mp_list<UnitRegistered, UnitRenamed, UnitClosed>;

}  // namespace fedatario::ledger
