// Tables of numbers with an image a line, CSV and amat.

#include "tests/fuzz/array_images.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const InputInMemory input(bytes);
    read_as_images(input.path(), {});
    read_as_images(input.path(), {{{3, 6}}});
}

}  // namespace elbow::fuzz
