#include "engine/data/sources/source_files.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <array>
#include <map>

#include "tests/engine/data/idx_files.h"
#include "tests/engine/data/made_archives.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_support::Members;
using testing_support::Packing;
using testing_support::write_archive;

class SourceFiles : public ::testing::Test {
  protected:
    // The names of what is visited.
    std::vector<std::string> visited(const fs::path& path) {
        left_out.clear();
        std::vector<std::string> names;
        form = visit_files(path, wishes, progress, left_out, [&](SourceFile& file) {
            names.push_back(file.name());
            const auto bytes = file.first(1 << 20);
            content[file.name()] = Bytes(bytes.begin(), bytes.end());
        });
        return names;
    }
    std::string refusal(const fs::path& path) {
        return message_of([&] { visited(path); });
    }
    int left(const std::string& why) const {
        for (const LeftOut& each : left_out) {
            if (each.why == why) return each.count;
        }
        return 0;
    }
    void put(const std::string& name, const Bytes& bytes = {1}) {
        write_bytes(folder / ("set/" + name), bytes);
    }

    TemporaryFolder folder;
    SourceWishes wishes;
    Progress progress;
    std::vector<LeftOut> left_out;
    std::map<std::string, Bytes> content;
    std::string form;
};

TEST_F(SourceFiles, VisitsAFolderByName) {
    put("b/2.png", {5, 6});
    put("b/1.png");
    put("a/deep/er/x.png");
    put("top.png");
    EXPECT_THAT(visited(folder / "set"),
                ElementsAre("a/deep/er/x.png", "b/1.png", "b/2.png", "top.png"));
    EXPECT_EQ(form, "folder");
    EXPECT_EQ(content["b/2.png"], (Bytes{5, 6}));
    EXPECT_TRUE(left_out.empty());
}

TEST_F(SourceFiles, LeavesOutWhatIsHidden) {
    for (const char* name : {".DS_Store", "Thumbs.db", "__MACOSX/a.png", ".ipynb_checkpoints/a.png",
                             "cats/.hidden.png", "cats/tom.png"})
        put(name);
    EXPECT_THAT(visited(folder / "set"), ElementsAre("cats/tom.png"));
    EXPECT_EQ(left("hidden"), 5);
    ASSERT_EQ(left_out.size(), 1U);
    EXPECT_THAT(left_out[0].names, ::testing::Contains("cats/.hidden.png"));
}

TEST_F(SourceFiles, FollowsEachLinkOnceAndNoLoop) {
    put("cats/tom.png");
    write_bytes(folder / "elsewhere/1.png", {1});
    write_bytes(folder / "elsewhere/2.png", {1});
    fs::create_symlink("tom.png", folder / "set/cats/again.png");
    fs::create_directory_symlink("..", folder / "set/cats/loop");
    fs::create_directory_symlink(".", folder / "set/self");
    fs::create_directory_symlink(folder.path(), folder / "set/around");
    fs::create_symlink("turns", folder / "set/turns");
    fs::create_symlink("gone.png", folder / "set/dangling.png");
    fs::create_directory_symlink(folder / "elsewhere", folder / "set/dogs");
    fs::create_symlink(folder / "elsewhere/1.png", folder / "set/one.png");
    EXPECT_THAT(visited(folder / "set"), ElementsAre("cats/tom.png", "dogs/1.png", "dogs/2.png"));
    EXPECT_EQ(left("links to what is there anyway"), 5);
    EXPECT_EQ(left("links to nowhere"), 2);
    wishes.outside_links = false;
    EXPECT_THAT(visited(folder / "set"), ElementsAre("cats/tom.png"));
    EXPECT_EQ(left("links to the outside"), 2);
}

TEST_F(SourceFiles, LeavesOutPipesAndSaysWhichFoldersAreEmpty) {
    put("a.png");
    fs::create_directories(folder / "set/empty");
    ASSERT_EQ(::mkfifo((folder / "set/pipe.png").c_str(), 0600), 0);
    EXPECT_THAT(visited(folder / "set"), ElementsAre("a.png"));
    EXPECT_EQ(left("no regular files"), 1);
    EXPECT_EQ(left("empty folders"), 1);
    EXPECT_THAT(refusal(folder / "set/pipe.png"), HasSubstr("a pipe"));
    EXPECT_THAT(refusal(folder / "nothing"), HasSubstr("nothing at"));
}

TEST_F(SourceFiles, ShowsNamesThatAreNotUtf8) {
    put("caf\xE9.png");
    put("na\xC3\xAFve.png");
    EXPECT_THAT(visited(folder / "set"), ElementsAre("caf\xC3\xA9.png", "na\xC3\xAFve.png"));
}

// Bytes that cannot be packed.
Bytes unpackable_bytes() {
    Bytes bytes(300'000);
    std::uint32_t state = 1;
    for (std::uint8_t& byte : bytes) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<std::uint8_t>(state >> 24);
    }
    return bytes;
}

