#include "app/gui/panels/selected_actions.h"

#include <functional>

#include "app/gui/map/map_view.h"
#include "app/gui/panels/inspector_point.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {
namespace {

constexpr const char* kNoneSelected = "Click a point on the map first.";

struct MeanAction {
    const char* id;
    const char* label;  // on the button
    const char* title;
    const char* help;
    void (*put)(ViewState&, const std::vector<float>& mean);
    bool of_many_latents = false;  // with two latents or fewer there are no others
};

constexpr MeanAction kMeanActions[] = {
    {"inspector.dot_here", "Dot here", "Put the dot on the selected image",
     "Puts the dot on the posterior mean of this image.",
     [](ViewState& view, const std::vector<float>& mean) { view.put_dot_and_plane(mean); }},
    {"inspector.a_here", "A here", "Put A on the selected image",
     "The path begins at the posterior mean of this image.",
     [](ViewState& view, const std::vector<float>& mean) { view.put_a(mean); }},
    {"inspector.b_here", "B here", "Put B on the selected image",
     "The path ends at the posterior mean of this image.",
     [](ViewState& view, const std::vector<float>& mean) { view.put_b(mean); }},
    {"inspector.anchor_here", "Others here", "Hold the latents off the map at the selected image",
     "Holds the latents that are not on the map's axes at the posterior mean of this image.",
     [](ViewState& view, const std::vector<float>& mean) {
         view.anchor = mean;
         view.put_dot(lifted(view, projected(view, view.cursor)));
     },
     true},
};

bool has_use(const Context& context, const MeanAction& entry) {
    return !entry.of_many_latents || context.latents() > 2;
}

}  // namespace

WindowAction deselect_action(Context& context) {
    return {.id = "inspector.deselect",
            .title = "Deselect the image",
            .help = "Forgets the selected image.",
            .run = [&context] { context.view_state.point.reset(); },
            .why_not = context.view_state.point ? "" : "No image is selected."};
}

void draw_mean_buttons(Context& context, const std::vector<float>& mean) {
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    bool first = true;
    for (const MeanAction& entry : kMeanActions) {
        if (!has_use(context, entry)) continue;
        if (!first) same_line_if_room(right, button_width(entry.label), 5 * context.scale);
        first = false;
        if (button(context, entry.id, entry.label, entry.help)) entry.put(context.view_state, mean);
    }
}

void add_selected_actions(Context& context, WindowActions& actions) {
    const explore::PointDetail* detail = selected_detail(context);
    for (const MeanAction& entry : kMeanActions) {
        if (!has_use(context, entry)) continue;
        actions.push_back(
            {.id = entry.id,
             .title = entry.title,
             .help = entry.help,
             .run = [&context, detail, &entry] { entry.put(context.view_state, detail->mean); },
             .why_not = detail != nullptr ? "" : kNoneSelected});
    }
    actions.push_back(deselect_action(context));
}

}  // namespace elbow::gui
