// A certificate for localhost, signed by its own key, made anew for a test.
#pragma once

#include <filesystem>

namespace fedatario::tests {

// Writes both as PEM. Throws std::runtime_error when it cannot.
void make_self_signed(const std::filesystem::path& certificate, const std::filesystem::path& private_key);

}  // namespace fedatario::tests
