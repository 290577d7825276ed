#include "engine/core/folders.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <system_error>

namespace elbow {
namespace {

namespace fs = std::filesystem;

// Empty where the variable is missing or holds no absolute path, which the specification has
// ignored.
fs::path absolute_from_environment(const char* variable) {
    const char* value = std::getenv(variable);
    fs::path path(value != nullptr ? value : "");
    return path.is_absolute() ? path : fs::path();
}

fs::path home_of_account() {
    std::array<char, 16384> text;
    passwd entry{};
    passwd* found = nullptr;
    const int failure = ::getpwuid_r(::geteuid(), &entry, text.data(), text.size(), &found);
    if (failure != 0 || found == nullptr || found->pw_dir == nullptr) return {};
    return found->pw_dir;
}

fs::path folder(const char* variable, const fs::path& below_home) {
    const fs::path base = absolute_from_environment(variable);
    return (base.empty() ? home_folder() / below_home : base) / "elbow";
}

}  // namespace

fs::path home_folder() {
    fs::path home = absolute_from_environment("HOME");
    if (home.empty()) home = home_of_account();
    if (home.is_absolute()) return home;
    std::error_code removed;
    home = fs::current_path(removed);
    return removed ? fs::temp_directory_path(removed) : home;
}

fs::path data_folder() { return folder("XDG_DATA_HOME", ".local/share"); }
fs::path state_folder() { return folder("XDG_STATE_HOME", ".local/state"); }
fs::path config_folder() { return folder("XDG_CONFIG_HOME", ".config"); }

}  // namespace elbow
