#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/memory.h"
#include "engine/data/sources/arrays/npy_format.h"
#include "tests/engine/data/sources/array_files.h"

namespace elbow::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Npy : public ArrayFiles {
  protected:
    // One image of 4 x 4 with these values first and `rest` in the others.
    template <class Number, class Bits>
    ArrayImages read_values(const std::string& descr, std::vector<Number> values, Number rest,
                            ByteOrder order = ByteOrder::kLittle) {
        values.resize(16, rest);
        return read("x.npy", npy(descr, {1, 4, 4}, stored_numbers<Number, Bits>(values, order)));
    }
};

TEST_F(Npy, ReadsBytesAsTheyAre) {
    const ArrayImages images = read("x.npy", npy_of_bytes({2, 3, 4}, counting(24)));
    expect_consistent(images);
    EXPECT_EQ(images.form, "npy with [2, 3, 4] uint8");
    EXPECT_EQ(images.count, 2);
    EXPECT_EQ(images.shape, (ImageShape{1, 3, 4}));
    EXPECT_EQ(images.pixels, counting(24));
    EXPECT_THAT(images.labels, IsEmpty());
    EXPECT_FALSE(images.continuous);
}

TEST_F(Npy, ReadsEachVersionAndGzip) {
    for (const int version : {1, 2, 3}) {
        const Bytes bytes = npy("|u1", {1, 4, 4}, counting(16, 99), false, version);
        EXPECT_EQ(read("x.npy", bytes).pixels, counting(16, 99)) << version;
        EXPECT_EQ(read("x.npy.gz", gzipped(bytes)).pixels, counting(16, 99)) << version;
    }
    EXPECT_THAT(refusal("x.npy", npy("|u1", {1, 4, 4}, counting(16), false, 4)),
                HasSubstr("version 4"));
}

TEST_F(Npy, ReadsColourWithChannelsLastAndFirst) {
    const Bytes red_green_blue = {10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32, 233};  // planes
    Bytes interleaved;
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t channel = 0; channel < 3; ++channel)
            interleaved.push_back(red_green_blue[4 * channel + i]);
    const ArrayImages last = read("x.npy", npy_of_bytes({1, 2, 2, 3}, interleaved));
    const ArrayImages first = read("x.npy", npy_of_bytes({1, 3, 2, 2}, red_green_blue));
    EXPECT_EQ(last.shape, (ImageShape{3, 2, 2}));
    EXPECT_EQ(last.pixels, red_green_blue);
    EXPECT_EQ(first.shape, last.shape);
    EXPECT_EQ(first.pixels, red_green_blue);
}

TEST_F(Npy, TakesOneChannelForGrey) {
    for (const auto& shape : {std::vector<int>{2, 2, 5, 1}, {2, 1, 2, 5}}) {
        const ArrayImages images = read("x.npy", npy_of_bytes(shape, counting(20, 70)));
        EXPECT_EQ(images.shape, (ImageShape{1, 2, 5}));
        EXPECT_EQ(images.pixels, counting(20, 70));
    }
}

TEST_F(Npy, LaysOpacityOverWhite) {
    const ArrayImages images =
        read("x.npy", npy_of_bytes({1, 1, 2, 4}, {100, 0, 50, 255, 100, 0, 50, 0}));
    EXPECT_THAT(images.pixels, ElementsAre(100, 255, 0, 255, 50, 255));
    EXPECT_THAT(all_notes(images), HasSubstr("opacity"));
}

TEST_F(Npy, TellsChannelsBySquareSidesWhereEitherAxisCouldBeThem) {
    EXPECT_EQ(read("x.npy", npy_of_bytes({1, 4, 4, 3}, counting(48))).shape, (ImageShape{3, 4, 4}));
    EXPECT_EQ(read("x.npy", npy_of_bytes({1, 3, 4, 4}, counting(48))).shape, (ImageShape{3, 4, 4}));
    const ArrayImages either = read("x.npy", npy_of_bytes({2, 3, 8, 3}, counting(144)));
    EXPECT_EQ(either.shape, (ImageShape{3, 3, 8}));
    EXPECT_THAT(all_notes(either), HasSubstr("could be the channels"));
}

TEST_F(Npy, TakesHeightWidthAndThreeForOneImage) {
    const ArrayImages images = read("x.npy", npy_of_bytes({8, 9, 3}, counting(216)));
    EXPECT_EQ(images.count, 1);
    EXPECT_EQ(images.shape, (ImageShape{3, 8, 9}));
    EXPECT_THAT(all_notes(images), HasSubstr("one image"));
}

