// elbow eval: the lower bound of a saved run on held-out images.

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/command.h"
#include "app/commands/saved_model.h"
#include "app/commands/standard_output.h"
#include "engine/core/team.h"
#include "engine/eval/bound.h"

namespace elbow::commands {

namespace {

constexpr std::int64_t kMostNoiseSamples = 10'000;

struct EvalOptions {
    std::filesystem::path run;
    std::filesystem::path data_dir;
    std::int64_t noise_samples = 1;
    std::int64_t threads = 1;
    bool json = false;
};

std::string row(const std::string& name, double nats, const char* unit) {
    char text[128];
    std::snprintf(text, sizeof text, "  %-28s %10.3f%s", name.c_str(), nats, unit);
    return text;
}

void print_for_a_person(const io::SavedRun& saved, const data::Dataset& dataset,
                        const EvalOptions& options, const eval::Bound& bound) {
    StandardOutput output;
    output.line(options.run.string() + ": " + dataset.title + ", " +
                std::to_string(saved.checkpoint.architecture.latents) + " latents, after " +
                std::to_string(saved.checkpoint.samples) + " training images seen");
    output.line(std::to_string(bound.images) +
                " held-out images, grey targets, L = " + std::to_string(options.noise_samples) +
                (options.noise_samples == 1 ? " noise sample" : " noise samples") +
                " each; nats per image:");
    output.line(row("lower bound (ELBO)", bound.bound(), "  = reconstruction - KL"));
    output.line(row("reconstruction", bound.reconstruction, "  E[log p(x|z)]"));
    output.line(row("KL", bound.kl, "  KL(q(z|x) || p(z)), closed form"));
    for (std::size_t n = 0; n < bound.kl_per_latent.size(); ++n) {
        output.line(row("KL of latent " + std::to_string(n), bound.kl_per_latent[n], ""));
    }
}

void print_json(const io::SavedRun& saved, const EvalOptions& options, const eval::Bound& bound) {
    nlohmann::ordered_json object;
    object["samples"] = saved.checkpoint.samples;
    object["test_images"] = bound.images;
    object["noise_samples"] = options.noise_samples;
    object["targets"] = "grey";
    object["test_bound"] = bound.bound();
    object["test_reconstruction"] = bound.reconstruction;
    object["test_kl"] = bound.kl;
    object["test_kl_per_latent"] = bound.kl_per_latent;
    StandardOutput().line(object.dump());
}

void evaluate(const EvalOptions& options) {
    const io::SavedRun saved = io::load_run(options.run);
    const auto dataset = dataset_of(saved, options.data_dir);
    const train::Checkpoint& checkpoint = saved.checkpoint;
    Team team(static_cast<int>(options.threads));
    // The run's own seed: with one noise sample the numbers are those of its last evaluation.
    const eval::Bound bound = eval::lower_bound(
        checkpoint.architecture, checkpoint.parameters, dataset->held_out, dataset->scale,
        static_cast<int>(options.noise_samples), checkpoint.config.seed, team);
    options.json ? print_json(saved, options, bound)
                 : print_for_a_person(saved, *dataset, options, bound);
}

}  // namespace

void add_eval(CLI::App& root) {
    const auto options = std::make_shared<EvalOptions>();
    CLI::App* command = root.add_subcommand(
        "eval", "Evaluate the lower bound of a saved run on the held-out images");
    command->footer(
        "All values are in nats per image, on grey targets. Example: elbow eval runs/mnist-2 "
        "--noise-samples 10");
    add_run_folder(*command, options->run);
    add_count(*command, "--noise-samples", options->noise_samples, "Draws L of z for each image", 1,
              kMostNoiseSamples)
        ->default_str("1");
    add_data_dir(*command, options->data_dir);
    add_threads(*command, options->threads);
    command->add_flag(
        "--json", options->json,
        "Print one JSON object: samples, test_images, noise_samples, targets, test_bound, "
        "test_reconstruction, test_kl, test_kl_per_latent");
    command->callback([options] { evaluate(*options); });
}

}  // namespace elbow::commands
