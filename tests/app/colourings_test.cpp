// The points of the map coloured by what the model makes of each image.

#include "app/gui/map/colourings.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "app/gui/exports/map.h"
#include "app/gui/map/value_brush.h"
#include "engine/core/file.h"
#include "engine/live/questions/scores.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

using testing_support::TemporaryFolder;

io::ImageColumns two_columns() {
    return {"ages.csv", {{"age (years)", {}, {1, 2, 3}}, {"size", {}, {4, 5, 6}}}, {}};
}

TEST(Colourings, HaveNamesOfTheirOwn) {
    data::Dataset dataset;
    dataset.factors = {{"size", {}, {7, 8, 9}}};
    const io::ImageColumns columns = two_columns();
    const std::vector<Colouring> all = colourings(&dataset, &columns);
    std::set<std::string> ids;
    for (const Colouring& each : all) {
        ids.insert(each.id);
        EXPECT_EQ(find_colouring(each.id, &dataset, &columns)->title, each.title);
    }
    EXPECT_EQ(ids.size(), all.size()) << "a factor may have a column's name";
    EXPECT_EQ(all.size(), colourings(nullptr, nullptr).size() + 3);
    EXPECT_FALSE(find_colouring("label", &dataset, &columns));
    EXPECT_FALSE(find_colouring("mood", &dataset, &columns));
}

TEST(Colourings, OfAColumnHaveItsValuesAndUnit) {
    const io::ImageColumns columns = two_columns();
    const Colouring age = *find_colouring("column:age (years)", nullptr, &columns);
    EXPECT_EQ(age.title, "Age");
    EXPECT_EQ(age.unit, "years");
    EXPECT_EQ(age.values(nullptr), (std::vector<float>{1, 2, 3}));
    EXPECT_TRUE(is_of_a_column(age.id));
    EXPECT_FALSE(is_of_a_column("bound"));
}

TEST(Histogram, CountsEachPartOfAScaleAndWhatIsBeyondAtItsEnds) {
    const ColourScale scale{0.0f, 1.0f};
    const std::vector<float> values{
        -5.0f, 0.01f, 0.99f, 7.0f, 7.0f, 0.5f, std::numeric_limits<float>::quiet_NaN()};
    const Histogram parts = histogram_of(values, scale);
    EXPECT_FLOAT_EQ(parts.front(), 2.0f / 3.0f);
    EXPECT_FLOAT_EQ(parts.back(), 1.0f);
    EXPECT_FLOAT_EQ(parts[kHistogramParts / 2], 1.0f / 3.0f);
    EXPECT_FLOAT_EQ(histogram_of({}, scale).front(), 0.0f);
}

TEST(ValueRange, IsWhatLiesBetweenTwoHeightsOfTheBarAndOpenAtItsEnds) {
    const ColourBarPlace bar{{0.0f, 100.0f}, {12.0f, 200.0f}};
    const ColourScale scale{0.0f, 10.0f};
    const ValueRange middle = range_between(180.0f, 120.0f, bar, scale);
    EXPECT_FLOAT_EQ(middle.low, 2.0f);
    EXPECT_FLOAT_EQ(middle.high, 8.0f);
    const ValueRange all = range_between(100.0f, 200.0f, bar, scale);
    EXPECT_EQ(all.low, -std::numeric_limits<float>::infinity());
    EXPECT_EQ(all.high, std::numeric_limits<float>::infinity());
}

TEST(ColourScale, HoldsAllButTheOutermostValues) {
    std::vector<float> values;
    for (int i = 0; i <= 1000; ++i) values.push_back(static_cast<float>(i));
    values.push_back(1e9f);
    values.push_back(std::numeric_limits<float>::quiet_NaN());
    const ColourScale scale = scale_of(values);
    EXPECT_NEAR(scale.low, 10.0f, 2.0f);
    EXPECT_NEAR(scale.high, 990.0f, 2.0f);
    EXPECT_EQ(scale.step(-5.0f), 0);
    EXPECT_EQ(scale.step(1e9f), kColourSteps - 1);
    EXPECT_EQ(scale.step(550.0f), 5);
    EXPECT_EQ(scale.step(std::numeric_limits<float>::quiet_NaN()), 0);
    const ColourScale flat = scale_of({3.0f, 3.0f});
    EXPECT_LT(flat.low, 3.0f);
    EXPECT_GT(flat.high, 3.0f);
    EXPECT_LT(scale_of({}).low, scale_of({}).high);
}

TEST(ColouredPoints, AreChosenInTheLegendWhichThenSaysTheScale) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    EXPECT_EQ(window.shown["map.colour"].value, "Label");
    EXPECT_EQ(window.runs.in_hand().link.views().get<live::ScoresView>(), nullptr)
        << "nobody asks for them";
    ASSERT_TRUE(window.click("map.colour"));
    ASSERT_TRUE(window.click("map.colour.bound"));
    EXPECT_EQ(window.settings.point_colour, "bound");
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("map.colour_bar") > 0; }));
    EXPECT_EQ(window.shown["map.scores"].value, "bound");
    EXPECT_NE(window.shown["map.colour_bar"].value.find(" to "), std::string::npos);
    EXPECT_TRUE(window.shown.count("map.legend.0") > 0) << "labels can still be hidden";
    EXPECT_EQ(NullGl::refused(), "");
}

