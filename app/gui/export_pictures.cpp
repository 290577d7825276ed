#include "app/gui/export_pictures.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"
#include "engine/explore/latent_map.h"
#include "engine/model/vae.h"

namespace elbow::gui {
namespace {

constexpr int kPiece = 500;   // images decoded between two looks at whether to stop
constexpr int kSheetGap = 1;  // pixels of the images, before scaling
constexpr std::uint8_t kGapGrey = 96;

using Bytes = std::vector<std::uint8_t>;

void check_vector(const std::vector<float>& z, int latents, const char* what) {
    if (z.size() == static_cast<std::size_t>(latents)) return;
    throw Error("Expected " + std::string(what) + " with " + std::to_string(latents) +
                " latents, found one with " + std::to_string(z.size()) +
                ". Wait until the window shows the present run and export again.");
}

// One picture under way.
struct Work {
    const train::ParameterSnapshot& snapshot;
    const data::Dataset& dataset;
    const ExportRequest& request;
    Progress& progress;
    model::Vae vae;

    int latents() const { return snapshot.architecture.latents; }
    int dimensions() const { return snapshot.architecture.dimensions(); }
};

Bytes decode(Work& work, std::span<const float> z) {
    const auto latents = static_cast<std::size_t>(work.latents());
    const std::size_t count = z.size() / latents;
    Bytes images;
    images.reserve(count * static_cast<std::size_t>(work.dimensions()));
    for (std::size_t from = 0; from < count; from += kPiece) {
        work.progress.throw_if_cancelled();
        work.progress.report(static_cast<double>(from) / static_cast<double>(count),
                             "Decoding images");
        const std::size_t images_now = std::min<std::size_t>(kPiece, count - from);
        const auto piece = explore::decode(work.vae, work.snapshot.parameters,
                                           z.subspan(from * latents, images_now * latents));
        images.insert(images.end(), piece.begin(), piece.end());
    }
    return images;
}

// An images' sheet that is refused before anything is decoded where it would be too large.
Bytes sheet(Work& work, std::span<const float> z, int columns, int gap) {
    const model::Architecture& shape = work.snapshot.architecture;
    const int count = static_cast<int>(z.size()) / work.latents();
    io::sheet_size(count, shape.height, shape.width, columns, work.request.pixel_scale, gap);
    return io::png(io::image_sheet(decode(work, z), count, shape.height, shape.width, columns,
                                   work.request.pixel_scale, gap, kGapGrey));
}

Bytes manifold(Work& work) {
    const ExportRequest& request = work.request;
    const int columns = manifold_columns(request);
    const int rows = manifold_rows(request, work.latents());
    const model::Architecture& shape = work.snapshot.architecture;
    io::sheet_size(columns * rows, shape.height, shape.width, columns, request.pixel_scale);
    std::vector<float> z =
        request.quantile_grid
            ? explore::quantile_latents(columns, request.plane.x_axis, request.plane.y_axis,
                                        request.plane.anchor, work.latents())
            : explore::manifold_latents(request.plane, work.latents());
    // With one latent all rows are alike.
    z.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows) *
             static_cast<std::size_t>(work.latents()));
    return sheet(work, z, columns, 0);
}

Bytes reconstructions(Work& work) {
    const ExportRequest& request = work.request;
    const auto count = static_cast<int>(request.reconstructions.size());
    if (count == 0)
        throw Error(
            "There are no held-out images to reconstruct: expected at least one, found none.");
    Bytes inputs;
    for (const int index : request.reconstructions) {
        if (index < 0 || index >= work.dataset.held_out.count) {
            throw Error("Held-out image " + std::to_string(index) +
                        " was asked for, but there are only " +
                        std::to_string(work.dataset.held_out.count) +
                        ". Export again with the present data set.");
        }
        const auto image = work.dataset.image(work.dataset.held_out, index);
        inputs.insert(inputs.end(), image.begin(), image.end());
    }
    const std::size_t values =
        static_cast<std::size_t>(count) * static_cast<std::size_t>(work.latents());
    std::vector<float> mean(values);
    std::vector<float> log_variance(values);
    work.vae.encode(work.snapshot.parameters, inputs, work.dataset.scale, count, mean,
                    log_variance);
    const int columns = std::clamp(request.columns, 1, count);
    const auto cells =
        reconstruction_cells(inputs, decode(work, mean), count, work.dimensions(), columns);
    const int cell_count = static_cast<int>(cells.size()) / work.dimensions();
    const model::Architecture& shape = work.snapshot.architecture;
    return io::png(io::image_sheet(cells, cell_count, shape.height, shape.width, columns,
                                   request.pixel_scale, kSheetGap, kGapGrey));
}

Bytes map(Work& work) {
    const MapPicture& wanted = work.request.map;
    const Exploration& exploration = wanted.exploration;
    for (const auto& [z, what] :
         {std::pair(&exploration.cursor, "a dot"), std::pair(&exploration.anchor, "an anchor"),
          std::pair(&exploration.path_from, "a handle A"),
          std::pair(&exploration.path_to, "a handle B")})
        check_vector(*z, work.latents(), what);
    map_picture_size(wanted);
    MapContents contents;
    explore::LatentMap codes;
    if (work.snapshot.has_encoder) {
        codes = held_out_codes(work.snapshot, work.dataset, work.progress);
        contents.codes = &codes;
        contents.labels = work.dataset.held_out.labels;
    }
    Bytes tiles;
    if (wanted.backdrop == Backdrop::kManifold) {
        contents.tiles = map_tiles(wanted);
        std::vector<float> z = explore::manifold_latents(contents.tiles, work.latents());
        tiles = decode(work, z);
        contents.tile_images = tiles;
        contents.tile_height = work.snapshot.architecture.height;
        contents.tile_width = work.snapshot.architecture.width;
    }
    const RgbPicture picture = map_picture(wanted, contents);
    return io::png_rgb(picture.width, picture.height, picture.pixels);
}

