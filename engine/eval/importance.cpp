#include "engine/eval/importance.h"

#include <cmath>
#include <utility>
#include <vector>

#include "engine/core/log_sum_exp.h"

namespace elbow::eval {

ImageMean importance_weighted(infer::LogJoint& joint, std::span<const std::uint32_t> images,
                              const infer::DrawPosteriors& draw, int k, std::uint64_t seed,
                              const std::function<void(double fraction)>& progress) {
    std::vector<LogSumExp> sums(images.size());
    infer::for_each_log_weight(
        joint, images, draw, k, Stream(seed, "importance"),
        [&](std::size_t image, double log_weight) { sums[image].add(log_weight); }, progress);
    std::vector<double> values(images.size());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = sums[i].value() - std::log(k);
    return mean_of(std::move(values));
}

}  // namespace elbow::eval
