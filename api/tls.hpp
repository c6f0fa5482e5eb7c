// The server's side of TLS 1.3 (RFC 8446). Included by the server's own .cpp files only.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <string>

namespace fedatario::api {

// TLS 1.3 and nothing below it, with this certificate chain and key (PEM files; the key without passphrase). Throws
// std::runtime_error naming the file that is absent or wrong, and when the key is not the certificate's.
boost::asio::ssl::context make_tls_context(const std::string& certificate_file, const std::string& private_key_file);

}  // namespace fedatario::api
