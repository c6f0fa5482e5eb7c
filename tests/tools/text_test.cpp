// Folding, trimming and quoting of what people type.
#include "tools/text.hpp"

#include <catch2/catch.hpp>

using namespace fedatario::tools;

TEST_CASE("white space is trimmed at both ends, the no-break space too") {
  CHECK(trim("  a b\t\r\n") == "a b");
  CHECK(trim("\xC2\xA0 a\xC2\xA0") == "a");
  CHECK(trim(" \xC2\xA0\t ").empty());
  CHECK(trim("").empty());
  CHECK(trim("ñ") == "ñ");
}

TEST_CASE("labels are equal without regard to case, accents and spacing") {
  CHECK(fold_label("Código DIVIPOLA") == "codigo divipola");
  CHECK(fold_label("  CÓDIGO\n DIVIPOLA\xC2\xA0") == "codigo divipola");
  CHECK(fold_label("Co\xCC\x81"
                   "digo  divipola") == "codigo divipola");
  CHECK(fold_label("AÑO ÁÉÍÓÚÜ áéíóúü Çç ÿ") == "ano aeiouu aeiouu cc y");
  CHECK(fold_label(" \t ").empty());
  CHECK(fold_accents(" Ñandú  ") == " nandu  ");
}

TEST_CASE("what is no letter of Spanish stays as it is when folded") {
  CHECK(fold_accents("10 €, 5 × 3 — ß 中 Ø") == "10 €, 5 × 3 — ß 中 Ø");
  CHECK(fold_accents("\xC3") == "\xC3");
  CHECK(fold_accents("a\xFF\xCC") == "a\xFF\xCC");
}

TEST_CASE("the first byte that is not UTF-8 is found") {
  for (const char* good :
       {"", "abc", "ñ", "€", "\U0001F600", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xE0\xA0\x80", "\xC2\x80"}) {
    CAPTURE(good);
    CHECK_FALSE(first_invalid_utf8(good));
  }
  for (const char* bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xC3\x28", "\xE2\x28\xA1", "\xFF"}) {
    CAPTURE(bad);
    CHECK(first_invalid_utf8(bad) == 0u);
    CHECK(first_invalid_utf8("añ" + std::string(bad)) == 3u);
  }
}

TEST_CASE("a quotation is trimmed and cut between characters") {
  CHECK(in_quotes(" Sí ") == "«Sí»");
  CHECK(in_quotes(std::string(60, 'a')) == "«" + std::string(60, 'a') + "»");
  CHECK(in_quotes(std::string(61, 'a')) == "«" + std::string(60, 'a') + "…»");
  CHECK(in_quotes(std::string(59, 'a') + "ñb") == "«" + std::string(59, 'a') + "…»");
}
