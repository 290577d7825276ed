#include "engine/live/class_votes.h"

#include <algorithm>
#include <span>
#include <utility>

namespace elbow::live {
namespace {

constexpr double kVotesWork = 4e6;  // multiplications of a piece

const HeldOutClasses& classes_of(const Scene& scene, const HeldOutClasses& own) {
    return own.empty() ? scene.dataset->held_out.labels : own;
}

}  // namespace

bool has_classes(const Scene& scene, const HeldOutClasses& own) {
    const data::ImageSet& held_out = scene.dataset->held_out;
    return scene.snapshot->has_encoder && held_out.count > 0 &&
           classes_of(scene, own).size() == static_cast<std::size_t>(held_out.count);
}

ClassVotes::ClassVotes(const Inputs& inputs, const HeldOutClasses& own, std::vector<float> places,
                       std::vector<int> free, std::vector<float> held)
    : scene_(inputs.scene), map_(nullptr), places_(std::move(places)) {
    const auto map = inputs.views.get<MapView>();
    map_ = map.get();
    const std::span<const std::uint8_t> labels = classes_of(scene_, own);
    const bool fits = map && map->map.latents == scene_.snapshot->spec.latents &&
                      static_cast<std::size_t>(map->map.count) == labels.size();
    if (!fits) return;
    of_a_place_ = held.empty() ? static_cast<std::size_t>(map->map.latents) : free.size();
    lookup_.emplace(map->map, labels, free, held);
}

bool ClassVotes::advance() {
    if (!lookup_) return true;
    const std::size_t count = places_.size() / of_a_place_;
    const auto at_once = static_cast<std::size_t>(std::max(1.0, kVotesWork / lookup_->work()));
    const std::size_t end = std::min(count, votes_.size() + at_once);
    for (std::size_t i = votes_.size(); i < end; ++i)
        votes_.push_back(lookup_->at(std::span(places_).subspan(i * of_a_place_, of_a_place_)));
    return votes_.size() == count;
}

}  // namespace elbow::live
