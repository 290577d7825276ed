// Images and labels in MNIST's format, packed or not.

#include "engine/data/idx.h"

#include <functional>
#include <numeric>

#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const InputInMemory input(bytes);
    const Progress progress;
    for (const int dimensions : {1, 3}) {
        takes([&] {
            data::IdxFile file(input.path(), dimensions);
            const auto values = file.read_values(progress);
            const auto& shape = file.shape();
            expect(values.size() == std::accumulate(shape.begin(), shape.end(), std::uint64_t{1},
                                                    std::multiplies<>()),
                   "there are as many values as the shape says");
        });
    }
}

}  // namespace elbow::fuzz
