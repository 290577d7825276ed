#include "engine/model/decoder_steps.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/model/layout.h"

namespace elbow::model {
namespace {

ModelSpec spec_with(Member network, Member likelihood = {"bernoulli"}) {
    return {.image = {1, 8, 9},
            .network = std::move(network),
            .posterior = {"diagonal"},
            .prior = {"normal"},
            .likelihood = std::move(likelihood),
            .condition = {"none"}};
}
Member mlp(const char* normed, const char* residual) {
    return {"mlp",
            {{"widths", std::string("7,7")},
             {"layer-norm", std::string(normed)},
             {"residual", std::string(residual)},
             {"activation", std::string("silu")}}};
}

// "linear(0) decoder.hidden.weight decoder.hidden.bias -> 7", one line a step.
std::string text_of_steps(const DecoderSteps& decoder) {
    std::string text;
    for (const DecoderStep& step : decoder.steps) {
        text += step.operation + "(";
        for (const int value : step.of)
            text += (text.back() == '(' ? "" : ",") + std::to_string(value);
        text += ")";
        for (const std::string& block : step.blocks) text += " " + block;
        for (const double number : step.numbers)
            text += " " + std::to_string(static_cast<int>(number));
        text += " ->";
        for (const std::int64_t side : step.shape) text += " " + std::to_string(side);
        text += "\n";
    }
    return text;
}

TEST(DecoderSteps, ThePapersNetworkIsTwoLayers) {
    const DecoderSteps decoder =
        decoder_steps(spec_with({"paper", {{"hidden", 7}, {"activation", std::string("tanh")}}}));
    EXPECT_EQ(text_of_steps(decoder),
              "linear(0) decoder.hidden.weight decoder.hidden.bias -> 7\n"
              "tanh(2) -> 7\n"
              "linear(3) decoder.logits.weight decoder.logits.bias -> 72\n"
              "sigmoid(4) -> 72\n");
    EXPECT_EQ(decoder.picture, 5);
}

TEST(DecoderSteps, LayersAreNormalisedAndAddWhereTheyHaveAWidth) {
    EXPECT_EQ(text_of_steps(decoder_steps(spec_with(mlp("on", "on")))),
              "linear(0) decoder.layer1.weight decoder.layer1.bias -> 7\n"
              "normalise(2) decoder.layer1.gain decoder.layer1.shift 0 -> 7\n"
              "silu(3) -> 7\n"
              "linear(4) decoder.layer2.weight decoder.layer2.bias -> 7\n"
              "normalise(5) decoder.layer2.gain decoder.layer2.shift 0 -> 7\n"
              "silu(6) -> 7\n"
              "add(4,7) -> 7\n"
              "linear(8) decoder.logits.weight decoder.logits.bias -> 72\n"
              "sigmoid(9) -> 72\n");
}

TEST(DecoderSteps, WhatThePictureDoesNotNeedIsLeftOut) {
    const std::string text = text_of_steps(decoder_steps(
        spec_with(mlp("off", "off"), {"gaussian", {{"variance-floor", std::string("on")}}})));
    EXPECT_NE(text.find("decoder.mean.weight"), std::string::npos);
    EXPECT_EQ(text.find("log_variance"), std::string::npos) << text;
    EXPECT_EQ(text.find("join"), std::string::npos) << text;
}

TEST(DecoderSteps, ALabelIsJoinedToTheCode) {
    ModelSpec spec = spec_with({"paper", {{"hidden", 7}, {"activation", std::string("relu")}}});
    spec.condition = {"label"};
    spec.classes = 3;
    EXPECT_EQ(text_of_steps(decoder_steps(spec)).substr(0, 26), "join(0,1) -> 5\nlinear(2) d");
}

TEST(DecoderSteps, ConvolutionsSayTheSizeOfTheirImages) {
    const Member conv = {"conv",
                         {{"channels", std::string("3,5")}, {"activation", std::string("relu")}}};
    EXPECT_EQ(text_of_steps(decoder_steps(spec_with(conv))),
              "linear(0) decoder.spread.weight decoder.spread.bias -> 20\n"
              "relu(2) -> 20\n"
              "reshape(3) -> 5 2 2\n"
              "transpose(4) decoder.layer2.weight decoder.layer2.bias 2 1 -> 3 4 4\n"
              "relu(5) -> 3 4 4\n"
              "transpose(6) decoder.picture.weight decoder.picture.bias 2 1 -> 1 8 9\n"
              "reshape(7) -> 72\n"
              "sigmoid(8) -> 72\n");
}

TEST(DecoderSteps, EachTakesWhatIsThereAndIsOfTheLayoutsBlocks) {
    const ModelSpec spec = spec_with(mlp("on", "off"), {"continuous-bernoulli"});
    const ParameterLayout layout(spec);
    const DecoderSteps decoder = decoder_steps(spec);
    int value = DecoderSteps::kFirst;
    for (const DecoderStep& step : decoder.steps) {
        for (const int of : step.of) EXPECT_LT(of, value);
        for (const std::string& block : step.blocks)
            EXPECT_GE(layout.view(block).offset, layout.decoder_begin());
        ++value;
    }
    EXPECT_EQ(decoder.picture, value - 1);
}

}  // namespace
}  // namespace elbow::model
