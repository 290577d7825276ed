#include "app/gui/map/value_brush.h"

#include <algorithm>
#include <limits>
#include <string>

#include "app/gui/map/map_mouse.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"

namespace elbow::gui {

ValueRange range_between(float one_y, float other_y, const ColourBarPlace& bar,
                         const ColourScale& scale) {
    constexpr float kEnd = std::numeric_limits<float>::infinity();
    const auto [upper, lower] = std::minmax(one_y, other_y);
    const auto value = [&](float y) {
        return scale.low + (scale.high - scale.low) * (bar.high.y - y) / (bar.high.y - bar.low.y);
    };
    return {lower >= bar.high.y ? -kEnd : value(lower), upper <= bar.low.y ? kEnd : value(upper)};
}

void ValueBrush::draw(Context& context, const PlacedPoints& points, std::span<const float> values,
                      const ColourScale& scale, const ColourBarPlace& bar, float right_px,
                      const char* help) {
    ViewState& view_state = context.view_state;
    ImGui::SetCursorScreenPos({bar.low.x, bar.low.y});
    ImGui::InvisibleButton("##brush", {right_px - bar.low.x, bar.high.y - bar.low.y});
    context.layout.mark("map.colour_brush", reading(view_state.selection.size()));
    const float mouse_y = std::clamp(ImGui::GetIO().MousePos.y, bar.low.y, bar.high.y);
    if (ImGui::IsItemActivated()) drag_ = Drag{mouse_y, view_state.selection};
    if (!ImGui::IsItemActive()) drag_.reset();
    if (!drag_) {
        const std::string text = std::string(help) +
                                 " Drag over the bar to select the images with these values; Shift "
                                 "adds them, Alt takes them away.";
        hover(context, text.c_str());
        return;
    }
    const ValueRange range = range_between(drag_->from_y, mouse_y, bar, scale);
    const Selection found =
        with_values(points, view_state.hidden_labels, values, range.low, range.high);
    if (mouse_y != drag_->from_y)
        view_state.selection = combined(drag_->before, found, how_to_select());
    const auto [upper, lower] = std::minmax(drag_->from_y, mouse_y);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled({bar.low.x, upper}, {right_px, lower},
                        with_alpha(context.theme.accent, 0.3f));
    list->AddRect({bar.low.x, upper}, {right_px, lower}, context.theme.accent);
    const std::string text = reading(std::max(range.low, scale.low)) + " to " +
                             reading(std::min(range.high, scale.high)) + ": " +
                             reading(found.size()) + " images";
    tip(context, text.c_str());
}

}  // namespace elbow::gui
