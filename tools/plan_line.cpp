// Cells of a plan's row, checked each by itself and then against one another.
#include "tools/plan_line.hpp"

#include <algorithm>

#include "ledger/codes.hpp"
#include "tools/text.hpp"

namespace fedatario::tools {
namespace {

using ledger::Code;

class LineReader {
 public:
  LineReader(SheetRow& row, PlanFile& file) : row_(row), file_(file) {}

  PlanSheetLine read() {
    PlanSheetLine out;
    out.line = row_.line();
    auto& line = out.fields;
    const auto year = fiscal_year();
    unit();
    set(line.line, number());
    read_plan_entity(row_, file_, out);
    line.other_entities = codes("Otras entidades", [&](std::string_view code) { return file_.has_entity(code); },
                                {"la entidad", "the entity"});
    line.other_units = codes("Otras direcciones", [&](std::string_view code) { return is_unit(code); },
                             {"la dirección", "the directorate"});
    set(line.theme, row_.title("Temática"));
    const auto* service = find_service(line);
    obligation(line);
    choices(line);
    set(line.budget_cop.value, row_.read("Presupuesto (COP)", parse_pesos));
    set(line.responsible, row_.code("Responsable"));
    line.territorial_manager = row_.read_if_written("Gestor territorial", parse_code);
    line.responsible_office = row_.read_if_written("Dependencia o autoridad responsable", parse_title);
    line.assistance_kind = row_.read_if_written("Tipo de asistencia", parse_title);
    line.budget_item = row_.read_if_written("Rubro o CDP", parse_title);
    line.demand = row_.read_if_written("Radicado", parse_title);
    line.assistance_date = row_.read_if_written("Fecha de la asistencia", parse_day);
    read_plan_dates(row_, file_, year, service, line);
    return out;
  }

 private:
  template <class T>
  static void set(T& place, const std::optional<T>& value) {
    if (value) place = *value;
  }

  bool is_unit(std::string_view code) const { return file_.reference.units.contains(code); }

  std::optional<int> fiscal_year() {
    const auto year = row_.read("Vigencia", parse_fiscal_year);
    if (!year || *year == file_.fiscal_year) return year;
    const auto right = std::to_string(file_.fiscal_year), written = std::to_string(*year);
    row_.fault("Vigencia", {"la vigencia del plan es " + right + ", no " + written + ": escriba " + right +
                                " o lleve la línea al plan de " + written,
                            "the fiscal year of the plan is " + right + ", not " + written + ": write " + right +
                                " or move the line to the plan of " + written});
    return std::nullopt;
  }

  void unit() {
    const auto unit = row_.code("Dirección técnica");
    if (!unit) return;
    if (!is_unit(unit->value)) {
      const auto known = list_of({file_.reference.units.begin(), file_.reference.units.end()});
      row_.fault("Dirección técnica",
                 {"la dirección " + in_quotes(unit->value) + " no está registrada: escriba " + known.es,
                  "the directorate " + in_quotes(unit->value) + " is not registered: write " + known.en});
    } else if (unit->value != file_.unit) {
      row_.fault("Dirección técnica", {"el archivo es el plan de " + file_.unit + ", no de " + unit->value +
                                           ": escriba " + file_.unit + " o lleve la línea al otro plan",
                                       "the file is the plan of " + file_.unit + ", not of " + unit->value +
                                           ": write " + file_.unit + " or move the line to the other plan"});
    }
  }

  std::optional<Code> number() {
    const auto code = row_.code("Línea");
    if (!code) return code;
    const auto [first, fresh] = file_.lines.try_emplace(code->value, row_.line());
    if (fresh) return code;
    const auto where = std::to_string(first->second);
    row_.fault("Línea",
               {"el número " + code->value + " ya está en la línea " + where + " del archivo: ponga otro",
                "the number " + code->value + " stands in line " + where + " of the file already: give another"});
    return std::nullopt;
  }

  template <class Known>
  std::optional<std::vector<Code>> codes(std::string_view column, Known known, const Wording& kind) {
    if (row_.blank(column)) return std::nullopt;
    std::vector<Code> out;
    for (const auto piece : split(row_.text(column), '|')) {
      const auto code = lower(piece);
      if (!known(code)) {
        row_.fault(column, {kind.es + " " + in_quotes(code) +
                                " no está registrada: escriba su código; si son varias, "
                                "separe los códigos con «|»",
                            kind.en + " " + in_quotes(code) +
                                " is not registered: write its code; if there are more, "
                                "put «|» between the codes"});
        return std::nullopt;
      }
      out.push_back({code});
    }
    return out;
  }

