// The paper's curves behind those of a run that is one of its experiments.

#include "app/gui/runs/paper_curves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gui/panels/curve_lines.h"
#include "app/gui/panels/curves_panel.h"
#include "engine/run/paper.h"
#include "tests/app/context_parts.h"
#include "tests/app/imgui_frame.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

using test::comes_true;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

RunConfig config_of(const char* model, const char* method) {
    return run::paper_config(*run::parse_paper_model(model), *run::find_paper_method(method));
}

class PaperCurvesTest : public testing::Test {
  protected:
    PaperCurvesTest() {
        parts.curves.train.push({1000, 0.02, 0.1, -220.0, -225.0, 5.0});
        parts.curves.evaluations.push({1000, 0.02, 0.1, -220.0, -215.0, 5.0, 5.0, 0.0, {}});
        parts.curves.version = 1;
        parts.settings.curve_axis = CurveAxis::kSamples;
    }
    void runs(const RunConfig& config) {
        auto state = std::make_shared<live::TrainerState>();
        state->config = config;
        state->snapshot = std::make_shared<train::ParameterSnapshot>();
        state->dataset = test::tiny_dataset();
        parts.context.trainer = state;
    }
    void read(const RunConfig& config) {
        ASSERT_TRUE(comes_true([&] {
            paper.want(config);
            return !paper.of(config, false)->empty();
        }));
    }
    std::vector<PlotSeries>& shown(CurveKind kind = CurveKind::kBound) {
        return lines.of(parts.context, kind, &paper);
    }

    ContextParts parts;
    PaperCurves paper;
    CurveLines lines;
};

TEST_F(PaperCurvesTest, EveryCurveOfThePaperBelongsToAnExperiment) {
    for (const std::string figure : {"fig2", "fig3"}) {
        std::vector<charts::Curve> left = charts::paper_curves(figure);
        for (const run::PaperFigure& one : run::paper_figures()) {
            if (one.name != figure) continue;
            for (const char* model : one.models) {
                for (const char* method : one.methods) {
                    const RunConfig config = config_of(model, method);
                    EXPECT_EQ(figure_of(config), figure);
                    for (const PublishedCurve& curve :
                         published_curves(config, figure, left, false))
                        EXPECT_EQ(curve.samples.size(), curve.nats.size());
                    const std::string panel = run::paper_panel(*run::parse_paper_model(model));
                    std::erase_if(left, [&](const charts::Curve& curve) {
                        return curve.panel == panel && curve.method == method;
                    });
                }
            }
        }
        EXPECT_THAT(left, IsEmpty()) << figure;
    }
}

TEST_F(PaperCurvesTest, AreDrawnQuietlyBehindTheRun) {
    const RunConfig config = config_of("mnist-20", "aevb");
    runs(config);
    read(config);
    const std::vector<PlotSeries>& curves = shown();
    ASSERT_THAT(curves, SizeIs(4));
    EXPECT_EQ(curves[0].name, "Kingma & Welling 2013, figure 2, test");
    EXPECT_EQ(curves[1].name, "Kingma & Welling 2013, figure 2, train");
    EXPECT_TRUE(curves[0].behind && curves[1].behind);
    EXPECT_FALSE(curves[2].behind || curves[3].behind);
    EXPECT_EQ(curves[2].short_name, "train");
    const std::vector<charts::Curve> published = charts::paper_curves("fig2");
    const charts::Curve* test = charts::find_curve(published, {"mnist,20", "aevb", "test", {}, {}});
    ASSERT_NE(test, nullptr);
    EXPECT_EQ(curves[0].x, test->samples);
    EXPECT_EQ(curves[0].y, test->nats);
}

TEST_F(PaperCurvesTest, AreOfTheBoundOnThePapersOwnAxisAlone) {
    const RunConfig config = config_of("mnist-20", "aevb");
    runs(config);
    read(config);
    EXPECT_THAT(shown(CurveKind::kKl), SizeIs(2));
    EXPECT_THAT(shown(CurveKind::kReconstruction), SizeIs(2));
    parts.settings.curve_axis = CurveAxis::kSeconds;
    EXPECT_THAT(shown(), SizeIs(2));
    parts.settings.curve_axis = CurveAxis::kSamples;
    EXPECT_THAT(shown(), SizeIs(4));
    parts.settings.paper_curves = false;
    EXPECT_THAT(shown(), SizeIs(2));
}

TEST_F(PaperCurvesTest, GoWhenTheRunIsAnotherOne) {
    RunConfig config = config_of("mnist-20", "aevb");
    runs(config);
    read(config);
    EXPECT_THAT(shown(), SizeIs(4));
    config.minibatch = 50;  // may change while it runs
    runs(config);
    EXPECT_THAT(shown(), SizeIs(2));
    config.minibatch = 100;
    config.step_size = 0.01;  // the paper leaves it open
    runs(config);
    EXPECT_THAT(shown(), SizeIs(4));
}

TEST_F(PaperCurvesTest, OfFigure3SayThatTheyAreAnotherMeasure) {
    const RunConfig config = config_of("mnist-3-1000", "aevb");
    runs(config);
    read(config);
    EXPECT_THAT(shown()[0].name, HasSubstr("figure 3"));
    EXPECT_THAT(shown()[0].name, HasSubstr("log p(x)"));
}

