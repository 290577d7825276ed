#include "engine/data/sources/finding.h"

#include <gmock/gmock.h>

#include <numeric>
#include <set>

#include "engine/data/sources/choices.h"
#include "tests/engine/data/made_archives.h"
#include "tests/engine/data/own_pictures.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using testing_support::grey_png;
using testing_support::jpeg_of;
using testing_support::of_colour;
using testing_support::png_of;

class FindingTest : public OwnPictures {};

TEST_F(FindingTest, SaysWhatLiesInAFolder) {
    put_greys("cats/", 3);
    put_greys("dogs/", 2, 20);
    put("dogs/red.jpg", jpeg_of(20, 20, 3, of_colour(20, 20, {200, 30, 30})));
    put("cats/.hidden", {1});
    put("notes.txt", {'h', 'i'});
    const Finding finding = look();
    EXPECT_TRUE(finding.complete);
    EXPECT_EQ(finding.count, 6);
    ASSERT_EQ(finding.classes.size(), 2U);
    EXPECT_EQ(finding.classes[0].name, "cats");
    EXPECT_EQ(finding.classes[0].count, 3);
    ASSERT_EQ(finding.sizes.size(), 2U);
    EXPECT_EQ(finding.sizes[0].count, 3);
    EXPECT_TRUE(finding.colour);
    EXPECT_FALSE(finding.alpha);
    EXPECT_EQ(left(finding, "hidden"), 1);
    EXPECT_EQ(left(finding, "other files"), 1);
    EXPECT_THAT(text_of(finding),
                AllOf(HasSubstr("6 images in 2 folders"), HasSubstr("2 sizes (50 % "),
                      HasSubstr("colour; left out: 1 hidden, 1 other files")));
    ASSERT_EQ(finding.thumbnails.size(), 6U);
    EXPECT_EQ(finding.thumbnails.front().class_index, 0);
    EXPECT_EQ(finding.thumbnails.back().class_index, 1);
    EXPECT_EQ(finding.sampled, 6);
    EXPECT_GT(std::accumulate(finding.histogram.begin(), finding.histogram.end(), 0LL), 0);
}

TEST_F(FindingTest, FindsTheSameInAnArchive) {
    testing_support::write_archive(folder / "a.zip", testing_support::Packing::kZip,
                                   {{"top/train/a/1.png", grey_png(8, 8, 100)},
                                    {"top/train/b/2.png", grey_png(8, 8, 110)},
                                    {"top/test/b/3.png", grey_png(8, 8, 120)},
                                    {"top/readme.txt", {'x'}}});
    const Finding finding = look(folder / "a.zip");
    EXPECT_THAT(finding.form, HasSubstr("zip"));
    EXPECT_EQ(finding.count, 3);
    EXPECT_TRUE(finding.has_held_out);
    EXPECT_EQ(finding.held_out, 1);
    EXPECT_EQ(finding.classes.size(), 2U);
    EXPECT_EQ(proposed_for(finding).held_out, HeldOut::kAsFound);
}

TEST_F(FindingTest, CountsWhatCannotBeRead) {
    put_greys("", 2);
    Bytes cut = grey_png(40, 40, 9);
    cut.resize(50);
    put("cut.png", cut);
    put("named.png", jpeg_of(12, 12, 1, of_colour(12, 12, {90})));
    Bytes huge = grey_png(1, 1, 0);
    for (const std::size_t at : {18U, 19U, 22U, 23U}) huge[at] = 0x9C;  // 40 092 x 40 092
    put("huge.png", huge);
    Bytes cmyk = jpeg_of(8, 8, 3, of_colour(8, 8, {1, 2, 3}));
    const Bytes frame{0xFF, 0xC0};
    *(std::search(cmyk.begin(), cmyk.end(), frame.begin(), frame.end()) + 9) = 4;
    put("print.jpg", cmyk);
    put("empty.png", {});
    const Finding finding = look();
    EXPECT_EQ(finding.count, 3) << "a JPEG named .png is read as a JPEG";
    EXPECT_EQ(left(finding, "damaged or cut off"), 1);
    EXPECT_EQ(left(finding, "more than 50 million pixels"), 1);
    EXPECT_EQ(left(finding, "a CMYK JPEG: turn it into RGB"), 1);
    EXPECT_EQ(left(finding, "other files"), 1);
}

