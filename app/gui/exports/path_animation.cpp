#include "app/gui/exports/path_animation.h"

#include <utility>
#include <vector>

#include "app/gui/exports/animation.h"
#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/path.h"
#include "app/gui/request_of.h"
#include "engine/explore/path_geometry.h"

namespace elbow::gui {

namespace {

// t in [0, 1] of each frame. Around a closed path once, whose end is its beginning.
std::vector<double> places_on_path(const ExportSource& source) {
    if (!source.view_state.path_closed) return places_of_frames(source.settings);
    std::vector<double> places;
    places.reserve(static_cast<std::size_t>(source.settings.export_frames));
    for (int i = 0; i < source.settings.export_frames; ++i)
        places.push_back(static_cast<double>(i) / source.settings.export_frames);
    return places;
}

}  // namespace

const Export& path_animation_export() {
    static const Export kEntry{
        .id = "path_animation",
        .name = "path",
        .title = "Animation from A to B",
        .help = "The image decoded along the path from A to B, moving; around a closed path once.",
        .choices = {format_choice(), frames_choice(), speed_choice(), pixel_scale_choice(),
                    motion_choice(), loop_choice()},
        .size =
            [](const ExportSource& source) {
                return checked_for_format(source, sheet_size(source, 1, 1, 0));
            },
        .frames =
            [](const ExportSource& source) {
                return static_cast<int>(places_on_path(source).size());
            },
        .animate = [](const ExportSource& source, Progress&) -> DrawFrame {
            check_path(source);
            const explore::PathRequest path = path_of(source.view_state);
            explore::PathGeometry geometry;
            if (path.needs_geometry()) {
                const auto model = model::make_model(source.snapshot->spec);
                geometry = explore::path_geometry(*model, source.snapshot->parameters, path);
            }
            return [&source, path, places = places_on_path(source), geometry = std::move(geometry)](
                       int frame, Progress& progress) {
                const double place = places[static_cast<std::size_t>(frame)];
                const auto* known = path.needs_geometry() ? &geometry : nullptr;
                return decoded_picture(source, explore::path_point(path, place, known), 1, 0,
                                       progress);
            };
        },
    };
    return kEntry;
}

}  // namespace elbow::gui
