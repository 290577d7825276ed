#include "engine/estimator/minibatch_pass.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/fused/rounded_products.h"
#include "tests/engine/estimator/minibatch_fixture.h"

namespace elbow::estimator {
namespace {

void expect_the_same_with_any_team(const test::Problem& problem, const std::string& precision) {
    const test::Evaluated alone = problem.evaluate(precision, 1);
    for (const int members : {2, 3, 4, 5, 6, 7, 8, 12, 16}) {
        const test::Evaluated shared = problem.evaluate(precision, members);
        EXPECT_TRUE(shared.gradients == alone.gradients)
            << problem.name << ", " << precision << ", " << members << " threads";
        EXPECT_EQ(shared.sum.bound(), alone.sum.bound());
    }
}

// Of the paper's size, where products are shared out by their columns, by their rows and by both.
TEST(MinibatchPass, GivesTheSameGradientsWhateverTheNumberOfThreads) {
    std::vector<std::string> precisions = {"fused"};
    for (const fused::RoundedProducts& products : fused::rounded_products())
        if (products.are_there()) precisions.emplace_back(products.name);
    for (const char* name : {"sgvb_b", "sgvb_a", "iwae", "wake_sleep", "autoencoder"}) {
        test::Problem problem({.height = 28, .width = 28, .hidden = 500, .latents = 20}, 100, 1, 3);
        problem.name = name;
        test::Problem black = problem;
        black.blacken_four_pixels_in_five();
        black.darken_dreams();
        for (const std::string& precision : precisions) {
            expect_the_same_with_any_team(problem, precision);
            expect_the_same_with_any_team(black, precision);
        }
    }
}

}  // namespace
}  // namespace elbow::estimator
