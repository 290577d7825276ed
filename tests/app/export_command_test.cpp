// elbow export, as it is called.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stb_image.h>

#include "app/gui/exports/exports.h"
#include "app/gui/run_session.h"
#include "engine/core/file.h"
#include "engine/io/run_folder.h"
#include "engine/io/tables.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::Arguments;
using testing_support::ChildResult;
using testing_support::elbow_with;
using testing_support::small_training;
using testing_support::TemporaryFolder;

class ExportCommand : public ::testing::Test {
  protected:
    ExportCommand() { train({}); }
    void train(const Arguments& more) {
        Arguments arguments =
            small_training({"--train-images", "200", "--samples", "400", "--out", run, "--force"});
        arguments.insert(arguments.end(), more.begin(), more.end());
        const ChildResult trained = elbow_with(arguments);
        EXPECT_EQ(trained.exit_code, 0) << trained.err;
    }
    std::string in(const std::string& name) const { return (folder.path() / name).string(); }
    // The names that it printed, without the folder.
    std::vector<std::string> exported(const std::string& what, const Arguments& more = {}) {
        Arguments arguments = {"export", run, "--what", what, "--into", in("out")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const ChildResult result = elbow_with(arguments);
        EXPECT_EQ(result.exit_code, 0) << result.err;
        std::vector<std::string> names;
        std::istringstream lines(result.out);
        for (std::string line; std::getline(lines, line);) {
            EXPECT_TRUE(fs::is_regular_file(line)) << line;
            names.push_back(fs::path(line).filename().string());
        }
        return names;
    }
    std::pair<int, int> size_of(const std::string& name) const {
        int width = 0, height = 0, channels = 0;
        EXPECT_TRUE(stbi_info(in("out/" + name).c_str(), &width, &height, &channels)) << name;
        return {width, height};
    }
    static void expect_refused(const Arguments& arguments, int exit_code, const std::string& why) {
        const ChildResult result = elbow_with(arguments);
        EXPECT_EQ(result.exit_code, exit_code);
        EXPECT_THAT(result.err, AllOf(HasSubstr("elbow: "), HasSubstr(why)));
        EXPECT_THAT(result.out, IsEmpty());
    }

    TemporaryFolder folder;
    std::string run = in("run");
};

TEST_F(ExportCommand, WritesEachExportOfTheList) {
    train({"--prior", "vamp", "--components", "5"});
    gui::ViewState seen;
    seen.fit_to(2);
    seen.selection = {0, 3};
    io::replace_session(run, gui::session_text({{}, false, {}, seen}));
    std::string all;
    for (const gui::Export* each : gui::all_exports()) {
        if (!each->reads_moments) all += (all.empty() ? "" : ",") + std::string(each->id);
    }
    const std::vector<std::string> names = exported(all, {"--grid", "3", "--frames", "3"});
    EXPECT_EQ(names,
              (std::vector<std::string>{
                  "shapes-map-after-400-images.png", "shapes-manifold-3x3-after-400-images.png",
                  "shapes-cursor-after-400-images.png", "shapes-interpolation-after-400-images.png",
                  "shapes-prior-samples-after-400-images.png",
                  "shapes-pseudo-inputs-after-400-images.png",
                  "shapes-reconstructions-after-400-images.png", "shapes-path-after-400-images.gif",
                  "shapes-traversal-all-after-400-images.gif", "shapes-page-after-400-images.html",
                  "shapes-curves-after-400-images.png", "shapes-curves-after-400-images.csv",
                  "shapes-curves-after-400-images-train.csv", "shapes-latents-after-400-images.csv",
                  "shapes-latents-after-400-images.npz", "shapes-images-after-400-images.csv",
                  "shapes-selection-after-400-images.png", "shapes-selection-after-400-images.csv",
                  "shapes-selection-after-400-images.npz"}));
    const auto table = read_file(in("out/" + names[11]));
    const auto records = io::parse_metrics_csv(std::string(table.begin(), table.end()));
    EXPECT_EQ(records.size(), io::load_run(run).checkpoint.evaluations.size());
}

TEST_F(ExportCommand, TakesTheChoicesOfTheWindow) {
    const auto images = exported("cursor", {"--pixel-scale", "1"});
    const auto [width, height] = size_of(images.at(0));
    const auto grid = exported("manifold", {"--pixel-scale", "2", "--grid", "5"});
    EXPECT_EQ(size_of(grid.at(0)), std::pair(5 * 2 * width, 5 * 2 * height));
    const auto map = exported("map", {"--map-scale", "1"});
    const auto large = exported("map", {"--map-scale", "2"});
    EXPECT_EQ(large.at(0), "shapes-map-after-400-images-2.png") << "nothing is overwritten";
    EXPECT_EQ(size_of(large.at(0)).first, 2 * size_of(map.at(0)).first);
    const auto drawing = exported("map", {"--form", "svg", "--look", "print"});
    EXPECT_EQ(drawing.at(0), "shapes-map-after-400-images.svg");
    EXPECT_THAT(read_text_file(in("out/" + drawing.at(0))), HasSubstr("<circle"));
    EXPECT_NE(
        read_file(in("out/" + grid.at(0))),
        read_file(in(
            "out/" +
            exported("manifold", {"--pixel-scale", "2", "--grid", "5", "--plane", "map"}).at(0))));
}

TEST_F(ExportCommand, WritesAnimationsWithTheChoicesOfTheWindow) {
    const auto gif = exported("path_animation", {"--frames", "4", "--motion", "there"});
    const auto again = exported("path_animation", {"--frames", "4", "--motion", "there"});
    EXPECT_EQ(again.at(0), "shapes-path-after-400-images-2.gif");
    EXPECT_EQ(read_file(in("out/" + gif.at(0))), read_file(in("out/" + again.at(0))));
    EXPECT_NE(read_file(in("out/" + gif.at(0))),
              read_file(in("out/" + exported("path_animation", {"--frames", "4"}).at(0))))
        << "there and back";
    EXPECT_EQ(exported("traversal", {"--format", "webp", "--frames", "3", "--latent", "2"}).at(0),
              "shapes-traversal-z2-after-400-images.webp");
    // The strip of A to B and the frames of the animation are the same images.
    const ChildResult frames =
        elbow_with({"export", run, "--what", "path_animation", "--format", "png", "--frames", "12",
                    "--motion", "there", "--pixel-scale", "1", "--into", in("frames")});
    ASSERT_EQ(frames.exit_code, 0) << frames.err;
    const fs::path folder_of_frames = frames.out.substr(0, frames.out.find('\n'));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_of_frames), {}), 12);
    const auto strip = exported("interpolation", {"--pixel-scale", "1"});
    int width = 0, height = 0, channels = 0;
    stbi_uc* whole = stbi_load(in("out/" + strip.at(0)).c_str(), &width, &height, &channels, 1);
    int side = 0;
    stbi_uc* last =
        stbi_load((folder_of_frames / "00012.png").c_str(), &side, &height, &channels, 1);
    ASSERT_TRUE(whole != nullptr && last != nullptr);
    ASSERT_EQ(width, 12 * side + 11);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < side; ++x)
            ASSERT_EQ(last[y * side + x], whole[y * width + 11 * (side + 1) + x]) << x << "," << y;
    }
    stbi_image_free(whole);
    stbi_image_free(last);
}

