#include "app/commands/train_report.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/core/json.h"
#include "engine/core/text.h"
#include "engine/data/targets.h"
#include "engine/fused/architecture.h"
#include "engine/model/families.h"
#include "engine/run/automatic.h"
#include "engine/run/measure.h"
#include "engine/run/step_size.h"

namespace elbow::commands {

namespace {

constexpr std::chrono::milliseconds kBarInterval{100};

// A C format, filled in.
template <class... Values>
std::string formatted(const char* format, Values... values) {
    char text[512];
    const int length = std::snprintf(text, sizeof text, format, values...);
    return {text,
            static_cast<std::size_t>(std::clamp(length, 0, static_cast<int>(sizeof text) - 1))};
}

std::string bound_text(double nats) { return std::isnan(nats) ? "-" : nats_text(nats); }

// "network paper (hidden 500, activation tanh), 2 latents, posterior diagonal, ..."
std::string model_text(const model::ModelSpec& spec) {
    if (const auto paper = fused::kernel_form(spec)) {
        const bool gaussian = paper->likelihood == fused::Likelihood::kGaussian;
        return formatted("encoder %d-%d-%d, decoder %d-%d-%d, %s, %s; ", paper->dimensions(),
                         paper->hidden, paper->latents, paper->latents, paper->hidden,
                         paper->dimensions(), spec.network.text("activation").c_str(),
                         !gaussian               ? "Bernoulli likelihood"
                         : paper->variance_floor ? "Gaussian likelihood with a variance floor"
                                                 : "Gaussian likelihood");
    }
    std::string text = "images of " + text_of(spec.image) + ", " + std::to_string(spec.latents) +
                       (spec.latents == 1 ? " latent" : " latents");
    for (const model::Family& family : model::families())
        text += std::string(", ") + family.name + " " + text_of(spec.*family.part);
    return text + "; ";
}

// "step size 0.001", "step size 0.004 (cosine over 1200000 images, average tail)"
std::string step_text(const train::Session& session) {
    const RunConfig& config = session.config();
    std::string more;
    const auto add = [&](const std::string& text) { more += (more.empty() ? "" : ", ") + text; };
    if (const auto end = run::schedule_end(config, session.train_count()))
        add(config.schedule + " over " + std::to_string(*end) + " images");
    if (config.step_size_warmup > 0)
        add("warm-up over " + std::to_string(config.step_size_warmup) + " images");
    if (run::averages_weights(config)) add("average " + config.average);
    return formatted("step size %g", config.step_size) + (more.empty() ? "" : " (" + more + ")");
}

std::string network_text(const train::Session& session) {
    const RunConfig& config = session.config();
    return model_text(session.spec()) + session.estimator().title + ", " + config.optimizer + ", " +
           step_text(session) +
           formatted(", minibatch %d, L = %d, seed %llu", config.minibatch, config.noise_samples,
                     static_cast<unsigned long long>(config.seed));
}

std::string json_line(const train::EvaluationRecord& record) {
    Json line;  // a number that does not exist becomes null
    line["samples"] = record.samples;
    line["seconds"] = record.seconds;
    line["epoch"] = record.epoch;
    line["train_bound"] = record.train_bound;
    line["test_bound"] = record.test_bound;
    line["test_reconstruction"] = record.test_reconstruction;
    line["test_kl"] = record.test_kl;
    line["images_per_s"] = record.images_per_s;
    return json_text(line);
}

constexpr const char* kColumns = "%11s %8s %9s %10s %10s %14s %8s %9s";

}  // namespace

TrainReport::TrainReport(bool json) : json_(json) {}

void TrainReport::begin(const train::Session& session, int threads) {
    start_ = Clock::now();
    const data::Dataset& dataset = session.dataset();
    if (!dataset.note.empty()) remark(dataset.title + ": " + dataset.note);
    if (json_) return;
    output_.line(formatted("%s: %d training and %d held-out images; ", dataset.title.c_str(),
                           session.train_count(), dataset.held_out.count) +
                 network_text(session) + "; gradients by " + run::gradients_text(session.config()) +
                 formatted("; %d thread%s", threads, threads == 1 ? "" : "s"));
    output_.line(formatted(
        "%s; nats per image, %s. train: mean over the minibatches since the line before. test: all "
        "%d held-out images, %s.",
        run::measure_text(session.config()).c_str(), data::targets_text(dataset).c_str(),
        dataset.held_out.count, run::draws_text(session.config()).c_str()));
    output_.line(formatted(kColumns, "samples", "epoch", "seconds", "train", "test", "=  reconstr.",
                           "-  KL", "images/s"));
}

void TrainReport::evaluation(const train::EvaluationRecord& record) {
    if (isatty(STDOUT_FILENO) == 1) clear_bar();
    if (json_) {
        output_.line(json_line(record));
        return;
    }
    output_.line(formatted(
        kColumns, formatted("%lld", static_cast<long long>(record.samples)).c_str(),
        formatted("%.2f", record.epoch).c_str(), formatted("%.2f", record.seconds).c_str(),
        bound_text(record.train_bound).c_str(), bound_text(record.test_bound).c_str(),
        bound_text(record.test_reconstruction).c_str(), bound_text(record.test_kl).c_str(),
        record.images_per_s > 0.0 ? formatted("%.0f", record.images_per_s).c_str() : "-"));
}

void TrainReport::progress(const train::Session& session, double fraction) {
    const Clock::time_point now = Clock::now();
    if (now < next_bar_) return;
    next_bar_ = now + kBarInterval;
    draw_bar(session, fraction);
}

void TrainReport::draw_bar(const train::Session& session, double fraction) {
    // What matters least stands last, where a narrow terminal cuts.
    std::string text = formatted("%.1f k images/s", session.images_per_s() / 1000.0);
    const double elapsed_s = std::chrono::duration<double>(Clock::now() - start_).count();
    if (fraction > 0.0 && fraction < 1.0 && elapsed_s > 0.5) {
        text = duration_text(elapsed_s * (1.0 / fraction - 1.0)) + " left, " + text;
    }
    if (train_bound_) text += ", train bound " + decimal_text(*train_bound_, 1) + " nats";
    bar_.show(std::clamp(fraction, 0.0, 1.0), text);
    bar_shown_ = true;
}

void TrainReport::end(const train::Session& session, double fraction,
                      const train::EvaluationRecord& last, const std::filesystem::path* saved_to) {
    if (bar_shown_) draw_bar(session, fraction);
    bar_.finish();
    bar_shown_ = false;
    const std::string saved = saved_to == nullptr ? "Nothing was saved: there was no --out FOLDER."
                                                  : "Saved to " + saved_to->string() + ".";
    if (json_ || closed()) {
        remark(saved);
        return;
    }
    const double held_out =
        run::has_bound(session.config()) ? last.test_bound : last.test_reconstruction;
    output_.line(
        formatted(
            "%lld images seen in %s of training (%.2f epochs). Held-out %s: %s nats "
            "per image (%s). ",
            static_cast<long long>(session.samples()),
            duration_text(session.train_seconds()).c_str(), session.epoch(),
            run::measure_text(session.config()).c_str(), bound_text(held_out).c_str(),
            (data::targets_text(session.dataset()) + run::weights_text(session.config())).c_str()) +
        saved);
}

void TrainReport::remark(const std::string& text) {
    clear_bar();
    std::fprintf(stderr, "%s\n", text.c_str());
}

// A line of results takes the bar's place, and the bar is drawn again under it.
void TrainReport::clear_bar() {
    if (!bar_shown_ || isatty(STDERR_FILENO) == 0) return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
}

}  // namespace elbow::commands
