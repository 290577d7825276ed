#pragma once

// Which class a place of the latent space belongs to: that of most of the held-out images whose
// codes lie nearest. Near is Euclidean distance in z to the means of q(z|x), over all latents. Each
// lookup goes through all codes, 60 000 of 20 latents in about a millisecond. Belongs to one
// thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/explore/latent_map.h"

namespace elbow::explore {

inline constexpr int kNearestCodes = 15;

struct ClassVote {
    std::uint8_t label = 0;
    std::uint8_t votes = 0;  // of the nearest codes, so many have it
};

class ClassLookup {
  public:
    // labels [count]. With an empty `held`, places have all N latents; else they have those named
    // in `free` alone, and the others are at held [N].
    ClassLookup(const LatentMap&, std::span<const std::uint8_t> labels,
                std::span<const int> free = {}, std::span<const float> held = {});

    // How many codes vote: kNearestCodes, or all where there are fewer.
    int voters() const { return static_cast<int>(nearest_.size()); }
    // Multiplications of a lookup.
    double work() const { return static_cast<double>(labels_.size() * (codes_.size() + 1)); }
    // z: [N], or of the free latents. Where classes have equally many votes, that of the nearer
    // code. There is at least one code.
    ClassVote at(std::span<const float> z);

  private:
    struct Near {
        float squared;  // distance
        std::uint8_t label;
    };
    void take(float squared, std::uint8_t label);

    std::vector<std::vector<float>> codes_;  // [free] of [count]
    std::vector<float> held_;                // [count]: squared distances over the others
    std::vector<std::uint8_t> labels_;       // [count]
    std::vector<Near> nearest_;              // in rising order
};

}  // namespace elbow::explore
