#include "app/gui/window_words.h"

#include <gtest/gtest.h>

namespace elbow::gui {
namespace {

TEST(WindowWords, OptionsAreCalledByTheirTitles) {
    EXPECT_EQ(in_window_words("--batch: expected at most 10, found 20. Use --gradients fused."),
              "Minibatch M: expected at most 10, found 20. Use Gradients fused.");
    EXPECT_EQ(in_window_words("Use --train-images"), "Use Training images");
}

TEST(WindowWords, AllElseStaysAsItIs) {
    for (const char* text : {"", "no flag", "a - b -- c", "--data-dir", "--", "(--latent-space)",
                             "runs/my--seeds", "runs/my--seed"}) {
        EXPECT_EQ(in_window_words(text), text);
    }
}

}  // namespace
}  // namespace elbow::gui
