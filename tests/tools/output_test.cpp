// Tables, wrapping and progress, and that nothing written by others reaches the terminal as a command.
#include "tools/output.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace fedatario::tools;
using Lines = std::vector<std::string>;

namespace {

Terminal wide(std::size_t width) { return {false, false, width}; }

}  // namespace

TEST_CASE("columns are as wide as their widest cell, counted in characters and not in bytes") {
  TextTable table({"Línea", "Qué"});
  table.add({"0001", "Acción tomada"});
  table.add({"ñandú—7", "x"});
  CHECK(table.render(wide(0)) ==
        "Línea    Qué\n"
        "0001     Acción tomada\n"
        "ñandú—7  x\n");
}

TEST_CASE("a table narrower than its cells wraps the widest column at spaces") {
  TextTable table({"A", "B"});
  table.add({"uno", "el municipio entregó tarde el manual"});
  CHECK(table.render(wide(20)) ==
        "A    B\n"
        "uno  el municipio\n"
        "     entregó tarde\n"
        "     el manual\n");
}

TEST_CASE("text is wrapped at spaces, words too long are cut, line feeds stay") {
  CHECK(wrap("uno dos tres", 7) == Lines{"uno dos", "tres"});
  CHECK(wrap("ñññññññññ", 4) == Lines{"ññññ", "ññññ", "ñ"});
  CHECK(wrap("a\n\nb", 5) == Lines{"a", "", "b"});
  CHECK(wrap("", 5) == Lines{""});
  CHECK(wrap("uno dos", 0) == Lines{"uno dos"});
}

TEST_CASE("control characters of texts do not reach the terminal") {
  CHECK(printable("a\x1b[31mb") == "a�[31mb");
  CHECK(printable("a\xC2\x9B"
                  "31m") == "a�31m");
  CHECK(printable("a\tb\nc\x7F") == "a b\nc�");
  CHECK(printable("año ¿qué?") == "año ¿qué?");
  TextTable table({"A"});
  table.add({"\x1b]0;x\x07"});
  CHECK(table.render(wide(0)) == "A\n�]0;x�\n");
}

TEST_CASE("facts without a value are left out and long ones wrapped beside their names") {
  CHECK(render_facts({{"Quién", "directora.ddo"}, {"Nada", ""}, {"Por qué", "porque el municipio pidió más"}},
                     wide(24)) ==
        "Quién    directora.ddo\n"
        "Por qué  porque el\n"
        "         municipio pidió\n"
        "         más\n");
}

TEST_CASE("colours are written only where there are any") {
  CHECK(paint(Colour::red, "x", {true, false, 80}) == "x");
  CHECK(paint(Colour::red, "x", {true, true, 80}) == "\x1b[31mx\x1b[0m");
}

TEST_CASE("progress is a bar drawn over on a terminal and a line at each tenth elsewhere") {
  std::ostringstream plain, drawn;
  {
    Progress lines(plain, {false, false, 0}, "p", 40), bar(drawn, {true, false, 80}, "p", 40);
    for (std::size_t done : {1, 4, 5, 6, 40}) lines.advance_to(done), bar.advance_to(done);
  }
  CHECK(plain.str() == "p 4/40\np 40/40\n");
  CHECK(drawn.str().find("\rp [###---------------------------] 4/40") != std::string::npos);
  CHECK(drawn.str().ends_with("\rp [##############################] 40/40\n"));
}