TEST_F(FindingTest, RefusesWhatHasNoPictures) {
    put("a.txt", {'a'});
    put("b.txt", {'b'});
    EXPECT_THAT(message_of([&] { look(); }), AllOf(HasSubstr("Expected pictures"),
                                                   HasSubstr("2 other files (such as 'a.txt')")));
    fs::create_directories(folder / "empty");
    EXPECT_THAT(message_of([&] { look(folder / "empty"); }), HasSubstr("Expected pictures"));
    EXPECT_THAT(message_of([&] { look(folder / "nothing"); }), HasSubstr("nothing at"));
    put("one.png", grey_png(4, 4, 9));
    EXPECT_THAT(message_of([&] { look(set() / "one.png"); }),
                AllOf(HasSubstr("one picture"), HasSubstr("folder")));
}

TEST_F(FindingTest, TellsOfTheFirstPicturesEarly) {
    put_greys("", 200, 8);
    int told = 0, first_count = 0;
    const Finding all = look_at(set(), {}, progress, [&](const Finding& so_far) {
        if (told++ == 0) first_count = so_far.count;
        EXPECT_FALSE(so_far.complete);
        EXPECT_FALSE(so_far.thumbnails.empty());
        EXPECT_TRUE(so_far.pictures.empty());
    });
    EXPECT_GE(told, 1);
    EXPECT_LT(first_count, 100);
    EXPECT_EQ(all.count, 200);
    EXPECT_LT(all.sampled, 200) << "a sample of them";
    EXPECT_GE(all.thumbnails.size(), 40U) << "of one folder as of many";
    EXPECT_LE(all.thumbnails.size(), 84U);
    // For all of the folder, not for its beginning: by their names they lie as its files do.
    EXPECT_GE(all.thumbnails.back().name, all.pictures[180].name);
    std::set<std::string> names;
    for (const Thumbnail& each : all.thumbnails) names.insert(each.name);
    EXPECT_EQ(names.size(), all.thumbnails.size());
}

TEST_F(FindingTest, EndsWhereItIsCancelled) {
    put_greys("", 3);
    EXPECT_THROW(look_at(set(), {}, progress, [&](const Finding&) { progress.cancel(); }),
                 Cancelled);
}

TEST_F(FindingTest, SaysThatItHasTooManyFoldersForLabels) {
    for (int i = 0; i < 300; ++i) put(std::to_string(i) + "/a.png", grey_png(2, 2, 3));
    const Finding finding = look();
    EXPECT_EQ(finding.count, 300);
    EXPECT_TRUE(finding.classes.empty());
    EXPECT_THAT(finding.notes, Contains(HasSubstr("300 classes")));
    EXPECT_FALSE(proposed_for(finding).labels);
}

TEST_F(FindingTest, IsAlsoJson) {
    put_greys("cats/", 2);
    put_greys("dogs/", 2);
    const Json json = json_of(look());
    EXPECT_EQ(json.at("count").whole(), 4);
    EXPECT_EQ(json.at("classes").array().size(), 2U);
    EXPECT_TRUE(json.at("held_out").is_null());
    EXPECT_EQ(json.at("histogram").array().size(), kHistogramBins);
}

