#pragma once

// Matrix products with factors rounded to float16 (11 bits of mantissa), on processors that add up
// and multiply such numbers twice as fast as floats. Sums of up to 64 products are in float16, and
// the sums of these in float32, so that the error is about half of that with bfloat16 factors. Each
// row of A, and columns of B that would leave the range of float16, are scaled by a power of two.
// Within one of them, what is less than 1e-4 of the largest number loses digits, as it would not in
// bfloat16, and what is less than 1e-7 counts as zero.

#include <cstdint>

namespace elbow::fused {

// Whether this processor has instructions for them, and this program was built with them.
bool has_float16_products();

// C [m, n] = op(A) op(B) on the calling thread, row-major; `transpose_*` is 'N' or 'T', `ld*` a
// row's length in memory; k is 1 or more. C is overwritten. Each element is the same however rows
// and columns are shared out.
void multiply_float16(char transpose_a, char transpose_b, std::int64_t m, std::int64_t n,
                      std::int64_t k, const float* a, std::int64_t lda, const float* b,
                      std::int64_t ldb, float* c, std::int64_t ldc);

}  // namespace elbow::fused
