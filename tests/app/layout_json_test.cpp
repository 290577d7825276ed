// A layout in the window's settings: it comes back as it was, and of a damaged one comes what can
// be kept.

#include "app/gui/layout_json.h"

#include <gtest/gtest.h>

#include "tests/app/sample_layouts.h"

namespace elbow::gui {
namespace {

std::string kept_of(const std::string& text) {
    const auto json = parse_json(text);
    return json ? text_of_layout(layout_of_json(*json)) : "not JSON";
}

TEST(LayoutJson, ComesBackAsItWasWritten) {
    Layout layout = sample_layout();
    for (const char* panel : {"controls", "prior", "inspector"}) {
        EXPECT_TRUE(layout_of_json(layout_json(layout)) == layout);
        move_panel(layout, panel, {{"curves"}, {}, {}, {}});
    }
    bring_to_front(layout, "prior");
    const std::string text = json_text(layout_json(layout), 2);
    const auto json = parse_json(text);
    ASSERT_TRUE(json.has_value());
    EXPECT_TRUE(layout_of_json(*json) == layout);
    EXPECT_TRUE(layout_of_json(layout_json({})).empty());
}

// JSON that is nested more than sixteen levels deep is refused as a whole.
TEST(LayoutJson, CanBeReadHoweverDeepTheTreeIs) {
    Layout layout = tab_group({"first"});
    for (int i = 0; i < 40; ++i) {
        const Side side = i % 2 == 0 ? Side::kLeft : Side::kBelow;
        put_panel(layout, "panel" + std::to_string(i), {{"first"}, side, {}, {}});
    }
    const auto json = parse_json(json_text(layout_json(layout)));
    ASSERT_TRUE(json.has_value());
    EXPECT_TRUE(layout_of_json(*json) == layout);
}

TEST(LayoutJson, OfADamagedLayoutComesWhatCanBeKept) {
    EXPECT_EQ(kept_of(R"([{"split": "columns"}, {"tabs": ["a"]}, {"tabs": ["b"]}])"), "(a | b)");
    EXPECT_EQ(kept_of(R"([{"split": "rows", "share": "much"}, {"tabs": ["a"]}, {"tabs": "b"}])"),
              "a");
    EXPECT_EQ(kept_of(R"([{"split": "rows"}, {"split": "columns"}, {"tabs": ["a", 7, "b", ""]}])"),
              "a*,b");
    EXPECT_EQ(kept_of(R"([{"split": 3}, null, {"tabs": ["a", "a"], "front": "z"}, 5])"), "a");
    EXPECT_EQ(kept_of(R"([{"split": "rows"}, {"tabs": ["a", "b"]}, {"tabs": ["b", "a"]}])"),
              "a*,b");
    for (const char* text : {"[]", "{}", "7", "null", R"(["tabs"])", R"([{"split": "rows"}])"})
        EXPECT_EQ(kept_of(text), "") << text;
}

TEST(LayoutJson, ASplitThatNeverEndsIsCutShort) {
    std::string text = "[";
    for (int i = 0; i < 100'000; ++i) text += R"({"split":"rows"},)";
    EXPECT_EQ(kept_of(text + R"({"tabs":["a"]}])"), "");
}

TEST(LayoutJson, FractionsOutOfRangeAreBroughtIntoIt) {
    const auto share = [](const char* text) {
        return layout_of_json(*parse_json(R"([{"split": "rows", "sized": "second", "share": )" +
                                          std::string(text) +
                                          R"(}, {"tabs": ["a"]}, {"tabs": ["b"]}])"))
            .share.fraction;
    };
    EXPECT_EQ(share("0.25"), 0.25f);
    EXPECT_EQ(share("-3"), 0.0f);
    EXPECT_EQ(share("1e300"), 1.0f);
    EXPECT_EQ(share("null"), 0.5f);
}

TEST(LayoutJson, SettingsFromBeforeTheTreeAreTakenOver) {
    const auto of = [](const char* text) { return layout_of_fractions(*parse_json(text)); };
    EXPECT_TRUE(of(R"({"width": 1600})").empty()) << "nothing was moved";
    EXPECT_TRUE(of(R"({"left_width": 0.1899999976158142, "bottom_second": 0.73})").empty());
    const Layout moved = of(R"({"left_width": 0.3, "bottom_second": 0.8, "strip_height": "x"})");
    EXPECT_EQ(text_of_layout(moved), text_of_layout(sample_layout()));
    EXPECT_EQ(moved.share.fraction, 0.3f);
    EXPECT_NEAR(split_before(moved, "prior")->share.fraction, 0.2f, 1e-6f);
    EXPECT_EQ(split_before(moved, "interpolation")->share.fraction, 0.16f);
    EXPECT_EQ(split_before(moved, "curves")->share.fraction, 0.36f);
}

}  // namespace
}  // namespace elbow::gui
