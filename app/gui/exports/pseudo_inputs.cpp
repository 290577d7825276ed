#include "app/gui/exports/pseudo_inputs.h"

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/form.h"
#include "engine/explore/prior_pictures.h"
#include "engine/model/families.h"

namespace elbow::gui {
const Export& pseudo_inputs_export() {
    static const Export kEntry{
        .id = "pseudo_inputs",
        .name = "pseudo-inputs",
        .title = "Pseudo-inputs",
        .help = "The images that the run's prior is made of, as they are learned; a VampPrior's.",
        .choices = {pixel_scale_choice(), form_choice()},
        .why_not = [](const train::ParameterSnapshot& snapshot) -> std::string {
            if (model::pictures_of_prior(snapshot.spec)) return {};
            return "The prior of this run learns no images: " +
                   model::entry_of(snapshot.spec, &model::ModelSpec::prior).title +
                   ". Export something else, or train with a VampPrior.";
        },
        .size =
            [](const ExportSource& source) {
                const int count = explore::count_of_prior_pictures(source.snapshot->spec);
                return sheet_size(source, count, columns_of_sheet(count), kSheetGap);
            },
        .draw =
            [](const ExportSource& source, Progress&) {
                const train::ParameterSnapshot& snapshot = *source.snapshot;
                const int count = explore::count_of_prior_pictures(snapshot.spec);
                return sheet_picture(
                    source, explore::prior_pictures(snapshot.spec, snapshot.parameters, 0, count),
                    columns_of_sheet(count), kSheetGap);
            },
    };
    return kEntry;
}

}  // namespace elbow::gui
