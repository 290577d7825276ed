#include "app/gui/lecture.h"

#include <algorithm>

namespace elbow::gui {
namespace {

constexpr float kEnlarged = 1.5f, kLargestLecture = 3.0f;

// The map on the left, and beside it the image over the curves.
Layout lecture_layout() {
    return split_layout(Side::kRight, {0.38f, ShareOf::kWindow},
                        split_layout(Side::kBelow, {0.42f, ShareOf::kWindow}, tab_group({"curves"}),
                                     tab_group({"inspector"})),
                        tab_group({"map"}));
}

}  // namespace

void Lecture::toggle(Settings& settings, Workspace& workspace, float scale) {
    if (on()) {
        settings = without(settings);
        workspace.show_only({});
        if (!before_->filling.empty()) workspace.fill(before_->filling);
        before_.reset();
        return;
    }
    before_ = Before{settings.scale, settings.layout, workspace.filling()};
    settings.scale = std::clamp(kEnlarged * scale, scale, std::max(scale, kLargestLecture));
    settings.layout = lecture_layout();
    workspace.restore();
    workspace.show_only(panels_of(settings.layout));
}

Settings Lecture::without(Settings settings) const {
    if (!before_) return settings;
    settings.scale = before_->scale;
    settings.layout = before_->layout;
    return settings;
}

}  // namespace elbow::gui
