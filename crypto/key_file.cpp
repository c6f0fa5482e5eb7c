// Private keys as PKCS#8 PEM, and the files they live in. A passphrase is only ever the caller's: OpenSSL never asks on
// the terminal.
#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

#include "crypto/ed25519.hpp"
#include "crypto/openssl.hpp"

namespace fedatario::crypto {
namespace {

// scrypt (RFC 7914) as `openssl pkcs8 -scrypt` has it: 16 MiB, the most OpenSSL reads back without a setting.
constexpr std::uint64_t kScryptN = 16384;
constexpr std::uint64_t kScryptR = 8;
constexpr std::uint64_t kScryptP = 1;
constexpr std::size_t kMaxFileBytes = 64 * 1024;

struct Passphrase {
  std::string_view text;
  bool asked = false;
};

int give_passphrase(char* buffer, int size, int /*writing*/, void* user) {
  auto* passphrase = static_cast<Passphrase*>(user);
  passphrase->asked = true;
  if (passphrase->text.empty() || passphrase->text.size() > static_cast<std::size_t>(size)) return -1;
  std::ranges::copy(passphrase->text, buffer);
  return static_cast<int>(passphrase->text.size());
}

[[noreturn]] void throw_errno(const std::string& doing, const std::filesystem::path& path, int error) {
  throw Error(doing + " " + path.string() + ": " + std::strerror(error));
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

bool write_all(int fd, View data) {
  while (!data.empty()) {
    const ssize_t written = ::write(fd, data.data(), data.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    data.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// A text that is overwritten when its scope ends, whichever way.
struct Secret {
  std::string text;
  ~Secret() { cleanse(text); }
};

}  // namespace

SigningKey SigningKey::from_pem(View pem, std::string_view passphrase) {
  if (pem.size() > kMaxFileBytes) throw Error("private key: the text is too long");
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  require(bio != nullptr, "private key");
  Passphrase answer{passphrase};
  KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, give_passphrase, &answer));
  ERR_clear_error();
  if (!key) {
    if (!answer.asked) throw Error("private key: the text is no PEM of a private key");
    if (passphrase.empty()) throw Error("private key: it is encrypted and no passphrase was given");
    throw Error("private key: the passphrase is wrong, or the text is damaged");
  }
  if (EVP_PKEY_is_a(key.get(), "ED25519") != 1) throw Error("private key: it is not an Ed25519 key");
  return SigningKey(std::shared_ptr<void>(key.release(), [](EVP_PKEY* owned) { EVP_PKEY_free(owned); }));
}

std::string SigningKey::to_pem(std::string_view passphrase) const {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  const Pkcs8Ptr plain(EVP_PKEY2PKCS8(static_cast<EVP_PKEY*>(handle_.get())));
  require(bio && plain, "private key");
  if (passphrase.empty()) {
    require(PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio.get(), plain.get()) == 1, "private key");
  } else {
    if (passphrase.size() > PEM_BUFSIZE) throw Error("private key: the passphrase is too long");
    X509_ALGOR* scheme = PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, kScryptN, kScryptR, kScryptP);
    require(scheme != nullptr, "private key");
    const EncryptedPkcs8Ptr encrypted(
        PKCS8_set0_pbe(passphrase.data(), static_cast<int>(passphrase.size()), plain.get(), scheme));
    require(encrypted && PEM_write_bio_PKCS8(bio.get(), encrypted.get()) == 1, "private key");
  }
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  require(size > 0, "private key");
  return {text, static_cast<std::size_t>(size)};
}

SigningKey load_signing_key(const std::filesystem::path& path, std::string_view passphrase) {
  const Descriptor file(path, O_RDONLY);
  if (file.get() < 0) throw_errno("cannot open", path, errno);
  // One byte more than allowed, to see a file that is too long.
  Secret pem{std::string(kMaxFileBytes + 1, '\0')};
  std::size_t held = 0;
  while (held < pem.text.size()) {
    const ssize_t got = ::read(file.get(), pem.text.data() + held, pem.text.size() - held);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno("cannot read", path, errno);
    if (got == 0) break;
    held += static_cast<std::size_t>(got);
  }
  try {
    return SigningKey::from_pem(View(pem.text).substr(0, held), passphrase);
  } catch (const Error& error) {
    throw Error(path.string() + ": " + error.what());
  }
}

void save_signing_key(const std::filesystem::path& path, const SigningKey& key, std::string_view passphrase) {
  const Secret pem{key.to_pem(passphrase)};
  const Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL);
  if (file.get() < 0) throw_errno("cannot create", path, errno);
  if (!write_all(file.get(), pem.text) || ::fsync(file.get()) != 0) {
    const int error = errno;
    ::unlink(path.c_str());
    throw_errno("cannot write", path, error);
  }
  // The name of the file is synced too, or a crash could lose a key already in use.
  const std::filesystem::path directory = path.has_parent_path() ? path.parent_path() : ".";
  const Descriptor parent(directory, O_RDONLY | O_DIRECTORY);
  if (parent.get() < 0 || ::fsync(parent.get()) != 0) throw_errno("cannot sync", directory, errno);
}

}  // namespace fedatario::crypto
