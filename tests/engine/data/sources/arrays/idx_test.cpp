#include <gmock/gmock.h>

#include "tests/engine/data/sources/array_files.h"

namespace elbow::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class IdxImages : public ArrayFiles {};

TEST_F(IdxImages, TakesLabelsAndTheOtherPartThatLieBeside) {
    write_small_set(folder.path());
    for (const char* name : {"train-images-idx3-ubyte", "t10k-images-idx3-ubyte",
                             "train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte"}) {
        const ArrayImages images = read(folder / name);
        expect_consistent(images);
        EXPECT_EQ(images.count, 9) << name;
        EXPECT_EQ(images.held_out, 3);
        EXPECT_EQ(images.shape, (ImageShape{1, 4, 4}));
        EXPECT_EQ(images.pixels[1], 1);
        EXPECT_EQ(images.pixels[96], 100);  // the first of the test images
        EXPECT_THAT(images.labels, ElementsAre(0, 1, 2, 3, 4, 5, 0, 1, 2));
        EXPECT_THAT(images.notes, IsEmpty());
    }
}

TEST_F(IdxImages, FindsPackedFilesAndNamesWithADot) {
    file("letters-train-images.idx3-ubyte.gz", gzipped(idx_bytes({2, 4, 4}, counting(32, 200))));
    file("letters-train-labels.idx1-ubyte", idx_bytes({2}, {8, 9}));
    const auto path =
        file("letters-test-images.idx3-ubyte.gz", gzipped(idx_bytes({1, 4, 4}, counting(16))));
    file("letters-test-labels.idx1-ubyte.gz", gzipped(idx_bytes({1}, {8})));
    const ArrayImages images = read(path);
    EXPECT_EQ(images.count, 3);
    EXPECT_EQ(images.held_out, 1);
    EXPECT_THAT(images.class_names, ElementsAre("8", "9"));
    EXPECT_THAT(images.labels, ElementsAre(0, 1, 0));
}

TEST_F(IdxImages, ReadsImagesAloneAndSaysThatTheyHaveNoLabels) {
    const ArrayImages images =
        read("some-images-idx3-ubyte", idx_bytes({2, 4, 5}, counting(40, 100)));
    EXPECT_EQ(images.shape, (ImageShape{1, 4, 5}));
    EXPECT_THAT(images.labels, IsEmpty());
    EXPECT_EQ(images.held_out, 0);
    EXPECT_THAT(all_notes(images), HasSubstr("some-labels-idx1-ubyte"));
    EXPECT_EQ(read("any.name", idx_bytes({2, 4, 5}, counting(40, 100))).count, 2);
}

TEST_F(IdxImages, ReadsColour) {
    const ArrayImages images = read("x", idx_bytes({1, 1, 2, 3}, {200, 100, 0, 201, 101, 1}));
    EXPECT_EQ(images.shape, (ImageShape{3, 1, 2}));
    EXPECT_THAT(images.pixels, ElementsAre(200, 201, 100, 101, 0, 1));
}

TEST_F(IdxImages, TurnsEmnist) {
    const ArrayImages images = read("EMNIST-letters-train-images-idx3-ubyte",
                                    idx_bytes({1, 2, 3}, {90, 91, 92, 93, 94, 95}));
    EXPECT_EQ(images.shape, (ImageShape{1, 3, 2}));
    EXPECT_THAT(images.pixels, ElementsAre(90, 93, 91, 94, 92, 95));
    EXPECT_THAT(all_notes(images), HasSubstr("turned"));
}

TEST_F(IdxImages, RefusesCountsThatDiffer) {
    const auto images = file("train-images-idx3-ubyte", idx_bytes({2, 4, 4}, counting(32)));
    file("train-labels-idx1-ubyte", idx_bytes({3}, counting(3)));
    EXPECT_THAT(message_of([&] { read_array_file(images, {}, progress); }),
                AllOf(HasSubstr("[3] for 2 images"), HasSubstr("train-labels-idx1-ubyte")));
}

TEST_F(IdxImages, RefusesLabelsAloneAndOtherTypes) {
    EXPECT_THAT(refusal("train-labels-idx1-ubyte", idx_bytes({3}, counting(3))),
                HasSubstr("holds labels"));
    Bytes floats = idx_bytes({1, 1, 1}, Bytes(4));
    floats[2] = 0x0D;
    EXPECT_THAT(refusal("x", floats), HasSubstr("another kind"));
    EXPECT_THAT(refusal("x", idx_bytes({2, 4, 4}, counting(31))), HasSubstr("truncated"));
}

}  // namespace
}  // namespace elbow::data
