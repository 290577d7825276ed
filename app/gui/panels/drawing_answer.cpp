#include "app/gui/panels/drawing_answer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/gui/panels/picture.h"
#include "app/gui/panels/sheet_layout.h"
#include "app/gui/widgets/controls.h"
#include "engine/core/text.h"
#include "engine/run/measure.h"

namespace elbow::gui {

void DrawingAnswer::numbers(Context& context, const live::DrawingView& view) {
    const explore::PointDetail& detail = view.detail;
    if (run::has_bound(context.trainer->config)) {
        const std::string of = " Nats; of the drawing, mean over " +
                               std::to_string(detail.noise_samples) + " draws from q(z|x).";
        value_row(context, "Bound", nats(detail.bound_nats()),
                  ("The lower bound on its log p(x): far below that of the held-out images, the "
                   "model does not know such images." +
                   of)
                      .c_str(),
                  exact_text(detail.bound_nats()));
        context.layout.mark("draw.bound", nats(detail.bound_nats()));
        value_row(context, "Reconstr.", nats(detail.reconstruction_nats),
                  ("How well the decoder draws it from its own code: the mean of log p(x|z)." + of)
                      .c_str(),
                  exact_text(detail.reconstruction_nats));
        value_row(context, "KL", nats(detail.kl_nats),
                  ("How far its q(z|x) is from the prior." + of).c_str(),
                  exact_text(detail.kl_nats));
    }
    if (button(context, "draw.dot_here", "Dot here", "Puts the dot on the mean of its q(z|x)."))
        context.view_state.put_dot_and_plane(detail.mean);
}

void DrawingAnswer::neighbours(Context& context, const live::DrawingView& view) {
    if (view.neighbours.empty()) return;
    const data::Dataset& dataset = *context.dataset();
    ImGui::TextDisabled("Nearest held-out images");
    std::vector<int> images;
    for (const explore::Neighbour& near : view.neighbours)
        if (near.index < dataset.held_out.count) images.push_back(near.index);
    tiles_.want(context, images);
    SheetGrid grid;
    grid.gap = 3 * context.scale;
    grid.columns = static_cast<int>(images.size());
    const float width = ImGui::GetContentRegionAvail().x;
    const float cell =
        (width + grid.gap) / static_cast<float>(std::max(grid.columns, 1)) - grid.gap;
    grid.image = size_within(dataset.height, dataset.width, {cell, 1.5f * cell});
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton("##near", {width, grid.image.y});
    const int under = ImGui::IsItemHovered() ? grid.at(corner, ImGui::GetIO().MousePos) : -1;
    for (std::size_t i = 0; i < images.size(); ++i) {
        const ImVec2 low = grid.cell(corner, static_cast<int>(i));
        tiles_.draw(ImGui::GetWindowDrawList(), images[i], low,
                    {low.x + grid.image.x, low.y + grid.image.y});
    }
    context.layout.mark("draw.neighbours", std::to_string(images.front()));
    if (under < 0 || under >= static_cast<int>(images.size())) return;
    const int image = images[static_cast<std::size_t>(under)];
    outline_cell(context, grid, corner, under);
    if (ImGui::IsMouseClicked(0)) context.view_state.point = image;
    tip(context, ("Image " + std::to_string(image) + ", " + class_name(dataset, image) +
                  ", whose code lies near. Click to select it.")
                     .c_str());
}

}  // namespace elbow::gui