TEST_F(FindingTest, ProposesByWhatTheValuesAre) {
    put("ink.png", png_of(20, 20, 1, of_colour(20, 20, {0})));
    Choices choices = proposed_for(look());
    EXPECT_EQ(choices.likelihood, "bernoulli");
    EXPECT_EQ(choices.network, "paper");
    EXPECT_EQ(choices.width, 20) << "as it is";
    EXPECT_EQ(choices.ground, 0);
    fs::remove_all(set());

    put_greys("", 5, 50);
    choices = proposed_for(look());
    EXPECT_EQ(choices.likelihood, "gaussian");
    EXPECT_EQ(choices.network, "conv");
    fs::remove_all(set());

    put("red.png", png_of(200, 180, 3, of_colour(200, 180, {200, 30, 90})));
    put("blue.png", png_of(180, 200, 3, of_colour(180, 200, {20, 30, 190})));
    choices = proposed_for(look());
    EXPECT_EQ(choices.likelihood, "logistic");
    EXPECT_TRUE(choices.colour);
    EXPECT_EQ(choices.width, 64);
    EXPECT_EQ(choices.height, 64);
    EXPECT_EQ(choices.fit, Fit::kCrop) << "photographs that are nearly square";
    EXPECT_THAT(reasons_for(look(), choices), Contains(HasSubstr("convolutional")));
}

TEST_F(FindingTest, ProposesToVaryFewImagesAndWarns) {
    put_greys("", 5, 50);
    Choices choices = proposed_for(look());
    EXPECT_EQ(choices.augment, "both");
    EXPECT_THAT(reasons_for(look(), choices),
                Contains(AllOf(HasSubstr("only 5 images"), HasSubstr("overfitting"),
                               HasSubstr("shifted and mirrored"))));
    choices.augment = "off";
    EXPECT_THAT(reasons_for(look(), choices), Contains(HasSubstr("augmentation would help")));
    fs::remove_all(set());

    put("ink.png", png_of(20, 20, 1, of_colour(20, 20, {0})));
    EXPECT_EQ(proposed_for(look()).augment, "shifts") << "it may be a letter";
    fs::remove_all(set());

    put_greys("", 500, 12);
    choices = proposed_for(look());
    EXPECT_EQ(choices.augment, "off");
    EXPECT_THAT(reasons_for(look(), choices), Not(Contains(HasSubstr("overfitting"))));
}

TEST_F(FindingTest, ProposesAGroundThatShowsWhatIsTransparent) {
    put("dark.png", png_of(16, 16, 4, of_colour(16, 16, {10, 10, 10, 200})));
    EXPECT_TRUE(look().alpha);
    EXPECT_EQ(proposed_for(look()).ground, 255);
    put("dark.png", png_of(16, 16, 4, of_colour(16, 16, {240, 240, 240, 200})));
    EXPECT_EQ(proposed_for(look()).ground, 0);
    put("dark.png", png_of(16, 16, 1, of_colour(16, 16, {240})));
    EXPECT_EQ(proposed_for(look()).ground, 255) << "bars like its rim";
}

TEST(ChoicesText, ReadsBackAsTheSame) {
    Choices choices;
    choices.width = 48;
    choices.height = 64;
    choices.fit = Fit::kSquash;
    choices.colour = true;
    choices.ground = 77;
    choices.labels = false;
    choices.held_out = HeldOut::kAsFound;
    choices.likelihood = "logistic";
    choices.network = "conv";
    choices.augment = "flips";
    EXPECT_EQ(choices_of(text_of(choices)), choices);
    EXPECT_EQ(choices_of(text_of(Choices())), Choices());
    EXPECT_EQ(choices_of("size=32, ground=white").height, 32);
    EXPECT_EQ(choices_of("", choices), choices);
}

TEST(ChoicesText, SaysWhatIsWrong) {
    const std::vector<std::pair<const char*, const char*>> wrong = {
        {"size=0", "1 to 1024"},
        {"size=64xx", "64x48"},
        {"size=1e9", "'1e9'"},
        {"fit=stretch", "pad, crop, squash"},
        {"colours=cmyk", "grey, rgb"},
        {"ground=300", "0 to 255"},
        {"held-out=half", "found, tenth, group"},
        {"speed=9", "likelihood"},
        {"size", "KEY=VALUE"}};
    for (const auto& each : wrong) {
        EXPECT_THAT(message_of([&] { choices_of(each.first); }), HasSubstr(each.second))
            << each.first;
    }
}

}  // namespace
}  // namespace elbow::data
