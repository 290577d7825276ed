#include "engine/core/path_text.h"

#include <gtest/gtest.h>

#include "engine/core/text.h"

namespace elbow {
namespace {

TEST(ShellWord, IsOneWordForAShell) {
    EXPECT_EQ(shell_word("/tmp/runs/mnist-2"), "/tmp/runs/mnist-2");
    EXPECT_EQ(shell_word("my run"), "'my run'");
    EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
    EXPECT_EQ(shell_word("caf\xC3\xA9"), "'caf\xC3\xA9'");
    EXPECT_EQ(shell_word("it's caf\xE9"), "$'it\\'s caf\\xE9'");
    for (const char* text : {"$HOME", "a;b", "a&b", "~", "*", "(x)", "a\nb", "`x`", "\"", ""})
        EXPECT_TRUE(shell_word(text).ends_with("'")) << text;
}

TEST(PathText, IsThePathWhereThatIsUtf8) {
    for (const char* path : {"", "runs/mnist-2", "/tmp/caf\xC3\xA9", "~/pictures", "/100%/%41"}) {
        EXPECT_EQ(text_of_path(path), path);
        EXPECT_EQ(path_of_text(path), path);
    }
}

TEST(PathText, LosesNoByteOfAnyPath) {
    std::string every = "/";
    for (int byte = 1; byte < 256; ++byte) {
        if (byte != '/') every += static_cast<char>(byte);
    }
    for (const std::string& path : {every, std::string("/tmp/caf\xE9/%41"), std::string("caf\xE9"),
                                    std::string("\xFF"), std::string("file:///tmp/x")}) {
        const std::string text = text_of_path(path);
        EXPECT_TRUE(is_utf8(text)) << text;
        EXPECT_EQ(path_of_text(text), path);
    }
    EXPECT_EQ(text_of_path("/tmp/caf\xE9"), "file:///tmp/caf%E9");
}

TEST(PathText, ReadsWhatIsNoWholeEscapeAsItStands) {
    EXPECT_EQ(path_of_text("file:///a%"), "/a%");
    EXPECT_EQ(path_of_text("file:///a%4"), "/a%4");
    EXPECT_EQ(path_of_text("file:///a%4x"), "/a%4x");
    EXPECT_EQ(path_of_text("file:///a%41%e9"), "/aA\xE9");
}

}  // namespace
}  // namespace elbow
