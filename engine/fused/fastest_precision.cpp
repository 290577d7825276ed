#include "engine/fused/fastest_precision.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <limits>
#include <thread>

#include "engine/core/aligned.h"
#include "engine/core/clock.h"
#include "engine/fused/bfloat16.h"

namespace elbow::fused {
namespace {

// The paper's network on MNIST: most of a step are products of these sizes.
constexpr std::int64_t kImages = 100, kPixels = 784, kUnits = 500;
constexpr int kRounds = 4;
// What bfloat16 may take of the time in float32. The processors that were measured take 0.65 or 1.6
// of it, so that the choice does not flip between two starts.
constexpr double kWorthwhile = 0.8;

class StepProducts {
  public:
    StepProducts() : images_(kImages * kPixels, 0.5f), weights_(kUnits * kPixels, 0.25f) {}

    // Seconds for a layer's forward pass, and for the gradient of its weights.
    double seconds(Precision precision) {
        const double began_s = steady_now_s();
        multiply_nt(kImages, kUnits, kPixels, images_.data(), kPixels, weights_.data(), kPixels,
                    units_.data(), kUnits, precision);
        multiply_tn(kUnits, kPixels, kImages, units_.data(), kUnits, images_.data(), kPixels,
                    gradients_.data(), kPixels, precision);
        return steady_now_s() - began_s;
    }

  private:
    AlignedFloats images_, weights_;
    AlignedFloats units_ = AlignedFloats(kImages * kUnits);
    AlignedFloats gradients_ = AlignedFloats(kUnits * kPixels);
};

// The least of several in turn, which other programs disturb least.
Precision timed_precision() {
    StepProducts products;
    double float32_s = std::numeric_limits<double>::infinity();
    double bfloat16_s = float32_s;
    for (int i = 0; i < kRounds; ++i) {
        float32_s = std::min(float32_s, products.seconds(Precision::kFloat32));
        bfloat16_s = std::min(bfloat16_s, products.seconds(Precision::kBfloat16));
    }
    return bfloat16_s < kWorthwhile * float32_s ? Precision::kBfloat16 : Precision::kFloat32;
}

}  // namespace

Precision fastest_precision() {
    static const Precision kFastest = [] {
        Precision fastest = Precision::kFloat32;
        if (!has_bfloat16_products()) return fastest;
        // On a thread of its own: a thread's first product keeps oneDNN from starting threads
        // there.
        std::thread([&] {
            try {
                fastest = timed_precision();
            } catch (const std::exception&) {  // what oneDNN refuses is not the fastest
            }
        }).join();
        return fastest;
    }();
    return kFastest;
}

}  // namespace elbow::fused
