// The menu of the paper's experiments: every item of it is a run that can begin, says what it sets,
// and starts just that at a click.

#include "app/gui/paper_menu.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>

#include "app/gui/context.h"
#include "engine/core/json.h"
#include "engine/data/datasets.h"
#include "engine/run/choices.h"
#include "engine/run/paper.h"
#include "tests/app/clicked_part.h"

namespace elbow::gui {
namespace {

using ::testing::HasSubstr;

// Calls use(figure, model, method, config) for each item of the menu.
template <class Use>
int for_each_item(Use use) {
    int count = 0;
    for (const run::PaperFigure& figure : run::paper_figures()) {
        for (const char* model_name : figure.models) {
            const auto model = run::parse_paper_model(model_name);
            if (!model) throw std::runtime_error(model_name);
            for (const char* method_name : figure.methods) {
                const auto* method = run::find_paper_method(method_name);
                if (method == nullptr) throw std::runtime_error(method_name);
                use(figure, *model, *method, run::paper_config(*model, *method));
                ++count;
            }
        }
    }
    return count;
}

TEST(PaperMenu, EachItemIsARunThatCanBegin) {
    const int count =
        for_each_item([](const auto& figure, const auto& model, const auto&, const auto& config) {
            SCOPED_TRACE(std::string(figure.name) + " " + model.name + " " + config.estimator);
            EXPECT_NO_THROW(check(config));
            EXPECT_NO_THROW(run::check_choices(config));
            EXPECT_NO_THROW(data::datasets().at(config.dataset));
            EXPECT_EQ(config.optimizer, "adagrad");
            EXPECT_EQ(config.weight_prior, "on");
            EXPECT_EQ(config.initialisation, "paper");
            EXPECT_EQ(config.minibatch, 100);
            EXPECT_EQ(config.latents, model.latents);
        });
    EXPECT_EQ(count, 9 * 2 + 2 * 3 + 2 + 4);
}

TEST(PaperMenu, HasTheImagesAndHiddenUnitsOfEachFigure) {
    const auto config_of = [](const char* model, const char* method) {
        return run::paper_config(*run::parse_paper_model(model), *run::find_paper_method(method));
    };
    const RunConfig mnist = config_of("mnist-200", "wake-sleep");
    EXPECT_EQ(mnist.hidden, 500);
    EXPECT_EQ(mnist.train_images, 50'000);
    EXPECT_EQ(mnist.estimator, "wake_sleep");
    const RunConfig frey = config_of("frey-2", "aevb");
    EXPECT_EQ(frey.dataset, "frey");
    EXPECT_EQ(frey.hidden, 200);
    EXPECT_EQ(frey.estimator, "sgvb_b");
    const RunConfig figure_3 = config_of("mnist-3-1000", "mcem");
    EXPECT_EQ(figure_3.hidden, 100);
    EXPECT_EQ(figure_3.train_images, 1000);
    EXPECT_EQ(figure_3.estimator, "mcem");
    EXPECT_FALSE(run::parse_paper_model("mnist"));
    EXPECT_FALSE(run::parse_paper_model("emoji-3"));
    EXPECT_EQ(run::find_paper_method("em"), nullptr);
}

TEST(PaperMenu, SaysEveryOptionThatItSets) {
    for_each_item([](const auto&, const auto&, const auto&, const RunConfig& config) {
        const std::string text = paper_settings_text(config);
        EXPECT_THAT(text, HasSubstr(std::to_string(config.hidden) + " hidden units"));
        for (const Option& option : run_options()) {
            if (option.of_machine) continue;
            EXPECT_THAT(text, HasSubstr(run::value_text(config, option)));
        }
    });
    const std::string text = paper_settings_text(run::paper_config(
        *run::parse_paper_model("frey-10"), *run::find_paper_method("wake-sleep")));
    for (const char* part :
         {"Data: Frey Face, all training images", "10 latents", "step size 0.02",
          "prior on weights on", "initial weights paper", "minibatch M 100", "Optimiser: Adagrad"})
        EXPECT_THAT(text, HasSubstr(part));
}

// Whole frames of ImGui around the menu's button, which lies at (600, 10).
class OpenPaperMenu : public ClickedPart {
  protected:
    OpenPaperMenu() {
        parts_.actions.start = [this](const RunConfig& config) { started_ = config; };
        for (const bool down : {false, false, true, false, false, false}) frame(610, 20, down);
    }
    void draw() override {
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize({1200, 40});
        ImGui::Begin("bar", nullptr, ImGuiWindowFlags_NoDecoration);
        ImGui::SetCursorScreenPos({600, 10});
        draw_paper_menu(parts_.context);
        ImGui::End();
    }

    std::optional<RunConfig> started_;
};

TEST_F(OpenPaperMenu, ShowsEveryItemWithinTheWindow) {
    const Json boxes = layout();
    for_each_item([&](const auto&, const auto& model, const auto& method, const auto&) {
        const auto name = "paper." + run::paper_run_name(model.name, method.name);
        ASSERT_TRUE(boxes.contains(name)) << name;
        EXPECT_EQ(boxes.at(name).at("value").string(), "off") << name;
        const double bottom =
            boxes.at(name).at("y").number() + boxes.at(name).at("height").number();
        EXPECT_LT(bottom, 800.0) << name;
    });
}

TEST_F(OpenPaperMenu, AClickStartsTheItemAndClosesTheMenu) {
    click("paper.mnist-3-50000-mcem");
    ASSERT_TRUE(started_.has_value());
    EXPECT_EQ(*started_, run::paper_config(*run::parse_paper_model("mnist-3-50000"),
                                           *run::find_paper_method("mcem")));
    EXPECT_FALSE(layout().contains("paper.mnist-3-50000-mcem"));
    EXPECT_TRUE(layout().contains("top.paper"));
}

TEST_F(OpenPaperMenu, ShowsThePresentRunAsOn) {
    const RunConfig config =
        run::paper_config(*run::parse_paper_model("frey-5"), *run::find_paper_method("wake-sleep"));
    auto state = std::make_shared<live::TrainerState>();
    state->config = config;
    state->snapshot = std::make_shared<train::ParameterSnapshot>();
    state->dataset = std::make_shared<data::Dataset>();
    parts_.context.trainer = state;
    for (int i = 0; i < 2; ++i) frame(610, 20, false);
    EXPECT_EQ(layout().at("paper.frey-5-wake-sleep").at("value").string(), "on");
    EXPECT_EQ(layout().at("paper.frey-5-aevb").at("value").string(), "off");
}

}  // namespace
}  // namespace elbow::gui
