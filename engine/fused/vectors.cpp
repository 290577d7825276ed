#include "engine/fused/vectors.h"

#include <dnnl.h>

namespace elbow::fused {

bool has_wide_registers() {
#if defined(__x86_64__)
    return (dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core) == dnnl_cpu_isa_avx512_core;
#else
    return false;
#endif
}

}  // namespace elbow::fused
