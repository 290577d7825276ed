#include "engine/data/one_image.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"
#include "engine/data/targets.h"

namespace elbow::data {

Dataset with_one_image(const Dataset& like, std::span<const std::uint8_t> image, int label) {
    if (image.size() != static_cast<std::size_t>(like.dimensions())) {
        throw UsageError("An image of " + std::to_string(like.dimensions()) +
                         " values was expected, as those of " + like.title + " have; it has " +
                         std::to_string(image.size()) + ".");
    }
    Dataset one;
    one.name = like.name;
    one.title = like.title;
    one.channels = like.channels;
    one.height = like.height;
    one.width = like.width;
    one.scale = like.scale;
    one.continuous = like.continuous;
    one.targets = like.targets;
    one.class_names = like.class_names;
    one.held_out.count = 1;
    one.held_out.pixels.own().assign(image.begin(), image.end());
    split_at_middle(one.held_out.pixels.own(), like.targets);
    if (!like.held_out.labels.empty())
        one.held_out.labels.assign(1, static_cast<std::uint8_t>(label));
    return one;
}

}  // namespace elbow::data
