#include "engine/fused/float16.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/core/rng.h"
#include "tests/engine/fused/product_forms.h"

namespace elbow::fused {
namespace {

struct ProductSizes {
    std::int64_t m, n, k;
};

constexpr std::int64_t kGap = 5;  // numbers between two rows that belong to something else

class Float16Products : public testing::TestWithParam<test::ProductForm> {
  protected:
    void SetUp() override {
        if (!has_float16_products()) GTEST_SKIP() << "This processor has no float16 products.";
    }
    bool a_transposed() const { return GetParam().a == 'T'; }
    bool b_transposed() const { return GetParam().b == 'T'; }
    std::int64_t lda(const ProductSizes& s) const { return (a_transposed() ? s.m : s.k) + kGap; }
    std::int64_t ldb(const ProductSizes& s) const { return (b_transposed() ? s.k : s.n) + kGap; }
    // Rows and columns of a and b as op() has them.
    float& a_at(const ProductSizes& s, std::int64_t row, std::int64_t column) {
        return a_[static_cast<std::size_t>(a_transposed() ? column * lda(s) + row
                                                          : row * lda(s) + column)];
    }
    float& b_at(const ProductSizes& s, std::int64_t row, std::int64_t column) {
        return b_[static_cast<std::size_t>(b_transposed() ? column * ldb(s) + row
                                                          : row * ldb(s) + column)];
    }
    void draw(const ProductSizes& s) {
        a_.resize(static_cast<std::size_t>(lda(s) * std::max(s.m, s.k)));
        b_.resize(static_cast<std::size_t>(ldb(s) * std::max(s.n, s.k)));
        Stream(5, "a").normals(0, a_);
        Stream(5, "b").normals(0, b_);
    }
    // [m, n + kGap], where what is not written is -1.
    std::vector<float> product(const ProductSizes& s) {
        std::vector<float> c(static_cast<std::size_t>(s.m * (s.n + kGap)), -1.0F);
        multiply_float16(GetParam().a, GetParam().b, s.m, s.n, s.k, a_.data(), lda(s), b_.data(),
                         ldb(s), c.data(), s.n + kGap);
        return c;
    }

    std::vector<float> a_, b_;
};

// Below 2048 float16 has all whole numbers.
TEST_P(Float16Products, OfSmallWholeNumbersAreExact) {
    for (const ProductSizes& s :
         {ProductSizes{7, 19, 33}, ProductSizes{1, 1, 1}, ProductSizes{12, 64, 64},
          ProductSizes{13, 65, 129}, ProductSizes{100, 40, 300}, ProductSizes{30, 200, 100}}) {
        draw(s);
        for (std::vector<float>* each : {&a_, &b_})
            for (float& value : *each) value = std::clamp(std::round(value), -2.0F, 2.0F);
        const std::vector<float> c = product(s);
        for (std::int64_t i = 0; i < s.m; ++i) {
            const float* row = c.data() + i * (s.n + kGap);
            for (std::int64_t j = 0; j < s.n; ++j) {
                double expected = 0.0;
                for (std::int64_t l = 0; l < s.k; ++l)
                    expected += static_cast<double>(a_at(s, i, l)) * b_at(s, l, j);
                ASSERT_EQ(row[j], expected)
                    << s.m << "x" << s.n << "x" << s.k << ": " << i << ", " << j;
            }
            for (std::int64_t j = s.n; j < s.n + kGap; ++j) ASSERT_EQ(row[j], -1.0F);
        }
    }
}

// Half as much as with factors in bfloat16.
TEST_P(Float16Products, AreWrongByAThousandth) {
    const ProductSizes s{50, 80, 500};
    draw(s);
    const std::vector<float> c = product(s);
    double errors = 0.0, squares = 0.0;
    for (std::int64_t i = 0; i < s.m; ++i) {
        for (std::int64_t j = 0; j < s.n; ++j) {
            double expected = 0.0;
            for (std::int64_t l = 0; l < s.k; ++l)
                expected += static_cast<double>(a_at(s, i, l)) * b_at(s, l, j);
            const double error = c[static_cast<std::size_t>(i * (s.n + kGap) + j)] - expected;
            errors += error * error;
            squares += expected * expected;
        }
    }
    EXPECT_LT(std::sqrt(errors / squares), 1.5e-3);
}

// A gradient of a Gaussian's mean may be 1e6, and one of a pixel that is always black 1e-9.
TEST_P(Float16Products, AreAsGoodFarOutsideTheRangeOfFloat16) {
    const ProductSizes s{20, 70, 90};
    draw(s);
    const std::vector<float> plain = product(s);
    const auto factor = [](std::int64_t number) {
        return std::ldexp(1.0F, static_cast<int>(number % 9 - 4) * 12);
    };
    for (std::int64_t l = 0; l < s.k; ++l) {
        for (std::int64_t i = 0; i < s.m; ++i) a_at(s, i, l) *= factor(i);
        for (std::int64_t j = 0; j < s.n; ++j) b_at(s, l, j) *= factor(j + 1);
    }
    const std::vector<float> scaled = product(s);
    for (std::int64_t i = 0; i < s.m; ++i) {
        for (std::int64_t j = 0; j < s.n; ++j) {
            const auto at = static_cast<std::size_t>(i * (s.n + kGap) + j);
            EXPECT_NEAR(scaled[at] / factor(i) / factor(j + 1), plain[at], 0.02) << i << ", " << j;
        }
    }
}

TEST_P(Float16Products, AreTheSameHoweverTheyAreSharedOut) {
    const ProductSizes whole{50, 200, 150};
    draw(whole);
    for (std::int64_t l = 0; l < whole.k; ++l) {  // beyond what needs no scale
        b_at(whole, l, 3) *= 1e6F;
        b_at(whole, l, 130) *= 1e-6F;
    }
    const std::vector<float> c = product(whole);
    for (const auto& [row, rows, column, columns] :
         {std::array<std::int64_t, 4>{0, 17, 0, 112}, {17, 33, 112, 88}, {48, 2, 16, 130}}) {
        std::vector<float> part(static_cast<std::size_t>(rows * columns));
        multiply_float16(GetParam().a, GetParam().b, rows, columns, whole.k, &a_at(whole, row, 0),
                         lda(whole), &b_at(whole, 0, column), ldb(whole), part.data(), columns);
        for (std::int64_t i = 0; i < rows; ++i)
            for (std::int64_t j = 0; j < columns; ++j)
                ASSERT_EQ(part[static_cast<std::size_t>(i * columns + j)],
                          c[static_cast<std::size_t>((row + i) * (whole.n + kGap) + column + j)]);
    }
}

TEST_P(Float16Products, HideNoNumberThatIsNone) {
    const ProductSizes s{3, 5, 7};
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        draw(s);
        a_at(s, 1, 2) = bad;
        const std::vector<float> of_a = product(s);
        draw(s);
        b_at(s, 2, 4) = bad;
        const std::vector<float> of_b = product(s);
        for (std::int64_t i = 0; i < s.m; ++i) {
            for (std::int64_t j = 0; j < s.n; ++j) {
                const auto at = static_cast<std::size_t>(i * (s.n + kGap) + j);
                EXPECT_EQ(std::isfinite(of_a[at]), i != 1) << i << ", " << j;
                EXPECT_EQ(std::isfinite(of_b[at]), j != 4) << i << ", " << j;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(AllForms, Float16Products, test::all_product_forms(), test::form_name);

}  // namespace
}  // namespace elbow::fused
