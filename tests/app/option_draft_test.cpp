#include "app/gui/panels/option_draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gui/panels/option_search.h"

namespace elbow::gui {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Option& option(const char* name) { return *find_run_option(name); }

struct Draft : OptionDraft {
    std::vector<std::string> sent;  // "batch 50"
    double now_s = 0.0;
    RunConfig run;

    Draft() { follow(run); }
    void type(const char* name, const char* text) {
        set(option(name), text, now_s, [this](const live::Command& command) {
            const auto& change = std::get<live::ChangeOption>(command);
            sent.push_back(change.option + " " + change.value);
        });
    }
    std::string text(const char* name) { return shown(option(name), now_s); }
    std::string message(const char* name) const {
        const Refused* found = refused(option(name));
        return found == nullptr ? "" : found->message;
    }
};

TEST(OptionDraft, ALiveOptionIsSentAndTheOthersWait) {
    Draft draft;
    draft.type("batch", "50");
    draft.type("latent", "10");
    EXPECT_THAT(draft.sent, ElementsAre("batch 50"));
    EXPECT_THAT(draft.changes(), ElementsAre("Latents 10 instead of 2"));
    EXPECT_EQ(draft.text("batch"), "50");
    EXPECT_EQ(draft.text("latent"), "10");
    draft.now_s = 5.0;
    EXPECT_EQ(draft.text("batch"), "100") << "the trainer has not taken it";
    draft.undo(option("latent"));
    EXPECT_THAT(draft.changes(), IsEmpty());
}

TEST(OptionDraft, ARefusedTextStaysWithTheReasonUntilItIsMended) {
    Draft draft;
    for (const char* name : {"latent", "step-size", "train-images"}) {
        draft.type(name, "many");
        EXPECT_EQ(draft.text(name), "many");
        EXPECT_THAT(draft.message(name), HasSubstr("xpected")) << name;
        EXPECT_EQ(draft.message(name).find("--"), std::string::npos) << draft.message(name);
    }
    EXPECT_THAT(draft.changes(), IsEmpty());
    EXPECT_THAT(draft.sent, IsEmpty());
    draft.type("latent", "3");
    EXPECT_EQ(draft.message("latent"), "");
    draft.undo(option("step-size"));
    EXPECT_EQ(draft.text("step-size"), "0.001");
    EXPECT_EQ(draft.message("step-size"), "");
}

TEST(OptionDraft, WhatTheTrainerRefusesStaysInItsFieldToo) {
    Draft draft;
    const char* refusal = "--batch: expected at most the 60 training images there are, found 70.";
    EXPECT_FALSE(draft.hear_refusal(refusal)) << "nobody asked for it here";
    draft.type("batch", "70");
    EXPECT_TRUE(draft.hear_refusal(refusal));
    draft.now_s = 60.0;
    EXPECT_EQ(draft.text("batch"), "70");
    EXPECT_EQ(draft.message("batch"),
              "Expected at most the 60 training images there are, found 70.");
    EXPECT_FALSE(draft.hear_refusal("The disk is full."));
}

TEST(OptionDraft, ARefusedNewRunIsToldAtItsOption) {
    Draft draft;
    draft.type("train-images", "80");
    draft.asked_for_new_run();
    EXPECT_TRUE(
        draft.hear_refusal("--batch: expected at most the 80 training images there are, "
                           "found 100."));
    EXPECT_EQ(draft.text("batch"), "100");
    EXPECT_THAT(draft.message("batch"), HasSubstr("80"));
    draft.type("train-images", "800");
    EXPECT_EQ(draft.message("batch"), "") << "it may be fine now";
}

TEST(OptionDraft, AnotherEstimatorLeavesOutWhatItWouldRefuse) {
    Draft draft;
    draft.run.beta = 4.0;
    draft.follow(draft.run);
    draft.type("targets", "redrawn");
    draft.type("estimator", "mcem");
    EXPECT_EQ(draft.wanted().beta, 1.0);
    EXPECT_EQ(draft.wanted().targets, "binarised");
    draft.run.step_size = 0.5;  // while the run goes on
    draft.follow(draft.run);
    EXPECT_EQ(draft.wanted().beta, 1.0);
    draft.undo(option("estimator"));
    EXPECT_EQ(draft.wanted().beta, 4.0);
    EXPECT_EQ(draft.wanted().targets, "redrawn");
}

TEST(OptionDraft, KnowsWhatIsUsualAndGoesBackToIt) {
    Draft draft;
    draft.run.minibatch = 7;
    draft.run.activation = "tanh";
    draft.follow(draft.run);
    EXPECT_FALSE(draft.is_default(option("batch")));
    EXPECT_FALSE(draft.is_default(option("activation")));
    EXPECT_TRUE(draft.is_default(option("latent")));
    const auto send = [&](const live::Command& command) {
        draft.sent.push_back(std::get<live::ChangeOption>(command).value);
    };
    draft.set_to_default(option("batch"), 0.0, send);
    draft.set_to_default(option("activation"), 0.0, send);
    EXPECT_THAT(draft.sent, ElementsAre("100"));
    EXPECT_THAT(draft.changes(), ElementsAre("Activation relu instead of tanh"));
}

TEST(OptionSearch, FindsByTitleNameAndHelp) {
    EXPECT_TRUE(is_found(option("kl-warmup"), ""));
    EXPECT_TRUE(is_found(option("kl-warmup"), "KL warm"));
    EXPECT_TRUE(is_found(option("kl-warmup"), "--kl-w"));
    EXPECT_TRUE(is_found(option("kl-warmup"), "grows"));
    EXPECT_TRUE(is_found(option("kl-warmup"), "  weight   kl "));
    EXPECT_FALSE(is_found(option("kl-warmup"), "weight adagrad"));
    EXPECT_TRUE(is_found(option("optimizer"), "OPTIMISER"));
    EXPECT_TRUE(is_found(option("optimizer"), "optimizer")) << "as the command line spells it";
    for (const Option& each : run_options()) {
        EXPECT_TRUE(is_found(each, each.title)) << each.name;
        EXPECT_TRUE(is_found(each, "--" + std::string(each.name)));
        EXPECT_TRUE(is_found(each, each.help)) << each.name;
    }
}

}  // namespace
}  // namespace elbow::gui
