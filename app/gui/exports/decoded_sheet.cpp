#include "app/gui/exports/decoded_sheet.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"
#include "engine/data/held_out_pixels.h"
#include "engine/explore/manifold.h"
#include "engine/model/model.h"

namespace elbow::gui {
namespace {

constexpr int kExportPiece = 500;  // images between two looks at whether to stop
constexpr int kMostPixelScale = 16;
constexpr std::uint8_t kGapGrey = 96;

}  // namespace

ExportNumber pixel_scale_choice() {
    return {.option = "--pixel-scale",
            .label = "pixels per image pixel",
            .help = "How many times each pixel of an image is repeated in both directions.",
            .mark = "export.scale",
            .value = &Settings::export_pixel_scale,
            .least = 1,
            .most = kMostPixelScale};
}

int columns_of_sheet(int count) {
    const int root = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(count))));
    for (int columns = root; columns <= 2 * root; ++columns) {
        if (count % columns == 0) return columns;
    }
    return std::max(root, 1);
}

std::string why_no_codes(const train::ParameterSnapshot& snapshot) {
    if (snapshot.has_encoder) return {};
    return "The run's estimator trains no encoder, so no image has a q(z|x). Export something "
           "else, or train with an estimator that has one.";
}

void check_latents(const ExportSource& source, const std::vector<float>& z, const char* what) {
    if (z.size() == static_cast<std::size_t>(source.latents())) return;
    throw Error("Expected " + std::string(what) + " with " + std::to_string(source.latents()) +
                " latents, found one with " + std::to_string(z.size()) +
                ". Wait until the window shows the present run and export again.");
}

std::vector<std::uint8_t> decoded(const ExportSource& source, std::span<const float> z,
                                  Progress& progress, std::span<const std::uint8_t> labels) {
    const auto model = model::make_model(source.snapshot->spec);
    const auto latents = static_cast<std::size_t>(source.latents());
    const std::size_t count = z.size() / latents;
    std::vector<std::uint8_t> images;
    images.reserve(count * static_cast<std::size_t>(source.dataset->dimensions()));
    for (std::size_t from = 0; from < count; from += kExportPiece) {
        progress.throw_if_cancelled();
        progress.report(static_cast<double>(from) / static_cast<double>(count), "Decoding images");
        const std::size_t images_now = std::min<std::size_t>(kExportPiece, count - from);
        const auto here = z.subspan(from * latents, images_now * latents);
        const auto piece = labels.empty() ? explore::decode(*model, source.snapshot->parameters,
                                                            here, source.view_state.label)
                                          : explore::decode(*model, source.snapshot->parameters,
                                                            here, labels.subspan(from, images_now));
        images.insert(images.end(), piece.begin(), piece.end());
    }
    return images;
}

io::SheetSize sheet_size(const ExportSource& source, int count, int columns, int gap) {
    return io::sheet_size(count, source.dataset->shape(), columns,
                          source.settings.export_pixel_scale, gap);
}

io::Picture sheet_picture(const ExportSource& source, std::span<const std::uint8_t> images,
                          int columns, int gap) {
    const data::ImageShape shape = source.dataset->shape();
    const int count = static_cast<int>(images.size()) / shape.size();
    return io::image_sheet(images, count, shape, columns, source.settings.export_pixel_scale, gap,
                           kGapGrey);
}

io::Picture decoded_picture(const ExportSource& source, std::span<const float> z, int columns,
                            int gap, Progress& progress, std::span<const std::uint8_t> labels) {
    sheet_size(source, static_cast<int>(z.size()) / source.latents(), columns, gap);
    return sheet_picture(source, decoded(source, z, progress, labels), columns, gap);
}

explore::LatentMap held_out_codes(const train::ParameterSnapshot& snapshot,
                                  const data::Dataset& dataset, Progress& progress) {
    const data::ImageSet& held_out = dataset.held_out;
    explore::LatentMap codes;
    codes.size_for(held_out.count, snapshot.spec.latents);
    const auto model = model::make_model(snapshot.spec);
    for (int begin = 0; begin < held_out.count; begin += kExportPiece) {
        progress.throw_if_cancelled();
        progress.report(static_cast<double>(begin) / held_out.count, "Encoding images");
        explore::encode_into(codes, *model, snapshot.parameters, dataset, held_out, begin,
                             std::min(begin + kExportPiece, held_out.count));
    }
    return codes;
}

std::vector<std::uint8_t> held_out_pixels(const data::Dataset& dataset,
                                          const std::vector<int>& images) {
    for (const int index : images) {
        if (index < 0 || index >= dataset.held_out.count) {
            throw Error("Held-out image " + std::to_string(index) +
                        " was asked for, but there are only " +
                        std::to_string(dataset.held_out.count) +
                        ". Export again with the present data set.");
        }
    }
    return data::held_out_pixels(dataset, images);
}

}  // namespace elbow::gui
