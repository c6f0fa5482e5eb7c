#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/http_client.hpp"
#include "tests/support/self_signed.hpp"
#include "tests/support/serving.hpp"
#include "tests/support/temporary_directory.hpp"

using fedatario::api::ServerOptions;
using fedatario::tests::HttpClient;
using fedatario::tests::make_self_signed;
using fedatario::tests::Serving;
using fedatario::tests::TemporaryDirectory;
using fedatario::tests::Tls;

namespace {

struct Certified {
  Certified() {
    make_self_signed(directory / "cert.pem", directory / "key.pem");
    options.certificate_file = directory / "cert.pem";
    options.private_key_file = directory / "key.pem";
  }
  TemporaryDirectory directory;
  ServerOptions options;
};

}  // namespace

TEST_CASE("requests are served under TLS 1.3", "[server]") {
  const Certified certified;
  Serving serving(certified.options);
  HttpClient client(serving.port(), Tls::v1_3);
  CHECK(client.request("GET", "/hello").body == "hello");
  const std::string body(90'000, 'x');
  CHECK(client.request("POST", "/echo", "", body).body == body);
  CHECK(client.request("HEAD", "/hello").header("content-length") == "5");
  CHECK(client.request("POST", "/echo", "", std::string(100'001, 'x')).status == 413);
  CHECK(client.ends());
}

TEST_CASE("TLS 1.2 is refused, and so is plain HTTP on a TLS port", "[server]") {
  const Certified certified;
  Serving serving(certified.options);
  CHECK_THROWS_WITH(HttpClient(serving.port(), Tls::v1_2), Catch::Contains("protocol version"));
  HttpClient plain(serving.port());
  plain.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK_FALSE(plain.receive());
  CHECK(HttpClient(serving.port(), Tls::v1_3).request("GET", "/hello").status == 200);
}

TEST_CASE("a handshake that does not come in time ends the connection", "[server]") {
  Certified certified;
  certified.options.timeouts.header = std::chrono::milliseconds(150);
  Serving serving(certified.options);
  HttpClient silent(serving.port());
  CHECK(silent.ends());
}

TEST_CASE("a header that does not come to its end in time is a 408 under TLS too", "[server]") {
  Certified certified;
  certified.options.timeouts.header = std::chrono::milliseconds(150);
  Serving serving(certified.options);
  HttpClient client(serving.port(), Tls::v1_3);
  client.send("GET /hello HTTP/1.1\r\nHo");
  CHECK(client.receive().value().status == 408);
  CHECK(client.ends());
}

TEST_CASE("many clients are served under TLS at the same time, and the server stops", "[server]") {
  Certified certified;
  certified.options.threads = 4;
  Serving serving(certified.options);
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t)
    threads.emplace_back([&] {
      HttpClient client(serving.port(), Tls::v1_3);
      for (int i = 0; i < 10; ++i) good += client.request("GET", "/hello").body == "hello";
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == 60);
  HttpClient busy(serving.port(), Tls::v1_3);
  busy.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  std::thread stopping([&] { serving.stop(); });
  CHECK(busy.receive().value().body == "done");
  stopping.join();
}

TEST_CASE("with a certificate the server may listen to strangers", "[server]") {
  Certified certified;
  certified.options.address = "0.0.0.0";
  Serving serving(certified.options);
  CHECK(HttpClient(serving.port(), Tls::v1_3).request("GET", "/hello").status == 200);
}

TEST_CASE("a certificate that cannot be used is told by name", "[server]") {
  Certified certified;
  auto options = certified.options;
  options.private_key_file.clear();
  CHECK_THROWS_WITH(Serving(options), Catch::Contains("both"));
  options = certified.options;
  options.certificate_file = certified.directory / "absent.pem";
  CHECK_THROWS_WITH(Serving(options), Catch::Contains("absent.pem"));
  options = certified.options;
  make_self_signed(certified.directory / "other.pem", certified.directory / "other-key.pem");
  options.private_key_file = certified.directory / "other-key.pem";
  CHECK_THROWS_WITH(Serving(options), Catch::Contains("other-key.pem"));
  std::ofstream(certified.directory / "garbage.pem") << "no certificate";
  options.certificate_file = certified.directory / "garbage.pem";
  CHECK_THROWS_WITH(Serving(options), Catch::Contains("garbage.pem"));
}
