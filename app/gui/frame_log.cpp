#include "app/gui/frame_log.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace elbow::gui {

FrameLog::FrameLog(const std::filesystem::path& file)
    : file_(file, "frame log", "time_s,frame_ms,drag_to_pixel_ms,images_per_s\n") {}

void FrameLog::write(double time_s, double frame_ms, std::optional<double> drag_to_pixel_ms,
                     double images_per_s) {
    if (!file_.is_open()) return;
    char drag[32] = "";
    if (drag_to_pixel_ms) std::snprintf(drag, sizeof drag, "%.3f", *drag_to_pixel_ms);
    char line[160];
    std::snprintf(line, sizeof line, "%.4f,%.3f,%s,%.0f\n", time_s, frame_ms, drag, images_per_s);
    file_.write(line);
}

void DragMeter::asked(std::uint64_t request, double input_s) {
    if (wanted_) return;  // the oldest unanswered move counts: that is what a hand feels
    wanted_ = {request, std::nullopt, input_s};
}

bool DragMeter::answered() const {
    return drawable_ && wanted_ && shown_ >= wanted_->request &&
           wanted_->samples.value_or(shown_samples_) == shown_samples_;
}

void DragMeter::went(std::int64_t samples, double input_s) {
    std::optional<Wanted>& wanted = answered() ? next_ : wanted_;
    if (!wanted) wanted = {0, samples, input_s};
    wanted->samples = samples;  // the moment before is not shown any more
}

void DragMeter::follows() {
    if (!wanted_ || !wanted_->samples) return;
    if (wanted_->request == 0) return drop();
    wanted_->samples.reset();
}

void DragMeter::shown(std::uint64_t request, std::int64_t samples) {
    shown_ = std::max(shown_, request);
    shown_samples_ = samples;
    drawable_ = true;
}

std::optional<double> DragMeter::swapped(double now_s) {
    const bool shows_it = answered();
    if (!std::exchange(drawable_, false)) drop();
    if (!shows_it) return std::nullopt;
    const double input_s = wanted_->input_s;
    wanted_ = std::exchange(next_, std::nullopt);
    return (now_s - input_s) * 1e3;
}

}  // namespace elbow::gui
