// elbow train: the Session that the window shows, without the window and without its thread.

#include <chrono>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/load_data.h"
#include "app/commands/own_data.h"
#include "app/commands/room_wait.h"
#include "app/commands/stop_signal.h"
#include "app/commands/train_plan.h"
#include "app/commands/train_report.h"
#include "app/commands/train_saver.h"
#include "engine/core/start_log.h"
#include "engine/core/team.h"
#include "engine/core/text.h"
#include "engine/io/run_folder.h"
#include "engine/run/measure.h"
#include "engine/run/presets.h"
#include "engine/train/session.h"

namespace elbow::commands {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kMostTrainSamples = std::int64_t{1} << 53;
constexpr auto kTrainSaveInterval = std::chrono::seconds(60);

// One training from its plan to the saved run.
class Training {
  public:
    Training(const TrainOptions& options, TrainPlan plan,
             std::shared_ptr<const data::Dataset> dataset)
        : plan_(std::move(plan)),
          session_(start(options, plan_, std::move(dataset))),
          saver_(plan_, *session_),
          report_(options.json),
          start_log_(options.start_log),
          first_sample_(session_->samples()),
          first_second_(session_->train_seconds()),
          next_save_(Clock::now() + kTrainSaveInterval) {}

    void run() {
        StopSignal stop;
        saver_.when_save_fails([this, wait = RoomWait(stop)](const std::string& why) mutable {
            report_.clear_bar();
            return wait(why);
        });
        report_.begin(*session_, plan_.threads);
        if (plan_.resumed) tell(plan_.resumed->remark);
        if (plan_.repeated && !plan_.repeated->checkpoint.threads) {
            report_.remark(
                "The saved run was not trained with one known number of threads on the CPU; the "
                "last digits of its repeat may differ.");
        }
        if (plan_.repeated && !plan_.repeated->checkpoint.branches.empty()) {
            report_.remark(
                "The saved run branched off another one, where its optimiser began anew; its "
                "repeat, which does not, will differ.");
        }
        try {
            while (!stop.requested() && !report_.closed() && advance()) {
            }
        } catch (const train::Divergence& divergence) {
            const std::string remains = saver_.save_after_failure(*session_);
            std::string message = divergence.what();
            if (!remains.empty()) message += " " + remains;
            if (const auto breaking = divergence.breaking_step_size()) {
                message += " " + saver_.how_to_go_on(session_->config(), *breaking);
            }
            throw Error(message);
        } catch (const std::exception&) {
            tell(saver_.save_after_failure(*session_));
            throw;
        }
        const auto& evaluations = saver_.evaluations();
        if (evaluations.empty() || evaluations.back().samples != session_->samples()) evaluate();
        saver_.save_at_end(*session_);
        report_.end(*session_, fraction(), evaluations.back(),
                    plan_.out.empty() ? nullptr : &plan_.out);
        start_log_.check();
    }

  private:
    static std::unique_ptr<train::Session> start(const TrainOptions& options, const TrainPlan& plan,
                                                 std::shared_ptr<const data::Dataset> dataset) {
        const int threads = plan.threads;
        if (plan.repeated) io::check_dataset(*plan.repeated, *dataset);
        if (!plan.resumed) {
            RunConfig config = plan.config;
            fit_schedule(config, plan, *dataset);
            return std::make_unique<train::Session>(config, std::move(dataset), threads);
        }
        io::check_dataset(*plan.resumed, *dataset);
        auto session =
            std::make_unique<train::Session>(plan.resumed->checkpoint, std::move(dataset), threads);
        change_given_options(*session, options);
        extend_schedule(*session, plan, options);
        return session;
    }

    // False where the end is reached.
    bool advance() {
        make_changes();
        if (fraction() >= 1.0) return false;
        if (session_->evaluation_due()) {
            evaluate();
            if (session_->is_out_of_patience()) return stop_for_patience();
        }
        session_->step();
        note_training();
        start_log_.note("first_step");
        report_.progress(*session_, fraction());
        if (Clock::now() >= next_save_) {
            tell(saver_.save_meanwhile(*session_));
            next_save_ = Clock::now() + kTrainSaveInterval;
        }
        return true;
    }

    bool stop_for_patience() {
        const train::Best& best = *session_->best();
        report_.remark("No evaluation since " + std::to_string(best.samples) +
                       " images has found a better " + run::score_text(session_->config()) +
                       " than " + nats_text(best.score) + " nats, so the training ends here. " +
                       (run::keeps_best_weights(session_->config())
                            ? "elbow train --resume RUN --samples 0 --weights best brings back "
                              "the weights of then."
                            : "No copy of the weights of then was kept (--keep-best off)."));
        return false;
    }

    void make_changes() {
        for (; changes_made_ < plan_.changes.size(); ++changes_made_) {
            const train::LoggedChange& change = plan_.changes[changes_made_];
            if (change.step > session_->steps()) return;
            session_->change(change.option, change.value);
        }
    }

