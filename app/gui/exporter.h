#pragma once

// What can be exported, and how: a file is a pure function of a snapshot, the data set and a
// request, so that the work can be done on any thread and tested without a window. Nothing that
// exists is overwritten. The pictures themselves are made in export_pictures.h.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/gui/curve_picture.h"
#include "app/gui/export_kind.h"
#include "app/gui/map_picture.h"
#include "engine/core/progress.h"
#include "engine/data/dataset.h"
#include "engine/explore/interpolation.h"
#include "engine/explore/manifold.h"
#include "engine/io/image_sheet.h"
#include "engine/model/architecture.h"
#include "engine/train/history.h"
#include "engine/train/snapshot.h"

namespace elbow::gui {

struct ExportKindEntry {
    ExportKind kind;
    const char* id;     // in the layout log: "curves_csv"
    const char* name;   // in file names: "curves"
    const char* title;  // in the dialog: "Curves, as a table"
    const char* help;   // one sentence
    const char* extension;
    bool scaled;   // an image whose pixels are magnified
    bool picture;  // may be put on the clipboard, too
};

// All of them, in the order in which they are shown.
std::span<const ExportKindEntry> export_kinds();
const ExportKindEntry& export_kind(ExportKind);

// The fields that the kind does not use are ignored.
struct ExportRequest {
    ExportKind kind = ExportKind::kManifold;
    std::filesystem::path folder;
    int pixel_scale = 4;

    MapPicture map;
    std::vector<float> cursor;       // [N]
    explore::PathRequest path;       // interpolation strip
    bool quantile_grid = true;       // figure 4's grid instead of `plane`
    explore::ManifoldRequest plane;  // axes and anchor; rectangle and size unless quantile_grid
    int grid = 20;                   // columns; rows, too, for the quantile grid
    int prior_samples = 64;
    std::uint64_t prior_seed = 1;
    std::vector<int> reconstructions;  // held-out images
    int columns = 16;                  // of the sheets

    std::vector<train::TrainRecord> train;  // the curves
    std::vector<std::string> readings;      // of the estimator, by name
    std::vector<train::EvaluationRecord> evaluations;
    CurveStyle style;
};

// "mnist-manifold-20x20-after-1200000-images.png": the data set, what it is, and how many images
// the weights had seen.
std::string export_file_name(const ExportRequest&, const train::ParameterSnapshot&,
                             const data::Dataset&);

// The path itself where nothing is there, else with "-2", "-3", ... before the extension.
std::filesystem::path free_path(const std::filesystem::path&);

// Why the kind cannot be made from these weights; empty where it can.
std::string why_not_exported(ExportKind, const train::ParameterSnapshot&);

// Throws Error where it cannot, or where model and data set do not fit together.
void check_export(ExportKind, const train::ParameterSnapshot&, const data::Dataset&);

// Makes the folder where it is missing, writes the file and returns its path; the curves' table is
// two files, the evaluations and, with "-train" at its end, the minibatches. Throws Error saying
// what was expected, what was found and what to do; Cancelled when the progress says so.
std::vector<std::filesystem::path> export_files(const train::ParameterSnapshot&,
                                                const data::Dataset&, const ExportRequest&,
                                                Progress&);

}  // namespace elbow::gui
