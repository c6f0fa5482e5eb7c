// Parts read with pugixml, which expands no entities and fetches nothing.
#include "tools/xlsx_package.hpp"

#include <utility>

namespace fedatario::tools {
namespace {

constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";  // an .xls, or any book with a password

// Text is kept in its element (no node of its own), and white space where it is all the text there is.
constexpr unsigned kParse = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute |
                            pugi::parse_ws_pcdata_single | pugi::parse_embed_pcdata | pugi::parse_doctype;

TableFault bad_book(Wording what) { return {0, {}, std::move(what)}; }

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }  // npos + 1 is 0

// The folder of a part's name, with its slash.
std::string_view folder_of(std::string_view part) { return part.substr(0, part.rfind('/') + 1); }

std::string resolve(std::string_view folder, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    folder = folder_of(folder.substr(0, folder.empty() ? 0 : folder.size() - 1));
  }
  return std::string(folder).append(target);
}

}  // namespace

bool is_named(pugi::xml_node node, std::string_view local) { return local_name(node.name()) == local; }

pugi::xml_node child(pugi::xml_node parent, std::string_view local) {
  return parent.find_child([local](pugi::xml_node node) { return is_named(node, local); });
}

pugi::xml_attribute attribute(pugi::xml_node node, std::string_view local) {
  return node.find_attribute([local](pugi::xml_attribute one) { return local_name(one.name()) == local; });
}

Sheet<Package> Package::open(std::string_view bytes, const TableLimits& limits) {
  if (bytes.starts_with(kCompoundFile))
    return bad_book({"el libro tiene contraseña o es un .xls antiguo: guárdelo sin contraseña como .xlsx",
                     "the workbook has a password or is an old .xls: save it without a password as .xlsx"});
  auto archive = Unzip::open(bytes, {limits.part_bytes, limits.book_bytes});
  if (!archive)
    return bad_book({archive.error().what.es + ": guárdelo de nuevo como libro de Excel (.xlsx)",
                     archive.error().what.en + ": save it again as an Excel workbook (.xlsx)"});
  return Package{std::move(*archive)};
}

std::optional<TableFault> Package::load(const std::string& name, XmlPart& into) {
  auto text = archive_.read(name);
  if (!text) return bad_book(text.error().what);
  if (!*text) return std::nullopt;
  into.text = std::move(**text);
  if (!into.document.load_buffer_inplace(into.text.data(), into.text.size(), kParse))
    return bad_book({"la parte " + name + " no es XML bien formado: guarde el libro de nuevo",
                     "part " + name + " is not well-formed XML: save the workbook again"});
  for (const auto node : into.document.children())
    if (node.type() == pugi::node_doctype)
      return bad_book(
          {"la parte " + name + " declara un DTD, que un libro de Excel no lleva: guarde el libro de nuevo",
           "part " + name + " declares a DTD, which an Excel workbook does not have: save the workbook again"});
  into.root = into.document.document_element();
  return std::nullopt;
}

std::optional<TableFault> Package::relations(const std::string& part, Relations& into) {
  const std::string folder{folder_of(part)};
  XmlPart list;
  if (auto fault = load(folder + "_rels/" + part.substr(folder.size()) + ".rels", list)) return fault;
  for (const auto node : list.root.children()) {
    if (!is_named(node, "Relationship") || attribute(node, "TargetMode").value() == std::string_view("External"))
      continue;
    const std::string_view type = attribute(node, "Type").value();
    into.try_emplace(attribute(node, "Id").value(), Relation{std::string(type.substr(type.rfind('/') + 1)),
                                                             resolve(folder, attribute(node, "Target").value())});
  }
  return std::nullopt;
}

}  // namespace fedatario::tools
