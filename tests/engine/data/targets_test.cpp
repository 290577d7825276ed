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

std::vector<float> drawn(const Bytes& pixels, const Stream& stream, std::uint64_t position,
                         float scale = 1.0f / 255.0f) {
    std::vector<float> targets(pixels.size(), -1.0f);
    redraw(pixels, scale, stream, position, targets);
    return targets;
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

TEST(Targets, ThatAreBinarisedCannotBecomeGreyAgain) {
    const auto binarised = with_targets(ramps(), Targets::kBinarised);
    EXPECT_THAT(message_of([&] { with_targets(binarised, Targets::kGrey); }),
                AllOf(HasSubstr("Ramps"), HasSubstr("found binarised targets"),
                      HasSubstr("Load the data set again")));
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
                    white += set->pixels[i] / 255;
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

TEST(Redraw, GivesTheSameInAnyPieces) {
    const Stream stream(3, "targets");
    const Bytes pixels = counting(3000, 17);
    const std::vector<float> whole = drawn(pixels, stream, 1000);
    for (const std::size_t piece : {1, 100, 255, 256, 257, 784}) {
        std::vector<float> pieces;
        for (std::size_t at = 0; at < pixels.size(); at += piece) {
            const Bytes part(
                pixels.begin() + static_cast<std::ptrdiff_t>(at),
                pixels.begin() + static_cast<std::ptrdiff_t>(std::min(pixels.size(), at + piece)));
            const std::vector<float> targets = drawn(part, stream, 1000 + at);
            pieces.insert(pieces.end(), targets.begin(), targets.end());
        }
        EXPECT_EQ(pieces, whole) << "pieces of " << piece;
    }
}

TEST(Redraw, IsADifferentDrawForEveryStreamAndPosition) {
    const Bytes pixels(784, 128);
    const std::vector<float> first = drawn(pixels, Stream(3, "targets"), 0);
    EXPECT_EQ(first, drawn(pixels, Stream(3, "targets"), 0));
    EXPECT_NE(first, drawn(pixels, Stream(4, "targets"), 0));
    EXPECT_NE(first, drawn(pixels, Stream(3, "other"), 0));
    EXPECT_NE(first, drawn(pixels, Stream(3, "targets"), 784));
    EXPECT_NE(first, drawn(pixels, Stream(3, "targets"), std::uint64_t{1} << 40));
}

TEST(Redraw, NeverTurnsBlackWhiteNorWhiteBlack) {
    const Stream stream(1, "targets");
    const std::vector<float> black = drawn(Bytes(1'000'000, 0), stream, 5);
    const std::vector<float> white = drawn(Bytes(1'000'000, 255), stream, 5);
    EXPECT_EQ(std::count(black.begin(), black.end(), 0.0f), 1'000'000);
    EXPECT_EQ(std::count(white.begin(), white.end(), 1.0f), 1'000'000);
}

TEST(Redraw, HasTheMeanOfTheGreyValue) {
    const Stream stream(9, "targets");
    constexpr int kDraws = 1'000'000;
    for (const int grey : {1, 64, 127, 254}) {
        double white = 0.0;
        for (const float target : drawn(Bytes(kDraws, static_cast<std::uint8_t>(grey)), stream, 0))
            white += target;
        const double p = grey / 255.0;
        EXPECT_NEAR(white / kDraws, p, 5 * std::sqrt(p * (1.0 - p) / kDraws)) << "grey " << grey;
    }
}

TEST(Redraw, HasNoCorrelationBetweenPixels) {
    constexpr std::size_t kDraws = 1'000'000;
    const std::vector<float> targets = drawn(Bytes(kDraws, 128), Stream(2, "targets"), 0);
    // Neighbours, rows of an image, and what comes from one block or one word of the generator.
    for (const std::size_t lag : {1, 28, 32, 64, 96, 128, 256, 784}) {
        double sum = 0.0;
        for (std::size_t i = 0; i + lag < kDraws; ++i) {
            sum += (2.0 * targets[i] - 1.0) * (2.0 * targets[i + lag] - 1.0);
        }
        EXPECT_NEAR(sum / kDraws, 0.0, 5e-3) << "lag " << lag;
    }
}

}  // namespace
}  // namespace elbow::data
