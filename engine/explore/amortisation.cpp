#include "engine/explore/amortisation.h"

#include <array>

#include "engine/explore/point.h"

namespace elbow::explore {

namespace {

infer::PosteriorRefinement begin(model::Vae& vae, infer::DecoderJoint& joint,
                                 std::span<const float> parameters, const data::Dataset& dataset,
                                 int index, const infer::RefinementSettings& settings,
                                 std::uint64_t seed) {
    check_point(vae, dataset, index);
    const auto latents = static_cast<std::size_t>(vae.architecture().latents);
    std::vector<float> mean(latents);
    std::vector<float> log_variance(latents);
    vae.encode(parameters, dataset.image(dataset.held_out, index), dataset.scale, 1, mean,
               log_variance);
    joint.look_at(parameters, dataset.held_out.pixels.data(), dataset.scale);
    const std::array image{static_cast<std::uint32_t>(index)};
    return {joint, image, mean, log_variance, settings, seed + image[0]};
}

}  // namespace

PointRefinement::PointRefinement(model::Vae& vae, std::span<const float> parameters,
                                 const data::Dataset& dataset, int held_out_index,
                                 const infer::RefinementSettings& settings, std::uint64_t seed)
    : index_(held_out_index),
      joint_(vae.architecture(), team_),
      refinement_(begin(vae, joint_, parameters, dataset, held_out_index, settings, seed)) {}

bool PointRefinement::advance(int steps) { return refinement_.advance(steps); }

RefinedPoint PointRefinement::result() const {
    const infer::RefinedPosterior& refined = refinement_.result();
    return {index_,
            refined.mean,
            refined.log_variance,
            refined.bound_before.at(0),
            refined.bound_after.at(0),
            refinement_.steps_made()};
}

RefinedPoint refine_point(model::Vae& vae, std::span<const float> parameters,
                          const data::Dataset& dataset, int held_out_index,
                          const infer::RefinementSettings& settings, std::uint64_t seed) {
    PointRefinement refinement(vae, parameters, dataset, held_out_index, settings, seed);
    refinement.advance(settings.steps);
    return refinement.result();
}

}  // namespace elbow::explore
