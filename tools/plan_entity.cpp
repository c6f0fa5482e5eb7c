// Whom a row's line assists: its order, its DIVIPOLA code or NIT, and what a new entity is registered with.
#include "ledger/codes.hpp"
#include "tools/plan_line.hpp"
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

class EntityReader {
 public:
  EntityReader(SheetRow& row, PlanFile& file) : row_(row), file_(file) {}

  void read(PlanSheetLine& out) {
    const auto order = row_.read("Orden", [](std::string_view text) {
      return parse_choice<ledger::EntityOrder>(
          text, {{"Nacional", ledger::EntityOrder::national}, {"Territorial", ledger::EntityOrder::territorial}});
    });
    const auto name = row_.title("Entidad");
    const auto sigep = row_.read_if_written("Código SIGEP", parse_title);
    const auto place = divipola(order == ledger::EntityOrder::territorial);
    const auto tax = nit(order == ledger::EntityOrder::national);
    if (!order) return;
    out.fields.order = *order;
    if (*order == ledger::EntityOrder::territorial) {
      if (place) out.fields.entity.value = place_code(place->value);
      return;
    }
    if (!tax) return;
    out.fields.entity.value = nit_code(tax->number);
    if (!name || file_.has_entity(out.fields.entity.value)) return;
    file_.entities.emplace(out.fields.entity.value, name->value);
    NewEntity entity{out.fields.entity.value, {}};
    entity.fields.from = file_.entities_from;
    entity.fields.name = *name;
    entity.fields.nit = ledger::Title{tax->text()};
    entity.fields.order = *order;
    entity.fields.divipola = place;
    entity.fields.sigep = sigep;
    out.new_entity = std::move(entity);
  }

 private:
  std::optional<ledger::Title> divipola(bool required) {
    constexpr const char* kColumn = "Código DIVIPOLA";
    const std::string code{row_.text(kColumn)};
    if (code.empty()) {
      if (required)
        row_.fault(kColumn, {"falta el código DIVIPOLA de la entidad territorial: escriba 5 dígitos (municipio) o 2 "
                             "(departamento)",
                             "the territorial entity's DIVIPOLA code is missing: write 5 digits (municipality) or 2 "
                             "(department)"});
      return std::nullopt;
    }
    if (file_.has_entity(place_code(code))) return ledger::Title{code};
    // A sheet that took the code for a number dropped its first zero.
    if (file_.has_entity(place_code("0" + code)))
      row_.fault(kColumn, {in_quotes(code) + " perdió su cero inicial: escriba 0" + code,
                           in_quotes(code) + " lost its leading zero: write 0" + code});
    else if (!ledger::is_divipola_code(code))
      row_.fault(kColumn,
                 {in_quotes(code) + " no es un código DIVIPOLA: escriba 5 dígitos (municipio) o 2 (departamento)",
                  in_quotes(code) + " is no DIVIPOLA code: write 5 digits (municipality) or 2 (department)"});
    else
      row_.fault(kColumn, {"el código DIVIPOLA " + code +
                               " no existe entre las entidades registradas: escriba el de la "
                               "entidad que nombra la línea",
                           "no entity is registered under the DIVIPOLA code " + code +
                               ": write that of the entity "
                               "which the line names"});
    return std::nullopt;
  }

  std::optional<ledger::Nit> nit(bool required) {
    const std::string text{row_.text("NIT")};
    if (text.empty()) {
      if (required)
        row_.fault("NIT",
                   {"falta el NIT de la entidad nacional: escriba el número, guion y dígito de verificación, por "
                    "ejemplo 800197268-4",
                    "the national entity's NIT is missing: write number, hyphen and check digit, such as "
                    "800197268-4"});
      return std::nullopt;
    }
    const auto nit = ledger::Nit::parse(text);
    if (!nit) {
      row_.fault("NIT",
                 {in_quotes(text) + " no es un NIT: escriba el número, guion y dígito de verificación, por ejemplo "
                                    "800197268-4",
                  in_quotes(text) + " is no NIT: write number, hyphen and check digit, such as 800197268-4"});
      return std::nullopt;
    }
    if (nit->digit_is_right()) return nit;
    const ledger::Nit right{nit->number, ledger::nit_check_digit(nit->number)};
    const auto number = std::to_string(nit->number), digit = std::to_string(right.digit);
    row_.fault("NIT", {"el dígito de verificación de " + number + " es " + digit + ", no " +
                           std::to_string(nit->digit) + ": escriba " + right.text() + ", o corrija el número",
                       "the check digit of " + number + " is " + digit + ", not " + std::to_string(nit->digit) +
                           ": write " + right.text() + ", or correct the number"});
    return std::nullopt;
  }

  SheetRow& row_;
  PlanFile& file_;
};

}  // namespace

void read_plan_entity(SheetRow& row, PlanFile& file, PlanSheetLine& out) { EntityReader(row, file).read(out); }

}  // namespace fedatario::tools
