// Evaluation by several members of the team at once, between steps that the same team makes: enough
// held-out images that each has chunks of its own. Under ThreadSanitizer this is where a race
// shows.

#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

constexpr int kHeldOut = 1600;  // seven chunks of 250, the last one short

TEST(TeamEvaluation, IsTheSameToTheLastBitWhoeverEvaluates) {
    const auto dataset = test::tiny_dataset(200, kHeldOut);
    Session alone(test::tiny_config(), dataset, 1);
    const EvaluationRecord expected = alone.evaluate();
    for (const int threads : {2, 3, 4}) {
        Session team(test::tiny_config(), dataset, threads);
        const EvaluationRecord found = team.evaluate();
        EXPECT_EQ(found.test_reconstruction, expected.test_reconstruction) << threads;
        EXPECT_EQ(found.test_kl, expected.test_kl) << threads;
        EXPECT_EQ(found.test_kl_per_latent, expected.test_kl_per_latent) << threads;
    }
}

TEST(TeamEvaluation, SeesTheWeightsOfTheStepsBeforeAndLeavesThemAlone) {
    const auto dataset = test::tiny_dataset(200, kHeldOut);
    Session team(test::tiny_config(), dataset, 3);
    Session undisturbed(test::tiny_config(), dataset, 3);
    for (int round = 0; round < 5; ++round) {
        test::run_steps(team, 10);
        test::run_steps(undisturbed, 10);
        const EvaluationRecord evaluated = team.evaluate();
        EXPECT_EQ(team.snapshot()->parameters, undisturbed.snapshot()->parameters);
        // The same weights in a session that has made no steps itself.
        Session copy(team.checkpoint(), dataset, 1);
        EXPECT_EQ(copy.evaluate().test_bound, evaluated.test_bound);
        EXPECT_TRUE(std::isfinite(evaluated.test_bound));
    }
}

// Between the pieces a trainer looks up for commands.
TEST(TeamEvaluation, InPiecesMakesTheSameRecord) {
    const auto dataset = test::tiny_dataset(200, kHeldOut);
    Session session(test::tiny_config(), dataset, 2);
    test::run_steps(session, 10);
    const EvaluationRecord expected = session.evaluate();
    test::run_steps(session, 10);
    const EvaluationRecord later = session.evaluate();
    Session pieces(test::tiny_config(), dataset, 2);
    test::run_steps(pieces, 10);
    // Seven chunks, two at a time.
    for (int piece = 0; piece < 3; ++piece) EXPECT_EQ(pieces.evaluate_some(0.0), nullptr);
    const EvaluationRecord* found = pieces.evaluate_some(0.0);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->test_bound, expected.test_bound);
    EXPECT_EQ(found->samples, expected.samples);
    // What was begun with other weights counts no more.
    EXPECT_EQ(pieces.evaluate_some(0.0), nullptr);
    test::run_steps(pieces, 10);
    EXPECT_EQ(pieces.evaluate().test_bound, later.test_bound);
}

}  // namespace
}  // namespace elbow::train
