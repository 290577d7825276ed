#include "engine/fused/sparse_inputs.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/core/rng.h"

namespace elbow::fused {
namespace {

struct Sizes {
    std::int64_t rows, d, h;
};

// One pixel in five is not zero, and one hidden unit in three has no gradient.
class SparseProducts : public testing::TestWithParam<Sizes> {
  protected:
    SparseProducts()
        : sizes_(GetParam()),
          inputs_(numbers(sizes_.rows * sizes_.d, "inputs")),
          weights_(numbers(sizes_.h * sizes_.d, "weights")),
          hidden_gradient_(numbers(sizes_.rows * sizes_.h, "gradient")),
          sparse_(sizes_.d) {
        const Stream stream(5, "black");
        for (std::size_t i = 0; i < inputs_.size(); ++i)
            if (stream.below(i, 5) != 0) inputs_[i] = 0.0F;
        for (std::size_t i = 0; i < hidden_gradient_.size(); ++i)
            if (i % static_cast<std::size_t>(sizes_.h) % 3 == 1) hidden_gradient_[i] = 0.0F;
    }

    void SetUp() override {
        if (!has_sparse_products()) GTEST_SKIP() << "This processor has no sparse products.";
        sparse_.begin(sizes_.rows);
        EXPECT_FALSE(sparse_.is_faster()) << "nothing is listed";
        sparse_.list_rows(inputs_.data(), {0, sizes_.rows});
        ASSERT_TRUE(sparse_.is_faster());
        for (const int member : {1, 0, 2}) sparse_.list_pixels(member, 3);
    }

    static std::vector<float> numbers(std::int64_t count, const char* name) {
        std::vector<float> values(static_cast<std::size_t>(count));
        Stream(5, name).normals(0, values);
        return values;
    }

    // Not-a-number, so that what is left out shows.
    static std::vector<float> untouched(std::int64_t count) {
        return std::vector<float>(static_cast<std::size_t>(count),
                                  std::numeric_limits<float>::quiet_NaN());
    }

    float input(std::int64_t row, std::int64_t pixel) const {
        return inputs_[static_cast<std::size_t>(row * sizes_.d + pixel)];
    }

    Sizes sizes_;
    std::vector<float> inputs_, weights_, hidden_gradient_;
    SparseInputs sparse_;
};

TEST_P(SparseProducts, AreThoseOfAllPixels) {
    const auto [rows, d, h] = sizes_;
    std::vector<float> hidden = untouched(rows * h);
    sparse_.multiply(weights_.data(), {0, rows}, {0, h}, h, hidden.data());
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t unit = 0; unit < h; ++unit) {
            double sum = 0.0;
            for (std::int64_t pixel = 0; pixel < d; ++pixel)
                sum += static_cast<double>(input(row, pixel)) *
                       weights_[static_cast<std::size_t>(unit * d + pixel)];
            ASSERT_NEAR(hidden[static_cast<std::size_t>(row * h + unit)], sum, 1e-4)
                << row << ", " << unit;
        }
    }
}

TEST_P(SparseProducts, HaveTheGradientOfAllPixels) {
    const auto [rows, d, h] = sizes_;
    std::vector<float> gradient = untouched(h * d);
    sparse_.weight_gradient(hidden_gradient_.data(), {0, h}, h, gradient.data());
    for (std::int64_t unit = 0; unit < h; ++unit) {
        for (std::int64_t pixel = 0; pixel < d; ++pixel) {
            double sum = 0.0;
            for (std::int64_t row = 0; row < rows; ++row)
                sum += static_cast<double>(input(row, pixel)) *
                       hidden_gradient_[static_cast<std::size_t>(row * h + unit)];
            ASSERT_NEAR(gradient[static_cast<std::size_t>(unit * d + pixel)], sum, 1e-4)
                << unit << ", " << pixel;
        }
    }
}

