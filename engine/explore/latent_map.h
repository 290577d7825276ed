#pragma once

// Where the encoder puts a whole image set, and which of its images lie near a point. Pure
// functions.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/model/model.h"

namespace elbow::explore {

// Throws Error where the data set's images are not the model's.
void check_images(const model::Model&, const data::Dataset&);

struct LatentMap {
    int latents = 0;
    int count = 0;
    std::vector<float> mean;       // [count, N] of z under q(z|x)
    std::vector<float> deviation;  // [count, N]

    void size_for(int images, int latents_of_model);
};

// Encodes images [begin, end) of the set into `map`, which is sized for the whole set; in pieces,
// so that the explorer can look up between them.
void encode_into(LatentMap& map, model::Model&, model::Parameters parameters, const data::Dataset&,
                 const data::ImageSet&, int begin, int end);
LatentMap encode_all(model::Model&, model::Parameters parameters, const data::Dataset&,
                     const data::ImageSet&);

struct Neighbour {
    int index;       // in the image set
    float distance;  // Euclidean, between posterior mean and z
};

// The `count` images whose posterior means are nearest to z [N], nearest first.
std::vector<Neighbour> nearest(const LatentMap&, std::span<const float> z, int count);

}  // namespace elbow::explore
