// Who comes, in which role and by which act, with which key, on leave, and who goes and to whom he hands over.
#include <fmt/format.h>

#include "ledger/names.hpp"
#include "ledger/procedure/actors.hpp"
#include "tools/year/scripts.hpp"

namespace fedatario::tools {
namespace {

using namespace ledger;

struct Post {
  std::string actor;
  std::string works_for;  // a unit; may be empty
  ActorKind kind = ActorKind::person;
  Role role{};
  GrantTitle title = GrantTitle::titular;
  // Of a directorate's staff; of a manager, the department.
  int unit = -1, number = 0;
  std::string department = {};
};

const std::vector<Post>& agency_posts() {
  static const std::vector<Post> posts{
      {"coordinacion.1", "", ActorKind::person, Role::procedure_coordinator, GrantTitle::assignment},
      {std::string(posts::kSubdirector), "sub", ActorKind::person, Role::subdirection},
      {"subdireccion.2", "sub", ActorKind::person, Role::subdirection, GrantTitle::assignment},
      {"comite.1", "sg", ActorKind::person, Role::committee, GrantTitle::assignment},
      {"planeacion.1", "oap", ActorKind::person, Role::planning_office},
      {"sistemas.1", "otic", ActorKind::person, Role::system_officer, GrantTitle::contract},
      {"sistema.seta", "otic", ActorKind::system, Role::system, GrantTitle::assignment},
      {"archivo.1", "sg", ActorKind::person, Role::archive},
      {"archivo.2", "sg", ActorKind::person, Role::archive, GrantTitle::contract},
      {"comite.archivo.1", "sg", ActorKind::person, Role::archive_committee, GrantTitle::assignment},
      {"coordinador.sg.1", "sg", ActorKind::person, Role::coordinator},
      {"juridica.1", "sg", ActorKind::person, Role::legal},
      {"juridica.2", "sg", ActorKind::person, Role::legal, GrantTitle::contract},
      {std::string(posts::kControl), "oci", ActorKind::person, Role::control_office},
      {"contraloria.1", "", ActorKind::person, Role::external_auditor, GrantTitle::assignment},
  };
  return posts;
}

Post staff_post(const Story& story, int unit, std::uint32_t number) {
  const auto& people = story.people();
  const std::string code(directorates()[std::size_t(unit)].code);
  const auto coordinators = std::uint32_t(people.staff(unit).coordinators);
  if (number == 0)
    return {"director." + code + ".1", code, ActorKind::person, Role::director, GrantTitle::titular, unit, 0};
  if (number <= coordinators) {
    const int which = int(number - 1);
    return {people.coordinator(unit, which).actor,
            code,
            ActorKind::person,
            Role::coordinator,
            GrantTitle::assignment,
            unit,
            which};
  }
  const int which = int(number - coordinators - 1);
  return {people.professional_code(unit, which),
          code,
          ActorKind::person,
          Role::professional,
          which % 3 == 2 ? GrantTitle::contract : GrantTitle::titular,
          unit,
          which};
}

std::uint32_t staff_size(const Story& story, int unit) {
  const auto& staff = story.people().staff(unit);
  return std::uint32_t(1 + staff.coordinators + staff.professionals);
}

Post post_of(const Story& story, std::uint32_t subject) {
  if (subject < agency_posts().size()) return agency_posts()[subject];
  subject -= std::uint32_t(agency_posts().size());
  for (int unit = 0; unit < kDirectorates; ++unit) {
    if (subject < staff_size(story, unit)) return staff_post(story, unit, subject);
    subject -= staff_size(story, unit);
  }
  const auto department = story.people().managed_departments()[subject];
  Post post{fmt::format("gestor.{}", department), "", ActorKind::person, Role::territorial_manager,
            GrantTitle::contract};
  post.department = department;
  return post;
}

class ActorScript {
 public:
  ActorScript(const Story& story, std::uint32_t subject, Telling& tell)
      : story_(story),
        people_(story.people()),
        agenda_(story.agenda()),
        tell_(tell),
        post_(post_of(story, subject)),
        stream_("actor/" + post_.actor) {
    const auto day = agenda_.founded;
    // The coordinator of the procedure registers the units that the others work for.
    at_ = subject == 0 ? moment(day, 8, 0) : moment(day, 10, 0) + std::int64_t(subject) * 12;
  }

