// A bound in the forms in which others print it, against values computed by hand.

#include "engine/run/bound_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace elbow::run {
namespace {

using ::testing::HasSubstr;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

class BoundForms : public testing::Test {
  protected:
    BoundForms() { spec.likelihood = {"bernoulli"}; }

    BoundForm form(const char* id) const {
        const std::vector<BoundForm> all = bound_forms(config, spec, targets, measured);
        const auto found = std::find_if(all.begin(), all.end(), [&](const BoundForm& each) {
            return std::string(each.id) == id;
        });
        EXPECT_NE(found, all.end()) << id;
        return *found;
    }
    double value(const char* id) const {
        const BoundForm found = form(id);
        EXPECT_TRUE(found.value) << id << ": " << found.why_not;
        return found.value.value_or(kNaN);
    }
    std::string why_not(const char* id) const {
        const BoundForm found = form(id);
        EXPECT_FALSE(found.value) << id;
        return found.why_not;
    }

    RunConfig config;
    model::ModelSpec spec;  // 28 x 28 pixels, grey: D = 784
    data::Targets targets = data::Targets::kBinarised;
    MeasuredBound measured{-100.0, 25.0, -125.0, 10000};
};

TEST_F(BoundForms, OfABernoulli) {
    EXPECT_DOUBLE_EQ(value("nats"), -125.0);
    EXPECT_DOUBLE_EQ(value("reconstruction"), -100.0);
    EXPECT_DOUBLE_EQ(value("kl"), 25.0);
    EXPECT_DOUBLE_EQ(value("sum"), -1250000.0);
    EXPECT_NEAR(value("pixel"), -0.15943877551, 1e-10);  // -125 / 784
    EXPECT_NEAR(value("bits"), 0.23002153075, 1e-10);    // 125 / (0.69314718056 * 784)
    EXPECT_DOUBLE_EQ(value("keras"), 125.0);
    EXPECT_DOUBLE_EQ(value("pytorch"), 125.0);
    EXPECT_NEAR(value("beta"), 0.00127551020, 1e-10);  // 1 / 784
}

TEST_F(BoundForms, BeginWithTheBoundAndItsParts) {
    const std::vector<BoundForm> all = bound_forms(config, spec, targets, measured);
    EXPECT_STREQ(all[kOwnForms - 1].id, "kl");
    EXPECT_STREQ(all[kOwnForms].id, "sum");
}

TEST_F(BoundForms, SayThatABernoulliOnGreyTargetsIsACrossEntropy) {
    EXPECT_THAT(form("bits").help, HasSubstr("So many bits"));
    targets = data::Targets::kGrey;
    EXPECT_THAT(form("bits").help, HasSubstr("cross-entropy"));
}

TEST_F(BoundForms, TakeTheLossOfTheExamplesWithoutImportanceWeights) {
    config.estimator = "iwae";
    measured.bound = -120.0;  // five nats better than -100 - 25
    EXPECT_DOUBLE_EQ(value("nats"), -120.0);
    EXPECT_NEAR(value("bits"), 0.22082066952, 1e-10);  // 120 / (0.69314718056 * 784)
    EXPECT_DOUBLE_EQ(value("keras"), 125.0);
    EXPECT_DOUBLE_EQ(value("pytorch"), 125.0);
    EXPECT_THAT(form("keras").help, HasSubstr("Without the importance weights"));
}

TEST_F(BoundForms, OfADensityCountBitsOf256GreyValues) {
    spec.image = {1, 28, 20};
    spec.likelihood = {"gaussian"};
    measured = {720.0, 20.0, 700.0, 1};
    EXPECT_NEAR(value("bits"), 6.19663119889, 1e-10);  // 8 - 700 / (0.69314718056 * 560)
    EXPECT_NEAR(value("pixel"), 1.25, 1e-12);
}

TEST_F(BoundForms, OfADiscretisedLogisticAreBitsOfTheFile) {
    spec.image = {3, 32, 32};
    spec.likelihood = {"logistic"};
    measured = {-6900.0, 100.0, -7000.0, 1};
    EXPECT_NEAR(value("bits"), 3.28739104369, 1e-10);  // 7000 / (0.69314718056 * 3072)
}

TEST_F(BoundForms, KnowThatTheKerasExampleTakesTheMeanOverColours) {
    spec.image = {3, 8, 8};
    measured = {-90.0, 10.0, -100.0, 5};
    EXPECT_DOUBLE_EQ(value("keras"), 40.0);  // 90 / 3 + 10
    EXPECT_DOUBLE_EQ(value("pytorch"), 100.0);
    EXPECT_THAT(form("keras").help, HasSubstr("3 colours"));
}

TEST_F(BoundForms, OfAnotherLikelihoodHaveNoLossOfAnExample) {
    spec.likelihood = {"gaussian"};
    for (const char* id : {"keras", "pytorch"}) EXPECT_THAT(why_not(id), HasSubstr("Gaussian"));
}

TEST_F(BoundForms, WithoutABoundAreThoseOfTheReconstructionAlone) {
    config.estimator = "autoencoder";
    measured = {-80.0, kNaN, kNaN, 10};
    EXPECT_DOUBLE_EQ(value("nats"), -80.0);
    EXPECT_DOUBLE_EQ(value("sum"), -800.0);
    for (const char* id : {"kl", "bits", "keras", "pytorch", "beta"})
        EXPECT_THAT(why_not(id), HasSubstr("no bound")) << id;
}

TEST_F(BoundForms, SayWhatIsNotMeasuredYet) {
    measured = {kNaN, kNaN, kNaN, 10};
    for (const char* id : {"nats", "reconstruction", "kl", "sum", "bits", "keras"})
        EXPECT_EQ(why_not(id), "Not measured yet.") << id;
}

TEST_F(BoundForms, WeighTheKlByTheBetaOfTheRun) {
    config.beta = 4.0;
    EXPECT_NEAR(value("beta"), 0.00510204082, 1e-10);  // 4 / 784
    EXPECT_DOUBLE_EQ(value("nats"), -125.0) << "the bound counts the KL in full";
}

}  // namespace
}  // namespace elbow::run
