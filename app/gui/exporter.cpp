#include "app/gui/exporter.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <system_error>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/data/datasets.h"
#include "engine/explore/latent_map.h"
#include "engine/io/image_sheet.h"
#include "engine/io/tables.h"
#include "engine/model/vae.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr int kPiece = 500;  // images decoded between two looks at whether to stop
constexpr int kMostNames = 10000;
constexpr int kSheetGap = 1;  // pixels of the images, before scaling
constexpr std::uint8_t kGapGrey = 96;

constexpr std::array<ExportKindEntry, 8> kKinds{{
    {ExportKind::kManifold, "manifold", "manifold", "Manifold grid",
     "Decoded images over the plane of the map's two latents.", ".png", true},
    {ExportKind::kCursor, "cursor", "cursor", "Image under the dot",
     "The image decoded from the dot's z.", ".png", true},
    {ExportKind::kPath, "interpolation", "interpolation", "Interpolation strip",
     "The images decoded along the path from A to B.", ".png", true},
    {ExportKind::kPriorSamples, "prior_samples", "prior-samples", "Prior samples",
     "Images decoded from the draws of the prior that the window shows.", ".png", true},
    {ExportKind::kReconstructions, "reconstructions", "reconstructions", "Reconstructions",
     "Held-out images, each above its reconstruction from the mean of q(z|x).", ".png", true},
    {ExportKind::kCurvesPicture, "curves_png", "curves", "Curves, as a picture",
     "Bound, reconstruction and KL of the run so far, with axes and legend.", ".png", false},
    {ExportKind::kCurvesTable, "curves_csv", "curves", "Curves, as a table",
     "The evaluations on held-out images, one per line, and in a second file (-train.csv) the "
     "means over the minibatches, in nats per image. Each curve has at most 8192 lines: in a long "
     "run its older parts are thinned, as on the screen.",
     ".csv", false},
    {ExportKind::kLatents, "latents_csv", "latents", "Latents of the held-out set",
     "Mean and log variance of q(z|x) for every held-out image, one per line.", ".csv", false},
}};

void check_vector(const std::vector<float>& z, int latents, const char* what) {
    if (z.size() == static_cast<std::size_t>(latents)) return;
    throw Error("Expected " + std::string(what) + " with " + std::to_string(latents) +
                " latents, found one with " + std::to_string(z.size()) +
                ". Wait until the window shows the present run and export again.");
}

// A name that is ours: made as an empty file, so that two exports at once never choose the same
// one, and taken away again where the export fails.
class Reservation {
  public:
    explicit Reservation(const fs::path& wanted) {
        for (int number = 1; number <= kMostNames; ++number) {
            path_ = free_path(wanted);
            const int descriptor =
                ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (descriptor >= 0) {
                ::close(descriptor);
                return;
            }
            if (errno != EEXIST) break;
        }
        throw Error("Cannot write '" + path_.string() +
                    "': " + std::generic_category().message(errno) +
                    ". Choose a folder that may be written.");
    }
    ~Reservation() {
        std::error_code ignored;
        if (!kept_) fs::remove(path_, ignored);
    }
    Reservation(const Reservation&) = delete;
    Reservation& operator=(const Reservation&) = delete;

    const fs::path& path() const { return path_; }
    fs::path keep() {
        kept_ = true;
        return path_;
    }

  private:
    fs::path path_;
    bool kept_ = false;
};

// One export under way.
struct Work {
    const train::ParameterSnapshot& snapshot;
    const data::Dataset& dataset;
    const ExportRequest& request;
    Progress& progress;
    model::Vae vae;

    int latents() const { return snapshot.architecture.latents; }
    int dimensions() const { return snapshot.architecture.dimensions(); }
};

