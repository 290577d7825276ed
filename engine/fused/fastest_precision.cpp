#include "engine/fused/fastest_precision.h"

#include "engine/fused/bfloat16.h"

namespace elbow::fused {
namespace {

bool is_of_amd() {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_is("amd") != 0;
#else
    return false;
#endif
}

}  // namespace

Precision fastest_precision() {
    return is_of_amd() && has_bfloat16_products() ? Precision::kBfloat16 : Precision::kFloat32;
}

}  // namespace elbow::fused
