#include "app/gui/panels/draw_actions.h"

#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

#include "app/gui/panels/brush.h"
#include "engine/live/questions/cursor.h"
#include "engine/live/questions/drawing.h"

namespace elbow::gui {
namespace {

constexpr float kNoiseDeviation = 0.25f;  // of the brightest value

}  // namespace

bool has_drawing(const Context& context) {
    return context.has_run() && context.view_state.drawing.size() ==
                                    static_cast<std::size_t>(context.dataset()->dimensions());
}

std::string why_no_drawing(const Context& context) {
    return has_drawing(context) ? "" : "There is no drawing.";
}

WindowAction clear_action(Context& context) {
    return {.id = "draw.clear",
            .title = "Clear the drawing",
            .help = "Begins anew.",
            .run =
                [&context] {
                    context.view_state.drawing.clear();
                    context.view_state.unknown.clear();
                },
            .why_not = why_no_drawing(context)};
}

WindowAction from_dot_action(Context& context) {
    const auto cursor = context.views.get<live::CursorView>();
    const bool there =
        cursor && context.has_run() &&
        cursor->image.size() == static_cast<std::size_t>(context.dataset()->dimensions());
    return {.id = "draw.from_dot",
            .title = "Draw on the image under the dot",
            .help = "Begins with the image under the dot.",
            .run = [&context, cursor] { context.view_state.drawing = cursor->image; },
            .why_not = there ? "" : "It is not there yet."};
}

WindowAction from_image_action(Context& context) {
    const std::optional<int>& point = context.view_state.point;
    const bool there = context.has_run() && point && *point < context.dataset()->held_out.count;
    return {.id = "draw.from_image",
            .title = "Draw on the selected image",
            .help = "Begins with the selected image.",
            .run =
                [&context] {
                    const data::Dataset& dataset = *context.dataset();
                    const auto image = dataset.image(dataset.held_out, *context.view_state.point);
                    context.view_state.drawing.assign(image.begin(), image.end());
                },
            .why_not = there ? "" : "No image is selected: click a point on the map."};
}

WindowAction noise_action(Context& context) {
    return {.id = "draw.noise",
            .title = "Add noise to the drawing",
            .help =
                "Adds Gaussian noise, with a quarter of the brightest value for its deviation. "
                "What does the decoder make of it?",
            .run =
                [&context] {
                    std::vector<std::uint8_t>& drawing = context.view_state.drawing;
                    // Other noise on another image, the same one on the same.
                    const std::uint64_t seed = std::accumulate(drawing.begin(), drawing.end(), 0U);
                    add_noise(drawing, kNoiseDeviation, Stream(seed, "drawing"));
                },
            .why_not = why_no_drawing(context)};
}

WindowAction pass_action(Context& context) {
    const auto view = context.views.get<live::DrawingView>();
    const bool there = has_drawing(context) && view;
    return {.id = "draw.pass",
            .title = "Draw the reconstruction in the place of the drawing",
            .help =
                "Draws the reconstruction in the place of the drawing: one pass through the "
                "model. Again and again, it goes where the model is at home.",
            .run = [&context, view] { context.view_state.drawing = view->detail.reconstruction; },
            .why_not = there ? "" : "There is no drawing."};
}

}  // namespace elbow::gui
