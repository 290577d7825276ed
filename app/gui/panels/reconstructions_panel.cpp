#include "app/gui/panels/reconstructions_panel.h"

#include <algorithm>
#include <cmath>

#include "app/gl/tile_texture.h"
#include "app/gui/exports/reconstructions.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/sheet_layout.h"
#include "app/gui/widgets/controls.h"
#include "engine/data/held_out_pixels.h"
#include "engine/live/questions/sheets.h"

namespace elbow::gui {
namespace {

class ReconstructionsPanel : public Panel {
  public:
    const char* id() const override { return "reconstructions"; }
    const char* title() const override { return "Reconstructions"; }
    Spot home() const override {
        return {{"map", "interpolation", "inspector"}, Side::kBelow, {0.36f}, {}};
    }
    void draw(Context&) override;

  private:
    void choose(const Context&);
    void update(const Context&);
    void draw_pairs(Context&, const SheetGrid&, ImVec2 corner) const;
    void point_at(Context&, const SheetGrid&, ImVec2 corner);

    std::shared_ptr<const data::Dataset> dataset_;  // that `wanted_` was chosen from
    std::vector<int> wanted_;
    std::shared_ptr<const live::SheetView> shown_;
    gl::TileTexture inputs_, reconstructions_;
    std::string hash_;  // of the reconstructions shown
    PlaceMenu menu_;
    int cells_ = 0;  // as many as there is room for beside the other panels
};

void ReconstructionsPanel::choose(const Context& context) {
    const data::Dataset& dataset = *context.dataset();
    const auto count = static_cast<std::size_t>(cells_);
    if (dataset_ == context.trainer->dataset &&
        wanted_.size() == std::min(count, static_cast<std::size_t>(dataset.held_out.count))) {
        return;
    }
    dataset_ = context.trainer->dataset;
    wanted_ = images_of_each_label(dataset, cells_);
}

// Uploads only what changed: the reconstructions when an answer about newer weights is there, the
// inputs when it shows other images.
void ReconstructionsPanel::update(const Context& context) {
    const auto view = context.views.get<live::SheetView>();
    if (!view || view == shown_ || view->stamp.run != context.trainer->snapshot->run) return;
    const data::Dataset& dataset = *context.dataset();
    const std::size_t dimensions = static_cast<std::size_t>(dataset.dimensions());
    const auto count = static_cast<int>(view->reconstructed.size());
    if (count == 0 || view->reconstructions.size() != dimensions * view->reconstructed.size())
        return;
    const bool other_images = !shown_ || shown_->reconstructed != view->reconstructed ||
                              shown_->stamp.run != view->stamp.run;
    shown_ = view;
    reconstructions_.update(view->reconstructions, count, dataset.shape());
    if (context.layout.enabled()) hash_ = hash_text(view->reconstructions);
    if (!other_images) return;
    inputs_.update(data::held_out_pixels(dataset, view->reconstructed), count, dataset.shape());
}

void ReconstructionsPanel::draw_pairs(Context& context, const SheetGrid& grid,
                                      ImVec2 corner) const {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const int count = std::min(cells_, reconstructions_.count());
    const auto middle_of = [&](int i) {
        const ImVec2 at = grid.cell(corner, i);
        return ImVec2{at.x + grid.image.x, at.y + grid.image.y};
    };
    // One texture after the other, so that each is one draw call.
    for (int i = 0; i < count; ++i) {
        draw_tile(list, inputs_, i, grid.cell(corner, i), middle_of(i));
    }
    for (int i = 0; i < count; ++i) {
        const ImVec2 middle = middle_of(i);
        draw_tile(list, reconstructions_, i, {grid.cell(corner, i).x, middle.y},
                  {middle.x, middle.y + grid.image.y});
    }
    for (int i = 0; i < count; ++i) {
        const ImVec2 at = grid.cell(corner, i);
        const ImVec2 middle = middle_of(i);
        if (context.view_state.point == shown_->reconstructed[static_cast<std::size_t>(i)]) {
            list->AddRect({at.x - 1, at.y - 1}, {middle.x + 1, middle.y + grid.image.y + 1},
                          context.theme.accent, 0.0f, 0, 2.0f * context.scale);
        }
    }
}

void ReconstructionsPanel::point_at(Context& context, const SheetGrid& grid, ImVec2 corner) {
    const int hovered = grid.at(corner, ImGui::GetIO().MousePos);
    if (hovered < 0 || hovered >= static_cast<int>(shown_->reconstructed.size()))
        return note_under_mouse(context, reconstructions_export(), {}, shown_->reconstructed);
    const int index = shown_->reconstructed[static_cast<std::size_t>(hovered)];
    note_under_mouse(context, reconstructions_export(), {}, {index});
    const ImVec2 at = grid.cell(corner, hovered);
    ImGui::GetWindowDrawList()->AddRect(at, {at.x + grid.image.x, at.y + grid.pitch_y_image()},
                                        context.theme.accent);
    if (ImGui::IsMouseClicked(0)) context.view_state.point = index;
    if (ImGui::IsMouseClicked(1)) menu_.open(code_on_map(context, index), index);
    const std::string text = "Held-out image " + std::to_string(index) + ", label " +
                             class_name(*context.dataset(), index) +
                             ". Above: the input. Below: decoded from the mean of q(z|x) by the "
                             "weights that are shown. Click to "
                             "select it.";
    tip(context, text.c_str());
}

void ReconstructionsPanel::draw(Context& context) {
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const ImVec2 space = ImGui::GetContentRegionAvail();
    if (!context.has_run()) return waiting_text(context, waiting_reason(context));
    if (!context.trainer->snapshot->has_encoder) {
        return waiting_text(context, "This estimator has no encoder: nothing is reconstructed.");
    }
    const data::Dataset& dataset = *context.dataset();
    SheetGrid grid = sheet_grid(dataset.height, dataset.width, space, 2, context.scale);
    // Where there is room for it, a column shows one label.
    const int labels = std::max(1, static_cast<int>(dataset.class_names.size()));
    if (grid.columns > labels) grid.columns -= grid.columns % labels;
    if (!context.maximised || cells_ == 0) cells_ = grid.cells();
    if (context.maximised)  // the same images, larger
        grid =
            enlarged_grid(cells_, labels, dataset.height, dataset.width, space, 2, context.scale);
    choose(context);
    context.visible.reconstructions = wanted_;
    update(context);
    const bool there = shown_ && context.views.get<live::SheetView>() &&
                       dataset_ == context.trainer->dataset && !reconstructions_.empty();
    if (!there) return waiting_text(context, waiting_reason(context));
    const ImVec2 start = grid.centred(corner, space);
    ImGui::InvisibleButton("##sheet", space);
    const bool over = ImGui::IsItemHovered();
    context.layout.mark("reconstructions.sheet", hash_);
    draw_pairs(context, grid, start);
    if (over) point_at(context, grid, start);
    menu_.draw(context);
}

}  // namespace

std::unique_ptr<Panel> make_reconstructions_panel() {
    return std::make_unique<ReconstructionsPanel>();
}

}  // namespace elbow::gui
