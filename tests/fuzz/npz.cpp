// numpy's format of several arrays, a zip.

#include "tests/fuzz/array_images.h"

namespace elbow::fuzz {

void read_input(Bytes bytes) {
    const InputInMemory input(bytes);
    read_as_images(input.path(), {});
}

}  // namespace elbow::fuzz
