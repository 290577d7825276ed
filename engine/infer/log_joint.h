#pragma once

// The log density of images and latents together, log p(x, z), and its slope in z: all that
// inference needs to know of a model. Owned by whoever owns the model; used by one thread at a
// time.

#include <cstdint>
#include <span>

namespace elbow::infer {

class LogJoint {
  public:
    virtual ~LogJoint() = default;

    // N
    virtual int latents() const = 0;

    // Row r pairs image number images[r] of the model's data with z[r]. An image may stand in any
    // number of rows, and there may be any number of rows: whoever implements this cuts long
    // batches into pieces that suit it. A row's result does not depend on the other rows.
    //
    // images [rows], z [rows, N] -> log_density [rows], log p(x, z) in nats (NaN and infinities are
    // allowed), gradient [rows, N], d log p(x, z) / dz. An empty gradient is not wanted.
    virtual void evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                          std::span<double> log_density, std::span<float> gradient) = 0;
};

}  // namespace elbow::infer
