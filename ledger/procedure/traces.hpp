// What the ledger records of itself: attempts it refused to actors it knows, personal content it disclosed, evidence it
// exported. Streams `attempts/{actor}`, `disclosures/{actor}`, `exports/{actor}`; the ledger alone authors them.
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/procedure/common.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

struct AttemptState {
  static constexpr std::string_view kKind = "attempts";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  std::int64_t hour = 0;  // hours since 1970 of the last one
  Count in_hour;          // recorded in that hour
};
BOOST_DESCRIBE_STRUCT(AttemptState, (), (hour, in_hour))

// Whether another attempt of the actor is recorded now: beyond kMaxAttemptsPerHour they are only counted.
bool takes_attempt(const AttemptState& state, Recorded now);

struct DisclosureState {
  static constexpr std::string_view kKind = "disclosures";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  Count made;
};
BOOST_DESCRIBE_STRUCT(DisclosureState, (), (made))

struct ExportState {
  static constexpr std::string_view kKind = "exports";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  Count made;
};
BOOST_DESCRIBE_STRUCT(ExportState, (), (made))

// A right, a duty or a signature that failed, without what was said.
struct AttemptRefused {
  using State = AttemptState;
  static constexpr std::string_view kType = "attempt.refused";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Intento rechazado", "Attempt refused"};
  static constexpr RoleSet kAuthors{Role::ledger};

  struct Open {
    std::optional<Code> duty;  // where separation of duties refused it
    Code reason;               // the refusal
    Role role{};               // it was tried in
    Count suppressed;          // attempts since the last one recorded that were only counted
    Code type;
    std::optional<Code> unit;
  } open;

  StreamName stream;  // it was meant for
};
BOOST_DESCRIBE_STRUCT(AttemptRefused::Open, (), (duty, reason, role, suppressed, type, unit))
BOOST_DESCRIBE_STRUCT(AttemptRefused, (), (stream))

// The actor of the stream read personal content.
struct DisclosureMade {
  using State = DisclosureState;
  static constexpr std::string_view kType = "disclosure.made";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Dato personal consultado", "Personal data disclosed"};
  static constexpr RoleSet kAuthors{Role::ledger};

  struct Open {
    EventIdField event;  // whose personal parts were read
    Count parts;
  } open;
};
BOOST_DESCRIBE_STRUCT(DisclosureMade::Open, (), (event, parts))
BOOST_DESCRIBE_STRUCT(DisclosureMade, (), ())

// The actor of the stream took evidence out of the ledger.
struct ExportMade {
  using State = ExportState;
  static constexpr std::string_view kType = "export.made";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Exportación hecha", "Export made"};
  static constexpr RoleSet kAuthors{Role::ledger};

  struct Open {
    Count first;            // position
    Count last;             // position
    crypto::Digest sha256;  // of the file
  } open;

  Title what;
};
BOOST_DESCRIBE_STRUCT(ExportMade::Open, (), (first, last, sha256))
BOOST_DESCRIBE_STRUCT(ExportMade, (), (what))

Result<void> admit(const AttemptState&, const AttemptRefused&, const Context&);
void evolve(AttemptState&, const AttemptRefused&, const Occurrence&);
Result<void> admit(const DisclosureState&, const DisclosureMade&, const Context&);
void evolve(DisclosureState&, const DisclosureMade&, const Occurrence&);
Result<void> admit(const ExportState&, const ExportMade&, const Context&);
void evolve(ExportState&, const ExportMade&, const Occurrence&);

using AttemptEvents = boost::mp11::mp_list<AttemptRefused>;
using DisclosureEvents = boost::mp11::mp_list<DisclosureMade>;
using ExportEvents = boost::mp11::mp_list<ExportMade>;

}  // namespace fedatario::ledger
