#include "engine/core/suggestion.h"

#include <gtest/gtest.h>

#include <vector>

namespace elbow {
namespace {

const std::vector<std::string> kFlags = {
    "--dataset", "--train-images", "--latent", "--hidden", "--optimizer", "--step-size", "--batch",
    "--samples", "--seconds",      "--epochs", "--seed",   "--estimator", "--help"};

std::string suggested(const std::string& typed, const std::vector<std::string>& names = kFlags) {
    std::string text = did_you_mean(typed, names);
    if (text.empty()) return text;
    EXPECT_EQ(text.rfind(" Did you mean '", 0), 0U) << text;
    return text.substr(15, text.size() - 17);
}

TEST(DidYouMean, FindsSlipsOfTheFingers) {
    EXPECT_EQ(suggested("--optimiser"), "--optimizer");
    EXPECT_EQ(suggested("--latnet"), "--latent");
    EXPECT_EQ(suggested("--latents"), "--latent");
    EXPECT_EQ(suggested("--epoch"), "--epochs");
    EXPECT_EQ(suggested("--stepsize"), "--step-size");
    EXPECT_EQ(suggested("--Batch"), "--batch");
    EXPECT_EQ(suggested("mnits", {"mnist", "fashion-mnist", "shapes"}), "mnist");
    EXPECT_EQ(suggested("adma", {"sgd", "adagrad", "adam"}), "adam");
    EXPECT_EQ(suggested("gray", {"grey", "binarised", "redrawn"}), "grey");
}

TEST(DidYouMean, FindsBeginningsThatFitOneNameAlone) {
    EXPECT_EQ(suggested("fashion", {"mnist", "fashion-mnist", "shapes"}), "fashion-mnist");
    EXPECT_EQ(suggested("--batch-size"), "--batch");
    EXPECT_EQ(suggested("wake", {"sgvb_b", "wake_sleep", "mcem"}), "wake_sleep");
    EXPECT_EQ(suggested("sgv", {"sgvb_b", "sgvb_a", "mcem"}), "");
}

TEST(DidYouMean, SaysNothingWhereNothingIsNear) {
    EXPECT_EQ(suggested("newton", {"sgd", "adagrad", "adam"}), "");
    EXPECT_EQ(suggested("imagenet", {"mnist", "fashion-mnist", "frey", "shapes"}), "");
    EXPECT_EQ(suggested("--temperature"), "");
    EXPECT_EQ(suggested("", {"a"}), "");
    EXPECT_EQ(suggested("x", {"a", "b"}), "") << "every letter would be another";
    EXPECT_EQ(suggested(std::string(1'000'000, 'a'), {"a"}), "");
}

}  // namespace
}  // namespace elbow
