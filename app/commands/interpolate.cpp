// elbow interpolate: the way between two held-out images through the latent space of a saved run,
// decoded.

#include <memory>

#include "app/commands/command.h"
#include "app/commands/saved_model.h"
#include "engine/core/error.h"
#include "engine/estimator/estimator.h"
#include "engine/explore/interpolation.h"
#include "engine/model/vae.h"
#include "engine/train/held_out.h"

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
};

// The mean of q(z|x) for one held-out image. [N]
std::vector<float> posterior_mean(model::Vae& vae, const io::SavedRun& saved,
                                  const data::Dataset& dataset, std::int64_t index,
                                  const char* flag) {
    if (index >= dataset.held_out.count) {
        throw UsageError(std::string(flag) + ": expected a held-out image of " + dataset.title +
                         ", 0 to " + std::to_string(dataset.held_out.count - 1) + ", found " +
                         std::to_string(index) + ".");
    }
    std::vector<float> mean(static_cast<std::size_t>(vae.architecture().latents));
    std::vector<float> log_variance(mean.size());
    vae.encode(saved.checkpoint.parameters,
               dataset.image(dataset.held_out, static_cast<int>(index)), dataset.scale, 1, mean,
               log_variance);
    return mean;
}

void interpolate(const InterpolateOptions& options) {
    const io::SavedRun saved = load_saved(options.run);
    const RunConfig& config = saved.checkpoint.config;
    if (!train::has_encoder(config)) {
        throw UsageError("The run was trained by " +
                         estimator::estimators().at(config.estimator).title +
                         ", which has no encoder, so an image has no place in the latent space. "
                         "Use elbow sample, which needs none.");
    }
    const auto dataset = dataset_of(saved, options.data_dir);
    model::Vae vae(saved.checkpoint.architecture);
    const int frames = static_cast<int>(options.frames);
    const std::vector<float> z = explore::path_latents(
        {posterior_mean(vae, saved, *dataset, options.from, "--from"),
         posterior_mean(vae, saved, *dataset, options.to, "--to"), frames,
         options.spherical ? explore::PathKind::kSpherical : explore::PathKind::kStraight});
    write_decoded(saved, z, frames, frames, options.picture);
}

}  // namespace

void add_interpolate(Command root) {
    const auto options = std::make_shared<InterpolateOptions>();
    const Command command = root.add_subcommand(
        "interpolate",
        "Decode the way between two held-out images of a saved run into a PNG strip");
    command.footer(
        "The ends are the means of q(z|x) of the two images; every frame is decoded.\n"
        "Example: elbow interpolate runs/mnist-2 --from 0 --to 7 --frames 12 -o strip.png");
    add_run_folder(command, options->run);
    add_count(command, "--from", options->from, "Held-out image at the left end", 0, kMostIndex)
        .required();
    add_count(command, "--to", options->to, "Held-out image at the right end", 0, kMostIndex)
        .required();
    add_count(command, "--frames", options->frames, "Decoded images, both ends included", 2,
              kMostFrames)
        .default_text("16");
    command.add_flag("--spherical", options->spherical,
                     "Turn about the origin instead of going straight");
    add_data_dir(command, options->data_dir);
    add_picture_options(command, options->picture);
    command.callback([options] { interpolate(*options); });
}

}  // namespace elbow::commands
