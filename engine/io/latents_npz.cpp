#include "engine/io/latents_npz.h"

#include <cmath>
#include <numeric>
#include <vector>

#include "engine/data/held_out_pixels.h"
#include "engine/io/npz.h"

namespace elbow::io {

std::string latents_npz(const explore::LatentMap& map, const data::Dataset& dataset,
                        std::span<const int> only, bool with_images) {
    std::vector<int> images(only.begin(), only.end());
    if (images.empty()) {
        images.resize(static_cast<std::size_t>(map.count));
        std::iota(images.begin(), images.end(), 0);
    }
    const auto latents = static_cast<std::size_t>(map.latents);
    std::vector<float> mean, log_variance;
    std::vector<std::uint8_t> labels;
    for (const int image : images) {
        const std::size_t at = static_cast<std::size_t>(image) * latents;
        for (std::size_t n = 0; n < latents; ++n) {
            mean.push_back(map.mean[at + n]);
            log_variance.push_back(2.0F * std::log(map.deviation[at + n]));
        }
        if (!dataset.held_out.labels.empty())
            labels.push_back(dataset.held_out.labels[static_cast<std::size_t>(image)]);
    }
    const auto count = static_cast<std::int64_t>(images.size());
    NpzFile file;
    file.add("index", {count}, std::span<const std::int32_t>(images));
    file.add("mean", {count, map.latents}, std::span<const float>(mean));
    file.add("log_variance", {count, map.latents}, std::span<const float>(log_variance));
    if (!labels.empty()) {
        file.add("label", {count}, std::span<const std::uint8_t>(labels));
        file.add("class_names", dataset.class_names);
    }
    if (with_images) {
        const data::ImageShape shape = dataset.shape();
        file.add("images", {count, shape.channels, shape.height, shape.width},
                 std::span<const std::uint8_t>(data::held_out_pixels(dataset, images)));
    }
    return file.finish();
}

}  // namespace elbow::io
