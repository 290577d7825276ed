#pragma once

// A file with arrays under names, whatever its format: npy (one, without a name), npz and MAT. What
// of it is images, labels and factors is found in one place for all of them (stored_images.h). Used
// by one thread.

#include <string>
#include <vector>

#include "engine/core/progress.h"
#include "engine/data/sources/arrays/image_layout.h"
#include "engine/data/sources/arrays/number_sink.h"

namespace elbow::data {

struct StoredArray {
    std::string name;  // "x_train"; empty: the only one of its file
    std::string type;  // "uint8"
    ArrayShape shape;
    bool fortran = false;     // the first index is the fastest
    bool transposed = false;  // rows and columns of each image the other way round
    std::string refusal;      // why its values cannot be read; empty: they can
};

class ArrayStore {
  public:
    ArrayStore() = default;
    virtual ~ArrayStore() = default;
    ArrayStore(const ArrayStore&) = delete;
    ArrayStore& operator=(const ArrayStore&) = delete;

    virtual const std::vector<StoredArray>& arrays() const = 0;
    virtual ImagesAre habit() const { return ImagesAre::kFirst; }
    // Hands all values of an array to the sink, as they lie in the file. Throws Error where the
    // file is cut off or damaged; Cancelled.
    virtual void read(const StoredArray&, NumberSink&, Progress&) = 0;
};

}  // namespace elbow::data
