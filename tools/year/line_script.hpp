// The script of one line. Its events are told in the order they happen where one depends on the other; each is recorded
// after those it depends on. What would be recorded when the year is closed is not recorded at all.
#pragma once

#include <string>
#include <vector>

#include "ledger/procedure/files.hpp"
#include "ledger/procedure/interventions.hpp"
#include "tools/year/scripts.hpp"

namespace fedatario::tools {

class LineScript {
 public:
  LineScript(const Story& story, std::uint32_t index, Telling& tell);
  void run();
  const LineOutcome& outcome() const { return outcome_; }

 private:
  // line_planning.cpp: from the demand to the line in an approved plan. False when nothing is carried out.
  bool plan();
  void add_to_plan();
  void join();
  void demand_received();
  void demand_planned();

  // line_execution.cpp: from the schedule to the end, one milestone after the other.
  void execute();
  bool schedule();
  void reschedule();
  void start();
  bool reach(std::size_t milestone);
  Date target_of(std::size_t milestone);
  bool declare(std::size_t milestone, Moment happened, const std::optional<std::string>& entity, bool rejected);
  void validate(std::size_t milestone, const std::optional<std::string>& entity);
  bool suspend(bool resumes);
  void cancel();
  void complete();
  void evaluate_impact();
  void try_out_of_order();
  void try_to_complete();
  void next_year();

  // line_sessions.cpp: sessions, their lists and commitments.
  void hold_session(int number, Date until);
  void cancel_session();
  void record_list(int number, int attendees, Moment held, const Speaker& speaker);
  void verify_list(int number, Moment recorded, bool by_recorder);
  void correct_head_count(const ledger::SessionHeld& right, const ledger::EventId& id, Moment held, const Speaker& by);
  void follow_commitment(const std::string& code, Date due, Moment promised);
  Speaker session_speaker(int number, Moment recorded);
  ledger::SessionHeld session(int number, Date day, int attendees, int commitments, Random& random) const;

  // line_followup.cpp: follow-up, budget, alerts and actions.
  void follow_up();
  void contact();
  void spend();
  void seek_time(std::size_t milestone, Date target);
  void move_person();
  void prevent();
  void raise_alert(std::size_t milestone);
  void decide(const ledger::ActionFields& action, const ledger::EventId& proposed, bool taken);
  void finish_action(const ledger::Code& code, const std::string& taker, Moment taken);
  void put_off(std::size_t milestone, int days);
  std::vector<ledger::FieldChange> later_dues(std::size_t milestone, int days) const;

  // line_records.cpp: the record file.
  void open_file(Moment at);
  void file_document(ledger::RecordKind record, std::string type, std::string title, Moment after);
  void mend_records();
  void hold_and_check();
  void close_file(Moment after);
  void transfer(Moment closed);
  void reopen(Moment closed);
  crypto::Digest document_digest(std::size_t number, int copy = 0) const;
  ledger::DocumentFiled document(std::size_t number, ledger::RecordKind record, const std::string& type,
                                 const std::string& title, Date created) const;

  std::string entity_department() const;
  // Who is responsible when that is recorded.
  Speaker who(Moment recorded) const;
  Speaker coordinator() const { return people_.coordinator(line_.unit, line_.coordinator); }
  Speaker other_coordinator() const {
    return people_.coordinator(line_.unit, (line_.coordinator + 1) % people_.staff(line_.unit).coordinators);
  }
  // When something that happened then is recorded: not before what was recorded last.
  Moment next(Moment happened);
  bool in_year(Moment recorded) const { return recorded < limit_; }

  // In the intervention's stream. Empty where the year was closed by then.
  template <class Make>
  std::optional<ledger::EventId> act(Moment happened, Moment recorded, const Speaker& speaker, Make make,
                                     Beside beside = {}) {
    using Event = std::invoke_result_t<Make, Random&>;
    constexpr bool kAfterClosing = requires { Event::kAfterClosing; };
    if (!kAfterClosing && !in_year(recorded)) return std::nullopt;
    if (outcome_.file_opened && recorded > *outcome_.file_opened) beside.file = file_;
    return tell_(happened, recorded, speaker, stream_, make, beside);
  }
  // The same as what the line does next: nothing is recorded before it any more.
  template <class Make>
  bool advance(Moment happened, Moment recorded, const Speaker& speaker, Make make) {
    if (!act(happened, recorded, speaker, make)) return false;
    now_ = recorded;
    return true;
  }
  // The responsible tries it now, and is refused.
  template <class Make>
  void attempt(PlannedRefusal refusal, Make make) {
    const auto at = hours_.soon(now_, random_);
    Beside beside;
    beside.refusal = refusal;
    if (act(at, at, who(at), make, beside)) now_ = at;
  }
  template <class Make>
  void record(Moment recorded, const Speaker& speaker, Make make) {
    tell_(recorded, recorded, speaker, "file/" + file_, make);
  }

  const Story& story_;
  const People& people_;
  const WorkingHours& hours_;
  const Agenda& agenda_;
  const LineFacts line_;
  Telling& tell_;
  Random random_;
  const std::string unit_;
  std::string stream_;
  const std::string plan_, file_, entity_;
  Moment limit_;      // nothing of the year is recorded from then on
  Moment available_;  // the line stands in an approved plan
  Moment now_;        // recorded last of what the line does
  Date last_;         // happened last
  Date end_;
  std::vector<Date> dues_;
  int moved_to_ = -1;  // the professional an action made responsible
  Moment moved_at_;
  std::string corrector_;      // of the session at hand
  int attendees_ = 0;          // in all sessions
  std::vector<Moment> filed_;  // when each document of the file was recorded
  std::size_t withdrawn_ = 0;
  Moment file_free_;         // nothing of the file is recorded before
  bool file_ended_ = false;  // it takes no supplements
  LineOutcome outcome_;
};

}  // namespace fedatario::tools
