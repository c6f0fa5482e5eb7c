// Streams `claim/{code}`: what a person asks about his data [habeas data] (Ley 1581 de 2012). Who he is stands in
// personal parts alone.
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/calendar.hpp"
#include "ledger/procedure/common.hpp"

namespace fedatario::ledger {

// Ley 1581 de 2012, art. 14 and art. 15.
BOOST_DEFINE_ENUM_CLASS(ClaimKind, consultation, claim)
// What a claim asks for; a consultation only asks to see.
BOOST_DEFINE_ENUM_CLASS(ClaimPetition, rectification, erasure, revocation)
BOOST_DEFINE_ENUM_CLASS(ClaimDecision, granted, refused, returned)

// Last days: to answer, and to answer where the delay and its reasons were made known within the first.
struct ClaimTerm {
  Date due;
  Date extended;
  bool operator==(const ClaimTerm&) const = default;
};
// From the day after receipt: 10 business days and 5 more, or 15 and 8. To answer later is late, never refused.
ClaimTerm claim_term(ClaimKind kind, Date received, const Calendar& calendar);

// Whose data they are [titular].
struct DataSubject {
  std::optional<Title> document_number;
  std::optional<Title> email;
  Title name;
};
BOOST_DESCRIBE_STRUCT(DataSubject, (), (document_number, email, name))

// One person's data in an event.
struct PersonalPart {
  EventIdField event;
  Count part;  // from 0
  bool operator==(const PersonalPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(PersonalPart, (), (event, part))

BOOST_DEFINE_ENUM_CLASS(ClaimStage, none, requested, decided, executed)

struct ClaimState {
  static constexpr std::string_view kKind = "claim";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 2;

  ClaimStage stage = ClaimStage::none;
  std::optional<ClaimPetition> petition;
  std::vector<Code> files;  // that it names
  std::optional<Date> requested_on;
  std::optional<Date> extended_until;
  Persons recorded_by;
  std::optional<ClaimDecision> decision;
  std::vector<PersonalPart> parts;  // to be erased
  std::optional<Date> decided_on;
  Persons decided_by;
};
BOOST_DESCRIBE_STRUCT(ClaimState, (),
                      (stage, petition, files, requested_on, extended_until, recorded_by, decision, parts, decided_on,
                       decided_by))

struct PersonalRequested {
  using State = ClaimState;
  static constexpr std::string_view kType = "personal.requested";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Solicitud sobre datos personales recibida", "Personal data requested"};
  static constexpr RoleSet kAuthors{Role::archive, Role::legal};

  using Personal = DataSubject;
  std::vector<Personal> personal;

  Date date;                // of receipt
  std::vector<Code> files;  // that it names
  std::optional<Title> filing_number;
  ClaimKind kind{};
  std::optional<ClaimPetition> petition;  // of a claim
};
BOOST_DESCRIBE_STRUCT(PersonalRequested, (), (date, files, filing_number, kind, petition))

struct PersonalDecided {
  using State = ClaimState;
  static constexpr std::string_view kType = "personal.decided";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Solicitud sobre datos personales decidida", "Personal data decided"};
  static constexpr RoleSet kAuthors{Role::legal};

  struct Open {
    ClaimDecision decision{};
    std::vector<PersonalPart> parts;  // to be erased; else none
  } open;

  Date date;
  std::vector<Code> disposals;     // executed, of the files concerned
  std::vector<Evidence> evidence;  // the answer given
  Text reason;
};
BOOST_DESCRIBE_STRUCT(PersonalDecided::Open, (), (decision, parts))
BOOST_DESCRIBE_STRUCT(PersonalDecided, (), (date, disposals, evidence, reason))

// The person was told of the delay, its reasons and the new date, within the term.
struct PersonalExtended {
  using State = ClaimState;
  static constexpr std::string_view kType = "personal.extended";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Término de la solicitud sobre datos personales prorrogado",
                                "Term of the personal data request extended"};
  static constexpr RoleSet kAuthors{Role::legal};

  Date date;
  std::vector<Evidence> evidence;  // the notice given
  Text reason;
  Date until;
};
BOOST_DESCRIBE_STRUCT(PersonalExtended, (), (date, evidence, reason, until))

// The data as they are from now on; what was recorded stays as it was.
struct PersonalRectified {
  using State = ClaimState;
  static constexpr std::string_view kType = "personal.rectified";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Datos personales rectificados", "Personal data rectified"};
  static constexpr RoleSet kAuthors{Role::archive, Role::legal};

  using Personal = DataSubject;
  std::vector<Personal> personal;

  Date date;
  std::vector<PersonalPart> parts;  // that hold no more
};
BOOST_DESCRIBE_STRUCT(PersonalRectified, (), (date, parts))

struct PersonalErased {
  using State = ClaimState;
  static constexpr std::string_view kType = "personal.erased";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Datos personales suprimidos", "Personal data erased"};
  static constexpr RoleSet kAuthors{Role::archive, Role::legal};

  struct Open {
    std::vector<PersonalPart> parts;
  } open;

  Date date;
  std::vector<Evidence> evidence;
};
BOOST_DESCRIBE_STRUCT(PersonalErased::Open, (), (parts))
BOOST_DESCRIBE_STRUCT(PersonalErased, (), (date, evidence))

Result<void> admit(const ClaimState&, const PersonalRequested&, const Context&);
Result<void> admit(const ClaimState&, const PersonalDecided&, const Context&);
Result<void> admit(const ClaimState&, const PersonalExtended&, const Context&);
Result<void> admit(const ClaimState&, const PersonalRectified&, const Context&);
Result<void> admit(const ClaimState&, const PersonalErased&, const Context&);
void evolve(ClaimState&, const PersonalRequested&, const Occurrence&);
void evolve(ClaimState&, const PersonalDecided&, const Occurrence&);
void evolve(ClaimState&, const PersonalExtended&, const Occurrence&);
void evolve(ClaimState&, const PersonalRectified&, const Occurrence&);
void evolve(ClaimState&, const PersonalErased&, const Occurrence&);

using ClaimEvents =
    boost::mp11::mp_list<PersonalRequested, PersonalDecided, PersonalExtended, PersonalRectified, PersonalErased>;

}  // namespace fedatario::ledger
