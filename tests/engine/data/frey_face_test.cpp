#include <gmock/gmock.h>

#include <cstdlib>

#include "engine/data/datasets.h"
#include "engine/data/hash.h"
#include "engine/data/published.h"
#include "tests/engine/data/mat5_files.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr int kPixels = 28 * 20;
constexpr int kImages = 1965;

// Image i is filled with i / 16, and starts with i % 16 and its number within it: 1, 2, 3...
Bytes numbered_faces() {
    Bytes values;
    for (int i = 0; i < kImages; ++i) {
        Bytes image(kPixels, static_cast<std::uint8_t>(i / 16));
        image[0] = static_cast<std::uint8_t>(i % 16);
        image[20] = 201;  // the first pixel of the second row
        values.insert(values.end(), image.begin(), image.end());
    }
    return mat5_matrix({.shape = {kPixels, kImages}, .stored = values});
}

class FreyFace : public ::testing::Test {
  protected:
    std::shared_ptr<const Dataset> load() {
        return load_dataset("frey", {folder.path()}, progress);
    }
    // The number of image `index` before the split.
    static int number(const Dataset& dataset, const ImageSet& set, int index) {
        const auto image = dataset.image(set, index);
        return image[1] * 16 + image[0];
    }
    TemporaryFolder folder;
    fs::path file = folder.path() / "frey_rawface.mat";
    Progress progress;
};

TEST_F(FreyFace, IsSplitInTheOrderOfTheExperiments) {
    write_bytes(file, mat5_with(mat5_compressed(deflated(numbered_faces()))));
    const auto faces = load();
    ASSERT_EQ(faces->train.count, 1600);
    ASSERT_EQ(faces->held_out.count, 365);
    std::string order;
    for (int i = 0; i < 1600; ++i) {
        order += std::to_string(number(*faces, faces->train, i)) + "\n";
    }
    EXPECT_THAT(order, StartsWith("18\n781\n342\n1274\n579\n"));
    EXPECT_EQ(number(*faces, faces->train, 1599), 1560);
    EXPECT_EQ(number(*faces, faces->held_out, 0), 606);
    EXPECT_EQ(number(*faces, faces->held_out, 364), 684);
    for (int i = 0; i < 365; ++i) {
        order += std::to_string(number(*faces, faces->held_out, i)) + "\n";
    }
    // Of the permutation of 1965 by numpy's generator with seed 0, one index a line.
    EXPECT_EQ(hash_of(Bytes(order.begin(), order.end())),
              "72f655e6741c1253a61712f8dcf4d2d655d10f8ad460350ab3ec916f2450148f");
}

TEST_F(FreyFace, IsReadRowByRowWithoutLabels) {
    write_bytes(file, mat5_with(numbered_faces()));
    const auto faces = load();
    EXPECT_EQ(faces->name, "frey");
    EXPECT_EQ(faces->height, 28);
    EXPECT_EQ(faces->width, 20);
    EXPECT_EQ(faces->scale, 1.0f / 256.0f);
    EXPECT_TRUE(faces->continuous && datasets().at("frey").continuous);
    EXPECT_EQ(faces->image(faces->train, 3)[20], 201);
    EXPECT_TRUE(faces->class_names.empty());
    EXPECT_TRUE(faces->train.labels.empty());
    EXPECT_TRUE(faces->held_out.labels.empty());
    EXPECT_THAT(faces->note, HasSubstr("not the published data set"));
    EXPECT_EQ(progress.fraction(), 1.0);
}

TEST_F(FreyFace, IsFoundInAFolderOfItsNameAndBesideOtherSets) {
    const SearchPath search{folder.path() / "first", folder.path() / "second"};
    EXPECT_FALSE(datasets().at("frey").find(search));
    write_bytes(search[1] / "frey" / "frey_rawface.mat", mat5_header());
    EXPECT_EQ(datasets().at("frey").find(search), search[1] / "frey");
    write_small_set(search[0]);
    write_bytes(search[0] / "frey_rawface.mat", mat5_header());
    EXPECT_EQ(datasets().at("frey").find(search), search[0]);
    EXPECT_EQ(datasets().at("mnist").find(search), search[0]);
}

TEST_F(FreyFace, RefusesAMatrixOfAnotherShape) {
    write_bytes(file, mat5_file({.shape = {3, 2}}));
    EXPECT_THAT(message_of([&] { load(); }),
                AllOf(HasSubstr(file.string()), HasSubstr("3 x 2, expected 560 x 1965"),
                      HasSubstr("elbow data fetch frey")));
}

TEST_F(FreyFace, RefusesADamagedFileByName) {
    write_bytes(file, Bytes(50));
    EXPECT_THAT(message_of([&] { load(); }), AllOf(HasSubstr(file.string()), HasSubstr("128")));
}

TEST_F(FreyFace, NotFoundSaysHowToFetchIt) {
    EXPECT_THAT(message_of([&] { load(); }),
                AllOf(HasSubstr("Frey Face was not found"), HasSubstr("elbow data fetch frey")));
}

TEST_F(FreyFace, FetchThatFailsNamesTheOneFile) {
    const Environment no_programs("PATH", folder.path().string());
    EXPECT_THAT(message_of([&] { fetch_dataset("frey", {folder.path() / "to"}, progress); }),
                AllOf(HasSubstr("https://cs.nyu.edu/~roweis/data/: neither curl nor wget"),
                      HasSubstr("put the file (frey_rawface.mat; or with .gz)")));
}

// Only where somebody put the published file; it is not part of the project.
TEST_F(FreyFace, PublishedFileIsReadAsPublished) {
    const char* machines = std::getenv("ELBOW_TEST_DATA");  // tests/main.cpp: as $ELBOW_DATA was
    const SearchPath search = search_path(machines != nullptr ? machines : "");
    const auto found = datasets().at("frey").find(search);
    if (!found) GTEST_SKIP() << "frey_rawface.mat is not in $ELBOW_DATA";
    EXPECT_TRUE(is_whole(*found, datasets().at("frey").published()));
    const auto faces = load_dataset("frey", search, progress);
    EXPECT_EQ(faces->note, "");
    double sum = 0.0;
    for (const ImageSet* set : {&faces->train, &faces->held_out}) {
        for (const std::uint8_t pixel : set->pixels) sum += pixel;
    }
    EXPECT_NEAR(sum / (kPixels * kImages), 154.46087, 1e-4) << "no image is lost or taken twice";
    fetch_dataset("frey", search, progress);
    EXPECT_THAT(progress.what(), HasSubstr("is already in"));
}

}  // namespace
}  // namespace elbow::data
