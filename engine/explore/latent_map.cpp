#include "engine/explore/latent_map.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"

namespace elbow::explore {

void check_images(const model::Model& model, const data::Dataset& dataset) {
    if (dataset.dimensions() != model.spec().image.size()) {
        throw Error("The model was made for images of " +
                    std::to_string(model.spec().image.size()) + " pixels, but '" + dataset.name +
                    "' has " + std::to_string(dataset.dimensions()) +
                    "; use the data set that the model was trained on.");
    }
}

void LatentMap::size_for(int images, int latents_of_model) {
    latents = latents_of_model;
    count = images;
    const std::size_t values = static_cast<std::size_t>(count) * static_cast<std::size_t>(latents);
    mean.resize(values);
    deviation.resize(values);
}

void encode_into(LatentMap& map, model::Model& model, model::Parameters parameters,
                 const data::Dataset& dataset, const data::ImageSet& set, int begin, int end) {
    const auto latents = static_cast<std::size_t>(model.latents());
    check_images(model, dataset);
    if (begin < 0 || begin > end || end > set.count) {
        throw Error("Images " + std::to_string(begin) + " to " + std::to_string(end) +
                    " were to be encoded, but there are only " + std::to_string(set.count) + ".");
    }
    const std::size_t whole = static_cast<std::size_t>(set.count) * latents;
    if (map.mean.size() != whole || map.deviation.size() != whole) {
        throw Error("The map has room for " + std::to_string(map.mean.size()) +
                    " values, but the image set needs " + std::to_string(whole) +
                    "; size it for the whole set.");
    }
    model::Posteriors q;
    model.encode(parameters, dataset.batch(set, begin, end), q);
    const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(begin) * model.latents();
    std::copy(q.mean.begin(), q.mean.end(), map.mean.begin() + first);
    std::copy(q.deviation.begin(), q.deviation.end(), map.deviation.begin() + first);
}

LatentMap encode_all(model::Model& model, model::Parameters parameters,
                     const data::Dataset& dataset, const data::ImageSet& set) {
    LatentMap map;
    map.size_for(set.count, model.latents());
    encode_into(map, model, parameters, dataset, set, 0, set.count);
    return map;
}

std::vector<Neighbour> nearest(const LatentMap& map, std::span<const float> z, int count) {
    if (z.size() != static_cast<std::size_t>(map.latents)) {
        throw Error("A point with " + std::to_string(map.latents) +
                    " latents was expected, one with " + std::to_string(z.size()) + " was given.");
    }
    // The nearest so far, nearest first: there are few of them, and of the images perhaps a
    // million.
    std::vector<Neighbour> found;
    const auto most = static_cast<std::size_t>(std::clamp(count, 0, map.count));
    if (most == 0) return found;
    found.reserve(most + 1);
    for (int i = 0; i < map.count; ++i) {
        const float* mean = map.mean.data() + static_cast<std::size_t>(i) * z.size();
        float squared = 0.0f;
        for (std::size_t n = 0; n < z.size(); ++n) {
            const float difference = mean[n] - z[n];
            squared += difference * difference;
        }
        if (std::isnan(squared)) continue;  // of weights that have diverged
        if (found.size() == most && !(squared < found.back().distance)) continue;
        // Behind its equals, whose numbers are lower.
        const auto place = std::upper_bound(
            found.begin(), found.end(), squared,
            [](float value, const Neighbour& other) { return value < other.distance; });
        found.insert(place, {i, squared});
        if (found.size() > most) found.pop_back();
    }
    for (Neighbour& neighbour : found) neighbour.distance = std::sqrt(neighbour.distance);
    return found;
}

}  // namespace elbow::explore
