#include "engine/run/config.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/core/error.h"
#include "engine/core/parse_count.h"

namespace elbow {
namespace {

const Option& option(std::string_view name) {
    const Option* found = find_run_option(name);
    if (found == nullptr) throw Error("no option " + std::string(name));
    return *found;
}

RunConfig with(std::string_view name, std::string_view text) {
    RunConfig config;
    set_option_from_text(config, option(name), text);
    return config;
}

// The message of the UsageError that setting the option ends with; empty where there was none.
std::string refusal(std::string_view name, std::string_view text) {
    RunConfig config;
    try {
        set_option_from_text(config, option(name), text);
    } catch (const UsageError& error) {
        EXPECT_EQ(config, RunConfig{}) << "a refused value must change nothing";
        return error.what();
    }
    return {};
}

void expect_says(const std::string& message, std::initializer_list<const char*> parts) {
    for (const char* part : parts) {
        EXPECT_NE(message.find(part), std::string::npos) << part << " is missing in: " << message;
    }
}

TEST(RunOptions, NamesAreUniqueAndEveryOptionExplainsItself) {
    std::set<std::string> names;
    for (const Option& each : run_options()) {
        EXPECT_TRUE(names.insert(each.name).second) << each.name;
        EXPECT_EQ(find_run_option(each.name), &each);
        EXPECT_FALSE(std::string(each.title).empty()) << each.name;
        EXPECT_FALSE(std::string(each.help).empty()) << each.name;
    }
    EXPECT_EQ(find_run_option("no-such-option"), nullptr);
}

TEST(RunOptions, EveryMemberOfTheConfigurationHasItsOption) {
    // Each option set to something else must change the configuration, and all of them in different
    // ways.
    std::vector<RunConfig> changed;
    for (const Option& each : run_options()) {
        const bool is_text = each.is_text();
        RunConfig config;
        if (is_text && each.choices.size() == 1) continue;
        std::string other = "other";
        if (is_text && !each.choices.empty()) {
            other = option_text({}, each) == each.choices[0] ? each.choices[1] : each.choices[0];
        } else if (!is_text) {
            other = each.maximum < 3.0 ? "0.5" : option_text({}, each) == "3" ? "4" : "3";
        }
        set_option_from_text(config, each, other);
        EXPECT_EQ(option_text(config, each), other);
        for (const RunConfig& earlier : changed) EXPECT_NE(config, earlier) << each.name;
        EXPECT_NE(config, RunConfig{}) << each.name;
        changed.push_back(config);
    }
}

TEST(RunOptions, TheDefaultsAreValidAndSurviveTheirText) {
    EXPECT_NO_THROW(check(RunConfig{}));
    RunConfig copy;
    for (const Option& each : run_options()) {
        set_option_from_text(copy, each, option_text(RunConfig{}, each));
    }
    EXPECT_EQ(copy, RunConfig{});
}

TEST(RunOptions, TextGivesBackEveryDoubleExactly) {
    for (const double value : {1e-3, 0.1, 1.0 / 3.0, 2.5e-7, 0.020000000000000004}) {
        RunConfig config;
        config.step_size = value;
        EXPECT_EQ(with("step-size", option_text(config, option("step-size"))).step_size, value);
    }
}

TEST(SetOptionFromText, ReadsCountsWithAnExponent) {
    EXPECT_EQ(with("train-images", "1e4").train_images, 10000);
    EXPECT_EQ(with("train-images", "2.5e3").train_images, 2500);
    EXPECT_EQ(with("batch", "128").minibatch, 128);
    EXPECT_EQ(with("seed", "9007199254740991").seed, 9007199254740991U);
    EXPECT_EQ(with("step-size", "2e-3").step_size, 2e-3);
}

TEST(SetOptionFromText, TakesBlanksAroundAValue) {
    EXPECT_EQ(with("latent", " 20 ").latents, 20);
    EXPECT_EQ(with("step-size", "\t2e-3\n").step_size, 2e-3);
    EXPECT_EQ(with("activation", " relu").activation, "relu");
    EXPECT_EQ(with("estimator", "iwae ").estimator, "iwae") << "a name of another room's list";
}

TEST(RunOptions, EachBelongsToAGroupAndFewAreEssential) {
    std::set<std::string> essential, groups;
    for (const Option& each : run_options()) {
        groups.insert(std::string(each.group()));
        if (each.group() == Option::kEssentials) essential.insert(each.name);
    }
    EXPECT_EQ(essential, (std::set<std::string>{"batch", "dataset", "estimator", "hidden", "latent",
                                                "step-size"}));
    EXPECT_EQ(groups,
              (std::set<std::string>{"Data", "Essentials", "Estimator", "Model", "Optimiser"}));
}

TEST(RunOptions, AllTrainingImagesAreCalledAll) {
    EXPECT_EQ(option_text({}, option("train-images")), "all");
    EXPECT_EQ(with("train-images", "all").train_images, 0);
    EXPECT_EQ(with("train-images", "0").train_images, 0) << "scripts may say so";
    EXPECT_EQ(option_text(with("train-images", "50"), option("train-images")), "50");
    expect_says(refusal("train-images", "some"), {"from 1 to", "or all", "'some'"});
    expect_says(refusal("latent", "all"), {"latent", "'all'"});
}

TEST(SetOptionFromText, RefusesWhatIsOutOfRangeAndSaysTheRange) {
    expect_says(refusal("latent", "0"), {"latent", "1", "200", "'0'"});
    expect_says(refusal("latent", "201"), {"latent", "1", "200", "'201'"});
    expect_says(refusal("step-size", "-1"), {"step-size", "'-1'"});
    EXPECT_EQ(refusal("latent", "200"), "");
    EXPECT_EQ(refusal("latent", "1"), "");
}

TEST(SetOptionFromText, RefusesWhatIsNoNumber) {
    for (const char* text : {"", " ", "two", "2x", "0x10", "nan", "inf", "1e400", "2.5", "1,000"}) {
        expect_says(refusal("latent", text), {"latent", "whole number"});
    }
    for (const char* text : {"", "fast", "1e-3s", "nan", "inf"}) {
        expect_says(refusal("step-size", text), {"step-size", "number"});
    }
}

TEST(SetOptionFromText, RefusesAnUnknownChoiceAndListsTheOthers) {
    expect_says(refusal("activation", "swish"), {"activation", "tanh", "relu", "'swish'"});
    EXPECT_EQ(with("activation", "relu").activation, "relu");
    expect_says(refusal("activation", "relo"), {"'relo'", "Did you mean 'relu'?"});
}

TEST(Check, FindsAValueThatWasSetPastItsRange) {
    RunConfig config;
    config.latents = 0;
    EXPECT_THROW(check(config), UsageError);
    config = {};
    config.minibatch = -5;
    EXPECT_THROW(check(config), UsageError);
    config = {};
    config.activation = "swish";
    EXPECT_THROW(check(config), UsageError);
}

TEST(RunOptions, WhatChangesWhileARunGoesOn) {
    std::set<std::string> live;
    for (const Option& each : run_options()) {
        if (each.live) live.insert(each.name);
    }
    EXPECT_EQ(live, (std::set<std::string>{"augment", "batch", "beta", "evaluate-every", "patience",
                                           "schedule", "schedule-images", "stall", "step-size",
                                           "step-size-warmup", "weights"}));
}

TEST(RunOptions, TheDeviceAloneBelongsToTheMachine) {
    for (const Option& each : run_options())
        EXPECT_EQ(each.of_machine, std::string_view(each.name) == "device") << each.name;
    EXPECT_EQ(RunConfig{}.device, "auto");
    EXPECT_EQ(with("device", "cuda").device, "cuda");
    EXPECT_EQ(with("device", "cpu").device, "cpu");
    expect_says(refusal("device", "gpu"), {"device", "auto, cpu, cuda", "'gpu'"});
}

TEST(ParseCount, ReadsPlainAndExponentNotation) {
    EXPECT_EQ(parse_count("0", "--samples"), 0U);
    EXPECT_EQ(parse_count("50000", "--samples"), 50000U);
    EXPECT_EQ(parse_count("1e6", "--samples"), 1000000U);
    EXPECT_EQ(parse_count("2.5e5", "--samples"), 250000U);
    EXPECT_EQ(parse_count("1E3", "--samples"), 1000U);
    EXPECT_EQ(parse_count(" 5\n", "--samples"), 5U);
    EXPECT_EQ(parse_count("9007199254740992", "--samples"), kMostCount);
}

TEST(ParseCount, RefusesTheRestAndNamesWhatItWasFor) {
    for (const char* text : {"", "-1", "1.5", "ten", "1e6x", "1e30", "nan", "inf", "5 5"}) {
        try {
            parse_count(text, "--samples");
            ADD_FAILURE() << "accepted '" << text << "'";
        } catch (const UsageError& error) {
            expect_says(error.what(), {"--samples", text});
        }
    }
}

std::string count_refusal(const char* text, std::uint64_t minimum, std::uint64_t maximum) {
    try {
        parse_count(text, "--samples", minimum, maximum);
    } catch (const UsageError& error) {
        return error.what();
    }
    return {};
}

TEST(ParseCount, SaysTheRangeWhereThatIsTheReason) {
    for (const char* text : {"1e16", "9007199254740994", "-1", "-1e300"}) {
        EXPECT_EQ(count_refusal(text, 0, kMostCount),
                  "--samples: expected a whole number from 0 to 9007199254740992, found '" +
                      std::string(text) + "'.");
    }
    expect_says(count_refusal("0", 1, 256), {"from 1 to 256", "'0'"});
    expect_says(count_refusal("257", 1, 256), {"from 1 to 256", "'257'"});
    EXPECT_EQ(count_refusal("1", 1, 256), "");
    EXPECT_EQ(count_refusal("256", 1, 256), "");
}

}  // namespace
}  // namespace elbow