  void run() {
    come();
    if (post_.role == Role::director && People::has_leave(post_.unit)) leave();
    if (post_.role == Role::coordinator && post_.unit >= 0) stand_in();
    if (post_.actor == posts::kSubdirector || post_.actor == posts::kControl) keys();
    if (post_.role == Role::professional && people_.leaves(post_.unit, post_.number)) go();
  }

 private:
  template <class Make>
  void by_administrator(Moment at, Make make, Beside beside = {}) {
    tell_(at, at, people_.administrator(), stream_, make, beside);
  }

  ActorRoleGranted::Open grant(Role role, const std::string& unit, GrantTitle title, Date from) const {
    ActorRoleGranted::Open open;
    open.act = {fmt::format("resolucion-{}-{}", 100 + post_.number, agenda_.year - 1)};
    open.from = from;
    open.role = role;
    open.title = title;
    if (!unit.empty()) open.unit = Code{unit};
    return open;
  }

  void granted(Moment at, ActorRoleGranted::Open open) {
    by_administrator(at, [&](Random&) {
      ActorRoleGranted event;
      event.open = open;
      return event;
    });
  }

  void come() {
    by_administrator(at_, [&](Random& random) {
      ActorRegistered event;
      event.kind = post_.kind;
      if (!post_.works_for.empty()) event.unit = Code{post_.works_for};
      if (post_.kind == ActorKind::person)
        event.personal = {{{person_name(random)}, Title{post_.actor + "@agencia.example"}}};
      return event;
    });
    if (post_.department.empty()) {
      auto open =
          grant(post_.role, is_unit_role(post_.role) ? post_.works_for : std::string(), post_.title, agenda_.founded);
      if (post_.role == Role::external_auditor) open.until = date(agenda_.year + 1, 12, 31);
      granted(at_ + 5, std::move(open));
      return;
    }
    for (int unit = 0; unit < kDirectorates; ++unit) {
      if (!people_.has_manager(post_.department, unit)) continue;
      auto open = grant(post_.role, std::string(directorates()[std::size_t(unit)].code), post_.title, agenda_.founded);
      open.departments = {{post_.department}};
      granted(at_ + 5 + unit, std::move(open));
    }
  }

  void leave() {
    const auto end = [&](const char* number) {
      return RoleEnd{{fmt::format("resolucion-{}-{}", number, agenda_.year)}, post_.role, Code{post_.works_for}};
    };
    by_administrator(moment(agenda_.leave_from, 7, 40), [&](Random&) {
      ActorRoleSuspended event;
      event.open = end("210");
      return event;
    });
    by_administrator(moment(story_.hours().add(agenda_.leave_to, 1), 7, 40), [&](Random&) {
      ActorRoleResumed event;
      event.open = end("224");
      return event;
    });
  }

  void stand_in() {
    const auto director = "director." + post_.works_for + ".1";
    if (post_.number == People::kInCharge && People::has_leave(post_.unit)) {
      auto open = grant(Role::director, post_.works_for, GrantTitle::encargo, agenda_.leave_from);
      open.act = {fmt::format("resolucion-209-{}", agenda_.year)};
      open.stands_in_for = Code{director};
      open.until = agenda_.leave_to;
      granted(moment(story_.hours().add(agenda_.leave_from, -2), 11, 0), std::move(open));
    }
    if (post_.number == People::kSubmitter && post_.unit == People::kDelegatingUnit) {
      const auto from = agenda_.rounds[0].submitted;
      auto open = grant(Role::director, post_.works_for, GrantTitle::delegation, from);
      open.act = {fmt::format("resolucion-88-{}", agenda_.year)};
      open.stands_in_for = Code{director};
      open.until = date(agenda_.year, 12, 31);
      granted(moment(story_.hours().add(from, -2), 11, 0), std::move(open));
    }
  }

  Beside with_second_key(int number) const {
    Beside beside;
    beside.alone = true;  // it signs the statements that follow
    beside.second_key = number;
    return beside;
  }

