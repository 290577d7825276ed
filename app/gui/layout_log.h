#pragma once

// The rectangles of named widgets in window pixels, so that a test can drive a real mouse to them
// and the guided tour can point at them. Written as JSON when --layout-log asks for it; costs
// nothing otherwise. GUI thread.

#include <filesystem>
#include <map>
#include <string>

#include "imgui.h"

namespace elbow::gui {

class LayoutLog {
  public:
    struct Rect {
        float x, y, width, height;
        std::string value;  // what the widget shows, where a test may want to read it
    };

    explicit LayoutLog(std::filesystem::path file = {}) : file_(std::move(file)) {}
    bool enabled() const { return gathers_ || !file_.empty(); }
    // From now on, also where no file is written.
    void gather(bool on) { gathers_ = on; }

    // Put before each name from now on: "second.".
    void prefix(std::string text) { prefix_ = std::move(text); }

    // The item that was drawn last; "focus" is the one that a tour of the controls is at.
    void mark(const char* name, const std::string& value = {});
    void mark(const char* name, ImVec2 min, ImVec2 max, const std::string& value = {});

    // Of this frame so far.
    const std::map<std::string, Rect>& rects() const { return rects_; }

    // Once a frame, after drawing: writes the file (atomically) when something changed, at most 10
    // times a second, and forgets the rectangles.
    void end_frame(double now_s);

  private:
    std::filesystem::path file_;
    bool gathers_ = false;
    std::string prefix_;
    std::map<std::string, Rect> rects_;
    std::string written_;
    double written_at_s_ = -1.0;
};

}  // namespace elbow::gui
