#include <gmock/gmock.h>
#include <stb_image_write.h>

#include "engine/data/datasets.h"
#include "engine/data/published.h"
#include "tests/engine/data/idx_files.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr std::uint32_t kEmojiSide = 64;
constexpr std::size_t kEmojiPixels = std::size_t{kEmojiSide} * kEmojiSide;

// Pixels of one colour, one after the other.
Bytes filled(const Bytes& pixel) {
    Bytes values;
    for (std::size_t i = 0; i < kEmojiPixels; ++i)
        values.insert(values.end(), pixel.begin(), pixel.end());
    return values;
}

class Emoji : public ::testing::Test {
  protected:
    void write_set(const Bytes& train_pixel) {
        for (const char* part : {"train", "held-out"}) {
            const std::string stem = std::string("emoji-") + part;
            const auto channels = static_cast<std::uint32_t>(train_pixel.size());
            write_bytes(folder / (stem + "-images-idx4-ubyte"),
                        idx_bytes({1, kEmojiSide, kEmojiSide, channels}, filled(train_pixel)));
            write_bytes(folder / (stem + "-labels-idx1-ubyte"), idx_bytes({1}, {8}));
        }
    }
    // A package with these PNG files of one pixel's colour, packed by a program that plays npm.
    std::string fetch(const std::string& list, const std::vector<std::string>& pictures, int side) {
        const fs::path served = folder / "served/package";
        fs::create_directories(served / "img/google/64");
        write_bytes(served / "emoji.json", {list.begin(), list.end()});
        for (const std::string& name : pictures) {
            const Bytes pixels(static_cast<std::size_t>(side * side) * 4, 90);
            stbi_write_png((served / "img/google/64" / name).c_str(), side, side, 4, pixels.data(),
                           side * 4);
        }
        const std::string script = "#!/bin/sh\nPATH=/usr/bin:/bin\ntar -czf emoji.tgz -C '" +
                                   (folder / "served").string() + "' package\n";
        write_bytes(folder / "programs/npm", {script.begin(), script.end()});
        fs::permissions(folder / "programs/npm", fs::perms::owner_all);
        const Environment path("PATH", (folder / "programs").string() + ":/usr/bin:/bin");
        return message_of([&] { entry_of("emoji").fetch(folder / "fetched", progress); });
    }

    TemporaryFolder folder;
    Progress progress;
};

TEST_F(Emoji, LiesOverTheGroundThatTheNameSays) {
    write_set({200, 100, 0, 128});
    const SearchPath search{folder.path()};
    const auto white = load_dataset("emoji", search, progress);
    EXPECT_EQ(white->shape(), (ImageShape{3, 64, 64}));
    EXPECT_EQ(white->train.pixels.size(), 3 * kEmojiPixels);
    EXPECT_EQ(white->train.pixels[0], 227) << "200 * 128 / 255 + 255 * 127 / 255";
    EXPECT_EQ(white->train.pixels[kEmojiPixels], 177);
    EXPECT_EQ(white->train.pixels[3 * kEmojiPixels - 1], 127);
    EXPECT_EQ(white->class_names.at(white->train.labels[0]), "Flags");
    EXPECT_THAT(white->note, HasSubstr("not the published"));

    const auto black = load_dataset("emoji:ground=black", search, progress);
    EXPECT_EQ(black->name, "emoji:ground=black");
    EXPECT_EQ(black->held_out.pixels[0], 100);
    EXPECT_EQ(black->held_out.pixels[3 * kEmojiPixels - 1], 0);
    EXPECT_NE(black->fingerprint, white->fingerprint);
    EXPECT_EQ(canonical_name("emoji:ground=white"), "emoji");
    EXPECT_THAT(message_of([] { canonical_name("emoji:ground=red"); }),
                AllOf(HasSubstr("ground=black"), HasSubstr("'ground=red'")));
}

TEST_F(Emoji, RefusesOtherChannels) {
    write_set({1, 2, 3});
    EXPECT_THAT(message_of([&] { load_dataset("emoji", {folder.path()}, progress); }),
                AllOf(HasSubstr("3 channels"), HasSubstr("expected 4")));
}

TEST_F(Emoji, SaysWhatIsWrongWithAPackage) {
    const std::string sign =
        R"({"category": "Flags", "image": "a.png", "has_img_google": true, "skin_variations":)"
        R"( {"1F3FB": {"image": "b.png", "has_img_google": true}}})";
    EXPECT_THAT(fetch("[" + sign + "]", {"a.png", "b.png"}, 64),
                HasSubstr("is not the published file"));
    EXPECT_THAT(fetch("[" + sign + "]", {"a.png"}, 32), HasSubstr("as a.png"));
    fs::remove_all(folder / "served");
    EXPECT_THAT(fetch("[" + sign + "]", {"a.png"}, 64), HasSubstr("b.png"));
    EXPECT_THAT(fetch(R"([{"category": "Ghosts"}])", {}, 64), HasSubstr("'Ghosts'"));
    EXPECT_THAT(fetch("[{]", {}, 64), HasSubstr("emoji.json is no JSON"));
    EXPECT_FALSE(fs::exists(folder / "fetched/emoji-train-labels-idx1-ubyte"));
}

TEST_F(Emoji, PublishedPicturesAreReadAsPublished) {
    const char* machines = std::getenv("ELBOW_TEST_DATA");  // tests/main.cpp: as $ELBOW_DATA was
    const SearchPath search = search_path(machines != nullptr ? machines : "");
    const auto found = entry_of("emoji").find(search);
    if (!found) GTEST_SKIP() << "Emoji is not in $ELBOW_DATA";
    const auto emoji = load_dataset("emoji", search, progress);
    EXPECT_EQ(emoji->note, "");
    EXPECT_EQ(emoji->train.count + emoji->held_out.count, 3786);
    EXPECT_EQ(emoji->held_out.count, 371);
}

}  // namespace
}  // namespace elbow::data
