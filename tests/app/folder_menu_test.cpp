#include "app/gui/folder_menu.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "engine/core/file.h"
#include "tests/app/clicked_part.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FolderMenuTest : public ClickedPart {
  protected:
    FolderMenuTest() {
        for (const char* name : {"b##1", "a/inner", "C", ".hidden"})
            fs::create_directories(folder_ / "top" / name);
        write_file_atomically(folder_ / "top" / "file", std::string("no folder"));
    }
    void draw() override {
        ImGui::SetNextWindowPos({0, 0});
        ImGui::Begin("dialog", nullptr, ImGuiWindowFlags_NoDecoration);
        if (const auto taken = menu_.draw(parts_.context, from_)) taken_ = *taken;
        ImGui::End();
    }
    bool shows(const std::string& name) {
        for (int i = 0; i < 400 && !layout().contains(name); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            frame();
        }
        return layout().contains(name);
    }
    void click_when_shown(const std::string& name) {
        ASSERT_TRUE(shows(name)) << name;
        for (int i = 0; i < 3; ++i) frame();  // a window that has just appeared finds its place
        click(name);
    }
    std::string at() const { return layout().at("folders.at").at("value").string(); }

    fs::path from_ = folder_ / "top" / "not" / "there yet";
    FolderMenu menu_;
    fs::path taken_;
};

TEST_F(FolderMenuTest, ListsFoldersAlone) {
    const FolderListing listing = list_folders(folder_ / "top", Progress());
    EXPECT_THAT(listing.names, ElementsAre("a", "b##1", "C"));
    EXPECT_THAT(listing.problem, IsEmpty());
    EXPECT_THAT(list_folders(folder_ / "nowhere", Progress()).problem,
                HasSubstr("nowhere' cannot be read"));
    EXPECT_THAT(list_folders(folder_ / "top" / "file", Progress()).problem,
                HasSubstr("cannot be read"));
}

TEST_F(FolderMenuTest, WalksDownAndUpAndTakesAFolder) {
    frame();
    click_when_shown("folders.open");
    EXPECT_EQ(at(), (folder_ / "top").string()) << "the nearest that is there";
    EXPECT_FALSE(layout().contains("folders.row..hidden"));
    click_when_shown("folders.row.a");
    ASSERT_TRUE(shows("folders.row.inner"));
    EXPECT_EQ(at(), (folder_ / "top" / "a").string());
    click_when_shown("folders.up");
    click_when_shown("folders.row.b##1");
    EXPECT_EQ(taken_, "");
    click_when_shown("folders.take");
    EXPECT_EQ(taken_, folder_ / "top" / "b##1");
    EXPECT_FALSE(layout().contains("folders.take"));
}

}  // namespace
}  // namespace elbow::gui
