// Excel books made in memory for tests, part by part, so that a test can also make a wrong one. For programs that link
// tools (and with it libzip).
#pragma once

#include <zip.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace fedatario::tests {

using Parts = std::map<std::string, std::string>;  // content by name in the archive

// A zip archive of the parts; with a password, each of them is encrypted.
inline std::string zip_of(const Parts& parts, const char* password = nullptr) {
  const auto must = [](bool good) {
    if (!good) throw std::runtime_error("libzip");
  };
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  must(target);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
  must(archive);
  for (const auto& [name, content] : parts) {
    const auto at =
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
    must(at >= 0);
    if (password) must(zip_file_set_encryption(archive, zip_uint64_t(at), ZIP_EM_AES_256, password) == 0);
  }
  must(zip_close(archive) == 0);
  zip_stat_t stat;
  must(zip_source_open(target) == 0 && zip_source_stat(target, &stat) == 0);
  std::string bytes(stat.size, '\0');
  must(zip_source_read(target, bytes.data(), bytes.size()) == zip_int64_t(bytes.size()));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

// What differs from book to book; the rest is the least that Excel opens.
struct Book {
  std::string rows;                 // what stands in <sheetData>
  std::vector<std::string> shared;  // what stands in each <si>
  std::string formats;              // what stands in <numFmts>
  std::vector<int> styles{0};       // the number format of each cell style
  std::string workbook_settings;    // "<workbookPr date1904=\"1\"/>"

  Parts parts() const {
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const std::string main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const auto relation = [&](const char* id, const char* type, const char* target) {
      return std::string("<Relationship Id=\"") + id + "\" Type=\"" + office + "/" + type + "\" Target=\"" + target +
             "\"/>";
    };
    const auto relations = [&](const std::string& each) {
      return head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + each +
             "</Relationships>";
    };
    std::string strings, xfs;
    for (const auto& item : shared) strings += "<si>" + item + "</si>";
    for (int id : styles) xfs += "<xf numFmtId=\"" + std::to_string(id) + "\"/>";
    return {
        {"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))},
        {"xl/_rels/workbook.xml.rels",
         relations(relation("rId1", "worksheet", "worksheets/sheet1.xml") + relation("rId2", "styles", "styles.xml") +
                   relation("rId3", "sharedStrings", "/xl/sharedStrings.xml"))},
        {"xl/workbook.xml", head + "<workbook" + main + " xmlns:r=\"" + office + "\">" + workbook_settings +
                                "<sheets><sheet name=\"Plan\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
        {"xl/worksheets/sheet1.xml", head + "<worksheet" + main + "><sheetData>" + rows + "</sheetData></worksheet>"},
        {"xl/sharedStrings.xml", head + "<sst" + main + ">" + strings + "</sst>"},
        {"xl/styles.xml", head + "<styleSheet" + main + "><numFmts>" + formats + "</numFmts><cellXfs>" + xfs +
                              "</cellXfs></styleSheet>"},
    };
  }
  std::string bytes() const { return zip_of(parts()); }
};

}  // namespace fedatario::tests
