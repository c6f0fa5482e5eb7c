// Inflates single members of a zip archive held in memory, within limits: what the archive says of its sizes is not
// believed.
#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/wording.hpp"

struct zip;

namespace fedatario::tools {

// Why an archive or a member was not read.
struct ZipFault {
  Wording what;  // clauses without full stop
};

struct ZipLimits {
  std::size_t member_bytes;
  std::size_t total_bytes;  // of all members read, each time they are read
};

class Unzip {
 public:
  // Borrows `bytes`, which must outlive this.
  static boost::system::result<Unzip, ZipFault> open(std::string_view bytes, const ZipLimits& limits);

  // Of all members, in the order of the archive, folders among them; a name may stand there twice.
  std::vector<std::string> names() const;
  // The member's content, checked against its CRC; nothing when there is no such member.
  boost::system::result<std::optional<std::string>, ZipFault> read(const std::string& name);

 private:
  struct Discard {
    void operator()(zip* archive) const;
  };
  Unzip(zip* archive, const ZipLimits& limits) : archive_(archive), limits_(limits) {}

  std::unique_ptr<zip, Discard> archive_;
  ZipLimits limits_;
  std::size_t total_ = 0;
};

}  // namespace fedatario::tools
