#include "app/gui/explore_link.h"

#include <utility>

#include "engine/live/questions/cursor.h"

namespace elbow::gui {

void ExploreLink::begin_frame(const train::SnapshotPtr& snapshot,
                              const std::shared_ptr<const data::Dataset>& dataset,
                              std::optional<double> input_s) {
    input_s_ = input_s;
    wanted_.request = 0;
    if (snapshot && snapshot != shown_) {
        shown_ = snapshot;
        explorer_.show(snapshot, dataset);
        meter_.follows();
        wanted_.samples.reset();
    }
    live::Views newest = explorer_.views();
    changed_ = !newest.shows_the_same_as(given_);
    given_ = newest;
    views_ = std::move(newest);
}

void ExploreLink::jump_to(const train::SnapshotPtr& snapshot,
                          const std::shared_ptr<const data::Dataset>& dataset,
                          live::Explorer::Jump jump, bool by_hand) {
    if (!snapshot) return;
    shown_ = snapshot;
    explorer_.show(snapshot, dataset, std::move(jump));
    wanted_.samples.reset();
    if (!by_hand || !input_s_) return meter_.follows();
    meter_.went(snapshot->samples, *input_s_);
    wanted_.samples = snapshot->samples;
}

bool ExploreLink::asked_about(const std::vector<float>& z) const {
    const auto* cursor = sent_ ? sent_->find<live::CursorQuery>() : nullptr;
    return cursor != nullptr && cursor->z == z;
}

void ExploreLink::post(live::ExploreRequest request) {
    if (sent_ && sent_->asks_the_same_as(request)) return;
    const auto* cursor = request.find<live::CursorQuery>();
    const bool cursor_moved = cursor != nullptr && !asked_about(cursor->z);
    request.number = ++last_number_;
    if (cursor_moved && input_s_) {
        meter_.asked(request.number, *input_s_);
        wanted_.request = request.number;
    }
    sent_ = request;
    explorer_.ask(std::move(request));
}

live::Views ExploreLink::newest_views() {
    const Wanted wanted = std::exchange(wanted_, {});
    const auto is_wanted = [&wanted](const live::Stamp& stamp) {
        return stamp.request >= wanted.request &&
               stamp.samples == wanted.samples.value_or(stamp.samples);
    };
    const bool waits = wanted.request > 0 || wanted.samples;
    live::Views newest = waits ? explorer_.views_with(is_wanted, kMostWait) : explorer_.views();
    const auto cursor = newest.get<live::CursorView>();
    const live::Stamp stamp = cursor ? cursor->stamp : live::Stamp();
    meter_.shown(stamp.request, stamp.samples);
    return newest;
}

}  // namespace elbow::gui
