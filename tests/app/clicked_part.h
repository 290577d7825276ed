#pragma once

// A part of the window in whole frames of ImGui: its widgets are found by their names in the layout
// log, and clicked.

#include <gtest/gtest.h>

#include <string>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "tests/app/context_parts.h"
#include "tests/app/imgui_frame.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {

class ClickedPart : public testing::Test {
  protected:
    virtual void draw() = 0;  // within a frame

    void frame(float x = -1, float y = -1, bool down = false) {
        parts_.context.now_s += 0.2;
        frames_.mouse(x, y, down);
        frames_.frame([this] { draw(); });
        parts_.layout.end_frame(parts_.context.now_s);
    }
    Json layout() const { return parse_json(read_text_file(folder_ / "layout.json")).value(); }
    void click(const std::string& name) {
        const Json box = layout().at(name);
        const double x = box.at("x").number() + 0.5 * box.at("width").number();
        const double y = box.at("y").number() + 0.5 * box.at("height").number();
        for (const bool down : {false, true, false, false})
            frame(static_cast<float>(x), static_cast<float>(y), down);
    }

    testing_support::TemporaryFolder folder_;
    NullFrames frames_;
    ContextParts parts_{folder_ / "layout.json"};
};

}  // namespace elbow::gui
