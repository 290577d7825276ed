#pragma once

// Where the dot, A and B are while nobody has moved them: apart from one another on the map, at
// places that the codes of the held-out images reach, however wide these are. Pure functions.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/explore/latent_map.h"

namespace elbow::explore {

// The plane of the map; with one latent y equals x and is ignored.
struct MapPlane {
    int x_axis = 0;
    int y_axis = 1;
};

// The images whose codes A and B are put at.
struct PathImages {
    int a = -1;
    int b = -1;
    bool operator==(const PathImages&) const = default;
};

// Two held-out images on either side of the cloud of points, of different labels where there are
// labels, and both away from `dot` [N] (empty: wherever it is). `before`: those of the last map,
// which stay as long as they are still apart. order: a permutation of the images each beginning of
// which is a fair sample (nested_order.h), or empty. Nothing where there are fewer than two images
// with a finite code.
std::optional<PathImages> path_images(const LatentMap&, std::span<const std::uint8_t> labels,
                                      std::span<const std::uint32_t> order, MapPlane,
                                      std::span<const float> dot,
                                      const std::optional<PathImages>& before);

// The middle of the codes, [N]: each latent's median. Zeros where there is no finite code.
std::vector<float> middle_of_codes(const LatentMap&, std::span<const std::uint32_t> order);

// The image's code, [N].
std::span<const float> code_of(const LatentMap&, int image);

}  // namespace elbow::explore