Bytes curves(const Work& work) {
    const RgbPicture picture =
        curve_picture(work.request.train, work.request.evaluations, work.request.style);
    return io::png_rgb(picture.width, picture.height, picture.pixels);
}

}  // namespace

std::vector<std::uint8_t> export_png(const train::ParameterSnapshot& snapshot,
                                     const data::Dataset& dataset, const ExportRequest& request,
                                     Progress& progress) {
    check_export(request.kind, snapshot, dataset);
    Work work{snapshot, dataset, request, progress, model::Vae(snapshot.architecture)};
    switch (request.kind) {
        case ExportKind::kMap:
            return map(work);
        case ExportKind::kCursor:
            check_vector(request.cursor, work.latents(), "a dot");
            return sheet(work, request.cursor, 1, 0);
        case ExportKind::kPath:
            check_vector(request.path.from, work.latents(), "a handle A");
            check_vector(request.path.to, work.latents(), "a handle B");
            return sheet(work, explore::path_latents(request.path), request.path.frames, kSheetGap);
        case ExportKind::kManifold:
            return manifold(work);
        case ExportKind::kPriorSamples:
            return sheet(work,
                         explore::prior_latents(request.prior_seed,
                                                std::max(1, request.prior_samples), work.latents()),
                         request.columns, kSheetGap);
        case ExportKind::kReconstructions:
            return reconstructions(work);
        case ExportKind::kCurvesPicture:
            return curves(work);
        case ExportKind::kCurvesTable:
        case ExportKind::kLatents:
            break;
    }
    throw Error(std::string("Expected a picture, found the table '") +
                export_kind(request.kind).title + "'. Export it as a file.");
}

int manifold_rows(const ExportRequest& request, int latents) {
    if (latents == 1) return 1;
    return request.quantile_grid ? request.grid : request.plane.rows;
}

int manifold_columns(const ExportRequest& request) {
    return request.quantile_grid ? request.grid : request.plane.columns;
}

explore::LatentMap held_out_codes(const train::ParameterSnapshot& snapshot,
                                  const data::Dataset& dataset, Progress& progress) {
    const data::ImageSet& held_out = dataset.held_out;
    const int latents = snapshot.architecture.latents;
    const std::size_t values =
        static_cast<std::size_t>(held_out.count) * static_cast<std::size_t>(latents);
    explore::LatentMap codes{latents, held_out.count, std::vector<float>(values),
                             std::vector<float>(values)};
    model::Vae vae(snapshot.architecture);
    for (int begin = 0; begin < held_out.count; begin += kPiece) {
        progress.throw_if_cancelled();
        progress.report(static_cast<double>(begin) / held_out.count, "Encoding images");
        explore::encode_into(codes, vae, snapshot.parameters, dataset, held_out, begin,
                             std::min(begin + kPiece, held_out.count));
    }
    return codes;
}

io::SheetSize picture_size(const ExportRequest& request, const model::Architecture& shape) {
    const auto of = [&](int count, int columns, int gap) {
        return io::sheet_size(count, shape.height, shape.width, columns, request.pixel_scale, gap);
    };
    switch (request.kind) {
        case ExportKind::kMap:
            return map_picture_size(request.map);
        case ExportKind::kPath:
            return of(request.path.frames, request.path.frames, kSheetGap);
        case ExportKind::kManifold: {
            const int columns = manifold_columns(request);
            return of(columns * manifold_rows(request, shape.latents), columns, 0);
        }
        case ExportKind::kPriorSamples:
            return of(request.prior_samples, request.columns, kSheetGap);
        case ExportKind::kReconstructions: {
            const int count = std::max(1, static_cast<int>(request.reconstructions.size()));
            const int columns = std::clamp(request.columns, 1, count);
            return of(2 * columns * ((count + columns - 1) / columns), columns, kSheetGap);
        }
        case ExportKind::kCurvesPicture:
            return {request.style.width, request.style.height};
        default:
            return of(1, 1, 0);
    }
}

explore::ManifoldRequest plane_grid(explore::ManifoldRequest plane, int columns, int height_px,
                                    int width_px) {
    const double across = static_cast<double>(plane.x_max) - plane.x_min;
    const double up = static_cast<double>(plane.y_max) - plane.y_min;
    plane.columns = std::max(1, columns);
    const double rows =
        across > 0.0 ? plane.columns * (up / across) * width_px / std::max(1, height_px) : 1.0;
    plane.rows = std::clamp(static_cast<int>(std::lround(rows)), 1, 4 * plane.columns);
    return plane;
}

std::vector<std::uint8_t> reconstruction_cells(std::span<const std::uint8_t> inputs,
                                               std::span<const std::uint8_t> reconstructions,
                                               int count, int dimensions, int columns) {
    const auto size = static_cast<std::size_t>(dimensions);
    const auto across = static_cast<std::size_t>(columns);
    const std::size_t rows = (static_cast<std::size_t>(count) + across - 1) / across;
    std::vector<std::uint8_t> cells(2 * rows * across * size, 0);
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        const std::size_t input_cell = 2 * (i / across) * across + i % across;
        std::copy_n(inputs.begin() + static_cast<std::ptrdiff_t>(i * size), size,
                    cells.begin() + static_cast<std::ptrdiff_t>(input_cell * size));
        std::copy_n(reconstructions.begin() + static_cast<std::ptrdiff_t>(i * size), size,
                    cells.begin() + static_cast<std::ptrdiff_t>((input_cell + across) * size));
    }
    return cells;
}

}  // namespace elbow::gui
