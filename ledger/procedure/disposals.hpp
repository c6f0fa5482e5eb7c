// Streams `disposal/{code}`: the elimination of the files of one inventory, from its proposal to its certificate. Never
// automatic; inventory, minutes and certificate are kept for ever.
#pragma once

#include <boost/mp11/list.hpp>
#include <set>

#include "ledger/calendar.hpp"
#include "ledger/procedure/files.hpp"

namespace fedatario::ledger {

// The inventory stays on the website so long before it may be decided on (Acuerdo AGN 001 de 2024, art. 4.5.4).
inline constexpr int kPublicationBusinessDays = 60;
// The last of those days.
Date publication_end(Date published, const Calendar& calendar);

BOOST_DEFINE_ENUM_CLASS(DisposalOpinion, favourable, unfavourable)
// What became of the copies in one place: destroyed beyond recovery, or there were none.
BOOST_DEFINE_ENUM_CLASS(DisposalOutcome, destroyed, not_held)

// Of the unit that produced files of the inventory.
struct UnitOpinion {
  std::vector<Evidence> evidence;
  std::optional<Text> observations;
  DisposalOpinion opinion{};
  Code unit;
};
BOOST_DESCRIBE_STRUCT(UnitOpinion, (), (evidence, observations, opinion, unit))

struct LocationOutcome {
  Location location{};
  DisposalOutcome outcome{};
  crypto::Digest sha256;  // of the evidence
};
BOOST_DESCRIBE_STRUCT(LocationOutcome, (), (location, outcome, sha256))

// How the committee decided.
struct CommitteeSession {
  Date date;
  Title minutes;
  Count quorum;
  Title session;
  Count votes_against;
  Count votes_for;
};
BOOST_DESCRIBE_STRUCT(CommitteeSession, (), (date, minutes, quorum, session, votes_against, votes_for))

BOOST_DEFINE_ENUM_CLASS(DisposalStage, none, proposed, published, approved, rejected, withdrawn, executed, certified)

struct DisposalState {
  static constexpr std::string_view kKind = "disposal";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 1;

  DisposalStage stage = DisposalStage::none;
  std::set<std::string> considered, kept;  // by selection
  std::set<std::string> files;             // of the inventory
  crypto::Digest inventory;
  Persons proposed_by;              // and who selected
  std::optional<Date> proposed_on;  // as recorded
  std::optional<Date> published_on;
  std::map<std::string, bool> observations;  // code → answered
  std::optional<Date> postponed_until;       // last day
  Persons approved_by;
  std::optional<Date> approved_on;
  Persons executed_by;
  std::set<Location> locations;  // with an outcome
};
BOOST_DESCRIBE_STRUCT(DisposalState, (),
                      (stage, considered, kept, files, inventory, proposed_by, proposed_on, published_on, observations,
                       postponed_until, approved_by, approved_on, executed_by, locations))

// Every location has its outcome; until then it is incomplete.
bool is_complete(const DisposalState& state);

// Of files whose row says selection; before the proposal, as often as there are series.
struct SelectionMade {
  using State = DisposalState;
  static constexpr std::string_view kType = "selection.made";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Selección hecha", "Selection made"};
  static constexpr RoleSet kAuthors{Role::archive};

  Text criterion;
  std::vector<Code> files;  // all that it was made from
  std::vector<Code> kept;   // of those
  Text sample;              // how it was drawn, and its size
};
BOOST_DESCRIBE_STRUCT(SelectionMade, (), (criterion, files, kept, sample))

// The inventory as a document, by its digest, and the files on it.
struct DisposalProposed {
  using State = DisposalState;
  static constexpr std::string_view kType = "disposal.proposed";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Eliminación propuesta", "Disposal proposed"};
  static constexpr RoleSet kAuthors{Role::archive};

  struct Open {
    crypto::Digest inventory;
  } open;

  std::vector<Code> files;
  Evidence no_proceedings;  // that no proceeding needs them
  std::vector<UnitOpinion> opinions;
};
BOOST_DESCRIBE_STRUCT(DisposalProposed::Open, (), (inventory))
BOOST_DESCRIBE_STRUCT(DisposalProposed, (), (files, no_proceedings, opinions))

struct DisposalPublished {
  using State = DisposalState;
  static constexpr std::string_view kType = "disposal.published";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Inventario de eliminación publicado", "Disposal inventory published"};
  static constexpr RoleSet kAuthors{Role::archive};

  struct Open {
    crypto::Digest inventory;
  } open;

  Title address;
  Date date;
};
BOOST_DESCRIBE_STRUCT(DisposalPublished::Open, (), (inventory))
BOOST_DESCRIBE_STRUCT(DisposalPublished, (), (address, date))

// By anybody, who may leave his name.
struct DisposalObserved {
  using State = DisposalState;
  static constexpr std::string_view kType = "disposal.observed";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Observación a la eliminación recibida", "Disposal observed"};
  static constexpr RoleSet kAuthors{Role::archive};

  struct Personal {
    std::optional<Title> email;
    Title name;
  };
  std::vector<Personal> personal;

  Code code;
  Date date;
  std::optional<Title> filing_number;
  Text observation;
};
BOOST_DESCRIBE_STRUCT(DisposalObserved::Personal, (), (email, name))
BOOST_DESCRIBE_STRUCT(DisposalObserved, (), (code, date, filing_number, observation))

struct DisposalObservationAnswered {
  using State = DisposalState;
  static constexpr std::string_view kType = "disposal.observation.answered";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Observación a la eliminación respondida", "Disposal observation answered"};
  static constexpr RoleSet kAuthors{Role::archive};

