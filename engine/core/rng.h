#pragma once

// Seeded, named streams of random numbers (Philox 4x32-10, Salmon et al. 2011). A stream is a pure
// function of (seed, name, position): any thread may read any part of it, in any order, and a run
// that is resumed reads on where it stopped without saving a generator's state.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace elbow {

// One block of the generator: four random words for a counter and a key.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

class Stream {
  public:
    Stream(std::uint64_t seed, std::string_view name);

    // Uniform 64-bit word number `position`.
    std::uint64_t bits(std::uint64_t position) const;

    // Uniform in [0, 1).
    double uniform(std::uint64_t position) const;

    // Uniform in {0, ..., bound - 1}; bound >= 1.
    std::uint64_t below(std::uint64_t position, std::uint64_t bound) const;

    // out[i] = standard normal number `position + i` of this stream (Box-Muller).
    void normals(std::uint64_t position, std::span<float> out) const;

    // Turns each value, a probability, into a draw: 1 with that probability (to within 2^-16), else
    // 0; by number `position + i` of this stream. 0 and 1 are kept exactly.
    void bernoullis(std::uint64_t position, std::span<float> values) const;

    // What bernoullis() compares the values with, in (0, 1): a draw is 1 where its threshold lies
    // below the probability.
    void thresholds(std::uint64_t position, std::span<float> out) const;

    // A permutation of {0, ..., count - 1}, the `number`-th of this stream (an epoch's order).
    std::vector<std::uint32_t> permutation(std::uint64_t number, std::uint32_t count) const;

  private:
    std::array<std::uint32_t, 2> key_;
};

}  // namespace elbow
