#pragma once

// Matrix products with rounded factors, faster on processors that have instructions for them: each
// kind is a file, a Precision, a line in the list, and a choice of --gradients (engine/run/config).

#include <array>
#include <cstdint>
#include <string>

#include "engine/fused/matrix.h"

namespace elbow::fused {

struct RoundedProducts {
    const char* name;  // in --gradients: "bfloat16"
    Precision precision;
    const char* instructions;  // that they need: "AVX-512 BF16"
    bool (*are_there)();       // on this processor, in this program
    // C = op(A) op(B), as multiply_bfloat16().
    void (*multiply)(char transpose_a, char transpose_b, std::int64_t m, std::int64_t n,
                     std::int64_t k, const float* a, std::int64_t lda, const float* b,
                     std::int64_t ldb, float* c, std::int64_t ldc);
    // Products with weights of which a side is narrower are made in float32, since they would not
    // be faster. Weights that are shared out among threads count whole.
    std::int64_t least_width;
    bool beat_sparse;  // they are faster than float32's of sparse images (sparse_inputs.h)
};

const std::array<RoundedProducts, 2>& rounded_products();

// Null where these gradients are not rounded, or their products in float32.
const RoundedProducts* find_rounded_products(const std::string& gradients);
const RoundedProducts* find_rounded_products(Precision);

Precision precision_of(const std::string& gradients);

// The precision of a product with weights whose narrower side has so many.
Precision precision_for(Precision wanted, std::int64_t width);

// Whether sparse images are to be multiplied by their pixels that are not zero, in float32.
bool wants_sparse_products(Precision);

}  // namespace elbow::fused
