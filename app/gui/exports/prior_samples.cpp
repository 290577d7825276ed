#include "app/gui/exports/prior_samples.h"

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/form.h"
#include "engine/explore/manifold.h"

namespace elbow::gui {
const Export& prior_samples_export() {
    static const Export kEntry{
        .id = "prior_samples",
        .name = "prior-samples",
        .title = "Prior samples",
        .help = "Images decoded from the draws of the prior that the window shows.",
        .choices = {pixel_scale_choice(), form_choice()},
        .size =
            [](const ExportSource& source) {
                return sheet_size(source, source.prior_samples,
                                  columns_of_sheet(source.prior_samples), kSheetGap);
            },
        .draw =
            [](const ExportSource& source, Progress& progress) {
                const auto model = model::make_model(source.snapshot->spec);
                const std::vector<float> z =
                    explore::prior_latents(*model, source.snapshot->parameters,
                                           source.view_state.prior_seed, source.prior_samples);
                const int columns = columns_of_sheet(source.prior_samples);
                return decoded_picture(
                    source, z, columns, kSheetGap, progress,
                    explore::labels_of_samples(source.prior_samples, columns, model->spec()));
            },
    };
    return kEntry;
}

}  // namespace elbow::gui
