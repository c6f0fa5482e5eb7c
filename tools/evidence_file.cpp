// libzip writes and reads; the bag's manifests are made and checked here.
#include "tools/evidence_file.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "crypto/hash.hpp"
#include "crypto/text_lines.hpp"
#include "tools/session.hpp"
#include "tools/unzip.hpp"

namespace fedatario::tools {
namespace {

constexpr ZipLimits kLimits{std::size_t{1} << 29, std::size_t{1} << 30};
constexpr std::size_t kMaxFiles = 64;
constexpr std::string_view kData = "data/";
constexpr std::string_view kManifest = "manifest-sha256.txt", kTagManifest = "tagmanifest-sha256.txt";
constexpr std::string_view kDeclaration = "bagit.txt", kInfo = "bag-info.txt";

using Files = std::map<std::string, std::string>;  // by path in the bag

std::string manifest_of(const Files& files) {
  std::string out;
  for (const auto& [name, bytes] : files) out += crypto::to_hex(crypto::sha256(bytes)) + "  " + name + '\n';
  return out;
}

Files make_bag(const ledger::EvidenceFiles& payload, const std::string& about, ledger::Recorded time) {
  Files data;
  std::size_t bytes = 0;
  for (const auto& [name, text] : payload) {
    bytes += text.size();
    data.emplace(std::string(kData) + name, text);
  }
  Files tags;
  tags.emplace(kDeclaration, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  tags.emplace(kInfo, fmt::format("Bagging-Date: {}\nExternal-Description: {}\nPayload-Oxum: {}.{}\n",
                                  time.text().substr(0, 10), about, bytes, payload.size()));
  tags.emplace(kManifest, manifest_of(data));
  const auto tag_manifest = manifest_of(tags);
  data.merge(tags);
  data.emplace(kTagManifest, tag_manifest);
  return data;
}

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

[[noreturn]] void cannot_write(const std::filesystem::path& path, const char* why) {
  throw Failure(kExitEnvironment, path.string() + ": " + why);
}

bool is_member(std::string_view name) {
  return !name.empty() && name.size() <= 100 && name[0] != '.' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

bool is_path_in_bag(std::string_view path) {
  if (path.starts_with(kData)) path.remove_prefix(kData.size());
  return is_member(path);
}

// The lines of a manifest; nothing where it is none.
std::optional<std::map<std::string, std::string>> read_manifest(const std::string& text) {
  std::map<std::string, std::string> out;
  crypto::View rest = text;
  while (!rest.empty()) {
    const auto line = crypto::next_line(rest);
    if (!line || line->size() < 67 || line->substr(64, 2) != "  " || !crypto::digest_from_hex(line->substr(0, 64)))
      return std::nullopt;
    if (!out.emplace(line->substr(66), line->substr(0, 64)).second) return std::nullopt;
  }
  return out;
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  EvidenceRead read() {
    if (inflate() && check_bag())
      for (auto& [name, text] : files_)
        if (name.starts_with(kData)) out_.files.emplace(name.substr(kData.size()), std::move(text));
    return std::move(out_);
  }

 private:
  bool refuse(std::string_view code, std::string es, std::string en) {
    out_.findings.push_back({std::nullopt, std::nullopt, std::move(es), std::move(en), code});
    return false;
  }

  bool inflate() {
    auto archive = Unzip::open(bytes_, kLimits);
    if (!archive) return refuse("archive", archive.error().what.es, archive.error().what.en);
    const auto names = archive->names();
    std::optional<std::string> folder;
    std::set<std::string> taken;
    for (const auto& name : names) {
      const auto slash = name.find('/');
      const auto top = name.substr(0, slash);
      if (!folder) folder = top;
      if (slash == std::string::npos || top != *folder || !is_member(top))
        return refuse("archive", "el archivo no tiene una sola carpeta: " + name,
                      "the archive has not one folder: " + name);
      const auto path = name.substr(slash + 1);
      if (path.empty() || path == kData) continue;  // the folders themselves
      if (!is_path_in_bag(path) || !taken.insert(path).second || taken.size() > kMaxFiles)
        return refuse("archive", "un nombre que no puede estar en el paquete: " + name,
                      "a name that cannot be in the pack: " + name);
      auto text = archive->read(name);
      if (!text) return refuse("archive", text.error().what.es, text.error().what.en);
      files_.emplace(path, *std::move(*text));
    }
    if (files_.empty()) return refuse("archive", "el archivo está vacío", "the archive is empty");
    return true;
  }

  // That the files the manifest names are these. `all`: and that there are no others below `data/`.
  bool check_manifest(std::string_view manifest_name, bool all) {
    const auto at = files_.find(std::string(manifest_name));
    const auto manifest = at == files_.end() ? std::nullopt : read_manifest(at->second);
    if (!manifest)
      return refuse("manifest", fmt::format("falta {} o no es de la forma que debe", manifest_name),
                    fmt::format("{} is missing or not of its form", manifest_name));
    bool good = true;
    for (const auto& [path, digest] : *manifest) {
      const auto file = files_.find(path);
      if (file == files_.end() || crypto::to_hex(crypto::sha256(file->second)) != digest)
        good = refuse("manifest", fmt::format("{} falta o no es lo que dice {}", path, manifest_name),
                      fmt::format("{} is missing or not what {} says", path, manifest_name));
    }
    if (!all) return good;
    for (const auto& [path, text] : files_)
      if (path.starts_with(kData) && !manifest->contains(path))
        good = refuse("manifest", path + " no está en " + std::string(manifest_name),
                      path + " is not in " + std::string(manifest_name));
    return good;
  }

  bool check_bag() {
    const auto declaration = files_.find(std::string(kDeclaration));
    if (declaration == files_.end() || !declaration->second.starts_with("BagIt-Version: 1.0\n"))
      return refuse("manifest", "falta bagit.txt o es de otra versión", "bagit.txt is missing or of another version");
    const bool payload = check_manifest(kManifest, true);
    return check_manifest(kTagManifest, false) && payload;
  }

  const std::string_view bytes_;
  Files files_;
  EvidenceRead out_;
};

}  // namespace

void write_evidence_file(const std::filesystem::path& path, const std::string& folder,
                         const ledger::EvidenceFiles& files, const std::string& about, ledger::Recorded time) {
  const auto bag = make_bag(files, about, time);
  int error = 0;
  std::unique_ptr<zip_t, Discard> archive{zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error)};
  if (!archive) cannot_write(path, "no se puede crear / cannot be made");
  for (const auto& [name, bytes] : bag) {
    auto* source = zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0);  // borrowed until the close below
    const auto index =
        source ? zip_file_add(archive.get(), (folder + '/' + name).c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
      if (source) zip_source_free(source);
      cannot_write(path, zip_strerror(archive.get()));
    }
    zip_file_set_mtime(archive.get(), zip_uint64_t(index), time.micros / 1'000'000, 0);
  }
  if (zip_close(archive.get()) != 0) cannot_write(path, zip_strerror(archive.get()));
  (void)archive.release();  // closed
}

EvidenceRead read_evidence_file(std::string_view bytes) { return Reader(bytes).read(); }

}  // namespace fedatario::tools
