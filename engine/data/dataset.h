#pragma once

// A data set, in memory or in files that are mapped, immutable once loaded, shared by all threads
// as shared_ptr<const Dataset>.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/data/batch.h"
#include "engine/data/image_shape.h"
#include "engine/data/pixels.h"

namespace elbow::data {

struct ImageSet {
    int count = 0;
    Pixels pixels;                     // [count, C, height, width], 0 black to 255 white
    std::vector<std::uint8_t> labels;  // [count], an index into class_names; empty: no labels
};

// Something known about how each image was made, such as its size: one value an image.
struct Factor {
    std::string name;             // with its unit, "size (pixels)"
    std::vector<float> train;     // [train.count]
    std::vector<float> held_out;  // [held_out.count]
};

// What the likelihood has to predict: the grey values themselves, or black and white pixels drawn
// from them, once or each time that an image is trained on (targets.h). Bounds on different targets
// must not be compared.
enum class Targets { kGrey, kBinarised, kRedrawn };

struct Dataset {
    std::string name;    // "mnist", as in the list of data sets
    std::string title;   // "MNIST"
    std::string note;    // shown to the person where it is not empty ("drawn in code, ...")
    std::string source;  // the folder or the package it was read from
    // Of its images and labels (fingerprint.h); empty where they are drawn in code, whose name
    // says all.
    std::string fingerprint;
    int channels = 1;             // as ImageShape says
    int height = 0;               // pixels
    int width = 0;                // pixels
    float scale = 1.0f / 255.0f;  // target value in [0, 1] = pixel * scale
    bool continuous = false;      // grey values are measurements: a Gaussian likelihood suits them
    Targets targets = Targets::kGrey;
    std::shared_ptr<const Dataset> grey;  // what was binarised; null: this is grey itself
    std::vector<std::string> class_names;
    ImageSet train;
    ImageSet held_out;
    std::vector<Factor> factors;  // empty where nothing is known

    ImageShape shape() const { return {channels, height, width}; }
    int dimensions() const { return channels * height * width; }
    // These images of the set, or those from `begin` to before `end`; the data set outlives it.
    Batch batch(const ImageSet& set, std::span<const std::uint32_t> indices) const {
        return {set.pixels.data(),
                dimensions(),
                scale,
                indices,
                0,
                nullptr,
                set.labels.empty() ? nullptr : set.labels.data()};
    }
    Batch batch(const ImageSet& set, int begin, int end) const {
        const auto first = static_cast<std::size_t>(begin);
        return {set.pixels.data() + first * static_cast<std::size_t>(dimensions()),
                dimensions(),
                scale,
                {},
                0,
                nullptr,
                set.labels.empty() ? nullptr : set.labels.data() + first,
                end - begin};
    }
    std::span<const std::uint8_t> image(const ImageSet& set, int index) const {
        return {set.pixels.data() + static_cast<std::size_t>(index) * dimensions(),
                static_cast<std::size_t>(dimensions())};
    }
};

}  // namespace elbow::data