std::vector<std::uint8_t> decode(Work& work, std::span<const float> z) {
    const auto latents = static_cast<std::size_t>(work.latents());
    const std::size_t count = z.size() / latents;
    std::vector<std::uint8_t> images;
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
void write_sheet(Work& work, const fs::path& path, std::span<const float> z, int columns, int gap) {
    const model::Architecture& shape = work.snapshot.architecture;
    const int count = static_cast<int>(z.size()) / work.latents();
    io::sheet_size(count, shape.height, shape.width, columns, work.request.pixel_scale, gap);
    io::write_png(path, io::image_sheet(decode(work, z), count, shape.height, shape.width, columns,
                                        work.request.pixel_scale, gap, kGapGrey));
}

int manifold_rows(const ExportRequest& request, int latents) {
    if (latents == 1) return 1;
    return request.quantile_grid ? request.grid : request.plane.rows;
}

int manifold_columns(const ExportRequest& request) {
    return request.quantile_grid ? request.grid : request.plane.columns;
}

void write_manifold(Work& work, const fs::path& path) {
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
    write_sheet(work, path, z, columns, 0);
}

void write_prior_samples(Work& work, const fs::path& path) {
    const ExportRequest& request = work.request;
    const std::vector<float> z = explore::prior_latents(
        request.prior_seed, std::max(1, request.prior_samples), work.latents());
    write_sheet(work, path, z, work.request.columns, kSheetGap);
}

void write_reconstructions(Work& work, const fs::path& path) {
    const ExportRequest& request = work.request;
    const auto count = static_cast<int>(request.reconstructions.size());
    if (count == 0)
        throw Error(
            "There are no held-out images to reconstruct: expected at least one, found none.");
    std::vector<std::uint8_t> inputs;
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
    io::write_png(path, io::image_sheet(cells, cell_count, shape.height, shape.width, columns,
                                        request.pixel_scale, kSheetGap, kGapGrey));
}

void write_curves_picture(Work& work, const fs::path& path) {
    const RgbPicture picture =
        curve_picture(work.request.train, work.request.evaluations, work.request.style);
    io::write_png_rgb(path, picture.width, picture.height, picture.pixels);
}

fs::path beside(const fs::path& path, const char* ending) {
    return path.parent_path() / (path.stem().string() + ending + path.extension().string());
}

void check_curves(const Work& work) {
    if (work.request.evaluations.empty()) {
        throw Error(
            "There are no curves to write yet: expected at least one evaluation, found none. Let "
            "it train for a "
            "moment and export again.");
    }
}

// The two kinds of records are made at different times, so they are two tables.
std::vector<fs::path> write_curves_tables(const Work& work, Reservation& evaluations) {
    check_curves(work);
    Reservation train(beside(evaluations.path(), "-train"));
    write_file_atomically(evaluations.path(), io::metrics_csv(work.request.evaluations));
    write_file_atomically(train.path(), io::train_csv(work.request.train, work.request.readings));
    return {evaluations.keep(), train.keep()};
}

void write_latents(Work& work, const fs::path& path) {
    const data::ImageSet& held_out = work.dataset.held_out;
    const std::size_t values =
        static_cast<std::size_t>(held_out.count) * static_cast<std::size_t>(work.latents());
    explore::LatentMap map{work.latents(), held_out.count, std::vector<float>(values),
                           std::vector<float>(values)};
    for (int begin = 0; begin < held_out.count; begin += kPiece) {
        work.progress.throw_if_cancelled();
        work.progress.report(static_cast<double>(begin) / held_out.count, "Encoding images");
        explore::encode_into(map, work.vae, work.snapshot.parameters, work.dataset, held_out, begin,
                             std::min(begin + kPiece, held_out.count));
    }
    write_file_atomically(path, io::latents_csv(map, held_out, work.dataset.class_names));
}

void write(Work& work, const fs::path& path) {
    switch (work.request.kind) {
        case ExportKind::kCursor:
            check_vector(work.request.cursor, work.latents(), "a dot");
            return write_sheet(work, path, work.request.cursor, 1, 0);
        case ExportKind::kPath:
            check_vector(work.request.path.from, work.latents(), "a handle A");
            check_vector(work.request.path.to, work.latents(), "a handle B");
            return write_sheet(work, path, explore::path_latents(work.request.path),
                               work.request.path.frames, kSheetGap);
        case ExportKind::kManifold:
            return write_manifold(work, path);
        case ExportKind::kPriorSamples:
            return write_prior_samples(work, path);
        case ExportKind::kReconstructions:
            return write_reconstructions(work, path);
        case ExportKind::kCurvesPicture:
            return write_curves_picture(work, path);
        case ExportKind::kCurvesTable:
            return;  // write_curves_tables
        case ExportKind::kLatents:
            return write_latents(work, path);
    }
}

void make_folder(const fs::path& folder) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (!fs::is_directory(folder)) {
        throw Error("Cannot use '" + folder.string() + "' as a folder: " +
                    (failure ? failure.message() : std::string("something else is there")) +
                    ". Choose another folder.");
    }
}

}  // namespace

