// Streams `procedure/{version}`, versions 1, 2, 3 …: how the agency runs the procedure, as the acts that adopted each
// version say (procedure.md section 5). What is configured is decided by events like everything else.
#pragma once

#include <boost/mp11/list.hpp>

#include "ledger/procedure/common.hpp"
#include "ledger/rule.hpp"

namespace fedatario::ledger {

// The fiscal year itself, or the one before it.
BOOST_DEFINE_ENUM_CLASS(WindowYear, previous, same)

// The months in which an event of a fiscal year is expected; outside it is flagged, never refused.
struct Window {
  Count first_month;  // 1 to 12
  Count last_month;
  Title type;
  WindowYear year{};
  bool operator==(const Window&) const = default;
};
BOOST_DESCRIBE_STRUCT(Window, (), (first_month, last_month, type, year))

// What the file of an activity must hold to be complete.
struct RequiredDocuments {
  Count activity;
  std::vector<Title> documents;
  bool operator==(const RequiredDocuments&) const = default;
};
BOOST_DESCRIBE_STRUCT(RequiredDocuments, (), (activity, documents))

// The members' values are what holds where nothing was adopted yet.
struct ProcedureFields {
  Count alert_days{5};                          // business days before a due date
  std::vector<Role> approvers{Role::director};  // who approves plans and their amendments
  std::vector<RequiredDocuments> documents;
  Count followup_days{30};                       // calendar days between follow-ups
  Count impact_months{6};                        // from completion to the impact evaluation
  std::vector<Title> own_key;                    // event types that need the author's own key
  std::vector<Code> systems{{"seta"}, {"sgi"}};  // in which an approved plan is registered and reconciled
  Count tolerance_days{5};                       // business days from what happened to its recording
  std::vector<Window> windows;
  bool operator==(const ProcedureFields&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProcedureFields, (),
                      (alert_days, approvers, documents, followup_days, impact_months, own_key, systems, tolerance_days,
                       windows))

struct ProcedureState {
  static constexpr std::string_view kKind = "procedure";
  static constexpr std::size_t kNameSegments = 2;
  static constexpr std::uint32_t kFold = 2;

  bool adopted = false;
  std::optional<Date> effective;  // empty where the content is gone
  ProcedureFields fields;
};
BOOST_DESCRIBE_STRUCT(ProcedureState, (), (adopted, effective, fields))

struct ProcedureAdopted : ProcedureFields {
  using State = ProcedureState;
  static constexpr std::string_view kType = "procedure.adopted";
  static constexpr int kActivity = 0;
  static constexpr int kSchema = 1;
  static constexpr Label kLabel{"Procedimiento adoptado", "Procedure adopted"};
  static constexpr RoleSet kAuthors{Role::subdirection};

  Title act;
  Date effective;  // from this day on
};
BOOST_DESCRIBE_STRUCT(ProcedureAdopted, (ProcedureFields), (act, effective))

Result<void> admit(const ProcedureState&, const ProcedureAdopted&, const Context&);
void evolve(ProcedureState&, const ProcedureAdopted&, const Occurrence&);

using ProcedureEvents = boost::mp11::mp_list<ProcedureAdopted>;

// What is adopted where no version is: the months of procedure.md section 6.
const ProcedureFields& default_procedure();

struct ProcedureInForce {
  int version = 0;  // 0: the default
  const ProcedureFields* fields = nullptr;
};
// The newest version that is effective on the day; of one whose content is gone nobody can say what holds.
ProcedureInForce procedure_in_force(const Lookup& lookup, Date day);

}  // namespace fedatario::ledger
