#pragma once

// What the model makes of each image of a set, one by one. Pure functions.

#include <cstdint>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/model/model.h"

namespace elbow::explore {

struct ImageScores {
    // Nats, with one draw from q(z|x), the same each time; the KL in closed form where there is
    // one. [count]
    std::vector<float> reconstruction, kl;
    std::vector<float> width;  // [count] geometric mean of the deviations of q(z|x), latent units
    float bound(std::size_t image) const { return reconstruction[image] - kl[image]; }
    void size_for(int images);
};

// Of images [begin, end) of the set, into `scores`, which has room for all of them. Throws Error
// where the images are not the model's.
void score_into(ImageScores& scores, model::Model&, model::Parameters, const data::Dataset&,
                const data::ImageSet&, int begin, int end);

}  // namespace elbow::explore
