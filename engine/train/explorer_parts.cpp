#include "engine/train/explorer_parts.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <utility>

namespace elbow::train {

namespace {

constexpr int kNeighbours = 8;
constexpr int kPointNoiseSamples = 32;
constexpr std::uint64_t kPointSeed = 1;
constexpr int kRefinedPiece = 5;  // steps, about a millisecond
constexpr int kMapPiece = 128;    // images, about half a ms: how long the cursor may have to wait

bool fits(const std::vector<float>& z, const Scene& scene) {
    return z.size() == static_cast<std::size_t>(scene.snapshot->architecture.latents);
}

bool is_held_out(int image, const Scene& scene) {
    return image >= 0 && image < scene.dataset->held_out.count;
}

bool fits(const explore::ManifoldRequest& manifold, const Scene& scene) {
    const int latents = scene.snapshot->architecture.latents;
    return std::max(manifold.x_axis, manifold.y_axis) < latents &&
           (manifold.anchor.empty() || fits(manifold.anchor, scene));
}

double log_prior(std::span<const float> z) {
    double sum = 0.0;
    for (const float value : z) {
        sum -= 0.5 * (double{value} * value + std::log(2.0 * std::numbers::pi));
    }
    return sum;
}

}  // namespace

const char* title(Part part) {
    switch (part) {
        case Part::kCursor:
            return "the image under the cursor";
        case Part::kPoint:
            return "the chosen image";
        case Part::kPath:
            return "the interpolation";
        case Part::kManifold:
            return "the manifold";
        case Part::kSheets:
            return "the reconstructions and samples";
        case Part::kRefined:
            return "the amortisation gap";
        case Part::kMap:
            return "the map";
    }
    return "";
}

bool answerable(Part part, const Scene& scene) {
    const ExploreRequest& request = *scene.request;
    switch (part) {
        case Part::kCursor:
            return fits(request.cursor_z, scene);
        case Part::kPoint:
        case Part::kRefined:
            return scene.snapshot->has_encoder && request.point &&
                   is_held_out(*request.point, scene);
        case Part::kPath:
            return request.path && fits(request.path->from, scene) && fits(request.path->to, scene);
        case Part::kManifold:
            return request.manifold && fits(*request.manifold, scene);
        case Part::kSheets:
            return request.sheets &&
                   std::all_of(request.reconstructions.begin(), request.reconstructions.end(),
                               [&](int image) { return is_held_out(image, scene); });
        case Part::kMap:
            return scene.snapshot->has_encoder && request.map;
    }
    return false;
}

bool same_fields(Part part, const ExploreRequest& a, const ExploreRequest& b) {
    switch (part) {
        case Part::kCursor:
            return &a == &b;
        case Part::kPoint:
        case Part::kRefined:
            return a.point == b.point;
        case Part::kPath:
            return a.path == b.path;
        case Part::kManifold:
            return a.manifold == b.manifold;
        case Part::kSheets:
            return a.reconstructions == b.reconstructions && a.prior_samples == b.prior_samples &&
                   a.prior_seed == b.prior_seed;
        case Part::kMap:
            return true;
    }
    return false;
}

Stamp stamp_of(const Scene& scene) {
    return {scene.snapshot->run, scene.snapshot->step, scene.snapshot->samples,
            scene.request->number};
}

std::shared_ptr<const CursorView> make_cursor(model::Vae& vae, const Scene& scene,
                                              const MapView* map) {
    auto view = std::make_shared<CursorView>();
    view->stamp = stamp_of(scene);
    view->z = scene.request->cursor_z;
    view->log_prior = log_prior(view->z);
    view->image = explore::decode(vae, scene.snapshot->parameters, view->z);
    if (map != nullptr) view->neighbours = explore::nearest(map->map, view->z, kNeighbours);
    return view;
}

std::shared_ptr<const PointView> make_point(model::Vae& vae, const Scene& scene) {
    auto view = std::make_shared<PointView>();
    view->stamp = stamp_of(scene);
    view->detail = explore::point_detail(vae, scene.snapshot->parameters, *scene.dataset,
                                         *scene.request->point, kPointNoiseSamples, kPointSeed);
    return view;
}

std::shared_ptr<const PathView> make_path(model::Vae& vae, const Scene& scene) {
    auto view = std::make_shared<PathView>();
    view->stamp = stamp_of(scene);
    view->request = *scene.request->path;
    view->z = explore::path_latents(view->request);
    view->images = explore::decode(vae, scene.snapshot->parameters, view->z);
    return view;
}

std::shared_ptr<const ManifoldView> make_manifold(model::Vae& vae, const Scene& scene) {
    const auto start = std::chrono::steady_clock::now();
    auto view = std::make_shared<ManifoldView>();
    view->stamp = stamp_of(scene);
    view->request = *scene.request->manifold;
    const std::vector<float> z =
        explore::manifold_latents(view->request, scene.snapshot->architecture.latents);
    view->images = explore::decode(vae, scene.snapshot->parameters, z);
    view->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return view;
}

std::shared_ptr<const SheetView> make_sheets(model::Vae& vae, const Scene& scene) {
    const ExploreRequest& request = *scene.request;
    const data::Dataset& dataset = *scene.dataset;
    const auto latents = static_cast<std::size_t>(scene.snapshot->architecture.latents);
    auto view = std::make_shared<SheetView>();
    view->stamp = stamp_of(scene);
    if (scene.snapshot->has_encoder) view->reconstructed = request.reconstructions;
    if (!view->reconstructed.empty()) {
        const std::size_t count = view->reconstructed.size();
        std::vector<std::uint8_t> pixels;
        for (const int image : view->reconstructed) {
            const auto row = dataset.image(dataset.held_out, image);
            pixels.insert(pixels.end(), row.begin(), row.end());
        }
        std::vector<float> mean(count * latents);
        std::vector<float> log_variance(count * latents);
        vae.encode(scene.snapshot->parameters, pixels, dataset.scale, static_cast<int>(count), mean,
                   log_variance);
        view->reconstructions = explore::decode(vae, scene.snapshot->parameters, mean);
    }
    view->prior_count = std::max(0, request.prior_samples);
    view->prior_samples = explore::decode(
        vae, scene.snapshot->parameters,
        explore::prior_latents(request.prior_seed, view->prior_count, static_cast<int>(latents)));
    return view;
}

MapWork::MapWork(Scene begun_with)
    : scene(std::move(begun_with)), view(std::make_shared<MapView>()) {
    const int latents = scene.snapshot->architecture.latents;
    const int count = scene.dataset->held_out.count;
    view->stamp = stamp_of(scene);
    view->map.latents = latents;
    view->map.count = count;
    view->map.mean.resize(static_cast<std::size_t>(count) * latents);
    view->map.log_variance.resize(static_cast<std::size_t>(count) * latents);
}

bool MapWork::advance(model::Vae& vae) {
    const data::ImageSet& held_out = scene.dataset->held_out;
    const int end = std::min(encoded + kMapPiece, held_out.count);
    explore::encode_into(view->map, vae, scene.snapshot->parameters, *scene.dataset, held_out,
                         encoded, end);
    encoded = end;
    return encoded == held_out.count;
}

RefinedWork::RefinedWork(Scene begun_with, model::Vae& vae)
    : scene(std::move(begun_with)),
      refinement(vae, scene.snapshot->parameters, *scene.dataset, *scene.request->point,
                 explore::kPointRefinement, kPointSeed),
      view(std::make_shared<RefinedView>()) {
    view->stamp = stamp_of(scene);
}

bool RefinedWork::advance() {
    if (!refinement.advance(kRefinedPiece)) return false;
    view->point = refinement.result();
    return true;
}

}  // namespace elbow::train
