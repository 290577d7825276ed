#pragma once

// Directions of the latent space that mean something: from the mean code of some images to that of
// others (Larsen et al. 2016, section 2.3). Pure functions.

#include <span>
#include <string>
#include <vector>

#include "engine/explore/latent_map.h"

namespace elbow::explore {

// What the images `with` have and the images `without` have not. Indices of the map's images, in
// rising order.
struct Attribute {
    std::string name;
    std::vector<int> with;
    std::vector<int> without;  // empty: all others
    bool operator==(const Attribute&) const = default;
};

// The mean of the codes of those of the images that the map has and whose codes are numbers. [N];
// empty: there are none.
std::vector<float> mean_code(const LatentMap&, std::span<const int> images);

struct Direction {
    std::vector<float> from;  // [N] the mean code of the images without it
    std::vector<float> step;  // [N] to that of the images with it; empty: there is no direction

    // How much of it z has: 0 at the mean code of the images without it, 1 at that of those with
    // it, by the distance along the step.
    double amount(std::span<const float> z) const;
    // z with another amount of it, and nothing else changed.
    std::vector<float> with_amount(std::span<const float> z, double amount) const;
};
// No step where either side has no image, or both have the same mean.
Direction direction_of(const LatentMap&, const Attribute&);

// What is to c as b is to a: c + (b - a). All [N].
std::vector<float> analogous(std::span<const float> a, std::span<const float> b,
                             std::span<const float> c);

}  // namespace elbow::explore
