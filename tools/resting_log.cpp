// Opening it, or saying why not.
#include "tools/resting_log.hpp"

namespace fedatario::tools {

RestingLog open_resting_log(const ledger::Directory& directory, const std::string& kek_file, const Session& session) {
  const auto root = directory.root.string();
  if (!std::filesystem::exists(directory.log()))
    throw Failure(kExitEnvironment, session.say("no hay libro en ", "there is no ledger in ") + root);
  const auto kek = kek_file.empty() ? directory.kek() : std::filesystem::path(kek_file);
  if (!std::filesystem::exists(kek))
    throw Failure(kExitEnvironment,
                  session.say("falta la clave de cifrado ", "the key-encryption key is missing: ") + kek.string() +
                      session.say(": las vistas salen del contenido, y sin ella no se abre; indíquela con --kek",
                                  ": views are made from the content, which it opens; name it with --kek"));
  try {
    return RestingLog(directory, kek);
  } catch (const ledger::StoreInUse&) {
    throw Failure(kExitEnvironment, session.say("un servicio en marcha u otra orden tiene abierto el libro de ",
                                                "a running service or another command has this ledger open: ") +
                                        root + session.say("; deténgalo primero", "; stop it first"));
  }
}

}  // namespace fedatario::tools
