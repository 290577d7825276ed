#include "engine/model/torch_module.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "engine/core/error.h"
#include "engine/core/memory.h"

namespace elbow::model {
namespace {

constexpr const char* kModule = "libelbow_autograd.so";

// scripts/run opens the window first, and leaves this mark while it builds the module.
bool still_being_built(const std::filesystem::path& folder) {
    std::error_code ignored;
    return !std::filesystem::exists(folder / kModule, ignored) &&
           std::filesystem::exists(folder / (std::string(kModule) + ".building"), ignored);
}

// Before its libraries read them; what a person has set stays. A graphics card computes in float32
// as the processor does, not with the 10 bits of mantissa that cuDNN takes for convolutions.
// OpenBLAS knows the processors of its time and takes the slowest kernels for a later one.
void choose_kernels() {
    ::setenv("NVIDIA_TF32_OVERRIDE", "0", 0);
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512dq")) return;
    ::setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
    ::setenv("ATEN_CPU_CAPABILITY", "avx512", 0);
#endif
}

// It lies beside the program, or where its libraries are installed. It stays open once it is.
void* open_module(const Wanted& wanted) {
    std::error_code ignored;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    if (still_being_built(folder)) {
        throw Error(wanted.by +
                    " needs LibTorch's part of Elbow, which is still being built. Try again in a "
                    "minute or two, or " +
                    wanted.instead +
                    ". If it does not come, 'scripts/build elbow_autograd' builds it and says "
                    "why.");
    }
    std::string failures;
    for (const auto& path : {folder / kModule, folder.parent_path() / "lib" / "elbow" / kModule}) {
        if (void* opened = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD)) return opened;
        choose_kernels();
        if (void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {
            keep_large_buffers();
            return module;
        }
        failures += std::string("\n  ") + dlerror();
    }
    throw Error(wanted.by + " needs " + kModule +
                " beside the program and LibTorch's libraries, but it could not be opened:" +
                failures + "\nInstall LibTorch, build all targets, or " + wanted.instead + ".");
}

}  // namespace

void* find_in_torch_module(const char* function, const Wanted& wanted) {
    void* const found = dlsym(open_module(wanted), function);
    if (found != nullptr) return found;
    throw Error(std::string(kModule) + " has no " + function +
                ": it belongs to another version of the program. Build all targets again.");
}

}  // namespace elbow::model
