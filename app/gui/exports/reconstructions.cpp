#include "app/gui/exports/reconstructions.h"

#include <algorithm>

#include "app/gui/exports/decoded_sheet.h"
#include "app/gui/exports/form.h"
#include "app/gui/panels/sheet_layout.h"
#include "engine/core/error.h"
#include "engine/model/model.h"

namespace elbow::gui {
namespace {

constexpr int kFewestColumns = 10;
constexpr int kOfEachLabel = 6;

int most_columns(const ExportSource& source) {
    return std::max(kFewestColumns, static_cast<int>(source.dataset->class_names.size()));
}

std::vector<int> chosen_images(const ExportSource& source) {
    if (!source.images.empty()) return source.images;
    return images_of_each_label(*source.dataset, kOfEachLabel * most_columns(source));
}

io::Picture reconstructions_picture(const ExportSource& source, Progress& progress) {
    const std::vector<int> images = chosen_images(source);
    const auto count = static_cast<int>(images.size());
    if (count == 0)
        throw Error(
            "There are no held-out images to reconstruct: expected at least one, found none.");
    const data::Dataset& dataset = *source.dataset;
    const std::vector<std::uint8_t> inputs = held_out_pixels(dataset, images);
    const std::vector<std::uint32_t> indices(images.begin(), images.end());
    const data::Batch batch = dataset.batch(dataset.held_out, indices);
    model::Posteriors q;
    model::make_model(source.snapshot->spec)->encode(source.snapshot->parameters, batch, q);
    const int columns = std::min(most_columns(source), count);
    return sheet_picture(
        source,
        reconstruction_cells(inputs, decoded(source, q.mean, progress, data::labels_of(batch)),
                             count, dataset.dimensions(), columns),
        columns, kSheetGap);
}

}  // namespace

std::vector<std::uint8_t> reconstruction_cells(std::span<const std::uint8_t> inputs,
                                               std::span<const std::uint8_t> reconstructions,
                                               int count, int dimensions, int columns) {
    const auto size = static_cast<std::size_t>(dimensions);
    const auto across = static_cast<std::size_t>(columns);
    const std::size_t rows = (static_cast<std::size_t>(count) + across - 1) / across;
    std::vector<std::uint8_t> cells(2 * rows * across * size, 0);
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        const std::size_t input_cell = 2 * (i / across) * across + i % across;
        std::copy_n(inputs.begin() + static_cast<std::ptrdiff_t>(i * size), size,
                    cells.begin() + static_cast<std::ptrdiff_t>(input_cell * size));
        std::copy_n(reconstructions.begin() + static_cast<std::ptrdiff_t>(i * size), size,
                    cells.begin() + static_cast<std::ptrdiff_t>((input_cell + across) * size));
    }
    return cells;
}

const Export& reconstructions_export() {
    static const Export kEntry{
        .id = "reconstructions",
        .name = "reconstructions",
        .title = "Reconstructions",
        .help = "Held-out images, each above its reconstruction from the mean of q(z|x).",
        .choices = {pixel_scale_choice(), form_choice()},
        .why_not = why_no_codes,
        .size =
            [](const ExportSource& source) {
                const int count = std::max(1, static_cast<int>(chosen_images(source).size()));
                const int columns = std::min(most_columns(source), count);
                return sheet_size(source, 2 * columns * ((count + columns - 1) / columns), columns,
                                  kSheetGap);
            },
        .draw = reconstructions_picture,
    };
    return kEntry;
}

}  // namespace elbow::gui