  const ledger::ServiceFields* find_service(ledger::PlanLine& line) {
    const auto code = row_.code("Servicio");
    if (!code) return nullptr;
    const auto found = file_.reference.services.find(code->value);
    if (found == file_.reference.services.end()) {
      std::vector<std::string> codes;
      for (const auto& [known, fields] : file_.reference.services)
        if (fields.unit.value == file_.unit) codes.push_back(upper(known));
      const auto choices = list_of(codes);
      const bool none = codes.empty();
      row_.fault("Servicio",
                 {"el servicio " + in_quotes(row_.text("Servicio")) + " no está en el catálogo: " +
                      (none ? "cargue primero el catálogo" : "los de " + file_.unit + " son " + choices.es),
                  "the service " + in_quotes(row_.text("Servicio")) + " is not in the catalogue: " +
                      (none ? "load the catalogue first" : "those of " + file_.unit + " are " + choices.en)});
      return nullptr;
    }
    if (found->second.kind == ledger::ServiceKind::orientation) {
      row_.fault("Servicio", {upper(code->value) + " es una orientación, que no se planea: quite la línea",
                              upper(code->value) + " is an orientation, which is not planned: remove the line"});
      return nullptr;
    }
    line.service = *code;
    return &found->second;
  }

  void obligation(ledger::PlanLine& line) {
    using ledger::Obligation;
    const auto obligation = row_.read("Obligación", [](std::string_view text) {
      return parse_choice<Obligation>(text,
                                      {{"Voluntaria", Obligation::voluntary}, {"Normativa", Obligation::normative}});
    });
    line.norm = row_.read_if_written("Norma", parse_title);
    if (!obligation) return;
    line.obligation = *obligation;
    if (*obligation == Obligation::normative && row_.blank("Norma"))
      row_.fault("Norma",
                 {"falta la norma que obliga: escríbala (por ejemplo, Decreto 1083 de 2015, art. 2.2.22.3.4) o "
                  "ponga Voluntaria en Obligación",
                  "the norm that obliges is missing: write it (such as Decreto 1083 de 2015, art. 2.2.22.3.4) "
                  "or put Voluntaria under Obligación"});
  }

  void choices(ledger::PlanLine& line) {
    using namespace ledger;
    set(line.modality, row_.read("Modalidad", [](std::string_view text) {
      return parse_choice<Modality>(
          text, {{"Presencial", Modality::on_site}, {"Virtual", Modality::online}, {"Mixta", Modality::mixed}});
    }));
    set(line.reach, row_.read("Alcance", [](std::string_view text) {
      return parse_choice<Reach>(text, {{"Individual", Reach::individual}, {"Conjunta", Reach::joint}});
    }));
    line.origin = row_.read_if_written("Origen", [](std::string_view text) {
      return parse_choice<Origin>(text, {{"Oferta", Origin::offer}, {"Demanda", Origin::demand}});
    });
    line.acceptance = row_.read_if_written("Aceptación de la entidad", [](std::string_view text) {
      return parse_choice<Acceptance>(
          text, {{"Sí", Acceptance::accepted}, {"No", Acceptance::declined}, {"Pendiente", Acceptance::pending}});
    });
    line.travel = row_.read_if_written("Desplazamiento", parse_yes_no);
    line.mechanism = row_.read_if_written("Mecanismo", [](std::string_view text) {
      return parse_choice<Mechanism>(text, {{"Capacitación", Mechanism::training},
                                            {"Acompañamiento", Mechanism::accompaniment},
                                            {"Taller", Mechanism::workshop},
                                            {"Laboratorio", Mechanism::laboratory},
                                            {"Mesa de trabajo", Mechanism::working_table},
                                            {"Evento", Mechanism::event},
                                            {"Otro", Mechanism::other}});
    });
  }

  SheetRow& row_;
  PlanFile& file_;
};

}  // namespace

PlanSheetLine read_plan_line(SheetRow& row, PlanFile& file) { return LineReader(row, file).read(); }

Cell<int> parse_fiscal_year(std::string_view text) {
  if (const auto year = ledger::parse_year(trim(text))) return *year;
  if (trim(text).empty())
    return CellFault{"falta la vigencia: escriba el año, por ejemplo 2026",
                     "no fiscal year: write the year, such as 2026"};
  return CellFault{in_quotes(text) + " no es una vigencia: escriba el año, por ejemplo 2026",
                   in_quotes(text) + " is no fiscal year: write the year, such as 2026"};
}

}  // namespace fedatario::tools
