// A line at a time.
#include "tools/event_stream.hpp"

namespace fedatario::tools {

bool EventStreamReader::feed(std::string_view bytes, const std::function<void(const StreamMessage&)>& take) {
  for (const char c : bytes) {
    const bool ends_return = c == '\n' && after_return_;
    after_return_ = c == '\r';
    if (ends_return) continue;
    if (c == '\r' || c == '\n') {
      end_line(take);
      continue;
    }
    if (line_.size() + data_.size() >= kMaxBytes) return false;
    line_ += c;
  }
  return true;
}

void EventStreamReader::restart() {
  line_.clear(), event_.clear(), data_.clear();
  id_ = last_id_;
  after_return_ = false;
  first_line_ = true;
}

void EventStreamReader::end_line(const std::function<void(const StreamMessage&)>& take) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view line = line_;
  if (first_line_ && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  first_line_ = false;
  if (line.empty()) {
    last_id_ = id_;
    if (!data_.empty()) {
      data_.pop_back();
      take({last_id_, event_.empty() ? "message" : event_, data_});
    }
    event_.clear(), data_.clear();
  } else if (line[0] != ':') {
    const auto colon = line.find(':');
    const auto field = line.substr(0, colon);
    auto value = colon == line.npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (field == "data") data_.append(value).append("\n");
    if (field == "event") event_ = value;
    if (field == "id" && value.find('\0') == value.npos) id_ = value;
  }
  line_.clear();
}

}  // namespace fedatario::tools