TEST_F(Npy, ReadsFortransOrder) {
    // value = 100 n + 10 h + w of [2, 2, 3]; the first index is the fastest.
    const Bytes stored = {0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112};
    const ArrayImages images = read("x.npy", npy("|u1", {2, 2, 3}, stored, true));
    EXPECT_THAT(images.pixels, ElementsAre(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112));
}

TEST_F(Npy, ReadsWholeNumbersOfEverySizeInEitherOrder) {
    const auto expect_read = [](const ArrayImages& images) {
        EXPECT_THAT(std::vector<int>(images.pixels.begin(), images.pixels.begin() + 3),
                    ElementsAre(0, 100, 127));
        EXPECT_FALSE(images.continuous);
    };
    expect_read(read_values<std::int8_t, std::uint8_t>("|i1", {0, 100, 127}, 1));
    for (const ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) {
        const std::string sign = order == ByteOrder::kLittle ? "<" : ">";
        expect_read(read_values<std::int16_t, std::uint16_t>(sign + "i2", {0, 100, 127}, 1, order));
        expect_read(
            read_values<std::uint16_t, std::uint16_t>(sign + "u2", {0, 100, 127}, 1, order));
        expect_read(read_values<std::int32_t, std::uint32_t>(sign + "i4", {0, 100, 127}, 1, order));
        expect_read(
            read_values<std::uint32_t, std::uint32_t>(sign + "u4", {0, 100, 127}, 1, order));
        expect_read(read_values<std::int64_t, std::uint64_t>(sign + "i8", {0, 100, 127}, 1, order));
        expect_read(
            read_values<std::uint64_t, std::uint64_t>(sign + "u8", {0, 100, 127}, 1, order));
        expect_read(read_values<float, std::uint32_t>(sign + "f4", {0, 100, 127}, 1, order));
        expect_read(read_values<double, std::uint64_t>(sign + "f8", {0, 100, 127}, 1, order));
    }
}

TEST_F(Npy, StretchesZeroToOneAndMinusOneToOne) {
    ArrayImages images = read_values<float, std::uint32_t>("<f4", {0.0F, 0.25F, 1.0F}, 0.5F);
    EXPECT_THAT(images.pixels, ElementsAreArray({0, 64, 255, 128, 128, 128, 128, 128, 128, 128, 128,
                                                 128, 128, 128, 128, 128}));
    EXPECT_TRUE(images.continuous);
    EXPECT_THAT(all_notes(images), HasSubstr("from 0 to 1"));
    images = read_values<double, std::uint64_t>("<f8", {-1.0, 0.0, 1.0}, -0.5);
    EXPECT_THAT(Bytes(images.pixels.begin(), images.pixels.begin() + 4),
                ElementsAre(0, 128, 255, 64));
    EXPECT_THAT(all_notes(images), HasSubstr("from -1 to 1"));
}

TEST_F(Npy, KnowsBytesThatWereDividedBy255) {
    const ArrayImages images = read_values<float, std::uint32_t>(
        "<f4", {0.0F, 1.0F / 255, 100.0F / 255, 254.0F / 255}, 1.0F);
    EXPECT_THAT(Bytes(images.pixels.begin(), images.pixels.begin() + 4),
                ElementsAre(0, 1, 100, 254));
    EXPECT_FALSE(images.continuous);
}

TEST_F(Npy, ReadsHalfPrecision) {
    // 0, 2^-24 (the smallest), 0.5, 1
    const ArrayImages images =
        read_values<std::uint16_t, std::uint16_t>("<f2", {0, 1, 0x3800, 0x3C00}, 0x3400);
    EXPECT_THAT(Bytes(images.pixels.begin(), images.pixels.begin() + 5),
                ElementsAre(0, 0, 128, 255, 64));
}

TEST_F(Npy, TakesZeroAndOneForBlackAndWhite) {
    Bytes values(16, 0);
    values[3] = 1;
    for (const char* type : {"|b1", "|u1"}) {
        const ArrayImages images = read("x.npy", npy(type, {1, 4, 4}, values));
        EXPECT_EQ(images.pixels[2], 0);
        EXPECT_EQ(images.pixels[3], 255);
        EXPECT_THAT(all_notes(images), HasSubstr("black and white"));
    }
}

TEST_F(Npy, SaysThatImagesAreDark) {
    EXPECT_THAT(all_notes(read("x.npy", npy_of_bytes({1, 4, 4}, counting(16)))), HasSubstr("dark"));
}

