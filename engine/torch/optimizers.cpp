#include "engine/torch/optimizers.h"

#include <utility>

#include "engine/optim/adam_step.h"
#include "engine/optim/average.h"

namespace elbow::torch_models {
namespace {

using optim::StepSettings;

void add_weight_prior(const Tensor& gradient, const Tensor& parameters,
                      const StepSettings& settings) {
    if (settings.weight_prior != 0.0) gradient.sub_(parameters, settings.weight_prior);
}

// What Adam and NAdam remember, and how they divide.
class MomentTensors : public TensorOptimizer {
  public:
    std::vector<State> state() const final {
        return {{first_name_, first_}, {second_name_, second_}};
    }

  protected:
    MomentTensors(const char* first_name, const char* second_name, const Tensor& parameters)
        : first_name_(first_name),
          second_name_(second_name),
          first_(torch::zeros_like(parameters)),
          second_(torch::zeros_like(parameters)) {}

    // Moves the moments by the mean gradient, which `gradient` becomes; what a step is divided by.
    Tensor spread(const Tensor& parameters, const Tensor& gradient, const StepSettings& settings,
                  const optim::AdamRates& rates) {
        add_weight_prior(gradient, parameters, settings);
        gradient.mul_(1.0 / settings.minibatch);
        first_.lerp_(gradient, 1.0 - optim::AdamDecays::kFirst);
        second_.lerp_(gradient.square(), 1.0 - optim::AdamDecays::kSecond);
        return second_.sqrt().mul_(rates.root_correction).add_(optim::AdamDecays::kEpsilon);
    }
    static optim::AdamRates rates_of(const StepSettings& settings) {
        return optim::adam_rates(settings.step_size, static_cast<double>(settings.step));
    }
    const Tensor& first() const { return first_; }

  private:
    const char* first_name_;
    const char* second_name_;
    Tensor first_, second_;
};

class Adam final : public MomentTensors {
  public:
    explicit Adam(const Tensor& parameters)
        : MomentTensors("adam.first_moment", "adam.second_moment", parameters) {}

    void update(const Tensor& parameters, const Tensor& gradient,
                const StepSettings& settings) override {
        const optim::AdamRates rates = rates_of(settings);
        const Tensor divisor = spread(parameters, gradient, settings, rates);
        parameters.addcdiv_(first(), divisor, rates.rate);
    }
};

class Nadam final : public MomentTensors {
  public:
    explicit Nadam(const Tensor& parameters)
        : MomentTensors("nadam.first_moment", "nadam.second_moment", parameters) {}

    void update(const Tensor& parameters, const Tensor& gradient,
                const StepSettings& settings) override {
        const Tensor divisor = spread(parameters, gradient, settings, rates_of(settings));
        const optim::NadamShares shares =
            optim::nadam_shares(settings.step_size, static_cast<double>(settings.step));
        parameters.addcdiv_(first() * shares.mean + gradient * shares.newest, divisor);
    }
};

class Adagrad final : public TensorOptimizer {
  public:
    explicit Adagrad(const Tensor& parameters) : squares_(torch::zeros_like(parameters)) {}

    void update(const Tensor& parameters, const Tensor& gradient,
                const StepSettings& settings) override {
        add_weight_prior(gradient, parameters, settings);
        squares_.addcmul_(gradient, gradient);
        const double step_size = settings.step > settings.warmup_steps ? settings.step_size : 0.0;
        parameters.addcdiv_(gradient, (squares_ + optim::kAdagradEpsilon).sqrt_(), step_size);
    }

    std::vector<State> state() const override { return {{"adagrad.squares", squares_}}; }

  private:
    Tensor squares_;
};

class Sgd final : public TensorOptimizer {
  public:
    explicit Sgd(const Tensor&) {}

    void update(const Tensor& parameters, const Tensor& gradient,
                const StepSettings& settings) override {
        add_weight_prior(gradient, parameters, settings);
        parameters.add_(gradient, settings.step_size / settings.minibatch);
    }

    std::vector<State> state() const override { return {}; }
};

class Averaging final : public TensorOptimizer {
  public:
    Averaging(std::unique_ptr<TensorOptimizer> optimizer, const Tensor& parameters)
        : optimizer_(std::move(optimizer)), mean_(torch::zeros_like(parameters)) {}

    void update(const Tensor& parameters, const Tensor& gradient,
                const StepSettings& settings) override {
        optimizer_->update(parameters, gradient, settings);
        if (settings.average_share > 0.0) mean_.lerp_(parameters, settings.average_share);
    }

    std::vector<State> state() const override {
        std::vector<State> all = optimizer_->state();
        all.push_back({optim::kAveragedWeights, mean_});
        return all;
    }

  private:
    std::unique_ptr<TensorOptimizer> optimizer_;
    Tensor mean_;
};

template <class Made>
std::unique_ptr<TensorOptimizer> make(const Tensor& parameters) {
    return std::make_unique<Made>(parameters);
}

}  // namespace

std::unique_ptr<TensorOptimizer> make_tensor_optimizer(std::string_view name,
                                                       const Tensor& parameters, bool averages) {
    using Maker = std::unique_ptr<TensorOptimizer> (*)(const Tensor&);
    constexpr std::pair<std::string_view, Maker> kOptimizers[] = {{"adam", make<Adam>},
                                                                  {"nadam", make<Nadam>},
                                                                  {"adagrad", make<Adagrad>},
                                                                  {"sgd", make<Sgd>}};
    for (const auto& [known, maker] : kOptimizers) {
        if (known != name) continue;
        auto optimizer = maker(parameters);
        if (!averages) return optimizer;
        return std::make_unique<Averaging>(std::move(optimizer), parameters);
    }
    return nullptr;
}

}  // namespace elbow::torch_models
