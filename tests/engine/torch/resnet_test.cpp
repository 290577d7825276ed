#include <gtest/gtest.h>

#include "tests/engine/torch/members.h"

namespace elbow {
namespace {

// With blocks whose second convolution is zero, nothing is added to what ReLU has passed.
TEST(Resnet, BlocksThatAddNothingLeaveTheConvolutionalNetwork) {
    const test::Options options{{"channels", "3,4"}, {"activation", "relu"}};
    test::Options of_conv = options, of_resnet = options;
    of_conv.push_back({"network", "conv"});
    of_resnet.push_back({"network", "resnet"});
    const test::ModelProblem conv(test::small_spec(of_conv), 2);
    test::ModelProblem resnet(test::small_spec(of_resnet), 2);
    const auto plain = model::make_model(conv.spec);
    const auto residual = model::make_model(resnet.spec);
    for (const model::ParameterView& view : residual->layout().views()) {
        float* const to = resnet.parameters.data() + view.offset;
        if (view.name.find(".block") != std::string::npos) {
            std::fill_n(to, view.size(), 0.0F);
        } else {
            std::copy_n(conv.parameters.data() + plain->layout().view(view.name).offset,
                        view.size(), to);
        }
    }
    model::Posteriors expected, found;
    plain->encode(conv.parameters, conv.batch(), expected);
    residual->encode(resnet.parameters, resnet.batch(), found);
    EXPECT_EQ(found.mean, expected.mean);
    const std::vector<float> z{0.5F, -1.0F};
    std::vector<float> one(plain->outputs()), other(plain->outputs());
    plain->decode(conv.parameters, z, {}, one);
    residual->decode(resnet.parameters, z, {}, other);
    EXPECT_EQ(one, other);
}

}  // namespace
}  // namespace elbow