TEST_F(PaperCurvesTest, ARaceHasThoseOfBothRuns) {
    const RunConfig first = config_of("mnist-20", "aevb");
    const RunConfig second = config_of("mnist-20", "wake-sleep");
    runs(first);
    read(first);
    auto rival = std::make_shared<live::TrainerState>(*parts.context.trainer);
    rival->config = second;
    const RaceView race{{Contestant{"AEVB", 0xff0000ff, parts.context.trainer, &parts.curves},
                         Contestant{"Wake-sleep", 0xffff0000, rival, &parts.curves}},
                        nullptr};
    parts.context.race = &race;
    const std::vector<PlotSeries>& curves = shown();
    ASSERT_THAT(curves, SizeIs(8));
    EXPECT_EQ(curves[0].name, "Kingma & Welling 2013, figure 2, AEVB, test");
    EXPECT_EQ(curves[2].name, "Kingma & Welling 2013, figure 2, wake-sleep, test");
    EXPECT_EQ(curves[0].colour & 0x00ffffff, 0x000000ffU);
    EXPECT_EQ(curves[2].colour & 0x00ffffff, 0x00ff0000U);
    EXPECT_EQ(curves[4].short_name, "AEVB, train");
}

// Whoever holds curves keeps them, whatever is asked for after them.
TEST_F(PaperCurvesTest, StayWhileManyOthersAreAskedFor) {
    const RunConfig config = config_of("mnist-3", "aevb");
    read(config);
    const SharedCurves held = paper.of(config, true);
    for (int latents = 1; latents < 30; ++latents) {
        RunConfig other = config;
        other.latents = latents;
        paper.of(other, true);
    }
    ASSERT_THAT(*held, SizeIs(2));
    EXPECT_THAT(held->front().name, HasSubstr("AEVB"));
}

// The run's curves were asked for long before its rival's, whose entry took the place of them.
TEST_F(PaperCurvesTest, ARaceBeginsWhateverWasShownBefore) {
    const RunConfig config = config_of("mnist-3", "aevb");
    read(config);
    RunConfig rival = config;
    rival.estimator = "autoencoder";
    runs(rival);
    const auto rival_state = parts.context.trainer;
    runs(config);
    RaceView race{{Contestant{"AEVB", 0, parts.context.trainer, &parts.curves},
                   Contestant{"Autoencoder", 0, rival_state, &parts.curves}},
                  nullptr};
    parts.context.race = &race;
    for (int latents = 1; latents < 8; ++latents) {
        paper.of(config, true);  // known from here on
        RunConfig other = config;
        for (int later = 0; later < latents % 4; ++later) {
            other.latents = 10 * latents + later;
            paper.of(other, false);
        }
        shown();
    }
}

TEST_F(PaperCurvesTest, StayHiddenWhenTheyWereHidden) {
    const RunConfig config = config_of("mnist-20", "aevb");
    runs(config);
    read(config);
    shown()[1].visible = false;
    parts.curves.version = 2;
    EXPECT_TRUE(shown()[0].visible);
    EXPECT_FALSE(shown()[1].visible);
}

TEST_F(PaperCurvesTest, ThePanelOffersThemForTheirExperimentAlone) {
    NullFrames frames;
    const testing_support::TemporaryFolder folder;
    ContextParts with_log(folder / "layout.json");
    FrameNotes notes;
    with_log.context.notes = &notes;
    const std::unique_ptr<Panel> panel = make_curves_panel();
    std::map<std::string, LayoutLog::Rect> marks;
    const auto draw = [&](const RunConfig& config) {
        runs(config);
        with_log.context.trainer = parts.context.trainer;
        frames.frame([&] {
            with_log.context.now_s += 0.1;
            ImGui::SetNextWindowPos({0, 0});
            ImGui::SetNextWindowSize({700, 400});
            ImGui::Begin("panel", nullptr, ImGuiWindowFlags_NoDecoration);
            panel->tick(with_log.context);
            panel->draw_title_controls(with_log.context);
            panel->draw(with_log.context);
            ImGui::End();
        });
        marks = with_log.layout.rects();
        with_log.layout.end_frame(with_log.context.now_s);
    };
    draw(RunConfig{});
    EXPECT_FALSE(marks.contains("curves.paper"));
    draw(config_of("mnist-20", "aevb"));
    ASSERT_TRUE(marks.contains("curves.paper"));
    EXPECT_EQ(marks.at("curves.paper").value, "on");
    EXPECT_TRUE(comes_true([&] {
        draw(config_of("mnist-20", "aevb"));
        return notes.published != nullptr && notes.published->size() == 2;
    })) << "an exported picture has them, too";
    with_log.settings.curve_axis = CurveAxis::kEpochs;
    draw(config_of("mnist-20", "aevb"));
    EXPECT_EQ(marks.at("curves.paper").value, "disabled");
    EXPECT_EQ(notes.published, nullptr);
}

}  // namespace
}  // namespace elbow::gui