    // How much of what was asked for is done; 1 and above: all.
    double fraction() const {
        const auto samples = static_cast<double>(session_->samples() - first_sample_);
        const auto share = [](double done, double wanted) {
            return done >= wanted ? 1.0 : done / wanted;
        };
        if (const auto images = images_until_end(plan_.limit, session_->train_count()))
            return share(samples, *images);
        return share(session_->train_seconds() - first_second_, *plan_.limit.seconds);
    }

    void evaluate() {
        const train::EvaluationRecord& evaluation = session_->evaluate();
        saver_.note(*session_, evaluation);
        report_.evaluation(evaluation);
    }

    void note_training() {
        std::vector<train::TrainRecord> records = session_->take_train_records();
        if (records.empty()) return;
        report_.train_bound(records.back().bound);
        saver_.note(std::move(records));
    }

    void tell(const std::string& text) {
        if (!text.empty()) report_.remark(text);
    }

    TrainPlan plan_;
    std::unique_ptr<train::Session> session_;
    TrainSaver saver_;
    TrainReport report_;
    StartLog start_log_;
    std::size_t changes_made_ = 0;
    std::int64_t first_sample_;
    double first_second_;
    Clock::time_point next_save_;
};

void train_headless(const TrainOptions& options) {
    TrainPlan plan = make_plan(options);
    const auto dataset =
        load_data(plan.config.dataset, options.data_dir, plan.resumed || plan.repeated);
    Training(options, std::move(plan), dataset).run();
}

void add_limits(Command command, TrainOptions& options) {
    const char* group = "End (one of them; with --resume counted from where the run stopped)";
    const CommandOption epochs = add_amount(command, "--epochs", options.epochs,
                                            "Passes through the training images (default: 10)");
    const CommandOption samples =
        add_count(command, "--samples", options.samples,
                  "Training images seen, rounded up to a whole minibatch; may be written as 1e6", 0,
                  kMostTrainSamples);
    const CommandOption seconds = add_amount(command, "--seconds", options.seconds,
                                             "Seconds of training, evaluation not counted");
    for (const CommandOption& option : {epochs, samples, seconds}) option.group(group);
    epochs.excludes(seconds).excludes(samples);
    seconds.excludes(samples);
}

void add_run_folders(Command command, TrainOptions& options) {
    const char* group = "Run folders";
    add_path(
        command, "--out", options.out,
        "Save the run to this folder, at the end and once a minute; without it nothing is saved")
        .type_name("FOLDER")
        .group(group);
    const CommandOption resume =
        add_path(command, "--resume", options.resume,
                 "Go on from a saved run, and save to its folder unless --out says otherwise")
            .type_name("RUN")
            .group(group);
    const CommandOption repeat =
        add_path(command, "--repeat", options.repeat,
                 "Do again what a saved run did: its options (those given here "
                 "come first), its changes at "
                 "their steps, as many samples")
            .type_name("RUN")
            .group(group);
    resume.excludes(repeat);
    command.add_flag("--force", options.force, "Replace the run that --out holds").group(group);
}

}  // namespace

void add_train(Command root) {
    const auto options = std::make_shared<TrainOptions>();
    const Command command =
        root.add_subcommand("train", "Train without a window, and save the run");
    command.footer(
        "Bounds are in nats per image; train: means over minibatches, test: "
        "held-out images.\n"
        "Ctrl-C ends the training with a saved run; a second Ctrl-C ends it at once.\n"
        "Example: elbow train --dataset mnist --latent 20 --samples 1e6 --out runs/mnist-20");
    options->config = run::usual_config({});
    add_run_options(command, options->config);
    add_preset(command, options->preset);
    add_limits(command, *options);
    add_run_folders(command, *options);
    command.option("--preset")
        .excludes(command.option("--resume"))
        .excludes(command.option("--repeat"));
    add_data_dir(command, options->data_dir);
    add_threads(command, options->threads);
    command.option("--threads")
        .description("Threads that compute (1 to " + std::to_string(kMostThreads) +
                     "); --resume and --repeat otherwise use the saved run's");
    command.add_flag("--json", options->json,
                     "Print one JSON object a line for each evaluation: samples, seconds, epoch, "
                     "train_bound, test_bound, "
                     "test_reconstruction, test_kl, images_per_s");
    add_path(command, "--start-log", options->start_log,
             "Write a CSV line, event and steady_s, at the end of the first step")
        .type_name("FILE")
        .group("For tests and demonstrations");
    command.callback([options, command] {
        options->given = given_run_options(command);
        if (options->resume.empty() && options->repeat.empty()) {
            complete_options(options->config, options->preset, command);
        } else {
            import_named_path(options->config);
        }
        options->threads_given = command.given("--threads");
        train_headless(*options);
    });
}

}  // namespace elbow::commands
