#include "engine/data/mat5.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/engine/data/mat5_files.h"

namespace elbow::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Mat5Matrix parsed(const Bytes& content) { return parse_mat5(content, "ff", "faces.mat"); }

std::string refusal_of(const Bytes& content) {
    std::string message = message_of([&] { parsed(content); });
    EXPECT_THAT(message, HasSubstr("'faces.mat'"));
    return message;
}

std::string refusal(const Mat5Spec& spec) { return refusal_of(mat5_file(spec)); }

void expect_two_by_three(const Mat5Matrix& matrix) {
    EXPECT_EQ(matrix.rows, 2U);
    EXPECT_EQ(matrix.columns, 3U);
    EXPECT_THAT(matrix.values, ElementsAre(1, 2, 3, 4, 5, 255));
}

TEST(Mat5, ReadsAMatrixOfBytes) { expect_two_by_three(parsed(mat5_file())); }

TEST(Mat5, ReadsEitherByteOrder) {
    expect_two_by_three(parsed(mat5_file({.order = ByteOrder::kBig})));
}

TEST(Mat5, ReadsElementsWithinTheirTag) {
    for (const ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) {
        const Mat5Matrix matrix = parsed(mat5_file(
            Mat5Spec{.shape = {1, 3}, .stored = {7, 8, 9}, .order = order, .small = true}));
        EXPECT_EQ(matrix.columns, 3U);
        EXPECT_THAT(matrix.values, ElementsAre(7, 8, 9));
    }
}

TEST(Mat5, ReadsCompressedMatrices) {
    for (const ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) {
        const Bytes packed = deflated(mat5_matrix({.order = order}));
        expect_two_by_three(parsed(mat5_with(mat5_compressed(packed, order), order)));
    }
}

TEST(Mat5, ReadsACompressedMatrixOfManyPieces) {
    const Bytes values = counting(500 * 400);
    const Bytes packed = deflated(mat5_matrix({.shape = {500, 400}, .stored = values}));
    EXPECT_EQ(parsed(mat5_with(mat5_compressed(packed))).values, values);
}

TEST(Mat5, ReadsEveryTypeOfWholeNumbers) {
    const auto expect_read = [](std::uint32_t class_number, std::uint32_t type, const Bytes& stored,
                                ByteOrder order) {
        const Mat5Matrix matrix = parsed(mat5_file({.class_number = class_number,
                                                    .shape = {1, 2},
                                                    .stored_type = type,
                                                    .stored = stored,
                                                    .order = order}));
        EXPECT_THAT(matrix.values, ElementsAre(3, 127)) << "type " << type;
    };
    for (const ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) {
        expect_read(8, 1, {3, 127}, order);
        expect_read(10, 3, stored_numbers<std::int16_t, std::uint16_t>({3, 127}, order), order);
        expect_read(11, 4, stored_numbers<std::uint16_t, std::uint16_t>({3, 127}, order), order);
        expect_read(12, 5, stored_numbers<std::int32_t, std::uint32_t>({3, 127}, order), order);
        expect_read(13, 6, stored_numbers<std::uint32_t, std::uint32_t>({3, 127}, order), order);
        expect_read(7, 7, stored_numbers<float, std::uint32_t>({3, 127}, order), order);
        expect_read(6, 9, stored_numbers<double, std::uint64_t>({3, 127}, order), order);
        expect_read(14, 12, stored_numbers<std::int64_t, std::uint64_t>({3, 127}, order), order);
        expect_read(15, 13, stored_numbers<std::uint64_t, std::uint64_t>({3, 127}, order), order);
        expect_read(6, 2, {3, 127}, order);  // doubles that are stored as bytes
    }
}

TEST(Mat5, FindsItsMatrixAmongOthers) {
    Bytes elements = mat5_matrix({.name = "labels", .class_number = 2, .stored = {}});
    put_all(elements, mat5_compressed(deflated(mat5_matrix({.name = "f"}))));
    put_all(elements, mat5_matrix());
    put_all(elements, mat5_matrix({.name = "more", .shape = {1, 1}, .stored = {9}}));
    expect_two_by_three(parsed(mat5_with(elements)));
}

TEST(Mat5, RefusesAFileThatEndsAnywhereBeforeItsEnd) {
    const Bytes plain = mat5_file();
    const Bytes packed = mat5_with(mat5_compressed(deflated(mat5_matrix())));
    for (const Bytes& whole : {plain, packed}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            EXPECT_THROW(parsed(part), Error) << size << " of " << whole.size() << " bytes";
        }
    }
    const Bytes part(plain.begin(), plain.end() - 1);
    EXPECT_THAT(refusal_of(part), AllOf(HasSubstr("promises 64 bytes, found 63"),
                                        HasSubstr("Fetch it again or replace it")));
    EXPECT_THAT(refusal_of(Bytes(100)), AllOf(HasSubstr("128 bytes"), HasSubstr("found 100")));
}

