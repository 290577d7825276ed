#pragma once

// Something that can be written to a file and, if it is a picture, put on the clipboard: a picture,
// a table, a page or an animation. An export is a file in exports/: its words, what may be chosen
// of its size, and how it is made from a run as it is seen; the list is in exports.cpp. The export
// window and `elbow export` go over the list. Pure functions, for any thread.

#include <cstdint>
#include <functional>
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
#include "engine/io/image_columns.h"
#include "engine/io/image_sheet.h"
#include "engine/live/moments.h"
#include "engine/live/questions/estimates.h"
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
    std::shared_ptr<const io::ImageColumns> columns;  // of the held-out images; null: none
    std::shared_ptr<const data::LatentCodes> codes;   // on the map beside them; null: none
    Settings settings;                                // sizes, and what the map and the curves show
    int prior_samples = 64;                           // at least 1
    std::vector<int> images;  // held-out ones to be reconstructed; empty: some of each label

    // Of the map.
    Theme theme{};                                  // its colours
    AxisWords words;                                // around it
    ImVec2 map_size{640, 560};                      // of the plot, design pixels
    std::optional<live::EstimatesQuery> estimates;  // whose draws it shows; absent: none

    // Of the curves, for the exports that read them.
    std::vector<train::TrainRecord> train;
    std::vector<train::EvaluationRecord> evaluations;
    std::vector<std::string> reading_names;    // of what else the training records tell
    std::vector<estimator::Reading> readings;  // the same, where more than the names is known
    std::vector<PublishedCurve> published;     // the paper's
    std::vector<train::Moment> branches;       // as train::Checkpoint has them

    // Of the run in the window, for the exports that read them; null: none.
    std::shared_ptr<const live::Moments> moments;

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
    // What the slider goes to, where more can only be typed; 0: to the most.
    int most_by_hand = 0;
    // Of a run, where that is less than the most; null: of none.
    int (*most_of)(const model::ModelSpec&) = nullptr;
    // Whether it changes anything beside what else was chosen; null: always.
    bool (*applies)(const Settings&) = nullptr;
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

// One of several: a list in the window.
struct ExportList {
    struct Item {
        const char* name = "";  // behind the option: "gif"
        const char* label = "";
        const char* help = "";
    };
    const char* option = "";  // "--format"
    const char* label = "";   // beside the list
    const char* mark = "";
    std::string Settings::*value = nullptr;  // a name; any other one is the first item's
    std::vector<Item> items{};

    const Item& chosen(const Settings&) const;
};

using ExportChoice = std::variant<ExportNumber, ExportEither, ExportList>;

// A file of an export that is no picture: a table, a page.
struct ExportFile {
    std::string ending;  // of its name, before the extension: "-train"; of the first one: empty
    std::string bytes;
};

// Draws a frame of an animation by its number; all have one size.
using DrawFrame = std::function<io::Picture(int frame, Progress&)>;

struct Export {
    const char* id = "";    // on the command line and in the layout log: "curves_csv"
    const char* name = "";  // in file names: "curves"
    const char* title = "";
    const char* help = "";       // one sentence
    const char* extension = "";  // of what is no picture and no animation: ".csv"
    bool reads_records = false;  // of the curves
    bool reads_moments = false;  // which a saved run has none of
    std::vector<ExportChoice> choices{};
    // Why a run has none of it; empty: it has. Null: every run has it.
    std::string (*why_not)(const train::ParameterSnapshot&) = nullptr;

    // Of a picture, and the size of an animation's frames; null of others. All throw Error saying
    // what was expected, what was found and what to do; UsageError where a picture is too large;
    // Cancelled when the progress says so.
    io::SheetSize (*size)(const ExportSource&) = nullptr;
    io::Picture (*draw)(const ExportSource&, Progress&) = nullptr;
    // The same picture as the text of an SVG; null of pictures that are pixels.
    std::string (*svg)(const ExportSource&, Progress&) = nullptr;
    // Of a table or a page; null of others.
    std::vector<ExportFile> (*files)(const ExportSource&, Progress&) = nullptr;
    // Of an animation; null of others. What draws it is called by one thread, as long as the source
    // is there.
    int (*frames)(const ExportSource&) = nullptr;
    DrawFrame (*animate)(const ExportSource&, Progress&) = nullptr;
    // Behind the name in file names: "20x20".
    std::string (*detail)(const ExportSource&) = nullptr;

    bool picture() const { return draw != nullptr; }
    bool animation() const { return animate != nullptr; }
};

}  // namespace elbow::gui
