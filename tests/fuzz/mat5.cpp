// MATLAB's format, in which Frey Face is published.

#include "engine/data/mat5.h"

#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    takes([&] {
        const data::Mat5Matrix matrix = data::parse_mat5(bytes, "ff", "the input");
        expect(matrix.values.size() == std::uint64_t{matrix.rows} * matrix.columns,
               "there are as many values as rows times columns");
    });
}

}  // namespace elbow::fuzz
