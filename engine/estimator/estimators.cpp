#include "engine/core/error.h"
#include "engine/estimator/autograd_module.h"
#include "engine/estimator/estimator.h"
#include "engine/estimator/makers.h"

namespace elbow::estimator {
namespace {

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
        const bool on_cuda = setup.device == "cuda";
        throw UsageError(std::string(on_cuda ? "--device cuda" : "--gradients autograd") +
                         ": LibTorch differentiates " + names_of_twins() + ", found " + entry.name +
                         (on_cuda ? ". Leave --device out" : ". Use --gradients fused") +
                         ", or choose one of those estimators.");
    }
    using Factory = Estimator* (*)(const EstimatorSetup*);
    const auto factory = reinterpret_cast<Factory>(find_in_autograd_module(entry.autograd_factory));
    return std::unique_ptr<Estimator>(factory(&setup));
}

}  // namespace

const Registry<EstimatorEntry>& estimators() {
    static const Registry<EstimatorEntry> list(
        "estimator",
        {
            {"sgvb_b", "AEVB (SGVB B)", "The lower bound with its KL in closed form (equation 7).",
             Measure::kLowerBound, true, make_sgvb_b, "elbow_make_autograd_sgvb_b"},
            {"sgvb_a", "AEVB (SGVB A)",
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
             Measure::kReconstruction, false, make_autoencoder, nullptr, false, false,
             "An autoencoder draws no z: it takes the encoder's mean.", false},
            {"mcem", "MCEM",
             "Monte Carlo EM, without an encoder: each training image keeps a code that "
             "Hamiltonian Monte Carlo moves through p(z|x).",
             Measure::kNothing, false, make_mcem, nullptr, false, false,
             "MCEM moves one code for each image, by Hamiltonian Monte Carlo."},
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
    if (gradients == "bfloat16") {
        EstimatorSetup rounded = setup;
        rounded.factors = model::Factors::kBfloat16;
        return entry.make(rounded);
    }
    if (gradients == "autograd") return make_autograd(entry, setup);
    throw UsageError("--gradients: expected fused, bfloat16 or autograd, found '" + gradients +
                     "'.");
}

}  // namespace elbow::estimator
