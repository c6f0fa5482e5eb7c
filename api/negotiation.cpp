// Reading lists with quality values.
#include "api/negotiation.hpp"

#include <boost/algorithm/string/predicate.hpp>
#include <optional>

namespace fedatario::api {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Cuts the part before `separator` off `rest`, not looking inside quoted strings.
std::string_view cut(std::string_view& rest, char separator) {
  bool quoted = false;
  std::size_t i = 0;
  for (; i < rest.size(); ++i) {
    if (quoted && rest[i] == '\\') {
      ++i;
    } else if (rest[i] == '"') {
      quoted = !quoted;
    } else if (rest[i] == separator && !quoted) {
      break;
    }
  }
  const auto part = rest.substr(0, i);
  rest.remove_prefix(i < rest.size() ? i + 1 : rest.size());
  return trimmed(part);
}

// RFC 9110 section 12.4.2: "0.25" is 250.
std::optional<int> thousandths(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return {};
  int value = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return {};
  int unit = 100;
  for (const char digit : text.substr(text.size() > 1 ? 2 : 1)) {
    if (digit < '0' || digit > '9') return {};
    value += (digit - '0') * unit;
    unit /= 10;
  }
  if (value > 1000) return {};
  return value;
}

struct Wish {
  std::string_view range;
  int quality = 1000;
};

// The next item of the list, or nothing at its end. An item whose q cannot be read is left out.
std::optional<Wish> next_wish(std::string_view& list) {
  while (!list.empty()) {
    std::string_view item = cut(list, ',');
    Wish wish{cut(item, ';')};
    bool good = !wish.range.empty();
    while (!item.empty()) {
      std::string_view parameter = cut(item, ';');
      if (!boost::algorithm::istarts_with(parameter, "q=")) continue;
      const auto quality = thousandths(parameter.substr(2));
      good = good && quality;
      wish.quality = quality.value_or(0);
    }
    if (good) return wish;
  }
  return {};
}

}  // namespace

int media_quality(std::string_view accept, std::string_view media_type) {
  if (trimmed(accept).empty()) return 1000;
  const auto main_type = media_type.substr(0, media_type.find('/') + 1);  // "text/"
  int best_rank = 0;
  int quality = 0;
  while (const auto wish = next_wish(accept)) {
    int rank = 0;
    if (boost::algorithm::iequals(wish->range, media_type))
      rank = 3;
    else if (boost::algorithm::iequals(wish->range, std::string(main_type) + "*"))
      rank = 2;
    else if (wish->range == "*/*")
      rank = 1;
    if (rank > best_rank || (rank == best_rank && rank > 0 && wish->quality > quality)) {
      best_rank = rank;
      quality = wish->quality;
    }
  }
  return quality;
}

int coding_quality(std::string_view accept_encoding, std::string_view coding) {
  std::optional<int> own;
  int others = 0;
  while (const auto wish = next_wish(accept_encoding)) {
    if (boost::algorithm::iequals(wish->range, coding)) own = wish->quality;
    if (wish->range == "*") others = wish->quality;
  }
  return own.value_or(others);
}

std::string_view preferred_media(std::string_view accept, std::initializer_list<std::string_view> media_types) {
  std::string_view best;
  int best_quality = 0;
  for (const auto type : media_types) {
    const auto quality = media_quality(accept, type.substr(0, type.find(';')));
    if (quality > best_quality) best = type, best_quality = quality;
  }
  return best;
}

ledger::Language preferred_language(std::string_view accept_language) {
  std::optional<int> spanish, english;
  int others = 0;
  while (const auto wish = next_wish(accept_language)) {
    const auto language = wish->range.substr(0, wish->range.find('-'));
    if (boost::algorithm::iequals(language, "es"))
      spanish = std::max(spanish.value_or(0), wish->quality);
    else if (boost::algorithm::iequals(language, "en"))
      english = std::max(english.value_or(0), wish->quality);
    else if (language == "*")
      others = wish->quality;
  }
  return english.value_or(others) > spanish.value_or(others) ? ledger::Language::en : ledger::Language::es;
}

}  // namespace fedatario::api
