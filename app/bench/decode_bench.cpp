// What the explorer does while somebody drags: images from z, and the map's means from images; and
// what the map's layers ask.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/bench/bench.h"
#include "app/bench/call_time.h"
#include "app/bench/memory_images.h"
#include "engine/core/rng.h"
#include "engine/explore/aggregate.h"
#include "engine/explore/classes.h"
#include "engine/explore/directions.h"
#include "engine/explore/latent_map.h"
#include "engine/explore/manifold.h"
#include "engine/explore/metric.h"
#include "engine/explore/path_geometry.h"
#include "engine/explore/scores.h"
#include "engine/explore/true_posterior.h"

namespace elbow::bench {
namespace {

constexpr const char* kDecodePart = "decode";
constexpr int kDecodedImages = 10'000;
constexpr int kManyCodes = 60'000;

struct Task {
    std::string name;
    std::function<void()> call;
};

// Of ten classes, all over the place.
explore::ClassLookup class_lookup(int latents) {
    const Stream stream(1, "codes");
    explore::LatentMap codes;
    codes.size_for(kManyCodes, latents);
    for (std::size_t i = 0; i < codes.mean.size(); ++i)
        codes.mean[i] = static_cast<float>(4.0 * stream.uniform(i) - 2.0);
    std::vector<std::uint8_t> labels(kManyCodes);
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::uint8_t>(i % 10);
    return {codes, labels};
}

}  // namespace

void bench_decode(const BenchOptions& options, Figures& figures) {
    const model::ModelSpec spec = fused::Architecture{};  // 784-500-2
    const std::vector<float> parameters = model::initial_parameters(spec, "glorot", 1);
    const auto dataset = images_in_memory({.train = 1, .held_out = kDecodedImages});
    const auto model = model::make_model(spec);
    const auto grid = [](int side) {
        explore::ManifoldRequest request;
        request.columns = request.rows = side;
        return explore::manifold_latents(request, 2);
    };
    const auto decoding = [&](const std::vector<float>& z) {
        return [&model, &parameters, z] { explore::decode(*model, parameters, z); };
    };
    const explore::LatentMap map =
        explore::encode_all(*model, parameters, *dataset, dataset->held_out);
    explore::ClassLookup two = class_lookup(2), twenty = class_lookup(20);
    const std::vector<float> place(20, 0.1f);
    const std::vector<Task> tasks = {
        {"784-500-2, decoding one z", decoding({0.5f, -0.5f})},
        {"784-500-2, decoding 20 x 20", decoding(grid(20))},
        {"784-500-2, decoding 40 x 40", decoding(grid(40))},
        {"784-500-2, encoding 10 000 images",
         [&] { explore::encode_all(*model, parameters, *dataset, dataset->held_out); }},
        {"784-500-2, true posterior on 96 x 96",
         [&] { explore::true_posterior(*model, parameters, *dataset, 0); }},
        {"784-500-2, metric on 64 x 64",
         [&] {
             explore::ManifoldRequest plane;
             plane.columns = plane.rows = 64;
             explore::metric(*model, parameters, plane);
         }},
        {"784-500-2, geodesic",
         [&] {
             explore::path_geometry(*model, parameters, {{-2.0f, -1.0f}, {1.5f, 2.0f}});
         }},
        {"784-500-2, directions at a place",
         [&] {
             explore::directions(*model, parameters, {0.5f, -0.5f});
         }},
        {"2 latents, class of a place among 60 000 codes",
         [&] { two.at(std::span(place).first(2)); }},
        {"20 latents, class of a place among 60 000 codes", [&] { twenty.at(place); }},
        {"784-500-2, aggregate posterior of 10 000 images",
         [&] { explore::aggregate(map, *model, parameters); }},
        {"784-500-2, bounds of 10 000 images", [&] {
             explore::ImageScores scores;
             scores.size_for(kDecodedImages);
             const auto rows = static_cast<int>(model->rows_at_once());
             for (int first = 0; first < kDecodedImages; first += rows) {
                 explore::score_into(scores, *model, parameters, *dataset, dataset->held_out, first,
                                     std::min(first + rows, kDecodedImages));
             }
         }}};
    for (const Task& task : tasks) task.call();  // makes room, once
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        for (const Task& task : tasks) {
            options.next(task.name);
            figures.add(kDecodePart, task.name, 1, "ms",
                        median_call_ms(options.seconds, task.call));
        }
    }
}

}  // namespace elbow::bench
