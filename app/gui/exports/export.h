#pragma once

// Something that can be written to a file and, if it is a picture, put on the clipboard. An export
// is a file in exports/: its words, what may be chosen of its size, and how it is made from a run
// as it is seen; the list is in exports.cpp. The export window and `elbow export` go over the list.
// Pure functions, for any thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/gui/map/map_axes.h"
#include "app/gui/runs/paper_curves.h"
#include "app/gui/settings.h"
#include "app/gui/theme.h"
#include "app/gui/view_state.h"
#include "engine/core/progress.h"
#include "engine/data/dataset.h"
#include "engine/estimator/estimator.h"
#include "engine/io/image_sheet.h"
#include "engine/run/config.h"
#include "engine/train/history.h"
#include "engine/train/snapshot.h"

namespace elbow::gui {

// A run as it is seen in the window, or as its folder tells.
struct ExportSource {
    train::SnapshotPtr snapshot;                   // not null
    std::shared_ptr<const data::Dataset> dataset;  // not null
    RunConfig config;
    ViewState view_state;
    Settings settings;        // sizes, and what the map and the curves show
    int prior_samples = 64;   // at least 1
    std::vector<int> images;  // held-out ones to be reconstructed; empty: some of each label

    // Of the map.
    Theme theme{};              // its colours
    AxisWords words;            // around it
    ImVec2 map_size{640, 560};  // of the plot, design pixels

    // Of the curves, for the exports that read them.
    std::vector<train::TrainRecord> train;
    std::vector<train::EvaluationRecord> evaluations;
    std::vector<std::string> reading_names;    // of what else the training records tell
    std::vector<estimator::Reading> readings;  // the same, where more than the names is known
    std::vector<PublishedCurve> published;     // the paper's

    int latents() const { return snapshot->spec.latents; }
};

// A number that may be chosen: a slider in the window, an option of the command.
struct ExportNumber {
    const char* option = "";  // "--grid"
    const char* label = "";   // beside the slider: "images per side"
    const char* help = "";    // one sentence
    const char* mark = "";    // in the layout log: "export.grid"
    int Settings::*value = nullptr;
    int least = 1, most = 1;
};

// One of two ways.
struct ExportEither {
    struct Way {
        const char* name = "";  // behind the option: "quantiles"
        const char* label = "";
        const char* help = "";
        const char* mark = "";
    };
    const char* option = "";  // "--plane"
    bool Settings::*first = nullptr;
    Way ways[2];  // true and false
};

using ExportChoice = std::variant<ExportNumber, ExportEither>;

// One of the files of a table.
struct ExportTable {
    std::string ending;  // of its name, before the extension: "-train"; of the first one: empty
    std::string text;
};

struct Export {
    const char* id = "";    // on the command line and in the layout log: "curves_csv"
    const char* name = "";  // in file names: "curves"
    const char* title = "";
    const char* help = "";  // one sentence
    const char* extension = ".png";
    bool reads_records = false;  // of the curves
    std::vector<ExportChoice> choices{};
    // Why a run has none of it; empty: it has. Null: every run has it.
    std::string (*why_not)(const train::ParameterSnapshot&) = nullptr;

    // Of a picture; null of a table. All throw Error saying what was expected, what was found and
    // what to do; UsageError where a picture is too large; Cancelled when the progress says so.
    io::SheetSize (*size)(const ExportSource&) = nullptr;
    io::Picture (*draw)(const ExportSource&, Progress&) = nullptr;
    // Of a table; null of a picture.
    std::vector<ExportTable> (*tables)(const ExportSource&, Progress&) = nullptr;
    // Behind the name in file names: "20x20".
    std::string (*detail)(const ExportSource&) = nullptr;

    bool picture() const { return draw != nullptr; }
};

}  // namespace elbow::gui
