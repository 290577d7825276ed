// What the window remembers: a round trip, and files that nobody should trust.

#include "app/gui/settings.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "app/gui/upkeep.h"
#include "engine/core/error.h"
#include "engine/core/memory.h"
#include "tests/app/sample_layouts.h"
#include "tests/engine/train/training.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

class SettingsFile : public testing::Test {
  protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::path(testing::TempDir()) /
                  ("elbow-settings-" + std::string(test->name()) + std::to_string(getpid()));
        fs::create_directories(folder_);
        file_ = folder_ / "elbow" / "window.json";
    }
    void TearDown() override { fs::remove_all(folder_); }

    void write(const std::string& text) const {
        fs::create_directories(file_.parent_path());
        std::ofstream(file_) << text;
    }

    fs::path folder_, file_;
};

TEST_F(SettingsFile, ComesBackAsItWasWritten) {
    Settings settings;
    settings.width = 1234;
    settings.height = 777;
    settings.dark = false;
    settings.scale = 1.5f;
    settings.layout = sample_layout();
    move_panel(settings.layout, "prior", {{"curves"}, {}, {}, {}});
    split_before(settings.layout, "map")->share.fraction = 0.25f;
    settings.backdrop = Backdrop::kDensity;
    settings.layers = {{"grid", false}, {"trails", true}};
    settings.point_colour = "kl";
    settings.select_by_box = true;
    settings.link_maps = false;
    settings.curve_axis = CurveAxis::kSeconds;
    settings.curve_log_x = false;
    settings.paper_curves = false;
    settings.export_map_scale = 3;
    settings.export_form = "svg";
    settings.export_print = true;
    settings.export_format = "webp";
    settings.export_frames = 1234;
    settings.export_frames_per_second = 25;
    settings.export_there_and_back = false;
    settings.export_loop = false;
    settings.export_caption = false;
    settings.export_latent = 7;
    settings.export_from_dot = false;
    settings.export_training = "map";
    settings.export_folder = "/some/where \"quoted\" \xC3\xA9";
    settings.hint_seen = true;
    settings.tour_offered = true;
    settings.recent_actions = {"map.fit", "runs.open /runs/a"};
    settings.opened_runs = {"/runs/a", "/runs/caf\xE9"};
    save_settings(file_, settings);
    std::string message = "stale";
    EXPECT_TRUE(load_settings(file_, message) == settings);
    EXPECT_EQ(message, "");
}

TEST_F(SettingsFile, MissingMeansDefaultsWithoutAWord) {
    std::string message;
    EXPECT_TRUE(load_settings(file_, message) == Settings{});
    EXPECT_EQ(message, "");
}

TEST_F(SettingsFile, CorruptMeansDefaultsAndAMessageThatNamesTheFile) {
    for (const char* text : {"", "{\"width\": 12", "[1, 2]", "\x01\x02\x03"}) {
        write(text);
        std::string message;
        EXPECT_TRUE(load_settings(file_, message) == Settings{}) << text;
        EXPECT_NE(message.find(file_.string()), std::string::npos) << text;
    }
}

