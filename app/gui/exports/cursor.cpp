#include "app/gui/exports/cursor.h"

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/form.h"

namespace elbow::gui {

const Export& cursor_export() {
    static const Export kEntry{
        .id = "cursor",
        .name = "cursor",
        .title = "Image under the dot",
        .help = "The image decoded from the dot's z.",
        .choices = {pixel_scale_choice(), form_choice()},
        .size = [](const ExportSource& source) { return sheet_size(source, 1, 1, 0); },
        .draw =
            [](const ExportSource& source, Progress& progress) {
                check_latents(source, source.view_state.cursor, "a dot");
                return decoded_picture(source, source.view_state.cursor, 1, 0, progress);
            },
    };
    return kEntry;
}

}  // namespace elbow::gui
