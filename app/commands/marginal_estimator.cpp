#include "app/commands/marginal_estimator.h"

#include <numeric>
#include <vector>

#include "engine/core/team.h"
#include "engine/eval/marginal_likelihood.h"
#include "engine/infer/likely_starts.h"
#include "engine/infer/model_joint.h"

namespace elbow::commands {

double marginal_log_likelihood(const train::ParameterSnapshot& snapshot,
                               const data::Dataset& dataset, const data::ImageSet& images,
                               int count, std::uint64_t seed, int threads) {
    Team team(threads);
    infer::ModelJoint joint(snapshot.spec, team);
    joint.look_at(snapshot.parameters, dataset.batch(images, 0, images.count));
    std::vector<std::uint32_t> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), 0U);
    // Not from the encoder's means: one of the three methods has no encoder.
    const std::vector<float> start = infer::likely_starts(joint, numbers, infer::kStartDraws, seed);
    return eval::marginal_likelihood(joint, numbers, start, {}, seed).log_marginal.mean;
}

}  // namespace elbow::commands
