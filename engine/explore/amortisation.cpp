#include "engine/explore/amortisation.h"

#include <array>
#include <cmath>
#include <utility>

#include "engine/explore/point.h"

namespace elbow::explore {

namespace {

infer::PosteriorRefinement begin(model::Model& model, infer::ModelJoint& joint,
                                 model::Parameters parameters, const data::Dataset& dataset,
                                 int index, const infer::RefinementSettings& settings,
                                 std::uint64_t seed) {
    check_point(model, dataset, index);
    model::Posteriors q;
    model.encode(parameters, dataset.batch(dataset.held_out, index, index + 1), q);
    std::vector<float> log_variance;
    for (const float deviation : q.deviation) log_variance.push_back(2.0F * std::log(deviation));
    joint.look_at(parameters, dataset.batch(dataset.held_out, 0, dataset.held_out.count));
    const std::array image{static_cast<std::uint32_t>(index)};
    return {joint, image, q.mean, log_variance, settings, seed + image[0]};
}

}  // namespace

PointRefinement::PointRefinement(model::Model& model, model::Parameters parameters,
                                 const data::Dataset& dataset, int held_out_index,
                                 const infer::RefinementSettings& settings, std::uint64_t seed)
    : index_(held_out_index),
      joint_(model.spec(), team_),
      refinement_(begin(model, joint_, parameters, dataset, held_out_index, settings, seed)) {}

bool PointRefinement::advance(int steps) { return refinement_.advance(steps); }

RefinedPoint PointRefinement::result() const {
    const infer::RefinedPosterior& refined = refinement_.result();
    std::vector<float> deviation;
    for (const float v : refined.log_variance) deviation.push_back(std::exp(0.5F * v));
    return {index_,
            refined.mean,
            std::move(deviation),
            refined.bound_before.at(0),
            refined.bound_after.at(0),
            refinement_.steps_made()};
}

RefinedPoint refine_point(model::Model& model, model::Parameters parameters,
                          const data::Dataset& dataset, int held_out_index,
                          const infer::RefinementSettings& settings, std::uint64_t seed) {
    PointRefinement refinement(model, parameters, dataset, held_out_index, settings, seed);
    refinement.advance(settings.steps);
    return refinement.result();
}

}  // namespace elbow::explore
