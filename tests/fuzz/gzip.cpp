// Gzip and plain content, as data sets and downloads are read.

#include "engine/data/byte_source.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    constexpr std::uint64_t kMost = 1 << 20;
    const InputInMemory file(bytes);
    takes([&] {
        const auto content = data::read_content(file.path(), kMost);
        expect(content.size() <= kMost, "no more is unpacked than was asked for");
    });
}

}  // namespace elbow::fuzz
