#include "engine/train/weights.h"

#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "engine/optim/average.h"
#include "engine/run/measure.h"

namespace elbow::train {
namespace {

// In a checkpoint, among what the optimiser remembers.
constexpr const char* kBestWeights = "best.weights";

// Their root is taken.
void check_squares(const std::vector<optim::Optimizer::State>& states) {
    for (const optim::Optimizer::State& state : states) {
        if (!state.is_of_squares) continue;
        const auto negative = [](float value) { return value < 0.0f; };
        if (std::none_of(state.values->begin(), state.values->end(), negative)) continue;
        throw Error("The saved run's '" + state.name +
                    "' holds negative numbers, which means of squares never are: it is damaged. "
                    "Use a whole copy of the run, or an earlier save.");
    }
}

std::unique_ptr<optim::Optimizer> make_optimizer(const RunConfig& config, std::int64_t size) {
    auto optimizer = optim::optimizers().at(config.optimizer).make(size);
    if (!run::averages_weights(config)) return optimizer;
    return optim::with_average(std::move(optimizer), size);
}

}  // namespace

const std::vector<float>& saved_values(const std::vector<Checkpoint::NamedState>& saved,
                                       const std::string& name, std::size_t size,
                                       const std::string& owner) {
    const auto found = std::find_if(saved.begin(), saved.end(),
                                    [&](const auto& each) { return each.name == name; });
    if (found != saved.end() && found->values.size() == size) return found->values;
    throw Error("The saved run has no whole '" + name + "', which " + owner +
                " needs to go on. Was the run saved by another version?");
}

Weights::Weights(const RunConfig& config, const model::ParameterLayout& layout)
    : layers_(layers_of(layout)),
      optimizer_(make_optimizer(config, layout.size())),
      live_(static_cast<std::size_t>(layout.size()), 0.0f) {}

// The parts of a layer lie together, and are one here.
std::vector<Weights::Layer> Weights::layers_of(const model::ParameterLayout& layout) {
    std::vector<Layer> layers;
    for (const model::ParameterView& view : layout.views()) {
        const Layer layer{view.offset, view.shape.front(), view.size() / view.shape.front()};
        Layer* const before = layers.empty() ? nullptr : &layers.back();
        if (before != nullptr && before->inputs == layer.inputs &&
            before->offset + before->outputs * before->inputs == layer.offset) {
            before->outputs += layer.outputs;
        } else {
            layers.push_back(layer);
        }
    }
    return layers;
}

void Weights::begin_with(const std::vector<float>& initial) {
    live_.assign(initial.begin(), initial.end());
    if (AlignedFloats* const values = mean()) *values = live_;
    if (resident_) resident_->write(live_, optimizer_->state());
}

void Weights::live_on(std::unique_ptr<estimator::Resident> resident) {
    resident_ = std::move(resident);
}

// A member moves what it made the gradients of, where our kernels did, and has them in its caches.
void Weights::update(std::span<const float> gradients, const optim::StepSettings& settings,
                     Team& team) {
    team.run([&](int member) {
        for (const Layer& layer : layers_) {
            const Share own = share_of(layer.outputs, member, team.size(), 16);
            if (own.size() <= 0) continue;
            optimizer_->update(live_, gradients, layer.offset + own.begin * layer.inputs,
                               layer.offset + own.end * layer.inputs, settings);
        }
    });
}

const AlignedFloats& Weights::live() const {
    if (resident_) resident_->read(live_);
    return live_;
}

// Null: the run averages nothing.
AlignedFloats* Weights::mean() const {
    for (const optim::Optimizer::State& state : optimizer_->state())
        if (state.name == optim::kAveragedWeights) return state.values;
    return nullptr;
}

// Null: the live ones are shown.
const AlignedFloats* Weights::other_than_live(const RunConfig& config) const {
    if (has_best() && run::shows_best_weights(config)) return &best_;
    return run::measures_averaged_weights(config) ? mean() : nullptr;
}

const AlignedFloats& Weights::measured(const RunConfig& config) const {
    if (!run::measures_averaged_weights(config)) return live();
    AlignedFloats* const values = mean();
    if (resident_) resident_->read({{optim::kAveragedWeights, values}});
    return *values;
}

const AlignedFloats& Weights::shown(const RunConfig& config) const {
    return other_than_live(config) == &best_ ? best_ : measured(config);
}

void Weights::keep_best(const RunConfig& config) { best_ = measured(config); }

// What a checkpoint holds beside the weights that are shown.
std::vector<optim::Optimizer::State> Weights::states() const {
    std::vector<optim::Optimizer::State> all = optimizer_->state();
    if (has_best()) all.push_back({kBestWeights, &best_});
    return all;
}

void Weights::put_into(Checkpoint& checkpoint, const RunConfig& config) const {
    live();
    if (resident_) resident_->read(optimizer_->state());
    const AlignedFloats* const other = other_than_live(config);
    const AlignedFloats& shown = other != nullptr ? *other : live_;
    checkpoint.parameters.assign(shown.begin(), shown.end());
    for (const optim::Optimizer::State& state : states()) {
        const bool is_shown = other != nullptr && state.values == other;
        const AlignedFloats& values = is_shown ? live_ : *state.values;
        checkpoint.optimizer_state.push_back(
            {is_shown ? kLiveWeights : state.name, {values.begin(), values.end()}});
    }
}

void Weights::take(const Checkpoint& checkpoint, const RunConfig& config) {
    const bool kept = checkpoint.best && run::keeps_best_weights(config);
    best_.assign(kept ? live_.size() : 0, 0.0f);
    const AlignedFloats* const other = other_than_live(config);
    const std::vector<float>* live = &checkpoint.parameters;
    for (const optim::Optimizer::State& state : states()) {
        const bool is_shown = other != nullptr && state.values == other;
        const std::vector<float>* values =
            &saved_values(checkpoint.optimizer_state, is_shown ? kLiveWeights : state.name,
                          state.values->size(), config.optimizer);
        if (is_shown) std::swap(live, values);
        state.values->assign(values->begin(), values->end());
    }
    check_squares(optimizer_->state());
    live_.assign(live->begin(), live->end());
    if (resident_) resident_->write(live_, optimizer_->state());
}

}  // namespace elbow::train
