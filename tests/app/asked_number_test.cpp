// What the card of a number says it is of, and that it opens where a bound stands.

#include "app/gui/asked_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gui/widgets/plot_scale.h"
#include "tests/app/context_parts.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

using ::testing::HasSubstr;

std::string fact(const AskedNumber& asked, const std::string& name) {
    for (const NumberFact& each : asked.facts)
        if (each.name == name) return each.value;
    return "none";
}

double form(const AskedNumber& asked, const std::string& id) {
    for (const run::BoundForm& each : asked.forms)
        if (each.id == id && each.value) return *each.value;
    return 0.0;
}

// A run on tiny_dataset(), measured by hand.
class AskedNumbers : public testing::Test {
  protected:
    AskedNumbers() {
        auto state = std::make_shared<live::TrainerState>();
        state->config = test::tiny_config();
        state->dataset = test::tiny_dataset();
        auto snapshot = std::make_shared<train::ParameterSnapshot>();
        snapshot->spec.image = state->dataset->shape();
        snapshot->spec.likelihood = {"bernoulli"};
        snapshot->samples = 3000;
        state->snapshot = snapshot;
        parts.context.trainer = state;
        parts.context.explored = snapshot;
        parts.curves.evaluations.push(evaluation(1000, -50.0));
        parts.curves.evaluations.push(evaluation(2000, -40.0));
        parts.curves.train.push({1000, 0.0, 0.0, -60.0, -55.0, 5.0});
        parts.curves.train.push({2500, 0.0, 0.0, -38.0, -32.0, 6.0});
    }
    static train::EvaluationRecord evaluation(std::int64_t samples, double bound) {
        train::EvaluationRecord record{};
        record.samples = samples;
        record.test_bound = bound;
        record.test_kl = 4.0;
        record.test_reconstruction = bound + 4.0;
        return record;
    }

    ContextParts parts;
};

TEST_F(AskedNumbers, HeldOutIsOfTheNewestEvaluation) {
    const auto asked = held_out_number(parts.context);
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->title, "Held-out bound");
    const int images = parts.context.dataset()->held_out.count;
    EXPECT_EQ(fact(*asked, "Images"), "all " + std::to_string(images) + " held-out images");
    EXPECT_THAT(fact(*asked, "Targets"), HasSubstr("grey"));
    EXPECT_THAT(fact(*asked, "p(x|z)"), HasSubstr("Bernoulli, D = "));
    EXPECT_EQ(fact(*asked, "Noise samples"), "one noise sample each");
    EXPECT_EQ(fact(*asked, "Weights"), "the run's own");
    EXPECT_EQ(fact(*asked, "After"), reading(2000) + " training images");
    EXPECT_DOUBLE_EQ(form(*asked, "nats"), -40.0);
    EXPECT_DOUBLE_EQ(form(*asked, "sum"), -40.0 * images);
    EXPECT_DOUBLE_EQ(form(*asked, "pytorch"), 40.0);
}

TEST_F(AskedNumbers, TrainingIsOfTheImagesSinceThePointBefore) {
    const auto asked = training_number(parts.context);
    ASSERT_TRUE(asked);
    EXPECT_EQ(fact(*asked, "Images"), "the last " + reading(1500) + " of the training");
    EXPECT_EQ(fact(*asked, "Weights"), "those that learn");
    EXPECT_DOUBLE_EQ(form(*asked, "nats"), -38.0);
    EXPECT_DOUBLE_EQ(form(*asked, "sum"), -38.0 * 1500);
    EXPECT_EQ(numbers_of_run(parts.context).size(), 2U);
}

TEST_F(AskedNumbers, OfAnImageIsOfTheWeightsThatAreShown) {
    explore::PointDetail detail;
    detail.index = 3;
    detail.reconstruction_nats = -30.0;
    detail.kl_nats = 5.0;
    detail.noise_samples = 32;
    const AskedNumber asked = image_number(parts.context, detail);
    EXPECT_THAT(fact(asked, "Images"), HasSubstr("held-out image 3"));
    EXPECT_EQ(fact(asked, "Noise samples"), "32 for each image");
    EXPECT_EQ(fact(asked, "After"), reading(3000) + " training images");
    EXPECT_DOUBLE_EQ(form(asked, "nats"), -35.0);
    EXPECT_DOUBLE_EQ(form(asked, "sum"), -35.0);
}

TEST(AskedNumber, IsNotThereBeforeAnythingWasMeasured) {
    ContextParts parts;
    EXPECT_TRUE(numbers_of_run(parts.context).empty());
}

TEST(AskedNumber, SaysWhereAFormHasNoMeaning) {
    run::BoundForm form{"bits", "Bits per dimension", ""};
    EXPECT_EQ(number_text(form), "no meaning here");
    form.value = 0.2300215;
    form.decimals = 4;
    EXPECT_EQ(number_text(form), "0.2300");
}

TEST(NumberCards, OpenBesideTheBoundOfTheRunAndAtTheCurvesAndCopyARow) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    ASSERT_TRUE(
        window.becomes([&] { return !window.runs.in_hand().curves.train.records().empty(); }));
    window.runs.send(live::Pause{});
    for (const char* mark : {"controls.ask", "curves.ask"}) {
        ASSERT_TRUE(window.click(mark)) << mark;
        ASSERT_EQ(window.shown.count("number"), 1U) << mark;
        EXPECT_EQ(window.shown["number"].value, "Held-out bound");
        const LayoutLog::Rect& box = window.shown["number"];
        EXPECT_LE(box.y + box.height, 1000.0f);
        ASSERT_TRUE(window.click("number.choice.1"));
        EXPECT_EQ(window.shown["number"].value, "Training bound");
        ASSERT_TRUE(window.click("number.beta"));
        EXPECT_THAT(window.toasts.newest(), HasSubstr("Copied 0.0"));
        EXPECT_EQ(ImGui::GetClipboardText(), window.shown["number.beta"].value);
        window.click("status");
        EXPECT_EQ(window.shown.count("number"), 0U) << "a click beside it closes it";
    }
}

}  // namespace
}  // namespace elbow::gui
