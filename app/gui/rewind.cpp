#include "app/gui/rewind.h"

#include <algorithm>
#include <utility>

namespace elbow::gui {
namespace {

constexpr double kWholeSeconds = 6.0;  // that the whole training plays for

}  // namespace

void Rewind::take(const train::SnapshotPtr& newest,
                  const std::shared_ptr<const live::MapView>& map) {
    if (!newest) return;
    const auto& held = moments_.held();
    const bool other_run = !held.empty() && held.back().snapshot->run != newest->run;
    moments_.add(newest);
    moments_.add(map);
    if (other_run || (at_ && *at_ >= newest->samples)) go_to(std::nullopt);
}

void Rewind::advance(double elapsed_s) {
    if (!playing_) return;
    place_ += elapsed_s / kWholeSeconds;
    if (place_ >= 1.0) return go_to(std::nullopt);
    show(moments_.nearest_place(place_));
}

void Rewind::show(std::size_t number) {
    at_ = moments_.held()[number].snapshot->samples;
    moments_.keep(at_);
}

std::size_t Rewind::number() const {
    return at_ ? moments_.nearest(*at_) : moments_.held().size() - 1;
}

const live::HeldMoment* Rewind::shown() const {
    return moments_.held().empty() ? nullptr : &moments_.held()[number()];
}

void Rewind::go_to(std::optional<std::int64_t> samples) {
    playing_ = false;
    at_.reset();
    moments_.keep(std::nullopt);
    if (!samples || moments_.held().empty()) return;
    const std::size_t nearest = moments_.nearest(*samples);
    if (nearest + 1 < moments_.held().size()) show(nearest);
}

void Rewind::drag_to(float x) {
    const auto track = std::exchange(held_track_, std::nullopt);
    if (!track || moments_.held().empty()) return;
    const double place = (x - track->low) / (track->high - track->low);
    go_to(moments_.held()[moments_.nearest_place(place)].snapshot->samples);
}

void Rewind::step(int by) {
    const auto& held = moments_.held();
    if (held.empty()) return;
    const auto last = static_cast<std::ptrdiff_t>(held.size()) - 1;
    const auto next =
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(number()) + by, 0, last);
    go_to(held[static_cast<std::size_t>(next)].snapshot->samples);
}

void Rewind::play() {
    if (moments_.held().size() < 2) return;
    if (!at_) show(0);
    place_ = moments_.place(*at_);
    playing_ = true;
}

}  // namespace elbow::gui
