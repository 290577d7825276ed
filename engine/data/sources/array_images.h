#pragma once

// Images out of a file of arrays: npy, npz, idx, CSV, amat and MAT. What a file is, its content
// says and never its name alone; the forms that are known are listed in array_forms.cpp. Functions
// for a worker thread.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/progress.h"
#include "engine/data/dataset.h"
#include "engine/data/image_shape.h"

namespace elbow::data {

// What a person said of the images where the file does not.
struct ArrayWishes {
    // Height and width, pixels, of images that are rows of numbers. Without it a row is a square.
    std::optional<std::pair<int, int>> size;
};

struct ArrayImages {
    std::string form;  // "npz with x_train [60000, 28, 28] uint8, y_train, x_test, y_test"
    int count = 0;     // images, at least 1
    ImageShape shape;
    std::vector<std::uint8_t> pixels;      // [count, C, H, W], 0 black to 255 white
    std::vector<std::uint8_t> labels;      // [count], an index into class_names; empty: no labels
    std::vector<std::string> class_names;  // at most 256; the numbers where there are no names
    int held_out = 0;             // the last so many are a held-out part of their own; < count
    std::vector<Factor> factors;  // [count] values each, in Factor::train
    // The values were measurements and no whole numbers: a Gaussian likelihood suits them.
    bool continuous = false;
    std::vector<std::string> notes;  // a sentence each: how it was read, where that was a choice
};

// Whether read_array_file() is the one to read it, or to say why nobody here does: also true for
// what is refused by name (parquet, HDF5, TFRecord, DICOM, pickle). Reads the first bytes alone;
// false where there is no such file, or none that can be read.
bool is_array_file(const std::filesystem::path&);

// The file and those beside it that are read with it: labels, another part. The file alone where it
// is none of the forms, or cannot be read.
std::vector<std::filesystem::path> array_files(const std::filesystem::path&);

// Throws Error where the file is none of the forms, is damaged, has no images that can be read
// without doubt or has values that are no grey values, and says what to do; Cancelled within 0.1 s.
ArrayImages read_array_file(const std::filesystem::path&, const ArrayWishes&, Progress&);

}  // namespace elbow::data
