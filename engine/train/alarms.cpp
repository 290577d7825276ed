#include "engine/train/alarms.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "engine/core/text.h"
#include "engine/estimator/estimator.h"
#include "engine/run/measure.h"

namespace elbow::train {
namespace {

constexpr double kFirstEpochs = 3.0;
constexpr std::size_t kInARow = 3;
constexpr int kEnoughActive = 5;
constexpr std::ptrdiff_t kEvaluationsSinceBest = 2;
constexpr double kFallNats = 0.5, kFallPart = 0.005;
constexpr double kWarmupEpochs = 5.0;
constexpr double kGapNats = 2.0, kGapPart = 0.02;

using Evaluations = std::vector<EvaluationRecord>;

// The newest ones; empty: there are too few, or the run has just begun.
std::span<const EvaluationRecord> newest(const Evaluations& evaluations) {
    if (evaluations.size() < kInARow || evaluations.back().epoch < kFirstEpochs) return {};
    return std::span(evaluations).last(kInARow);
}

int active_latents(const EvaluationRecord& evaluation) {
    const auto& kl = evaluation.test_kl_per_latent;
    return static_cast<int>(
        std::count_if(kl.begin(), kl.end(), [](float nats) { return nats >= kDeadLatentKl; }));
}

bool is_collapsed(const EvaluationRecord& evaluation) {
    const auto& kl = evaluation.test_kl_per_latent;
    const bool known = !kl.empty() && std::none_of(kl.begin(), kl.end(),
                                                   [](float nats) { return std::isnan(nats); });
    const int active = active_latents(evaluation);
    return known && active < kEnoughActive && 2 * active < static_cast<int>(kl.size());
}

double at_least(double nats, double part, double of) { return std::max(nats, part * std::abs(of)); }

// So many times the images of an epoch, as far as the option goes.
int warmup_of(double epochs, std::int64_t train_images) {
    const Option& option = *find_run_option("kl-warmup");
    return static_cast<int>(
        std::clamp(epochs * static_cast<double>(train_images), 1.0, option.maximum));
}

Advice about(const Collapse& found, const RunConfig& config, std::int64_t train_images) {
    Advice advice{"collapse",
                  "Posterior collapse: " + std::to_string(found.active) + " of " +
                      std::to_string(found.latents) +
                      " latents carry a KL of 0.01 nats or more, so the decoder learns almost "
                      "nothing of the image. ",
                  ""};
    if (!estimator::estimators().at(config.estimator).weighs_kl) {
        advice.text += "A smaller decoder, or AEVB with a KL warm-up, may help.";
    } else if (config.beta > 1.0) {
        advice.text +=
            "The likely cause is beta, " + exact_text(config.beta) + ", which makes the KL dear.";
        advice.remedy = "Set beta to 1";
        advice.change = {"beta", "1"};
    } else {
        const bool again = config.kl_warmup > 0;
        advice.text += again ? "The KL warm-up was too short, or the decoder needs no latents."
                             : "Often the KL is too dear while the codes say little yet.";
        advice.remedy = again ? "Restart with a longer KL warm-up" : "Restart with a KL warm-up";
        advice.restart = config;
        advice.restart->kl_warmup =
            again ? warmup_of(2.0, config.kl_warmup) : warmup_of(kWarmupEpochs, train_images);
    }
    return advice;
}

Advice about(const Overfitting& found, const RunConfig& config) {
    Advice advice{"overfitting",
                  "Overfitting: the training bound, " + nats_text(found.train) +
                      " nats, lies far above the held-out one, which has fallen to " +
                      nats_text(found.held_out) + " from " + nats_text(found.best) +
                      ", its best, after " + std::to_string(found.best_samples) + " images.",
                  ""};
    if (run::shows_best_weights(config)) {
        advice.text += " The weights of then are shown.";
    } else if (run::keeps_best_weights(config)) {
        advice.remedy = "Show the best weights";
        advice.change = {"weights", "best"};
        return advice;
    }
    if (config.augment == "off") {
        advice.text += " Images that are shifted at random are harder to learn by heart.";
        advice.remedy = "Shift them from now on";
        advice.change = {"augment", "shifts"};
    }
    return advice;
}

}  // namespace

std::optional<Advice> advice_for(const RunConfig& config, std::int64_t train_images,
                                 const Evaluations& evaluations) {
    if (const auto found = overfitting_of(evaluations)) return about(*found, config);
    if (const auto found = collapse_of(config, evaluations))
        return about(*found, config, train_images);
    return std::nullopt;
}

std::optional<Collapse> collapse_of(const RunConfig& config, const Evaluations& evaluations) {
    const auto last = newest(evaluations);
    if (last.empty() || last.front().samples < config.kl_warmup) return std::nullopt;
    if (!std::all_of(last.begin(), last.end(), is_collapsed)) return std::nullopt;
    const EvaluationRecord& now = last.back();
    return Collapse{active_latents(now), static_cast<int>(now.test_kl_per_latent.size()),
                    now.test_kl};
}

std::optional<Overfitting> overfitting_of(const Evaluations& evaluations) {
    const auto last = newest(evaluations);
    if (last.empty()) return std::nullopt;
    const EvaluationRecord& now = last.back();
    if (!std::isfinite(now.train_bound) || !std::isfinite(now.test_bound)) return std::nullopt;
    const auto lower = [](const EvaluationRecord& a, const EvaluationRecord& b) {
        return a.test_bound < b.test_bound;
    };
    const auto best = std::max_element(evaluations.begin(), evaluations.end(), lower);
    const bool old = evaluations.end() - 1 - best >= kEvaluationsSinceBest;
    const double fall = best->test_bound - now.test_bound;
    const double gap = now.train_bound - now.test_bound;
    if (!old || fall < at_least(kFallNats, kFallPart, best->test_bound) ||
        gap < at_least(kGapNats, kGapPart, now.test_bound))
        return std::nullopt;
    return Overfitting{now.train_bound, now.test_bound, best->test_bound, best->samples};
}

}  // namespace elbow::train
