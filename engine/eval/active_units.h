#pragma once

// Which latents a model uses (Burda et al. 2015, section 5.2): those whose mean moves with the
// image.

#include <span>
#include <vector>

namespace elbow::eval {

struct ActiveUnits {
    std::vector<double> variance;  // [N], Var_x(E_q(z|x)[z]) over the images
    int count = 0;                 // how many of them exceed the threshold
};

// means [count, N] of q(z|x). Throws Error where there are no images or they do not divide evenly.
ActiveUnits active_units(std::span<const float> means, int latents, double threshold = 0.01);

}  // namespace elbow::eval
