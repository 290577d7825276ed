#include "engine/explore/compression.h"

#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "engine/explore/manifold.h"
#include "engine/explore/point.h"
#include "tests/engine/explore/tiny_dataset.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

class CompressionTest : public testing::Test {
  protected:
    Compression keep(const std::vector<int>& kept) {
        return compression(tiny.vae, tiny.parameters, *dataset, 7, kept, 32, 1);
    }
    std::shared_ptr<const data::Dataset> dataset = test::tiny_dataset();
    test::TinyModel tiny{3};
};

TEST_F(CompressionTest, WithAllLatentsItCostsMinusTheBound) {
    const PointDetail point = point_detail(tiny.vae, tiny.parameters, *dataset, 7, 32, 1);
    const Compression all = keep({2, 0, 1});
    EXPECT_DOUBLE_EQ(all.nats(), -point.bound_nats());
    EXPECT_DOUBLE_EQ(all.code_nats, point.kl_nats);
    EXPECT_EQ(all.reconstruction, point.reconstruction);
}

TEST_F(CompressionTest, LatentsThatAreLeftOutCostNothingAndStandAtTheMeanOfThePrior) {
    const PointDetail point = point_detail(tiny.vae, tiny.parameters, *dataset, 7, 32, 1);
    const Compression one = keep({1});
    EXPECT_DOUBLE_EQ(one.code_nats, point.kl_per_latent[1]);
    EXPECT_EQ(one.reconstruction,
              decode(tiny.vae, tiny.parameters, std::vector<float>{0.0f, point.mean[1], 0.0f}, 0));
    const Compression none = keep({});
    EXPECT_EQ(none.code_nats, 0.0);
    EXPECT_EQ(none.reconstruction,
              decode(tiny.vae, tiny.parameters, std::vector<float>(3, 0.0f), 0));
    EXPECT_GT(none.image_nats, 0.0);
}

TEST_F(CompressionTest, LatentsThatAreNotThereAreRefused) {
    EXPECT_THROW(keep({3}), UsageError);
    EXPECT_THROW(keep({-1}), UsageError);
    EXPECT_THROW(keep({1, 1}), UsageError);
    EXPECT_THROW(compression(tiny.vae, tiny.parameters, *dataset, 60, {}, 32, 1), UsageError);
}

}  // namespace
}  // namespace elbow::explore
