// Key files: PKCS#8 as other programs write it, passphrases, and files that must not be replaced.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "crypto/ed25519.hpp"

using namespace fedatario::crypto;
using Catch::Contains;

namespace {

const Bytes kSeed = *from_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

// The DER of PKCS#8 (RFC 8410 section 7), built by hand.
std::string pem_of_seed() {
  return "-----BEGIN PRIVATE KEY-----\n" + to_base64(*from_hex("302e020100300506032b657004220420") + kSeed) +
         "\n-----END PRIVATE KEY-----\n";
}

class Directory {
 public:
  Directory() {
    std::string name = (std::filesystem::temp_directory_path() / "fedatario-keys-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path_ = name;
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

void write(const std::filesystem::path& path, View text) { std::ofstream(path, std::ios::binary) << text; }

}  // namespace

TEST_CASE("a key is written as the PKCS#8 every program reads, and read from it") {
  const SigningKey key = SigningKey::from_seed(kSeed);
  CHECK(key.to_pem() == pem_of_seed());
  CHECK(SigningKey::from_pem(pem_of_seed()).public_key() == key.public_key());
}

TEST_CASE("a key with a passphrase is read with that passphrase and no other") {
  const SigningKey key = SigningKey::from_seed(kSeed);
  const std::string pem = key.to_pem("contraseña larga");
  CHECK_THAT(pem, Contains("BEGIN ENCRYPTED PRIVATE KEY"));
  CHECK(SigningKey::from_pem(pem, "contraseña larga").public_key() == key.public_key());
  CHECK_THROWS_WITH(SigningKey::from_pem(pem, "otra"), Contains("passphrase is wrong"));
  CHECK_THROWS_WITH(SigningKey::from_pem(pem), Contains("no passphrase was given"));
  CHECK(pem != key.to_pem("contraseña larga"));
}

TEST_CASE("a passphrase for a key that has none is not needed") {
  CHECK(SigningKey::from_pem(pem_of_seed(), "unused").public_key() == SigningKey::from_seed(kSeed).public_key());
}

TEST_CASE("a passphrase may be as long as OpenSSL can ask for, and no longer") {
  const SigningKey key = SigningKey::from_seed(kSeed);
  const std::string longest(1024, 'x');
  CHECK(SigningKey::from_pem(key.to_pem(longest), longest).public_key() == key.public_key());
  CHECK_THROWS_WITH(key.to_pem(longest + "x"), Contains("too long"));
  CHECK_THROWS_AS(SigningKey::from_pem(key.to_pem(longest), longest + "x"), Error);
}

TEST_CASE("what is no Ed25519 private key is refused, and says why") {
  const std::string x25519 = "-----BEGIN PRIVATE KEY-----\n" +
                             to_base64(*from_hex("302e020100300506032b656e04220420") + kSeed) +
                             "\n-----END PRIVATE KEY-----\n";
  CHECK_THROWS_WITH(SigningKey::from_pem(x25519), Contains("not an Ed25519 key"));
  CHECK_THROWS_WITH(SigningKey::from_pem(""), Contains("no PEM of a private key"));
  CHECK_THROWS_WITH(SigningKey::from_pem("seed"), Contains("no PEM of a private key"));
  std::string damaged = pem_of_seed();
  damaged[40] = '!';
  CHECK_THROWS_WITH(SigningKey::from_pem(damaged), Contains("no PEM of a private key"));
}

TEST_CASE("a key file is saved for its owner alone, read back, and never replaced") {
  const Directory directory;
  const auto path = directory / "key.pem";
  const SigningKey key = SigningKey::generate();
  save_signing_key(path, key, "secreto");
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(load_signing_key(path, "secreto").public_key() == key.public_key());
  CHECK_THROWS_WITH(save_signing_key(path, SigningKey::generate()),
                    Contains("cannot create") && Contains(path.string()));
  CHECK(load_signing_key(path, "secreto").public_key() == key.public_key());
}

TEST_CASE("trouble with a key file names the file") {
  const Directory directory;
  const auto path = directory / "key.pem";
  CHECK_THROWS_WITH(load_signing_key(path), Contains(path.string()) && Contains("No such file"));
  CHECK_THROWS_WITH(load_signing_key(path.parent_path()), Contains("cannot read"));
  CHECK_THROWS_AS(save_signing_key(directory / "nowhere/key.pem", SigningKey::generate()), Error);
  write(path, "nothing of use");
  CHECK_THROWS_WITH(load_signing_key(path), Contains(path.string()) && Contains("no PEM"));
  write(path, pem_of_seed() + std::string(64 * 1024, ' '));
  CHECK_THROWS_WITH(load_signing_key(path), Contains(path.string()) && Contains("too long"));
}
