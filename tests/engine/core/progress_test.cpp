#include "engine/core/progress.h"

#include <gtest/gtest.h>

namespace elbow {
namespace {

TEST(Progress, OfAPartIsProgressOfTheWhole) {
    Progress progress;
    progress.report(0.5, "Encoding");
    EXPECT_EQ(progress.fraction(), 0.5);
    EXPECT_EQ(progress.what(), "Encoding");
    progress.begin_part(0.25, 0.75, "Frame 2 of 4");
    EXPECT_EQ(progress.fraction(), 0.25);
    progress.report(0.5, "Encoding");
    EXPECT_EQ(progress.fraction(), 0.5);
    progress.report(1.0, "Decoding");
    EXPECT_EQ(progress.fraction(), 0.75);
    progress.report(-1.0, "of unknown length");
    EXPECT_EQ(progress.fraction(), 0.25);
    EXPECT_EQ(progress.what(), "Frame 2 of 4");
}

}  // namespace
}  // namespace elbow
