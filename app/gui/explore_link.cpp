#include "app/gui/explore_link.h"

#include <utility>

#include "engine/live/questions/cursor.h"

namespace elbow::gui {

void ExploreLink::begin_frame(const train::SnapshotPtr& snapshot,
                              const std::shared_ptr<const data::Dataset>& dataset, bool jump,
                              std::optional<double> input_s) {
    input_s_ = input_s;
    moved_ = 0;
    if (snapshot && snapshot != shown_) {
        shown_ = snapshot;
        explorer_.show(snapshot, dataset, jump);
    }
    live::Views newest = explorer_.views();
    changed_ = !newest.shows_the_same_as(given_);
    given_ = newest;
    views_ = std::move(newest);
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
        moved_ = request.number;
    }
    sent_ = request;
    explorer_.ask(std::move(request));
}

live::Views ExploreLink::newest_views() {
    live::Views newest =
        moved_ == 0 ? explorer_.views() : explorer_.views_answering(moved_, kMostWait);
    moved_ = 0;
    const auto cursor = newest.get<live::CursorView>();
    meter_.shown(cursor ? cursor->stamp.request : 0);
    return newest;
}

}  // namespace elbow::gui