  void keys() {
    by_administrator(
        people_.keys_enrolled(),
        [&](Random&) {
          ActorKeyEnrolled event;
          event.open.ground = KeyGround::first;
          event.open.public_key.raw = tell_.ear().public_key(post_.actor, 1).raw();
          return event;
        },
        with_second_key(1));
    if (post_.actor == posts::kControl) {
      by_administrator(people_.key_lost(), [&](Random&) {
        ActorKeyRevoked event;
        event.open.because = KeyEnd::lost;
        event.open.key = tell_.ear().public_key(post_.actor, 1).id();
        return event;
      });
      return;
    }
    const auto at = people_.key_rotated();
    tell_(
        at, at, people_.subdirector(), stream_,
        [&](Random&) {
          ActorKeyEnrolled event;
          event.open.ground = KeyGround::rotation;
          event.open.public_key.raw = tell_.ear().public_key(post_.actor, 2).raw();
          event.open.replaces = tell_.ear().public_key(post_.actor, 1).id();
          return event;
        },
        with_second_key(2));
  }

  // The lines and record files he still has then.
  std::vector<StreamName> inventory(Moment at) const {
    std::vector<StreamName> out;
    const auto step = std::size_t(people_.staff(post_.unit).professionals);
    const auto& lines = story_.unit(post_.unit).lines;
    for (auto i = std::size_t(post_.number); i < lines.size(); i += step) {
      const auto line = line_facts(story_, lines[i]);
      const auto outcome = outcome_of(story_, lines[i]);
      if (line.amendment != Amendment::none || line.fate == Fate::dropped_in_draft || outcome.person_moved) continue;
      const auto over = [&](const std::optional<Moment>& end) { return end && *end <= at; };
      if (over(outcome.completed) || over(outcome.cancelled)) continue;
      out.push_back({intervention_of(story_, line)});
      if (over(outcome.file_opened) && !over(outcome.file_closed))
        out.push_back({"file/" + record_file_of(story_, line)});
    }
    return out;
  }

  void go() {
    const auto at = people_.handed_over(post_.unit, post_.number);
    if (!inventory(at).empty()) hand_over(at);
    const auto retired = people_.retired(post_.unit, post_.number);
    by_administrator(retired + -5 * kMinute, [&](Random&) {
      ActorRoleRevoked event;
      event.open = {{fmt::format("resolucion-301-{}", agenda_.year)}, post_.role, Code{post_.works_for}};
      return event;
    });
    by_administrator(retired, [&](Random&) {
      ActorRetired event;
      event.open.act = {fmt::format("resolucion-301-{}", agenda_.year)};
      return event;
    });
  }

  void hand_over(Moment at) {
    const Speaker self{post_.actor, "professional@" + post_.works_for};
    const Code code{fmt::format("entrega-{}", agenda_.year)};
    const auto successor = people_.professional_code(post_.unit, people_.successor(post_.number));
    tell_(at, at, self, stream_, [&](Random&) {
      HandoverMade event;
      event.act = Title{fmt::format("Acta de entrega 4 de {}", agenda_.year)};
      event.code = code;
      event.items = inventory(at);
      event.reason = {"Renuncia aceptada."};
      event.to = {successor};
      return event;
    });
    const auto accepted = people_.accepted(post_.unit, post_.number);
    tell_(accepted, accepted, {successor, self.as}, stream_, [&](Random&) {
      HandoverAccepted event;
      event.code = code;
      event.observations = Text{"Recibido con los expedientes al día."};
      return event;
    });
  }

  const Story& story_;
  const People& people_;
  const Agenda& agenda_;
  Telling& tell_;
  const Post post_;
  const std::string stream_;
  Moment at_;
};

}  // namespace

std::uint32_t actor_count(const Story& story) {
  auto count = std::uint32_t(agency_posts().size() + story.people().managed_departments().size());
  for (int unit = 0; unit < kDirectorates; ++unit) count += staff_size(story, unit);
  return count;
}

void tell_actor(const Story& story, std::uint32_t subject, Telling& tell) { ActorScript(story, subject, tell).run(); }

}  // namespace fedatario::tools
