#include "app/gui/panels/images_panel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "app/gui/exports/image_table.h"
#include "engine/live/questions/scores.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

using testing::ElementsAre;

class ListedImages : public testing::Test {
  protected:
    std::vector<int> by(ImageColumn column, bool descending = false,
                        std::string_view typed = "") const {
        return listed_images(scores_, labels_, {"cat", "dog", "3"}, column, descending, typed);
    }
    explore::ImageScores scores_{{-80.0f, -95.0f, -70.0f, -90.0f},
                                 {20.0f, 2.0f, std::numeric_limits<float>::quiet_NaN(), 9.0f},
                                 {0.1f, 0.4f, 0.2f, 0.3f}};
    std::vector<std::uint8_t> labels_{1, 0, 1, 2};
};

TEST_F(ListedImages, AreInTheOrderOfTheColumnAndWhatIsNoNumberIsLast) {
    EXPECT_THAT(by(ImageColumn::kBound), ElementsAre(0, 3, 1, 2));
    EXPECT_THAT(by(ImageColumn::kKl, true), ElementsAre(0, 3, 1, 2));
    EXPECT_THAT(by(ImageColumn::kReconstruction), ElementsAre(1, 3, 0, 2));
    EXPECT_THAT(by(ImageColumn::kWidth, true), ElementsAre(1, 3, 2, 0));
    EXPECT_THAT(by(ImageColumn::kImage, true), ElementsAre(3, 2, 1, 0));
    EXPECT_THAT(by(ImageColumn::kLabel), ElementsAre(1, 0, 2, 3)) << "equals in their own order";
}

TEST_F(ListedImages, AreFoundByLabelAndByNumber) {
    EXPECT_THAT(by(ImageColumn::kImage, false, "dog"), ElementsAre(0, 2));
    EXPECT_THAT(by(ImageColumn::kImage, false, "1"), ElementsAre(1));
    EXPECT_THAT(by(ImageColumn::kImage, false, "3"), ElementsAre(3)) << "both are one image";
    EXPECT_THAT(by(ImageColumn::kImage, false, "bird"), ElementsAre());
    labels_.clear();
    EXPECT_THAT(by(ImageColumn::kLabel, false, "cat"), ElementsAre());
    EXPECT_THAT(by(ImageColumn::kLabel), ElementsAre(0, 1, 2, 3));
}

class ImagesPanel : public testing::Test {
  protected:
    void begin(const RunConfig& config) {
        window.begin(config, test::tiny_dataset());
        ASSERT_TRUE(window.shows_everything());
    }
    bool shows(const std::string& name) const { return window.shown.count(name) > 0; }
    LiveRun& run() { return window.runs.in_hand(); }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(ImagesPanel, BeginsWithTheWorstBoundAndAClickSelectsTheImage) {
    begin(test::tiny_config());
    EXPECT_EQ(window.shown["images.title"].value, "behind");
    EXPECT_FALSE(run().visible.scores) << "nobody looks at it";
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    ASSERT_TRUE(window.click("images.title"));
    ASSERT_TRUE(window.becomes([&] { return shows("images.first"); }));
    const auto view = run().link.views().get<live::ScoresView>();
    int worst = 0;
    for (int i = 1; i < 60; ++i) {
        if (view->scores.bound(static_cast<std::size_t>(i)) <
            view->scores.bound(static_cast<std::size_t>(worst)))
            worst = i;
    }
    EXPECT_EQ(window.shown["images.first"].value, std::to_string(worst));
    ASSERT_TRUE(window.click("images.column.1"));
    EXPECT_EQ(window.shown["images.first"].value, "0");
    EXPECT_EQ(NullGl::refused(), "");
}

TEST_F(ImagesPanel, ARunWithoutABoundHasNoTab) {
    RunConfig config = test::tiny_config();
    config.estimator = "autoencoder";
    begin(config);
    EXPECT_FALSE(shows("images.title"));
}

class ImageTableExport : public Exporter {};

TEST_F(ImageTableExport, HasALineForEachHeldOutImage) {
    const auto tables = image_table_export().files(source(), progress_);
    ASSERT_EQ(tables.size(), 1u);
    EXPECT_EQ(std::count(tables[0].bytes.begin(), tables[0].bytes.end(), '\n'),
              1 + dataset_.held_out.count);
}

}  // namespace
}  // namespace elbow::gui
