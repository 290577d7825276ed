#pragma once

// What the evaluations of a run say of it that is bad and has a usual remedy. The rules are slow on
// purpose: a run that has just begun, one whose curve is noisy, and one with more latents than its
// images need are well. Pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/run/config.h"
#include "engine/train/history.h"

namespace elbow::train {

// KL below which a latent says nothing about an image, nats.
inline constexpr float kDeadLatentKl = 0.01f;

// Posterior collapse: q(z|x) is the prior along almost all latents, so that the decoder hears
// almost nothing of the image.
struct Collapse {
    int active;   // latents with at least kDeadLatentKl
    int latents;  // of so many
    double kl;    // of all of them, nats per image
};
// From the third epoch on, and once the KL has its whole weight: in each of the last three
// evaluations fewer than half of the latents are active, and fewer than five. A model with 200
// latents of which 25 carry all that there is to say is well. Absent as well where the KL is not
// known by latent.
std::optional<Collapse> collapse_of(const RunConfig&, const std::vector<EvaluationRecord>&);

// The run learns its training images by heart.
struct Overfitting {
    double train, held_out;     // bounds of the newest evaluation, nats per image
    double best;                // held-out
    std::int64_t best_samples;  // training images seen at that time
};
// From the third epoch on: the best held-out bound is two evaluations old or older, the newest one
// lies clearly below it (half a nat, and half a percent), and the training bound lies above it by
// two nats and by two percent. Absent for an estimator without a bound.
std::optional<Overfitting> overfitting_of(const std::vector<EvaluationRecord>&);

// An alarm in words, with the remedy that the program has for it.
struct Advice {
    const char* id;      // "collapse"
    std::string text;    // what is seen, and its likely cause
    std::string remedy;  // on a button: "Restart with a KL warm-up"; empty: there is none
    // What the remedy is: an option that changes while the run goes on, with its value, or a new
    // run. At most one of them.
    std::optional<std::pair<std::string, std::string>> change = {};
    std::optional<RunConfig> restart = {};
};
// train_images: of an epoch.
std::optional<Advice> advice_for(const RunConfig&, std::int64_t train_images,
                                 const std::vector<EvaluationRecord>&);

}  // namespace elbow::train
