#include "engine/core/word_search.h"

#include <gtest/gtest.h>

namespace elbow {
namespace {

TEST(WordSearch, FindsEveryWordInAnyOrderAndCase) {
    const WordSearch search("  mnist  20 ");
    EXPECT_TRUE(search.finds("20 latents\nMNIST"));
    EXPECT_TRUE(search.finds("Fashion-MNIST, 200")) << "a word may be a part of a longer one";
    EXPECT_FALSE(search.finds("MNIST, 2 latents"));
}

TEST(WordSearch, FindsEverythingWhereNothingIsTyped) {
    for (const char* typed : {"", "  ", "\t"}) {
        EXPECT_TRUE(WordSearch(typed).empty());
        EXPECT_TRUE(WordSearch(typed).finds(""));
    }
}

TEST(InSmallLetters, LeavesWhatIsNotAscii) {
    EXPECT_EQ(in_small_letters("AZ az \u00c4\u00dc-09"), "az az \u00c4\u00dc-09");
}

}  // namespace
}  // namespace elbow
