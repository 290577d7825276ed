// Shapes drawn in code: needs no files, and everything about each image is known. As many and as
// large as the set's name says; an image depends on its number and the side alone, so that a larger
// set begins with the images of a smaller one.

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <numbers>

#include "engine/core/memory.h"
#include "engine/core/rng.h"
#include "engine/core/team.h"
#include "engine/core/text.h"
#include "engine/data/datasets.h"
#include "engine/data/shapes_size.h"

namespace elbow::data {
namespace {

constexpr std::uint64_t kShapesSeed = 2013;
constexpr std::uint64_t kDrawsPerImage = 8;  // random numbers set aside for each image
constexpr int kChunk = 500;                  // images that a thread draws between two looks up

// The circle around a shape, in pixels of an image of 28 x 28; the ranges keep it within the image
// wherever its centre is.
constexpr float kRangesSide = 28.0f;
constexpr float kSmallest = 4.5f;
constexpr float kLargest = 9.0f;
constexpr float kNearestCentre = 9.5f;
constexpr float kFarthestCentre = 18.5f;

enum Kind { kDisc, kSquare, kTriangle, kCross };

struct Shape {
    int kind = 0;
    float size = 0.0f;      // radius of the circle around it, pixels
    float x = 0.0f;         // centre, pixels from the left edge
    float y = 0.0f;         // centre, pixels from the top edge
    float rotation = 0.0f;  // degrees, clockwise; a disc has none
};

// Signed distances to the outline in pixels, negative inside, of a shape with its centre at the
// origin.
float box_distance(float x, float y, float half_width, float half_height) {
    const float outside_x = std::abs(x) - half_width;
    const float outside_y = std::abs(y) - half_height;
    const float corner = std::hypot(std::max(outside_x, 0.0f), std::max(outside_y, 0.0f));
    return corner + std::min(std::max(outside_x, outside_y), 0.0f);
}

float triangle_distance(float x, float y, float size) {
    // Equilateral with a corner up: the farthest of its three edges' half planes. The incircle has
    // half the radius of the circle around it.
    constexpr float kHalfRoot3 = 0.8660254f;
    const float upper_edges = kHalfRoot3 * std::abs(x) - 0.5f * y;
    return std::max(upper_edges, y) - 0.5f * size;
}

float distance(int kind, float x, float y, float size) {
    constexpr float kRootHalf = 0.70710678f;
    switch (kind) {
        case kDisc:
            return std::sqrt(x * x + y * y) - size;
        case kSquare:
            return box_distance(x, y, kRootHalf * size, kRootHalf * size);
        case kTriangle:
            return triangle_distance(x, y, size);
        default: {                                    // two bars, a third as wide as they are long
            const float length = 0.94868330f * size;  // 3 / sqrt(10): the corners lie on the circle
            const float width = length / 3.0f;
            return std::min(box_distance(x, y, length, width), box_distance(x, y, width, length));
        }
    }
}

Shape shape_number(const Stream& stream, int index, int side) {
    const float scale = static_cast<float>(side) / kRangesSide;
    const std::uint64_t first = static_cast<std::uint64_t>(index) * kDrawsPerImage;
    const auto between = [&](std::uint64_t draw, float low, float high) {
        return low + (high - low) * static_cast<float>(stream.uniform(first + draw));
    };
    Shape shape;
    shape.kind = static_cast<int>(stream.below(first, 4));
    shape.size = between(1, scale * kSmallest, scale * kLargest);
    shape.x = between(2, scale * kNearestCentre, scale * kFarthestCentre);
    shape.y = between(3, scale * kNearestCentre, scale * kFarthestCentre);
    // A quarter turn brings square and cross back to themselves.
    shape.rotation = shape.kind == kDisc ? 0.0f : between(4, 0.0f, 90.0f);
    return shape;
}

// pixels: [side * side], black before.
void draw(const Shape& shape, int side, std::uint8_t* pixels) {
    const float angle = shape.rotation * std::numbers::pi_v<float> / 180.0f;
    const float cosine = std::cos(angle);
    const float sine = std::sin(angle);
    const auto low = [&](float centre) {
        return std::max(0, static_cast<int>(centre - shape.size - 1.0f));
    };
    const auto high = [&](float centre) {
        return std::min(side, static_cast<int>(centre + shape.size + 2.0f));
    };
    for (int row = low(shape.y); row < high(shape.y); ++row) {
        for (int column = low(shape.x); column < high(shape.x); ++column) {
            const float x = static_cast<float>(column) + 0.5f - shape.x;
            const float y = static_cast<float>(row) + 0.5f - shape.y;
            const float edge =
                distance(shape.kind, cosine * x + sine * y, cosine * y - sine * x, shape.size);
            // A pixel's covered share is close to linear in its centre's distance to a straight
            // edge.
            const float covered = std::clamp(0.5f - edge, 0.0f, 1.0f);
            pixels[row * side + column] = static_cast<std::uint8_t>(std::lround(covered * 255.0f));
        }
    }
}

struct DrawnSet {
    ImageSet images;
    std::array<std::vector<float>, 5> factors;
};

// Counts the images drawn of both sets, to show the progress.
struct Watched {
    Progress& progress;
    std::int64_t images;  // of both sets
    std::atomic<std::int64_t> drawn{0};
};

DrawnSet draw_set(std::string_view stream_name, int count, int side, Watched& watched) {
    const Stream stream(kShapesSeed, stream_name);
    const auto pixels = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
    DrawnSet drawn;
    drawn.images.count = count;
    std::vector<std::uint8_t>& all = drawn.images.pixels.own();
    all.resize(static_cast<std::size_t>(count) * pixels);
    drawn.images.labels.resize(static_cast<std::size_t>(count));
    for (auto& factor : drawn.factors) factor.resize(static_cast<std::size_t>(count));
    const auto draw_one = [&](int i) {
        const Shape shape = shape_number(stream, i, side);
        const auto at = static_cast<std::size_t>(i);
        draw(shape, side, all.data() + at * pixels);
        drawn.images.labels[at] = static_cast<std::uint8_t>(shape.kind);
        const std::array<float, 5> values{static_cast<float>(shape.kind), shape.size, shape.x,
                                          shape.y, shape.rotation};
        for (std::size_t f = 0; f < values.size(); ++f) drawn.factors[f][at] = values[f];
    };
    std::atomic<int> next{0};
    Team team(default_threads(false));
    team.run([&](int member) {
        for (int first = next.fetch_add(kChunk); first < count; first = next.fetch_add(kChunk)) {
            watched.progress.throw_if_cancelled();
            const int end = std::min(count, first + kChunk);
            for (int i = first; i < end; ++i) draw_one(i);
            const std::int64_t done = watched.drawn += end - first;
            if (member != 0) continue;  // one tells, so that it never goes back
            watched.progress.report(static_cast<double>(done) / static_cast<double>(watched.images),
                                    "Drawing shapes");
        }
    });
    return drawn;
}

// Before anything is drawn: a machine that runs out of memory ends programs.
void check_memory(const ShapesSize& size) {
    const std::uint64_t needed = memory_of(size);
    const std::optional<std::uint64_t> available = available_below(needed);
    if (!available) return;
    throw Error("Shapes of " + std::to_string(size.side) + " x " + std::to_string(size.side) +
                " pixels, " + std::to_string(size.train) + " for training and " +
                std::to_string(size.held_out) + " held out, need " + bytes_text(needed) +
                " of memory, and " + bytes_text(*available) +
                " are free. Choose fewer images or a smaller side, or close other programs.");
}

std::optional<std::filesystem::path> find_shapes(const SearchPath&) {
    return std::filesystem::path();
}

std::string canonical(std::string_view parameters) {
    return text_of(parse_shapes_size(parameters));
}

Dataset draw_sets(const ShapesSize& size, Progress& progress) {
    check_memory(size);
    Watched watched{progress, std::int64_t{size.train} + size.held_out};
    DrawnSet train = draw_set("shapes/train", size.train, size.side, watched);
    DrawnSet held_out = draw_set("shapes/held-out", size.held_out, size.side, watched);
    const std::string side = std::to_string(size.side);
    Dataset dataset;
    dataset.title = size.side == ShapesSize().side ? "Shapes" : "Shapes, " + side + " x " + side;
    dataset.note = "drawn in code, with known kind, size, position and rotation";
    dataset.source = "drawn in code";
    dataset.height = size.side;
    dataset.width = size.side;
    dataset.class_names = {"disc", "square", "triangle", "cross"};
    const std::array<const char*, 5> names{"kind", "size (pixels)", "x (pixels)", "y (pixels)",
                                           "rotation (degrees)"};
    for (std::size_t f = 0; f < names.size(); ++f) {
        dataset.factors.push_back(
            {names[f], std::move(train.factors[f]), std::move(held_out.factors[f])});
    }
    dataset.train = std::move(train.images);
    dataset.held_out = std::move(held_out.images);
    progress.report(1.0, "Drew shapes");
    return dataset;
}

Dataset draw_sized(const std::filesystem::path&, std::string_view parameters, Progress& progress) {
    return draw_sets(parse_shapes_size(parameters), progress);
}

Dataset load_shapes(const std::filesystem::path&, Progress& progress) {
    return draw_sets(ShapesSize(), progress);
}

}  // namespace

DatasetEntry shapes_entry() {
    return {"shapes",
            "Shapes",
            "Discs, squares, triangles and crosses drawn in code with known size, position and "
            "rotation, 20 000 training and 4 000 held-out images of 28 x 28 pixels; other sizes as "
            "shapes:side=64,train=1e5,held-out=1e4.",
            find_shapes,
            load_shapes,
            nullptr,
            nullptr,
            false,
            canonical,
            draw_sized};
}

}  // namespace elbow::data
