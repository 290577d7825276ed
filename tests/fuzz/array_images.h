#pragma once

// Any file of arrays: what comes out of it is whole, or it is refused.

#include <algorithm>
#include <filesystem>

#include "engine/data/sources/array_images.h"
#include "tests/fuzz/fuzz.h"

namespace elbow::fuzz {

inline void read_as_images(const std::filesystem::path& path, const data::ArrayWishes& wishes) {
    takes([&] {
        Progress progress;
        const data::ArrayImages images = data::read_array_file(path, wishes, progress);
        const auto count = static_cast<std::size_t>(images.count);
        expect(images.count > 0 && images.held_out < images.count, "there are images to train on");
        expect(images.pixels.size() == count * static_cast<std::size_t>(images.shape.size()),
               "there are as many pixels as the shape says");
        expect(images.labels.empty() || images.labels.size() == count, "each image has a label");
        expect(std::all_of(images.labels.begin(), images.labels.end(),
                           [&](std::uint8_t label) { return label < images.class_names.size(); }),
               "each label has a name");
        expect(
            std::all_of(images.factors.begin(), images.factors.end(),
                        [&](const data::Factor& factor) { return factor.train.size() == count; }),
            "each image has each factor");
    });
}

}  // namespace elbow::fuzz
