#pragma once

// Small images drawn in code, for tests of everything that needs a data set: a soft disc whose
// place and size vary, in three classes by place; in colour brighter from plane to plane.

#include <cmath>
#include <memory>

#include "engine/core/rng.h"
#include "engine/data/dataset.h"

namespace elbow::test {

inline data::ImageSet tiny_images(int count, const data::ImageShape& shape, std::uint64_t seed) {
    const Stream stream(seed, "tiny images");
    data::ImageSet set;
    set.count = count;
    for (int i = 0; i < count; ++i) {
        const auto position = static_cast<std::uint64_t>(i) * 3;
        const double across = stream.uniform(position);
        const double x = across * shape.width;
        const double y = stream.uniform(position + 1) * shape.height;
        const double radius = 1.5 + 2.0 * stream.uniform(position + 2);
        for (int value = 0; value < shape.size(); ++value) {
            const int column = value % shape.width, line = value / shape.width;
            const double distance = std::hypot(column + 0.5 - x, line % shape.height + 0.5 - y);
            const int plane = line / shape.height;
            const double brightest = 255.0 * (plane + 1) / shape.channels;
            const double grey = brightest / (1.0 + std::exp(3.0 * (distance - radius)));
            set.pixels.own().push_back(static_cast<std::uint8_t>(std::lround(grey)));
        }
        set.labels.push_back(static_cast<std::uint8_t>(across * 3.0));
    }
    return set;
}

inline std::shared_ptr<const data::Dataset> tiny_dataset(int train = 200, int held_out = 60,
                                                         int height = 12, int width = 10,
                                                         int channels = 1) {
    auto dataset = std::make_shared<data::Dataset>();
    dataset->name = "tiny";
    dataset->title = "Tiny discs";
    dataset->channels = channels;
    dataset->height = height;
    dataset->width = width;
    dataset->class_names = {"left", "middle", "right"};
    dataset->train = tiny_images(train, dataset->shape(), 1);
    dataset->held_out = tiny_images(held_out, dataset->shape(), 2);
    return dataset;
}

}  // namespace elbow::test
