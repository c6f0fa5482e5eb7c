// The roles of the procedure, and the form in which a statement names one: `role` for the agency's, `role@unit` for a
// unit's.
#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/label.hpp"

namespace fedatario::ledger {

BOOST_DEFINE_ENUM_CLASS(Role, administrator, archive, archive_committee, committee, control_office, coordinator,
                        director, external_auditor, ledger, legal, planning_office, procedure_coordinator, professional,
                        subdirection, system, system_officer, territorial_manager)

std::string_view name_of(Role role);
std::optional<Role> parse_role(std::string_view name);
Label label_of(Role role);

// director, coordinator, professional, territorial_manager: they speak for a unit and are written `role@unit`.
bool is_unit_role(Role role);

// Which roles may author an event type.
class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr RoleSet(std::initializer_list<Role> roles) {
    for (Role role : roles) bits_ |= bit(role);
  }
  constexpr void add(Role role) { bits_ |= bit(role); }
  constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
  std::string names(std::string_view separator) const;

 private:
  static constexpr std::uint32_t bit(Role role) { return std::uint32_t{1} << static_cast<int>(role); }
  std::uint32_t bits_ = 0;
};

// All that persons hold: every role but the ledger's own and that of systems.
inline constexpr RoleSet kPersonRoles{Role::administrator,
                                      Role::archive,
                                      Role::archive_committee,
                                      Role::committee,
                                      Role::control_office,
                                      Role::coordinator,
                                      Role::director,
                                      Role::external_auditor,
                                      Role::legal,
                                      Role::planning_office,
                                      Role::procedure_coordinator,
                                      Role::professional,
                                      Role::subdirection,
                                      Role::system_officer,
                                      Role::territorial_manager};

// `as` of a statement.
struct Capacity {
  Role role{};
  std::string unit;  // empty for a role of the agency

  static std::optional<Capacity> parse(std::string_view text);
  std::string text() const;
  bool operator==(const Capacity&) const = default;
};

}  // namespace fedatario::ledger
