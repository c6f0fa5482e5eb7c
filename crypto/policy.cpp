// Line after line; what a line names stands in an earlier one.
#include "crypto/policy.hpp"

#include <algorithm>
#include <set>

#include "crypto/text_lines.hpp"

namespace fedatario::crypto {
namespace {

constexpr std::size_t kMaxLines = 10'000;

bool is_allowed(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0x09 || (byte >= 0x20 && byte != 0x7f);
}

std::vector<View> words_of(View line) {
  std::vector<View> out;
  while (true) {
    const auto begin = line.find_first_not_of(" \t");
    if (begin == View::npos) return out;
    const auto end = std::min(line.find_first_of(" \t", begin), line.size());
    out.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

class Reading {
 public:
  Parsed<Policy> read(View text) {
    while (!text.empty()) {
      ++line_;
      const auto line = next_line(text);
      if (!line) return fault("the last line has no line feed");
      if (line_ > kMaxLines) return fault("too many lines");
      if (!std::ranges::all_of(*line, is_allowed)) return fault("a control character");
      const auto words = words_of(*line);
      if (words.empty() || words[0].starts_with('#')) continue;
      if (auto wrong = take(words)) return fault(*std::move(wrong));
    }
    if (!has_quorum_) return fault("there is no quorum line");
    return std::move(policy_);
  }

 private:
  using Wrong = std::optional<std::string>;

  Fault fault(std::string what) const { return {line_, std::move(what)}; }

  Wrong take(const std::vector<View>& words) {
    if (words[0] == "log") return take_log(words);
    if (words[0] == "witness") return take_witness(words);
    if (words[0] == "group") return take_group(words);
    if (words[0] == "quorum") return take_quorum(words);
    return "unknown keyword \"" + std::string(words[0]) + "\"";
  }

  Wrong take_log(const std::vector<View>& words) {
    if (words.size() < 2 || words.size() > 3) return "a log has a key and may have a URL";
    auto key = NoteVerifier::parse(words[1]);
    if (!key) return key.error().what;
    for (const auto& log : policy_.logs)
      if (log.key.key == key->key) return "two logs have the same key";
    policy_.logs.push_back({*std::move(key), std::string(words.size() > 2 ? words[2] : "")});
    return {};
  }

  Wrong take_witness(const std::vector<View>& words) {
    if (words.size() < 3 || words.size() > 4) return "a witness has a name and a key, and may have a URL";
    auto key = NoteVerifier::parse(words[2], NoteKeyType::cosignature);
    if (!key) return key.error().what;
    for (const auto& witness : policy_.witnesses)
      if (witness.key.key == key->key) return "two witnesses have the same key";
    if (auto wrong = take_name(words[1])) return wrong;
    policy_.components.push_back({std::string(words[1]), 1, {}, policy_.witnesses.size()});
    policy_.witnesses.push_back(
        {std::string(words[1]), *std::move(key), std::string(words.size() > 3 ? words[3] : "")});
    return {};
  }

  Wrong take_group(const std::vector<View>& words) {
    if (words.size() < 4) return "a group has a name, how many are needed, and members";
    Policy::Component group{std::string(words[1]), 0, {}, 0};
    for (std::size_t i = 3; i < words.size(); ++i) {
      const auto member = find(words[i]);
      if (!member) return "\"" + std::string(words[i]) + "\" is no witness or group of a line before";
      if (!taken_.insert(*member).second) return "\"" + std::string(words[i]) + "\" is a member twice";
      group.members.push_back(*member);
    }
    const auto needed = words[2] == "all"   ? std::optional<std::uint64_t>(group.members.size())
                        : words[2] == "any" ? std::optional<std::uint64_t>(1)
                                            : read_decimal(words[2]);
    if (!needed || *needed == 0 || *needed > group.members.size())
      return "a group needs all, any, or a number from 1 to that of its members";
    group.needed = *needed;
    if (auto wrong = take_name(words[1])) return wrong;
    policy_.components.push_back(std::move(group));
    return {};
  }

  Wrong take_quorum(const std::vector<View>& words) {
    if (words.size() != 2) return "a quorum is one name, or none";
    if (has_quorum_) return "there are two quorum lines";
    has_quorum_ = true;
    if (words[1] == "none") return {};
    policy_.quorum = find(words[1]);
    if (!policy_.quorum) return "\"" + std::string(words[1]) + "\" is no witness or group of a line before";
    return {};
  }

  Wrong take_name(View name) const {
    if (name == "none") return "no witness or group may be called none";
    if (find(name)) return "two witnesses or groups are called \"" + std::string(name) + "\"";
    return {};
  }

  std::optional<std::size_t> find(View name) const {
    for (std::size_t i = 0; i < policy_.components.size(); ++i)
      if (policy_.components[i].name == name) return i;
    return std::nullopt;
  }

  Policy policy_;
  std::set<std::size_t> taken_;  // components that are somebody's members
  bool has_quorum_ = false;
  std::size_t line_ = 0;
};

}  // namespace

std::vector<NoteVerifier> Policy::witness_keys() const {
  std::vector<NoteVerifier> out;
  for (const auto& witness : witnesses) out.push_back(witness.key);
  return out;
}

bool Policy::is_met_by(const std::vector<NoteVerifier>& cosigners) const {
  if (!quorum) return true;
  // Members stand before their group.
  std::vector<bool> met;
  for (const auto& component : components) {
    if (component.members.empty()) {
      const auto& key = witnesses[component.witness].key.key;
      met.push_back(std::ranges::any_of(cosigners, [&](const auto& one) { return one.key == key; }));
    } else {
      met.push_back(std::size_t(std::ranges::count_if(component.members, [&](auto i) { return met[i]; })) >=
                    component.needed);
    }
  }
  return met[*quorum];
}

Parsed<Policy> parse_policy(View text) { return Reading().read(text); }

}  // namespace fedatario::crypto
