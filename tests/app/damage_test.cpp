// Which parts of the window are drawn anew: never fewer than have changed, and few where little
// has.

#include "app/gui/damage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/gui/clipped_draw_data.h"
#include "tests/app/imgui_frame.h"

namespace elbow::gui {
namespace {

constexpr ImU32 kGrey = IM_COL32(40, 40, 40, 255);
constexpr PixelRect kAll{0, 0, 640, 480};

// What is drawn are rectangles of a picture of its own.
class DamageTest : public testing::Test {
  protected:
    void SetUp() override {
        frames_.frame([] {});  // the letters' texture is made with the first one
    }
    struct Square {
        float x, y, side;
        ImU32 colour = kGrey;
    };
    std::vector<PixelRect> draw(const std::vector<Square>& squares) {
        list_._ResetForNewFrame();
        list_.PushClipRect({0, 0}, {640, 480});
        for (const Square& s : squares)
            list_.AddRectFilled({s.x, s.y}, {s.x + s.side, s.y + s.side}, s.colour);
        return damage_.since_last(data(), grounds_,
                                  [this](ImTextureID /*id*/) { return changes_; });
    }
    ImDrawData data() {
        ImDrawData made;
        made.Valid = true;
        made.DisplaySize = {640, 480};
        made.FramebufferScale = {1, 1};
        pointers_[0] = &list_;
        made.CmdListsCount = 1;
#if IMGUI_VERSION_NUM >= 18980
        made.CmdLists.push_back(&list_);
#else
        made.CmdLists = pointers_;
#endif
        made.TotalVtxCount = list_.VtxBuffer.Size;
        made.TotalIdxCount = list_.IdxBuffer.Size;
        return made;
    }
    static bool covers(const std::vector<PixelRect>& rects, const PixelRect& area) {
        for (int y = area.top; y < area.bottom; ++y) {
            for (int x = area.left; x < area.right; ++x) {
                const bool covered = std::any_of(rects.begin(), rects.end(), [&](const auto& r) {
                    return x >= r.left && x < r.right && y >= r.top && y < r.bottom;
                });
                if (!covered) return false;
            }
        }
        return true;
    }
    static long area_of(const std::vector<PixelRect>& rects) {
        long area = 0;
        for (const PixelRect& r : rects) area += long{r.right - r.left} * (r.bottom - r.top);
        return area;
    }

    NullFrames frames_{640, 480};
    ImDrawList list_{ImGui::GetDrawListSharedData()};
    ImDrawList* pointers_[1] = {};
    std::vector<Ground> grounds_{{kAll, kGrey}};
    std::uint64_t changes_ = 0;
    Damage damage_;
};

TEST_F(DamageTest, IsAllAtFirstAndNothingWhereNothingChanges) {
    EXPECT_EQ(draw({{10, 10, 50}}), std::vector<PixelRect>{kAll});
    EXPECT_TRUE(draw({{10, 10, 50}}).empty());
    damage_.forget();
    EXPECT_EQ(draw({{10, 10, 50}}), std::vector<PixelRect>{kAll});
}

TEST_F(DamageTest, IsWhereAThingWasAndWhereItIs) {
    draw({{0, 0, 600}, {100, 100, 20, IM_COL32_WHITE}});
    const auto rects = draw({{0, 0, 600}, {400, 300, 20, IM_COL32_WHITE}});
    EXPECT_TRUE(covers(rects, {100, 100, 120, 120}));
    EXPECT_TRUE(covers(rects, {400, 300, 420, 320}));
    EXPECT_LT(area_of(rects), 640 * 480 / 20);
}

TEST_F(DamageTest, IsWhereAColourOrTheOrderOfTwoChanges) {
    draw({{100, 100, 20, IM_COL32_WHITE}, {110, 110, 20, IM_COL32_BLACK}});
    EXPECT_TRUE(covers(draw({{110, 110, 20, IM_COL32_BLACK}, {100, 100, 20, IM_COL32_WHITE}}),
                       {110, 110, 120, 120}));
    EXPECT_TRUE(covers(draw({{110, 110, 20, IM_COL32_BLACK}, {100, 100, 20, kGrey}}),
                       {100, 100, 120, 120}));
}

TEST_F(DamageTest, IsWhereATextureOrAGroundChanges) {
    draw({{100, 100, 20}});
    ++changes_;
    const auto rects = draw({{100, 100, 20}});
    EXPECT_TRUE(covers(rects, {100, 100, 120, 120}));
    EXPECT_LT(area_of(rects), 100 * 100);
    grounds_.push_back({{300, 200, 350, 250}, IM_COL32_WHITE});
    EXPECT_TRUE(covers(draw({{100, 100, 20}}), {300, 200, 350, 250}));
}

TEST_F(DamageTest, OfManyPlacesIsStillAFewRectangles) {
    std::vector<Square> many;
    many.reserve(40);
    for (int i = 0; i < 40; ++i)
        many.push_back({static_cast<float>(37 * i % 600), static_cast<float>(83 * i % 440), 5});
    draw(many);
    for (Square& square : many) square.colour = IM_COL32_WHITE;
    const auto rects = draw(many);
    EXPECT_LE(rects.size(), 6U);
    for (const Square& s : many) {
        const int x = static_cast<int>(s.x), y = static_cast<int>(s.y);
        EXPECT_TRUE(covers(rects, {x, y, x + 5, y + 5}));
    }
}

TEST_F(DamageTest, ClippedDataDrawsNothingOutsideAndLeavesTheListsAsTheyWere) {
    draw({{100, 100, 20}});
    const ImVec4 before = list_.CmdBuffer[0].ClipRect;
    const ImDrawData whole = data();
    {
        ClippedDrawData clipped(whole, {96, 96, 128, 128});
        EXPECT_EQ(clipped.data()->CmdListsCount, 1);
        const ImVec4 clip = list_.CmdBuffer[0].ClipRect;
        EXPECT_EQ(clip.x, 96.0f);
        EXPECT_EQ(clip.w, 128.0f);
    }
    EXPECT_EQ(list_.CmdBuffer[0].ClipRect.z, before.z);
    list_.CmdBuffer[0].ClipRect = {0, 0, 50, 50};
    ClippedDrawData elsewhere(whole, {96, 96, 128, 128});
    EXPECT_EQ(elsewhere.data()->CmdListsCount, 0);
}

}  // namespace
}  // namespace elbow::gui
