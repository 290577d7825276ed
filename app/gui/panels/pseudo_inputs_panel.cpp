#include "app/gui/panels/pseudo_inputs_panel.h"

#include <algorithm>
#include <string>

#include "app/gl/tile_texture.h"
#include "app/gui/exports/pseudo_inputs.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/sheet_layout.h"
#include "engine/live/questions/pseudo_inputs.h"
#include "engine/model/families.h"

namespace elbow::gui {
namespace {

class PseudoInputsPanel final : public Panel {
  public:
    const char* id() const override { return "pseudo_inputs"; }
    const char* title() const override { return "Pseudo-inputs"; }
    Spot home() const override { return {{"prior"}, {}, {}, {}}; }
    bool is_offered(const Context& context) const override {
        return context.has_run() &&
               model::pictures_of_prior(context.trainer->snapshot->spec).has_value();
    }
    void unseen(Context& context) override { context.visible.pseudo_inputs = 0; }
    void draw(Context&) override;

  private:
    void update(const Context&);
    void point_at(Context&, const SheetGrid&, ImVec2 corner);

    std::shared_ptr<const live::PseudoInputsView> shown_;
    gl::TileTexture tiles_;
    std::string hash_;
    PlaceMenu menu_;
};

void PseudoInputsPanel::update(const Context& context) {
    const auto view = context.views.get<live::PseudoInputsView>();
    if (view == shown_) return;
    shown_ = nullptr;
    if (!view || view->count == 0 || view->stamp.run != context.trainer->snapshot->run) return;
    const data::Dataset& dataset = *context.dataset();
    const auto dimensions = static_cast<std::size_t>(dataset.dimensions());
    if (view->images.size() != static_cast<std::size_t>(view->count) * dimensions) return;
    shown_ = view;
    tiles_.update(view->images, view->count, dataset.shape());
    if (context.layout.enabled()) hash_ = hash_text(view->images);
}

// A click moves the dot to the mean of the picture's posterior.
void PseudoInputsPanel::point_at(Context& context, const SheetGrid& grid, ImVec2 corner) {
    const int picture = grid.at(corner, ImGui::GetIO().MousePos);
    note_under_mouse(context, pseudo_inputs_export());
    if (picture < 0 || picture >= shown_->count) return;
    outline_cell(context, grid, corner, picture);
    const std::vector<float> z = z_at(shown_->z, picture, context.latents());
    std::string text = "Pseudo-input " + std::to_string(picture + 1) + " of " +
                       std::to_string(shown_->there) +
                       ", u: an image that learns with the model. The prior is the mean of q(z|u) "
                       "over all of them.";
    if (!z.empty()) {
        if (ImGui::IsMouseClicked(0)) context.view_state.put_dot_and_plane(z);
        if (ImGui::IsMouseClicked(1)) menu_.open(z);
        text += " The mean of this q(z|u) is z = (" + list_text(z, 4) +
                "). Click to put the dot there.";
    }
    tip(context, text.c_str());
}

void PseudoInputsPanel::draw(Context& context) {
    if (!context.has_run()) return waiting_text(context, waiting_reason(context));
    const model::ModelSpec& spec = context.trainer->snapshot->spec;
    if (!is_offered(context)) {
        context.visible.pseudo_inputs = 0;
        const std::string text = "The prior of this run learns no pseudo-inputs: " +
                                 model::entry_of(spec, &model::ModelSpec::prior).title + ".";
        return waiting_text(context, text.c_str());
    }
    const data::Dataset& dataset = *context.dataset();
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    ImVec2 space = ImGui::GetContentRegionAvail();
    const float line = ImGui::GetTextLineHeightWithSpacing();
    context.visible.pseudo_inputs =
        sheet_grid(dataset.height, dataset.width, {space.x, space.y - line}, 1, context.scale)
            .cells();
    update(context);
    if (!shown_) return waiting_text(context, waiting_reason(context));
    const bool all = shown_->count == shown_->there;
    if (!all) space.y -= line;
    const SheetGrid grid =
        filling_grid(shown_->count, dataset.height, dataset.width, space, context.scale);
    const ImVec2 start = grid.centred(corner, space);
    ImGui::InvisibleButton("##sheet", space);
    const bool over = ImGui::IsItemHovered();
    context.layout.mark("pseudo_inputs.sheet", hash_);
    draw_tiles(tiles_, shown_->count, grid, start);
    if (over) point_at(context, grid, start);
    menu_.draw(context);
    if (!all) {
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
        ImGui::Text("The first %d of %d", shown_->count, shown_->there);
        ImGui::PopStyleColor();
    }
}

}  // namespace

std::unique_ptr<Panel> make_pseudo_inputs_panel() { return std::make_unique<PseudoInputsPanel>(); }

}  // namespace elbow::gui
