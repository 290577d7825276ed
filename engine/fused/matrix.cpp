#include "engine/fused/matrix.h"

#include <dlfcn.h>
#include <dnnl.h>

#include "engine/core/error.h"
#include "engine/fused/rounded_products.h"

namespace elbow::fused {
namespace {

// oneDNN would start an OpenMP team of its own in each of our threads. The OpenMP run time is
// oneDNN's, so it is asked for by name: a build on another threading library has none.
bool make_this_thread_single() {
    using SetThreads = void (*)(int);
    if (auto set_threads = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "omp_set_num_threads")))
        set_threads(1);
    return true;
}

void multiply(char transpose_a, char transpose_b, std::int64_t m, std::int64_t n, std::int64_t k,
              const float* a, std::int64_t lda, const float* b, std::int64_t ldb, float* c,
              std::int64_t ldc, Precision precision) {
    static thread_local const bool kSingle = make_this_thread_single();
    static_cast<void>(kSingle);
    if (m == 0 || n == 0) return;
    if (const RoundedProducts* rounded = find_rounded_products(precision))
        return rounded->multiply(transpose_a, transpose_b, m, n, k, a, lda, b, ldb, c, ldc);
    if (dnnl_sgemm(transpose_a, transpose_b, m, n, k, 1.0f, a, lda, b, ldb, 0.0f, c, ldc) !=
        dnnl_success) {
        throw Error("oneDNN refused a matrix product; is its library damaged or the memory full?");
    }
}

}  // namespace

void multiply_nt(std::int64_t m, std::int64_t n, std::int64_t k, const float* a, std::int64_t lda,
                 const float* b, std::int64_t ldb, float* c, std::int64_t ldc,
                 Precision precision) {
    multiply('N', 'T', m, n, k, a, lda, b, ldb, c, ldc, precision);
}

void multiply_nn(std::int64_t m, std::int64_t n, std::int64_t k, const float* a, std::int64_t lda,
                 const float* b, std::int64_t ldb, float* c, std::int64_t ldc,
                 Precision precision) {
    multiply('N', 'N', m, n, k, a, lda, b, ldb, c, ldc, precision);
}

void multiply_tn(std::int64_t m, std::int64_t n, std::int64_t k, const float* a, std::int64_t lda,
                 const float* b, std::int64_t ldb, float* c, std::int64_t ldc,
                 Precision precision) {
    multiply('T', 'N', m, n, k, a, lda, b, ldb, c, ldc, precision);
}

}  // namespace elbow::fused
