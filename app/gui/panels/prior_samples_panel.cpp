#include "app/gui/panels/prior_samples_panel.h"

#include <algorithm>

#include "app/gl/tile_texture.h"
#include "app/gui/exports/cursor.h"
#include "app/gui/exports/prior_samples.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/sheet_layout.h"
#include "app/gui/widgets/controls.h"
#include "engine/explore/manifold.h"
#include "engine/live/questions/sheets.h"
#include "engine/model/families.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

class PriorSamplesPanel : public Panel {
  public:
    const char* id() const override { return "prior"; }
    const char* title() const override { return "Prior samples"; }
    Spot home() const override {
        return {{"reconstructions"}, Side::kRight, {0.27f, ShareOf::kRow}, {}};
    }
    void add_actions(Context&, WindowActions&) override;
    void draw(Context&) override;
    void draw_title_controls(Context&) override;

  private:
    void update(const Context&);
    void point_at(Context&, const SheetGrid&, ImVec2 corner);

    std::shared_ptr<const live::SheetView> shown_;
    gl::TileTexture tiles_;
    std::string hash_;
    PlaceMenu menu_;
    int cells_ = 0;  // as many as there is room for beside the other panels
};

// Where the samples' z come from, as it goes on after "from".
std::string drawn_from(const Context& context) {
    if (context.has_run() && !model::is_standard_normal(context.trainer->snapshot->spec.prior)) {
        return "the run's own prior (" +
               model::entry_of(context.trainer->snapshot->spec, &model::ModelSpec::prior).title +
               ")";
    }
    return context.has_run() && !run::has_prior(context.trainer->config)
               ? "N(0, I). This estimator has no prior: its codes may lie elsewhere, and nothing "
                 "taught the decoder what to make of these"
               : "the prior N(0, I)";
}

WindowAction new_noise_action(Context& context) {
    return {.id = "prior.new_noise",
            .title = "New noise for the prior samples",
            .help = "Draws new z from " + drawn_from(context) +
                    ". Until then they stay the same, so you see the same samples sharpen (N).",
            .run = [&context] { ++context.view_state.prior_seed; },
            .why_not = context.has_run() ? "" : "There is no run yet.",
            .keys = {{Key::kN}}};
}

void PriorSamplesPanel::add_actions(Context& context, WindowActions& actions) {
    actions.push_back(new_noise_action(context));
}

void PriorSamplesPanel::draw_title_controls(Context& context) {
    action_button(context, "New noise", new_noise_action(context));
}

void PriorSamplesPanel::update(const Context& context) {
    const auto view = context.views.get<live::SheetView>();
    if (!view || view == shown_ || view->stamp.run != context.trainer->snapshot->run) return;
    const data::Dataset& dataset = *context.dataset();
    const auto dimensions = static_cast<std::size_t>(dataset.dimensions());
    const auto count = static_cast<std::size_t>(view->prior_count);
    if (count == 0 || view->prior_samples.size() != count * dimensions) return;
    shown_ = view;
    tiles_.update(view->prior_samples, view->prior_count, dataset.shape());
    if (context.layout.enabled()) hash_ = hash_text(view->prior_samples);
}

// A click moves the dot to the sample's z.
void PriorSamplesPanel::point_at(Context& context, const SheetGrid& grid, ImVec2 corner) {
    const int sample = grid.at(corner, ImGui::GetIO().MousePos);
    if (sample < 0 || sample >= std::min(cells_, tiles_.count()) || !shown_)
        return note_under_mouse(context, prior_samples_export());
    outline_cell(context, grid, corner, sample);
    const std::vector<float> z = z_at(shown_->prior_z, sample, context.latents());
    if (z.empty()) return;
    note_under_mouse(context, cursor_export(), z);
    if (ImGui::IsMouseClicked(0)) context.view_state.put_dot_and_plane(z);
    if (ImGui::IsMouseClicked(1)) menu_.open(z);
    tip(context, ("Decoded by the weights that are shown from z = (" + list_text(z, 4) +
                  "), drawn once from " + drawn_from(context) +
                  ". Click to put the dot there. N draws new ones.")
                     .c_str());
}

void PriorSamplesPanel::draw(Context& context) {
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const ImVec2 space = ImGui::GetContentRegionAvail();
    if (!context.has_run()) return waiting_text(context, waiting_reason(context));
    const data::Dataset& dataset = *context.dataset();
    SheetGrid grid = sheet_grid(dataset.height, dataset.width, space, 1, context.scale);
    if (!context.maximised || cells_ == 0) cells_ = grid.cells();
    if (context.maximised)  // the same samples, larger
        grid = enlarged_grid(cells_, 1, dataset.height, dataset.width, space, 1, context.scale);
    context.visible.prior_samples = cells_;
    context.visible.prior_columns = grid.columns;
    update(context);
    if (!context.views.get<live::SheetView>() || tiles_.empty())
        return waiting_text(context, waiting_reason(context));
    ImGui::InvisibleButton("##sheet", space);
    context.layout.mark("prior.sheet", hash_);
    const bool over = ImGui::IsItemHovered();
    const ImVec2 start = grid.centred(corner, space);
    draw_tiles(tiles_, cells_, grid, start);
    if (over) point_at(context, grid, start);
    menu_.draw(context);
}

}  // namespace

std::unique_ptr<Panel> make_prior_samples_panel() { return std::make_unique<PriorSamplesPanel>(); }

}  // namespace elbow::gui
