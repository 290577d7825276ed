// elbow eval: the lower bound of a saved run on held-out images, and where it is asked for an
// estimate of their log likelihood.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <numeric>
#include <optional>

#include "app/commands/command.h"
#include "app/commands/saved_model.h"
#include "app/commands/standard_output.h"
#include "engine/core/error.h"
#include "engine/core/json.h"
#include "engine/core/team.h"
#include "engine/data/targets.h"
#include "engine/estimator/estimator.h"
#include "engine/eval/active_units.h"
#include "engine/eval/bound.h"
#include "engine/eval/importance.h"
#include "engine/eval/marginal_likelihood.h"
#include "engine/infer/likely_starts.h"
#include "engine/infer/model_joint.h"
#include "engine/model/families.h"
#include "engine/model/model.h"
#include "engine/run/measure.h"
#include "engine/train/held_out.h"

namespace elbow::commands {

namespace {

constexpr std::int64_t kMostNoiseSamples = 10'000;
constexpr std::int64_t kMostImportanceSamples = 1'000'000;

struct EvalOptions {
    std::filesystem::path run;
    std::filesystem::path data_dir;
    std::int64_t noise_samples = 1;
    std::int64_t importance = 0;  // 0: not wanted
    bool marginal = false;
    std::int64_t images = 1000;  // of the two estimates
    std::int64_t threads = 1;
    bool json = false;
};

// What was found out about the run. An autoencoder has a reconstruction, but no bound and no KL:
// then nothing of an approximate posterior is said.
struct Evaluation {
    std::optional<eval::Bound> bound;  // absent: there is no encoder
    bool has_bound = false;
    std::optional<eval::ActiveUnits> active;
    std::optional<double> bits_per_dimension;
    std::optional<eval::ImageMean> importance;
    std::optional<eval::MarginalLikelihood> marginal;
};

class Evaluator {
  public:
    Evaluator(const EvalOptions& options, const io::SavedRun& saved, const data::Dataset& dataset)
        : options_(options),
          checkpoint_(saved.checkpoint),
          dataset_(dataset),
          team_(static_cast<int>(options.threads)),
          has_encoder_(run::has_encoder(checkpoint_.config)),
          has_bound_(run::has_bound(checkpoint_.config)),
          model_(model::make_model(checkpoint_.spec)) {}

    Evaluation evaluate() {
        const std::string& title = estimator::estimators().at(checkpoint_.config.estimator).title;
        if (!has_encoder_ && (options_.importance > 0 || !options_.marginal)) {
            throw UsageError("The run was trained by " + title +
                             ", which has no encoder, so there is no q(z|x) to draw from and no "
                             "bound. Use --marginal, which needs none.");
        }
        if (!has_bound_ && options_.importance > 0) {
            throw UsageError("--importance: the run was trained by " + title +
                             ", which learns no variance of q(z|x) to draw with. Use --marginal, "
                             "which needs none.");
        }
        Evaluation result;
        if (has_encoder_) find_bound(result);
        if (options_.importance > 0 || options_.marginal) estimate(result);
        return result;
    }

  private:
    void find_bound(Evaluation& result) {
        // The run's own seed: with one noise sample the numbers are those of its last evaluation.
        result.bound = eval::lower_bound(
            checkpoint_.spec, checkpoint_.parameters, held_out(),
            static_cast<int>(options_.noise_samples), checkpoint_.config.seed, team_,
            has_bound_ ? eval::BoundKind::kPlain : eval::BoundKind::kAtTheMean);
        if (!std::isfinite(train::score(checkpoint_.config, *result.bound))) {
            throw Error("The weights of '" + options_.run.string() + "' give no finite " +
                        run::score_text(checkpoint_.config) +
                        ", though they are finite themselves: they are damaged or were never "
                        "trained so. Use a whole copy of the run, or an earlier save.");
        }
        model_->encode(checkpoint_.parameters, held_out(), posteriors_);
        result.has_bound = has_bound_;
        if (!has_bound_) return;
        result.active = eval::active_units(posteriors_.mean, checkpoint_.spec.latents);
        if (model::is_of_grey_alone(checkpoint_.spec)) {
            // A grey value stands for an interval of the width `scale`.
            result.bits_per_dimension =
                -result.bound->bound() / (dataset_.dimensions() * std::log(2.0)) -
                std::log2(dataset_.scale);
        }
    }

