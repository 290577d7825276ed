// Where the widgets are, as a test reads it from a file.

#include "app/gui/layout_log.h"

#include <gtest/gtest.h>

#include "engine/core/file.h"
#include "engine/core/json.h"

namespace elbow::gui {
namespace {

TEST(LayoutLog, WritesTheMarkedRectanglesAsJsonAndForgetsThem) {
    const std::filesystem::path file =
        std::filesystem::path(testing::TempDir()) / "elbow-layout-log.json";
    std::filesystem::remove(file);
    LayoutLog log(file);
    log.mark("map", ImVec2(10, 20), ImVec2(110, 70), "a \"value\"");
    log.end_frame(0.0);
    const auto read = [&] { return parse_json(read_text_file(file)).value(); };
    EXPECT_EQ(read().at("map").at("x").number(), 10.0);
    EXPECT_EQ(read().at("map").at("height").number(), 50.0);
    EXPECT_EQ(read().at("map").at("value").string(), "a \"value\"");
    log.mark("other", ImVec2(0, 0), ImVec2(1, 1));
    log.end_frame(0.02);
    EXPECT_TRUE(read().contains("map")) << "not more than ten times a second";
    log.mark("other", ImVec2(0, 0), ImVec2(1, 1));
    log.end_frame(0.5);
    EXPECT_FALSE(read().contains("map"));
    EXPECT_TRUE(read().contains("other"));
    std::filesystem::remove(file);
}

TEST(LayoutLog, WithoutAFileDoesNothing) {
    LayoutLog log;
    EXPECT_FALSE(log.enabled());
    log.mark("map", ImVec2(0, 0), ImVec2(1, 1));
    log.end_frame(0.0);
}

}  // namespace
}  // namespace elbow::gui
