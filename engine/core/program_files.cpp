#include "engine/core/program_files.h"

#include <cstdlib>
#include <system_error>

namespace elbow {

namespace fs = std::filesystem;

std::vector<fs::path> program_folders(const std::string& name, const char* variable) {
    std::vector<fs::path> folders;
    if (const char* wish = std::getenv(variable); wish != nullptr && *wish != '\0') {
        folders.emplace_back(wish);
    }
    folders.push_back(fs::path(ELBOW_SOURCE_DIR) / name);
    std::error_code none;
    const fs::path program = fs::read_symlink("/proc/self/exe", none);
    if (!none) {
        folders.push_back(program.parent_path() / name);
        folders.push_back(program.parent_path().parent_path() / "share" / "elbow" / name);
    }
    return folders;
}

}  // namespace elbow
