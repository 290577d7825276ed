#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/error.h"
#include "tests/engine/torch/members.h"

namespace elbow {
namespace {

struct Planes {
    std::int64_t channels, height, width;
    std::vector<float> values;  // [channels, height, width]
};

std::span<const float> block(const test::ModelProblem& problem, const std::string& name) {
    const model::ParameterView view = model::ParameterLayout(problem.spec).view(name);
    return std::span(problem.parameters)
        .subspan(static_cast<std::size_t>(view.offset), static_cast<std::size_t>(view.size()));
}

// A transposed convolution of stride 2, kernel 4 and margin 1, value by value.
Planes scattered(const test::ModelProblem& problem, const std::string& layer, const Planes& from,
                 std::int64_t height, std::int64_t width) {
    const auto weight = block(problem, layer + ".weight");  // [from.channels, channels, 4, 4]
    const auto bias = block(problem, layer + ".bias");
    const auto channels = static_cast<std::int64_t>(bias.size());
    Planes to{channels, height, width, {}};
    for (std::int64_t c = 0; c < channels; ++c)
        to.values.insert(to.values.end(), static_cast<std::size_t>(height * width),
                         bias[static_cast<std::size_t>(c)]);
    for (std::int64_t i = 0; i < from.channels * from.height * from.width; ++i) {
        const std::int64_t x = i % from.width, y = i / from.width % from.height;
        const std::int64_t in = i / (from.width * from.height);
        for (std::int64_t w = 0; w < channels * 16; ++w) {
            const std::int64_t column = 2 * x - 1 + w % 4, row = 2 * y - 1 + w / 4 % 4;
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            to.values[static_cast<std::size_t>((w / 16 * height + row) * width + column)] +=
                from.values[static_cast<std::size_t>(i)] *
                weight[static_cast<std::size_t>(in * channels * 16 + w)];
        }
    }
    return to;
}

void activate(Planes& planes) {
    for (float& value : planes.values) value = std::max(value, 0.0F);
}

TEST(Conv, DecodesAsItIsWrittenOut) {
    for (const data::ImageShape shape : {data::ImageShape{1, 12, 9}, {3, 12, 9}, {4, 9, 8}}) {
        SCOPED_TRACE(text_of(shape));
        const test::ModelProblem problem(
            test::small_spec({{"network", "conv"}, {"channels", "5,6"}, {"activation", "relu"}},
                             shape),
            2);
        const std::vector<float> z{0.7F, -1.2F};
        Planes planes{6, shape.height / 4, shape.width / 4, {}};
        const auto weight = block(problem, "decoder.spread.weight");
        const auto bias = block(problem, "decoder.spread.bias");
        for (std::size_t i = 0; i < bias.size(); ++i)
            planes.values.push_back(bias[i] + weight[2 * i] * z[0] + weight[2 * i + 1] * z[1]);
        activate(planes);
        planes = scattered(problem, "decoder.layer2", planes, shape.height / 2, shape.width / 2);
        activate(planes);
        planes = scattered(problem, "decoder.picture", planes, shape.height, shape.width);
        const auto model = model::make_model(problem.spec);
        std::vector<float> outputs(model->outputs());
        model->decode(problem.parameters, z, {}, outputs);
        ASSERT_EQ(outputs.size(), planes.values.size());
        for (std::size_t i = 0; i < outputs.size(); ++i)
            ASSERT_NEAR(outputs[i], planes.values[i], 1e-5) << i;
    }
}

TEST(Conv, TakesImagesOfAnySizeAndColour) {
    for (const data::ImageShape shape : {data::ImageShape{1, 28, 28}, {3, 9, 13}, {3, 8, 8}}) {
        SCOPED_TRACE(text_of(shape));
        const test::ModelProblem problem(
            test::small_spec({{"network", "conv"}, {"channels", "3,5,2"}}, shape), 2);
        const auto model = model::make_model(problem.spec);
        std::vector<float> outputs(2 * model->outputs());
        model->decode(problem.parameters, std::vector<float>{1, 2, 3, 4}, {}, outputs);
        EXPECT_EQ(model->outputs(), static_cast<std::size_t>(shape.size()));
        model::Posteriors q;
        model->encode(problem.parameters, problem.batch(), q);
        EXPECT_EQ(q.mean.size(), 4U);
        EXPECT_EQ(model->layout().view("encoder.layer1.weight").shape,
                  (std::vector<std::int64_t>{3, shape.channels, 4, 4}));
    }
}

TEST(Conv, ANetworkTooDeepForTheImageIsRefusedWithTheMostThereCanBe) {
    const model::ModelSpec spec =
        test::small_spec({{"network", "conv"}, {"channels", "4,4,4,4"}}, {1, 8, 8});
    try {
        model::check(spec);
        FAIL() << "expected a UsageError";
    } catch (const UsageError& error) {
        EXPECT_NE(std::string(error.what()).find("at most 3"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace elbow