    data::Batch held_out() const {
        return dataset_.batch(dataset_.held_out, 0, dataset_.held_out.count);
    }

    void estimate(Evaluation& result) {
        const auto count = static_cast<std::size_t>(
            std::min<std::int64_t>(options_.images, dataset_.held_out.count));
        std::vector<std::uint32_t> numbers(count);
        std::iota(numbers.begin(), numbers.end(), 0U);
        infer::ModelJoint joint(checkpoint_.spec, team_);
        joint.look_at(checkpoint_.parameters, held_out());
        if (options_.marginal) {
            const std::vector<float> starts =
                has_encoder_ ? std::vector<float>(
                                   posteriors_.mean.begin(),
                                   posteriors_.mean.begin() + static_cast<std::ptrdiff_t>(count) *
                                                                  checkpoint_.spec.latents)
                             : infer::likely_starts(joint, numbers, infer::kStartDraws,
                                                    checkpoint_.config.seed);
            result.marginal =
                eval::marginal_likelihood(joint, numbers, starts, {}, checkpoint_.config.seed);
        }
        if (options_.importance > 0) {
            const auto draw = [&](std::span<const std::uint32_t> rows,
                                  std::span<const float> epsilon, std::span<float> z,
                                  std::span<double> log_q) {
                model_->draw(posteriors_, rows, epsilon, z, log_q);
            };
            result.importance = eval::importance_weighted(joint, numbers, draw,
                                                          static_cast<int>(options_.importance),
                                                          checkpoint_.config.seed);
        }
    }

