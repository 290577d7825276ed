#include "app/gui/frame_log.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "engine/core/log_file.h"

namespace elbow::gui {

FrameLog::FrameLog(const std::filesystem::path& file) {
    if (file.empty()) return;
    out_ = open_log(file, "frame log", "time_s,frame_ms,drag_to_pixel_ms,images_per_s\n");
}

void FrameLog::write(double time_s, double frame_ms, std::optional<double> drag_to_pixel_ms,
                     double images_per_s) {
    if (!out_.is_open()) return;
    char line[128];
    std::snprintf(line, sizeof line, "%.4f,%.3f,", time_s, frame_ms);
    out_ << line;
    if (drag_to_pixel_ms) {
        std::snprintf(line, sizeof line, "%.3f", *drag_to_pixel_ms);
        out_ << line;
    }
    std::snprintf(line, sizeof line, ",%.0f\n", images_per_s);
    out_ << line << std::flush;  // flushed, for programs that read along
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
