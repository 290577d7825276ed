#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "tests/engine/torch/members.h"

namespace elbow {
namespace {

TEST(Mlp, WithOneLayerItIsThePapersNetwork) {
    const test::ModelProblem paper(test::small_spec({{"activation", "relu"}}));
    const model::ModelSpec spec =
        test::small_spec({{"network", "mlp"}, {"widths", "7"}, {"activation", "relu"}});
    const auto kernels = model::make_model(paper.spec);
    const auto torch = model::make_model(spec);
    ASSERT_EQ(torch->layout().size(), kernels->layout().size());
    model::Posteriors expected, found;
    kernels->encode(paper.parameters, paper.batch(), expected);
    torch->encode(paper.parameters, paper.batch(), found);
    for (std::size_t i = 0; i < expected.mean.size(); ++i) {
        EXPECT_NEAR(found.mean[i], expected.mean[i], 1e-5) << i;
        EXPECT_NEAR(found.deviation[i], expected.deviation[i], 1e-5) << i;
    }
}

TEST(Mlp, LayersCanBeNormalisedAndResidual) {
    for (const char* norm : {"on", "off"}) {
        for (const char* residual : {"on", "off"}) {
            const test::ModelProblem problem(test::small_spec({{"network", "mlp"},
                                                               {"widths", "6,6,5"},
                                                               {"layer-norm", norm},
                                                               {"residual", residual},
                                                               {"activation", "silu"}}));
            const auto model = model::make_model(problem.spec);
            EXPECT_EQ(model->layout().view("encoder.layer2.weight").shape,
                      (std::vector<std::int64_t>{6, 6}));
            EXPECT_EQ(model->layout().view("decoder.layer1.weight").shape,
                      (std::vector<std::int64_t>{5, 2}));
            model::Posteriors q;
            model->encode(problem.parameters, problem.batch(), q);
            EXPECT_NE(q.mean[0], q.mean[2]);
        }
    }
}

TEST(Mlp, WidthsThatAreNoneAreRefused) {
    for (const char* widths : {"", "0", "200,", "a", "1.5", "20000", "1,2,3,4,5,6,7,8,9"}) {
        const model::ModelSpec spec = test::small_spec({{"network", "mlp"}, {"widths", widths}});
        EXPECT_THROW(model::check(spec), UsageError) << widths;
    }
}

}  // namespace
}  // namespace elbow
