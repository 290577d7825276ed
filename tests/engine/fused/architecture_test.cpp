#include "engine/fused/architecture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <string>

#include "engine/core/error.h"

namespace elbow::fused {
namespace {

constexpr Architecture kOdd{.height = 5, .width = 3, .hidden = 13, .latents = 3};

TEST(ParameterLayout, NamesEveryMatrixOfThePaperWithItsShape) {
    const std::map<std::string_view, std::pair<int, int>> expected = {
        {"encoder.hidden.weight", {13, 15}},      {"encoder.hidden.bias", {13, 1}},
        {"encoder.mean.weight", {3, 13}},         {"encoder.mean.bias", {3, 1}},
        {"encoder.log_variance.weight", {3, 13}}, {"encoder.log_variance.bias", {3, 1}},
        {"decoder.hidden.weight", {13, 3}},       {"decoder.hidden.bias", {13, 1}},
        {"decoder.logits.weight", {15, 13}},      {"decoder.logits.bias", {15, 1}},
    };
    const model::ParameterLayout layout(kOdd);
    ASSERT_EQ(layout.views().size(), expected.size());
    for (const auto& [name, shape] : expected) {
        const model::ParameterView& view = layout.view(name);
        const bool is_bias = name.ends_with(".bias");
        const std::vector<std::int64_t> expected_shape =
            is_bias ? std::vector<std::int64_t>{shape.first}
                    : std::vector<std::int64_t>{shape.first, shape.second};
        EXPECT_EQ(view.shape, expected_shape) << name;
        EXPECT_EQ(view.start, is_bias ? model::Start::kBiases : model::Start::kWeights) << name;
    }
}

TEST(ParameterLayout, BlocksDoNotOverlapAndStartAtMultiplesOf16) {
    for (const int latents : {1, 2, 20, 200}) {
        const model::ParameterLayout layout(
            Architecture{.height = 5, .width = 3, .hidden = 13, .latents = latents});
        std::set<std::int64_t> taken;
        std::int64_t total = 0;
        for (const model::ParameterView& view : layout.views()) {
            total += view.size();
            for (std::int64_t i = 0; i < view.size(); ++i) taken.insert(view.offset + i);
            // The second of the two heads lies against the first, so that both are one product.
            if (view.name.find("log_variance") == std::string_view::npos) {
                EXPECT_EQ(view.offset % 16, 0) << view.name;
            }
        }
        EXPECT_EQ(static_cast<std::int64_t>(taken.size()), total);
        EXPECT_GE(*taken.begin(), 0);
        EXPECT_LT(*taken.rbegin(), layout.size());
        EXPECT_EQ(layout.size() % 16, 0);
    }
}

TEST(ParameterLayout, TheTwoHeadsAreAdjacentAndTheKernelsOffsetsAreTheViews) {
    const model::ParameterLayout layout(kOdd);
    const Offsets kernels(kOdd);
    const auto offset = [&](std::string_view name) { return layout.view(name).offset; };
    const auto end = [&](std::string_view name) { return offset(name) + layout.view(name).size(); };
    EXPECT_EQ(end("encoder.mean.weight"), offset("encoder.log_variance.weight"));
    EXPECT_EQ(end("encoder.mean.bias"), offset("encoder.log_variance.bias"));
    EXPECT_EQ(kernels.encoder_hidden_weight, offset("encoder.hidden.weight"));
    EXPECT_EQ(kernels.encoder_hidden_bias, offset("encoder.hidden.bias"));
    EXPECT_EQ(kernels.encoder_heads_weight, offset("encoder.mean.weight"));
    EXPECT_EQ(kernels.encoder_heads_bias, offset("encoder.mean.bias"));
    EXPECT_EQ(kernels.decoder_hidden_weight, offset("decoder.hidden.weight"));
    EXPECT_EQ(kernels.decoder_hidden_bias, offset("decoder.hidden.bias"));
    EXPECT_EQ(kernels.decoder_outputs_weight, offset("decoder.logits.weight"));
    EXPECT_EQ(kernels.decoder_outputs_bias, offset("decoder.logits.bias"));
}

TEST(ParameterLayout, AGaussianDecoderPutsOutMeansAndLogVariancesSideBySide) {
    Architecture architecture = kOdd;
    architecture.likelihood = Likelihood::kGaussian;
    EXPECT_EQ(architecture.outputs(), 2 * architecture.dimensions());
    const model::ParameterLayout layout(architecture);
    const Offsets kernels(architecture);
    const model::ParameterView& mean = layout.view("decoder.mean.weight");
    EXPECT_EQ(kernels.decoder_outputs_weight, mean.offset);
    EXPECT_EQ(mean.offset + mean.size(), layout.view("decoder.log_variance.weight").offset);
    const model::ParameterView& bias = layout.view("decoder.mean.bias");
    EXPECT_EQ(kernels.decoder_outputs_bias, bias.offset);
    EXPECT_EQ(bias.offset + bias.size(), layout.view("decoder.log_variance.bias").offset);
    EXPECT_THROW(layout.view("decoder.logits.weight"), Error);
}

TEST(ParameterLayout, AnUnknownNameThrowsAndIsNamed) {
    const model::ParameterLayout layout(kOdd);
    try {
        layout.view("encoder.hiden.weight");
        FAIL() << "expected an Error";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("encoder.hiden.weight"), std::string::npos);
    }
}

struct Moments {
    double mean = 0.0, variance = 0.0, largest = 0.0;
};

Moments moments(const std::vector<float>& parameters, const model::ParameterView& view) {
    Moments result;
    for (std::int64_t i = 0; i < view.size(); ++i) {
        const double value = parameters[static_cast<std::size_t>(view.offset + i)];
        result.mean += value / static_cast<double>(view.size());
        result.variance += value * value / static_cast<double>(view.size());
        result.largest = std::max(result.largest, std::abs(value));
    }
    return result;
}

// Five standard deviations of a variance estimated from n uniform (4/5) or normal (2) draws.
double tolerance(double variance, std::int64_t n, double relative_spread) {
    return 5.0 * variance * std::sqrt(relative_spread / static_cast<double>(n));
}

TEST(InitialParameters, GlorotWeightsAreUniformWithTheVarianceOfTheirFansAndBiasesZero) {
    const Architecture architecture;
    const model::ParameterLayout layout(architecture);
    const auto parameters = model::initial_parameters(architecture, "glorot", 1);
    ASSERT_EQ(static_cast<std::int64_t>(parameters.size()), layout.size());
    for (const model::ParameterView& view : layout.views()) {
        const Moments found = moments(parameters, view);
        if (view.start == model::Start::kBiases) {
            EXPECT_EQ(found.largest, 0.0) << view.name;
            continue;
        }
        const double variance = 2.0 / static_cast<double>(view.fan_in + view.fan_out);
        EXPECT_NEAR(found.variance, variance, tolerance(variance, view.size(), 0.8)) << view.name;
        EXPECT_NEAR(found.mean, 0.0, 5.0 * std::sqrt(variance / static_cast<double>(view.size())));
        EXPECT_LE(found.largest, std::sqrt(3.0 * variance) * (1.0 + 1e-6)) << view.name;
        EXPECT_GE(found.largest, std::sqrt(3.0 * variance) * 0.98) << view.name;
    }
}

TEST(InitialParameters, ThePapersAreNormalWithStandardDeviation001BiasesIncluded) {
    const Architecture architecture;
    const model::ParameterLayout layout(architecture);
    const auto parameters = model::initial_parameters(architecture, "paper", 1);
    for (const model::ParameterView& view : layout.views()) {
        const Moments found = moments(parameters, view);
        EXPECT_NEAR(found.variance, 1e-4, tolerance(1e-4, view.size(), 2.0)) << view.name;
        EXPECT_GT(found.variance, 0.0) << view.name;
    }
    // Beyond what any uniform of this variance could reach.
    EXPECT_GT(moments(parameters, layout.view("encoder.hidden.weight")).largest, 0.035);
}

TEST(InitialParameters, ThePapersAreAsWideAsAskedFor) {
    const Architecture architecture;
    const model::ParameterLayout layout(architecture);
    const auto parameters = model::initial_parameters(architecture, "paper", 1, 0.1);
    for (const model::ParameterView& view : layout.views()) {
        EXPECT_NEAR(moments(parameters, view).variance, 1e-2, tolerance(1e-2, view.size(), 2.0));
    }
}

TEST(InitialParameters, OfTheMeanAreHalfGlorotsButForTheBiasesOfWhatIsDecoded) {
    const Architecture architecture;
    const model::ParameterLayout layout(architecture);
    std::vector<float> mean_image(static_cast<std::size_t>(architecture.dimensions()), 0.25F);
    mean_image[0] = 0.0F;
    mean_image[1] = 1.0F;
    const auto parameters = model::initial_parameters(architecture, "mean", 1, 0.01, mean_image);
    auto expected = model::initial_parameters(architecture, "glorot", 1);
    for (float& weight : expected) weight *= 0.5F;
    const model::ParameterView& biases = layout.view("decoder.logits.bias");
    std::fill_n(expected.begin() + biases.offset, biases.size(), std::log(1.0F / 3.0F));
    const auto first = static_cast<std::size_t>(biases.offset);
    expected[first] = std::log(0.001F / 0.999F);  // not without end
    expected[first + 1] = std::log(0.999F / 0.001F);
    for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_NEAR(parameters[i], expected[i], 1e-4);
}

TEST(InitialParameters, GapsBetweenBlocksAreZero) {
    const model::ParameterLayout layout(kOdd);
    for (const char* kind : {"glorot", "mean", "paper"}) {
        const std::vector<float> mean(static_cast<std::size_t>(kOdd.dimensions()), 0.3F);
        auto parameters = model::initial_parameters(kOdd, kind, 3, 0.01, mean);
        for (const model::ParameterView& view : layout.views()) {
            std::fill_n(parameters.begin() + view.offset, view.size(), 0.0F);
        }
        for (const float gap : parameters) EXPECT_EQ(gap, 0.0F);
    }
}

TEST(InitialParameters, FollowTheSeedAndNothingElse) {
    const auto first = model::initial_parameters(kOdd, "glorot", 1);
    EXPECT_EQ(first, model::initial_parameters(kOdd, "glorot", 1));
    EXPECT_NE(first, model::initial_parameters(kOdd, "glorot", 2));
}

TEST(InitialParameters, AnUnknownWayThrowsUsageError) {
    EXPECT_THROW(model::initial_parameters(kOdd, "xavierish", 1), UsageError);
}

TEST(KernelForm, IsThatOfThePapersModelAndOfNoOther) {
    Architecture architecture = kOdd;
    architecture.likelihood = Likelihood::kGaussian;
    architecture.variance_floor = false;
    architecture.activation = Activation::kRelu;
    EXPECT_EQ(kernel_form(architecture), architecture);
    model::ModelSpec other = architecture;
    other.classes = 3;
    EXPECT_FALSE(kernel_form(other));
    other = architecture;
    other.prior.name = "mixture";
    EXPECT_FALSE(kernel_form(other));
    EXPECT_THROW(needed_kernel_form(other), Error);
}

}  // namespace
}  // namespace elbow::fused