TEST_F(Npy, RefusesValuesThatAreNoGreyValues) {
    const auto message = [&](std::vector<double> values) {
        values.resize(16);
        return refusal("x.npy",
                       npy("<f8", {1, 4, 4}, stored_numbers<double, std::uint64_t>(values)));
    };
    EXPECT_THAT(message({-0.42, 2.8}), AllOf(HasSubstr("from -0.42 to 2.8"), HasSubstr("x.min()")));
    EXPECT_THAT(message({0, 256}), HasSubstr("from 0 to 256"));
    EXPECT_THAT(message({0, 1e300}), HasSubstr("expected grey values"));
    EXPECT_THAT(message({0, 0, 0, 0, 0, std::nan("")}), HasSubstr("at [0, 1, 1]"));
    EXPECT_THAT(message({0, std::numeric_limits<double>::infinity()}), HasSubstr("at [0, 0, 1]"));
}

TEST_F(Npy, TakesASquareForARowAndAsksForAnyOtherSize) {
    EXPECT_EQ(read("x.npy", npy_of_bytes({2, 25}, counting(50))).shape, (ImageShape{1, 5, 5}));
    const Bytes rows = npy_of_bytes({2, 560}, Bytes(1120, 200));
    EXPECT_THAT(refusal("x.npy", rows), AllOf(HasSubstr("[2, 560]"), HasSubstr("--size 20x28")));
    EXPECT_EQ(read("x.npy", rows, {{{28, 20}}}).shape, (ImageShape{1, 28, 20}));
    EXPECT_THAT(refusal("x.npy", rows, {{{28, 28}}}),
                AllOf(HasSubstr("28 x 28"), HasSubstr("560")));
    EXPECT_THAT(refusal("x.npy", npy_of_bytes({2, 9}, counting(18))), HasSubstr("--size"));
    const ArrayImages colour = read("x.npy", npy_of_bytes({2, 48}, counting(96)), {{{4, 4}}});
    EXPECT_EQ(colour.shape, (ImageShape{3, 4, 4}));
    EXPECT_EQ(colour.pixels, counting(96));
    EXPECT_THAT(all_notes(colour), HasSubstr("planes"));
}

TEST_F(Npy, RefusesObjectsRecordsAndTexts) {
    EXPECT_THAT(refusal("x.npy", npy("|O", {2}, bytes_of("\x80\x04garbage"))),
                AllOf(HasSubstr("Python objects"), HasSubstr("never executed")));
    EXPECT_THAT(refusal("x.npy", npy_with_header("{'descr': [('a', '<f4'), ('b', [('c', '|u1')])], "
                                                 "'fortran_order': False, 'shape': (2,), }",
                                                 Bytes(10))),
                HasSubstr("records"));
    EXPECT_THAT(refusal("x.npy", npy("<U5", {2}, Bytes(40))), HasSubstr("'<U5'"));
    EXPECT_THAT(refusal("x.npy", npy("<c8", {1, 4, 4}, Bytes(128))), HasSubstr("'<c8'"));
    EXPECT_THAT(refusal("x.npy", npy("<f16", {1, 4, 4}, Bytes(256))), HasSubstr("'<f16'"));
}

TEST_F(Npy, RefusesShapesThatAreNoImages) {
    EXPECT_THAT(refusal("x.npy", npy_of_bytes({16}, counting(16))), HasSubstr("[N, H, W]"));
    EXPECT_THAT(refusal("x.npy", npy_of_bytes({}, counting(1))), HasSubstr("[N, H, W]"));
    EXPECT_THAT(refusal("x.npy", npy_of_bytes({1, 2, 4, 2}, counting(16))),
                HasSubstr("1, 3 or 4 channels"));
    EXPECT_THAT(refusal("x.npy", npy_of_bytes({0, 4, 4}, {})), HasSubstr("no values"));
    EXPECT_THAT(refusal("x.npy", npy_of_bytes({1, 1, 5000}, Bytes(5000))),
                HasSubstr("5000 x 1 pixels"));
}

TEST_F(Npy, NeverAsksForMemoryThatTheFileCannotFill) {
    EXPECT_THAT(refusal("x.npy", npy_of_bytes({1000000, 28, 28}, counting(16))),
                HasSubstr("784000000 bytes, found at most 16"));
    EXPECT_THAT(refusal("x.npy", npy_of_bytes({2000000000, 2000000000, 2000000000}, {})),
                HasSubstr("values that are read at most"));
    EXPECT_THAT(refusal("x.npy", npy_of_bytes({1, 4, 4}, counting(17))), HasSubstr("found more"));
    EXPECT_THAT(refusal("x.npy.gz", gzipped(npy_of_bytes({1000000, 28, 28}, counting(16)))),
                HasSubstr("found at most"));
}

