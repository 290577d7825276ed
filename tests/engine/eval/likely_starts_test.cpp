// A chain starts in the mode that matters.

#include "engine/infer/likely_starts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "engine/eval/marginal_likelihood.h"

namespace elbow::infer {
namespace {

// One latent; an image has its mode at +2 or -2, and a lesser one at 0, from which no chain comes
// back: log p(x, z) of a mixture of two narrow Gaussians, whose whole mass is 1.
class TwoModes : public LogJoint {
  public:
    int latents() const override { return 1; }
    void evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                  std::span<double> log_density, std::span<float> gradient) override {
        for (std::size_t row = 0; row < images.size(); ++row) {
            const double at = images[row] % 2 == 0 ? 2.0 : -2.0;
            const double main = std::log(1.0 - kLesser) + log_normal(z[row] - at);
            const double other = std::log(kLesser) + log_normal(z[row]);
            const double most = std::max(main, other);
            log_density[row] = most + std::log(std::exp(main - most) + std::exp(other - most));
            if (gradient.empty()) continue;
            const double share = std::exp(main - log_density[row]);
            gradient[row] = static_cast<float>(-(share * (z[row] - at) + (1.0 - share) * z[row]) /
                                               (kWidth * kWidth));
        }
    }

  private:
    static constexpr double kLesser = 1e-3;
    static constexpr double kWidth = 0.2;
    static double log_normal(double distance) {
        return -0.5 * (distance * distance / (kWidth * kWidth) + std::log(2.0 * M_PI)) -
               std::log(kWidth);
    }
};

TEST(LikelyStarts, AreInTheGreaterMode) {
    TwoModes joint;
    const std::vector<std::uint32_t> images = {0, 1, 2, 3};
    const auto starts = likely_starts(joint, images, kStartDraws, 1);
    ASSERT_EQ(starts.size(), images.size());
    for (std::size_t i = 0; i < images.size(); ++i) {
        EXPECT_NEAR(starts[i], i % 2 == 0 ? 2.0 : -2.0, 0.2);
    }
    EXPECT_EQ(starts, likely_starts(joint, images, kStartDraws, 1));
}

TEST(LikelyStarts, LetAppendixDFindTheWholeMass) {
    TwoModes joint;
    std::vector<std::uint32_t> images(40);
    std::iota(images.begin(), images.end(), 0U);
    const auto log_marginal = [&](const std::vector<float>& start) {
        return eval::marginal_likelihood(joint, images, start, {}, 1).log_marginal.mean;
    };
    EXPECT_NEAR(log_marginal(likely_starts(joint, images, kStartDraws, 1)), 0.0, 0.1);
    EXPECT_LT(log_marginal(std::vector<float>(images.size(), 0.0F)), -1.0)
        << "a start in the middle sees the lesser mode alone";
}

}  // namespace
}  // namespace elbow::infer
