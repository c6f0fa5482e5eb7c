// Streams `demand/{code}`: what entities and citizens ask for (procedure.md section 8). A demand is received,
// classified, perhaps planned, and finished by one answer, transfer, refusal or withdrawal.
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/calendar.hpp"
#include "ledger/procedure/common.hpp"

namespace fedatario::ledger {

// By what it came: ventanilla, correo electrónico, otro, correspondencia, redes sociales, teléfono, formulario web.
BOOST_DEFINE_ENUM_CLASS(DemandChannel, counter, email, other, post, social_media, telephone, web_form)
BOOST_DEFINE_ENUM_CLASS(DemandKind, petition, documents_or_information, consultation, between_authorities)

// The term of a kind, in business days, and the norm that sets it.
struct DemandTerm {
  int business_days;
  std::string_view norm;
};
DemandTerm term_of(DemandKind kind);

// The last day to answer: the term runs from the day after receipt; an extension counts from the end of that term on
// and up to latest_extension. To answer later is late, never refused.
Date demand_due(const Calendar& calendar, Date received, DemandKind kind, std::optional<Date> extended_until = {});
// The last day to which the term can be extended: the end of double the term.
Date latest_extension(const Calendar& calendar, Date received, DemandKind kind);
// The last day to pass it on to the authority that is competent.
Date transfer_due(const Calendar& calendar, Date received);

struct DemandClassification {
  DemandKind kind{};
  bool orientation = false;  // answered at once, without plan
  Code responsible;          // actor
  std::optional<Code> service;
  Code unit;
  bool operator==(const DemandClassification&) const = default;
};
BOOST_DESCRIBE_STRUCT(DemandClassification, (), (kind, orientation, responsible, service, unit))

BOOST_DEFINE_ENUM_CLASS(DemandStage, none, received, classified, planned, answered, transferred, declined, withdrawn)

struct DemandState {
  static constexpr std::string_view kKind = "demand";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  DemandStage stage = DemandStage::none;
  std::optional<Date> received;
  std::optional<Title> filing_number;
  std::optional<DemandClassification> classification;
  Position classified_at;
  std::optional<Date> extended_until;
  std::string plan;  // stream; empty until planned
  std::string line;
};
BOOST_DESCRIBE_STRUCT(DemandState, (),
                      (stage, received, filing_number, classification, classified_at, extended_until, plan, line))

// Of an entity, or of citizens, whose names stand in personal parts alone; with neither it is anonymous.
struct DemandReceived {
  using State = DemandState;
  static constexpr std::string_view kType = "demand.received";
  static constexpr int kActivity = 3;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Solicitud recibida", "Demand received"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::procedure_coordinator,
                                    Role::subdirection};

  struct Personal {
    std::optional<Title> contact;
    Title name;
  };
  std::vector<Personal> personal;

  DemandChannel channel{};
  Date date;
  std::optional<Code> entity;
  std::optional<Title> filing_number;
  Title subject;
};
BOOST_DESCRIBE_STRUCT(DemandReceived::Personal, (), (contact, name))
BOOST_DESCRIBE_STRUCT(DemandReceived, (), (channel, date, entity, filing_number, subject))

// Classified again, it is planned again.
struct DemandClassified : DemandClassification {
  using State = DemandState;
  static constexpr std::string_view kType = "demand.classified";
  static constexpr int kActivity = 3;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Solicitud clasificada", "Demand classified"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::procedure_coordinator};
};
BOOST_DESCRIBE_STRUCT(DemandClassified, (DemandClassification), ())

struct DemandPlanned {
  using State = DemandState;
  static constexpr std::string_view kType = "demand.planned";
  static constexpr int kActivity = 3;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Solicitud incluida en el plan", "Demand planned"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::procedure_coordinator};

  Code line;
  StreamName plan;
};
BOOST_DESCRIBE_STRUCT(DemandPlanned, (), (line, plan))

