#include "engine/explore/latent_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "tests/engine/explore/tiny_dataset.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

TEST(LatentMap, PiecesMakeTheSameMapAsTheWhole) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(3);
    const LatentMap whole = encode_all(model.vae, model.parameters, *dataset, dataset->held_out);
    ASSERT_EQ(whole.count, 60);
    ASSERT_EQ(whole.latents, 3);
    LatentMap pieces = whole;
    std::fill(pieces.mean.begin(), pieces.mean.end(), NAN);
    std::fill(pieces.deviation.begin(), pieces.deviation.end(), NAN);
    for (const auto& [begin, end] : {std::pair{0, 7}, {40, 60}, {7, 8}, {8, 40}, {40, 40}}) {
        encode_into(pieces, model.vae, model.parameters, *dataset, dataset->held_out, begin, end);
    }
    ASSERT_EQ(pieces.mean.size(), whole.mean.size());
    for (std::size_t i = 0; i < whole.mean.size(); ++i) {
        EXPECT_NEAR(pieces.mean[i], whole.mean[i], 1e-5f) << i;
        EXPECT_NEAR(pieces.deviation[i], whole.deviation[i], 1e-5f) << i;
    }
}

TEST(LatentMap, RefusesImagesOfAnotherSizeAndRangesThatDoNotExist) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(2);
    LatentMap map = encode_all(model.vae, model.parameters, *dataset, dataset->held_out);
    const auto other = test::tiny_dataset(10, 10, 9, 9);
    EXPECT_THROW(encode_all(model.vae, model.parameters, *other, other->held_out), Error);
    const auto encode = [&](int begin, int end) {
        encode_into(map, model.vae, model.parameters, *dataset, dataset->held_out, begin, end);
    };
    EXPECT_THROW(encode(-1, 5), Error);
    EXPECT_THROW(encode(10, 5), Error);
    EXPECT_THROW(encode(0, 61), Error);
    map.mean.pop_back();
    EXPECT_THROW(encode(0, 60), Error);
}

double distance(const LatentMap& map, int index, std::span<const float> z) {
    double squared = 0.0;
    for (std::size_t n = 0; n < z.size(); ++n) {
        const double difference =
            double{map.mean[static_cast<std::size_t>(index) * z.size() + n]} - z[n];
        squared += difference * difference;
    }
    return std::sqrt(squared);
}

TEST(LatentMap, NearestAgreesWithSortingAllDistances) {
    const auto dataset = test::tiny_dataset();
    for (const int latents : {1, 2, 7}) {
        test::TinyModel model(latents);
        const LatentMap map = encode_all(model.vae, model.parameters, *dataset, dataset->held_out);
        std::vector<float> z(static_cast<std::size_t>(latents));
        Stream(9, "query").normals(0, z);
        std::vector<std::pair<double, int>> all;
        all.reserve(static_cast<std::size_t>(map.count));
        for (int i = 0; i < map.count; ++i) all.emplace_back(distance(map, i, z), i);
        std::sort(all.begin(), all.end());
        const std::vector<Neighbour> found = nearest(map, z, 8);
        ASSERT_EQ(found.size(), 8u);
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_NEAR(found[i].distance, all[i].first, 1e-5);
            EXPECT_NEAR(distance(map, found[i].index, z), all[i].first, 1e-5);
        }
    }
}

TEST(LatentMap, NearestGivesNoMoreThanThereAreAndBreaksTiesByIndex) {
    LatentMap map;
    map.latents = 1;
    map.count = 4;
    map.mean = {2.0f, 1.0f, -1.0f, 1.0f};
    map.deviation.assign(4, 0.0f);
    const float origin[] = {0.0f};
    const std::vector<Neighbour> found = nearest(map, origin, 10);
    ASSERT_EQ(found.size(), 4u);
    EXPECT_EQ(found[0].index, 1);
    EXPECT_EQ(found[1].index, 2);
    EXPECT_EQ(found[2].index, 3);
    EXPECT_EQ(found[3].index, 0);
    EXPECT_FLOAT_EQ(found[3].distance, 2.0f);
    EXPECT_TRUE(nearest(map, origin, 0).empty());
    const float two[] = {0.0f, 0.0f};
    EXPECT_THROW(nearest(map, two, 1), Error);
}

}  // namespace
}  // namespace elbow::explore
