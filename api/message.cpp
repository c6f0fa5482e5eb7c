// Look-ups in a request, and making of answers.
#include "api/message.hpp"

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/trim.hpp>
#include <boost/json/serialize.hpp>
#include <cassert>

#include "api/negotiation.hpp"

namespace fedatario::api {
namespace {

std::optional<std::string_view> value_in(const Parameters& parameters, std::string_view name) {
  const auto found = parameters.find(name);
  if (found == parameters.end()) return {};
  return found->second;
}

}  // namespace

const std::string& Request::path_parameter(std::string_view name) const {
  const auto found = path.find(name);
  assert(found != path.end());
  return found->second;
}

std::optional<std::string_view> Request::query_parameter(std::string_view name) const { return value_in(query, name); }

std::optional<std::string_view> Request::header(std::string_view name) const { return value_in(headers, name); }

std::string Request::content_type() const {
  const auto given = header("content-type").value_or("");
  return boost::algorithm::to_lower_copy(boost::algorithm::trim_copy(std::string(given.substr(0, given.find(';')))));
}

bool Request::accepts(std::string_view media_type) const {
  return media_quality(header("accept").value_or(""), media_type) > 0;
}

bool Request::accepts_csv() const {
  const auto accept = header("accept").value_or("");
  return media_quality(accept, "text/csv") > media_quality(accept, kJson);
}

Response& Response::with(std::string name, std::string value) {
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

Response json_response(unsigned status, const boost::json::value& value) {
  return {status, std::string(kJson), boost::json::serialize(value), {}};
}

Response text_response(unsigned status, std::string_view content_type, std::string body) {
  return {status, std::string(content_type), std::move(body), {}};
}

}  // namespace fedatario::api
