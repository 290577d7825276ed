// numpy's format of one array, with its header, as images.

#include "tests/fuzz/array_images.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const InputInMemory input(bytes);
    read_as_images(input.path(), {});
    read_as_images(input.path(), {{{2, 3}}});
}

}  // namespace elbow::fuzz
