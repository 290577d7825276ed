// elbow reproduce: the paper's figures, trained anew and drawn beside the paper's own.

#include "app/commands/reproduce.h"

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/curve_training.h"
#include "app/commands/reproduce_figures.h"
#include "app/commands/room_wait.h"
#include "app/commands/standard_output.h"
#include "app/commands/stop_signal.h"
#include "app/commands/terminal_progress.h"
#include "engine/core/text.h"
#include "engine/data/datasets.h"
#include "engine/io/run_folder.h"

namespace elbow::commands {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kFewestSamples = 20'000;  // the first point of every curve
constexpr std::int64_t kMostCurveSamples = 10'000'000'000;
// What a step of Monte Carlo EM costs more than others: leapfrog steps and five updates.
constexpr double kMcemCost = 15.0;

std::string formatted(const char* format, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

// "mnist-20-aevb     1200000  train -103.20  test -104.11"
std::string point_line(const PlannedCurve& curve, const CurvePoint& point) {
    char text[256];
    std::snprintf(text, sizeof text, "%-24s %11lld  train %9.2f  test %9.2f", curve.name.c_str(),
                  static_cast<long long>(point.samples), point.train_nats, point.test_nats);
    return text;
}

// Before anything is trained: a curve that fails at once leaves no run whose folder it would be.
void make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (!error) return;
    throw Error("--out: '" + folder.string() + "' cannot be made (" + error.message() +
                "). Choose a folder that can be written.");
}

class Reproduction {
  public:
    Reproduction(const ReproduceOptions& options, const MarginalEstimator& marginal)
        : options_(options), marginal_(marginal), plan_(make_reproduce_plan(options)) {
        if (options.out.empty()) throw UsageError("--out: expected a folder, found an empty name.");
        if (plan_.figure == "fig3" && !marginal_) marginal_ = marginal_log_likelihood;
        locks_ = lock_runs(plan_, options.out);
        make_folder(options.out);
        for (const PlannedCurve& curve : plan_.curves) {
            const double cost = cost_of(curve);
            work_ += cost * static_cast<double>(plan_.samples);
            done_ += cost * static_cast<double>(std::min(plan_.samples, samples_of(curve)));
        }
        done_at_start_ = done_;
        start_ = Clock::now();
    }

    void run() {
        load_data();
        std::string failures;
        for (const PlannedCurve& curve : plan_.curves) {
            try {
                train(curve);
            } catch (const UsageError&) {
                throw;
            } catch (const Error& error) {  // the other curves do not depend on it
                failures += "\n" + curve.name + ": " + error.what();
            }
            if (stopped()) break;
            if (has_curves()) write_curves(plan_, options_.out);
        }
        bar_.finish();
        if (has_curves()) {
            report_curves();
        } else if (failures.empty() && !stopped()) {
            for (const auto& file : write_sheets(plan_, options_.out))
                output_.line("Written to " + file.string() + ".");
        }
        if (!failures.empty()) throw Error("Not all was reproduced:" + failures);
        if (stopped()) {
            throw Error(
                "Stopped before the end. All that was trained is saved: give the same command to "
                "go on from there.");
        }
    }

  private:
    // Multiplications for one image, about: what the time goes by.
    static double cost_of(const PlannedCurve& curve) {
        const bool frey = curve.config.dataset == "frey";
        const double pixels = frey ? 3.0 * 560.0 : 2.0 * 784.0;  // a Gaussian decoder has two heads
        const double cost = curve.config.hidden * (pixels + 3.0 * curve.config.latents);
        return curve.method == "mcem" ? kMcemCost * cost : cost;
    }

    std::int64_t samples_of(const PlannedCurve& curve) const {
        const auto folder = curve.run_folder(options_.out);
        return io::holds_run(folder) ? io::load_run(folder).checkpoint.samples : 0;
    }

    bool has_curves() const { return plan_.figure == "fig2" || plan_.figure == "fig3"; }
    bool stopped() const { return was_stopped_ || stop_.requested() || output_.closed(); }

    // All of them before anything is trained: a missing one is said at once.
    void load_data() {
        for (const PlannedCurve& curve : plan_.curves) {
            const std::string& name = curve.config.dataset;
            if (datasets_.count(name) > 0) continue;
            Progress progress;
            datasets_[name] =
                data::load_dataset(name, data::search_path(options_.data_dir), progress);
        }
    }

    void train(const PlannedCurve& curve) {
        if (samples_of(curve) >= plan_.samples) {
            remark(curve.name + ": done, " + std::to_string(samples_of(curve)) + " samples.");
            return;
        }
        CurveTraining training(curve, options_.out, locks_.at(curve.name),
                               datasets_.at(curve.config.dataset),
                               static_cast<int>(options_.threads),
                               plan_.figure == "fig3" ? marginal_ : MarginalEstimator{});
        training.check_room();
        const double cost = cost_of(curve);
        const double done_before = done_ - cost * static_cast<double>(training.samples());
        if (training.samples() > 0)
            remark(curve.name + ": goes on from " + std::to_string(training.samples()) +
                   " samples.");
        while (training.samples() < plan_.samples && !stopped()) {
            if (const auto point = training.advance()) print(point_line(curve, *point));
            done_ = done_before + cost * static_cast<double>(training.samples());
            show_progress(curve, training);
            if (training.save_is_due()) save_meanwhile(training);
        }
        save_at_end(training);
    }

