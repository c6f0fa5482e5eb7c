#include "api/negotiation.hpp"

#include <catch2/catch.hpp>

#include "api/message.hpp"

using fedatario::api::media_quality;
using fedatario::api::preferred_language;
using fedatario::api::Request;
using fedatario::ledger::Language;

TEST_CASE("the most specific media range decides") {
  CHECK(media_quality("", "text/csv") == 1000);
  CHECK(media_quality("*/*", "text/csv") == 1000);
  CHECK(media_quality("text/*;q=0.5, */*;q=0.1", "text/csv") == 500);
  CHECK(media_quality("text/*;q=0.5, */*;q=0.1", "application/json") == 100);
  CHECK(media_quality("*/*, text/csv;q=0", "text/csv") == 0);
  CHECK(media_quality("Text/CSV;header=present;Q=0.25", "text/csv") == 250);
  CHECK(media_quality("application/json", "text/csv") == 0);
  CHECK(media_quality("text/html;a=\"x,text/csv;q=1\"", "text/csv") == 0);
}

TEST_CASE("a quality that cannot be read leaves its range out") {
  for (const char* q : {"2", "1.001", "0.1234", "-1", "x", "", "0,5", "1x"}) {
    CAPTURE(q);
    CHECK(media_quality(std::string("text/csv;q=") + q, "text/csv") == 0);
  }
  CHECK(media_quality("text/csv;q=1.000", "text/csv") == 1000);
  CHECK(media_quality("text/csv;q=0.", "text/csv") == 0);
  CHECK(media_quality("text/csv;q=1.", "text/csv") == 1000);
}

TEST_CASE("Spanish is spoken unless English is wanted more") {
  for (const char* text : {"", "es", "fr", "*", "es-CO,es;q=0.9,en;q=0.8", "en;q=0.5, es;q=0.5", "en;q=0", "eng",
                           "es;q=0.1, *;q=0.9, en;q=0.1"}) {
    CAPTURE(text);
    CHECK(preferred_language(text) == Language::es);
  }
  for (const char* text : {"en", "en-US,en;q=0.5", "EN", "es;q=0.8, en", "es;q=0.3, *;q=0.9", "fr, en;q=0.1"}) {
    CAPTURE(text);
    CHECK(preferred_language(text) == Language::en);
  }
}

TEST_CASE("CSV is given when it is wanted more than JSON") {
  const auto wants_csv = [](const char* accept) {
    Request request;
    request.headers["accept"] = accept;
    return request.accepts_csv();
  };
  CHECK(wants_csv("text/csv"));
  CHECK(wants_csv("text/csv, application/json;q=0.9"));
  CHECK_FALSE(wants_csv("*/*"));
  CHECK_FALSE(wants_csv("application/json, text/csv"));
  CHECK_FALSE(Request{}.accepts_csv());
  CHECK(Request{}.accepts("application/json"));
}

TEST_CASE("the content type is compared without its parameters") {
  Request request;
  CHECK(request.content_type().empty());
  request.headers["content-type"] = "Application/JSON ; charset=utf-8";
  CHECK(request.content_type() == "application/json");
}
