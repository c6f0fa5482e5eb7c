// Chooses the reader by the file's name and bounds what is read from the disk.
#include "tools/table.hpp"

#include <fstream>
#include <utility>

#include "tools/csv.hpp"
#include "tools/text.hpp"
#include "tools/xlsx.hpp"

namespace fedatario::tools {
namespace {

TableFault whole_file(Wording what) { return {0, {}, std::move(what)}; }

TableFault too_large(const TableLimits& limits) {
  const auto most = std::to_string(limits.file_bytes);
  return whole_file({"el archivo pasa de " + most + " bytes: divídalo en varios",
                     "the file is larger than " + most + " bytes: divide it into several"});
}

}  // namespace

int Table::column(std::string_view name) const {
  const std::string wanted = fold_label(name);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (fold_label(columns[i]) == wanted) return int(i);
  return -1;
}

Sheet<Table> read_table(std::string_view bytes, std::string_view filename, const TableLimits& limits) {
  if (bytes.size() > limits.file_bytes) return too_large(limits);
  const std::string name = fold_accents(filename);
  TableBuilder builder{limits};
  std::optional<TableFault> fault;
  if (name.ends_with(".csv"))
    fault = read_csv(bytes, builder);
  else if (name.ends_with(".xlsx"))
    fault = read_xlsx(bytes, builder, limits);
  else
    fault = whole_file({in_quotes(filename) + " no termina en .csv ni en .xlsx: guárdelo en uno de los dos formatos",
                        in_quotes(filename) + " ends in neither .csv nor .xlsx: save it in one of the two formats"});
  if (fault) return std::move(*fault);
  return builder.finish();
}

Sheet<Table> read_table_file(const std::filesystem::path& path, const TableLimits& limits) {
  const auto name = in_quotes(path.string());
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  if (!file || !std::filesystem::is_regular_file(path, error))
    return whole_file({"no se puede abrir el archivo " + name, "cannot open the file " + name});
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > limits.file_bytes) return too_large(limits);
  std::string bytes(error ? 0 : std::size_t(size), '\0');
  file.read(bytes.data(), std::streamsize(bytes.size()));
  if (error || std::size_t(file.gcount()) != bytes.size())
    return whole_file({"no se puede leer el archivo " + name, "cannot read the file " + name});
  return read_table(bytes, path.filename().string(), limits);
}

}  // namespace fedatario::tools
