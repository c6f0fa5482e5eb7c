// No source has `?:` in an expression that awaits.
#include <catch2/catch.hpp>

#include "tests/conformance/co_await_expressions.hpp"
#include "tests/conformance/sources.hpp"

using namespace fedatario::tests;

namespace {

using Lines = std::vector<int>;

// Within a function body, as the second line.
Lines found_in(const std::string& statement) {
  return awaited_conditionals("awaitable<void> f() {\n" + statement + "\n}\n");
}

}  // namespace

TEST_CASE("no source awaits and chooses in one expression") {
  std::size_t awaiting = 0;
  for (const auto& file : product_sources()) {
    if (code_only(file.text).find("co_await") != std::string::npos) ++awaiting;
    for (int line : awaited_conditionals(file.text))
      FAIL_CHECK(file.path << ":" << line << ": ?: in a co_await expression");
  }
  CHECK(awaiting > 0);
}

TEST_CASE("a choice in an awaited expression is found wherever it stands") {
  for (const char* statement : {
           "co_await send(ok ? a() : b());",
           "auto x = co_await (ok ? a() : b());",
           "auto x = ok ? co_await a() : b();",
           "auto x = ok ? a() : co_await b();",
           "co_return co_await f(g(h(ok ? 1 : 2)));",
           "co_await f(Options{ok ? 1 : 2});",
           "co_await f({1, ok ? 1 : 2});",
           "co_await f(array[ok ? 1 : 2]);",
           "x = co_await f() ? 1 : 2;",
           "g(co_await f(), ok ? 1 : 2);",
           "if (co_await f(ok ? 1 : 2)) g();",
           "if constexpr (co_await f(ok ? 1 : 2)) g();",
           "while (co_await f(ok ? 1 : 2)) { g(); }",
           "for (auto& x : co_await f(ok ? 1 : 2)) g(x);",
           "for (;;) co_await f(ok ? 1 : 2);",
           "if (ok) { co_await f(ok ? 1 : 2); }",
           "co_await f([&] { return 1; }, ok ? 1 : 2);",
           "co_await f(Options{[] { return 1; }, ok ? 1 : 2});",
           "if (a) { if (b) { co_await f(ok ? 1 : 2); } }",
           "co_await f([&] { co_await g(ok ? 1 : 2); });",
           "auto x = co_await [&] { return f(); }() ? 1 : 2;",
           "co_await f(\"?\", ok ? '?' : ';');",
           "co_await f(1'000, ok ? 1 : 2);",
       }) {
    CAPTURE(statement);
    CHECK(found_in(statement) == Lines{2});
  }
}

TEST_CASE("a choice beside an awaited expression is left alone") {
  for (const char* statement : {
           "const auto x = ok ? a() : b(); co_await send(x);",
           "co_await send(x); return ok ? a() : b();",
           "if (co_await f()) g(ok ? 1 : 2);",
           "if (ok ? a : b) co_await f();",
           "if (co_await f()) { g(ok ? 1 : 2); }",
           "while (co_await f()) x = ok ? 1 : 2;",
           "for (auto& x : co_await f()) g(ok ? 1 : 2);",
           "for (int i = ok ? 1 : 2; i < 9; ++i) co_await f(i);",
           "for (co_await f(); ok; x = ok ? 1 : 2) g();",
           "co_await f([&] { return ok ? 1 : 2; });",
           "co_await f(Options{[] { return ok ? 1 : 2; }});",
           "if (co_await f()) { if (a) { x = ok ? 1 : 2; } }",
           "auto x = ok ? [&] { co_await f(); } : g;",
           "{ co_await f(); } x = ok ? 1 : 2;",
           "switch (co_await f()) { case 1: x = ok ? 1 : 2; }",
           "co_await f(\"a ? b : c\");",
           "co_await f(R\"(a ? b : c)\");",
           "co_await f('?');",
           "co_await f();  // ? :",
           "co_await f(/* ok ? 1 : 2 */);",
           "// co_await f(ok ? 1 : 2);",
           "g(ok ? 1 : 2, \"co_await\");",
           "not_co_await(ok ? 1 : 2);",
       }) {
    CAPTURE(statement);
    CHECK(found_in(statement).empty());
  }
}

TEST_CASE("a choice over several lines is told with the line that awaits") {
  CHECK(found_in("co_await f(a,\n  ok ? 1\n  : 2);") == Lines{2});
  CHECK(found_in("x = ok\n  ? 1\n  : co_await f();") == Lines{4});
  CHECK(found_in("co_await f(ok ? 1 : 2);\nco_await f();\nco_await f(ok ? 1 : 2);") == Lines{2, 4});
}

TEST_CASE("preprocessor lines are no code") {
  CHECK(awaited_conditionals("#define AWAIT(x) \\\n  co_await f(x ? 1 : 2);\n").empty());
  CHECK(code_only("a\n#include <b?c>\nd") == "a\n              \nd");
}

TEST_CASE("what is no code is blanked, and lines stay where they were") {
  CHECK(code_only("a /* ?\n? */ b") == "a     \n     b");
  CHECK(code_only("a // ?\nb") == "a     \nb");
  CHECK(code_only("f(\"?\\\"?\", x)") == "f(      , x)");
  CHECK(code_only("f(R\"x(?)\"?)x\", y)") == "f(R          , y)");
  CHECK(code_only("1'000 ? 'a' : '\\''") == "1'000 ?     :     ");
}