    const EvalOptions& options_;
    const train::Checkpoint& checkpoint_;
    const data::Dataset& dataset_;
    Team team_;
    bool has_encoder_, has_bound_;
    std::unique_ptr<model::Model> model_;
    model::Posteriors posteriors_;  // of the held-out images
};

std::string row(const std::string& name, double value, const std::string& remark) {
    char text[256];
    std::snprintf(text, sizeof text, "  %-30s %10.3f  %s", name.c_str(), value, remark.c_str());
    return text;
}

// Of the `asked` images that were asked for some may have no estimate.
std::string certainty(const eval::ImageMean& mean, int asked) {
    char text[128];
    std::snprintf(text, sizeof text, "+- %.3f, %sthe first %d held-out images", mean.standard_error,
                  mean.images < asked ? (std::to_string(mean.images) + " of ").c_str() : "", asked);
    return text;
}

void print_bound(StandardOutput& output, const Evaluation& found, const EvalOptions& options) {
    const eval::Bound& bound = *found.bound;
    if (!found.has_bound) {
        output.line(std::to_string(bound.images) + " held-out images, z at the encoder's mean:");
        output.line(row("reconstruction", bound.reconstruction, "log p(x|z), no bound"));
        return;
    }
    output.line(std::to_string(bound.images) +
                " held-out images, L = " + std::to_string(options.noise_samples) +
                (options.noise_samples == 1 ? " noise sample" : " noise samples") + " each:");
    output.line(row("lower bound (ELBO)", bound.bound(), "= reconstruction - KL"));
    output.line(row("reconstruction", bound.reconstruction, "E[log p(x|z)]"));
    const bool closed = std::none_of(bound.kl_per_latent.begin(), bound.kl_per_latent.end(),
                                     [](double kl) { return std::isnan(kl); });
    output.line(row("KL", bound.kl,
                    closed ? "KL(q(z|x) || p(z)), closed form"
                           : "KL(q(z|x) || p(z)), estimated from the draws"));
    for (std::size_t n = 0; closed && n < bound.kl_per_latent.size(); ++n) {
        char variance[64];
        std::snprintf(variance, sizeof variance, "variance of the means %.3f",
                      found.active->variance[n]);
        output.line(row("KL of z" + std::to_string(n + 1), bound.kl_per_latent[n], variance));
    }
    output.line("  " + std::to_string(found.active->count) + " of " +
                std::to_string(bound.kl_per_latent.size()) +
                " latents are active: the variance of their means is over 0.01.");
    if (found.bits_per_dimension) {
        output.line(row("bits per dimension", *found.bits_per_dimension,
                        "of grey values, at most, by the bound"));
    }
}

void print_for_a_person(const io::SavedRun& saved, const data::Dataset& dataset,
                        const EvalOptions& options, const Evaluation& found) {
    StandardOutput output;
    output.line(options.run.string() + ": " + dataset.title + ", " +
                std::to_string(saved.checkpoint.spec.latents) + " latents, after " +
                std::to_string(saved.checkpoint.samples) +
                " training images seen; nats per image, " + data::targets_text(dataset) +
                run::shown_weights_text(train::config_now(saved.checkpoint)));
    if (found.bound) print_bound(output, found, options);
    const auto asked =
        static_cast<int>(std::min<std::int64_t>(options.images, dataset.held_out.count));
    if (found.importance) {
        output.line(row("log p(x), importance-weighted", found.importance->mean,
                        "k = " + std::to_string(options.importance) + ", " +
                            certainty(*found.importance, asked)));
    }
    if (found.marginal) {
        output.line(row("log p(x), appendix D", found.marginal->log_marginal.mean,
                        certainty(found.marginal->log_marginal, asked) + ", acceptance of HMC " +
                            std::to_string(std::lround(100.0 * found.marginal->acceptance)) +
                            " %"));
    }
}

void print_json(const io::SavedRun& saved, const data::Dataset& dataset, const EvalOptions& options,
                const Evaluation& found) {
    Json object;
    object["samples"] = saved.checkpoint.samples;
    object["targets"] = data::name(dataset.targets);
    if (found.bound) {
        object["test_images"] = found.bound->images;
        object["test_reconstruction"] = found.bound->reconstruction;
    }
    if (found.has_bound) {
        object["noise_samples"] = options.noise_samples;
        object["test_bound"] = found.bound->bound();
        object["test_kl"] = found.bound->kl;
        object["test_kl_per_latent"] = Json::list_of(found.bound->kl_per_latent);
        object["active_units"] = found.active->count;
    }
    if (found.bits_per_dimension) object["bits_per_dimension"] = *found.bits_per_dimension;
    const auto add = [&](const char* name, const eval::ImageMean& mean) {
        object[name] = Json::Object{
            {"mean", mean.mean}, {"standard_error", mean.standard_error}, {"images", mean.images}};
    };
    if (found.importance) {
        object["importance_samples"] = options.importance;
        add("importance_weighted", *found.importance);
    }
    if (found.marginal) add("marginal", found.marginal->log_marginal);
    StandardOutput().line(json_text(object));
}

void evaluate(const EvalOptions& options) {
    const io::SavedRun saved = load_saved(options.run);
    const auto dataset = dataset_of(saved, options.data_dir);
    const Evaluation found = Evaluator(options, saved, *dataset).evaluate();
    options.json ? print_json(saved, *dataset, options, found)
                 : print_for_a_person(saved, *dataset, options, found);
}

}  // namespace

void add_eval(Command root) {
    const auto options = std::make_shared<EvalOptions>();
    const Command command = root.add_subcommand(
        "eval", "Evaluate the lower bound of a saved run on the held-out images");
    command.footer(
        "All values are in nats per image, on the run's targets. Example: elbow eval runs/mnist-2 "
        "--noise-samples 10 --importance 500");
    add_run_folder(command, options->run);
    add_count(command, "--noise-samples", options->noise_samples,
              "Draws L of z for each image, for the bound", 1, kMostNoiseSamples)
        .default_text("1");
    add_count(command, "--importance", options->importance,
              "Estimate log p(x) by importance weights, too, with so many draws k of each image's "
              "q(z|x)",
              1, kMostImportanceSamples);
    command.add_flag("--marginal", options->marginal,
                     "Estimate log p(x) by the paper's appendix D, too: for at most 5 latents");
    add_count(command, "--images", options->images,
              "The first so many held-out images, for these two estimates", 1, 1'000'000)
        .default_text("1000");
    add_data_dir(command, options->data_dir);
    add_threads(command, options->threads);
    command.add_flag(
        "--json", options->json,
        "Print one JSON object: samples, targets, test_images, test_reconstruction, noise_samples, "
        "test_bound, test_kl, test_kl_per_latent, active_units (of these what the estimator has), "
        "and what was asked for");
    command.callback([options] { evaluate(*options); });
}

}  // namespace elbow::commands