TEST(Mat5, NeverReadsOutsideAFileWithOneWrongByte) {
    const Bytes plain = mat5_file();
    const Bytes packed = mat5_with(mat5_compressed(deflated(mat5_matrix())));
    for (const Bytes& whole : {plain, packed}) {
        for (std::size_t at = 124; at < whole.size(); ++at) {
            for (const int flip : {0x01, 0x80, 0xff}) {
                Bytes wrong = whole;
                wrong[at] = static_cast<std::uint8_t>(wrong[at] ^ flip);
                try {
                    EXPECT_EQ(parsed(wrong).values.size(), 6U) << "byte " << at;
                } catch (const Error&) {  // what is right for most of them
                }
            }
        }
    }
}

TEST(Mat5, RefusesOtherFormats) {
    Bytes wrong = mat5_file();
    wrong[126] = 'X';
    EXPECT_THAT(refusal_of(wrong),
                AllOf(HasSubstr("not a MAT file of level 5"), HasSubstr("found 88 and 77")));
    EXPECT_THAT(refusal_of(mat5_header(ByteOrder::kLittle, 0x0200)),
                AllOf(HasSubstr("expected 256"), HasSubstr("save it with -v7.")));
    EXPECT_THAT(refusal_of(mat5_with(mat5_element(9, Bytes(16), ByteOrder::kLittle))),
                AllOf(HasSubstr("expected a matrix"), HasSubstr("16 bytes of type 9")));
    EXPECT_THAT(refusal_of(mat5_with(mat5_compressed(deflated(Bytes(200, 3))))),
                HasSubstr("expected a compressed matrix"));
}

TEST(Mat5, RefusesForeignMatrices) {
    const struct {
        std::uint32_t number;
        const char* name;
    } foreign[] = {{1, "cell"}, {2, "struct"}, {3, "object"}, {4, "char"}, {5, "sparse"}};
    for (const auto& other : foreign) {
        EXPECT_THAT(refusal({.class_number = other.number}),
                    AllOf(HasSubstr("expected real numbers"), HasSubstr(other.name)));
    }
    EXPECT_THAT(refusal({.flags = 0x0800}), HasSubstr("found complex ones"));
    EXPECT_THAT(refusal({.shape = {1, 2, 3}}),
                AllOf(HasSubstr("two dimensions, found 3"), HasSubstr("1 x 2 x 3")));
    EXPECT_THAT(refusal({.class_number = 17}), HasSubstr("no matrix called 'ff'"));
}

TEST(Mat5, NamesTheMatricesThatAreThereInstead) {
    EXPECT_THAT(refusal({.name = "gg\n"}),
                AllOf(HasSubstr("no matrix called 'ff', found 'gg?'"), HasSubstr("that name")));
    EXPECT_THAT(refusal_of(mat5_header()), HasSubstr("found none at all"));
    Bytes many;
    for (int i = 0; i < 12; ++i) put_all(many, mat5_matrix({.name = "m" + std::to_string(i)}));
    EXPECT_THAT(refusal_of(mat5_with(many)), HasSubstr("'m7' and 4 more"));
}

TEST(Mat5, RefusesDimensionsThatDoNotMultiplyToTheSize) {
    EXPECT_THAT(refusal({.shape = {2, 4}}),
                AllOf(HasSubstr("2 x 4 need 8 bytes"), HasSubstr("found 6")));
    EXPECT_THAT(refusal({.class_number = 6, .stored_type = 9}), HasSubstr("need 48 bytes"));
    EXPECT_THAT(refusal({.after = Bytes(16)}), HasSubstr("nothing after its values, found 16"));
}

TEST(Mat5, RefusesAbsurdDimensions) {
    const std::vector<std::int32_t> absurd[] = {
        {0, 3}, {2, -3}, {0x7fffffff, 0x7fffffff}, {1 << 16, 1 << 11}};
    for (const auto& shape : absurd) {
        EXPECT_THAT(refusal({.shape = shape}),
                    AllOf(HasSubstr("at least 1 and at most 67108864"),
                          HasSubstr(std::to_string(shape[0]) + " x " + std::to_string(shape[1]))));
    }
}

TEST(Mat5, RefusesValuesThatAreNoGreyValues) {
    const auto doubles = [](const std::vector<double>& values) {
        return refusal({.class_number = 6,
                        .stored_type = 9,
                        .stored = stored_numbers<double, std::uint64_t>(values)});
    };
    EXPECT_THAT(doubles({0, 1, 2, 3, 0.5, 5}),
                AllOf(HasSubstr("found 0.5 in row 1, column 3"), HasSubstr("as uint8")));
    EXPECT_THAT(doubles({0, 256, 2, 3, 4, 5}), HasSubstr("found 256 in row 2, column 1"));
    EXPECT_THAT(doubles({0, 1, -1, 3, 4, 5}), HasSubstr("found -1 in row 1, column 2"));
    EXPECT_THAT(doubles({std::nan(""), 1, 2, 3, 4, 5}), HasSubstr("nan"));
    EXPECT_THAT(refusal({.class_number = 8, .stored_type = 1, .stored = Bytes(6, 0x80)}),
                HasSubstr("found -128"));
    EXPECT_THAT(refusal({.stored_type = 16}), HasSubstr("found type 16"));
}

