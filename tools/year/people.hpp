// Who speaks in the year: actors by post, whom they stand in for and when they come and go. Codes name posts, never
// persons.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/year/dates.hpp"
#include "tools/year/offices.hpp"

namespace fedatario::tools {

// Who says something, in which role, and for whom.
struct Speaker {
  std::string actor;
  std::string as;
  std::string on_behalf = {};
};

namespace posts {
inline constexpr std::string_view kAdministrator = "administrador.1";
inline constexpr std::string_view kSubdirector = "subdireccion.1";  // with a key of his own
inline constexpr std::string_view kControl = "control.1";           // with one for a time
}  // namespace posts

// Of a unit's staff, coordinators and professionals are numbered from 0; their codes from 1.
struct Staff {
  int professionals = 0, coordinators = 0;
};

class People {
 public:
  // Both borrowed.
  People(std::uint64_t seed, const WorkingHours& hours, const Agenda& agenda) : hours_(hours), agenda_(agenda) {
    choose_managers(seed);
  }
  void set_staff(int unit, Staff staff) { staff_[std::size_t(unit)] = staff; }
  const Staff& staff(int unit) const { return staff_[std::size_t(unit)]; }

  // Whoever is in charge of the unit on that day.
  Speaker director(int unit, Moment recorded) const;
  Speaker coordinator(int unit, int number) const;
  // Of the unit whose director delegated; on his behalf while it lasts.
  bool delegates(int unit, Moment recorded) const;
  Speaker delegate(int unit) const;
  // Who holds the post: after a hand-over, his successor.
  Speaker professional(int unit, int number, Moment recorded) const;
  std::string professional_code(int unit, int number) const;
  std::string holder(int unit, int number, Moment recorded) const;
  Speaker agency(std::string_view actor, std::string_view role) const {
    return {std::string(actor), std::string(role)};
  }
  Speaker administrator() const { return agency(posts::kAdministrator, "administrator"); }
  Speaker subdirector() const { return agency(posts::kSubdirector, "subdirection"); }
  Speaker adviser() const { return agency("subdireccion.2", "subdirection"); }
  Speaker procedure() const { return agency("coordinacion.1", "procedure_coordinator"); }
  Speaker committee() const { return agency("comite.1", "committee"); }
  Speaker systems() const { return agency("sistemas.1", "system_officer"); }
  Speaker seta() const { return agency("sistema.seta", "system"); }
  Speaker archive(int number) const { return agency(number == 1 ? "archivo.1" : "archivo.2", "archive"); }
  Speaker legal(int number) const { return agency(number == 1 ? "juridica.1" : "juridica.2", "legal"); }
  Speaker control() const { return agency(posts::kControl, "control_office"); }

  // Departments where lines may be given to a territorial manager, for the units he works for.
  bool has_manager(std::string_view department, int unit) const;
  Speaker manager(std::string_view department, int unit) const;
  std::vector<std::string_view> managed_departments() const;

  // A unit where somebody stands in for the director in June.
  static bool has_leave(int unit) { return unit == 1 || unit == 3; }
  static constexpr int kDelegatingUnit = 2;
  static constexpr int kInCharge = 0;   // the coordinator who stands in
  static constexpr int kSubmitter = 1;  // the coordinator who submits plans, and who holds the delegation

  // Which key of his own the actor signs with then; none: the service signs for his session.
  std::optional<int> key_of(std::string_view actor, Moment recorded) const;
  Moment keys_enrolled() const { return moment(hours_.add(agenda_.founded, 5), 9, 30); }
  Moment key_rotated() const { return moment(agenda_.rotation, 8, 5); }
  Moment key_lost() const { return moment(agenda_.key_lost, 8, 20); }

  // Professionals who leave in August.
  bool leaves(int unit, int number) const;
  int successor(int number) const { return number + 1; }
  Moment handed_over(int unit, int number) const;  // said by him
  Moment accepted(int unit, int number) const;     // by his successor
  Moment retired(int unit, int number) const;

 private:
  void choose_managers(std::uint64_t seed);

  const WorkingHours& hours_;
  const Agenda& agenda_;
  Staff staff_[kDirectorates];
  bool managed_[100] = {};  // by department
};

// A person's name, as personal parts have it; made up.
std::string person_name(Random& random);

}  // namespace fedatario::tools
