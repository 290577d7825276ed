// elbow interpolate: the way between two held-out images through the latent space of a saved run,
// decoded.

#include <memory>

#include "app/commands/command.h"
#include "app/commands/saved_model.h"
#include "engine/core/error.h"
#include "engine/estimator/estimator.h"
#include "engine/explore/path_geometry.h"
#include "engine/model/model.h"
#include "engine/run/measure.h"

namespace elbow::commands {

namespace {

constexpr std::int64_t kMostFrames = 2'000;
constexpr std::int64_t kMostIndex = 1'000'000'000;

struct InterpolateOptions {
    std::filesystem::path run;
    std::filesystem::path data_dir;
    PictureOptions picture;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t frames = 16;
    bool spherical = false;
    bool geodesic = false;
    bool even = false;
    std::int64_t label = kNoLabel;
};

// The mean of q(z|x) for one held-out image. [N]
std::vector<float> posterior_mean(model::Model& model, const io::SavedRun& saved,
                                  const data::Dataset& dataset, std::int64_t index,
                                  const char* flag) {
    if (index >= dataset.held_out.count) {
        throw UsageError(std::string(flag) + ": expected a held-out image of " + dataset.title +
                         ", 0 to " + std::to_string(dataset.held_out.count - 1) + ", found " +
                         std::to_string(index) + ".");
    }
    const int image = static_cast<int>(index);
    model::Posteriors q;
    model.encode(saved.checkpoint.parameters, dataset.batch(dataset.held_out, image, image + 1), q);
    return q.mean;
}

void interpolate(const InterpolateOptions& options) {
    const io::SavedRun saved = load_saved(options.run);
    const RunConfig& config = saved.checkpoint.config;
    if (!run::has_encoder(config)) {
        throw UsageError("The run was trained by " +
                         estimator::estimators().at(config.estimator).title +
                         ", which has no encoder, so an image has no place in the latent space. "
                         "Use elbow sample, which needs none.");
    }
    const auto dataset = dataset_of(saved, options.data_dir);
    const auto model = model::make_model(saved.checkpoint.spec);
    const int frames = static_cast<int>(options.frames);
    const std::vector<std::uint8_t>& known = dataset->held_out.labels;
    const int first = known.empty() ? 0 : known[static_cast<std::size_t>(options.from)];
    const std::vector<std::uint8_t> labels = labels_of(model->spec(), options.label, frames, first);
    explore::PathRequest path{posterior_mean(*model, saved, *dataset, options.from, "--from"),
                              posterior_mean(*model, saved, *dataset, options.to, "--to"), frames};
    if (options.spherical) path.kind = explore::PathKind::kSpherical;
    if (options.geodesic) path.kind = explore::PathKind::kGeodesic;
    path.even = options.even;
    path.label = labels.empty() ? 0 : labels.front();
    write_decoded(
        saved,
        {explore::path_latents(*model, saved.checkpoint.parameters, path), frames, frames, labels},
        options.picture);
}

}  // namespace

void add_interpolate(Command root) {
    const auto options = std::make_shared<InterpolateOptions>();
    const Command command = root.add_subcommand(
        "interpolate",
        "Decode the way between two held-out images of a saved run into a PNG strip");
    command.footer(
        "The ends are the means of q(z|x) of the two images; every frame is decoded, of a run "
        "with\n"
        "--condition label with the label of the left image unless --label chooses one.\n"
        "Example: elbow interpolate runs/mnist-2 --from 0 --to 7 --frames 12 -o strip.png");
    add_run_folder(command, options->run);
    add_count(command, "--from", options->from, "Held-out image at the left end", 0, kMostIndex)
        .required();
    add_count(command, "--to", options->to, "Held-out image at the right end", 0, kMostIndex)
        .required();
    add_count(command, "--frames", options->frames, "Decoded images, both ends included", 2,
              kMostFrames)
        .default_text("16");
    const CommandOption spherical = command.add_flag(
        "--spherical", options->spherical, "Turn about the origin instead of going straight");
    command
        .add_flag("--geodesic", options->geodesic,
                  "Go where the decoded image changes least on its way")
        .excludes(spherical);
    command.add_flag("--even", options->even,
                     "Frames at equal distances of images instead of equal steps");
    add_label(command, options->label, "Label of all frames, of a run with --condition label")
        .default_text("that of --from");
    add_data_dir(command, options->data_dir);
    add_picture_options(command, options->picture);
    command.callback([options] { interpolate(*options); });
}

}  // namespace elbow::commands
