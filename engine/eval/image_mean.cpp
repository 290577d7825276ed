#include "engine/eval/image_mean.h"

#include <cmath>
#include <limits>
#include <utility>

namespace elbow::eval {

ImageMean mean_of(std::vector<double> per_image) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    ImageMean result;
    double sum = 0.0;
    for (const double value : per_image) {
        if (std::isnan(value)) continue;
        sum += value;
        ++result.images;
    }
    result.mean = result.images > 0 ? sum / result.images : kNone;
    double squares = 0.0;
    for (const double value : per_image) {
        if (!std::isnan(value)) squares += (value - result.mean) * (value - result.mean);
    }
    result.standard_error =
        result.images > 1 ? std::sqrt(squares / (result.images - 1.0) / result.images) : kNone;
    result.per_image = std::move(per_image);
    return result;
}

}  // namespace elbow::eval
