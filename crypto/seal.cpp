// AES-256-GCM and RFC 3394 key wrapping over OpenSSL, with fetched algorithms and a context kept for each thread. The
// context is emptied after each use: a destroyed key must not live on in it.
#include "crypto/seal.hpp"

#include <array>
#include <cassert>
#include <limits>

#include "crypto/hash.hpp"
#include "crypto/openssl.hpp"

namespace fedatario::crypto {
namespace {

constexpr std::size_t kTagBytes = 16;
// Each part key seals one text in its life, so a nonce that never changes never repeats under a key.
constexpr std::array<unsigned char, 12> kNonce{};

// Fetched once and never given back: threads may still seal while the program ends.
const EVP_CIPHER* fetch(const char* name) {
  const EVP_CIPHER* cipher = EVP_CIPHER_fetch(nullptr, name, nullptr);
  require(cipher != nullptr, name);
  return cipher;
}

const EVP_CIPHER* gcm() {
  static const EVP_CIPHER* const cipher = fetch("AES-256-GCM");
  return cipher;
}

const EVP_CIPHER* wrap() {
  static const EVP_CIPHER* const cipher = fetch("AES-256-WRAP");
  return cipher;
}

// The thread's context for the time of one operation.
class Context {
 public:
  Context() : context_(of_thread()) {}
  ~Context() { EVP_CIPHER_CTX_reset(context_); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  EVP_CIPHER_CTX* get() const { return context_; }

 private:
  static EVP_CIPHER_CTX* of_thread() {
    thread_local const CipherContextPtr context(EVP_CIPHER_CTX_new());
    require(context != nullptr, "cipher context");
    return context.get();
  }
  EVP_CIPHER_CTX* context_;
};

int length(View bytes) {
  assert(bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()) - kTagBytes);
  return static_cast<int>(bytes.size());
}

// A key of ours, overwritten when its scope ends, whichever way.
struct Secret {
  Bytes bytes;
  ~Secret() { cleanse(bytes); }
};

}  // namespace

std::string commit(View commitment_key, View canonical) {
  assert(commitment_key.size() == kSecretBytes);
  return "hs256:" + to_hex(hmac_sha256(commitment_key, canonical));
}

Bytes wrap_key(View wrapping_key, View key) {
  assert(wrapping_key.size() == kSecretBytes && key.size() == kSecretBytes);
  const Context context;
  Bytes wrapped(kWrappedBytes, '\0');
  int written = 0;
  require(EVP_EncryptInit_ex2(context.get(), wrap(), octets(wrapping_key.data()), nullptr, nullptr) == 1 &&
              EVP_EncryptUpdate(context.get(), octets(wrapped.data()), &written, octets(key.data()), length(key)) == 1,
          "key wrapping");
  assert(written == static_cast<int>(kWrappedBytes));
  return wrapped;
}

std::optional<Bytes> unwrap_key(View wrapping_key, View wrapped) {
  assert(wrapping_key.size() == kSecretBytes);
  if (wrapped.size() != kWrappedBytes) return std::nullopt;
  const Context context;
  require(EVP_DecryptInit_ex2(context.get(), wrap(), octets(wrapping_key.data()), nullptr, nullptr) == 1,
          "key unwrapping");
  Bytes key(kWrappedBytes, '\0');
  int written = 0;
  if (EVP_DecryptUpdate(context.get(), octets(key.data()), &written, octets(wrapped.data()), length(wrapped)) != 1) {
    ERR_clear_error();
    return std::nullopt;
  }
  assert(written == static_cast<int>(kSecretBytes));
  key.resize(kSecretBytes);
  return key;
}

Sealed seal(View group_key, View associated, View plaintext) {
  const Secret key{random_bytes(kSecretBytes)};
  Sealed sealed{wrap_key(group_key, key.bytes), Bytes(plaintext.size() + kTagBytes, '\0')};
  const Context context;
  unsigned char* const out = octets(sealed.ciphertext.data());
  int written = 0;
  int rest = 0;
  require(EVP_EncryptInit_ex2(context.get(), gcm(), octets(key.bytes.data()), kNonce.data(), nullptr) == 1 &&
              EVP_EncryptUpdate(context.get(), nullptr, &written, octets(associated.data()), length(associated)) == 1 &&
              EVP_EncryptUpdate(context.get(), out, &written, octets(plaintext.data()), length(plaintext)) == 1 &&
              EVP_EncryptFinal_ex(context.get(), out + written, &rest) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagBytes, out + plaintext.size()) == 1,
          "sealing");
  assert(written + rest == length(plaintext));
  return sealed;
}

std::optional<Bytes> open_sealed(View group_key, View associated, const Sealed& sealed) {
  if (sealed.ciphertext.size() < kTagBytes) return std::nullopt;
  std::optional<Bytes> unwrapped = unwrap_key(group_key, sealed.wrapped_key);
  if (!unwrapped) return std::nullopt;
  const Secret key{std::move(*unwrapped)};
  const View body = View(sealed.ciphertext).substr(0, sealed.ciphertext.size() - kTagBytes);
  std::array<unsigned char, kTagBytes> tag;
  sealed.ciphertext.copy(reinterpret_cast<char*>(tag.data()), kTagBytes, body.size());

  const Context context;
  Bytes plaintext(body.size(), '\0');
  unsigned char* const out = octets(plaintext.data());
  int written = 0;
  int rest = 0;
  require(EVP_DecryptInit_ex2(context.get(), gcm(), octets(key.bytes.data()), kNonce.data(), nullptr) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1 &&
              EVP_DecryptUpdate(context.get(), nullptr, &written, octets(associated.data()), length(associated)) == 1 &&
              EVP_DecryptUpdate(context.get(), out, &written, octets(body.data()), length(body)) == 1,
          "opening");
  if (EVP_DecryptFinal_ex(context.get(), out + written, &rest) != 1) {
    ERR_clear_error();
    cleanse(plaintext);
    return std::nullopt;
  }
  return plaintext;
}

}  // namespace fedatario::crypto