// Each would be waited for, or read, for ever, with no window to be seen.
TEST_F(SettingsFile, ThatIsNoFileOrTooLargeIsLeftOutWithAMessage) {
    const auto refusal = [&] {
        std::string message;
        EXPECT_TRUE(load_settings(file_, message) == Settings{});
        EXPECT_NE(message.find(file_.string()), std::string::npos);
        fs::remove_all(file_);
        return message;
    };
    fs::create_directories(file_.parent_path());
    ASSERT_EQ(mkfifo(file_.c_str(), 0600), 0);
    EXPECT_THROW(save_settings(file_, Settings{}), Error) << "nor is it written for ever";
    EXPECT_NE(refusal().find("it is a pipe"), std::string::npos);
    fs::create_symlink("/dev/zero", file_);
    EXPECT_NE(refusal().find("it is a device"), std::string::npos);
    fs::create_directory(file_);
    EXPECT_NE(refusal().find("it is a folder"), std::string::npos);
    write("");
    fs::resize_file(file_, std::uint64_t{1} << 40);
    EXPECT_NE(refusal().find("at most"), std::string::npos);
    write(std::string(500'000, '['));
    EXPECT_NE(refusal().find("JSON"), std::string::npos);
}

TEST_F(SettingsFile, KeepsAnExportFolderOfAnyBytes) {
    for (const char* folder : {"/tmp/caf\xE9", "~/pictures", "/tmp/caf\xC3\xA9", "relative"}) {
        Settings settings;
        settings.export_folder = folder;
        save_settings(file_, settings);
        std::string message;
        EXPECT_EQ(load_settings(file_, message).export_folder, folder);
        EXPECT_EQ(message, "");
    }
}

TEST_F(SettingsFile, WrongKindsAndAbsurdNumbersDoNoHarm) {
    write(
        R"({"width": 1e300, "height": "tall", "dark": 7, "left_width": -4, "backdrop": "circus",
            "curve_axis": 3, "export_grid": -1, "scale": 99, "future_option": {}})");
    std::string message;
    const Settings settings = load_settings(file_, message);
    EXPECT_EQ(message, "");
    EXPECT_EQ(settings.width, 16384);
    EXPECT_EQ(settings.height, Settings{}.height);
    EXPECT_EQ(settings.dark, Settings{}.dark);
    EXPECT_EQ(settings.layout.share.fraction, 0.0f);
    EXPECT_EQ(settings.backdrop, Settings{}.backdrop);
    EXPECT_EQ(settings.curve_axis, Settings{}.curve_axis);
    EXPECT_EQ(settings.export_grid, 1);
    EXPECT_EQ(settings.scale, 4.0f);
}

TEST_F(SettingsFile, FromBeforeTheLayoutWasATreeKeepTheirSplitters) {
    write(R"({"width": 1234, "left_width": 0.3, "right_width": 0.2199999988079071})");
    std::string message;
    const Settings settings = load_settings(file_, message);
    EXPECT_EQ(message, "");
    EXPECT_EQ(settings.width, 1234);
    EXPECT_EQ(settings.layout.share.fraction, 0.3f);
    EXPECT_EQ(text_of_layout(settings.layout), text_of_layout(sample_layout()));
    write(R"({"width": 1234, "left_width": 0.1899999976158142})");
    EXPECT_TRUE(load_settings(file_, message).layout.empty());
}

TEST_F(SettingsFile, ADamagedLayoutSpoilsNothingElse) {
    write(R"({"width": 1234, "layout": {"split": 7}, "left_width": 0.3})");
    std::string message;
    const Settings settings = load_settings(file_, message);
    EXPECT_EQ(message, "");
    EXPECT_EQ(settings.width, 1234);
    EXPECT_TRUE(settings.layout.empty());
}

TEST_F(SettingsFile, CannotBeMadeUnderAFileAndSaysSo) {
    std::ofstream(folder_ / "elbow") << "a file where the folder should be";
    EXPECT_THROW(save_settings(file_, Settings{}), Error);
}

TEST_F(SettingsFile, IsWrittenOnceAChangeHasSettled) {
    Toasts toasts;
    SettingsKeeper keeper(file_, true);
    keeper.save_when_settled(0.0, false, toasts);
    EXPECT_FALSE(fs::exists(file_)) << "nothing has changed";
    keeper.settings.width = 1111;
    keeper.save_when_settled(1.0, false, toasts);
    EXPECT_FALSE(fs::exists(file_)) << "a window that is being resized writes no file a frame";
    std::string message;
    EXPECT_TRUE(test::comes_true([&] {  // on a thread of its own
        keeper.save_when_settled(5.0, false, toasts);
        return fs::exists(file_) && load_settings(file_, message).width == 1111;
    }));
    keeper.settings.width = 1222;
    keeper.save_when_settled(5.1, true, toasts);
    EXPECT_EQ(load_settings(file_, message).width, 1222) << "at the end at once";
}

TEST_F(SettingsFile, IsNotWrittenByTestsAndSaysOnceThatItCannotBe) {
    Toasts toasts;
    SettingsKeeper reader(file_, false);
    reader.settings.width = 1111;
    reader.save_when_settled(9.0, true, toasts);
    EXPECT_FALSE(fs::exists(file_));
    std::ofstream(folder_ / "elbow") << "a file where the folder should be";
    SettingsKeeper keeper(file_, true);
    keeper.settings.width = 1111;
    keeper.save_when_settled(9.0, true, toasts);
    EXPECT_NE(toasts.newest().find("XDG_CONFIG_HOME"), std::string::npos);
}

TEST(Pacer, RestsAfterASecondOfNothingAndWakesAtOnce) {
    Pacer pacer;
    pacer.note(0.0, true);
    EXPECT_FALSE(pacer.resting(0.5));
    EXPECT_NEAR(pacer.next_frame_s(0.5) - 0.5, 1.0 / 60.0, 0.001);
    pacer.note(0.9, false);
    EXPECT_TRUE(pacer.resting(1.5));
    EXPECT_NEAR(pacer.next_frame_s(1.5) - 1.5, 0.1, 1e-9);
    pacer.note(1.6, true);
    EXPECT_FALSE(pacer.resting(1.7));
}

TEST(Pacer, InputEndsEveryWaitThatIsLongerThanAFrame) {
    Pacer pacer;
    pacer.note(0.0, true);
    pacer.touch(0.0);
    for (const double now_s : {0.5, 1.5, 2.5}) {
        const bool is_long = pacer.next_frame_s(now_s) - now_s > 1.0 / 60.0;
        EXPECT_EQ(pacer.input_ends_wait(now_s), is_long || !pacer.touched(now_s)) << now_s;
    }
}

TEST(Pacer, LeavesTheProcessorToTheTrainingWhileNobodyTouchesTheWindow) {
    Pacer pacer;
    pacer.note(0.0, true);
    for (int frame = 0; frame < 100; ++frame) pacer.note_cost(0.01);
    EXPECT_NEAR(pacer.next_frame_s(0.5) - 0.5, 0.2, 0.001);
    for (int frame = 0; frame < 100; ++frame) pacer.note_cost(0.04);
    EXPECT_NEAR(pacer.next_frame_s(0.5) - 0.5, 0.33, 0.001);
    pacer.touch(0.6);
    EXPECT_TRUE(pacer.touched(0.7));
    EXPECT_NEAR(pacer.next_frame_s(0.7) - 0.7, 1.0 / 60.0, 0.001);
    EXPECT_FALSE(pacer.touched(5.0));
}

TEST(Pacer, DrawsMoreOftenWhileLoading) {
    Pacer pacer;
    pacer.note(0.0, true);
    for (int frame = 0; frame < 100; ++frame) pacer.note_cost(0.01);
    pacer.set_loading(true);
    EXPECT_NEAR(pacer.next_frame_s(0.5) - 0.5, 0.04, 0.001);
    pacer.set_loading(false);
    EXPECT_NEAR(pacer.next_frame_s(0.5) - 0.5, 0.2, 0.001);
}

TEST(MemoryKeeper, GivesBackWhatWasFreedOnceTheWindowRests) {
#if !defined(__GLIBC__) || defined(ELBOW_SANITIZED)
    GTEST_SKIP() << "another allocator";
#endif
    constexpr std::size_t kBlocks = 640, kBlockBytes = 100'000;
    MemoryKeeper keeper;
    keeper.note(false);
    std::vector<char> on_top;  // keeps the heap from shrinking by itself
    const std::uint64_t before = resident_memory();
    std::thread([&] {
        std::vector<std::vector<char>> blocks;
        for (std::size_t i = 0; i < kBlocks; ++i) blocks.emplace_back(kBlockBytes, 'x');
        on_top.assign(kBlockBytes, 'y');
    }).join();
    const std::uint64_t freed = resident_memory();
    ASSERT_GT(freed, before + kBlocks * kBlockBytes / 2) << "glibc no longer keeps it";
    keeper.note(false);
    keeper.note(true);
    EXPECT_TRUE(
        test::comes_true([&] { return resident_memory() < freed - kBlocks * kBlockBytes / 2; }));
}

}  // namespace
}  // namespace elbow::gui
