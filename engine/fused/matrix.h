#pragma once

// Products of row-major float matrices on the calling thread, by oneDNN or, in float16, our own.

#include <cstdint>

namespace elbow::fused {

// What the factors of a product are rounded to (rounded_products.h).
enum class Precision { kFloat32, kBfloat16, kFloat16 };

// Each has the suffix of what is transposed, "n"ot or "t"ransposed, for A and B; `ld*` is a
// matrix's row length in memory, and k is 1 or more. C is overwritten.

// C [m, n] = A [m, k] B [n, k]^T
void multiply_nt(std::int64_t m, std::int64_t n, std::int64_t k, const float* a, std::int64_t lda,
                 const float* b, std::int64_t ldb, float* c, std::int64_t ldc,
                 Precision = Precision::kFloat32);
// C [m, n] = A [m, k] B [k, n]
void multiply_nn(std::int64_t m, std::int64_t n, std::int64_t k, const float* a, std::int64_t lda,
                 const float* b, std::int64_t ldb, float* c, std::int64_t ldc,
                 Precision = Precision::kFloat32);
// C [m, n] = A [k, m]^T B [k, n]
void multiply_tn(std::int64_t m, std::int64_t n, std::int64_t k, const float* a, std::int64_t lda,
                 const float* b, std::int64_t ldb, float* c, std::int64_t ldc,
                 Precision = Precision::kFloat32);

}  // namespace elbow::fused
