#include "engine/run/applicable.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/core/version.h"
#include "engine/estimator/estimator.h"

namespace elbow::run {
namespace {

using Names = std::set<std::string>;

// Of a run with these values, what does not apply; the device depends on the machine.
Names idle(std::initializer_list<std::pair<const char*, const char*>> values) {
    RunConfig config;
    for (const auto& [name, text] : values) {
        set_option_from_text(config, *find_run_option(name), text);
    }
    Names names;
    for (const Option& option : run_options()) {
        if (std::holds_alternative<OfMember>(option.member)) continue;  // see the last test
        const std::string reason = not_applicable_because(option, config);
        if (reason.empty()) continue;
        EXPECT_EQ(reason.back(), '.') << "a sentence: " << reason;
        if (!option.of_machine) names.insert(option.name);
    }
    return names;
}

TEST(NotApplicable, TheUsualRunHasNoGaussianNoPaperWeightsNoAdagradAndNoSchedule) {
    EXPECT_EQ(idle({}), (Names{"average-part", "average-span", "init-std", "schedule-images",
                               "stall", "variance-floor", "warmup-steps"}));
    EXPECT_EQ(idle({{"optimizer", "adagrad"},
                    {"init", "paper"},
                    {"likelihood", "gaussian"},
                    {"schedule", "cosine"},
                    {"average", "tail"}}),
              (Names{"average-span", "stall", "targets"}));
}

TEST(NotApplicable, AFreyFaceHasAVarianceUnlessItIsBinarised) {
    EXPECT_FALSE(idle({{"dataset", "frey"}}).contains("variance-floor"));
    EXPECT_TRUE(idle({{"dataset", "frey"}, {"targets", "binarised"}}).contains("variance-floor"));
}

TEST(NotApplicable, EachEstimatorLeavesOutWhatItDoesNotUse) {
    const auto of = [](const char* estimator) {
        Names names = idle({{"estimator", estimator}});
        for (const std::string& always : idle({})) names.erase(always);
        return names;
    };
    EXPECT_EQ(of("sgvb_b"), Names{});
    EXPECT_EQ(of("iwae"), Names{});
    EXPECT_EQ(of("autoencoder"), (Names{"beta", "kl-warmup", "noise-samples"}));
    EXPECT_EQ(of("wake_sleep"), (Names{"beta", "kl-warmup"}));
    EXPECT_EQ(of("mcem"),
              (Names{"augment", "beta", "keep-best", "kl-warmup", "noise-samples", "patience"}));
    EXPECT_EQ(of("full_vb"), (Names{"weight-prior"}));
}

TEST(NotApplicable, AMembersOptionsAreForThatMember) {
    const auto reason = [](const char* option, const RunConfig& config) {
        return not_applicable_because(*find_run_option(option), config);
    };
    RunConfig config;
    EXPECT_EQ(reason("widths", config), "Only with --network mlp.");
    EXPECT_EQ(reason("channels", config), "Only with --network conv, --network resnet.");
    EXPECT_EQ(reason("hidden", config), "");
    config.network = "mlp";
    EXPECT_EQ(reason("widths", config), "");
    EXPECT_EQ(reason("activation", config), "");
    EXPECT_EQ(reason("hidden", config), "Only with --network paper.");
    config.prior = "vamp";
    EXPECT_EQ(reason("components", config), "");
}

TEST(NotApplicable, AnOptionIsOfAnotherMemberWhereNoneThatReadsItIsChosen) {
    const auto is = [](const char* option, const RunConfig& config) {
        return is_of_another_member(*find_run_option(option), config);
    };
    RunConfig config;
    EXPECT_TRUE(is("components", config));
    EXPECT_FALSE(is("hidden", config));
    EXPECT_FALSE(is("latent", config)) << "of every run";
    EXPECT_FALSE(is("warmup-steps", config)) << "of no member";
    config.network = "conv";
    config.prior = "mixture";
    EXPECT_FALSE(is("components", config));
    EXPECT_TRUE(is("hidden", config));
}

TEST(NotApplicable, TheDeviceIsAChoiceWhereLibTorchHasCuda) {
    EXPECT_EQ(not_applicable_because(*find_run_option("device"), {}).empty(), torch_has_cuda());
}

}  // namespace
}  // namespace elbow::run
