#include "engine/train/session.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "engine/core/text.h"
#include "engine/data/mean_image.h"
#include "engine/data/targets.h"
#include "engine/optim/average.h"
#include "engine/optim/schedule.h"
#include "engine/run/automatic.h"
#include "engine/run/check_run.h"
#include "engine/run/measure.h"
#include "engine/run/spec_of_run.h"
#include "engine/run/step_size.h"
#include "engine/train/divergence.h"
#include "engine/train/held_out.h"

namespace elbow::train {
namespace {

constexpr double kTakeInterval_s = 0.03;       // between two looks at what a device has found
constexpr double kLiveLook_s = 0.01;           // at live weights, where averaged ones are measured
constexpr std::int64_t kEvaluationRatio = 10;  // training images for each held-out image evaluated
// When a run counts as diverged.
constexpr double kDeepestFall = 1000.0;   // times (the first bound's size and a nat a pixel)
constexpr double kMostNatsAPixel = 15.0;  // a Gaussian at the quantisation variance has 5.4
constexpr std::array kEarlyTenths = {1, 2, 4, 8};  // early evaluations, in tenths of the interval

// It began, ended or changed a schedule of the step size.
bool is_of_schedule(const LoggedChange& change) {
    const Option* option = find_run_option(change.option);
    return option->member == OptionMember(&RunConfig::schedule) ||
           option->member == OptionMember(&RunConfig::step_size_warmup);
}

// Since the optimiser began anew: Adam corrects its averages by their age, and Adagrad's warm-up is
// of its first updates.
std::int64_t steps_remembered(std::int64_t step, const std::vector<Moment>& branches) {
    return branches.empty() ? step : step - branches.back().step;
}

}  // namespace

Session::Session(const RunConfig& config, std::shared_ptr<const data::Dataset> dataset, int threads,
                 std::uint64_t run, Residence residence)
    : started_with_(config),
      config_(config),
      dataset_(data::with_targets(std::move(dataset), data::targets_of(config.targets))),
      run_(run),
      spec_(spec_of(config, *dataset_)),
      layout_(spec_),
      order_stream_(config.seed, "order"),
      noise_stream_(config.seed, "noise"),
      target_stream_(config.seed, "targets"),
      augment_stream_(config.seed, "augment") {
    had_schedule_ = run::changes_step_size(config_);
    build(threads, residence);
    const std::vector<float> mean = config_.initialisation == "mean"
                                        ? data::mean_image(*dataset_, train_count_)
                                        : std::vector<float>{};
    weights_->begin_with(model::initial_parameters(spec_, config_.initialisation, config_.seed,
                                                   config_.initial_std, mean));
    begin_stall();
    undiverged_ = checkpoint();
}

Session::Session(const Checkpoint& checkpoint, std::shared_ptr<const data::Dataset> dataset,
                 int threads, std::uint64_t run, Residence residence)
    : Session(checkpoint.config, std::move(dataset), threads, run, residence) {
    if (checkpoint.spec != spec_ ||
        static_cast<std::int64_t>(checkpoint.parameters.size()) != layout_.size()) {
        const auto images = [](const model::ModelSpec& of) {
            return text_of(of.image) +
                   (of.classes > 0 ? " with " + std::to_string(of.classes) + " labels" : "");
        };
        throw Error("The saved run is of images of " + images(checkpoint.spec) + ", but " +
                    dataset_->title + " has " + images(spec_) +
                    ". Name the data set that the run was trained on.");
    }
    restore(checkpoint);
    run::check_run(config_, *dataset_);
    check_start();
    undiverged_ = this->checkpoint();
    schedule_evaluation();
    if (stall_ && checkpoint.stall)
        stall_->next_evaluation = next_evaluation_ = checkpoint.stall->next_evaluation;
}

// Weights can be finite and yet give no bound: a file that was damaged, or another program's. Told
// here, because the first step would blame the step size.
void Session::check_start() const {
    if (!run::has_encoder(config_) || dataset_->held_out.count == 0) return;
    const auto gives_a_bound = [&](const AlignedFloats& weights) {
        return std::isfinite(
            score(config_, measure_held_out(config_, spec_, weights, *dataset_, *team_, 0.0)));
    };
    if (gives_a_bound(weights_->live()) && gives_a_bound(weights_->shown(config_))) return;
    throw Error(
        std::string("The weights of the saved run give no finite ") + run::score_text(config_) +
        ", though they are finite themselves: they are damaged or do not come from training. "
        "Use a whole copy of the run, or an earlier save.");
}

// Takes over what a run knows at a step of it, its options among that; throws Error where something
// is missing.
void Session::restore(const Checkpoint& checkpoint) {
    config_ = config_now(checkpoint);
    had_schedule_ = run::changes_step_size(started_with_) ||
                    std::ranges::any_of(checkpoint.changes, is_of_schedule);
    weights_->take(checkpoint, config_);
    for (const estimator::EstimatorState& state : estimator_->state()) {
        *state.values = saved_values(checkpoint.estimator_state, state.name, state.values->size(),
                                     config_.estimator);
    }
    changes_ = checkpoint.changes;
    branches_ = checkpoint.branches;
    step_ = checkpoint.step;
    samples_ = checkpoint.samples;
    train_seconds_ = checkpoint.train_seconds;
    run_threads_ = checkpoint.threads;
    best_ = checkpoint.best;
    begin_stall();
    if (stall_ && checkpoint.stall) stall_ = checkpoint.stall;
    recorder_.forget_sums();
    on_device_ = {};
}

void Session::build(int threads, Residence residence) {
    run::check_new_run(config_, *dataset_);
    train_count_ = run::train_count_of(config_, *dataset_);
    team_ = std::make_unique<Team>(threads);
    run_threads_ = team_->size();
    estimator_ = estimator::make_estimator(
        config_.estimator, run::resolved_gradients(config_),
        {spec_, config_.noise_samples, team_.get(), config_.seed, train_count_, config_.device});
    weights_ = std::make_unique<Weights>(config_, layout_);
    if (config_.device == "cuda" || residence == Residence::kDevice) {
        weights_->live_on(
            estimator_->resident({config_.optimizer, run::averages_weights(config_),
                                  dataset_->batch(dataset_->train, 0, train_count_)}));
    }
    gradients_.assign(static_cast<std::size_t>(layout_.size()), 0.0f);
    last_evaluation_.train_bound = kNotANumber;
}

const estimator::EstimatorEntry& Session::estimator() const {
    return estimator::estimators().at(config_.estimator);
}

void Session::change(const std::string& name, const std::string& value) {
    const Option* option = find_run_option(name);
    if (option == nullptr) throw UsageError("There is no option called '" + name + "'.");
    if (!option->live) {
        throw UsageError(std::string(option->title) +
                         " cannot change while a run goes on: start a new run with it.");
    }
    RunConfig changed = config_;
    set_option_from_text(changed, *option, value);
    run::check_run(changed, *dataset_);
    if (changed == config_) return;
    if (run::measures_averaged_weights(config_) != run::measures_averaged_weights(changed)) {
        held_out_work_.reset();
        evaluation_wanted_ = true;
    }
    const bool other_schedule = changed.schedule != config_.schedule;
    const bool other_rhythm = changed.evaluate_every != config_.evaluate_every;
    config_ = changed;
    if (other_schedule) begin_stall();
    if (other_rhythm) schedule_evaluation();
    changes_.push_back({step_, name, option_text(config_, *option)});
    had_schedule_ = had_schedule_ || is_of_schedule(changes_.back());
}

std::vector<estimator::Reading> Session::readings() const {
    std::vector<estimator::Reading> readings = estimator_->readings();
    if (had_schedule_) {
        const std::int64_t begun = std::max<std::int64_t>(0, samples_ - config_.minibatch);
        readings.push_back({"Step size", "units of a weight",
                            "How far one update moves the weights, by the schedule.",
                            step_size_after(begun)});
    }
    return readings;
}

std::vector<std::string> Session::reading_names() const {
    std::vector<std::string> names;
    for (const estimator::Reading& reading : readings()) names.emplace_back(reading.name);
    return names;
}

// Epoch by epoch through permutations of the training images; a minibatch may span two epochs.
void Session::draw_minibatch() {
    indices_.resize(static_cast<std::size_t>(config_.minibatch));
    std::int64_t position = samples_;
    for (std::uint32_t& index : indices_) {
        const std::int64_t epoch_number = position / train_count_;
        if (epoch_number != order_epoch_) {
            order_ = order_stream_.permutation(static_cast<std::uint64_t>(epoch_number),
                                               static_cast<std::uint32_t>(train_count_));
            order_epoch_ = epoch_number;
        }
        index = order_[static_cast<std::size_t>(position % train_count_)];
        ++position;
    }
}

double Session::kl_weight() const {
    if (samples_ >= config_.kl_warmup) return config_.beta;
    return config_.beta * static_cast<double>(samples_) / config_.kl_warmup;
}

void Session::step() {
    const double start_s = steady_now_s();
    held_out_work_.reset();  // its weights are about to change
    if (step_ == 0) run_threads_ = team_->size();
    if (run_threads_ != team_->size()) run_threads_.reset();
    draw_minibatch();
    const auto seen = static_cast<std::uint64_t>(samples_);
    const auto draws = static_cast<std::uint64_t>(config_.noise_samples) *
                       static_cast<std::uint64_t>(config_.latents);
    estimator::Minibatch batch{dataset_->batch(dataset_->train, indices_), &noise_stream_,
                               seen * draws, kl_weight()};
    batch.seen = seen;
    if (config_.targets == "redrawn") batch.redraw = &target_stream_;
    const auto augmentation =
        data::augmentation_of(config_.augment, dataset_->shape(), augment_stream_);
    if (config_.augment != "off") batch.augmentation = &augmentation;
    if (weights_->device()) return step_or_leave_device(batch, start_s);
    estimator::BoundSum sum;
    for (; batch.update < estimator_->updates(); ++batch.update) {
        const estimator::BoundSum now = estimator_->gradient(weights_->live(), batch, gradients_);
        check_divergence(now, config_.minibatch, step_ + 1);
        if (batch.update == 0) sum = now;
        weights_->update(gradients_, step_settings(batch.update), *team_);
    }
    ++step_;
    samples_ += config_.minibatch;
    Running made;
    made.add(sum, config_.minibatch, steady_now_s() - start_s);
    account(made);
}

std::int64_t Session::warmup_updates_left() const {
    if (!optim::optimizers().at(config_.optimizer).has_warmup) return 0;
    return std::max<std::int64_t>(
        0, config_.warmup_steps - steps_remembered(step_, branches_) * estimator_->updates());
}

double Session::step_size_after(std::int64_t samples) const {
    return run::step_size_at(config_, samples, train_count_, stall_ ? stall_->halvings : 0);
}

optim::StepSettings Session::step_settings(int update) const {
    const std::int64_t number =
        steps_remembered(step_, branches_) * estimator_->updates() + update + 1;
    const double weight_prior = run::adds_weight_prior(config_)
                                    ? static_cast<double>(config_.minibatch) / train_count_
                                    : 0.0;
    return {step_size_after(samples_),
            number,
            weight_prior,
            config_.minibatch,
            config_.warmup_steps,
            optim::average_share(optim::averages().at(config_.average), number,
                                 {config_.average_span, config_.average_part})};
}

// A device that fails may keep what it holds: the run goes on from what the host has of it.
void Session::step_or_leave_device(const estimator::Minibatch& batch, double start_s) {
    try {
        step_on_device(batch, start_s);
    } catch (const Divergence&) {
        throw;
    } catch (const Error& error) {
        weights_->leave_device();
        restore(undiverged_);
        schedule_evaluation();
        throw Divergence(std::string(error.what()) + " The run is back at step " +
                             std::to_string(step_) + ", of which the host has a copy.",
                         std::nullopt);
    }
}

// The device works on while the host prepares the next step: asking what it has found makes one
// wait for the other. The first bound is what later ones are held against, and an evaluation tells
// the mean of all before it.
void Session::step_on_device(const estimator::Minibatch& batch, double start_s) {
    weights_->device()->step(batch, step_settings(batch.update));
    ++step_;
    samples_ += config_.minibatch;
    const double now_s = steady_now_s();
    on_device_.add({}, config_.minibatch, now_s - start_s);
    if (std::isfinite(least_bound_) && !evaluation_due() &&
        now_s - bounds_taken_s_ < kTakeInterval_s) {
        return;
    }
    const Running taken = take_bounds();
    check_divergence(taken.sum, taken.samples, step_);
    account(taken);
}

Running Session::take_bounds() {
    const double start_s = steady_now_s();
    on_device_.sum = weights_->device()->take_bounds();
    bounds_taken_s_ = steady_now_s();
    on_device_.seconds += bounds_taken_s_ - start_s;
    return std::exchange(on_device_, {});
}

// A minibatch's mean bound far below where the run began is no noise any more, and one that rises
// above kMostNatsAPixel is a density that has nothing left to describe.
void Session::check_divergence(const estimator::BoundSum& sum, std::int64_t images,
                               std::int64_t step) {
    const auto count = static_cast<double>(images);
    const double bound = sum.bound() / count;
    const double pixels = spec_.image.size();
    note_start(run::has_bound(config_) ? bound : sum.reconstruction / count);
    if (!std::isfinite(least_bound_)) {
        least_bound_ = bound - kDeepestFall * (std::abs(bound) + pixels);
    }
    const bool grows_without_end = bound > kMostNatsAPixel * pixels;
    if (std::isfinite(bound) && bound >= least_bound_ && !grows_without_end) return;
    std::string what;
    std::string remedy = "Go on with a smaller step size than " +
                         option_text(config_, *find_run_option("step-size")) + ".";
    std::optional<double> breaking_step_size = config_.step_size;
    if (!std::isfinite(bound)) {
        what = "the bound is no longer a finite number";
    } else if (bound < least_bound_) {
        what = "the bound has fallen to " + nats_text(bound) + " nats per image";
    } else {
        what =
            "the density of the images grows without end, because the variances of pixels that "
            "hardly change go to zero";
        remedy = "Restart with --variance-floor on.";
        breaking_step_size.reset();
    }
    restore(undiverged_);
    schedule_evaluation();
    throw Divergence("The run has diverged: at step " + std::to_string(step) + " " + what +
                         ". It is back at step " + std::to_string(step_) +
                         ", before it diverged. " + remedy,
                     breaking_step_size);
}

void Session::account(const Running& steps) {
    train_seconds_ += steps.seconds;
    recorder_.add(steps, readings(), {samples_, train_seconds_, epoch()}, run::has_bound(config_));
}

bool Session::evaluation_due() const { return evaluation_wanted_ || samples_ >= next_evaluation_; }

std::int64_t Session::evaluation_interval() const {
    if (config_.evaluate_every > 0) return config_.evaluate_every;
    return std::max<std::int64_t>(kEvaluationRatio * dataset_->held_out.count, kEvaluationRatio);
}

void Session::schedule_evaluation() {
    const std::int64_t interval = evaluation_interval();
    next_evaluation_ = (samples_ / interval + 1) * interval;
    for (const int tenths : kEarlyTenths) {
        const std::int64_t early = interval * tenths / 10;
        if (early > samples_) next_evaluation_ = std::min(next_evaluation_, early);
    }
    evaluation_wanted_ = false;
    if (stall_) stall_->next_evaluation = next_evaluation_;
}

double Session::live_score(double shown) const {
    if (!run::measures_averaged_weights(config_)) return shown;
    return score(config_, measure_held_out(config_, spec_, weights_->live(), *dataset_, *team_,
                                           kLiveLook_s));
}

eval::Bound Session::held_out_bound() {
    return measure_held_out(config_, spec_, weights_->measured(config_), *dataset_, *team_);
}

const EvaluationRecord& Session::evaluate() {
    return *evaluate_some(std::numeric_limits<double>::infinity());
}

const EvaluationRecord* Session::evaluate_some(double seconds) {
    if (!held_out_work_) {
        if (on_device_.samples > 0) {
            const Running taken = take_bounds();
            account(taken);
        }
        held_out_work_ = begin_held_out(config_, spec_, weights_->measured(config_), *dataset_);
    }
    const bool whole = !held_out_work_ || held_out_work_->advance(*team_, seconds);
    if (!whole) return nullptr;
    note_evaluation(train::held_out_bound(held_out_work_, spec_, *dataset_));
    held_out_work_.reset();
    return &last_evaluation_;
}

bool Session::leave_out_evaluation() {
    if (stall_ || config_.patience > 0) return false;
    held_out_work_.reset();
    schedule_evaluation();
    return true;
}

void Session::note_evaluation(const eval::Bound& bound) {
    EvaluationRecord record;
    record.samples = samples_;
    record.seconds = train_seconds_;
    record.epoch = epoch();
    const bool bounded = run::has_bound(config_);
    record.averaged = run::measures_averaged_weights(config_);
    record.test_bound = bounded ? bound.bound() : kNotANumber;
    record.test_reconstruction = bound.reconstruction;
    record.test_kl = bounded ? bound.kl : kNotANumber;
    record.test_kl_per_latent.assign(bound.kl_per_latent.begin(), bound.kl_per_latent.end());
    if (!bounded)
        std::fill(record.test_kl_per_latent.begin(), record.test_kl_per_latent.end(), kNotANumber);
    const Running since = recorder_.take_since_evaluation();
    const bool stepped = since.samples > 0;
    const auto images = static_cast<double>(since.samples);
    record.train_bound = stepped && bounded ? since.sum.bound() / images : kNotANumber;
    record.images_per_s = stepped ? images / since.seconds : 0.0;
    last_evaluation_ = std::move(record);
    const double now = score(config_, bound);
    if (samples_ >= next_evaluation_) note_stall(now);
    schedule_evaluation();
    // Of a run that is about to be found broken an evaluation may be in between: what is not sound
    // by its bound is nothing to go back to.
    note_start(now);
    Checkpoint present = checkpoint();
    if (!why_diverged(present, live_score(now), start_score_).empty()) return;
    if (note_best(now)) present = checkpoint();
    present.best = best_;
    present.stall = stall_;
    undiverged_ = std::move(present);
}

// Whether it is the best so far.
bool Session::note_best(double score) {
    if (!std::isfinite(score)) return false;
    if (best_ && score <= best_->score) {
        ++best_->evaluations_since;
        return false;
    }
    best_ = Best{score, step_, samples_};
    if (run::keeps_best_weights(config_)) weights_->keep_best(config_);
    return true;
}

void Session::begin_stall() {
    stall_.reset();
    if (!optim::schedules().at(config_.schedule).halves_on_a_stall) return;
    stall_ = Stall{};
    stall_->next_evaluation = next_evaluation_;
}

void Session::note_stall(double score) {
    if (!stall_ || !std::isfinite(score)) return;
    if (score > stall_->best) {
        stall_->best = score;
        stall_->evaluations_since = 0;
    } else if (++stall_->evaluations_since >= config_.stall) {
        stall_->evaluations_since = 0;
        ++stall_->halvings;
    }
}

bool Session::is_out_of_patience() const {
    return config_.patience > 0 && best_ && best_->evaluations_since >= config_.patience;
}

void Session::be_patient_again() {
    if (best_) best_->evaluations_since = 0;
}

void Session::note_start(double score) {
    if (std::isnan(start_score_) && std::isfinite(score)) start_score_ = score;
}

SnapshotPtr Session::snapshot() const {
    const AlignedFloats& weights = weights_->shown(config_);
    const bool shows_best = weights_->has_best() && run::shows_best_weights(config_);
    return std::make_shared<const ParameterSnapshot>(ParameterSnapshot{
        spec_,
        {weights.begin(), weights.end()},
        run_,
        step_,
        samples_,
        run::has_encoder(config_),
        !shows_best && run::measures_averaged_weights(config_),
        shows_best ? std::optional(Moment{best_->step, best_->samples}) : std::nullopt});
}

Checkpoint Session::checkpoint() const {
    Checkpoint checkpoint;
    checkpoint.config = started_with_;
    checkpoint.changes = changes_;
    checkpoint.branches = branches_;
    checkpoint.spec = spec_;
    checkpoint.step = step_;
    checkpoint.samples = samples_;
    checkpoint.train_seconds = train_seconds_;
    checkpoint.threads = run_threads_;
    checkpoint.best = best_;
    checkpoint.stall = stall_;
    checkpoint.readings = reading_names();
    weights_->put_into(checkpoint, config_);
    for (const estimator::EstimatorState& state : estimator_->state()) {
        checkpoint.estimator_state.push_back({state.name, *state.values});
    }
    return checkpoint;
}

double Session::epoch() const { return static_cast<double>(samples_) / train_count_; }

}  // namespace elbow::train
