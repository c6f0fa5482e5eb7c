// The parts of an Office package and how they point to each other (ECMA-376 part 2): XML parts and relationships.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "tools/table.hpp"
#include "tools/unzip.hpp"

namespace fedatario::tools {

// Elements and attributes are found by local name: some programs write every name with a prefix.
bool is_named(pugi::xml_node node, std::string_view local);
pugi::xml_node child(pugi::xml_node parent, std::string_view local);
pugi::xml_attribute attribute(pugi::xml_node node, std::string_view local);

// A part in memory. The document points into the text, so it stays where it was made.
struct XmlPart {
  std::string text;
  pugi::xml_document document;
  pugi::xml_node root;  // empty when the package has no such part
};

struct Relation {
  std::string type;    // the last segment of its type: "worksheet", "styles"
  std::string target;  // the part's name in the archive
};
using Relations = std::map<std::string, Relation, std::less<>>;  // by id

// Borrows the bytes. The faults are of the file as a whole (line 0).
class Package {
 public:
  static Sheet<Package> open(std::string_view bytes, const TableLimits& limits);

  // A fault for a part that is not well-formed, has a document type declaration or is too large.
  std::optional<TableFault> load(const std::string& name, XmlPart& into);

  // The relations of a part ("" for the package itself), external ones left out; none when it has no list of them.
  std::optional<TableFault> relations(const std::string& part, Relations& into);

 private:
  explicit Package(Unzip archive) : archive_(std::move(archive)) {}

  Unzip archive_;
};

}  // namespace fedatario::tools
