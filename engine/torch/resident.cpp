#include "engine/torch/resident.h"

#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "engine/torch/failure.h"
#include "engine/torch/optimizers.h"

namespace elbow::torch_models {
namespace {

using estimator::ResidentSetup;

template <class Value>
Tensor view_of(std::span<const Value> values, std::vector<std::int64_t> shape,
               torch::ScalarType type) {
    return torch::from_blob(const_cast<Value*>(values.data()), shape, type);
}

Tensor floats(std::span<const float> values) {
    return view_of(values, {static_cast<std::int64_t>(values.size())}, torch::kFloat32);
}

class ResidentRun final : public estimator::Resident {
  public:
    ResidentRun(const Objective& objective, const GraphPlan& plan, const torch::Device& device,
                const ResidentSetup& setup)
        : objective_(objective),
          plan_(plan),
          parameters_(torch::zeros({plan.size}, device)),
          zeros_(torch::zeros_like(parameters_)),
          bounds_(torch::zeros({3}, torch::TensorOptions(device).dtype(torch::kFloat64))),
          optimizer_(make_tensor_optimizer(setup.optimizer, parameters_, setup.averages)) {
        const data::Batch& images = setup.images;
        const auto bytes = static_cast<std::size_t>(images.rows() * images.dimensions);
        images_ = view_of(std::span(images.pixels, bytes), {images.rows(), images.dimensions},
                          torch::kUInt8)
                      .to(device, torch::kUInt8, false, true);
        for (const GraphPlan::Leaf& leaf : plan.leaves) {
            std::int64_t size = 1;
            for (const std::int64_t side : leaf.shape) size *= side;
            leaves_.push_back(parameters_.narrow(0, leaf.offset, size).view(leaf.shape).detach());
            leaves_.back().requires_grad_();
        }
    }

    bool has_optimizer() const { return optimizer_ != nullptr; }

    void write(std::span<const float> parameters, const OptimizerState& state) override {
        or_error("write to the device", [&] {
            parameters_.copy_(floats(parameters));
            for (const optim::Optimizer::State& each : state)
                values_of(each).copy_(floats(*each.values));
            bounds_.zero_();
        });
    }

    void read(std::span<float> parameters) override {
        or_error("read from the device", [&] { floats(parameters).copy_(parameters_); });
    }

    void read(const OptimizerState& state) override {
        or_error("read from the device", [&] {
            for (const optim::Optimizer::State& each : state)
                floats(*each.values).copy_(values_of(each));
        });
    }

    void step(const Minibatch& batch, const optim::StepSettings& settings) override {
        compute_alone();
        or_error("make a step", [&] {
            const Graph graph(plan_, leaves_, images_);
            const Terms found = objective_.terms(graph, batch);
            const std::vector<Tensor> gradients = graph.by_leaf(found.objective);
            const torch::NoGradGuard no_gradient;
            bounds_.add_(
                torch::stack({total(found.reconstruction), total(found.kl), total(found.gain)}));
            optimizer_->update(parameters_, flat(gradients), settings);
        });
    }

    BoundSum take_bounds() override {
        BoundSum sum;
        or_error("read from the device", [&] {
            const Tensor bounds = bounds_.to(torch::kCPU, torch::kFloat64, false, true);
            bounds_.zero_();
            const double* const nats = bounds.data_ptr<double>();
            sum = {nats[0], nats[1], nats[2]};
        });
        return sum;
    }

  private:
    Tensor total(const Tensor& values) const {
        return values.defined() ? values.sum(torch::kFloat64) : torch::zeros({}, bounds_.options());
    }

    // Each leaf's gradient in its place, [P]: zero in the gaps, and where the objective does not
    // depend on it.
    Tensor flat(const std::vector<Tensor>& gradients) const {
        std::vector<Tensor> pieces;
        std::int64_t end = 0;
        const auto fill_up_to = [&](std::int64_t begin) {
            if (begin > end) pieces.push_back(zeros_.narrow(0, end, begin - end));
            end = begin;
        };
        for (std::size_t i = 0; i < gradients.size(); ++i) {
            fill_up_to(plan_.leaves[i].offset);
            if (!gradients[i].defined()) continue;
            pieces.push_back(gradients[i].flatten());
            end += gradients[i].numel();
        }
        fill_up_to(plan_.size);
        return torch::cat(pieces);
    }

    Tensor values_of(const optim::Optimizer::State& of) const {
        const std::vector<TensorOptimizer::State> all = optimizer_->state();
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const auto& each) { return each.name == of.name; });
        if (found != all.end()) return found->values;
        throw Error("LibTorch's module does not know '" + of.name +
                    "' of the optimiser: it belongs to another version of the program. Build all "
                    "targets again.");
    }

    const Objective& objective_;
    const GraphPlan& plan_;
    Tensor parameters_;           // [P]
    std::vector<Tensor> leaves_;  // views of it, in the plan's order
    Tensor zeros_;                // [P]
    Tensor images_;               // [count, D] bytes
    Tensor bounds_;               // [3] float64: sums of reconstruction, KL and gain
    std::unique_ptr<TensorOptimizer> optimizer_;
};

}  // namespace

std::unique_ptr<estimator::Resident> make_resident(const Objective& objective,
                                                   const GraphPlan& plan,
                                                   const torch::Device& device,
                                                   const ResidentSetup& setup) {
    std::unique_ptr<ResidentRun> made;
    or_error("put the run on the device",
             [&] { made = std::make_unique<ResidentRun>(objective, plan, device, setup); });
    if (!made->has_optimizer()) return nullptr;
    return made;
}

}  // namespace elbow::torch_models
