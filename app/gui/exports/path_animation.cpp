#include "app/gui/exports/path_animation.h"

#include <utility>

#include "app/gui/exports/animation.h"
#include "app/gui/exports/decoded_sheet.h"
#include "engine/explore/interpolation.h"

namespace elbow::gui {

const Export& path_animation_export() {
    static const Export kEntry{
        .id = "path_animation",
        .name = "path",
        .title = "Animation from A to B",
        .help = "The image decoded along the path from A to B, moving.",
        .choices = {format_choice(), frames_choice(), speed_choice(), pixel_scale_choice(),
                    motion_choice(), loop_choice()},
        .size =
            [](const ExportSource& source) {
                return checked_for_format(source, sheet_size(source, 1, 1, 0));
            },
        .frames =
            [](const ExportSource& source) {
                return static_cast<int>(places_of_frames(source.settings).size());
            },
        .animate = [](const ExportSource& source, Progress&) -> DrawFrame {
            const ViewState& seen = source.view_state;
            check_latents(source, seen.path_from, "a handle A");
            check_latents(source, seen.path_to, "a handle B");
            return [&source, places = places_of_frames(source.settings),
                    path = explore::PathRequest{seen.path_from, seen.path_to,
                                                source.settings.export_frames, seen.path_kind}](
                       int frame, Progress& progress) {
                const double place = places[static_cast<std::size_t>(frame)];
                return decoded_picture(source, explore::path_point(path, place), 1, 0, progress);
            };
        },
    };
    return kEntry;
}

}  // namespace elbow::gui
