// Running the openssl command, and the authority's files for it.
#include "tests/support/timestamp_authority.hpp"

#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace fedatario::tests {
namespace {

using crypto::Bytes;
using crypto::View;

void write(const std::filesystem::path& path, View text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

Bytes read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string configuration(const AuthorityOptions& options) {
  std::string out = R"([ca]
default_ca = issuer
[issuer]
database = ./index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = names
[names]
organizationName = optional
commonName = supplied
[req]
string_mask = utf8only
utf8 = yes
distinguished_name = nothing
[nothing]
[issuer_extensions]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[authority_extensions]
basicConstraints = CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = stamping
[stamping]
serial = ./serial
signer_cert = ./authority.pem
certs = ./issuer.pem
signer_key = ./authority.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256,sha512
accuracy = secs:1,millisecs:500
tsa_name = yes
)";
  std::string extensions;
  if (!options.key_usage.empty()) extensions += "keyUsage = " + options.key_usage + "\n";
  if (!options.extended_key_usage.empty()) extensions += "extendedKeyUsage = " + options.extended_key_usage + "\n";
  out.insert(out.find("[tsa]\n"), extensions);
  out += "ess_cert_id_alg = " + options.certificate_hash + "\n";
  if (options.names_chain) out += "ess_cert_id_chain = yes\n";
  return out;
}

template <class T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

template <class T>
Owned<T> owned(T* made, void (*free)(T*)) {
  if (!made) throw std::runtime_error("the authority's library failed");
  return {made, free};
}

void require(bool done) {
  if (!done) throw std::runtime_error("the authority's library failed");
}

int fixed_time(TS_resp_ctx*, void* seconds, long* out_seconds, long* out_micros) {
  *out_seconds = static_cast<long>(*static_cast<std::int64_t*>(seconds));
  *out_micros = 0;
  return 1;
}

ASN1_INTEGER* fixed_serial(TS_resp_ctx*, void*) {
  ASN1_INTEGER* serial = ASN1_INTEGER_new();
  if (serial) ASN1_INTEGER_set(serial, 7);
  return serial;
}

}  // namespace

Bytes run_openssl(const std::filesystem::path& directory, const std::vector<std::string>& words, View input) {
  const TemporaryDirectory streams;
  write(streams / "in", input);
  std::vector<std::string> all{"openssl"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (auto& word : all) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const auto in = streams / "in", out = streams / "out", complaints = streams / "complaints";
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, complaints.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, "openssl", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (error != 0 || ::waitpid(child, &status, 0) != child) throw std::runtime_error("openssl does not run");
  if (status != 0) throw std::runtime_error("openssl " + words.front() + ": " + read(complaints) + read(out));
  return read(out);
}

TimestampAuthority::TimestampAuthority(const AuthorityOptions& options) {
  const auto openssl = [&](const std::vector<std::string>& words) { run_openssl(directory(), words); };
  write(directory_ / "openssl.cnf", configuration(options));
  write(directory_ / "index.txt", "");
  write(directory_ / "serial", "1000\n");
  const std::vector<std::string> algorithm =
      options.key == AuthorityKey::rsa_2048
          ? std::vector<std::string>{"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"}
          : std::vector<std::string>{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"};
  const auto certificate = [&](const std::string& who, const std::string& name, const std::string& from,
                               const std::string& until, const std::vector<std::string>& how) {
    std::vector<std::string> make_key{"genpkey", "-out", who + ".key"};
    make_key.insert(make_key.end(), algorithm.begin(), algorithm.end());
    openssl(make_key);
    openssl({"req", "-new", "-config", "openssl.cnf", "-utf8", "-key", who + ".key", "-subj",
             "/O=Entidad de Prueba/CN=" + name, "-out", who + ".csr"});
    std::vector<std::string> sign{"ca",       "-config",    "openssl.cnf", "-batch",           "-notext",    "-utf8",
                                  "-in",      who + ".csr", "-out",        who + ".pem",       "-startdate", from,
                                  "-enddate", until,        "-extensions", who + "_extensions"};
    sign.insert(sign.end(), how.begin(), how.end());
    openssl(sign);
  };
  certificate("issuer", "Raíz de Prueba", options.issuer_from, options.issuer_until,
              {"-selfsign", "-keyfile", "issuer.key"});
  certificate("authority", options.name, options.from, options.until,
              {"-cert", "issuer.pem", "-keyfile", "issuer.key"});
}

Bytes TimestampAuthority::answer(View query) const {
  write(directory_ / "query.tsq", query);
  return run_openssl(directory(), {"ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query.tsq"});
}

Bytes TimestampAuthority::answer_at(View query, std::int64_t seconds) const {
  const auto context = owned(TS_RESP_CTX_new(), TS_RESP_CTX_free);
  const auto bio_of = [&](const Bytes& bytes) {
    return owned<BIO>(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), BIO_free_all);
  };
  const Bytes own = certificate_pem(), secret = read(directory_ / "authority.key"), asked(query);
  const auto certificate = owned(PEM_read_bio_X509(bio_of(own).get(), nullptr, nullptr, nullptr), X509_free);
  const auto key = owned(PEM_read_bio_PrivateKey(bio_of(secret).get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  const auto policy = owned(OBJ_txt2obj("1.2.3.4.1", 1), ASN1_OBJECT_free);
  require(TS_RESP_CTX_set_signer_cert(context.get(), certificate.get()) == 1 &&
          TS_RESP_CTX_set_signer_key(context.get(), key.get()) == 1 &&
          TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256()) == 1 &&
          TS_RESP_CTX_set_ess_cert_id_digest(context.get(), EVP_sha256()) == 1 &&
          TS_RESP_CTX_set_def_policy(context.get(), policy.get()) == 1 &&
          TS_RESP_CTX_add_md(context.get(), EVP_sha256()) == 1 && TS_RESP_CTX_add_md(context.get(), EVP_sha512()) == 1);
  TS_RESP_CTX_set_time_cb(context.get(), fixed_time, &seconds);
  TS_RESP_CTX_set_serial_cb(context.get(), fixed_serial, nullptr);
  const auto reply = owned(TS_RESP_create_response(context.get(), bio_of(asked).get()), TS_RESP_free);
  unsigned char* der = nullptr;
  const int size = i2d_TS_RESP(reply.get(), &der);
  require(size > 0);
  Bytes out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

Bytes TimestampAuthority::sign(View content, std::vector<std::string> words, const std::string& content_type) const {
  write(directory_ / "content", content);
  words.insert(words.begin(), {"cms", "-sign", "-binary", "-nodetach", "-nosmimecap", "-outform", "DER", "-md",
                               "sha256", "-econtent_type", content_type, "-signer", "authority.pem", "-inkey",
                               "authority.key", "-in", "content"});
  return run_openssl(directory(), words);
}

Bytes TimestampAuthority::issuer_pem() const { return read(directory_ / "issuer.pem"); }
Bytes TimestampAuthority::certificate_pem() const { return read(directory_ / "authority.pem"); }

Bytes openssl_query(const std::string& hash, const std::string& digest_hex, std::vector<std::string> words) {
  words.insert(words.begin(), {"ts", "-query", "-cert", "-" + hash, "-digest", digest_hex});
  return run_openssl(std::filesystem::temp_directory_path(), words);
}

Bytes content_of_token(View token) {
  return run_openssl(std::filesystem::temp_directory_path(),
                     {"cms", "-verify", "-noverify", "-binary", "-inform", "DER"}, token);
}

}  // namespace fedatario::tests
