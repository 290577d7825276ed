#pragma once

// ELBOW_CLONES before a function compiles it for several instruction sets and picks the best at
// start-up: loops built for plain SSE2 run at half the speed. Not under sanitizers, whose run time
// is not ready when the choice is made.

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(ELBOW_SANITIZED)
#define ELBOW_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ELBOW_CLONES
#endif
