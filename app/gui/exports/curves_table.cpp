#include "app/gui/exports/curves_table.h"

#include "engine/core/error.h"
#include "engine/io/tables.h"

namespace elbow::gui {

const Export& curves_table_export() {
    static const Export kEntry{
        .id = "curves_csv",
        .name = "curves",
        .title = "Curves, as a table",
        .help =
            "The evaluations on held-out images, one per line, and in a second file "
            "(-train.csv) the means over the minibatches, in nats per image. Each curve has at "
            "most 8192 lines: in a long run its older parts are thinned, as on the screen.",
        .extension = ".csv",
        .reads_records = true,
        // The two kinds of records are made at different times, so they are two tables.
        .files =
            [](const ExportSource& source, Progress&) {
                if (source.evaluations.empty()) {
                    throw Error(
                        "There are no curves to write yet: expected at least one evaluation, found "
                        "none. Let it train for a moment and export again.");
                }
                return std::vector<ExportFile>{
                    {"", io::metrics_csv(source.evaluations)},
                    {"-train", io::train_csv(source.train, source.reading_names)}};
            },
    };
    return kEntry;
}

}  // namespace elbow::gui
