// What was done on the lines of plans: sessions, commitments, milestones, follow-up, alerts, actions, payments,
// evaluations; reports and trainings of plans.
#include "api/service.hpp"
#include "api/tables.hpp"
#include "projections/execution.hpp"
#include "projections/status.hpp"

namespace fedatario::api {
namespace {

using projections::ActionRow;
using projections::Circumstances;
using projections::CommitmentRow;
using projections::SessionRow;

struct SessionShown : SessionRow {
  std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(SessionShown, (SessionRow), (minutes))

struct CommitmentShown : CommitmentRow {
  projections::CommitmentStatus status{};
};
BOOST_DESCRIBE_STRUCT(CommitmentShown, (CommitmentRow), (status))

struct ActionShown : ActionRow {
  projections::ActionStatus status{};
  bool retroactive = false;  // a date it moves had passed when it was decided
};
BOOST_DESCRIBE_STRUCT(ActionShown, (ActionRow), (status, retroactive))

SessionShown show_session(SessionRow row, const Circumstances&) {
  const auto minutes = row.to.minutes - row.from.minutes;
  return {std::move(row), minutes};
}
CommitmentShown show_commitment(CommitmentRow row, const Circumstances& now) {
  const auto status = commitment_status(row, now);
  return {std::move(row), status};
}
ActionShown show_action(ActionRow row, const Circumstances& now) {
  const auto status = action_status(row, now);
  const bool retroactive = is_retroactive(row);
  return {std::move(row), status, retroactive};
}

// A list of all, and each row below its line.
template <class Row, class Shown>
void add_of_line(Router& router, Service& service, const std::string& name, const std::string& code, Label title,
                 std::function<Shown(Row, const Circumstances&)> show = {}) {
  add_table(router, service,
            Table<Row, Shown>{"/v1/" + name,
                              "/v1/plans/{fiscal_year}/{unit}/lines/{line}/" + name + "/{" + code + "}",
                              {"fiscal_year", "unit", "line", code},
                              title,
                              std::move(show)});
}
template <class Row>
void add_of_line(Router& router, Service& service, const std::string& name, const std::string& code, Label title) {
  add_of_line<Row, Row>(router, service, name, code, title);
}

}  // namespace

void add_execution_routes(Router& router, Service& service) {
  using namespace projections;
  add_of_line<SessionRow, SessionShown>(router, service, "sessions", "session", {"Sesiones", "Sessions"}, show_session);
  add_of_line<CommitmentRow, CommitmentShown>(router, service, "commitments", "commitment",
                                              {"Compromisos", "Commitments"}, show_commitment);
  add_of_line<FollowupRow>(router, service, "followups", "followup",
                           {"Seguimientos y contactos con las entidades", "Follow-ups and contacts with entities"});
  add_of_line<RaisedAlertRow>(router, service, "raised-alerts", "alert",
                              {"Alertas generadas en las líneas", "Alerts raised on lines"});
  add_of_line<ActionRow, ActionShown>(router, service, "actions", "action",
                                      {"Acciones correctivas y preventivas", "Corrective and preventive actions"},
                                      show_action);
  add_of_line<PaymentRow>(router, service, "payments", "payment", {"Presupuesto ejecutado", "Budget executed"});
  add_of_line<EvaluationRow>(router, service, "evaluations", "kind",
                             {"Evaluaciones de satisfacción y de impacto", "Evaluations of satisfaction and impact"});
  // One declared for all entities has none in its key, so that these are found in the list.
  add_table(router, service,
            Table<MilestoneDeclarationRow>{
                "/v1/milestones",
                "",
                {"fiscal_year", "unit", "line", "milestone"},
                {"Hitos declarados, validados y rechazados", "Milestones declared, validated and rejected"}});
  add_table(router, service,
            Table<FollowupReportRow>{"/v1/followup-reports",
                                     "/v1/plans/{fiscal_year}/{unit}/followup-reports/{report}",
                                     {"fiscal_year", "unit", "report"},
                                     {"Reportes de seguimiento de los planes", "Follow-up reports of plans"}});
  add_table(
      router, service,
      Table<TrainingRow>{"/v1/trainings",
                         "/v1/plans/{fiscal_year}/{unit}/trainings/{training}",
                         {"fiscal_year", "unit", "training"},
                         {"Capacitaciones sobre el sistema de información", "Trainings on the information system"}});
}

}  // namespace fedatario::api
