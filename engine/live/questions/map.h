#pragma once

// Where the encoder puts the held-out images.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/explore/latent_map.h"
#include "engine/live/question.h"

namespace elbow::live {

struct MapQuery {
    bool operator==(const MapQuery&) const = default;
};

struct MapView final : View {
    explore::LatentMap map;
    // In which some of the points stand for all (explore/nested_order.h), [count]; never null.
    std::shared_ptr<const std::vector<std::uint32_t>> order;
};

std::unique_ptr<Question> make_map_question();

}  // namespace elbow::live
