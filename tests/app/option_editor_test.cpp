#include "app/gui/panels/option_editor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/run/applicable.h"
#include "tests/app/context_parts.h"
#include "tests/app/imgui_frame.h"

namespace elbow::gui {
namespace {

using ::testing::HasSubstr;

// The left column's options in a window of their own, with a mouse and a keyboard.
class OptionEditorTest : public ::testing::Test {
  protected:
    OptionEditorTest() : frames_(600, 1200), parts_("unwritten") {
        parts_.context.refusal = &refusal_;
    }

    void frame() {
        parts_.context.now_s += 0.2;
        frames_.frame([&] {
            ImGui::SetNextWindowPos({0, 0});
            ImGui::SetNextWindowSize({420, 1100});
            ImGui::Begin("options");
            editor_.follow(config_, locked_);
            editor_.draw_search(parts_.context);
            editor_.draw_rows(parts_.context);
            ImGui::End();
        });
        shown_ = parts_.layout.rects();
        parts_.layout.end_frame(0.0);
    }
    void settle() {
        for (int i = 0; i < 3; ++i) frame();
    }
    void click(const std::string& name) {
        settle();
        ASSERT_TRUE(has(name)) << name;
        const LayoutLog::Rect box = shown_.at(name);
        const float x = box.x + 0.9f * box.width, y = box.y + 0.5f * box.height;
        for (const bool down : {false, true, false}) {
            frames_.mouse(x, y, down);
            frame();
        }
        settle();
    }
    void type(const std::string& text) {
        for (const char c : text) ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(c));
        settle();
    }
    bool has(const std::string& name) const { return shown_.contains(name); }
    std::string value(const std::string& name) const {
        return has(name) ? shown_.at(name).value : "(not shown)";
    }
    std::set<std::string> rows() const {
        std::set<std::string> names;
        for (const Option& option : run_options()) {
            if (has("controls." + std::string(option.name))) names.insert(option.name);
        }
        return names;
    }

    NullFrames frames_;
    ContextParts parts_;
    OptionEditor editor_;
    RunConfig config_;
    std::string locked_;
    std::string refusal_;
    std::map<std::string, LayoutLog::Rect> shown_;
};

const std::set<std::string> kEssential{"batch",  "dataset", "estimator",
                                       "hidden", "latent",  "step-size"};

TEST_F(OptionEditorTest, ShowsANewcomerWhatIsEssentialAndFoldsTheRest) {
    settle();
    EXPECT_EQ(rows(), kEssential);
    click("controls.group.Model");
    EXPECT_TRUE(has("controls.activation"));
    EXPECT_FALSE(has("controls.optimizer"));
    click("controls.group.Model");
    EXPECT_EQ(rows(), kEssential);
}

TEST_F(OptionEditorTest, HasARowForEachOptionOfTheChosenMembersOnceUnfolded) {
    for (const char* group : {"Data", "Model", "Estimator", "Optimiser"}) {
        click("controls.group." + std::string(group));
    }
    std::set<std::string> read;
    for (const Option& option : run_options()) {
        if (!run::is_of_another_member(option, config_)) read.insert(option.name);
    }
    EXPECT_EQ(rows(), read);
    EXPECT_LT(read.size(), run_options().size());
}

TEST_F(OptionEditorTest, WhatOtherMembersHaveFoldsAwayUntilTheyAreChosen) {
    click("controls.group.Model");
    EXPECT_FALSE(has("controls.components"));
    EXPECT_TRUE(has("controls.activation"));
    config_.prior = "mixture";
    settle();
    EXPECT_TRUE(has("controls.components"));
    EXPECT_FALSE(has("controls.widths"));
    config_.network = "mlp";
    settle();
    EXPECT_TRUE(has("controls.widths"));
    EXPECT_FALSE(has("controls.hidden"));
}

TEST_F(OptionEditorTest, TheSearchFindsAnOptionOfAMemberThatIsNotChosen) {
    click("controls.search");
    type("components");
    EXPECT_EQ(rows(), (std::set<std::string>{"components"}));
    click("controls.components");
    type("5");
    click("controls.search");
    EXPECT_EQ(value("controls.components"), "10") << "and it takes nothing";
}

TEST_F(OptionEditorTest, AHeadingSaysWhatWasChangedFromTheUsual) {
    config_.activation = "gelu";
    config_.initialisation = "paper";
    settle();
    EXPECT_EQ(value("controls.group.Model"), "folded, 2: Activation, Initial weights");
    EXPECT_EQ(value("controls.group.Data"), "folded");
    click("controls.group.Model");
    EXPECT_FALSE(has("controls.reset.likelihood"));
    click("controls.reset.activation");
    EXPECT_EQ(value("controls.activation"), "relu");
    EXPECT_EQ(value("controls.group.Model"), "open, 1: Initial weights");
    EXPECT_TRUE(editor_.pending());
    click("controls.reset.activation");
    EXPECT_FALSE(editor_.pending()) << "back to the run's own";
}

TEST_F(OptionEditorTest, TheSearchUnfoldsWhatItFindsAndEscapeEndsIt) {
    click("controls.search");
    type("kl-warm");
    EXPECT_EQ(rows(), (std::set<std::string>{"kl-warmup"}));
    type("xyz");
    EXPECT_EQ(rows(), std::set<std::string>{});
    click("controls.search.clear");
    EXPECT_EQ(rows(), kEssential);
}

TEST_F(OptionEditorTest, ARefusedTextStaysInItsFieldWithAMessageAndWithoutAToast) {
    click("controls.latent");
    type("999");
    click("controls.search");  // the focus goes elsewhere
    EXPECT_EQ(value("controls.latent"), "999");
    EXPECT_THAT(value("controls.refused.latent"), HasSubstr("1 to 200"));
    EXPECT_TRUE(parts_.toasts.empty());
    EXPECT_GT(shown_.at("controls.hidden").y, shown_.at("controls.refused.latent").y)
        << "it covers nothing";
    click("controls.reset.latent");
    EXPECT_EQ(value("controls.latent"), "2");
    EXPECT_FALSE(has("controls.refused.latent"));
}

TEST_F(OptionEditorTest, ARefusalThatNobodyAskedForHereIsLeftForAToast) {
    refusal_ = "--seed: expected another.";
    settle();
    EXPECT_FALSE(refusal_.empty());
}

TEST_F(OptionEditorTest, NothingChangesWhileItIsLocked) {
    locked_ = "There is no run yet.";
    click("controls.group.Data");
    click("controls.train-images");
    type("5");
    click("controls.search");
    EXPECT_EQ(value("controls.train-images"), "all");
}

TEST_F(OptionEditorTest, WhatDoesNotApplyIsThereButTakesNothing) {
    click("controls.group.Optimiser");
    ASSERT_TRUE(has("controls.warmup-steps"));
    click("controls.warmup-steps");
    type("5");
    click("controls.search");
    EXPECT_EQ(value("controls.warmup-steps"), "100");
    config_.optimizer = "adagrad";
    click("controls.warmup-steps");
    type("5");
    click("controls.search");
    EXPECT_EQ(value("controls.warmup-steps"), "5");
}

}  // namespace
}  // namespace elbow::gui
