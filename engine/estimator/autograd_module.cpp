#include "engine/estimator/autograd_module.h"

#include <dlfcn.h>

#include <filesystem>
#include <string>

#include "engine/core/error.h"

namespace elbow::estimator {
namespace {

constexpr const char* kModule = "libelbow_autograd.so";

// scripts/run opens the window first, and leaves this mark while it builds the module.
bool still_being_built(const std::filesystem::path& folder) {
    std::error_code ignored;
    return !std::filesystem::exists(folder / kModule, ignored) &&
           std::filesystem::exists(folder / (std::string(kModule) + ".building"), ignored);
}

// It lies beside the program, or where its libraries are installed. It stays open once it is.
void* open_module() {
    std::error_code ignored;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    if (still_being_built(folder)) {
        throw Error(
            "--gradients autograd needs LibTorch's part of Elbow, which is still being built. Try "
            "again in a minute or two, or use --gradients fused. If it does not come, "
            "'scripts/build elbow_autograd' builds it and says why.");
    }
    std::string failures;
    for (const auto& path : {folder / kModule, folder.parent_path() / "lib" / "elbow" / kModule}) {
        if (void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) return module;
        failures += std::string("\n  ") + dlerror();
    }
    throw Error(std::string("--gradients autograd needs ") + kModule +
                " beside the program and LibTorch's libraries, but it could not be opened:" +
                failures + "\nInstall LibTorch, build all targets, or use --gradients fused.");
}

}  // namespace

void* find_in_autograd_module(const char* function) {
    void* const found = dlsym(open_module(), function);
    if (found != nullptr) return found;
    throw Error(std::string(kModule) + " has no " + function +
                ": it belongs to another version of the program. Build all targets again.");
}

}  // namespace elbow::estimator
