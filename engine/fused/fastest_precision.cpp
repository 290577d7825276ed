#include "engine/fused/fastest_precision.h"

#include "engine/fused/bfloat16.h"
#include "engine/fused/float16.h"

namespace elbow::fused {

Precision fastest_precision() {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_is("amd") != 0 && has_bfloat16_products()) return Precision::kBfloat16;
    if (__builtin_cpu_is("intel") != 0 && has_float16_products()) return Precision::kFloat16;
#endif
    return Precision::kFloat32;
}

}  // namespace elbow::fused
