// The way from libFuzzer to a target.

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    elbow::fuzz::read_input({data, size});
    return 0;
}
