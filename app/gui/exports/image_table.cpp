#include "app/gui/exports/image_table.h"

#include <memory>

#include "app/gui/exports/decoded_sheet.h"
#include "engine/io/tables.h"
#include "engine/live/answers.h"
#include "engine/live/questions/scores.h"

namespace elbow::gui {

const Export& image_table_export() {
    static const Export kEntry{
        .id = "images_csv",
        .name = "images",
        .title = "Bounds of the held-out set",
        .help =
            "Bound, reconstruction, KL and width of q(z|x) for every held-out image, one per line.",
        .extension = ".csv",
        .why_not = why_no_codes,
        .files =
            [](const ExportSource& source, Progress& progress) {
                auto request = std::make_shared<live::ExploreRequest>();
                request->ask(live::ScoresQuery{});
                const live::Views views =
                    live::answers({source.snapshot, source.dataset, request}, progress);
                const data::Dataset& dataset = *source.dataset;
                return std::vector<ExportFile>{
                    {"", io::scores_csv(views.get<live::ScoresView>()->scores, dataset.held_out,
                                        dataset.class_names)}};
            },
    };
    return kEntry;
}

}  // namespace elbow::gui
