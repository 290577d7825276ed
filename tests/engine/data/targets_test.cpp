#include "engine/data/targets.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/core/error.h"
#include "tests/engine/data/idx_files.h"

namespace elbow::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr int kSide = 16;
constexpr int kTrain = 400;
constexpr int kHeldOut = 300;

// Pixel i of every image has the grey value i: 0, 1, ..., 255.
std::shared_ptr<const Dataset> ramps(float scale = 1.0f / 255.0f) {
    auto dataset = std::make_shared<Dataset>();
    dataset->title = "Ramps";
    dataset->height = kSide;
    dataset->width = kSide;
    dataset->scale = scale;
    dataset->class_names = {"ramp"};
    dataset->train = {kTrain, counting(kTrain * 256), Bytes(kTrain)};
    dataset->held_out = {kHeldOut, counting(kHeldOut * 256), Bytes(kHeldOut)};
    return dataset;
}

TEST(Targets, HaveNames) {
    for (const Targets targets : {Targets::kGrey, Targets::kBinarised, Targets::kRedrawn}) {
        EXPECT_EQ(targets_of(name(targets)), targets);
    }
    EXPECT_STREQ(name(Targets::kRedrawn), "redrawn");
    EXPECT_THROW(targets_of("gray"), UsageError);
    EXPECT_EQ(message_of([] { targets_of("gray"); }),
              "--targets: expected grey, binarised or redrawn, found 'gray'.");
}

TEST(Targets, AreSaidOfADataset) {
    EXPECT_EQ(targets_text(*ramps()), "grey targets");
    EXPECT_EQ(targets_text(Targets::kGrey, 3), "colour targets");
    EXPECT_EQ(targets_text(*with_targets(ramps(), Targets::kBinarised)), "binarised targets");
    EXPECT_EQ(targets_text(*with_targets(ramps(), Targets::kRedrawn)),
              "binarised targets, redrawn");
}

TEST(Targets, ThatAreGreyAreTheDatasetItself) {
    const auto grey = ramps();
    EXPECT_EQ(with_targets(grey, Targets::kGrey), grey);
    const auto binarised = with_targets(grey, Targets::kBinarised);
    EXPECT_EQ(with_targets(binarised, Targets::kBinarised), binarised);
}

TEST(Targets, ThatAreBinarisedBecomeGreyAgainOrRedrawn) {
    const auto grey = ramps();
    const auto binarised = with_targets(grey, Targets::kBinarised);
    EXPECT_EQ(with_targets(binarised, Targets::kGrey), grey);
    const auto redrawn = with_targets(binarised, Targets::kRedrawn);
    EXPECT_EQ(redrawn->train.pixels, grey->train.pixels);
    EXPECT_EQ(redrawn->held_out.pixels, binarised->held_out.pixels);
}

TEST(Targets, BinarisedAreBlackOrWhiteWithTheFrequencyOfTheGreyValue) {
    for (const float scale : {1.0f / 255.0f, 1.0f / 256.0f}) {
        const auto binarised = with_targets(ramps(scale), Targets::kBinarised);
        EXPECT_EQ(binarised->scale, 1.0f / 255.0f);
        for (const ImageSet* set : {&binarised->train, &binarised->held_out}) {
            EXPECT_THAT(std::set<int>(set->pixels.begin(), set->pixels.end()),
                        ::testing::ElementsAre(0, 255));
            double chi_squared = 0.0;
            for (std::size_t grey = 1; grey < 255; ++grey) {
                double white = 0.0;
                for (std::size_t i = grey; i < set->pixels.size(); i += 256) {
                    white += set->pixels[i] == 255 ? 1.0 : 0.0;
                }
                const double p = static_cast<double>(grey) * scale;
                const double expected = p * set->count;
                chi_squared += (white - expected) * (white - expected) / (expected * (1.0 - p));
            }
            // 254 degrees of freedom: a standard deviation is 22.5.
            EXPECT_NEAR(chi_squared, 254.0, 5 * 22.5);
        }
    }
}

TEST(Targets, BinarisedKeepAllElse) {
    const auto binarised = with_targets(ramps(), Targets::kBinarised);
    EXPECT_EQ(binarised->targets, Targets::kBinarised);
    EXPECT_EQ(binarised->class_names, ramps()->class_names);
    EXPECT_EQ(binarised->train.count, kTrain);
    EXPECT_EQ(binarised->held_out.labels, ramps()->held_out.labels);
}

TEST(Targets, BinarisedAreTheSameForEverybody) {
    const auto once = with_targets(ramps(), Targets::kBinarised);
    const auto again = with_targets(ramps(), Targets::kBinarised);
    EXPECT_EQ(once->train.pixels, again->train.pixels);
    EXPECT_EQ(once->held_out.pixels, again->held_out.pixels);
    const Bytes start(once->train.pixels.begin(), once->train.pixels.begin() + kHeldOut * 256);
    EXPECT_NE(start, once->held_out.pixels) << "the two sets have their own streams";
}

TEST(Targets, RedrawnKeepGreyTrainingImagesAndTheHeldOutOnesOfBinarised) {
    const auto redrawn = with_targets(ramps(), Targets::kRedrawn);
    EXPECT_EQ(redrawn->train.pixels, ramps()->train.pixels);
    EXPECT_EQ(redrawn->held_out.pixels,
              with_targets(ramps(), Targets::kBinarised)->held_out.pixels);
}

TEST(Targets, RedrawnHaveOneScaleForGreyAndWhite) {
    const auto redrawn = with_targets(ramps(1.0f / 256.0f), Targets::kRedrawn);
    EXPECT_EQ(redrawn->scale, 1.0f / 255.0f);
    for (const std::size_t grey : {0, 1, 100, 128, 200, 255}) {
        EXPECT_NEAR(static_cast<double>(redrawn->train.pixels[grey]) / 255.0,
                    static_cast<double>(grey) / 256.0, 0.5 / 255.0);
    }
}

}  // namespace
}  // namespace elbow::data
