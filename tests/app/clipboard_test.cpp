// Pictures handed to the program that holds the desktop's clipboard, and taken from it; stand-ins
// for it, as it may be missing, fail or hang.

#include "app/gui/clipboard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/engine/data/idx_files.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using data::Environment;
using ::testing::HasSubstr;
using testing_support::TemporaryFolder;

const std::vector<std::uint8_t> kPng = {0x89, 'P', 'N', 'G', 0, 255, 10, 13};

class ClipboardTest : public testing::Test {
  protected:
    void install(const std::string& name, const std::string& script) {
        std::ofstream(folder_ / name) << "#!/bin/sh\n" << script << "\n";
        fs::permissions(folder_ / name, fs::perms::owner_all);
    }
    std::string refusal(double patience_s = 10.0) {
        try {
            copy_png_to_clipboard(
                kPng, [] {}, patience_s);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }
    std::string quoted(const char* name) const { return "'" + (folder_ / name).string() + "'"; }

    TemporaryFolder folder_;
    // Of the programs only those of this folder; `cat` and `sleep` by their whole names.
    Environment path_{"PATH", folder_.path().string()};
    Environment wayland_{"WAYLAND_DISPLAY", "wayland-test"};
    Environment x11_{"DISPLAY", ":test"};
};

TEST_F(ClipboardTest, TheProgramOfTheDesktopGetsThePicture) {
    install("wl-copy", "echo \"$@\" > " + quoted("arguments") + "; /bin/cat > " + quoted("got"));
    install("xclip", "exit 1");
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(read_file(folder_ / "got"), kPng);
    EXPECT_EQ(read_text_file(folder_ / "arguments"), "--type image/png\n");
}

TEST_F(ClipboardTest, OnX11ItIsXclip) {
    const Environment none("WAYLAND_DISPLAY", "");
    install("wl-copy", "exit 1");
    install("xclip", "echo \"$@\" > " + quoted("arguments") + "; /bin/cat > " + quoted("got"));
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(read_file(folder_ / "got"), kPng);
    EXPECT_THAT(read_text_file(folder_ / "arguments"), HasSubstr("-selection clipboard"));
}

TEST_F(ClipboardTest, AProgramThatStaysBehindIsNotWaitedFor) {
    install("wl-copy", "/bin/cat > " + quoted("got") + "; /bin/sleep 30 &");
    EXPECT_EQ(refusal(25.0), "");
    EXPECT_EQ(read_file(folder_ / "got"), kPng);
}

TEST_F(ClipboardTest, WhereNoneIsInstalledThePackageIsNamed) {
    EXPECT_THAT(refusal(), HasSubstr("sudo apt install wl-clipboard"));
    const Environment none("WAYLAND_DISPLAY", "");
    EXPECT_THAT(refusal(), HasSubstr("sudo apt install xclip"));
    const Environment neither("DISPLAY", "");
    EXPECT_THAT(refusal(), HasSubstr("no desktop"));
}

TEST_F(ClipboardTest, AFailureIsToldInItsWords) {
    install("wl-copy", "echo 'cannot reach the compositor' >&2; exit 3");
    EXPECT_THAT(refusal(), HasSubstr("wl-copy failed: cannot reach the compositor."));
}

TEST_F(ClipboardTest, AProgramThatHangsIsStopped) {
    install("wl-copy", "exec /bin/sleep 600");
    EXPECT_THAT(refusal(0.2), HasSubstr("did not answer"));
    EXPECT_THROW(copy_png_to_clipboard(kPng, [] { throw std::runtime_error("stop"); }),
                 std::runtime_error);
}

// What a paste says; the words of what was refused.
std::string pasting(const std::function<void(const PastedPicture&)>& look = {},
                    double patience_s = 10.0) {
    try {
        const PastedPicture pasted = paste_picture([] {}, patience_s);
        if (look) look(pasted);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST_F(ClipboardTest, APictureIsPastedInTheBestTypeThatIsOffered) {
    install("wl-paste",
            "case \"$*\" in\n"
            "--list-types) printf 'text/plain\\nimage/jpeg\\nimage/png\\n';;\n"
            "'--no-newline --type image/png') printf 'bytes\\000of a PNG';;\n"
            "*) exit 7;;\nesac");
    EXPECT_EQ(pasting([](const PastedPicture& pasted) {
                  EXPECT_EQ(pasted.bytes.size(), 14u);
                  EXPECT_EQ(pasted.bytes[5], 0);
                  EXPECT_TRUE(pasted.file.empty());
              }),
              "");
}

TEST_F(ClipboardTest, MoreIsPastedThanAProgramUsuallySays) {
    install("wl-paste",
            "case \"$1\" in --list-types) echo image/png;; *) exec /usr/bin/head -c 3000000 "
            "/dev/zero;; esac");
    EXPECT_EQ(
        pasting([](const PastedPicture& pasted) { EXPECT_EQ(pasted.bytes.size(), 3000000u); }), "");
}

TEST_F(ClipboardTest, OnX11AFileOfAFileManagerIsPasted) {
    const Environment none("WAYLAND_DISPLAY", "");
    install("xclip",
            "case \"$*\" in\n"
            "'-selection clipboard -o -t TARGETS') printf 'TARGETS\\ntext/uri-list\\n';;\n"
            "*) printf 'file:///home/cat%%20one.png\\r\\nfile:///home/two.png\\r\\n';;\nesac");
    EXPECT_EQ(pasting([](const PastedPicture& pasted) {
                  EXPECT_EQ(pasted.file, fs::path("/home/cat one.png"));
              }),
              "");
}

TEST_F(ClipboardTest, WhatIsNoPictureIsRefusedInWords) {
    install("wl-paste", "echo 'UTF8_STRING'; echo text/plain");
    EXPECT_THAT(pasting(), HasSubstr("found text"));
    install("wl-paste", "echo application/x-color");
    EXPECT_THAT(pasting(), HasSubstr("application/x-color"));
    install("wl-paste", "echo 'Nothing is copied' >&2; exit 1");
    EXPECT_THAT(pasting(), HasSubstr("which is empty"));
    install("wl-paste",
            "case \"$1\" in --list-types) echo image/png;; *) echo 'gone' >&2; exit 1;; esac");
    EXPECT_THAT(pasting(), HasSubstr("wl-paste failed: gone."));
    install("wl-paste", "exec /bin/sleep 600");
    EXPECT_THAT(pasting({}, 0.2), HasSubstr("did not answer"));
}

TEST_F(ClipboardTest, WhereNothingPastesThePackageIsNamed) {
    EXPECT_THAT(pasting(), HasSubstr("sudo apt install wl-clipboard"));
    EXPECT_THAT(pasting(), HasSubstr("drop the picture's file"));
}

}  // namespace
}  // namespace elbow::gui
