#pragma once

// While one of these lives, its thread takes floats below 1.2e-38 for zero. They are kept with
// fewer digits (denormals), and Intel's processors are far slower with them: the mean gradient of a
// weight whose input has been zero for 700 updates is such a number, and where many pixels are
// nearly always black they made an update of Adam twice as long. Elsewhere than on x86-64 nothing
// changes.

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace elbow {

class DenormalsAreZero {
  public:
#if defined(__x86_64__)
    DenormalsAreZero() : before_(_mm_getcsr()) { _mm_setcsr(before_ | kResults | kOperands); }
    ~DenormalsAreZero() { _mm_setcsr(before_); }
#else
    DenormalsAreZero() {}
    ~DenormalsAreZero() {}
#endif
    DenormalsAreZero(const DenormalsAreZero&) = delete;
    DenormalsAreZero& operator=(const DenormalsAreZero&) = delete;

  private:
#if defined(__x86_64__)
    static constexpr unsigned int kResults = 0x8000, kOperands = 0x0040;  // bits of MXCSR
    unsigned int before_;
#endif
};

}  // namespace elbow