    // A disk that is full for a moment ends no training.
    void save_meanwhile(CurveTraining& training) {
        try {
            training.save();
        } catch (const Error& error) {
            remark(error.what());
        }
    }

    void save_at_end(CurveTraining& training) {
        while (true) {
            try {
                return training.save();
            } catch (const Error& error) {
                bar_.clear();
                was_stopped_ = stopped();
                if (!room_wait_(error.what())) throw;
            }
        }
    }

    void show_progress(const PlannedCurve& curve, const CurveTraining& training) {
        const double elapsed_s = std::chrono::duration<double>(Clock::now() - start_).count();
        std::string text = curve.name;
        if (elapsed_s > 0.5 && done_ > done_at_start_) {
            text += ", " + duration_text(elapsed_s * (work_ - done_) / (done_ - done_at_start_)) +
                    " left";
        }
        text += formatted(", %.3g", static_cast<double>(training.samples())) +
                formatted(" of %.3g images", static_cast<double>(plan_.samples));
        text += formatted(", %.1f k images/s", training.images_per_s() / 1000.0);
        bar_.show(done_ / work_, text);
    }

    void report_curves() {
        const std::vector<std::string> lines = write_curves(plan_, options_.out);
        for (const std::string& line : lines) output_.line(line);
        if (lines.empty()) output_.line("No curve has come to 1e6 samples yet.");
        const std::string base = (options_.out / plan_.figure).string();
        output_.line("Written to " + base + ".csv, " + base + "-differences.csv and " + base +
                     ".png.");
    }

    void print(const std::string& line) {
        bar_.clear();
        output_.line(line);
    }

    void remark(const std::string& line) {
        bar_.clear();
        std::fprintf(stderr, "%s\n", line.c_str());
    }

    ReproduceOptions options_;
    MarginalEstimator marginal_;
    ReproducePlan plan_;
    std::map<std::string, io::RunLock> locks_;  // of each curve's run
    std::map<std::string, std::shared_ptr<const data::Dataset>> datasets_;
    StopSignal stop_;
    RoomWait room_wait_{stop_};
    bool was_stopped_ = false;  // before the wait, which listens anew
    StandardOutput output_;
    TerminalProgress bar_;
    double work_ = 0.0, done_ = 0.0, done_at_start_ = 0.0;  // multiplications, about
    Clock::time_point start_;
};

}  // namespace

void reproduce(const ReproduceOptions& options, const MarginalEstimator& marginal) {
    Reproduction(options, marginal).run();
}

void add_reproduce(Command root) {
    const auto options = std::make_shared<ReproduceOptions>();
    const Command command =
        root.add_subcommand("reproduce", "Train a figure of the paper anew, and draw both");
    command.footer(
        "fig2: the lower bound of MNIST and Frey Face models. fig3: the marginal likelihood, with "
        "1000 and 50 000 training\n"
        "images. fig4: manifolds of two latents. fig5: prior samples with 2, 5, 10 and 20 "
        "latents.\n"
        "All runs are kept in OUT/runs. The same command goes on where it stopped, also with more "
        "--samples; what is done\n"
        "is not done again. Points lie at fixed sample counts, about twenty a decade from 1e5 on.\n"
        "Example: elbow reproduce fig2 --models mnist-20 --samples 1e7 --out runs/paper");
    command.add_option("FIGURE", options->figure, "fig2, fig3, fig4 or fig5")
        .required()
        .type_name("FIGURE");
    command
        .add_option("--models", options->models,
                    "Only these of the figure's models, as mnist-20,frey-2 (fig3: mnist-3-1000); "
                    "shapes-2 needs no files")
        .type_name("NAMES");
    command
        .add_option("--methods", options->methods,
                    "Only these of the figure's methods: aevb, wake-sleep, mcem")
        .type_name("NAMES");
    add_count(command, "--samples", options->samples,
              "Training images seen by each model; may be written as 1e8, the paper's",
              kFewestSamples, kMostCurveSamples)
        .default_text("1e7");
    add_amount(command, "--step-size", options->step_size,
               "Adagrad's step size for all (default: one for each model and method)");
    add_path(command, "--out", options->out, "Folder for the figure and its runs")
        .required()
        .type_name("FOLDER");
    add_data_dir(command, options->data_dir);
    add_threads(command, options->threads);
    command.callback([options] { reproduce(*options, {}); });
}

}  // namespace elbow::commands