TEST_F(ExportCommand, StopsAnAnimationOnRequestAndLeavesNothing) {
    testing_support::ChildProcess child(
        testing_support::command_line({"export", run, "--what", "traversal", "--frames", "10000",
                                       "--format", "webp", "--into", in("out")}));
    const auto begun = [&] { return fs::exists(in("out")) && !fs::is_empty(in("out")); };
    for (int i = 0; i < 2000 && !begun(); ++i) ::usleep(10'000);
    ASSERT_TRUE(begun());
    child.send(SIGINT);
    const ChildResult result = child.wait();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("Stopped on request"));
    EXPECT_TRUE(fs::is_empty(in("out")));
}

TEST_F(ExportCommand, ShowsTheDotWhereTheWindowLeftIt) {
    const auto of_dot = [&](std::vector<float> z) {
        gui::ViewState seen;
        seen.fit_to(2);
        seen.put_dot(std::move(z));
        io::replace_session(run, gui::session_text({{}, false, {}, seen}));
        return read_file(in("out/" + exported("cursor").at(0)));
    };
    const auto middle = read_file(in("out/" + exported("cursor").at(0)));
    EXPECT_EQ(of_dot({0.0f, 0.0f}), middle);
    EXPECT_NE(of_dot({2.5f, -2.5f}), middle);
}

TEST_F(ExportCommand, RefusesWhatItCannotDoBeforeAnythingIsWritten) {
    const Arguments into = {"--into", in("out")};
    const auto with = [&](Arguments arguments) {
        arguments.insert(arguments.end(), into.begin(), into.end());
        return arguments;
    };
    expect_refused(with({"export", run}), 2, "--what");
    expect_refused(with({"export", run, "--what", "mainfold"}), 2, "Did you mean 'manifold'?");
    expect_refused(with({"export", run, "--what", "map,"}), 2, "found ''");
    expect_refused(with({"export", run, "--what", "map,pseudo_inputs"}), 1, "learns no images");
    expect_refused(with({"export", run, "--what", "cursor", "--grid", "5"}), 2, "(manifold)");
    expect_refused(with({"export", run, "--what", "cursor", "--look", "print"}), 2, "(map)");
    expect_refused(with({"export", run, "--what", "page", "--form", "svg"}), 2, "(map, manifold");
    expect_refused(with({"export", run, "--what", "cursor", "--form", "pdf"}), 2, "svg");
    expect_refused(with({"export", run, "--what", "manifold", "--grid", "101"}), 2, "1 to 100");
    expect_refused(with({"export", run, "--what", "training"}), 2, "the last ones alone");
    expect_refused(with({"export", run, "--what", "traversal", "--latent", "3"}), 2, "1 to 2");
    expect_refused(with({"export", run, "--what", "path_animation", "--frames", "1"}), 2,
                   "2 to 10000");
    expect_refused(with({"export", run, "--what", "path_animation", "--format", "avi"}), 2, "gif");
    expect_refused(with({"export", run, "--what", "cursor", "--format", "gif"}), 2,
                   "(path_animation, traversal)");
    train({"--latent", "3"});
    expect_refused(with({"export", run, "--what", "cursor,page"}), 1, "a map of two latents");
    expect_refused(with({"export", in("nowhere"), "--what", "map"}), 1, "does not exist");
    train({"--estimator", "mcem"});
    expect_refused(with({"export", run, "--what", "cursor,latents_csv"}), 1, "trains no encoder");
    EXPECT_FALSE(fs::exists(in("out")));
    EXPECT_EQ(exported("map,cursor").size(), 2U) << "what is decoded needs no encoder";
}

}  // namespace
}  // namespace elbow
