#include <gmock/gmock.h>

#include "tests/engine/data/sources/array_files.h"

namespace elbow::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Mat : public ArrayFiles {
  protected:
    ArrayImages read_matrices(const std::vector<Mat5Spec>& specs, const ArrayWishes& wishes = {}) {
        Bytes elements;
        for (const Mat5Spec& spec : specs)
            put_all(elements, mat5_compressed(deflated(mat5_matrix(spec))));
        ArrayImages images = read("x.mat", mat5_with(elements), wishes);
        expect_consistent(images);
        return images;
    }
};

TEST_F(Mat, ReadsAnImageAColumnWithItsSize) {
    const Mat5Spec faces{.name = "ff", .shape = {20, 3}, .stored = counting(60, 100)};
    EXPECT_THAT(refusal("x.mat", mat5_file(faces)), HasSubstr("--size"));
    const ArrayImages images = read_matrices({faces}, {{{5, 4}}});
    EXPECT_EQ(images.form, "MAT with ff [20, 3] uint8");
    EXPECT_EQ(images.count, 3);
    EXPECT_EQ(images.shape, (ImageShape{1, 5, 4}));
    EXPECT_EQ(images.pixels, counting(60, 100));
    EXPECT_THAT(all_notes(images), HasSubstr("reshape(X, height, width, [])"));
}

TEST_F(Mat, ReadsAnImageARowWhereThatIsTheSquare) {
    // value = 100 + 16 n + d of [2, 16], the first index is the fastest.
    Bytes stored;
    for (int d = 0; d < 16; ++d)
        for (int n = 0; n < 2; ++n) stored.push_back(static_cast<std::uint8_t>(100 + 16 * n + d));
    const ArrayImages images = read_matrices({{.name = "X", .shape = {2, 16}, .stored = stored}});
    EXPECT_EQ(images.count, 2);
    EXPECT_EQ(images.pixels, counting(32, 100));
}

TEST_F(Mat, TellsRowsFromColumnsByTheLabels) {
    const Mat5Spec x{.name = "x", .shape = {25, 16}, .stored = counting(400)};
    EXPECT_EQ(read_matrices({x}).shape, (ImageShape{1, 5, 5}));
    EXPECT_THAT(all_notes(read_matrices({x})), HasSubstr("each column"));
    const ArrayImages images =
        read_matrices({x, {.name = "y", .shape = {25, 1}, .stored = counting(25)}});
    EXPECT_EQ(images.shape, (ImageShape{1, 4, 4}));
    EXPECT_EQ(images.labels.size(), 25U);
}

TEST_F(Mat, ReadsHeightWidthChannelsCount) {
    // value = 100 n + 10 h + w of [2, 2, 3] and of [2, 1, 3, 2] (channel for n and image).
    const ArrayImages grey =
        read_matrices({{.name = "X",
                        .shape = {2, 2, 3},
                        .stored = {0, 10, 1, 11, 100, 110, 101, 111, 200, 210, 201, 211}}});
    EXPECT_EQ(grey.count, 3);
    EXPECT_THAT(grey.pixels, ElementsAre(0, 1, 10, 11, 100, 101, 110, 111, 200, 201, 210, 211));
    const ArrayImages colour =
        read_matrices({{.name = "X",
                        .shape = {2, 1, 3, 2},
                        .stored = {100, 101, 110, 111, 120, 121, 200, 201, 210, 211, 220, 221}},
                       {.name = "y", .shape = {2, 1}, .stored = {10, 1}}});
    EXPECT_EQ(colour.shape, (ImageShape{3, 2, 1}));
    EXPECT_EQ(colour.count, 2);
    EXPECT_THAT(colour.pixels,
                ElementsAre(100, 101, 110, 111, 120, 121, 200, 201, 210, 211, 220, 221));
    EXPECT_THAT(colour.class_names, ElementsAre("1", "10"));
    // As Python's programs save it.
    EXPECT_EQ(read_matrices({{.name = "X", .shape = {3, 2, 2}, .stored = counting(12)}}).count, 3);
}

TEST_F(Mat, ReadsPartsAndFractions) {
    std::vector<double> values(32, 0.5);
    values[0] = 1.0;
    const auto doubles = [](const std::string& name, std::vector<std::int32_t> shape,
                            const std::vector<double>& numbers) {
        return Mat5Spec{.name = name,
                        .class_number = 6,
                        .shape = std::move(shape),
                        .stored_type = 9,
                        .stored = stored_numbers<double, std::uint64_t>(numbers)};
    };
    // One 1 a column: classes 1 and 0.
    const ArrayImages images = read_matrices(
        {doubles("data", {16, 2}, values), doubles("target", {3, 2}, {0, 1, 0, 1, 0, 0}),
         doubles("testdata", {16, 2}, values), doubles("testtarget", {3, 2}, {0, 1, 0, 1, 0, 0})});
    EXPECT_EQ(images.count, 4);
    EXPECT_EQ(images.held_out, 2);
    EXPECT_TRUE(images.continuous);
    EXPECT_EQ(images.pixels[0], 255);
    EXPECT_EQ(images.pixels[1], 128);
    EXPECT_THAT(images.labels, ElementsAre(1, 0, 1, 0));
}

TEST_F(Mat, SkipsWhatIsNoMatrixOfNumbers) {
    const ArrayImages images =
        read_matrices({{.name = "info", .class_number = 4, .shape = {1, 6}},
                       {.name = "faces", .shape = {16, 2}, .stored = counting(32)}});
    EXPECT_THAT(all_notes(images), HasSubstr("'faces' was taken"));
    EXPECT_THAT(refusal("x.mat", mat5_file({.name = "X", .class_number = 1})),
                AllOf(HasSubstr("cell"), HasSubstr("uint8")));
}

TEST_F(Mat, RefusesADamagedFile) {
    Bytes cut = mat5_file({.shape = {16, 2}, .stored = counting(32)});
    cut.resize(cut.size() - 8);
    EXPECT_THAT(refusal("x.mat", cut), HasSubstr("truncated"));
    EXPECT_THAT(refusal("x.mat", mat5_file({.shape = {16, 3}, .stored = counting(32)})),
                HasSubstr("need 48 bytes"));
    EXPECT_THAT(refusal("x.mat", mat5_header()), HasSubstr("it has nothing"));
}

}  // namespace
}  // namespace elbow::data
