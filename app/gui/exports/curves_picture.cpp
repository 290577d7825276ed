#include "app/gui/exports/curves_picture.h"

#include "app/gui/curve_picture.h"
#include "app/gui/export_source.h"
#include "app/gui/exports/form.h"
#include "engine/data/targets.h"
#include "engine/train/held_out.h"

namespace elbow::gui {
namespace {

CurveStyle style_of_curves(const ExportSource& source) {
    CurveStyle style;
    style.axis = static_cast<CurveStyle::Axis>(source.settings.curve_axis);
    style.log_x = source.settings.curve_log_x;
    style.targets = data::targets_text(*source.dataset);
    style.weights = train::weights_text(source.config, source.evaluations);
    style.title = curves_title(source.config, *source.dataset);
    style.readings = source.readings;
    style.published = source.published;
    style.branches = source.branches;
    return style;
}

}  // namespace

const Export& curves_picture_export() {
    static const Export kEntry{
        .id = "curves_png",
        .name = "curves",
        .title = "Curves, as a picture",
        .help = "Bound, reconstruction and KL of the run so far, with axes and legend.",
        .reads_records = true,
        .choices = {form_choice()},
        .size =
            [](const ExportSource&) {
                const CurveStyle style;
                return io::SheetSize{style.width, style.height};
            },
        .draw =
            [](const ExportSource& source, Progress&) {
                return curve_picture(source.train, source.evaluations, style_of_curves(source));
            },
        .svg =
            [](const ExportSource& source, Progress&) {
                return curve_svg(source.train, source.evaluations, style_of_curves(source));
            },
    };
    return kEntry;
}

}  // namespace elbow::gui
