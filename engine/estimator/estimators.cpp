#include "engine/core/error.h"
#include "engine/estimator/estimator.h"
#include "engine/estimator/makers.h"
#include "engine/estimator/shared_objective.h"
#include "engine/fused/rounded_products.h"

namespace elbow::estimator {
namespace {

std::unique_ptr<Estimator> make_by_torch(const EstimatorEntry& entry, EstimatorSetup setup) {
    setup.by_torch = true;
    if (entry.of_parts) return entry.make(setup);
    return std::make_unique<SharedObjective>(entry.name, setup);
}

}  // namespace

const Registry<EstimatorEntry>& estimators() {
    static const Registry<EstimatorEntry> list(
        "estimator",
        {
            {.name = "sgvb_b",
             .title = "AEVB (SGVB B)",
             .summary = "The lower bound with its KL in closed form (equation 7).",
             .measure = Measure::kLowerBound,
             .make = make_sgvb_b,
             .weighs_kl = true},
            {.name = "sgvb_a",
             .title = "AEVB (SGVB A)",
             .summary = "The lower bound with its KL estimated from the draws, too "
                        "(equation 6).",
             .measure = Measure::kLowerBound,
             .make = make_sgvb_a,
             .weighs_kl = true},
            {.name = "iwae",
             .title = "IWAE",
             .summary = "The importance-weighted bound with k = L draws (Burda et al. 2015).",
             .measure = Measure::kImportanceWeighted,
             .make = make_iwae,
             .weighs_kl = true},
            {.name = "wake_sleep",
             .title = "Wake-sleep",
             .summary = "Decoder and encoder learn in turn: from images, and from what the decoder "
                        "dreams (Hinton et al. 1995).",
             .measure = Measure::kLowerBound,
             .make = make_wake_sleep,
             .needs_density = true},
            {.name = "autoencoder",
             .title = "Autoencoder",
             .summary = "No noise and no KL: what a VAE improves on. Its latent space has holes.",
             .measure = Measure::kReconstruction,
             .make = make_autoencoder,
             .no_noise = "An autoencoder draws no z: it takes the encoder's mean.",
             .has_prior = false},
            {.name = "mcem",
             .title = "MCEM",
             .summary = "Monte Carlo EM, without an encoder: each training image keeps a code that "
                        "Hamiltonian Monte Carlo moves through p(z|x).",
             .measure = Measure::kNothing,
             .make = make_mcem,
             .of_parts = true,
             .no_noise = "MCEM moves one code for each image, by Hamiltonian Monte Carlo."},
            {.name = "per_image",
             .title = "Per-image inference",
             .summary = "No encoder: each training image has a Gaussian q(z) of its own, which "
                        "climbs its bound.",
             .measure = Measure::kNothing,
             .make = make_per_image,
             .of_parts = true},
            {.name = "full_vb",
             .title = "Full VB",
             .summary = "SGVB B with a posterior over the decoder's weights, too (appendix F); "
                        "shown and evaluated at their means.",
             .measure = Measure::kLowerBound,
             .make = make_full_vb,
             .weighs_kl = true,
             .of_parts = true,
             .has_weight_prior = true,
             .mean_weights = true},
        });
    return list;
}

std::unique_ptr<Estimator> make_estimator(const std::string& name, const std::string& gradients,
                                          const EstimatorSetup& setup) {
    const EstimatorEntry& entry = estimators().at(name);
    if (gradients == "autograd") return make_by_torch(entry, setup);
    if (gradients == "fused") return entry.make(setup);
    if (const fused::RoundedProducts* products = fused::find_rounded_products(gradients)) {
        EstimatorSetup rounded = setup;
        rounded.precision = products->precision;
        return entry.make(rounded);
    }
    throw UsageError("--gradients: expected fused, bfloat16, float16 or autograd, found '" +
                     gradients + "'.");
}

}  // namespace elbow::estimator
