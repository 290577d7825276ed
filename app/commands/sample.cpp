// elbow sample: what the decoder of a saved run makes of a grid through the latent space, or of
// draws from the prior.

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "app/commands/command.h"
#include "app/commands/saved_model.h"
#include "engine/core/error.h"
#include "engine/core/parse_count.h"
#include "engine/explore/manifold.h"

namespace elbow::commands {

namespace {

constexpr std::int64_t kMostImages = 100'000;
constexpr std::int64_t kMostCells = 1'000;  // along one side

struct SampleOptions {
    std::filesystem::path run;
    PictureOptions picture;
    std::int64_t grid = 0;   // 0: no grid
    std::int64_t count = 0;  // 0: no prior samples
    std::string axes;        // "i,j"; empty: 0,1
    std::int64_t seed = 1;
    std::int64_t label = kNoLabel;
};

struct Axes {
    int x;
    int y;
};

// "1,2" or "z1,z2", counted from 1 as the window does.
Axes parse_axes(const std::string& text, int latents) {
    if (text.empty()) return {0, 1};
    const std::size_t comma = text.find(',');
    if (comma == std::string::npos) {
        throw UsageError("--axes: expected two latents such as 1,2, found '" + text + "'.");
    }
    const auto parse = [](std::string name) {
        if (!name.empty() && (name[0] == 'z' || name[0] == 'Z')) name.erase(0, 1);
        return parse_count(name, "--axes");
    };
    const std::uint64_t x = parse(text.substr(0, comma));
    const std::uint64_t y = parse(text.substr(comma + 1));
    const auto most = static_cast<std::uint64_t>(latents);
    if (x < 1 || y < 1 || x > most || y > most || x == y) {
        throw UsageError("--axes: expected two different latents from 1 to " +
                         std::to_string(latents) + ", found '" + text + "'.");
    }
    return {static_cast<int>(x) - 1, static_cast<int>(y) - 1};
}

// The paper's figure 4; with one latent there is one row of it.
void write_grid(const io::SavedRun& saved, const SampleOptions& options) {
    const int latents = saved.checkpoint.spec.latents;
    const int cells = static_cast<int>(options.grid);
    if (latents == 1) {
        if (!options.axes.empty())
            throw UsageError("--axes: the run has one latent, so there is nothing to choose.");
        std::vector<float> z = explore::quantile_latents(cells, 0, 0, {}, 1);
        z.resize(static_cast<std::size_t>(cells));  // all rows are alike
        const auto labels = labels_of(saved.checkpoint.spec, options.label, cells);
        write_decoded(saved, {std::move(z), cells, cells, labels}, options.picture);
        return;
    }
    const Axes axes = parse_axes(options.axes, latents);
    const int count = cells * cells;
    write_decoded(saved,
                  {explore::quantile_latents(cells, axes.x, axes.y, {}, latents), count, cells,
                   labels_of(saved.checkpoint.spec, options.label, count)},
                  options.picture);
}

// The same noise as the window shows for this seed, and like there a label a row unless one is
// given.
void write_prior_samples(const io::SavedRun& saved, const SampleOptions& options) {
    const int count = static_cast<int>(options.count);
    const auto model = model::make_model(saved.checkpoint.spec);
    std::vector<float> z = explore::prior_latents(*model, saved.checkpoint.parameters,
                                                  static_cast<std::uint64_t>(options.seed), count);
    const int columns = static_cast<int>(std::ceil(std::sqrt(count)));
    write_decoded(
        saved,
        {std::move(z), count, columns,
         options.label == kNoLabel ? explore::labels_of_samples(count, columns, model->spec())
                                   : labels_of(model->spec(), options.label, count)},
        options.picture);
}

void sample(const SampleOptions& options) {
    if (options.count > 0 && !options.axes.empty()) {
        throw UsageError("--axes belongs to --grid: draws from the prior vary in all latents.");
    }
    const io::SavedRun saved = load_saved(options.run);
    options.grid > 0 ? write_grid(saved, options) : write_prior_samples(saved, options);
}

}  // namespace

void add_sample(Command root) {
    const auto options = std::make_shared<SampleOptions>();
    const Command command =
        root.add_subcommand("sample", "Decode a grid or prior samples of a saved run into a PNG");
    command.footer(
        "The grid has equal steps on the unit square, mapped through the inverse Gaussian CDF, as "
        "in figure 4 of the\n"
        "paper. Example: elbow sample runs/mnist-2 --grid 20 -o manifold.png\n"
        "A run with --condition label: --count has a label a row and --grid label 0 unless --label "
        "chooses one.");
    add_run_folder(command, options->run);
    const CommandOption grid = add_count(command, "--grid", options->grid,
                                         "N x N decoded images over two latents", 1, kMostCells);
    const CommandOption count = add_count(command, "--count", options->count,
                                          "This many images decoded from z ~ p(z)", 1, kMostImages);
    command
        .add_option(
            "--axes", options->axes,
            "The two latents of the grid, counted from 1, as I,J; the others are 0 (default: 1,2)")
        .type_name("I,J");
    add_count(command, "--seed", options->seed, "Seed of the prior samples", 0,
              std::int64_t{1} << 53)
        .default_text("1");
    add_label(command, options->label, "Label of all images, of a run with --condition label")
        .default_text("as below");
    add_picture_options(command, options->picture);
    grid.excludes(count);
    command.callback([options, grid, count] {
        if (!grid.given() && !count.given()) {
            throw UsageError("elbow sample needs --grid N or --count N, and neither was given.");
        }
        sample(*options);
    });
}

}  // namespace elbow::commands
