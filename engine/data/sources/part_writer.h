#pragma once

// Tells what is held out from what is trained on, while images pass by on their way to the cache.
// Used by one thread.

#include <array>
#include <cstdint>
#include <vector>

#include "engine/data/sources/choices.h"
#include "engine/data/sources/import_cache.h"

namespace elbow::data {

struct PassingImage {
    std::vector<std::uint8_t> image;  // [C, H, W]
    int label = -1;                   // negative: none
    std::uint32_t hash = 0;           // of the content
    bool held_out = false;            // as the source says, or by its group; no matter for a tenth
    int number = 0;                   // in the source
};

class PartWriter {
  public:
    PartWriter(ImportCache& cache, HeldOut held_out) : cache_(cache), held_out_(held_out) {}

    void add(PassingImage);
    // After the last one: the few that there are, all known by now.
    void settle();

    // The numbers of the training images and of the held-out ones, as they lie in the cache.
    const std::array<std::vector<int>, 2>& order() const { return order_; }

  private:
    void write(const PassingImage&, bool held_out);

    ImportCache& cache_;
    HeldOut held_out_;
    std::vector<PassingImage> few_;
    bool many_ = false;
    std::array<std::vector<int>, 2> order_;
};

}  // namespace elbow::data