// A file with a hole of 64 GB, as floats that lie in Fortran's order: 98 GB are needed.
TEST_F(Npy, RefusesWhatDoesNotFitIntoMemory) {
    const Bytes start = npy("<f4", {1'000'000, 128, 128}, {}, true);
    const std::uint64_t values = std::uint64_t{1'000'000} * 128 * 128;
    if (!available_below(6 * values)) GTEST_SKIP() << "There is enough";
    const auto large = file("large.npy", start);
    std::filesystem::resize_file(large, start.size() + 4 * values);
    EXPECT_THAT(message_of([&] { read_array_file(large, {}, progress); }),
                AllOf(HasSubstr("large.npy"), HasSubstr("98 GB of memory"),
                      HasSubstr("Save a part of it")));
}

TEST_F(Npy, RefusesADamagedHeader) {
    for (const char* words :
         {"{'descr': '|u1', 'fortran_order': False, 'shape': (1, 4, 4", "", "{", "{}",
          "{'descr': '|u1', 'shape': (1, 4, 4), }", "{'descr': 5}",
          "{'descr': '|u1', 'fortran_order': Maybe, 'shape': (1, 4, 4), }",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (1, -4, 4), }",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999, 4), }",
          "{'descr': [[, 'fortran_order': False, 'shape': (1, 4, 4), }"}) {
        EXPECT_THAT(refusal("x.npy", npy_with_header(words, counting(16))), HasSubstr("damaged"))
            << words;
    }
    EXPECT_THAT(refusal("x.npy", bytes_of("\x93NUMPY\x01")), HasSubstr("begin with"));
}

TEST_F(Npy, StopsOnRequestWithinAMegabyte) {
    const Bytes bytes = npy("<f4", {2000, 28, 28}, Bytes(std::size_t{2000} * 28 * 28 * 4));
    std::size_t taken = 0;
    const ReadBytes from_memory = [&](std::span<std::uint8_t> out) {
        const std::size_t count = std::min(out.size(), bytes.size() - taken);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(taken), count, out.begin());
        taken += count;
        if (taken > 1000) progress.cancel();  // the first values have been read
        return count;
    };
    const NpyHeader header = read_npy_header(from_memory, "x.npy");
    PlainNumbers numbers;
    EXPECT_THROW(read_npy_values(header, from_memory, bytes.size(), "x.npy", numbers, progress),
                 Cancelled);
    EXPECT_GT(numbers.values.size(), 0U);
    EXPECT_LE(taken, (std::size_t{1} << 20) + 1000);
    EXPECT_THROW(read("x.npy", npy_of_bytes({2, 4, 4}, counting(32))), Cancelled);
}

TEST_F(Npy, TakesLabelsThatLieBeside) {
    const Bytes two = npy_of_bytes({2, 4, 4}, counting(32));
    const Bytes labels = npy_of_bytes({2}, {7, 3});
    for (const auto& [images, of_labels] :
         {std::pair("images.npy", "labels.npy"), std::pair("x_train.npy", "y_train.npy"),
          std::pair("X_train.npy", "y_train.npy"), std::pair("X.npy", "y.npy"),
          std::pair("data.npy", "targets.npy"), std::pair("data.npy", "labels.npy")}) {
        const testing_support::TemporaryFolder alone;
        write_bytes(alone / images, two);
        EXPECT_THAT(read(alone / images).labels, IsEmpty());
        write_bytes(alone / of_labels, labels);
        for (const char* opened : {images, of_labels}) {
            const ArrayImages read_images = read(alone / opened);
            EXPECT_EQ(read_images.pixels, counting(32)) << opened;
            EXPECT_THAT(read_images.class_names, ElementsAre("3", "7")) << opened;
            EXPECT_THAT(read_images.labels, ElementsAre(1, 0)) << opened;
            EXPECT_EQ(array_files(alone / opened).size(), 2U);
        }
    }
}

TEST_F(Npy, TakesTheOtherPartThatLiesBeside) {
    file("x_train.npy", npy_of_bytes({2, 4, 4}, counting(32)));
    file("y_train.npy", npy_of_bytes({2}, {1, 0}));
    file("y_test.npy", npy_of_bytes({1}, {1}));
    const ArrayImages images = read("x_test.npy", npy_of_bytes({1, 4, 4}, counting(16, 100)));
    expect_consistent(images);
    EXPECT_EQ(images.form, "npy with x_train [2, 4, 4] uint8, y_train, x_test, y_test");
    EXPECT_EQ(images.held_out, 1);
    EXPECT_THAT(images.labels, ElementsAre(1, 0, 1));
}

TEST_F(Npy, RefusesLabelsBesideThatAreOfOtherImages) {
    file("labels.npy", npy_of_bytes({5}, {1, 2, 3, 4, 5}));
    EXPECT_THAT(refusal("images.npy", npy_of_bytes({2, 4, 4}, counting(32))),
                AllOf(HasSubstr("'labels'"), HasSubstr("what lies beside it"),
                      HasSubstr("one label an image")));
}

}  // namespace
}  // namespace elbow::data
