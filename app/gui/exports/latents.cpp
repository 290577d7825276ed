#include "app/gui/exports/latents.h"

#include "app/gui/exports/decoded_sheet.h"
#include "engine/io/latents_npz.h"
#include "engine/io/tables.h"

namespace elbow::gui {

const Export& latents_export() {
    static const Export kEntry{
        .id = "latents_csv",
        .name = "latents",
        .title = "Latents of the held-out set",
        .help = "Mean and log variance of q(z|x) for every held-out image, one per line.",
        .extension = ".csv",
        .why_not = why_no_codes,
        .files =
            [](const ExportSource& source, Progress& progress) {
                const data::Dataset& dataset = *source.dataset;
                return std::vector<ExportFile>{
                    {"", io::latents_csv(held_out_codes(*source.snapshot, dataset, progress),
                                         dataset.held_out, dataset.class_names)}};
            },
    };
    return kEntry;
}

const Export& latents_arrays_export() {
    static const Export kEntry{
        .id = "latents_npz",
        .name = "latents",
        .title = "Latents, as arrays",
        .help =
            "The same for numpy (NPZ): index, label, mean and log_variance of every held-out "
            "image.",
        .extension = ".npz",
        .why_not = why_no_codes,
        .files =
            [](const ExportSource& source, Progress& progress) {
                const data::Dataset& dataset = *source.dataset;
                return std::vector<ExportFile>{
                    {"", io::latents_npz(held_out_codes(*source.snapshot, dataset, progress),
                                         dataset)}};
            },
    };
    return kEntry;
}

}  // namespace elbow::gui
