#include "engine/fused/bfloat16.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/core/rng.h"
#include "tests/engine/fused/product_forms.h"

namespace elbow::fused {
namespace {

std::vector<float> normals(std::int64_t count, const char* name) {
    std::vector<float> values(static_cast<std::size_t>(count));
    Stream(5, name).normals(0, values);
    return values;
}

// To the nearest number with 8 bits of mantissa, by arithmetic: adding and taking away 2^16 units
// in the last place.
double rounded(float value) {
    if (value == 0.0F) return 0.0;
    int exponent = 0;
    const double mantissa = std::frexp(static_cast<double>(value), &exponent);
    return std::ldexp(std::nearbyint(std::ldexp(mantissa, 8)), exponent - 8);
}

class Bfloat16Products : public testing::TestWithParam<test::ProductForm> {
  protected:
    void SetUp() override {
        if (!has_bfloat16_products()) GTEST_SKIP() << "This processor has no bfloat16 products.";
    }
};

TEST_P(Bfloat16Products, AreThoseOfTheRoundedFactorsWithSumsInSinglePrecision) {
    const auto [transpose_a, transpose_b] = GetParam();
    constexpr std::int64_t kM = 7;
    constexpr std::int64_t kN = 19;
    constexpr std::int64_t kK = 33;
    constexpr std::int64_t kGap = 5;  // numbers between two rows that belong to something else
    const bool a_transposed = transpose_a == 'T';
    const bool b_transposed = transpose_b == 'T';
    const std::int64_t lda = (a_transposed ? kM : kK) + kGap;
    const std::int64_t ldb = (b_transposed ? kK : kN) + kGap;
    const std::int64_t ldc = kN + kGap;
    const std::vector<float> a = normals(lda * kK, "a");
    const std::vector<float> b = normals(ldb * kK, "b");
    std::vector<float> c(static_cast<std::size_t>(ldc * kM), -1.0F);
    multiply_bfloat16(transpose_a, transpose_b, kM, kN, kK, a.data(), lda, b.data(), ldb, c.data(),
                      ldc);
    for (std::int64_t i = 0; i < kM; ++i) {
        for (std::int64_t j = 0; j < kN; ++j) {
            double expected = 0.0;
            for (std::int64_t l = 0; l < kK; ++l) {
                expected += rounded(a[a_transposed ? l * lda + i : i * lda + l]) *
                            rounded(b[b_transposed ? j * ldb + l : l * ldb + j]);
            }
            EXPECT_NEAR(c[i * ldc + j], expected, 1e-5) << i << ", " << j;
        }
        for (std::int64_t j = kN; j < ldc; ++j) EXPECT_EQ(c[i * ldc + j], -1.0F);
    }
}

TEST_P(Bfloat16Products, HideNoNumberThatIsNone) {
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::quiet_NaN(),
          std::bit_cast<float>(0x7F800001U)}) {  // its upper half is infinity's
        const std::vector<float> a(4, bad);
        const std::vector<float> b(4, 1.0F);
        std::vector<float> c(4, 0.0F);
        multiply_bfloat16(GetParam().a, GetParam().b, 2, 2, 2, a.data(), 2, b.data(), 2, c.data(),
                          2);
        for (const float each : c) EXPECT_TRUE(std::isnan(each));
    }
}

INSTANTIATE_TEST_SUITE_P(AllForms, Bfloat16Products, test::all_product_forms(), test::form_name);

}  // namespace
}  // namespace elbow::fused
