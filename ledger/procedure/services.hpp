// Streams `service/{code}`: the catalogue [catálogo, portafolio]. A service has ordered milestones and is delivered
// only when all are reached.
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/rule.hpp"

namespace fedatario::ledger {

// asesoría, orientación, asistencia técnica, capacitación. An orientation needs no plan.
BOOST_DEFINE_ENUM_CLASS(ServiceKind, advice, orientation, technical_assistance, training)

struct ServiceMilestone {
  Code code;
  Title name;
  bool operator==(const ServiceMilestone&) const = default;
};
BOOST_DESCRIBE_STRUCT(ServiceMilestone, (), (code, name))

struct ServiceFields {
  bool any_order = false;  // milestones may be reached in any order
  ServiceKind kind{};
  std::vector<ServiceMilestone> milestones;
  Title name;
  Title theme;
  Code unit;
  bool operator==(const ServiceFields&) const = default;
};
BOOST_DESCRIBE_STRUCT(ServiceFields, (), (any_order, kind, milestones, name, theme, unit))

struct ServiceState {
  static constexpr std::string_view kKind = "service";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  bool offered = false;
  bool withdrawn = false;
  ServiceFields fields;
};
BOOST_DESCRIBE_STRUCT(ServiceState, (), (offered, withdrawn, fields))

struct ServiceOffered : ServiceFields {
  using State = ServiceState;
  static constexpr std::string_view kType = "service.offered";
  static constexpr int kActivity = 2;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Servicio ofertado", "Service offered"};
  static constexpr RoleSet kAuthors{Role::director, Role::procedure_coordinator};
};
BOOST_DESCRIBE_STRUCT(ServiceOffered, (ServiceFields), ())

struct ServiceRevised : ServiceFields {
  using State = ServiceState;
  static constexpr std::string_view kType = "service.revised";
  static constexpr int kActivity = 2;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Servicio revisado", "Service revised"};
  static constexpr RoleSet kAuthors{Role::director, Role::procedure_coordinator};
};
BOOST_DESCRIBE_STRUCT(ServiceRevised, (ServiceFields), ())

struct ServiceWithdrawn {
  using State = ServiceState;
  static constexpr std::string_view kType = "service.withdrawn";
  static constexpr int kActivity = 2;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Servicio retirado", "Service withdrawn"};
  static constexpr RoleSet kAuthors{Role::director, Role::procedure_coordinator};

  Text reason;
};
BOOST_DESCRIBE_STRUCT(ServiceWithdrawn, (), (reason))

Result<void> admit(const ServiceState&, const ServiceOffered&, const Context&);
Result<void> admit(const ServiceState&, const ServiceRevised&, const Context&);
Result<void> admit(const ServiceState&, const ServiceWithdrawn&, const Context&);
void evolve(ServiceState&, const ServiceOffered&, const Occurrence&);
void evolve(ServiceState&, const ServiceRevised&, const Occurrence&);
void evolve(ServiceState&, const ServiceWithdrawn&, const Occurrence&);

using ServiceEvents = boost::mp11::mp_list<ServiceOffered, ServiceRevised, ServiceWithdrawn>;

}  // namespace fedatario::ledger