std::span<const ExportKindEntry> export_kinds() { return kKinds; }

const ExportKindEntry& export_kind(ExportKind kind) {
    return *std::find_if(kKinds.begin(), kKinds.end(),
                         [&](const ExportKindEntry& entry) { return entry.kind == kind; });
}

std::string export_file_name(const ExportRequest& request, const train::ParameterSnapshot& snapshot,
                             const data::Dataset& dataset) {
    const ExportKindEntry& entry = export_kind(request.kind);
    std::string name = data::name_for_files(dataset.name) + "-" + entry.name;
    if (request.kind == ExportKind::kManifold) {
        name += "-" + std::to_string(manifold_columns(request)) + "x" +
                std::to_string(manifold_rows(request, snapshot.architecture.latents));
    }
    return name + "-after-" + std::to_string(snapshot.samples) + "-images" + entry.extension;
}

std::string why_not_exported(ExportKind kind, const train::ParameterSnapshot& snapshot) {
    const bool encodes = kind == ExportKind::kReconstructions || kind == ExportKind::kLatents;
    if (!encodes || snapshot.has_encoder) return {};
    return "The run's estimator trains no encoder, so no image has a q(z|x). Export something "
           "else, or train with an estimator that has one.";
}

io::SheetSize picture_size(const ExportRequest& request, const model::Architecture& shape) {
    const auto of = [&](int count, int columns, int gap) {
        return io::sheet_size(count, shape.height, shape.width, columns, request.pixel_scale, gap);
    };
    switch (request.kind) {
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

fs::path free_path(const fs::path& path) {
    std::error_code none;
    if (!fs::exists(fs::symlink_status(path, none))) return path;
    for (int number = 2; number <= kMostNames; ++number) {
        fs::path candidate = path;
        candidate.replace_filename(path.stem().string() + "-" + std::to_string(number) +
                                   path.extension().string());
        if (!fs::exists(fs::symlink_status(candidate, none))) return candidate;
    }
    throw Error("The folder '" + path.parent_path().string() + "' already holds " +
                std::to_string(kMostNames) + " files named like '" + path.filename().string() +
                "'. Choose another folder.");
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

std::vector<fs::path> export_files(const train::ParameterSnapshot& snapshot,
                                   const data::Dataset& dataset, const ExportRequest& request,
                                   Progress& progress) {
    if (snapshot.architecture.dimensions() != dataset.dimensions()) {
        throw Error("The model decodes images of " +
                    std::to_string(snapshot.architecture.dimensions()) + " pixels, but '" +
                    dataset.name + "' has " + std::to_string(dataset.dimensions()) +
                    ". Wait until the new run has begun and export again.");
    }
    if (const std::string why = why_not_exported(request.kind, snapshot); !why.empty()) {
        throw Error(why);
    }
    make_folder(request.folder);
    Reservation reservation(request.folder / export_file_name(request, snapshot, dataset));
    Work work{snapshot, dataset, request, progress, model::Vae(snapshot.architecture)};
    if (request.kind == ExportKind::kCurvesTable) return write_curves_tables(work, reservation);
    write(work, reservation.path());
    return {reservation.keep()};
}

}  // namespace elbow::gui
