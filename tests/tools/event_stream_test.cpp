#include "tools/event_stream.hpp"

#include <catch2/catch.hpp>
#include <vector>

using fedatario::tools::EventStreamReader;
using fedatario::tools::StreamMessage;

namespace {

// "id|event|data" of each message.
std::vector<std::string> read(EventStreamReader& reader, std::string_view bytes) {
  std::vector<std::string> out;
  CHECK(reader.feed(bytes, [&](const StreamMessage& message) {
    out.push_back(message.id + "|" + message.event + "|" + message.data);
  }));
  return out;
}

using All = std::vector<std::string>;

}  // namespace

TEST_CASE("messages are read, wherever the bytes are cut and however lines end") {
  const std::string plain = ": hello\nid: 7\nevent: plan.opened\ndata: {\"a\": 1}\n\ndata:x\ndata: y\n\n";
  for (const auto* end : {"\n", "\r\n", "\r"}) {
    std::string text = "\xEF\xBB\xBF";
    for (const char c : plain) (c == '\n') ? text += end : text += c;
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      EventStreamReader reader;
      auto got = read(reader, text.substr(0, cut));
      for (auto& each : read(reader, text.substr(cut))) got.push_back(each);
      CHECK(got == All{"7|plan.opened|{\"a\": 1}", "7|message|x\ny"});
    }
  }
}

TEST_CASE("a message without data is told to nobody, and moves the id when it ends") {
  EventStreamReader reader;
  CHECK(read(reader, "id: 3\n") == All{});
  CHECK(reader.last_id().empty());
  CHECK(read(reader, ":\n\nevent: nothing\n\n:\n\n") == All{});
  CHECK(reader.last_id() == "3");
  CHECK(read(reader, "data\n\n") == All{"3|message|"});
}

TEST_CASE("fields nobody knows are passed over, and so is an id with a zero byte") {
  EventStreamReader reader;
  CHECK(read(reader, "retry: 5\nother\nid: 1\nid: 2" + std::string(1, '\0') + "\ndata:  a: b\n\n") ==
        All{"1|message| a: b"});
}

TEST_CASE("a new connection begins with a new message and the newest id") {
  EventStreamReader reader;
  CHECK(read(reader, "id: 1\ndata: a\n\nid: 2\nevent: half\ndata: b\nda") == All{"1|message|a"});
  reader.restart();
  CHECK(reader.last_id() == "1");
  CHECK(read(reader, "data: c\n\n") == All{"1|message|c"});
}

TEST_CASE("a message may be so long and not a byte longer") {
  const auto feed = [](std::size_t bytes) {
    EventStreamReader reader;
    const std::string data = "data: " + std::string(bytes - 6, 'x');
    return reader.feed(data + "\n\n", [](const StreamMessage&) {});
  };
  CHECK(feed(EventStreamReader::kMaxBytes));
  CHECK_FALSE(feed(EventStreamReader::kMaxBytes + 1));
}
