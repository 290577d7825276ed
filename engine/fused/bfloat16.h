#pragma once

// Matrix products with factors rounded to bfloat16, the upper half of a float (8 bits of mantissa),
// and sums in float32: faster on some of the processors that have instructions for them
// (fastest_precision.h).

#include <cstdint>

namespace elbow::fused {

// Whether this processor has instructions for them; without, they would be slower than float32.
bool has_bfloat16_products();

// C [m, n] = op(A) op(B) on the calling thread, row-major; `transpose_*` is 'N' or 'T', `ld*` a
// row's length in memory. C is overwritten. Throws Error where oneDNN refuses.
void multiply_bfloat16(char transpose_a, char transpose_b, std::int64_t m, std::int64_t n,
                       std::int64_t k, const float* a, std::int64_t lda, const float* b,
                       std::int64_t ldb, float* c, std::int64_t ldc);

}  // namespace elbow::fused
