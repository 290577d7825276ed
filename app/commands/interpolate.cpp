// elbow interpolate: the way between two held-out images through the latent space of a saved run,
// decoded.

#include <algorithm>
#include <memory>
#include <vector>

#include "app/commands/command.h"
#include "app/commands/saved_model.h"
#include "engine/core/error.h"
#include "engine/core/parse_count.h"
#include "engine/estimator/estimator.h"
#include "engine/explore/path_geometry.h"
#include "engine/model/model.h"
#include "engine/run/measure.h"

namespace elbow::commands {

namespace {

constexpr std::int64_t kMostFrames = 2'000;
constexpr std::int64_t kMostIndex = 1'000'000'000;
constexpr std::size_t kMostThrough = 100;

struct InterpolateOptions {
    std::filesystem::path run;
    std::filesystem::path data_dir;
    PictureOptions picture;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::vector<std::int64_t> through;
    bool loop = false;
    std::int64_t frames = 16;
    bool spherical = false;
    bool smooth = false;
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

// "3,7"
std::vector<std::int64_t> images_of(const std::string& list) {
    std::vector<std::int64_t> images;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t comma = std::min(list.find(',', begin), list.size());
        const auto image = std::string_view(list).substr(begin, comma - begin);
        images.push_back(static_cast<std::int64_t>(parse_count(image, "--through", 0, kMostIndex)));
        begin = comma + 1;
    }
    if (images.size() > kMostThrough) {
        throw UsageError("--through: expected " + std::to_string(kMostThrough) +
                         " images at the most, found " + std::to_string(images.size()) + ".");
    }
    return images;
}

void check_is_a_way(const InterpolateOptions& options) {
    const bool one_place = options.from == options.to &&
                           std::all_of(options.through.begin(), options.through.end(),
                                       [&](std::int64_t image) { return image == options.from; });
    if (!one_place) return;
    throw UsageError("--from, --to: expected two images, found " + std::to_string(options.from) +
                     " alone: a path of one point leads nowhere. Choose another one, or lead the "
                     "path through others with --through.");
}

explore::PathKind kind_of(const InterpolateOptions& options) {
    return options.spherical  ? explore::PathKind::kSpherical
           : options.smooth   ? explore::PathKind::kSmooth
           : options.geodesic ? explore::PathKind::kGeodesic
                              : explore::PathKind::kStraight;
}

void interpolate(const InterpolateOptions& options) {
    check_is_a_way(options);
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
    for (const std::int64_t image : options.through)
        path.through.push_back(posterior_mean(*model, saved, *dataset, image, "--through"));
    path.closed = options.loop;
    path.kind = kind_of(options);
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
    command
        .add_option(
            "--through", [options](const std::string& list) { options->through = images_of(list); },
            "Held-out images between, in order: 3,7")
        .type_name("IMAGES");
    command.add_flag("--loop", options->loop, "Go on from --to back to --from");
    add_count(command, "--frames", options->frames, "Decoded images, both ends included", 2,
              kMostFrames)
        .default_text("16");
    const CommandOption spherical = command.add_flag(
        "--spherical", options->spherical, "Turn about the origin instead of going straight");
    const CommandOption smooth =
        command
            .add_flag("--smooth", options->smooth,
                      "Go through the images of --through in a curve without corners")
            .excludes(spherical);
    command
        .add_flag("--geodesic", options->geodesic,
                  "Go where the decoded image changes least on its way")
        .excludes(spherical)
        .excludes(smooth);
    command.add_flag("--even", options->even,
                     "Frames at equal distances of images instead of equal steps");
    add_label(command, options->label, "Label of all frames, of a run with --condition label")
        .default_text("that of --from");
    add_data_dir(command, options->data_dir);
    add_picture_options(command, options->picture);
    command.callback([options] { interpolate(*options); });
}

}  // namespace elbow::commands