struct DemandAnswered {
  using State = DemandState;
  static constexpr std::string_view kType = "demand.answered";
  static constexpr int kActivity = 3;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Solicitud respondida", "Demand answered"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::procedure_coordinator,
                                    Role::subdirection};

  Date date;
  std::optional<std::vector<Evidence>> evidence;
  std::optional<Title> filing_number;  // the answer's; it has one of both
};
BOOST_DESCRIBE_STRUCT(DemandAnswered, (), (date, evidence, filing_number))

struct DemandExtended {
  using State = DemandState;
  static constexpr std::string_view kType = "demand.extended";
  static constexpr int kActivity = 3;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Término prorrogado", "Term extended"};
  static constexpr RoleSet kAuthors{Role::coordinator, Role::director, Role::procedure_coordinator, Role::subdirection};

  Date date;  // on which those who asked were told
  Text reason;
  Date until;
};
BOOST_DESCRIBE_STRUCT(DemandExtended, (), (date, reason, until))

struct DemandTransferred {
  using State = DemandState;
  static constexpr std::string_view kType = "demand.transferred";
  static constexpr int kActivity = 3;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Solicitud trasladada por competencia", "Demand transferred"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::procedure_coordinator,
                                    Role::subdirection};

  Title authority;
  Date date;
  std::optional<Title> filing_number;  // of the letter it is passed on with
};
BOOST_DESCRIBE_STRUCT(DemandTransferred, (), (authority, date, filing_number))

struct DemandDeclined {
  using State = DemandState;
  static constexpr std::string_view kType = "demand.declined";
  static constexpr int kActivity = 3;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Solicitud rechazada", "Demand declined"};
  static constexpr RoleSet kAuthors{Role::coordinator, Role::director, Role::procedure_coordinator, Role::subdirection};

  Date date;
  Title norm;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(DemandDeclined, (), (date, norm, reason))

// Desistimiento, told or tacit.
struct DemandWithdrawn {
  using State = DemandState;
  static constexpr std::string_view kType = "demand.withdrawn";
  static constexpr int kActivity = 3;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Solicitud desistida", "Demand withdrawn"};
  static constexpr RoleSet kAuthors{Role::professional, Role::coordinator, Role::director, Role::procedure_coordinator,
                                    Role::subdirection};

  Date date;
  std::optional<std::vector<Evidence>> evidence;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(DemandWithdrawn, (), (date, evidence, reason))

Result<void> admit(const DemandState&, const DemandReceived&, const Context&);
Result<void> admit(const DemandState&, const DemandClassified&, const Context&);
Result<void> admit(const DemandState&, const DemandPlanned&, const Context&);
Result<void> admit(const DemandState&, const DemandAnswered&, const Context&);
Result<void> admit(const DemandState&, const DemandExtended&, const Context&);
Result<void> admit(const DemandState&, const DemandTransferred&, const Context&);
Result<void> admit(const DemandState&, const DemandDeclined&, const Context&);
Result<void> admit(const DemandState&, const DemandWithdrawn&, const Context&);
void evolve(DemandState&, const DemandReceived&, const Occurrence&);
void evolve(DemandState&, const DemandClassified&, const Occurrence&);
void evolve(DemandState&, const DemandPlanned&, const Occurrence&);
void evolve(DemandState&, const DemandAnswered&, const Occurrence&);
void evolve(DemandState&, const DemandExtended&, const Occurrence&);
void evolve(DemandState&, const DemandTransferred&, const Occurrence&);
void evolve(DemandState&, const DemandDeclined&, const Occurrence&);
void evolve(DemandState&, const DemandWithdrawn&, const Occurrence&);

using DemandEvents = boost::mp11::mp_list<DemandReceived, DemandClassified, DemandPlanned, DemandAnswered,
                                          DemandExtended, DemandTransferred, DemandDeclined, DemandWithdrawn>;

}  // namespace fedatario::ledger
