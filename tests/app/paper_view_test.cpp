// The map's paper view: the unit square through the prior's inverse CDF.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/gui/map/layers.h"
#include "app/gui/map/map_axes.h"
#include "app/gui/map/map_view.h"
#include "engine/live/questions/manifold.h"
#include "tests/app/drawn_labels.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

ViewState in_paper_view() {
    ViewState view;
    view.fit_to(3);
    view.anchor = {9, 9, 0.5f};
    view.paper_view = true;
    return view;
}

TEST(PaperView, PutsZAtItsProbabilityAndBack) {
    const ViewState view = in_paper_view();
    const PlanePoint middle = projected(view, std::vector<float>{0, 0, 7});
    EXPECT_DOUBLE_EQ(middle.x, 0.5);
    EXPECT_DOUBLE_EQ(middle.y, 0.5);
    for (const float z : {-3.0f, -0.4f, 0.0f, 1.7f}) {
        const std::vector<float> back = lifted(view, projected(view, std::vector<float>{z, -z, 1}));
        EXPECT_NEAR(back[0], z, 1e-5);
        EXPECT_NEAR(back[1], -z, 1e-5);
        EXPECT_EQ(back[2], 0.5f) << "the anchor's";
    }
}

TEST(PaperView, HasAPlaceForWhatIsDraggedOutOfTheSquare) {
    const ViewState view = in_paper_view();
    const std::vector<float> z = lifted(view, {-2.0, 7.0});
    EXPECT_LT(z[0], -4.0f);
    EXPECT_GT(z[1], 4.0f);
    EXPECT_TRUE(std::isfinite(z[0]) && std::isfinite(z[1]));
}

TEST(PaperView, FillsTheSquareWithCellsThatEndAtItsRim) {
    for (const MapRect& rect : {MapRect{0.5, 0.5, 0.6}, MapRect{0.2, 0.9, 0.11}, MapRect{3, 3, 0.2},
                                MapRect{0.5, 0.5, 40.0}}) {
        for (const int most : {64, 400, 2500}) {
            const PlaneView view(rect, {0, 0}, {800, 400});
            const explore::ManifoldRequest grid = unit_square_grid(view, 20.0, most);
            SCOPED_TRACE(testing::Message() << rect.half_height << ", " << most);
            EXPECT_GE(grid.columns, 1);
            EXPECT_GE(grid.rows, 1);
            EXPECT_LE(grid.columns * grid.rows, most);
            EXPECT_GE(grid.x_min, 0.0f);
            EXPECT_LE(grid.x_max, 1.0f);
            EXPECT_GE(grid.y_min, 0.0f);
            EXPECT_LE(grid.y_max, 1.0f);
            const auto inside = [](double at) { return std::clamp(at, 0.0, 1.0); };
            if (rect.x_center < 1.0) {
                EXPECT_LE(grid.x_min, inside(view.x_min()));
                EXPECT_GE(grid.x_max, inside(view.x_max()));
                EXPECT_LE(grid.y_min, inside(view.y_min()));
                EXPECT_GE(grid.y_max, inside(view.y_max()));
            }
            for (const float z : explore::manifold_latents(on_plane(in_paper_view(), grid), 3))
                ASSERT_TRUE(std::isfinite(z));
        }
    }
}

