// Amendments in three rounds, each in pieces small enough to be read: submitted by a coordinator, verified by the
// subdirector, approved by the director; the first of the first unit is returned once.
#include "tools/year/amendments.hpp"

#include <fmt/format.h>

#include "ledger/procedure/plans.hpp"
#include "tools/year/lines.hpp"

namespace fedatario::tools {
namespace {

using namespace ledger;

constexpr std::size_t kPiece = 30;  // lines
constexpr int kReturningUnit = 0;

// The lines from `first` on, as many as one amendment takes, of all that the round is about.
AmendedLines piece_of(const AmendedLines& all, std::size_t first) {
  AmendedLines out;
  std::size_t place = 0;
  const auto take = [&](const std::vector<std::uint32_t>& from, std::vector<std::uint32_t>& to) {
    for (const auto line : from) {
      if (place >= first && place < first + kPiece) to.push_back(line);
      ++place;
    }
  };
  take(all.added, out.added);
  take(all.changed, out.changed);
  take(all.dropped, out.dropped);
  return out;
}

class AmendmentScript {
 public:
  AmendmentScript(const Story& story, int unit, int round, std::size_t piece, Telling& tell)
      : story_(story),
        people_(story.people()),
        tell_(tell),
        unit_(unit),
        round_(round),
        piece_(piece),
        days_(story.agenda().rounds[std::size_t(round)]),
        stream_(plan_stream(story.year(), directorates()[std::size_t(unit)].code)),
        code_{fmt::format("modificacion-{}-{}", round + 1, piece + 1)} {}

  void run() {
    submit(at(days_.submitted, 9));
    if (unit_ == kReturningUnit && round_ == 0 && piece_ == 0) {
      say(at(days_.submitted, 13), people_.subdirector(), [&](Random&) {
        PlanAmendmentReturned event;
        event.code = code_;
        event.observations = {"Precisar el motivo de las líneas que se retiran."};
        return event;
      });
      submit(at(days_.submitted, 15));
    }
    say(at(days_.verified, 10), people_.subdirector(), [&](Random&) {
      PlanAmendmentVerified event;
      event.code = code_;
      return event;
    });
    const auto approved = at(days_.approved, 9);
    say(approved, people_.director(unit_, approved), [&](Random&) {
      PlanAmendmentApproved event;
      event.act = {fmt::format("Memorando de modificación {}", code_.value)};
      event.code = code_;
      return event;
    });
  }

 private:
  Moment at(Date day, int hour) const {
    return moment(day, hour, 0) + std::int64_t(piece_ * 8 + std::size_t(unit_)) * 60;
  }
  template <class Make>
  void say(Moment when, const Speaker& speaker, Make make) {
    tell_(when, when, speaker, stream_, make);
  }

  PlanLine line_of(std::uint32_t index, Version version, Moment when) const {
    const auto line = line_facts(story_, index);
    return plan_line(story_, line, version, people_.holder(unit_, line.professional, when));
  }

  void submit(Moment when) {
    say(when, people_.coordinator(unit_, People::kSubmitter), [&](Random&) {
      const auto lines = piece_of(story_.unit(unit_).rounds[std::size_t(round_)], piece_ * kPiece);
      PlanAmendmentSubmitted event;
      for (const auto line : lines.added) event.added.push_back(line_of(line, Version::planned, when));
      for (const auto line : lines.changed) event.changed.push_back(line_of(line, Version::amended, when));
      for (const auto line : lines.dropped)
        event.dropped.push_back(
            {{line_facts(story_, line).code}, {"La entidad comunicó que no acepta la asistencia en esta vigencia."}});
      event.code = code_;
      event.reason = {"Demandas recibidas y resultados del seguimiento."};
      return event;
    });
  }

  const Story& story_;
  const People& people_;
  Telling& tell_;
  const int unit_, round_;
  const std::size_t piece_;
  const Agenda::Round& days_;
  const std::string stream_;
  const Code code_;
};

}  // namespace

void tell_amendments(const Story& story, int unit, Telling& tell) {
  for (int round = 0; round < kRounds; ++round) {
    const auto lines = story.unit(unit).rounds[std::size_t(round)].size();
    for (std::size_t piece = 0; piece * kPiece < lines; ++piece) AmendmentScript(story, unit, round, piece, tell).run();
  }
}

}  // namespace fedatario::tools
