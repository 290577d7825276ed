#include "app/commands/train_plan.h"

#include <algorithm>
#include <cmath>

#include "engine/core/path_text.h"
#include "engine/core/text.h"
#include "engine/data/datasets.h"
#include "engine/run/check_run.h"
#include "engine/run/step_size.h"

namespace elbow::commands {

namespace {

namespace fs = std::filesystem;

Limit given_limit(const TrainOptions& options) {
    Limit limit;
    if (options.epochs >= 0.0) limit.epochs = options.epochs;
    if (options.samples >= 0) limit.samples = options.samples;
    if (options.seconds >= 0.0) limit.seconds = options.seconds;
    return limit;
}

bool is_set(const Limit& limit) { return limit.epochs || limit.samples || limit.seconds; }

bool same_folder(const fs::path& a, const fs::path& b) {
    std::error_code error;
    return fs::equivalent(a, b, error);
}

// Where a link points to now, so that all files of a run come from and go to one folder.
fs::path real_folder(const fs::path& path) {
    std::error_code error;
    const bool is_link = fs::is_symlink(fs::symlink_status(path, error));
    const fs::path target = is_link ? fs::canonical(path, error) : path;
    return target.empty() ? path : target;
}

// A run that is there stays there, unless it is the one that goes on or the person says so. As the
// lock stays, what is found here is what the training will find when it saves.
void lock_out(TrainPlan& plan, const TrainOptions& options) {
    if (plan.out.empty()) return;
    plan.lock = io::lock_run_folder(plan.out);
    const bool goes_on = !options.resume.empty() && same_folder(plan.out, options.resume);
    if (options.force || goes_on || !io::holds_run(plan.out)) return;
    throw Error("'" + plan.out.string() +
                "' already holds a run. Choose another --out, go on from that run with --resume " +
                shell_word(plan.out) + ", or replace it with --force.");
}

// The same number of threads as before gives the same last bits.
void take_threads(TrainPlan& plan, const train::Checkpoint& saved, const TrainOptions& options) {
    if (!options.threads_given && saved.threads) plan.threads = *saved.threads;
}

[[noreturn]] void refuse_schedule(const RunConfig& config) {
    throw UsageError("--schedule " + config.schedule +
                     ": how long it takes is counted in training images, and --seconds does not "
                     "tell how many these will be. Add --schedule-images, or end the training by "
                     "--epochs or --samples.");
}

}  // namespace

TrainPlan make_plan(const TrainOptions& options) {
    TrainPlan plan;
    plan.threads = static_cast<int>(options.threads);
    plan.config = options.config;
    plan.limit = given_limit(options);
    plan.out = options.out;
    plan.data_dir = options.data_dir;
    if (!options.resume.empty()) {
        plan.resumed_from = real_folder(options.resume);
        if (plan.out.empty()) plan.out = plan.resumed_from;
        // What is no run is told before its folder is locked, and a run is read while it is.
        if (!io::holds_run(plan.resumed_from)) io::load_run(plan.resumed_from);
        lock_out(plan, options);
        plan.resumed = io::load_run(plan.resumed_from);
        for (const Option* option : options.given) {
            if (!option->of_machine) continue;
            set_option_from_text(plan.resumed->checkpoint.config, *option,
                                 option_text(options.config, *option));
        }
        plan.config = plan.resumed->checkpoint.config;
        take_threads(plan, plan.resumed->checkpoint, options);
    } else if (!options.repeat.empty()) {
        plan.repeated = io::load_run(options.repeat);
        const train::Checkpoint& repeated = plan.repeated->checkpoint;
        plan.config = repeated.config;
        plan.changes = repeated.changes;
        take_threads(plan, repeated, options);
        for (const Option* option : options.given) {
            set_option_from_text(plan.config, *option, option_text(options.config, *option));
            std::erase_if(plan.changes,
                          [&](const auto& change) { return change.option == option->name; });
        }
        if (!is_set(plan.limit)) plan.limit.samples = repeated.samples;
        if (plan.config.dataset != repeated.config.dataset) plan.repeated.reset();
    }
    if (!is_set(plan.limit)) plan.limit.epochs = run::kUsualEpochs;
    data::canonical_name(plan.config.dataset);  // a wrong name is said before anything else
    if (!plan.lock) lock_out(plan, options);
    return plan;
}

std::optional<double> images_until_end(const Limit& limit, std::int64_t train_images) {
    if (limit.seconds) return std::nullopt;
    if (limit.samples) return static_cast<double>(*limit.samples);
    return std::round(*limit.epochs * static_cast<double>(train_images));
}

void fit_schedule(RunConfig& config, const TrainPlan& plan, const data::Dataset& dataset) {
    if (config.schedule_images > 0) return;
    const int train_images = run::train_count_of(config, dataset);
    if (!run::schedule_end(config, train_images)) return;
    const auto images = images_until_end(plan.limit, train_images);
    if (!images) refuse_schedule(config);
    const Option& length = *find_run_option("schedule-images");
    set_option_from_text(config, length, exact_text(std::max(1.0, *images)));
}

void extend_schedule(train::Session& session, const TrainPlan& plan, const TrainOptions& options) {
    const RunConfig& config = session.config();
    const auto end = run::schedule_end(config, session.train_count());
    const auto is_length = [](const Option* given) {
        return given->member == OptionMember(&RunConfig::schedule_images);
    };
    if (!end || std::ranges::any_of(options.given, is_length)) return;
    const auto images = images_until_end(plan.limit, session.train_count());
    if (!images && session.samples() >= *end) refuse_schedule(config);
    if (!images) return;
    const double wished = static_cast<double>(session.samples()) + *images;
    if (wished > static_cast<double>(*end)) session.change("schedule-images", exact_text(wished));
}

void change_given_options(train::Session& session, const TrainOptions& options) {
    for (const Option* option : options.given) {
        const std::string value = option_text(options.config, *option);
        const std::string value_now = option_text(session.config(), *option);
        if (value == value_now) continue;
        if (!option->live) {
            std::string message = "--" + std::string(option->name) + ": the run that goes on has ";
            message += value_now + " and keeps it. Leave the option out, or start a new run with ";
            throw UsageError(message + value + ".");
        }
        session.change(option->name, value);
    }
}

}  // namespace elbow::commands
