#include "engine/explore/scores.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.h"
#include "engine/explore/point.h"
#include "tests/engine/explore/tiny_dataset.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

TEST(ImageScores, AreTheTermsOfEachImageWhateverThePieces) {
    test::TinyModel tiny(3);
    const auto dataset = test::tiny_dataset();
    ImageScores whole, pieces;
    whole.size_for(60);
    pieces.size_for(60);
    score_into(whole, tiny.vae, tiny.parameters, *dataset, dataset->held_out, 0, 60);
    for (int begin = 0; begin < 60; begin += 20)
        score_into(pieces, tiny.vae, tiny.parameters, *dataset, dataset->held_out, begin,
                   begin + 20);
    for (std::size_t i = 0; i < 60; ++i) {  // to the rounding of the last pixels of a row
        EXPECT_NEAR(pieces.reconstruction[i], whole.reconstruction[i], 1e-3) << i;
        EXPECT_NEAR(pieces.kl[i], whole.kl[i], 1e-4) << i;
        EXPECT_NEAR(pieces.width[i], whole.width[i], 1e-5) << i;
    }
    for (const int image : {0, 17, 59}) {
        const PointDetail point = point_detail(tiny.vae, tiny.parameters, *dataset, image, 400, 1);
        const auto i = static_cast<std::size_t>(image);
        EXPECT_NEAR(whole.kl[i], point.kl_nats, 1e-3);
        double log_width = 0.0;
        for (const float deviation : point.deviation) log_width += std::log(deviation);
        EXPECT_NEAR(whole.width[i], std::exp(log_width / 3.0), 1e-4);
        EXPECT_NEAR(whole.reconstruction[i], point.reconstruction_nats,
                    0.3 * std::abs(point.reconstruction_nats))
            << "one draw against many";
        EXPECT_EQ(whole.bound(i), whole.reconstruction[i] - whole.kl[i]);
    }
}

TEST(ImageScores, OfOtherImagesAreRefused) {
    test::TinyModel tiny(3);
    const auto other = test::tiny_dataset(20, 20, 9, 9);
    ImageScores scores;
    scores.size_for(20);
    EXPECT_THROW(score_into(scores, tiny.vae, tiny.parameters, *other, other->held_out, 0, 20),
                 Error);
}

}  // namespace
}  // namespace elbow::explore
