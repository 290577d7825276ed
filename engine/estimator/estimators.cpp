#include <dlfcn.h>

#include <filesystem>

#include "engine/core/error.h"
#include "engine/estimator/estimator.h"
#include "engine/estimator/sgvb_b.h"

namespace elbow::estimator {
namespace {

constexpr const char* kModule = "libelbow_autograd.so";

// LibTorch's module lies beside the program, or where its libraries are installed. It stays open
// once it is.
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

std::unique_ptr<Estimator> make_autograd(const EstimatorEntry& entry, const EstimatorSetup& setup) {
    using Factory = Estimator* (*)(const EstimatorSetup*);
    void* module = open_module();
    const auto factory = reinterpret_cast<Factory>(dlsym(module, entry.autograd_factory));
    if (factory == nullptr) {
        throw Error(std::string(kModule) + " has no " + entry.autograd_factory +
                    ": it belongs to another version of the program. Build all targets again.");
    }
    return std::unique_ptr<Estimator>(factory(&setup));
}

}  // namespace

const Registry<EstimatorEntry>& estimators() {
    static const Registry<EstimatorEntry> list(
        "estimator",
        {
            {"sgvb_b", "SGVB B (KL in closed form)", make_sgvb_b, "elbow_make_autograd_sgvb_b"},
        });
    return list;
}

std::unique_ptr<Estimator> make_estimator(const std::string& name, const std::string& gradients,
                                          const EstimatorSetup& setup) {
    const EstimatorEntry& entry = estimators().at(name);
    if (gradients == "fused") return entry.make(setup);
    if (gradients == "autograd") return make_autograd(entry, setup);
    throw UsageError("--gradients: expected fused or autograd, found '" + gradients + "'.");
}

}  // namespace elbow::estimator
