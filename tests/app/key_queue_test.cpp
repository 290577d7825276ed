#include "app/gui/key_queue.h"

#include <gtest/gtest.h>

#include <string>

#define GLFW_INCLUDE_NONE
#include "GLFW/glfw3.h"

namespace elbow::gui {
namespace {

constexpr int kControl = GLFW_KEY_LEFT_CONTROL;

// Scancodes are as good as the keys themselves here.
void tap(KeyQueue& keys, int key) {
    keys.press(key, key);
    keys.release(key, key);
}

TEST(KeyByName, AKeyIsTheLetterThatItTypes) {
    EXPECT_EQ(key_by_name(GLFW_KEY_Y, "z"), GLFW_KEY_Z) << "a German keyboard";
    EXPECT_EQ(key_by_name(GLFW_KEY_Z, "y"), GLFW_KEY_Y);
    EXPECT_EQ(key_by_name(GLFW_KEY_Q, "a"), GLFW_KEY_A) << "a French keyboard";
    EXPECT_EQ(key_by_name(GLFW_KEY_SEMICOLON, "m"), GLFW_KEY_M);
    EXPECT_EQ(key_by_name(GLFW_KEY_M, ","), GLFW_KEY_COMMA);
    EXPECT_EQ(key_by_name(GLFW_KEY_S, "s"), GLFW_KEY_S);
}

TEST(KeyByName, AKeyWithoutALatinLetterIsWhereItIs) {
    EXPECT_EQ(key_by_name(GLFW_KEY_Z, "\u044F"), GLFW_KEY_Z) << "a Russian keyboard";
    EXPECT_EQ(key_by_name(GLFW_KEY_S, nullptr), GLFW_KEY_S);
    EXPECT_EQ(key_by_name(GLFW_KEY_SPACE, ""), GLFW_KEY_SPACE);
    EXPECT_EQ(key_by_name(GLFW_KEY_ESCAPE, nullptr), GLFW_KEY_ESCAPE);
    EXPECT_EQ(key_by_name(GLFW_KEY_KP_5, "5"), GLFW_KEY_KP_5);
}

TEST(KeyQueue, ATapBetweenTwoFramesIsDownForOne) {
    KeyQueue keys;
    tap(keys, GLFW_KEY_S);
    EXPECT_FALSE(keys.advance()) << "the release is left";
    EXPECT_TRUE(keys.is_down(GLFW_KEY_S));
    EXPECT_TRUE(keys.advance());
    EXPECT_FALSE(keys.is_down(GLFW_KEY_S));
}

TEST(KeyQueue, LettersAndKeysComeInTheOrderInWhichTheyWerePressed) {
    KeyQueue keys;
    keys.press(GLFW_KEY_A, 1);
    keys.type(U'a');
    keys.release(GLFW_KEY_A, 1);
    keys.press(GLFW_KEY_BACKSPACE, 2);
    keys.release(GLFW_KEY_BACKSPACE, 2);
    keys.press(GLFW_KEY_B, 3);
    keys.type(U'b');
    std::string order;
    bool all = false;
    for (int frame = 0; frame < 20 && !all; ++frame) {
        all = keys.advance();
        if (keys.is_down(GLFW_KEY_BACKSPACE)) order += '<';
        for (const char32_t letter : keys.typed()) order += static_cast<char>(letter);
    }
    EXPECT_EQ(order, "a<b");
    EXPECT_TRUE(all);
}

TEST(KeyQueue, EveryTapIsSeen) {
    KeyQueue keys;
    for (int i = 0; i < 5; ++i) tap(keys, GLFW_KEY_S);
    int presses = 0;
    bool before = false, all = false;
    for (int frame = 0; frame < 50 && !all; ++frame) {
        all = keys.advance();
        presses += keys.is_down(GLFW_KEY_S) && !before ? 1 : 0;
        before = keys.is_down(GLFW_KEY_S);
    }
    EXPECT_EQ(presses, 5);
    EXPECT_TRUE(all);
}

TEST(KeyQueue, AKeyThatIsHeldStaysDown) {
    KeyQueue keys;
    keys.press(GLFW_KEY_S, 1);
    for (int frame = 0; frame < 3; ++frame) {
        EXPECT_TRUE(keys.advance());
        EXPECT_TRUE(keys.is_down(GLFW_KEY_S));
    }
    keys.release(GLFW_KEY_S, 1);
    EXPECT_TRUE(keys.advance());
    EXPECT_FALSE(keys.is_down(GLFW_KEY_S));
}

TEST(KeyQueue, APressHasTheModifiersThatItWasPressedWith) {
    KeyQueue keys;
    keys.press(kControl, kControl);
    tap(keys, GLFW_KEY_Z);
    keys.release(kControl, kControl);
    tap(keys, GLFW_KEY_S);
    keys.press(kControl, kControl);
    std::string seen;
    bool z = false, s = false;
    for (bool all = false; !all;) {
        all = keys.advance();
        const char* control = keys.is_down(kControl) ? "ctrl+" : "";
        if (keys.is_down(GLFW_KEY_Z) && !z) seen += std::string(control) + "z ";
        if (keys.is_down(GLFW_KEY_S) && !s) seen += std::string(control) + "s ";
        z = keys.is_down(GLFW_KEY_Z);
        s = keys.is_down(GLFW_KEY_S);
    }
    EXPECT_EQ(seen, "ctrl+z s ");
    EXPECT_TRUE(keys.is_down(kControl));
}

TEST(KeyQueue, AReleaseEndsThePressOfItsKeyWhateverTheLayoutIsByThen) {
    KeyQueue keys;
    keys.press(GLFW_KEY_Z, 29);
    keys.advance();
    keys.release(GLFW_KEY_Y, 29);
    keys.advance();
    EXPECT_FALSE(keys.is_down(GLFW_KEY_Z));
    EXPECT_FALSE(keys.is_down(GLFW_KEY_Y));
}

TEST(KeyQueue, CodesThatImGuiHasNoRoomForAreLeftOut) {
    KeyQueue keys;
    keys.press(-1, 7);
    keys.press(KeyQueue::kKeys, 8);
    EXPECT_TRUE(keys.advance());
    EXPECT_FALSE(keys.is_down(-1));
    EXPECT_FALSE(keys.is_down(KeyQueue::kKeys));
}

}  // namespace
}  // namespace elbow::gui
