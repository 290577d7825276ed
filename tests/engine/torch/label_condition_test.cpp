#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "tests/engine/torch/members.h"

namespace elbow {
namespace {

TEST(LabelCondition, TheEncodersAnswerAndThePictureDependOnTheLabel) {
    for (const char* network : {"paper", "mlp", "conv", "resnet"}) {
        SCOPED_TRACE(network);
        test::ModelProblem problem(test::small_spec({{"condition", "label"}, {"network", network}}),
                                   2);
        const auto model = model::make_model(problem.spec);
        EXPECT_EQ(problem.spec.classes, test::kSmallClasses);
        model::Posteriors before, after;
        model->encode(problem.parameters, problem.batch(), before);
        problem.labels = {2, 2};
        model->encode(problem.parameters, problem.batch(), after);
        EXPECT_NE(before.mean, after.mean);
        const std::vector<float> z{0.5F, 1.0F};
        std::vector<float> one(model->outputs()), other(model->outputs());
        model->decode(problem.parameters, z, std::vector<std::uint8_t>{0}, one);
        model->decode(problem.parameters, z, std::vector<std::uint8_t>{1}, other);
        EXPECT_NE(one, other);
    }
}

TEST(LabelCondition, LabelsThatAreNotThereAreRefused) {
    model::ModelSpec spec = test::small_spec({{"condition", "label"}});
    spec.classes = 0;
    EXPECT_THROW(model::check(spec), UsageError);
    test::ModelProblem problem(test::small_spec({{"condition", "label"}}), 2);
    const auto model = model::make_model(problem.spec);
    model::Posteriors q;
    data::Batch batch = problem.batch();
    batch.labels = nullptr;
    EXPECT_THROW(model->encode(problem.parameters, batch, q), Error);
    problem.labels = {7, 0};
    EXPECT_THROW(model->encode(problem.parameters, problem.batch(), q), Error);
}

}  // namespace
}  // namespace elbow
