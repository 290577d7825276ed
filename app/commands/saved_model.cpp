#include "app/commands/saved_model.h"

#include <unistd.h>

#include <cstdio>

#include "app/commands/load_data.h"
#include "app/commands/standard_output.h"
#include "engine/core/error.h"
#include "engine/core/word_search.h"
#include "engine/data/targets.h"
#include "engine/explore/manifold.h"
#include "engine/io/image_sheet.h"
#include "engine/model/model.h"

namespace elbow::commands {

namespace {

constexpr std::int64_t kMostLabel = 255;  // a label is a byte

constexpr std::int64_t kMostPixelScale = 64;

void check_is_png(const std::filesystem::path& file) {
    const std::string extension = in_small_letters(file.extension().string());
    if (!extension.empty() && extension != ".png") {
        throw UsageError("-o: pictures are written as PNG, and '" + file.string() + "' ends in " +
                         extension + ". Choose a name that ends in .png.");
    }
}

void check_not_a_terminal() {
    if (::isatty(STDOUT_FILENO) == 0) return;
    throw UsageError(
        "-o -: a terminal cannot show a PNG. Send it to a program or a file (-o - > grid.png), or "
        "name a file.");
}

}  // namespace

void add_run_folder(Command command, std::filesystem::path& run) {
    add_path(command, "RUN", run, "A run folder, as 'elbow train --out' saves it")
        .required()
        .type_name("FOLDER");
}

void add_picture_options(Command command, PictureOptions& picture) {
    add_path(command, "-o,--output", picture.file,
             "The PNG to write; a file of that name is replaced; - writes it to standard output",
             Dash::kStandardOutput)
        .required()
        .type_name("FILE");
    add_count(command, "--pixel-scale", picture.pixel_scale,
              "Width of an image's pixel, in pixels of the PNG", 1, kMostPixelScale)
        .default_text("1");
}

io::SavedRun load_saved(const std::filesystem::path& run) {
    io::SavedRun saved = io::load_run(run);
    if (!saved.remark.empty()) std::fprintf(stderr, "%s\n", saved.remark.c_str());
    return saved;
}

std::shared_ptr<const data::Dataset> dataset_of(const io::SavedRun& saved,
                                                const std::filesystem::path& data_dir) {
    auto dataset = load_data(saved.checkpoint.config.dataset, data_dir);
    io::check_dataset(saved, *dataset);
    return data::with_targets(std::move(dataset),
                              data::targets_of(saved.checkpoint.config.targets));
}

CommandOption add_label(const Command& command, std::int64_t& label, const char* what) {
    return add_count(command, "--label", label, what, 0, kMostLabel);
}

std::vector<std::uint8_t> labels_of(const model::ModelSpec& spec, std::int64_t label, int count,
                                    int otherwise) {
    if (spec.classes == 0) {
        if (label == kNoLabel) return {};
        throw UsageError("--label: the run was trained without labels (--condition none).");
    }
    if (label >= spec.classes) {
        throw UsageError("--label: expected 0 to " + std::to_string(spec.classes - 1) + ", found " +
                         std::to_string(label) + ".");
    }
    const auto all = static_cast<std::uint8_t>(label == kNoLabel ? otherwise : label);
    return std::vector<std::uint8_t>(static_cast<std::size_t>(count), all);
}

void write_decoded(const io::SavedRun& saved, const Decoded& what, const PictureOptions& picture) {
    const bool to_stream = picture.file == "-";
    to_stream ? check_not_a_terminal() : check_is_png(picture.file);
    const model::ModelSpec& spec = saved.checkpoint.spec;
    const int pixel_scale = static_cast<int>(picture.pixel_scale);
    // Before anything is decoded: a sheet that is too large would first cost gigabytes.
    io::sheet_size(what.count, spec.image, what.columns, pixel_scale);
    const auto model = model::make_model(spec);
    const std::vector<std::uint8_t> images =
        explore::decode(*model, saved.checkpoint.parameters, what.z, what.labels);
    const io::Picture sheet =
        io::image_sheet(images, what.count, spec.image, what.columns, pixel_scale);
    if (to_stream) {
        const std::vector<std::uint8_t> bytes = io::png(sheet);
        StandardOutput output;
        output.print({bytes.begin(), bytes.end()});
        if (output.closed()) return;
    } else {
        io::write_png(picture.file, sheet);
    }
    std::fprintf(stderr, "%d image%s decoded, %d x %d pixels, written to %s.\n", what.count,
                 what.count == 1 ? "" : "s", sheet.width, sheet.height,
                 to_stream ? "standard output" : picture.file.string().c_str());
}

}  // namespace elbow::commands
