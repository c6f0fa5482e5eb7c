// libzip over a borrowed buffer, read in chunks that are counted.
#include "tools/unzip.hpp"

#include <zip.h>

#include <array>

namespace fedatario::tools {
namespace {

ZipFault fault(std::string es, std::string en) { return {{std::move(es), std::move(en)}}; }

struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

}  // namespace

void Unzip::Discard::operator()(zip* archive) const { zip_discard(archive); }

boost::system::result<Unzip, ZipFault> Unzip::open(std::string_view bytes, const ZipLimits& limits) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  zip_error_fini(&error);
  if (!archive) {
    if (source) zip_source_free(source);
    return fault("el archivo no es un zip o está dañado", "the file is not a zip or is damaged");
  }
  return Unzip{archive, limits};
}

std::vector<std::string> Unzip::names() const {
  std::vector<std::string> out;
  const auto count = zip_get_num_entries(archive_.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i)
    if (const char* name = zip_get_name(archive_.get(), zip_uint64_t(i), 0)) out.emplace_back(name);
  return out;
}

boost::system::result<std::optional<std::string>, ZipFault> Unzip::read(const std::string& name) {
  const zip_int64_t at = zip_name_locate(archive_.get(), name.c_str(), 0);
  if (at < 0) return std::optional<std::string>{};
  zip_stat_t stat;
  if (zip_stat_index(archive_.get(), zip_uint64_t(at), 0, &stat) != 0)
    return fault("no se puede leer la parte " + name, "cannot read part " + name);
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
    return fault("la parte " + name + " está cifrada: guarde el archivo sin contraseña",
                 "part " + name + " is encrypted: save the file without a password");
  const std::unique_ptr<zip_file_t, CloseMember> member{zip_fopen_index(archive_.get(), zip_uint64_t(at), 0)};
  if (!member)
    return fault("no se puede leer la parte " + name + ": está dañada o comprimida de otra manera",
                 "cannot read part " + name + ": it is damaged or compressed in another way");
  std::string out;
  std::array<char, 65536> chunk;
  for (;;) {
    const zip_int64_t count = zip_fread(member.get(), chunk.data(), chunk.size());
    if (count < 0) return fault("la parte " + name + " está dañada", "part " + name + " is damaged");
    if (count == 0) return std::optional{std::move(out)};
    out.append(chunk.data(), std::size_t(count));
    total_ += std::size_t(count);
    if (out.size() > limits_.member_bytes || total_ > limits_.total_bytes)
      return fault("la parte " + name + " ocupa demasiado al descomprimirla: divida el archivo en varios",
                   "part " + name + " takes up too much once inflated: divide the file into several");
  }
}

}  // namespace fedatario::tools
