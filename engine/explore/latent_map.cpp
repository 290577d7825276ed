#include "engine/explore/latent_map.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"

namespace elbow::explore {

namespace {

LatentMap sized_for(const model::Vae& vae, const data::ImageSet& set) {
    LatentMap map;
    map.latents = vae.architecture().latents;
    map.count = set.count;
    const std::size_t values = static_cast<std::size_t>(set.count) * map.latents;
    map.mean.resize(values);
    map.log_variance.resize(values);
    return map;
}

}  // namespace

void encode_into(LatentMap& map, model::Vae& vae, std::span<const float> parameters,
                 const data::Dataset& dataset, const data::ImageSet& set, int begin, int end) {
    const auto latents = static_cast<std::size_t>(vae.architecture().latents);
    const auto dimensions = static_cast<std::size_t>(dataset.dimensions());
    if (dataset.dimensions() != vae.architecture().dimensions()) {
        throw Error("The model was made for images of " +
                    std::to_string(vae.architecture().dimensions()) + " pixels, but '" +
                    dataset.name + "' has " + std::to_string(dimensions) +
                    "; use the data set that the model was trained on.");
    }
    if (begin < 0 || begin > end || end > set.count) {
        throw Error("Images " + std::to_string(begin) + " to " + std::to_string(end) +
                    " were to be encoded, but there are only " + std::to_string(set.count) + ".");
    }
    const std::size_t whole = static_cast<std::size_t>(set.count) * latents;
    if (map.mean.size() != whole || map.log_variance.size() != whole) {
        throw Error("The map has room for " + std::to_string(map.mean.size()) +
                    " values, but the image set needs " + std::to_string(whole) +
                    "; size it for the whole set.");
    }
    const auto first = static_cast<std::size_t>(begin);
    const auto images = static_cast<std::size_t>(end - begin);
    vae.encode(parameters, std::span(set.pixels).subspan(first * dimensions, images * dimensions),
               dataset.scale, end - begin,
               std::span(map.mean).subspan(first * latents, images * latents),
               std::span(map.log_variance).subspan(first * latents, images * latents));
}

LatentMap encode_all(model::Vae& vae, std::span<const float> parameters,
                     const data::Dataset& dataset, const data::ImageSet& set) {
    LatentMap map = sized_for(vae, set);
    encode_into(map, vae, parameters, dataset, set, 0, set.count);
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
