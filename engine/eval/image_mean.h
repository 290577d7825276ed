#pragma once

// A quantity of each image with its mean and how sure that is: what the estimates of log p(x)
// return.

#include <vector>

namespace elbow::eval {

struct ImageMean {
    std::vector<double> per_image;  // [count]; NaN where an image has no value
    int images = 0;                 // how many have one
    double mean = 0.0;              // over those; NaN if there are none
    double standard_error = 0.0;    // of the mean; NaN for fewer than two images
};

ImageMean mean_of(std::vector<double> per_image);

}  // namespace elbow::eval