TEST_P(SparseProducts, AreTheSameInParts) {
    const auto [rows, d, h] = sizes_;
    std::vector<float> hidden = untouched(rows * h);
    std::vector<float> gradient = untouched(h * d);
    std::vector<float> parts = hidden;
    std::vector<float> gradient_parts = gradient;
    sparse_.multiply(weights_.data(), {0, rows}, {0, h}, h, hidden.data());
    sparse_.weight_gradient(hidden_gradient_.data(), {0, h}, h, gradient.data());
    const std::int64_t cut = h / 3;
    for (const Share units : {Share{0, cut}, Share{cut, h}}) {
        for (const Share some : {Share{0, 5}, Share{5, rows}})
            sparse_.multiply(weights_.data(), some, units, h, parts.data());
        sparse_.weight_gradient(hidden_gradient_.data(), units, h, gradient_parts.data());
    }
    EXPECT_EQ(parts, hidden);
    EXPECT_EQ(gradient_parts, gradient);
}

INSTANTIATE_TEST_SUITE_P(Sizes, SparseProducts,
                         testing::Values(Sizes{100, 784, 500}, Sizes{33, 7, 3}, Sizes{40, 112, 64},
                                         Sizes{47, 350, 65}, Sizes{200, 115, 130}));

// Of a minibatch after others on the same memory: a larger one, and one that is dense.
TEST_P(SparseProducts, AreNotThoseOfTheMinibatchBefore) {
    const auto [rows, d, h] = sizes_;
    std::vector<float> gradient = untouched(h * d);
    sparse_.weight_gradient(hidden_gradient_.data(), {0, h}, h, gradient.data());
    const std::vector<float> other = numbers(2 * rows * d, "other");
    for (const std::int64_t first : {2 * rows, rows}) {
        sparse_.begin(first);
        sparse_.list_rows(other.data(), {0, first});
        EXPECT_FALSE(sparse_.is_faster());
    }
    std::vector<float> turned(inputs_.rbegin(), inputs_.rend());
    turned.resize(turned.size() * 2, 0.0F);
    sparse_.begin(2 * rows);
    sparse_.list_rows(turned.data(), {0, 2 * rows});
    sparse_.list_pixels(0, 1);
    sparse_.begin(rows);
    sparse_.list_rows(inputs_.data(), {0, rows});
    ASSERT_TRUE(sparse_.is_faster());
    sparse_.list_pixels(0, 1);
    std::vector<float> again = untouched(h * d);
    sparse_.weight_gradient(hidden_gradient_.data(), {0, h}, h, again.data());
    EXPECT_EQ(again, gradient);
}

TEST(SparseInputs, AreLeftToDenseProductsWhereTheseAreFaster) {
    constexpr std::int64_t kD = 200;
    constexpr std::int64_t kRows = 64;
    SparseInputs sparse(kD);
    std::vector<float> inputs(static_cast<std::size_t>(kRows * kD), 0.5F);
    const auto is_faster = [&](std::int64_t rows) {
        sparse.begin(rows);
        sparse.list_rows(inputs.data(), {0, rows});
        return sparse.is_faster();
    };
    EXPECT_FALSE(is_faster(kRows)) << "no pixel is zero";
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (i % 2 == 0) inputs[i] = 0.0F;
    EXPECT_FALSE(is_faster(kRows)) << "half of the pixels are zero";
    inputs.assign(inputs.size(), 0.0F);
    EXPECT_EQ(is_faster(kRows), has_sparse_products()) << "all pixels are zero";
    const std::vector<float> bright(static_cast<std::size_t>(kRows * kD), 0.5F);
    sparse.list_rows(bright.data(), {0, kRows});
    EXPECT_FALSE(sparse.is_faster()) << "others took the place of those that were listed";
    EXPECT_EQ(is_faster(32), has_sparse_products());
    EXPECT_FALSE(is_faster(31)) << "too few images";
}

}  // namespace
}  // namespace elbow::fused
