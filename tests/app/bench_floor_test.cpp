#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "app/bench/floor.h"

namespace elbow::bench {
namespace {

using ::testing::Each;
using ::testing::Gt;
using ::testing::SizeIs;

fused::Architecture paper_network(fused::Likelihood likelihood = fused::Likelihood::kBernoulli) {
    fused::Architecture architecture;  // 784 pixels
    architecture.hidden = 500;
    architecture.latents = 20;
    architecture.likelihood = likelihood;
    return architecture;
}

double flops(const std::vector<Product>& products) {
    double sum = 0.0;
    for (const Product& product : products) sum += product.flops();
    return sum;
}

// Each weight matrix is used forward and for its own gradient, and all but the encoder's first to
// pass the gradient on.
TEST(StepProducts, OfSgvbMultiplyAsOftenAsThePaperNeeds) {
    const double encoder = 2.0 * 784 * 500 + 3.0 * 500 * 40;
    const double decoder = 3.0 * 20 * 500 + 3.0 * 500 * 784;
    const auto products = step_products(paper_network(), Schedule::kTogether, 100, 1);
    EXPECT_THAT(products, SizeIs(11));
    EXPECT_EQ(flops(products), 2.0 * 100 * (encoder + decoder));
}

TEST(StepProducts, OfSeveralDrawsMultiplyTheDecoderOnly) {
    const double encoder = 2.0 * 784 * 500 + 3.0 * 500 * 40;
    const double decoder = 3.0 * 20 * 500 + 3.0 * 500 * 784;
    EXPECT_EQ(flops(step_products(paper_network(), Schedule::kTogether, 50, 4)),
              2.0 * 50 * (encoder + 4.0 * decoder));
}

TEST(StepProducts, OfAGaussianDecoderHaveTwoHeads) {
    const auto products =
        step_products(paper_network(fused::Likelihood::kGaussian), Schedule::kTogether, 100, 1);
    const double encoder = 2.0 * 784 * 500 + 3.0 * 500 * 40;
    const double decoder = 3.0 * 20 * 500 + 3.0 * 500 * 1568;
    EXPECT_EQ(flops(products), 2.0 * 100 * (encoder + decoder));
}

// Both networks run forward in both phases; no gradient reaches z.
TEST(StepProducts, OfWakeSleepRunForwardTwice) {
    const double encoder = 3.0 * 784 * 500 + 4.0 * 500 * 40;
    const double decoder = 3.0 * 20 * 500 + 4.0 * 500 * 784;
    const auto products = step_products(paper_network(), Schedule::kWakeAndSleep, 100, 1);
    EXPECT_THAT(products, SizeIs(14));
    EXPECT_EQ(flops(products), 2.0 * 100 * (encoder + decoder));
}

TEST(StepProducts, FillTheGradientOfEveryWeight) {
    const fused::Architecture architecture = paper_network(fused::Likelihood::kGaussian);
    std::int64_t weights = 0;
    const model::ParameterLayout layout(architecture);
    for (const model::ParameterView& view : layout.views())
        if (view.start == model::Start::kWeights) weights += view.size();
    for (const Schedule schedule : {Schedule::kTogether, Schedule::kWakeAndSleep}) {
        std::int64_t filled = 0;
        for (const Product& product : step_products(architecture, schedule, 100, 1))
            if (product.form == Product::Form::kTn) filled += product.m * product.n;
        EXPECT_EQ(filled, weights);
    }
}

TEST(StepProducts, ReadMatricesOfTheSizeInWhichTheyWereWritten) {
    for (const Schedule schedule : {Schedule::kTogether, Schedule::kWakeAndSleep}) {
        std::map<std::string, std::int64_t> sizes;
        const auto check = [&sizes](const std::string& name, std::int64_t size) {
            EXPECT_EQ(sizes.emplace(name, size).first->second, size) << name;
        };
        for (const Product& product : step_products(paper_network(), schedule, 100, 1)) {
            check(product.a, product.m * product.k);
            check(product.b, product.n * product.k);
            check(product.c, product.m * product.n);
        }
    }
}

class FloorOf : public testing::TestWithParam<float> {};  // images whose pixels are all alike

TEST_P(FloorOf, TimesEveryProductAndTheOptimizer) {
    fused::Architecture small;
    small.height = small.width = 4;
    small.hidden = 8;
    const auto products = step_products(small, Schedule::kTogether, 40, 2);
    for (const int threads : {1, 2}) {
        Team team(threads);
        Floor floor(products, fused::Precision::kFloat32, model::ParameterLayout(small).size(),
                    std::vector<float>(40 * 16, GetParam()), team);
        const bool is_sparse = fused::has_sparse_products() && GetParam() == 0.0F;
        EXPECT_EQ(floor.products().front().nonzero, is_sparse ? 0.0 : 1.0);
        EXPECT_EQ(floor.products()[1].nonzero, 1.0);
        const FloorTimes times = floor.measure(0.01);
        EXPECT_THAT(times.product_s, SizeIs(products.size()));
        EXPECT_THAT(times.product_s, Each(Gt(0.0)));
        EXPECT_GT(times.products_s, 0.0);
        EXPECT_GT(times.optimizer_s, 0.0);
        EXPECT_EQ(times.step_s(), times.products_s + times.optimizer_s);
    }
}

INSTANTIATE_TEST_SUITE_P(Images, FloorOf, testing::Values(0.0F, 0.5F));

}  // namespace
}  // namespace elbow::bench