class PaperViewOfTheWindow : public testing::Test {
  protected:
    void begin(const RunConfig& config) {
        window.begin(config, test::tiny_dataset());
        window.runs.send(live::Play{});
        ASSERT_TRUE(window.becomes([&] {
            const auto& state = *window.runs.in_hand().state;
            return state.snapshot && state.config.estimator == config.estimator &&
                   state.snapshot->spec.latents == config.latents;
        }));
        ASSERT_TRUE(window.shows_everything());
        window.runs.send(live::Pause{});
        ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
        window.settle();
    }
    std::string why_not(const std::string& id) {
        std::string found = "there is no such action";
        window.with_actions([&](const WindowActions& actions, Workspace&) {
            for (const WindowAction& each : actions)
                if (each.id == id) found = each.why_not;
        });
        return found;
    }
    void act(const std::string& id) {
        window.with_actions([&](const WindowActions& actions, Workspace& workspace) {
            for (const WindowAction& each : actions)
                if (each.id == id) perform(each, false, workspace);
        });
        window.settle();
    }
    ViewState& view() { return window.runs.in_hand().view_state; }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(PaperViewOfTheWindow, ShowsTheSquareWithWhatLiesInIt) {
    begin(test::tiny_config());
    window.settings.backdrop = Backdrop::kManifold;
    view().put_dot({0.0f, 0.0f});
    const MapRect before = view().rect;
    act("map.toggle.paper_view");
    EXPECT_TRUE(view().paper_view);
    const LayoutLog::Rect canvas = window.shown["map.canvas"], dot = window.shown["map.dot"];
    EXPECT_NEAR(dot.x + 0.5f * dot.width, canvas.x + 0.5f * canvas.width, 2.0f);
    EXPECT_NEAR(dot.y + 0.5f * dot.height, canvas.y + 0.5f * canvas.height, 2.0f);
    EXPECT_NEAR(view().rect.half_height, 0.54, 0.06);
    EXPECT_EQ(window.shown["map.axis_x"].value.substr(0, 5), "P(z1)");
    EXPECT_EQ(window.shown["map.axis_y"].value.substr(0, 5), "P(z2)");
    ASSERT_TRUE(window.becomes([&] {
        const auto images = window.runs.in_hand().link.views().get<live::ManifoldView>();
        return images && images->request.quantiles;
    }));
    for (const std::string& fault : DrawnLabels().faults()) ADD_FAILURE() << fault;
    act("map.toggle.paper_view");
    EXPECT_FALSE(view().paper_view);
    EXPECT_NEAR(view().rect.half_height, before.half_height, 0.05 * before.half_height);
}

TEST_F(PaperViewOfTheWindow, DragsTheDotThroughTheInverseCdf) {
    begin(test::tiny_config());
    act("map.toggle.paper_view");
    const LayoutLog::Rect canvas = window.shown["map.canvas"];
    const PlaneView plane(view().rect, {canvas.x, canvas.y}, {canvas.width, canvas.height});
    const ImVec2 to = plane.to_pixel({0.8413447, 0.1586553});
    ASSERT_TRUE(window.carry("map.dot", to));
    window.let_go(to);
    EXPECT_NEAR(view().cursor[0], 1.0f, 0.03f);
    EXPECT_NEAR(view().cursor[1], -1.0f, 0.03f);
}

TEST_F(PaperViewOfTheWindow, SaysWhatItHasNoPlaceFor) {
    begin(test::tiny_config());
    window.settings.layers["aggregate"] = true;
    ASSERT_TRUE(window.becomes([&] { return window.shown.contains("map.aggregate"); }));
    act("map.toggle.paper_view");
    EXPECT_FALSE(window.shown.contains("map.aggregate"));
    EXPECT_FALSE(window.shown.contains("map.legend.aggregate"));
    for (const char* layer : {"aggregate", "ellipses", "metric", "density", "true_posterior"})
        EXPECT_NE(why_not(std::string("map.toggle.") + layer).find("Paper"), std::string::npos)
            << layer;
    EXPECT_EQ(why_not("map.toggle.images"), "");
    act("map.toggle.paper_view");
    ASSERT_TRUE(window.becomes([&] { return window.shown.contains("map.aggregate"); }));
}

TEST_F(PaperViewOfTheWindow, IsOfTheNormalPriorAndOfTwoLatents) {
    RunConfig config = test::tiny_config();
    config.latents = 1;
    begin(config);
    EXPECT_NE(why_not("map.toggle.paper_view"), "");
    config.latents = 3;
    begin(config);
    EXPECT_EQ(why_not("map.toggle.paper_view"), "");
    act("map.toggle.paper_view");
    EXPECT_TRUE(view().paper_view);
    config.estimator = "autoencoder";
    begin(config);
    EXPECT_NE(why_not("map.toggle.paper_view").find("N(0, 1)"), std::string::npos);
    EXPECT_FALSE(view().paper_view) << "it cannot go on in a run without the prior";
}

TEST(PaperView, HasTicksOnTheSquareAlone) {
    const PlaneView view({0.5, 0.5, 0.8}, {100, 30}, {800, 600});
    AxisWords words = axis_words(in_paper_view(), RunConfig{}, {}, 1.0);
    for (const auto& ticks : {ticks_across(view, words, 1.0f), ticks_up(view, words, 1.0f)}) {
        ASSERT_GE(ticks.size(), 3u);
        EXPECT_NEAR(ticks.front().at, 0.0, 1e-9);
        EXPECT_NEAR(ticks.back().at, 1.0, 1e-9);
    }
    words.unit_square = false;
    EXPECT_LT(ticks_across(view, words, 1.0f).front().at, -0.1) << "z has no ends";
}

}  // namespace
}  // namespace elbow::gui
