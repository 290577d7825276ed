#include "engine/data/sources/latent_codes.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

#include "tests/engine/data/sources/array_files.h"

namespace elbow::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LatentCodesFile : public ArrayFiles {
  protected:
    std::filesystem::path npz(const std::vector<ZipEntry>& entries) {
        return file("codes.npz", zip_of(entries, true));
    }
    std::shared_ptr<const LatentCodes> codes(const std::filesystem::path& path, int latents) {
        return read_latent_codes(path, latents, progress);
    }
    std::string refusal(const std::filesystem::path& path, int latents) {
        return message_of([&] { codes(path, latents); });
    }
};

Bytes floats_of(const std::vector<int>& shape, const std::vector<float>& values,
                bool fortran = false) {
    return npy("<f4", shape, stored_numbers<float, std::uint32_t>(values), fortran);
}

TEST_F(LatentCodesFile, HasTheMeansAndTheLabels) {
    const auto path = npz({{"deviation.npy", floats_of({3, 2}, {9, 9, 9, 9, 9, 9})},
                           {"mean.npy", floats_of({3, 2}, {1, 2, 3, 4, 5, NAN})},
                           {"label.npy", npy_of_bytes({3}, {4, 0, 255})}});
    ASSERT_TRUE(is_codes_file(path));
    const auto found = codes(path, 2);
    EXPECT_EQ(found->count(), 3);
    EXPECT_EQ(found->in_file, 3);
    EXPECT_EQ(found->file, path);
    EXPECT_TRUE(std::isnan(found->z.back())) << "which is nowhere on the map";
    EXPECT_THAT(std::vector<float>(found->z.begin(), found->z.end() - 1),
                ElementsAre(1, 2, 3, 4, 5));
    EXPECT_THAT(found->labels, ElementsAre(4, 0, 255));
}

TEST_F(LatentCodesFile, IsReadInEitherOrderAndOfTwoTypes) {
    EXPECT_THAT(codes(npz({{"z.npy", floats_of({2, 3}, {1, 4, 2, 5, 3, 6}, true)}}), 3)->z,
                ElementsAre(1, 2, 3, 4, 5, 6));
    const Bytes doubles =
        npy("<f8", {1, 2}, stored_numbers<double, std::uint64_t>(std::vector<double>{0.5, 7}));
    EXPECT_THAT(codes(npz({{"embeddings.npy", doubles}}), 2)->z, ElementsAre(0.5F, 7));
}

TEST_F(LatentCodesFile, OfMoreThanCanBeToldApartAreAFairPart) {
    std::vector<float> values(25'000);
    std::iota(values.begin(), values.end(), 0.0F);
    const auto found = codes(npz({{"z.npy", floats_of({25'000, 1}, values)}}), 1);
    EXPECT_EQ(found->in_file, 25'000);
    EXPECT_EQ(found->count(), 8334);
    EXPECT_THAT(std::vector<float>(found->z.begin(), found->z.begin() + 3), ElementsAre(0, 3, 6));
}

TEST_F(LatentCodesFile, TakesLabelsOfAsManyWholeNumbersAlone) {
    const ZipEntry z = {"z.npy", floats_of({2, 1}, {1, 2})};
    EXPECT_THAT(codes(npz({z, {"label.npy", npy_of_bytes({3}, {1, 2, 3})}}), 1)->labels, IsEmpty());
    EXPECT_THAT(codes(npz({z, {"y.npy", floats_of({2}, {1, 0.5})}}), 1)->labels, IsEmpty());
    EXPECT_THAT(codes(npz({z, {"y.npy", floats_of({2}, {1, 300})}}), 1)->labels, IsEmpty());
}

TEST_F(LatentCodesFile, IsNoneWithoutCodesOrWithImages) {
    const ZipEntry z = {"z.npy", floats_of({2, 1}, {1, 2})};
    EXPECT_FALSE(is_codes_file(npz({z, {"images.npy", npy_of_bytes({2, 4, 4}, counting(32))}})));
    EXPECT_FALSE(is_codes_file(npz({{"x_train.npy", floats_of({2, 1}, {1, 2})}})));
    EXPECT_FALSE(is_codes_file(npz({{"mean.npy", npy_of_bytes({2, 1}, {1, 2})}})))
        << "no fractions";
    EXPECT_FALSE(is_codes_file(file("z.npy", floats_of({2, 1}, {1, 2}))));
    EXPECT_FALSE(is_codes_file(folder / "nothing"));
    Bytes cut = zip_of({z});
    cut.resize(60);
    EXPECT_FALSE(is_codes_file(file("cut.npz", cut)));
}

TEST_F(LatentCodesFile, SaysWhatDoesNotFit) {
    EXPECT_THAT(
        refusal(npz({{"z.npy", floats_of({1, 3}, {1, 2, 3})}}), 2),
        AllOf(HasSubstr("of 3 latents"), HasSubstr("this run has 2"), HasSubstr("codes.npz")));
    EXPECT_THAT(refusal(npz({{"z.npy", floats_of({0, 2}, {})}}), 2), HasSubstr("0 codes"));
    EXPECT_THAT(refusal(npz({{"z.npy", floats_of({90'000'000, 2}, {1})}}), 2),
                HasSubstr("50000000 of 2 latents"));
    EXPECT_THAT(refusal(npz({{"z.npy", floats_of({2, 2}, {1, 2, 3})}}), 2), HasSubstr("codes.npz"));
    EXPECT_THAT(refusal(npz({{"a.npy", floats_of({2, 2}, {1, 2, 3, 4})}}), 2),
                HasSubstr("called mean, z or codes"));
}

}  // namespace
}  // namespace elbow::data
