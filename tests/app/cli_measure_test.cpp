// What the commands say of runs whose estimator has no bound, or no encoder.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::ChildResult;
using testing_support::elbow_with;
using testing_support::json_lines;
using testing_support::json_of;
using testing_support::small_training;
using testing_support::TemporaryFolder;

TEST(CliMeasure, AnAutoencoderHasAReconstructionAndNoBound) {
    const TemporaryFolder folder;
    const std::string run = (folder / "run").string();
    const ChildResult trained = elbow_with(
        small_training({"--estimator", "autoencoder", "--samples", "2e3", "--json", "--out", run}));
    ASSERT_EQ(trained.exit_code, 0) << trained.err;
    const auto last = json_lines(trained.out).back();
    EXPECT_TRUE(last.at("test_bound").is_null());

    const ChildResult json = elbow_with({"eval", run, "--json"});
    ASSERT_EQ(json.exit_code, 0) << json.err;
    const Json found = json_of(json.out);
    EXPECT_EQ(found.at("test_reconstruction").number(), last.at("test_reconstruction").number());
    for (const char* of_a_bound : {"test_bound", "test_kl", "test_kl_per_latent", "active_units"})
        EXPECT_FALSE(found.contains(of_a_bound)) << of_a_bound;

    const ChildResult text = elbow_with({"eval", run});
    EXPECT_THAT(text.out, AllOf(HasSubstr("log p(x|z)"), Not(HasSubstr("ELBO")),
                                Not(HasSubstr("KL")), Not(HasSubstr("noise sample"))));
    const ChildResult weighted = elbow_with({"eval", run, "--importance", "10"});
    EXPECT_EQ(weighted.exit_code, 2);
    EXPECT_THAT(weighted.err, HasSubstr("no variance of q(z|x)"));
    EXPECT_EQ(elbow_with({"eval", run, "--marginal", "--images", "5"}).exit_code, 0);
}

TEST(CliMeasure, WithoutAnEncoderImagesHaveNoPlace) {
    const TemporaryFolder folder;
    const std::string run = (folder / "run").string();
    const std::string picture = (folder / "path.png").string();
    const ChildResult trained = elbow_with(small_training(
        {"--estimator", "per_image", "--train-images", "200", "--samples", "400", "--out", run}));
    ASSERT_EQ(trained.exit_code, 0) << trained.err;
    const ChildResult path =
        elbow_with({"interpolate", run, "--from", "0", "--to", "1", "-o", picture});
    EXPECT_EQ(path.exit_code, 2);
    EXPECT_THAT(path.err, HasSubstr("no encoder"));
    EXPECT_FALSE(std::filesystem::exists(picture));
    EXPECT_EQ(elbow_with({"sample", run, "--grid", "2", "-o", picture}).exit_code, 0);
}

}  // namespace
}  // namespace elbow
