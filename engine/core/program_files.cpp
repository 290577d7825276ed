#include "engine/core/program_files.h"

#include <cstdlib>
#include <system_error>

#include "engine/core/error.h"

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

fs::path asset_file(const fs::path& name, const std::string& what) {
    std::string looked_for;
    for (const fs::path& folder : program_folders("assets", "ELBOW_ASSETS")) {
        fs::path file = folder / name;
        std::error_code none;
        if (fs::is_regular_file(file, none)) return file;
        looked_for += "\n  " + file.string();
    }
    throw Error(what + " not found. Looked for:" + looked_for +
                "\nSet ELBOW_ASSETS to the folder assets/ of the source tree.");
}

}  // namespace elbow
