// elbow encode: where the encoder of a saved run puts pictures of a person's own.

#include <memory>

#include "app/commands/own_images.h"
#include "app/commands/saved_model.h"
#include "app/commands/standard_output.h"
#include "engine/core/file.h"
#include "engine/io/npz.h"
#include "engine/run/measure.h"

namespace elbow::commands {
namespace {

struct EncodeOptions : OwnImageOptions {
    std::filesystem::path file;
};

// The arrays of docs/own-data.md.
std::string codes_npz(const OwnImages& images, const std::vector<explore::PointDetail>& details,
                      bool has_bound) {
    std::vector<float> mean, deviation, bound;
    for (const explore::PointDetail& detail : details) {
        mean.insert(mean.end(), detail.mean.begin(), detail.mean.end());
        deviation.insert(deviation.end(), detail.deviation.begin(), detail.deviation.end());
        bound.push_back(static_cast<float>(detail.bound_nats()));
    }
    const auto count = static_cast<std::int64_t>(details.size());
    const auto latents = static_cast<std::int64_t>(details.front().mean.size());
    io::NpzFile file;
    file.add("name", images.names);
    file.add("mean", {count, latents}, std::span<const float>(mean));
    if (has_bound) {
        file.add("deviation", {count, latents}, std::span<const float>(deviation));
        file.add("bound", {count}, std::span<const float>(bound));
    }
    const std::vector<std::uint8_t>& labels = images.dataset.held_out.labels;
    if (!labels.empty()) {
        file.add("label", {count}, std::span<const std::uint8_t>(labels));
        file.add("class_names", images.dataset.class_names);
    }
    return file.finish();
}

void encode(const EncodeOptions& options) {
    const io::SavedRun saved = load_saved(options.run);
    const OwnImages images = own_images(saved, options.path);
    const auto details = details_of(saved, images, static_cast<int>(options.noise_samples));
    write_file_atomically(options.file,
                          codes_npz(images, details, run::has_bound(saved.checkpoint.config)));
    StandardOutput().line(std::to_string(details.size()) + " images encoded, written to " +
                          options.file.string() + ".");
}

}  // namespace

void add_encode(Command root) {
    const auto options = std::make_shared<EncodeOptions>();
    const Command command =
        root.add_subcommand("encode", "Encode pictures of your own with a saved run into an npz");
    command.footer(
        "The arrays are name, mean, deviation and bound (nats) of each image, and label and "
        "class_names where there are\n"
        "classes. Example: elbow encode runs/faces photos -o codes.npz");
    add_own_image_options(command, *options);
    add_path(command, "-o,--output", options->file,
             "The npz to write; a file of that name is "
             "replaced")
        .required()
        .type_name("FILE");
    command.callback([options] { encode(*options); });
}

}  // namespace elbow::commands
