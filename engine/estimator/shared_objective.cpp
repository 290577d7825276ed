#include "engine/estimator/shared_objective.h"

#include "engine/core/error.h"
#include "engine/fused/architecture.h"
#include "engine/model/torch_module.h"

namespace elbow::estimator {
namespace {

std::unique_ptr<PartObjective> make_objective(const std::string& name,
                                              const EstimatorSetup& setup) {
    using Factory = PartObjective* (*)(const char*, const EstimatorSetup*);
    const auto factory = reinterpret_cast<Factory>(
        model::find_in_torch_module("elbow_make_torch_objective", fused::wanted_for(setup.spec)));
    if (PartObjective* made = factory(name.c_str(), &setup))
        return std::unique_ptr<PartObjective>(made);
    throw Error("LibTorch's module has no objective called '" + name +
                "': it belongs to another version of the program. Build all targets again.");
}

}  // namespace

SharedObjective::SharedObjective(const std::string& name, const EstimatorSetup& setup)
    : objective_(make_objective(name, setup)),
      layout_(setup.spec),
      latents_(setup.spec.latents),
      noise_samples_(setup.noise_samples),
      on_the_processor_(setup.device != "cuda"),
      team_(*setup.team) {}

// Row m of the part is row begin + m of the whole, for every stream of numbers.
Minibatch SharedObjective::part_of(const Minibatch& whole, const Share& rows) const {
    Minibatch part = whole;
    static_cast<data::Batch&>(part) = data::part_of(whole, rows.begin, rows.size());
    part.noise_position += static_cast<std::uint64_t>(rows.begin * noise_samples_ * latents_);
    if (part.codes != nullptr) part.codes += rows.begin * latents_;
    return part;
}

BoundSum SharedObjective::gradient(std::span<const float> parameters, const Minibatch& batch,
                                   std::span<float> gradients) {
    const int members = on_the_processor_ ? team_.size() : 1;
    const auto size = static_cast<std::size_t>(layout_.size());
    while (gradients_.size() + 1 < static_cast<std::size_t>(members)) gradients_.emplace_back(size);
    sums_.assign(static_cast<std::size_t>(members), {});
    const auto own = [&](int member) {
        return member == 0 ? gradients
                           : std::span(gradients_[static_cast<std::size_t>(member - 1)]);
    };
    const auto rows_of = [&](int member) { return share_of(batch.rows(), member, members); };
    team_.run([&](int member) {
        if (member < members && rows_of(member).size() > 0) {
            sums_[static_cast<std::size_t>(member)] =
                objective_->gradient(parameters, part_of(batch, rows_of(member)), own(member));
        }
        team_.barrier();
        const Share part = share_of(layout_.size(), member, team_.size(), 16);
        for (int other = 1; other < members; ++other) {
            if (rows_of(other).size() <= 0) continue;
            const float* from = own(other).data();
            for (std::int64_t i = part.begin; i < part.end; ++i) gradients[i] += from[i];
        }
    });
    BoundSum whole;
    for (const BoundSum& sum : sums_) {
        whole.reconstruction += sum.reconstruction;
        whole.kl += sum.kl;
        whole.gain += sum.gain;
    }
    return whole;
}

}  // namespace elbow::estimator
