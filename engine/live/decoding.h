#pragma once

// The decoder's images of many z, piece by piece: all of the scene that they were asked in. Used by
// the questions, on the explorer's thread.

#include <cstdint>
#include <vector>

#include "engine/live/pieces.h"
#include "engine/live/question.h"

namespace elbow::live {

class Decoding {
  public:
    // With the inputs' model. z [count, N]; labels [count] for a model that is told them; empty:
    // each has label 0.
    Decoding(const Inputs&, std::vector<float> z, std::vector<std::uint8_t> labels);

    // Decodes the next piece with a model of the scene's snapshot; true: it was the last.
    bool advance(model::Model&);

    const Scene& scene() const { return scene_; }
    std::vector<float>& z() { return z_; }
    std::vector<std::uint8_t>& images() { return images_; }  // [count, D], as far as they are done
    double seconds() const { return pieces_.seconds(); }

  private:
    Scene scene_;
    std::vector<float> z_;
    std::vector<std::uint8_t> labels_, images_;
    Pieces pieces_;
};

}  // namespace elbow::live
