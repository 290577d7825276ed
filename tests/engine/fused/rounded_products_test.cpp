#include "engine/fused/rounded_products.h"

#include <gtest/gtest.h>

#include "engine/fused/fastest_precision.h"

namespace elbow::fused {
namespace {

TEST(RoundedProducts, AreFoundByTheNameOfTheirGradients) {
    for (const RoundedProducts& products : rounded_products()) {
        EXPECT_EQ(find_rounded_products(products.name), &products);
        EXPECT_EQ(find_rounded_products(products.precision), &products);
        EXPECT_EQ(precision_of(products.name), products.precision);
    }
    EXPECT_EQ(find_rounded_products("fused"), nullptr);
    EXPECT_EQ(find_rounded_products(Precision::kFloat32), nullptr);
    EXPECT_EQ(precision_of("autograd"), Precision::kFloat32);
}

TEST(RoundedProducts, AreNotUsedWhereTheyAreNotFaster) {
    EXPECT_EQ(precision_for(Precision::kFloat16, 64), Precision::kFloat16);
    EXPECT_EQ(precision_for(Precision::kFloat16, 63), Precision::kFloat32);
    EXPECT_EQ(precision_for(Precision::kBfloat16, 20), Precision::kBfloat16);
    EXPECT_EQ(precision_for(Precision::kFloat32, 500), Precision::kFloat32);
    EXPECT_TRUE(wants_sparse_products(Precision::kFloat32));
    EXPECT_TRUE(wants_sparse_products(Precision::kFloat16));
    EXPECT_FALSE(wants_sparse_products(Precision::kBfloat16));
}

TEST(RoundedProducts, AreTheFastestOnlyOnProcessorsThatHaveThem) {
    const RoundedProducts* fastest = find_rounded_products(fastest_precision());
    EXPECT_TRUE(fastest == nullptr || fastest->are_there());
}

}  // namespace
}  // namespace elbow::fused
