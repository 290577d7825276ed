#pragma once

// What ImGui is about to draw, cut to a rectangle of the window. GUI thread.

#include <vector>

#include "app/gui/damage.h"
#include "imgui.h"

namespace elbow::gui {

// During its lifetime, data() draws nothing outside the rectangle and holds only the lists that
// reach into it; afterwards the lists are as before.
class ClippedDrawData {
  public:
    ClippedDrawData(const ImDrawData&, const PixelRect&);
    ~ClippedDrawData();
    ClippedDrawData(const ClippedDrawData&) = delete;
    ClippedDrawData& operator=(const ClippedDrawData&) = delete;

    ImDrawData* data() { return &data_; }

  private:
    struct Cut {
        ImDrawCmd* command;
        ImVec4 clip;  // as it was
    };
    ImDrawData data_;
    std::vector<ImDrawList*> lists_;
    std::vector<Cut> cuts_;
};

}  // namespace elbow::gui
