#pragma once

namespace elbow::gui {
struct Context;

/// The sheet of keys, mouse gestures and words, opened with `?`. Draws nothing while `open` is
/// false and clears it when the reader closes the sheet.
void draw_help(Context& context, bool& open);

}  // namespace elbow::gui
