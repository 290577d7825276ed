#include "app/gui/exports/selection.h"

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/form.h"
#include "engine/core/error.h"
#include "engine/io/latents_npz.h"
#include "engine/io/tables.h"

namespace elbow::gui {
namespace {

const std::vector<int>& selected(const ExportSource& source) {
    if (source.view_state.selection.empty()) {
        throw Error(
            "No image is selected: hold Ctrl and draw a line around points of the map, or "
            "type a label in the panel Selection.");
    }
    return source.view_state.selection;
}

// Of all held-out images. Throws Error where not all of the selected ones are among them.
explore::LatentMap codes_for_selection(const ExportSource& source, Progress& progress) {
    held_out_pixels(*source.dataset, {selected(source).back()});
    return held_out_codes(*source.snapshot, *source.dataset, progress);
}

}  // namespace

const Export& selection_export() {
    static const Export kEntry{
        .id = "selection",
        .name = "selection",
        .title = "Selected images",
        .help = "The held-out images that are selected, in the order of their numbers.",
        .choices = {pixel_scale_choice(), form_choice()},
        .size =
            [](const ExportSource& source) {
                const auto count = static_cast<int>(selected(source).size());
                return sheet_size(source, count, columns_of_sheet(count), kSheetGap);
            },
        .draw =
            [](const ExportSource& source, Progress&) {
                const std::vector<int>& images = selected(source);
                return sheet_picture(source, held_out_pixels(*source.dataset, images),
                                     columns_of_sheet(static_cast<int>(images.size())), kSheetGap);
            },
    };
    return kEntry;
}

const Export& selection_table_export() {
    static const Export kEntry{
        .id = "selection_csv",
        .name = "selection",
        .title = "Latents of the selected images",
        .help = "Mean and log variance of q(z|x) for every selected image, one per line.",
        .extension = ".csv",
        .why_not = why_no_codes,
        .files =
            [](const ExportSource& source, Progress& progress) {
                const data::Dataset& dataset = *source.dataset;
                return std::vector<ExportFile>{
                    {"", io::latents_csv(codes_for_selection(source, progress), dataset.held_out,
                                         dataset.class_names, selected(source))}};
            },
    };
    return kEntry;
}

const Export& selection_arrays_export() {
    static const Export kEntry{
        .id = "selection_npz",
        .name = "selection",
        .title = "Selected images, as arrays",
        .help =
            "For numpy (NPZ): images [n, C, H, W], label, index, and mean and log_variance of "
            "q(z|x) of every selected image.",
        .extension = ".npz",
        .why_not = why_no_codes,
        .files =
            [](const ExportSource& source, Progress& progress) {
                return std::vector<ExportFile>{
                    {"", io::latents_npz(codes_for_selection(source, progress), *source.dataset,
                                         selected(source), true)}};
            },
    };
    return kEntry;
}

}  // namespace elbow::gui
