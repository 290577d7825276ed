#pragma once

// What the values of some pictures say about how to learn them. A value, for one thread.

#include <array>
#include <cstdint>

#include "engine/data/sources/finding.h"

namespace elbow::data {

class SampledValues {
  public:
    void add(const ReadPicture&);
    // Finding::sampled to Finding::histogram.
    void tell(Finding&) const;

  private:
    int pictures_ = 0;
    int coloured_ = 0;     // pictures
    int transparent_ = 0;  // pictures
    std::int64_t values_ = 0, extreme_ = 0;
    std::int64_t shown_sum_ = 0;                 // of grey values that are not transparent
    std::int64_t rim_sum_ = 0, rim_values_ = 0;  // of pictures without transparent pixels
    std::array<std::int64_t, kHistogramBins> histogram_{};
};

}  // namespace elbow::data
