#include "app/gui/explore_link.h"

#include <tuple>

namespace elbow::gui {

bool same_wish(const train::ExploreRequest& a, const train::ExploreRequest& b) {
    const auto parts = [](const train::ExploreRequest& r) {
        return std::tie(r.cursor_z, r.point, r.manifold, r.path, r.map, r.sheets, r.reconstructions,
                        r.prior_samples, r.prior_seed);
    };
    return parts(a) == parts(b);
}

void ExploreLink::begin_frame(const train::TrainerState& state, std::optional<double> input_s) {
    input_s_ = input_s;
    moved_ = 0;
    if (state.snapshot && state.snapshot != shown_) {
        shown_ = state.snapshot;
        explorer_.show(state.snapshot, state.dataset);
    }
    train::Views newest = explorer_.views();
    changed_ = newest.cursor != views_.cursor || newest.map != views_.map ||
               newest.sheets != views_.sheets || newest.manifold != views_.manifold ||
               newest.path != views_.path || newest.point != views_.point ||
               newest.refined != views_.refined;
    views_ = std::move(newest);
}

void ExploreLink::reset_request() {
    request_ = {};
    meter_.drop();
}

void ExploreLink::post() {
    if (sent_ && same_wish(*sent_, request_)) return;
    const bool cursor_moved = !sent_ || sent_->cursor_z != request_.cursor_z;
    request_.number = ++last_number_;
    sent_ = request_;
    if (cursor_moved && input_s_) {
        meter_.asked(request_.number, *input_s_);
        moved_ = request_.number;
    }
    explorer_.ask(request_);
}

train::Views ExploreLink::newest_views() {
    train::Views newest =
        moved_ == 0 ? explorer_.views() : explorer_.views_answering(moved_, kMostWait);
    moved_ = 0;
    meter_.shown(newest.cursor ? newest.cursor->stamp.request : 0);
    return newest;
}

}  // namespace elbow::gui
