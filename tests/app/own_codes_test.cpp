// Codes of a file of one's own on the map, in whole frames.

#include "app/gui/own_codes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gui/own_images/drops.h"
#include "engine/core/file.h"
#include "engine/io/npz.h"
#include "tests/app/whole_window.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CodesOfOnesOwn : public testing::Test {
  protected:
    void SetUp() override {
        window_.begin(test::tiny_config(), test::tiny_dataset());
        ASSERT_TRUE(window_.shows_everything());
    }
    // Codes in a row, of so many latents.
    std::filesystem::path write(const std::string& name, std::int64_t count, std::int64_t latents) {
        std::vector<float> z;
        for (std::int64_t i = 0; i < count * latents; ++i)
            z.push_back(0.1F * static_cast<float>(i));
        io::NpzFile file;
        file.add("mean", {count, latents}, std::span<const float>(z));
        write_file_atomically(folder_.path() / name, file.finish());
        return folder_.path() / name;
    }
    ViewState& view_state() { return window_.runs.in_hand().view_state; }
    std::string on_map() {
        window_.settle();
        const auto found = window_.shown.find("map.codes");
        return found == window_.shown.end() ? "" : found->second.value;
    }

    testing_support::TemporaryFolder folder_;
    WholeWindow window_{1600, 1000, 1.0f};
};

TEST_F(CodesOfOnesOwn, AreKnownByWhatIsInThem) {
    const auto file = write("codes.npz", 5, 2);
    const SortedDrop sorted = sorted_drop({file});
    EXPECT_THAT(sorted.codes, ElementsAre(file));
    EXPECT_TRUE(sorted.images.empty());
}

TEST_F(CodesOfOnesOwn, AreShownUntilTheirNameIsClickedAndUndoBringsThemBack) {
    EXPECT_EQ(on_map(), "");
    view_state().codes = write("codes.npz", 5, 2);
    ASSERT_TRUE(window_.becomes([&] { return window_.shown.contains("map.codes"); }));
    EXPECT_EQ(on_map(), "5");
    EXPECT_THAT(window_.toasts.newest(), HasSubstr("5 codes of 'codes.npz' are on the map"));
    ASSERT_TRUE(window_.click("map.codes.file"));
    EXPECT_EQ(on_map(), "");
    EXPECT_TRUE(view_state().codes.empty());
    ASSERT_TRUE(window_.runs.in_hand().undo.undo(view_state(), window_.settings));
    ASSERT_TRUE(window_.becomes([&] { return window_.shown.contains("map.codes"); }));
}

TEST_F(CodesOfOnesOwn, OfAnotherModelAreRefusedAndThoseBeforeStay) {
    const auto good = write("codes.npz", 5, 2);
    view_state().codes = good;
    ASSERT_TRUE(window_.becomes([&] { return window_.shown.contains("map.codes"); }));
    view_state().codes = write("others.npz", 5, 3);
    ASSERT_TRUE(window_.becomes([&] { return view_state().codes == good; }));
    EXPECT_THAT(window_.toasts.newest(), HasSubstr("this run has 2"));
    EXPECT_EQ(on_map(), "5");
}

TEST_F(CodesOfOnesOwn, GoWithTheModelThatTheyAreOf) {
    view_state().codes = write("codes.npz", 5, 2);
    ASSERT_TRUE(window_.becomes([&] { return window_.shown.contains("map.codes"); }));
    RunConfig config = test::tiny_config();
    config.latents = 3;
    window_.begin(config, test::tiny_dataset());
    ASSERT_TRUE(window_.becomes([&] { return view_state().cursor.size() == 3; }));
    EXPECT_TRUE(view_state().codes.empty());
    EXPECT_EQ(on_map(), "");
}

}  // namespace
}  // namespace elbow::gui
