#include "engine/optim/average.h"

#include <algorithm>
#include <utility>

#include "engine/core/clones.h"

namespace elbow::optim {
namespace {

// A plain mean until it reaches back as far as it should.
double exponential(std::int64_t count, const AverageSettings& settings) {
    const double share = static_cast<double>(kAverageEvery) / settings.span;
    return std::max(1.0 / static_cast<double>(count), std::min(share, 1.0));
}

// Shamir & Zhang 2013, polynomial decay: weights that count by a power of their number, which needs
// no knowledge of when the run ends.
double tail(std::int64_t count, const AverageSettings& settings) {
    const double power = 1.0 / settings.part - 1.0;
    return (power + 1.0) / (static_cast<double>(count) + power);
}

ELBOW_CLONES void move_towards(float* __restrict mean, const float* __restrict weights,
                               std::int64_t count, float share) {
    for (std::int64_t i = 0; i < count; ++i) mean[i] += share * (weights[i] - mean[i]);
}

class Averaging final : public Optimizer {
  public:
    Averaging(std::unique_ptr<Optimizer> optimizer, std::int64_t size)
        : optimizer_(std::move(optimizer)), mean_(static_cast<std::size_t>(size), 0.0F) {}

    void update(std::span<float> parameters, std::span<const float> gradients, std::int64_t begin,
                std::int64_t end, const StepSettings& settings) override {
        optimizer_->update(parameters, gradients, begin, end, settings);
        if (settings.average_share == 0.0) return;
        move_towards(mean_.data() + begin, parameters.data() + begin, end - begin,
                     static_cast<float>(settings.average_share));
    }

    std::vector<State> state() override {
        std::vector<State> all = optimizer_->state();
        all.push_back({kAveragedWeights, &mean_});
        return all;
    }

  private:
    std::unique_ptr<Optimizer> optimizer_;
    AlignedFloats mean_;
};

}  // namespace

const Registry<AverageEntry>& averages() {
    static const Registry<AverageEntry> list(
        "average",
        {
            {"off", "off", "The weights of the last update alone.", nullptr},
            {"exponential", "Exponential",
             "An exponential moving average, which forgets what is further back than "
             "its span.",
             exponential},
            {"tail", "Tail", "Over the last part of the run, however long that has become.", tail},
        });
    return list;
}

double average_share(const AverageEntry& entry, std::int64_t update,
                     const AverageSettings& settings) {
    if (entry.share == nullptr) return 0.0;
    if (update < kAverageEvery) return 1.0;  // no weights from before the training count
    if (update % kAverageEvery != 0) return 0.0;
    return entry.share(update / kAverageEvery, settings);
}

std::unique_ptr<Optimizer> with_average(std::unique_ptr<Optimizer> optimizer, std::int64_t size) {
    return std::make_unique<Averaging>(std::move(optimizer), size);
}

}  // namespace elbow::optim
