#include "app/gui/exports/path.h"

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/form.h"
#include "app/gui/request_of.h"
#include "engine/explore/path_geometry.h"

namespace elbow::gui {

void check_path(const ExportSource& source) {
    const ViewState& seen = source.view_state;
    check_latents(source, seen.path_from, "a handle A");
    check_latents(source, seen.path_to, "a handle B");
    for (const std::vector<float>& z : seen.path_through) check_latents(source, z, "a waypoint");
}

const Export& path_export() {
    static const Export kEntry{
        .id = "interpolation",
        .name = "interpolation",
        .title = "Interpolation strip",
        .help = "The images decoded along the path from A to B.",
        .choices = {pixel_scale_choice(), form_choice()},
        .size =
            [](const ExportSource& source) {
                const int frames = source.view_state.path_frames;
                return sheet_size(source, frames, frames, kSheetGap);
            },
        .draw =
            [](const ExportSource& source, Progress& progress) {
                check_path(source);
                const explore::PathRequest path = path_of(source.view_state);
                const auto model = model::make_model(source.snapshot->spec);
                return decoded_picture(
                    source, explore::path_latents(*model, source.snapshot->parameters, path),
                    path.frames, kSheetGap, progress);
            },
    };
    return kEntry;
}

}  // namespace elbow::gui
