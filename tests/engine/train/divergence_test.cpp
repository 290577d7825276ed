#include "engine/train/divergence.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::run_steps;
using test::tiny_config;
using test::tiny_dataset;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

class DivergedRun : public testing::Test {
  protected:
    std::shared_ptr<const data::Dataset> dataset = tiny_dataset();
    Session session{tiny_config(), dataset, 1};
};

TEST_F(DivergedRun, MeasuresTheBoundOfAnEvaluation) {
    run_steps(session, 20);
    EXPECT_DOUBLE_EQ(held_out_score(session.checkpoint(), *dataset), session.evaluate().test_bound);
}

TEST_F(DivergedRun, AcceptsWhatIsLearntAndWhatIsOverfitted) {
    const Checkpoint checkpoint = session.checkpoint();
    EXPECT_EQ(why_diverged(checkpoint, -60.0, -83.0), "");
    EXPECT_EQ(why_diverged(checkpoint, -120.0, -83.0), "");
    EXPECT_EQ(why_diverged(checkpoint, -10.0, 1.0), "") << "within a tenth of a nat for each pixel";
}

TEST_F(DivergedRun, RefusesABoundFarBelowTheStart) {
    const Checkpoint checkpoint = session.checkpoint();
    EXPECT_NE(why_diverged(checkpoint, -170.0, -83.0).find("-170"), std::string::npos);
    EXPECT_NE(why_diverged(checkpoint, -5.8e263, -210.0), "");
    EXPECT_NE(why_diverged(checkpoint, -20.0, 1.0), "");
}

TEST_F(DivergedRun, RefusesWhatIsNotFinite) {
    Checkpoint checkpoint = session.checkpoint();
    EXPECT_NE(why_diverged(checkpoint, kNaN, -83.0), "");
    EXPECT_NE(why_diverged(checkpoint, -std::numeric_limits<double>::infinity(), kNaN), "");
    EXPECT_EQ(why_diverged(checkpoint, -1e9, kNaN), "") << "where the start is not known";
    checkpoint.estimator_state.push_back({"mcem.chains", {0.5F, static_cast<float>(kNaN)}});
    EXPECT_NE(why_diverged(checkpoint, -60.0, -83.0).find("estimator's mcem.chains"),
              std::string::npos);
    checkpoint.optimizer_state.at(0).values.back() = std::numeric_limits<float>::infinity();
    EXPECT_NE(why_diverged(checkpoint, -60.0, -83.0).find("optimiser"), std::string::npos);
    checkpoint.parameters[3] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_NE(why_diverged(checkpoint, -60.0, -83.0).find("weights"), std::string::npos);
}

}  // namespace
}  // namespace elbow::train
