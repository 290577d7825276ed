#pragma once

// How an answer about many images is cut into pieces, so short that the cursor never waits for
// long. A plain value of the explorer's thread.

#include <algorithm>
#include <cstddef>

#include "engine/core/clock.h"

namespace elbow::live {

class Pieces {
  public:
    // `most` >= 1: images of a piece.
    Pieces(std::size_t images, std::size_t most) : images_(images), most_(most) {}

    // Does the next piece by work(first, images); true: it was the last.
    template <class Work>
    bool advance(const Work& work) {
        const double start_s = steady_now_s();
        const std::size_t size = std::min(most_, images_ - done_);
        if (size > 0) work(done_, size);
        done_ += size;
        seconds_ += steady_now_s() - start_s;
        return done_ == images_;
    }

    double seconds() const { return seconds_; }  // that all pieces so far have taken

  private:
    std::size_t images_, most_;
    std::size_t done_ = 0;
    double seconds_ = 0.0;
};

}  // namespace elbow::live
