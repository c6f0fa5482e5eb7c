// Reading of the vectors.
#include "tests/support/vectors.hpp"

#include <boost/json/object.hpp>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "crypto/json.hpp"

namespace fedatario::tests {

const boost::json::object& format_vectors() {
  static const boost::json::value whole = [] {
    const std::string path = FEDATARIO_SOURCE_DIR "/tests/vectors/format.json";
    std::ifstream file(path, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    auto parsed = crypto::parse_json(content.str(), {16, 4 * 1024 * 1024});
    if (!file || !parsed || !parsed->is_object()) throw std::runtime_error("no vectors in " + path);
    return *std::move(parsed);
  }();
  return whole.get_object();
}

const boost::json::value& member(const boost::json::value& row, std::string_view name) {
  return row.as_object().at(name);
}
const boost::json::array& rows(const boost::json::value& row, std::string_view name) {
  return member(row, name).as_array();
}
std::string text(const boost::json::value& row, std::string_view name) {
  return std::string(member(row, name).as_string());
}
std::uint64_t number(const boost::json::value& row, std::string_view name) {
  return std::uint64_t(member(row, name).as_int64());
}
crypto::Bytes hex(const boost::json::value& row, std::string_view name) {
  return crypto::from_hex(text(row, name)).value();
}
crypto::Digest digest(const boost::json::value& row, std::string_view name) {
  return crypto::digest_from_hex(text(row, name)).value();
}

crypto::SigningKey vector_key(std::string_view name) {
  return crypto::SigningKey::from_seed(hex(member(format_vectors().at("keys"), name), "seed"));
}
const boost::json::array& vector_rows(std::string_view name) { return format_vectors().at(name).as_array(); }
const boost::json::value& vector_event(std::size_t position) { return vector_rows("events").at(position); }

}  // namespace fedatario::tests
