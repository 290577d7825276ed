#include <dlfcn.h>

#include <filesystem>

#include "engine/core/error.h"
#include "engine/estimator/estimator.h"
#include "engine/estimator/makers.h"

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

// "sgvb_b, sgvb_a, wake_sleep"
std::string names_of_twins() {
    std::string joined;
    for (const EstimatorEntry& entry : estimators()) {
        if (entry.autograd_factory == nullptr) continue;
        joined += (joined.empty() ? "" : ", ") + entry.name;
    }
    return joined;
}

std::unique_ptr<Estimator> make_autograd(const EstimatorEntry& entry, const EstimatorSetup& setup) {
    if (entry.autograd_factory == nullptr) {
        throw UsageError("--gradients autograd: LibTorch differentiates " + names_of_twins() +
                         ", found " + entry.name +
                         ". Use --gradients fused, or one of those estimators.");
    }
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
            {"sgvb_b", "SGVB B", "The lower bound with its KL in closed form (equation 7).",
             Measure::kLowerBound, true, make_sgvb_b, "elbow_make_autograd_sgvb_b"},
            {"sgvb_a", "SGVB A",
             "The lower bound with its KL estimated from the draws, too "
             "(equation 6).",
             Measure::kLowerBound, true, make_sgvb_a, "elbow_make_autograd_sgvb_a"},
            {"iwae", "IWAE", "The importance-weighted bound with k = L draws (Burda et al. 2015).",
             Measure::kImportanceWeighted, true, make_iwae, nullptr},
            {"wake_sleep", "Wake-sleep",
             "Decoder and encoder learn in turn: from images, and from what the decoder dreams "
             "(Hinton et al. 1995).",
             Measure::kLowerBound, false, make_wake_sleep, "elbow_make_autograd_wake_sleep"},
            {"autoencoder", "Autoencoder",
             "No noise and no KL: what a VAE improves on. Its latent space has holes.",
             Measure::kReconstruction, false, make_autoencoder, nullptr},
            {"mcem", "Monte Carlo EM",
             "No encoder: each training image keeps a code that Hamiltonian Monte Carlo moves "
             "through p(z|x).",
             Measure::kNothing, false, make_mcem, nullptr},
            {"per_image", "Per-image inference",
             "No encoder: each training image has a Gaussian q(z) of its own, which climbs its "
             "bound.",
             Measure::kNothing, false, make_per_image, nullptr},
            {"full_vb", "Full VB",
             "SGVB B with a posterior over the decoder's weights, too (appendix F); shown and "
             "evaluated at their means.",
             Measure::kLowerBound, true, make_full_vb, nullptr, true, true},
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
