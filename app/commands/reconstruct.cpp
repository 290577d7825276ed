// elbow reconstruct: what a saved run makes of pictures of a person's own.

#include <algorithm>
#include <memory>
#include <system_error>

#include "app/commands/own_images.h"
#include "app/commands/saved_model.h"
#include "app/commands/standard_output.h"
#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/staged_path.h"
#include "engine/io/image_sheet.h"

namespace elbow::commands {
namespace {

namespace fs = std::filesystem;

struct ReconstructOptions : OwnImageOptions {
    fs::path folder;
    std::int64_t pixel_scale = 1;
};

// "cats/tom.jpg" as a file's name: "cats-tom.jpg.png".
std::string file_name(std::string name) {
    std::replace(name.begin(), name.end(), '/', '-');
    return name + ".png";
}

// The picture as the run sees it, and beside it what the run makes of it.
io::Picture pair_of(const OwnImages& images, const explore::PointDetail& detail, int pixel_scale) {
    const auto own = images.dataset.image(images.dataset.held_out, detail.index);
    std::vector<std::uint8_t> both(own.begin(), own.end());
    both.insert(both.end(), detail.reconstruction.begin(), detail.reconstruction.end());
    return io::image_sheet(both, 2, images.dataset.shape(), 2, pixel_scale);
}

void check_is_free(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error) || fs::is_empty(folder, error)) return;
    throw Error(quoted(folder) + " is there and not empty. Name a folder that is not there yet.");
}

void reconstruct(const ReconstructOptions& options) {
    check_is_free(options.folder);
    const io::SavedRun saved = load_saved(options.run);
    const OwnImages images = own_images(saved, options.path);
    const auto details = details_of(saved, images, static_cast<int>(options.noise_samples));
    StagedPath staged(options.folder);
    std::error_code error;
    fs::create_directory(staged.path(), error);
    if (error) staged.fail(error.value());
    for (std::size_t i = 0; i < details.size(); ++i)
        io::write_png(staged.path() / file_name(images.names[i]),
                      pair_of(images, details[i], static_cast<int>(options.pixel_scale)));
    staged.finish();
    StandardOutput().line(std::to_string(details.size()) +
                          " images and their reconstructions, side by side, written to " +
                          options.folder.string() + ".");
}

}  // namespace

void add_reconstruct(Command root) {
    const auto options = std::make_shared<ReconstructOptions>();
    const Command command =
        root.add_subcommand("reconstruct", "Write what a saved run makes of pictures of your own");
    command.footer("Example: elbow reconstruct runs/faces photos -o reconstructions");
    add_own_image_options(command, *options);
    add_path(command, "-o,--output", options->folder,
             "The folder to write: a PNG each, the picture and beside it its reconstruction")
        .required()
        .type_name("FOLDER");
    add_count(command, "--pixel-scale", options->pixel_scale,
              "Width of an image's pixel, in pixels of the PNG", 1, 64)
        .default_text("1");
    command.callback([options] { reconstruct(*options); });
}

}  // namespace elbow::commands