TEST_F(SourceFiles, StreamsEachKindOfArchive) {
    const Bytes large = unpackable_bytes();
    const Members members = {{"set/b.png", large}, {"set/a/c.png", {7, 8}}};
    for (const auto& [packing, name] :
         {std::pair{Packing::kZip, "zip"}, std::pair{Packing::kTar, "tar"},
          std::pair{Packing::kTarGz, "tar.gz"}, std::pair{Packing::kTarZst, "tar.zst"},
          std::pair{Packing::k7z, "7z"}}) {
        const fs::path path = folder / "named otherwise";
        write_archive(path, packing, members);
        content.clear();
        EXPECT_THAT(visited(path), ::testing::UnorderedElementsAre("set/b.png", "set/a/c.png"))
            << name;
        EXPECT_EQ(form, name);
        EXPECT_EQ(content["set/b.png"], large) << name;
        EXPECT_EQ(content["set/a/c.png"], (Bytes{7, 8})) << name;
    }
}

TEST_F(SourceFiles, LeavesOutNamesThatLeadOutOfAnArchive) {
    write_archive(folder / "a.tar", Packing::kTar,
                  {{"../../etc/x.png", {1}},
                   {"/etc/y.png", {1}},
                   {"C:/z.png", {1}},
                   {"a/../../w.png", {1}},
                   {"__MACOSX/._a.png", {1}},
                   {"./a/b.png", {1}}});
    EXPECT_THAT(visited(folder / "a.tar"), ElementsAre("a/b.png"));
    EXPECT_EQ(left("names that lead outside"), 4);
    EXPECT_EQ(left("hidden"), 1);
}

TEST_F(SourceFiles, RefusesADamagedArchiveAndWhatIsNone) {
    Members members;
    for (int i = 0; i < 5; ++i)
        members.emplace_back(std::to_string(i) + ".png", unpackable_bytes());
    write_archive(folder / "a.tgz", Packing::kTarGz, members);
    Bytes bytes = read_bytes(folder / "a.tgz");
    bytes.resize(bytes.size() / 2);
    write_bytes(folder / "a.tgz", bytes);
    EXPECT_THAT(refusal(folder / "a.tgz"), AllOf(HasSubstr("cut off"), HasSubstr("a.tgz")));
    write_bytes(folder / "note.txt", {'h', 'e', 'l', 'l', 'o'});
    EXPECT_THAT(refusal(folder / "note.txt"), AllOf(HasSubstr("Expected"), HasSubstr("zip")));
    write_bytes(folder / "empty", {});
    EXPECT_THAT(refusal(folder / "empty"), HasSubstr("'" + (folder / "empty").string() + "'"));
}

TEST_F(SourceFiles, RefusesAZipBomb) {
    // Zeros: 90 KB on disk, 84 MB unpacked.
    const Bytes zeros(1'400'000);
    write_archive(folder / "bomb.zip", Packing::kZip, Members(60, {"a.bmp", zeros}));
    EXPECT_THAT(message_of([&] {
                    visit_files(folder / "bomb.zip", wishes, progress, left_out,
                                [](SourceFile& file) { file.first(2'000'000); });
                }),
                HasSubstr("zip bomb"));
    write_archive(folder / "bomb.tgz", Packing::kTarGz, Members(60, {"a.bmp", zeros}));
    EXPECT_THAT(message_of([&] {
                    visit_files(folder / "bomb.tgz", wishes, progress, left_out,
                                [](SourceFile&) {});
                }),
                HasSubstr("zip bomb"))
        << "even where nothing of it is read";
}

TEST_F(SourceFiles, EndsWhereItIsCancelled) {
    put("a.png");
    progress.cancel();
    EXPECT_THROW(visited(folder / "set"), Cancelled);
    write_archive(folder / "a.zip", Packing::kZip, {{"a.png", {1}}});
    EXPECT_THROW(visited(folder / "a.zip"), Cancelled);
}

TEST_F(SourceFiles, SurviveAFolderThatIsRemovedMeanwhile) {
    put("a/1.png");
    put("b/2.png");
    int readable = 0, failures = 0;
    visit_files(folder / "set", wishes, progress, left_out, [&](SourceFile& file) {
        fs::remove_all(folder / "set");
        try {
            file.first(10);
            ++readable;
        } catch (const Error&) {
            ++failures;
        }
    });
    EXPECT_EQ(readable, 0);
    EXPECT_EQ(failures, 2);
}

TEST_F(SourceFiles, KnowWhetherTheyHaveChanged) {
    put("a.png", {1});
    const std::string before = state_of_source(folder / "set", wishes, progress);
    EXPECT_EQ(state_of_source(folder / "set", wishes, progress), before);
    put("b.png", {1});
    const std::string more = state_of_source(folder / "set", wishes, progress);
    EXPECT_NE(more, before);
    put("b.png", {1, 2});
    EXPECT_NE(state_of_source(folder / "set", wishes, progress), more);
    const fs::path file = folder / "set/a.png";
    EXPECT_EQ(state_of_source(file, wishes, progress), state_of_source(file, wishes, progress));
    EXPECT_THROW(state_of_source(folder / "none", wishes, progress), Error);
}

}  // namespace
}  // namespace elbow::data
