#include "app/gui/exporter.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "app/gui/export_pictures.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/system_remedy.h"
#include "engine/data/datasets.h"
#include "engine/io/tables.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr int kMostNames = 10000;

constexpr std::array<ExportKindEntry, 9> kKinds{{
    {ExportKind::kMap, "map", "map", "Latent map",
     "The map as it is seen: density or decoded images, points, dot, A and B, axes and legend.",
     ".png", false, true},
    {ExportKind::kManifold, "manifold", "manifold", "Manifold grid",
     "Decoded images over the plane of the map's two latents.", ".png", true, true},
    {ExportKind::kCursor, "cursor", "cursor", "Image under the dot",
     "The image decoded from the dot's z.", ".png", true, true},
    {ExportKind::kPath, "interpolation", "interpolation", "Interpolation strip",
     "The images decoded along the path from A to B.", ".png", true, true},
    {ExportKind::kPriorSamples, "prior_samples", "prior-samples", "Prior samples",
     "Images decoded from the draws of the prior that the window shows.", ".png", true, true},
    {ExportKind::kReconstructions, "reconstructions", "reconstructions", "Reconstructions",
     "Held-out images, each above its reconstruction from the mean of q(z|x).", ".png", true, true},
    {ExportKind::kCurvesPicture, "curves_png", "curves", "Curves, as a picture",
     "Bound, reconstruction and KL of the run so far, with axes and legend.", ".png", false, true},
    {ExportKind::kCurvesTable, "curves_csv", "curves", "Curves, as a table",
     "The evaluations on held-out images, one per line, and in a second file (-train.csv) the "
     "means over the minibatches, in nats per image. Each curve has at most 8192 lines: in a long "
     "run its older parts are thinned, as on the screen.",
     ".csv", false, false},
    {ExportKind::kLatents, "latents_csv", "latents", "Latents of the held-out set",
     "Mean and log variance of q(z|x) for every held-out image, one per line.", ".csv", false,
     false},
}};

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
        throw Error("Cannot write '" + path_.string() + "': " + system_words(errno) +
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

fs::path beside(const fs::path& path, const char* ending) {
    return path.parent_path() / (path.stem().string() + ending + path.extension().string());
}

// The two kinds of records are made at different times, so they are two tables.
std::vector<fs::path> write_curves_tables(const ExportRequest& request, Reservation& evaluations) {
    if (request.evaluations.empty()) {
        throw Error(
            "There are no curves to write yet: expected at least one evaluation, found none. Let "
            "it train for a moment and export again.");
    }
    Reservation train(beside(evaluations.path(), "-train"));
    write_file_atomically(evaluations.path(), io::metrics_csv(request.evaluations));
    write_file_atomically(train.path(), io::train_csv(request.train, request.readings));
    return {evaluations.keep(), train.keep()};
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

void check_export(ExportKind kind, const train::ParameterSnapshot& snapshot,
                  const data::Dataset& dataset) {
    if (snapshot.architecture.dimensions() != dataset.dimensions()) {
        throw Error("The model decodes images of " +
                    std::to_string(snapshot.architecture.dimensions()) + " pixels, but '" +
                    dataset.name + "' has " + std::to_string(dataset.dimensions()) +
                    ". Wait until the new run has begun and export again.");
    }
    if (const std::string why = why_not_exported(kind, snapshot); !why.empty()) throw Error(why);
}

std::vector<fs::path> export_files(const train::ParameterSnapshot& snapshot,
                                   const data::Dataset& dataset, const ExportRequest& request,
                                   Progress& progress) {
    check_export(request.kind, snapshot, dataset);
    make_folder(request.folder);
    Reservation reservation(request.folder / export_file_name(request, snapshot, dataset));
    if (request.kind == ExportKind::kCurvesTable) return write_curves_tables(request, reservation);
    if (request.kind == ExportKind::kLatents) {
        write_file_atomically(reservation.path(),
                              io::latents_csv(held_out_codes(snapshot, dataset, progress),
                                              dataset.held_out, dataset.class_names));
    } else {
        const std::vector<std::uint8_t> png = export_png(snapshot, dataset, request, progress);
        write_file_atomically(reservation.path(), std::span<const std::uint8_t>(png));
    }
    return {reservation.keep()};
}

}  // namespace elbow::gui