  Text answer;
  Code code;
  std::optional<Title> filing_number;
};
BOOST_DESCRIBE_STRUCT(DisposalObservationAnswered, (), (answer, code, filing_number))

// Neither approved nor executed before the day after `until`.
struct DisposalPostponed {
  using State = DisposalState;
  static constexpr std::string_view kType = "disposal.postponed";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Eliminación aplazada", "Disposal postponed"};
  static constexpr RoleSet kAuthors{Role::archive};

  Text reason;
  Date until;
};
BOOST_DESCRIBE_STRUCT(DisposalPostponed, (), (reason, until))

// The whole of it: another inventory is another disposal.
struct DisposalWithdrawn {
  using State = DisposalState;
  static constexpr std::string_view kType = "disposal.withdrawn";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Eliminación desistida", "Disposal withdrawn"};
  static constexpr RoleSet kAuthors{Role::archive};

  Text reason;
};
BOOST_DESCRIBE_STRUCT(DisposalWithdrawn, (), (reason))

struct DisposalApproved : CommitteeSession {
  using State = DisposalState;
  static constexpr std::string_view kType = "disposal.approved";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Eliminación aprobada", "Disposal approved"};
  static constexpr RoleSet kAuthors{Role::archive_committee};

  struct Open {
    crypto::Digest inventory;
  } open;
};
BOOST_DESCRIBE_STRUCT(DisposalApproved::Open, (), (inventory))
BOOST_DESCRIBE_STRUCT(DisposalApproved, (CommitteeSession), ())

struct DisposalRejected : CommitteeSession {
  using State = DisposalState;
  static constexpr std::string_view kType = "disposal.rejected";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Eliminación rechazada", "Disposal rejected"};
  static constexpr RoleSet kAuthors{Role::archive_committee};

  struct Open {
    crypto::Digest inventory;
  } open;

  Text reason;
};
BOOST_DESCRIBE_STRUCT(DisposalRejected::Open, (), (inventory))
BOOST_DESCRIBE_STRUCT(DisposalRejected, (CommitteeSession), (reason))

// Of some locations or all; what they lack is executed by another event.
struct DisposalExecuted {
  using State = DisposalState;
  static constexpr std::string_view kType = "disposal.executed";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Eliminación ejecutada", "Disposal executed"};
  static constexpr RoleSet kAuthors{Role::archive};

  struct Open {
    crypto::Digest inventory;
    std::vector<LocationOutcome> outcomes;
  } open;

  Date date;
  std::vector<Evidence> evidence;
  Code witness;  // actor
};
BOOST_DESCRIBE_STRUCT(DisposalExecuted::Open, (), (inventory, outcomes))
BOOST_DESCRIBE_STRUCT(DisposalExecuted, (), (date, evidence, witness))

// The act [acta de eliminación]: its second signer is not who executed.
struct DisposalCertified {
  using State = DisposalState;
  static constexpr std::string_view kType = "disposal.certified";
  static constexpr int kActivity = 13;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Eliminación certificada", "Disposal certified"};
  static constexpr RoleSet kAuthors{Role::archive};

  struct Open {
    crypto::Digest certificate;
    bool incomplete = false;
    crypto::Digest inventory;
  } open;

  std::optional<Title> address;
  Title minutes;
};
BOOST_DESCRIBE_STRUCT(DisposalCertified::Open, (), (certificate, incomplete, inventory))
BOOST_DESCRIBE_STRUCT(DisposalCertified, (), (address, minutes))

Result<void> admit(const DisposalState&, const SelectionMade&, const Context&);
Result<void> admit(const DisposalState&, const DisposalProposed&, const Context&);
Result<void> admit(const DisposalState&, const DisposalPublished&, const Context&);
Result<void> admit(const DisposalState&, const DisposalObserved&, const Context&);
Result<void> admit(const DisposalState&, const DisposalObservationAnswered&, const Context&);
Result<void> admit(const DisposalState&, const DisposalPostponed&, const Context&);
Result<void> admit(const DisposalState&, const DisposalWithdrawn&, const Context&);
Result<void> admit(const DisposalState&, const DisposalApproved&, const Context&);
Result<void> admit(const DisposalState&, const DisposalRejected&, const Context&);
Result<void> admit(const DisposalState&, const DisposalExecuted&, const Context&);
Result<void> admit(const DisposalState&, const DisposalCertified&, const Context&);
void evolve(DisposalState&, const SelectionMade&, const Occurrence&);
void evolve(DisposalState&, const DisposalProposed&, const Occurrence&);
void evolve(DisposalState&, const DisposalPublished&, const Occurrence&);
void evolve(DisposalState&, const DisposalObserved&, const Occurrence&);
void evolve(DisposalState&, const DisposalObservationAnswered&, const Occurrence&);
void evolve(DisposalState&, const DisposalPostponed&, const Occurrence&);
void evolve(DisposalState&, const DisposalWithdrawn&, const Occurrence&);
void evolve(DisposalState&, const DisposalApproved&, const Occurrence&);
void evolve(DisposalState&, const DisposalRejected&, const Occurrence&);
void evolve(DisposalState&, const DisposalExecuted&, const Occurrence&);
void evolve(DisposalState&, const DisposalCertified&, const Occurrence&);

using DisposalEvents = boost::mp11::mp_list<SelectionMade, DisposalProposed, DisposalPublished, DisposalObserved,
                                            DisposalObservationAnswered, DisposalPostponed, DisposalWithdrawn,
                                            DisposalApproved, DisposalRejected, DisposalExecuted, DisposalCertified>;

}  // namespace fedatario::ledger