// A compressed element whose matrix is called ff, with `promised` in place of its size.
Bytes promising(const Mat5Spec& spec, std::uint32_t promised, std::size_t more) {
    Bytes matrix = mat5_matrix(spec);
    Bytes size;
    put_number(size, promised, 4, ByteOrder::kLittle);
    std::copy(size.begin(), size.end(), matrix.begin() + 4);
    matrix.resize(matrix.size() + more);
    return mat5_with(mat5_compressed(deflated(matrix)));
}

TEST(Mat5, RefusesACompressedMatrixThatUnpacksToMoreThanItNeeds) {
    // Sixty megabytes of zeros behind, or within, a matrix of six bytes.
    const std::size_t more = 60'000'000;
    EXPECT_THAT(refusal_of(promising({}, 64, more)), HasSubstr("and more come out of it"));
    EXPECT_THAT(refusal_of(promising({}, 64 + more, more)),
                AllOf(HasSubstr("promises 60000064"), HasSubstr("2 x 3 need at most")));
}

TEST(Mat5, RefusesACompressedMatrixThatCannotUnpackToWhatItPromises) {
    EXPECT_THAT(refusal_of(promising({.shape = {6000, 10000}}, 60'000'064, 0)),
                AllOf(HasSubstr("promises 60000064"), HasSubstr("hold at most")));
    EXPECT_THAT(refusal_of(promising({.shape = {1000, 10}}, 10'064, 0)),
                AllOf(HasSubstr("promises 10064 bytes, and 64 came out")));
    EXPECT_THAT(refusal_of(promising({.shape = {8000, 8000}}, 0xffffffff, 0)),
                HasSubstr("67108864 are read at most"));
}

TEST(Mat5, RefusesACompressedMatrixWithAWrongChecksum) {
    Bytes packed = deflated(mat5_matrix());
    packed.back() ^= 1;
    EXPECT_THAT(refusal_of(mat5_with(mat5_compressed(packed))), HasSubstr("damaged"));
}

TEST(Mat5, ListsWhatThereIsWithoutReadingIt) {
    Bytes elements = mat5_compressed(deflated(mat5_matrix({.name = "X", .shape = {1, 2, 3}})));
    put_all(elements, mat5_matrix({.name = "s", .class_number = 2}));
    put_all(elements, mat5_matrix({.name = "z", .class_number = 6, .flags = 0x0800}));
    const std::vector<Mat5Entry> entries = list_mat5(mat5_with(elements), "faces.mat");
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[0].name, "X");
    EXPECT_EQ(entries[0].type, "uint8");
    EXPECT_THAT(entries[0].shape, ElementsAre(1, 2, 3));
    EXPECT_TRUE(entries[0].readable);
    EXPECT_EQ(entries[1].type, "struct");
    EXPECT_FALSE(entries[1].readable);
    EXPECT_FALSE(entries[2].readable);  // complex
}

TEST(Mat5, VisitsTheNumbersOfAnyShape) {
    const Bytes content =
        mat5_file({.class_number = 6,
                   .shape = {1, 2, 2},
                   .stored_type = 9,
                   .stored = stored_numbers<double, std::uint64_t>({-0.5, 1e9, 3, 4})});
    Progress progress;
    std::vector<double> values;
    const auto visit = [&] {
        visit_mat5(content, "ff", "faces.mat", progress, [&values](std::span<const double> more) {
            values.insert(values.end(), more.begin(), more.end());
        });
    };
    visit();
    EXPECT_THAT(values, ElementsAre(-0.5, 1e9, 3, 4));
}

TEST(Mat5, ReadsFilesPlainOrGzipped) {
    const TemporaryFolder folder;
    const auto plain = folder.path() / "faces.mat";
    const auto packed = folder.path() / "faces.mat.gz";
    write_bytes(plain, mat5_file());
    write_bytes(packed, gzipped(mat5_file()));
    expect_two_by_three(read_mat5(plain, "ff"));
    expect_two_by_three(read_mat5(packed, "ff"));
}

TEST(Mat5, RefusesFilesThatAreMissingOrTooLarge) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "faces.mat";
    EXPECT_THAT(message_of([&] { read_mat5(path, "ff"); }), HasSubstr("No such file"));
    write_bytes(path, mat5_header());
    std::filesystem::resize_file(path, kLargestMat5Bytes + 1);
    EXPECT_THAT(message_of([&] { read_mat5(path, "ff"); }),
                AllOf(HasSubstr(path.string()), HasSubstr("too large"), HasSubstr("67108864")));
}

}  // namespace
}  // namespace elbow::data