TEST(ColouredPoints, ARunWithoutABoundHasNoChoice) {
    WholeWindow window{1600, 1000, 1.0f};
    RunConfig config = test::tiny_config();
    config.estimator = "autoencoder";
    window.begin(config, test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    EXPECT_EQ(window.shown.count("map.colour"), 0u);
}

TEST(ColouredPoints, ABrushOnTheHistogramSelects) {
    WholeWindow window{1600, 1000, 1.0f};
    window.settings.point_colour = "bound";
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    window.runs.send(live::Pause{});  // else the values change while they are brushed
    ASSERT_TRUE(window.becomes([&] {
        const LiveRun& run = window.runs.in_hand();
        const auto scores = run.link.views().get<live::ScoresView>();
        return window.shows_the_last_step() && scores &&
               scores->stamp.step == run.state->snapshot->step &&
               window.shown.count("map.colour_brush") > 0;
    }));
    const auto selected = [&] { return window.runs.in_hand().view_state.selection.size(); };
    const std::size_t images = window.runs.in_hand().state->dataset->held_out.count;
    const LayoutLog::Rect bar = window.shown["map.colour_brush"];
    ASSERT_TRUE(window.carry("map.colour_brush", {bar.x, bar.y + 0.45f * bar.height}));
    const std::size_t few = selected();
    EXPECT_LT(few, images);
    ASSERT_TRUE(window.carry("map.colour_brush", {bar.x, bar.y + 2.0f * bar.height}));
    const std::size_t lower = selected();
    EXPECT_GT(lower, few) << "what lies beyond the end is in";
    ASSERT_TRUE(window.carry("map.colour_brush", {bar.x, bar.y - bar.height}));
    EXPECT_EQ(selected() + lower, images) << "the upper half in the place of the lower one";
}

class TableOfOnesOwn : public testing::Test {
  protected:
    void SetUp() override {
        window_.begin(test::tiny_config(), test::tiny_dataset());
        ASSERT_TRUE(window_.shows_everything());
    }
    std::filesystem::path write(const std::string& name, const std::string& text) {
        write_file_atomically(folder_.path() / name, text);
        return folder_.path() / name;
    }
    // A line for each held-out image, and more.
    std::string table(int more = 0) const {
        std::string text = "age (years),name\n";
        for (int i = 0; i < window_.runs.in_hand().state->dataset->held_out.count + more; ++i)
            text += std::to_string(20 + i) + ",Ada " + std::to_string(i) + "\n";
        return text;
    }
    ViewState& view_state() { return window_.runs.in_hand().view_state; }

    TemporaryFolder folder_;
    WholeWindow window_{1600, 1000, 1.0f};
};

TEST_F(TableOfOnesOwn, ColoursThePointsByItsColumns) {
    view_state().table = write("ages.csv", table());
    ASSERT_TRUE(window_.becomes([&] { return window_.runs.in_hand().columns.now() != nullptr; }));
    EXPECT_NE(window_.toasts.newest().find("age (years)"), std::string::npos);
    EXPECT_NE(window_.toasts.newest().find("Left out, as neither numbers"), std::string::npos);
    EXPECT_NE(window_.toasts.newest().find("name ("), std::string::npos);
    ASSERT_TRUE(window_.click("map.colour"));
    ASSERT_TRUE(window_.click("map.colour.column:age (years)"));
    ASSERT_TRUE(window_.becomes([&] { return window_.shown.count("map.scores") > 0; }));
    EXPECT_EQ(window_.shown["map.colour"].value, "Age");
    view_state().table.clear();
    ASSERT_TRUE(window_.becomes([&] { return window_.shown.count("map.scores") == 0; }));
    EXPECT_EQ(window_.shown["map.colour"].value, "Label") << "there is no such column any more";
}

TEST_F(TableOfOnesOwn, OfOtherImagesIsRefusedAndTheOneBeforeIsKept) {
    const auto good = write("ages.csv", table());
    view_state().table = good;
    ASSERT_TRUE(window_.becomes([&] { return window_.runs.in_hand().columns.now() != nullptr; }));
    view_state().table = write("others.csv", table(1));
    ASSERT_TRUE(window_.becomes([&] { return view_state().table == good; }));
    EXPECT_NE(window_.toasts.newest().find("others.csv"), std::string::npos);
    EXPECT_EQ(window_.runs.in_hand().columns.now()->file, good);
}

class ColouredExport : public Exporter {};

TEST_F(ColouredExport, HasThePointsAndTheBarInTheColoursOfTheScale) {
    source_.view_state.path_shown = false;
    source_.view_state.cursor = {100.0f, 100.0f};
    const auto of_the_scale = [&] {
        const Png png = read_png(write(map_export()));
        std::set<std::array<std::uint8_t, 3>> steps;
        for (const ImU32 step : source_.theme.steps) {
            steps.insert({static_cast<std::uint8_t>(step >> IM_COL32_R_SHIFT),
                          static_cast<std::uint8_t>(step >> IM_COL32_G_SHIFT),
                          static_cast<std::uint8_t>(step >> IM_COL32_B_SHIFT)});
        }
        int found = 0;
        for (int y = 0; y < png.height; ++y)
            for (int x = 0; x < png.width; ++x) found += steps.count(png.rgb(x, y)) > 0 ? 1 : 0;
        return found;
    };
    EXPECT_EQ(of_the_scale(), 0);
    source_.settings.point_colour = "kl";
    EXPECT_GT(of_the_scale(), 500);
}

}  // namespace
}  // namespace elbow::gui
