// The one place Catch2 is compiled. With FEDATARIO_TABLE=FILE in the environment the run ends by writing to FILE the
// table of what its tests saw the ledger admit and refuse, and fails where something of the vocabulary was not seen.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "tests/support/sightings.hpp"

int main(int argc, char** argv) {
  const int failed = Catch::Session().run(argc, argv);
  const char* path = std::getenv("FEDATARIO_TABLE");
  if (!path) return failed;
  std::ofstream table(path);
  const bool whole = fedatario::tests::print_sightings(table);
  if (!whole) std::cerr << path << " says what no test saw\n";
  return failed == 0 && whole && table.flush() ? 0 : 1;
}
