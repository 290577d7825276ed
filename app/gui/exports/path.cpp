#include "app/gui/exports/path.h"

#include <algorithm>
#include <cmath>

#include "app/charts/raster_painter.h"
#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/form.h"
#include "app/gui/exports/map.h"
#include "app/gui/panels/class_band.h"
#include "app/gui/request_of.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/explore/path_geometry.h"
#include "engine/live/answers.h"
#include "engine/live/questions/map.h"

namespace elbow::gui {
namespace {

constexpr float kUsualStripPx = 112.0f;  // high; at scale 1
constexpr double kBandText = 15.0;       // at scale 1

// The strip of the picture, in one row, and its band.
struct DrawnStrip {
    StripLayout frames;
    float scale = 1.0f;    // of the band
    float band_px = 0.0f;  // whole; 0: there is none
};

DrawnStrip drawn_strip(const ExportSource& source) {
    const data::ImageShape shape = source.dataset->shape();
    const auto zoom = static_cast<float>(source.settings.export_pixel_scale);
    DrawnStrip strip;
    strip.frames.tile = {zoom * static_cast<float>(shape.width),
                         zoom * static_cast<float>(shape.height)};
    strip.frames.step = {strip.frames.tile.x + zoom * kSheetGap, strip.frames.tile.y};
    strip.frames.frames = strip.frames.columns = source.view_state.path_frames;
    strip.scale = std::max(1.0f, strip.frames.tile.y / kUsualStripPx);
    strip.band_px = std::ceil(
        class_band_px(map_classes(source), *source.snapshot, strip.frames.tile.y, strip.scale));
    return strip;
}

// Which class the path is in; empty: it is not known.
std::vector<explore::ClassVote> votes_along(const ExportSource& source, Progress& progress) {
    auto request = std::make_shared<live::ExploreRequest>();
    request->ask(live::MapQuery{});
    if (path_of(source.view_state).needs_geometry())
        request->ask(geometry_query(source.view_state));
    request->ask(classes_query(source.view_state, map_classes(source).own()));
    const live::Views views = live::answers({source.snapshot, source.dataset, request}, progress);
    const auto view = views.get<live::PathClassesView>();
    return view ? view->votes : std::vector<explore::ClassVote>();
}

// The sheet [H, W] with room for the band under it.
charts::Raster raster_of(const io::Picture& sheet, int band_px, charts::Rgb ground) {
    charts::Raster raster(sheet.width, sheet.height + band_px, ground);
    const auto channels = static_cast<std::size_t>(sheet.channels);
    for (int y = 0; y < sheet.height; ++y) {
        for (int x = 0; x < sheet.width; ++x) {
            const std::uint8_t* pixel =
                &sheet.pixels[(static_cast<std::size_t>(y) * static_cast<std::size_t>(sheet.width) +
                               static_cast<std::size_t>(x)) *
                              channels];
            raster.blend(x, y, {pixel[0], pixel[channels / 2], pixel[channels - 1]}, 1.0);
        }
    }
    return raster;
}

io::Picture with_band(const ExportSource& source, const io::Picture& sheet, Progress& progress) {
    const DrawnStrip strip = drawn_strip(source);
    if (strip.band_px <= 0.0f) return sheet;
    charts::Raster raster =
        raster_of(sheet, static_cast<int>(strip.band_px), ink(source.theme.panel).rgb);
    const std::vector<explore::ClassVote> votes = votes_along(source, progress);
    if (votes.size() > 1) {
        const charts::Lettering letters(kBandText * strip.scale);
        charts::RasterPainter painter(raster, letters, strip.scale);
        draw_class_band(class_band(votes, strip.frames),
                        {source.theme, map_classes(source).names, strip.scale}, strip.band_px,
                        painter);
    }
    return {raster.width(), raster.height(), 3, raster.pixels()};
}

}  // namespace

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
        .help = "The images decoded along the path from A to B, and the class the path is in.",
        .choices = {pixel_scale_choice(), form_choice()},
        .size =
            [](const ExportSource& source) {
                const int frames = source.view_state.path_frames;
                io::SheetSize size = sheet_size(source, frames, frames, kSheetGap);
                size.height += static_cast<int>(drawn_strip(source).band_px);
                return size;
            },
        .draw =
            [](const ExportSource& source, Progress& progress) {
                check_path(source);
                const explore::PathRequest path = path_of(source.view_state);
                const auto model = model::make_model(source.snapshot->spec);
                const io::Picture sheet = decoded_picture(
                    source, explore::path_latents(*model, source.snapshot->parameters, path),
                    path.frames, kSheetGap, progress);
                return with_band(source, sheet, progress);
            },
    };
    return kEntry;
}

}  // namespace elbow::gui
