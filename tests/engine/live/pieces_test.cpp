#include "engine/live/pieces.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace elbow::live {
namespace {

using Done = std::vector<std::pair<std::size_t, std::size_t>>;  // first, images

TEST(Pieces, HaveTheMostImagesButForTheLast) {
    Pieces pieces(300, 128);
    Done done;
    const auto work = [&](std::size_t first, std::size_t images) {
        done.emplace_back(first, images);
    };
    EXPECT_FALSE(pieces.advance(work));
    EXPECT_FALSE(pieces.advance(work));
    EXPECT_TRUE(pieces.advance(work));
    EXPECT_EQ(done, (Done{{0, 128}, {128, 128}, {256, 44}}));
}

TEST(Pieces, NothingIsDoneAtOnce) {
    Pieces none(0, 128);
    EXPECT_TRUE(none.advance([](std::size_t, std::size_t) { FAIL() << "there is nothing to do"; }));
}

}  // namespace
}  // namespace elbow::live
