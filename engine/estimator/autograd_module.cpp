#include "engine/estimator/autograd_module.h"

#include <dlfcn.h>

#include <filesystem>
#include <string>

#include "engine/core/error.h"

namespace elbow::estimator {
namespace {

constexpr const char* kModule = "libelbow_autograd.so";

// It lies beside the program, or where its libraries are installed. It stays open once it is.
void* open_module() {
    std::error_code ignored;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
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
