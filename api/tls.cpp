// Loading the certificate and its key.
#include "api/tls.hpp"

#include <stdexcept>

namespace fedatario::api {

namespace ssl = boost::asio::ssl;

ssl::context make_tls_context(const std::string& certificate_file, const std::string& private_key_file) {
  ssl::context context(ssl::context::tls_server);
  const auto check = [](const boost::system::error_code& error, const std::string& doing) {
    if (error) throw std::runtime_error(doing + ": " + error.message());
  };
  if (SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_3_VERSION) != 1)
    throw std::runtime_error("this OpenSSL has no TLS 1.3");
  // An encrypted key is refused, or OpenSSL would ask for its passphrase on the terminal.
  context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); });
  boost::system::error_code error;
  context.use_certificate_chain_file(certificate_file, error);
  check(error, "certificate " + certificate_file);
  context.use_private_key_file(private_key_file, ssl::context::pem, error);
  check(error, "private key " + private_key_file);
  if (SSL_CTX_check_private_key(context.native_handle()) != 1)
    throw std::runtime_error("private key " + private_key_file + " is not that of certificate " + certificate_file);
  return context;
}

}  // namespace fedatario::api
