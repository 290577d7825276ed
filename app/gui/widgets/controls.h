#pragma once

// Small things that every panel uses. All take design sizes and multiply by the context's scale
// themselves. GUI thread.

#include <string>

#include "app/gui/context.h"
#include "app/gui/window_action.h"
#include "imgui.h"

namespace elbow::gui {

// Hover text for the item drawn last, wrapped; after a moment, so that it is not in the way.
void hover(const Context&, const char* text);

// A button that says why it is disabled when hovered (`disabled_because` not empty). Marked as
// `name` in the layout log.
bool button(Context&, const char* name, const char* label, const char* help,
            const std::string& disabled_because = {}, ImVec2 size = {0, 0}, bool primary = false);

// The same of something that the window can do, which is done on a click.
void action_button(Context&, const char* label, const WindowAction&, ImVec2 size = {0, 0},
                   bool primary = false);

// Of a button with this label, pixels.
float button_width(const char* label);
// The next item stands beside the last one where its width leaves it left of `right` (pixels), else
// on a new line.
void same_line_if_room(float right, float width, float gap = ImGui::GetStyle().ItemSpacing.x);

// A square as high as a field, with an arrow that turns back.
bool reset_button(Context&, const char* name, const char* help,
                  const std::string& disabled_because = {});

// A small toggle for title bars; says why it is disabled when hovered.
bool toggle(Context&, const char* name, const char* label, bool& value, const char* help,
            const std::string& disabled_because = {});
// The same of something that the window can do; what is neither on nor off looks off.
void action_toggle(Context&, const char* label, const WindowAction&);

// ImGui::BeginChild() for a region that the keyboard moves in and out of as if it were none.
bool begin_region(const char* id, ImVec2 size_px, bool border = false, ImGuiWindowFlags flags = 0);

// Inside an open popup or combo: Escape closes it.
void close_on_escape();

// "label      value" with the value right-aligned in the mono font; `help` on hover. exact: the
// number or numbers that the value stands for, with every digit, which Ctrl+C copies; empty: none.
void value_row(Context&, const char* label, const std::string& value, const char* help,
               const std::string& exact = {});

// 1234567 -> "1.23 M"; 0.00123 -> "1.2e-3"; nats -> "-104.37".
std::string short_count(double);
// "12.3 s", "3 min 20 s", "2 h 05 min".
std::string nats(double);

// The text, cut at a whole character and ended with an ellipsis where it is wider than the room in
// the present font.
std::string fitted(std::string text, float room_px);

// A label for a draggable item drawn with ImDrawList: dark halo, so that it reads on any ground.
void halo_text(ImDrawList*, ImVec2 position, ImU32 colour, ImU32 halo, const char* text);

}  // namespace elbow::gui
