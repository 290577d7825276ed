// The list of runs under a mouse, without a screen: what is shown, chosen and asked for.

#include "app/gui/runs/runs_window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/io/run_folder.h"
#include "tests/app/context_parts.h"
#include "tests/app/imgui_frame.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using test::comes_true;
using ::testing::HasSubstr;
using testing_support::TemporaryFolder;

struct WidgetPlace {
    float x, y, width, height;
};
WidgetPlace place_of(const Json& box) {
    const auto number = [&](const char* key) { return static_cast<float>(box.at(key).number()); };
    return {number("x"), number("y"), number("width"), number("height")};
}

// Thumbnails are never taken: they would want a graphics driver.
class RunsWindowTest : public testing::Test {
  protected:
    RunsWindowTest() {
        parts.context.compared = &compared;
        parts.actions.open_run = [this](const fs::path& run, std::optional<bool> play) {
            opened = run;
            plays = play;
        };
        for (const char* name : {"a", "b"}) {
            train::Session session(test::tiny_config(), tiny, 1);
            session.step();
            io::save_run(places.kept / name, session.checkpoint(), tiny.get());
        }
        fs::copy(places.kept / "b", places.kept / "broken");
        std::ofstream(places.kept / "broken" / "run.json") << "{";
        window.open();
        window.poll(places, false, 0.0, parts.toasts);
        EXPECT_TRUE(comes_true([&] {
            if (!window.has_looked()) window.poll(places, false, 0.0, parts.toasts);
            return window.has_looked();
        }));
    }
    void draw(NullFrames& frames, int count = 3) {
        for (int i = 0; i < count; ++i) {
            parts.context.now_s += 0.2;
            frames.frame([&] {
                window.draw(parts.context, [&](const RunEntry& run) { return run.name == here; });
            });
            parts.layout.end_frame(parts.context.now_s);
        }
        boxes = parse_json(read_text_file(folder / "layout.json")).value();
    }
    void click(NullFrames& frames, const std::string& name) {
        const auto [x, y, width, height] = place_of(boxes.at(name));
        const float middle_x = x + width / 2;
        const float middle_y = y + height / 2;
        frames.mouse(middle_x, middle_y, false);
        draw(frames, 2);
        frames.mouse(middle_x, middle_y, true);
        draw(frames, 1);
        frames.mouse(middle_x, middle_y, false);
        draw(frames, 2);
    }
    std::string value(const std::string& name) const { return boxes.at(name).at("value").string(); }

    TemporaryFolder folder;
    RunPlaces places{folder / "state" / "runs", folder / "saved", {}};
    std::shared_ptr<const data::Dataset> tiny = test::tiny_dataset();
    ContextParts parts{folder / "layout.json"};
    ComparedRuns compared;
    RunsWindow window{folder / "state"};
    Json boxes;
    std::string here;
    fs::path opened;
    std::optional<bool> plays;
};

TEST_F(RunsWindowTest, ListsRunsAndSaysWhyOneCannotBeOpened) {
    NullFrames frames;
    draw(frames);
    EXPECT_EQ(value("runs.count"), "3");
    EXPECT_EQ(value("runs.row.a"), "");
    EXPECT_THAT(value("runs.row.broken"), HasSubstr("not JSON"));
    EXPECT_EQ(value("runs.open"), "disabled") << "nothing is chosen";
    click(frames, "runs.row.broken");
    EXPECT_EQ(value("runs.open"), "disabled");
    EXPECT_EQ(value("runs.copy_path"), "");
}

TEST_F(RunsWindowTest, OpensTheChosenRunAndGoes) {
    NullFrames frames;
    draw(frames);
    click(frames, "runs.row.b");
    EXPECT_EQ(value("runs.open"), "");
    click(frames, "runs.open");
    EXPECT_EQ(opened, places.kept / "b");
    EXPECT_FALSE(plays);
    EXPECT_FALSE(window.is_open());
}

TEST_F(RunsWindowTest, ContinuesARunPlaying) {
    NullFrames frames;
    draw(frames);
    click(frames, "runs.row.a");
    click(frames, "runs.continue");
    EXPECT_EQ(opened, places.kept / "a");
    EXPECT_EQ(plays, std::optional<bool>(true));
}

TEST_F(RunsWindowTest, NeitherOpensNorDeletesTheRunInTheWindow) {
    here = "a";
    NullFrames frames;
    draw(frames);
    click(frames, "runs.row.a");
    EXPECT_EQ(value("runs.open"), "disabled");
    EXPECT_EQ(value("runs.delete"), "disabled");
    EXPECT_EQ(value("runs.rename"), "");
}

TEST_F(RunsWindowTest, HasRoomForEverythingAtEverySize) {
    struct Size {
        float width, height, scale;
    };
    for (const Size size : {Size{1600, 1000, 1}, Size{900, 600, 1}, Size{3200, 2000, 2},
                            Size{1600, 1000, 2}, Size{1600, 1000, 3}}) {
        NullFrames frames(size.width, size.height);
        ImGui::GetIO().FontGlobalScale = size.scale;
        parts.context.scale = size.scale;
        draw(frames, 4);
        float lowest_row = 0.0f;
        for (const auto& [name, box] : boxes.object()) {
            const WidgetPlace place = place_of(box);
            if (name.rfind("runs.", 0) != 0 || place.width == 0.0f) continue;
            const bool row = name.rfind("runs.row.", 0) == 0;
            EXPECT_GE(place.x, 0.0f) << name;
            EXPECT_LE(place.x + place.width, size.width) << name;
            const float bottom = place.y + place.height;
            if (!row) {
                EXPECT_LE(bottom, size.height) << name << " at scale " << size.scale;
            }
            if (row) lowest_row = std::max(lowest_row, place.y);
        }
        EXPECT_GT(lowest_row, 0.0f);
        window.open();
    }
}

}  // namespace
}  // namespace elbow::gui
