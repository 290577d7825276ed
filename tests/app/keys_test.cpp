// Keys, toasts, small controls and colours, in whole ImGui frames without a window.

#include "app/gui/keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "app/gui/theme.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/toasts.h"
#include "tests/app/imgui_frame.h"
#if IMGUI_VERSION_NUM < 18700
#define GLFW_INCLUDE_NONE
#include "GLFW/glfw3.h"
#endif

namespace elbow::gui {
namespace {

void hold_key_r(bool down, bool control) {
    ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
    io.AddKeyEvent(ImGuiKey_R, down);
    io.AddKeyEvent(ImGuiMod_Ctrl, control);
#else
    io.KeysDown[GLFW_KEY_R] = down;
    io.KeyCtrl = control;
#endif
}

TEST(Keys, APressCountsOnceAndOnlyWithItsModifiers) {
    NullFrames imgui;
    imgui.frame([] { EXPECT_FALSE(pressed(Key::kR)); });
    hold_key_r(true, false);
    imgui.frame([] {
        EXPECT_TRUE(pressed(Key::kR));
        EXPECT_FALSE(pressed(Key::kR, true));
        EXPECT_FALSE(pressed(Key::kR, false, true));
        EXPECT_FALSE(pressed(Key::kS));
    });
    imgui.frame([] { EXPECT_FALSE(pressed(Key::kR)); });
    hold_key_r(false, false);
    imgui.frame([] {});
    hold_key_r(true, true);
    imgui.frame([] {
        EXPECT_FALSE(pressed(Key::kR));
        EXPECT_TRUE(pressed(Key::kR, true));
    });
}

TEST(Keys, TheQuestionMarkIsFoundOnEveryKeyboard) {
    NullFrames imgui;
    imgui.frame([] {});
    ImGui::GetIO().AddInputCharacter('?');
    imgui.frame([] { EXPECT_TRUE(pressed(Key::kQuestion)); });
    imgui.frame([] { EXPECT_FALSE(pressed(Key::kQuestion)); });
}

TEST(Toasts, GoByThemselvesUnlessTheyTellOfAnError) {
    NullFrames imgui;
    const Theme theme = make_theme(true, {});
    Toasts toasts;
    toasts.add(ToastKind::kGood, "Saved.");
    toasts.add(ToastKind::kError, "The disk is full.");
    const auto draw_at = [&](double now_s) {
        imgui.frame([&] { toasts.draw(theme, 1.0f, now_s); });
    };
    draw_at(1.0);
    draw_at(1.1);
    EXPECT_EQ(toasts.newest(), "The disk is full.");
    EXPECT_GT(toasts.newest_max().x, toasts.newest_min().x);
    draw_at(60.0);
    draw_at(120.0);
    EXPECT_FALSE(toasts.empty()) << "the error is still there";
    const float x = (toasts.newest_min().x + toasts.newest_max().x) / 2;
    const float y = (toasts.newest_min().y + toasts.newest_max().y) / 2;
    imgui.mouse(x, y, false);
    draw_at(121.0);
    imgui.mouse(x, y, true);
    draw_at(121.1);
    draw_at(121.2);
    EXPECT_TRUE(toasts.empty()) << "clicked away";
}

TEST(Toasts, SayTheSameThingOnceAndGoWhenToldTo) {
    NullFrames imgui;
    const Theme theme = make_theme(true, {});
    Toasts toasts;
    float height = 0.0f;
    for (int i = 0; i < 3; ++i) {
        toasts.add(ToastKind::kError, "The disk is full.");
        imgui.frame([&] { toasts.draw(theme, 1.0f, i); });
        imgui.frame([&] { toasts.draw(theme, 1.0f, i); });
        if (i == 0) height = toasts.newest_max().y;
        EXPECT_EQ(toasts.newest_max().y, height) << "nothing lies below it";
    }
    EXPECT_FALSE(toasts.empty());
    toasts.dismiss();
    EXPECT_TRUE(toasts.empty());
}

TEST(Controls, NumbersAreShortAndSayWhatTheyMean) {
    EXPECT_EQ(short_count(0), "0");
    EXPECT_EQ(short_count(999), "999");
    EXPECT_EQ(short_count(1234), "1.23 k");
    EXPECT_EQ(short_count(9999), "10.0 k");
    EXPECT_EQ(short_count(1234567), "1.23 M");
    EXPECT_EQ(short_count(999999), "1.00 M");
    EXPECT_EQ(short_count(0.00123), "1.2e-3");
    EXPECT_EQ(short_count(0.5), "0.50");
    EXPECT_EQ(nats(-104.368), "-104.37");
    EXPECT_EQ(nats(std::nan("")), "\u2013");
}

// OKLab (Ottosson 2020) from sRGB bytes, through a matrix in linear RGB that simulates a kind of
// sight.
using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

Vector times(const Matrix& matrix, const Vector& v) {
    Vector product{};
    for (std::size_t i = 0; i < 3; ++i) {
        product[i] = matrix[i][0] * v[0] + matrix[i][1] * v[1] + matrix[i][2] * v[2];
    }
    return product;
}

Vector oklab(ImU32 colour, const Matrix& sight) {
    const auto linear = [](ImU32 byte) {
        const double c = (byte & 0xFF) / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    Vector rgb =
        times(sight, {linear(colour >> IM_COL32_R_SHIFT), linear(colour >> IM_COL32_G_SHIFT),
                      linear(colour >> IM_COL32_B_SHIFT)});
    for (double& c : rgb) c = std::clamp(c, 0.0, 1.0);
    Vector lms = times({{{0.4122214708, 0.5363325363, 0.0514459929},
                         {0.2119034982, 0.6806995451, 0.1073969566},
                         {0.0883024619, 0.2817188376, 0.6299787005}}},
                       rgb);
    for (double& c : lms) c = std::cbrt(c);
    return times({{{0.2104542553, 0.7936177850, -0.0040720468},
                   {1.9779984951, -2.4285922050, 0.4505937099},
                   {0.0259040371, 0.7827717662, -0.8086757660}}},
                 lms);
}

double smallest_distance(std::span<const ImU32> colours, const Matrix& sight) {
    double smallest = 9.0;
    for (std::size_t i = 0; i < colours.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const Vector a = oklab(colours[i], sight), b = oklab(colours[j], sight);
            smallest = std::min(smallest, std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
        }
    }
    return smallest;
}

// Machado, Oliveira and Fernandes 2009, full severity.
constexpr Matrix kNormal = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix kProtanopia = {{{0.152286, 1.052583, -0.204868},
                                 {0.114503, 0.786281, 0.099216},
                                 {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix kDeuteranopia = {{{0.367322, 0.860646, -0.227968},
                                   {0.280085, 0.672501, 0.047413},
                                   {-0.011820, 0.042940, 0.968881}}};

TEST(Theme, LabelColoursStayApartForEveryKindOfSight) {
    for (const bool dark : {true, false}) {
        const Theme theme = make_theme(dark, {});
        EXPECT_GT(smallest_distance(theme.labels, kNormal), 0.15);
        EXPECT_GT(smallest_distance(theme.labels, kProtanopia), 0.11);
        EXPECT_GT(smallest_distance(theme.labels, kDeuteranopia), 0.11);
    }
}

TEST(Theme, TheRunsOfARaceTheEndsOfThePathAndTheDotStayApartForEveryKindOfSight) {
    for (const bool dark : {true, false}) {
        const Theme theme = make_theme(dark, {});
        const std::array<ImU32, 5> colours{theme.race_first, theme.race_second, theme.handle_a,
                                           theme.handle_b, theme.cursor};
        for (const Matrix& sight : {kNormal, kProtanopia, kDeuteranopia})
            EXPECT_GT(smallest_distance(colours, sight), 0.15) << dark;
    }
}

bool has_glyph(ImFont* font, int code) {
#if IMGUI_VERSION_NUM >= 19200
    return font->IsGlyphInFont(static_cast<ImWchar>(code));
#else
    return font->FindGlyphNoFallback(static_cast<ImWchar>(code)) != nullptr;
#endif
}

TEST(Theme, FontsHaveTheSignsOfTheFormulas) {
    NullFrames imgui;
    const Fonts fonts = load_fonts(1.0f);
    imgui.frame([] {});
    ASSERT_NE(fonts.text, nullptr);
    ASSERT_NE(fonts.title, nullptr);
    ASSERT_NE(fonts.large, nullptr);
    ASSERT_NE(fonts.mono, nullptr);
    ASSERT_TRUE(has_glyph(fonts.text, 0x3BC)) << "scripts/setup installs Inter";
    // mu sigma epsilon theta phi, times, minus, squared, middle dot, ellipsis, en dash, arrow
    for (const int sign :
         {0x3BC, 0x3C3, 0x3B5, 0x3B8, 0x3C6, 0xD7, 0x2212, 0xB2, 0xB7, 0x2026, 0x2013, 0x2192}) {
        EXPECT_TRUE(has_glyph(fonts.text, sign)) << sign;
    }
}

TEST(Theme, AlphaReplacesAlphaAlone) {
    EXPECT_EQ(with_alpha(IM_COL32(1, 2, 3, 255), 0.5f), IM_COL32(1, 2, 3, 128));
    EXPECT_EQ(with_alpha(IM_COL32(1, 2, 3, 0), 7.0f), IM_COL32(1, 2, 3, 255));
}

}  // namespace
}  // namespace elbow::gui
