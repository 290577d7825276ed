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
    if (waiting_for_) return;  // the oldest unanswered move counts: that is what a hand feels
    waiting_for_ = request;
    input_s_ = input_s;
}

void DragMeter::shown(std::uint64_t request) {
    shown_ = std::max(shown_, request);
    drawable_ = true;
}

std::optional<double> DragMeter::swapped(double now_s) {
    if (!std::exchange(drawable_, false)) drop();
    if (!waiting_for_ || shown_ < *waiting_for_) return std::nullopt;
    waiting_for_.reset();
    return (now_s - input_s_) * 1e3;
}

}  // namespace elbow::gui
