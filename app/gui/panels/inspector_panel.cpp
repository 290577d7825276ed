#include "app/gui/panels/inspector_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gl/tile_texture.h"
#include "app/gui/exports/cursor.h"
#include "app/gui/exports/reconstructions.h"
#include "app/gui/panels/draw_actions.h"
#include "app/gui/panels/draw_panel.h"
#include "app/gui/panels/held_out_tiles.h"
#include "app/gui/panels/inspector_dot.h"
#include "app/gui/panels/inspector_point.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/selected_actions.h"
#include "app/gui/panels/sheet_layout.h"
#include "app/gui/widgets/controls.h"
#include "engine/live/questions/cursor.h"
#include "engine/run/measure.h"

namespace elbow::gui {

namespace {

constexpr int kMostNeighbours = 8;
constexpr float kWide = 1.3f;  // times the height: the image and the rest stand side by side
constexpr float kLeastSidePx = 250.0f, kMostSidePx = 460.0f;  // of the rest, scale 1
constexpr int kMostSliders = 5;  // rows that are seen without scrolling
constexpr float kTallEnoughPx =
    780.0f;  // panels that show the dot large beside a selected image, scale 1

class InspectorPanel final : public Panel {
  public:
    const char* id() const override { return "inspector"; }
    const char* title() const override { return "Under the dot"; }
    Spot home() const override { return {{"map", "interpolation"}, Side::kRight, {0.22f}, {}}; }
    PanelSize least() const override { return {210.0f, 140.0f}; }
    void add_actions(Context& context, WindowActions& actions) override {
        add_selected_actions(context, actions);
    }
    void unseen(Context& context) override { selected_.forget(context); }
    void draw(Context&) override;

  private:
    void image(Context&, const std::shared_ptr<const live::CursorView>&, ImVec2 room);
    void dot(Context&, const std::shared_ptr<const live::CursorView>&);
    // The image fills the height, the rest stands in a column beside it.
    void draw_wide(Context&, const std::shared_ptr<const live::CursorView>&);
    // What the menu offers besides where it is of the decoded image.
    void dot_entries(Context&);
    void neighbours(Context&, const live::CursorView*);
    void neighbour(Context&, int place, const explore::Neighbour&, ImVec2 size);

    gl::TileTexture decoded_;
    std::shared_ptr<const live::CursorView> decoded_view_;
    HeldOutTiles near_;
    PlaceMenu menu_;
    bool menu_of_dot_ = false;
    DotNumbers numbers_;
    SelectedPoint selected_;
};

// The decoded image in the middle of the room's width.
void InspectorPanel::image(Context& context, const std::shared_ptr<const live::CursorView>& view,
                           ImVec2 room) {
    const data::Dataset& dataset = *context.dataset();
    const auto pixels = static_cast<std::size_t>(dataset.dimensions());
    if (view && view != decoded_view_ && view->image.size() == pixels) {
        decoded_.update(view->image, 1, dataset.shape());
        decoded_view_ = view;
    }
    const ImVec2 size = crisp_size(dataset.height, dataset.width, room);
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const ImVec2 at{std::round(corner.x + 0.5f * (room.x - size.x)), corner.y};
    ImGui::Dummy({room.x, size.y});
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 end{at.x + size.x, at.y + size.y};
    if (view && view->image.size() == pixels) {
        draw_tile(list, decoded_, 0, at, end);
        if (context.layout.enabled())
            context.layout.mark("inspector.image", at, end, hash_text(view->image));
    } else {
        list->AddRect(at, end, context.theme.border);
    }
    const bool bernoulli = context.trainer->snapshot->spec.likelihood.name == "bernoulli";
    if (ImGui::IsItemHovered()) {
        note_under_mouse(context, cursor_export(), context.view_state.cursor);
        if (ImGui::IsMouseClicked(0) || ImGui::IsMouseClicked(1)) {
            menu_.open(context.view_state.cursor);
            menu_of_dot_ = true;
        }
    }
    hover(context,
          (std::string("The image that the decoder p(x|z) makes of the dot's z, with the weights "
                       "that are shown. Each pixel is the ") +
           (bernoulli ? "probability of white." : "mean of its Gaussian.") +
           " A click offers what can be done with it.")
              .c_str());
}

void InspectorPanel::dot_entries(Context& context) {
    const auto entry = [&](const char* mark, const char* label, const char* keys, bool can) {
        const bool chosen = ImGui::MenuItem(label, keys, false, can);
        context.layout.mark(mark);
        return chosen;
    };
    if (entry("menu.copy_image", "Copy the image", "Ctrl+C", true))
        context.actions.copy_export(cursor_export());
    const WindowAction draw = from_dot_action(context);
    if (entry("menu.draw_on", "Draw on it", nullptr, draw.why_not.empty())) {
        draw.run();
        context.actions.show_panel(kDrawPanel);
    }
}

void InspectorPanel::neighbour(Context& context, int place, const explore::Neighbour& near,
                               ImVec2 size) {
    const data::Dataset& dataset = *context.dataset();
    const float scale = context.scale;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList* list = ImGui::GetWindowDrawList();
    ImGui::PushID(place);
    ImGui::InvisibleButton("##near", {size.x, size.y + ImGui::GetTextLineHeight() + 3 * scale});
    ImGui::PopID();
    if (ImGui::IsItemClicked()) context.view_state.point = near.index;
    if (ImGui::IsItemHovered()) {
        note_under_mouse(context, reconstructions_export(), {}, {near.index});
        if (ImGui::IsMouseClicked(1)) {
            menu_.open(code_on_map(context, near.index), near.index);
            menu_of_dot_ = false;
        }
    }
    near_.draw(list, near.index, at, {at.x + size.x, at.y + size.y});
    const bool labelled = !dataset.held_out.labels.empty();
    const int label = labelled ? dataset.held_out.labels[static_cast<std::size_t>(near.index)] : 0;
    const std::string name = class_name(dataset, near.index);
    const bool selected = context.view_state.point == near.index;
    if (selected || ImGui::IsItemHovered())
        list->AddRect(at, {at.x + size.x, at.y + size.y}, context.theme.text, 0, 0,
                      (selected ? 2.0f : 1.0f) * scale);
    if (labelled) {
        list->AddRectFilled({at.x, at.y + size.y}, {at.x + size.x, at.y + size.y + 3 * scale},
                            context.theme.label(label));
    }
    // A long name is cut to its first letters, and left out where these have no room either; the
    // tooltip has all of it.
    for (const std::string& shown : {name, name.substr(0, 3) + "."}) {
        const float text = ImGui::CalcTextSize(shown.c_str()).x;
        if (!labelled || text > size.x) continue;
        list->AddText({std::round(at.x + 0.5f * (size.x - text)), at.y + size.y + 3 * scale},
                      context.theme.text_dim, shown.c_str());
        break;
    }
    if (ImGui::IsItemHovered())
        tip(context,
            ("Held-out image " + std::to_string(near.index) + (labelled ? ", label " + name : "") +
             ". Its posterior mean lies " + fixed(near.distance, 3) + " " +
             run::latent_unit(context.trainer->config) + " from the dot. Click to select it.")
                .c_str());
}

void InspectorPanel::neighbours(Context& context, const live::CursorView* view) {
    if (!run::has_encoder(context.trainer->config)) return;
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted("Nearest held-out images");
    ImGui::PopStyleColor();
    hover(context,
          "The held-out images whose posterior means lie nearest to the dot, nearest first.");
    const data::Dataset& dataset = *context.dataset();
    const float gap = 3 * context.scale;
    const float cell = std::floor((ImGui::GetContentRegionAvail().x - gap * (kMostNeighbours - 1)) /
                                  kMostNeighbours);
    const ImVec2 size = size_within(dataset.height, dataset.width, {cell, 1.5f * cell});
    if (view == nullptr || view->neighbours.empty()) {
        ImGui::Dummy({0, size.y + ImGui::GetTextLineHeight() + 3 * context.scale});
        return;
    }
    const int count = std::min(kMostNeighbours, static_cast<int>(view->neighbours.size()));
    std::vector<int> indices;
    for (int i = 0; i < count; ++i) {
        const int index = view->neighbours[static_cast<std::size_t>(i)].index;
        if (index < dataset.held_out.count) indices.push_back(index);
    }
    near_.want(context, indices);
    const ImVec2 begin = ImGui::GetCursorScreenPos();
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (i > 0) ImGui::SameLine(0, gap);
        neighbour(context, static_cast<int>(i), view->neighbours[i], size);
    }
    context.layout.mark("inspector.neighbours", begin, ImGui::GetItemRectMax(),
                        std::to_string(indices.front()));
}

// Large with the numbers below, or where the selected image needs the height, with the numbers
// beside it.
void InspectorPanel::dot(Context& context, const std::shared_ptr<const live::CursorView>& view) {
    const float scale = context.scale, width = ImGui::GetContentRegionAvail().x;
    const float height = ImGui::GetWindowHeight();
    const bool beside = context.view_state.point.has_value() && height < kTallEnoughPx * scale;
    const float row = ImGui::GetFrameHeightWithSpacing();
    if (!beside) {
        image(context, view, {width, 0.46f * height});
        ImGui::Dummy({0, 2 * scale});
        numbers_.draw(context, view.get(), kMostSliders * row);
        return;
    }
    const data::Dataset& dataset = *context.dataset();
    image(context, view,
          crisp_size(dataset.height, dataset.width, {0.52f * width, 0.34f * height}));
    const float tall = ImGui::GetItemRectSize().y;
    ImGui::SameLine(0, 10 * scale);
    ImGui::BeginGroup();
    numbers_.draw(context, view.get(), std::max(2 * row, tall - 2.4f * row));
    ImGui::EndGroup();
}

void InspectorPanel::draw_wide(Context& context,
                               const std::shared_ptr<const live::CursorView>& view) {
    const float scale = context.scale;
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const float side = std::clamp(0.3f * space.x, kLeastSidePx * scale, kMostSidePx * scale);
    const float gap = 16 * scale;
    image(context, view, {space.x - side - gap, space.y});
    ImGui::SameLine(0, gap);
    ImGui::BeginChild("##side", {side, space.y});
    numbers_.draw(context, view.get(), 2.0f * kMostSliders * ImGui::GetFrameHeightWithSpacing());
    ImGui::Dummy({0, 2 * scale});
    neighbours(context, view.get());
    ImGui::Dummy({0, 2 * scale});
    ImGui::Separator();
    ImGui::Dummy({0, 2 * scale});
    selected_.draw(context);
    ImGui::EndChild();
}

void InspectorPanel::draw(Context& context) {
    unseen(context);  // until there is something to ask
    ViewState& view_state = context.view_state;
    if (!context.has_run() ||
        view_state.cursor.size() != static_cast<std::size_t>(context.latents()) ||
        view_state.anchor.size() != view_state.cursor.size())
        return waiting_text(context, waiting_reason(context));
    // Asked for again: the answer to where the dot was dragged in this very frame may have come by
    // now.
    auto view = context.newest_views().get<live::CursorView>();
    if (view && view->z.size() != view_state.cursor.size()) view = nullptr;
    menu_.draw(context, [&] {
        if (menu_of_dot_) dot_entries(context);
    });
    const ImVec2 space = ImGui::GetContentRegionAvail();
    if (space.x > kWide * space.y) return draw_wide(context, view);
    dot(context, view);
    ImGui::Dummy({0, 2 * context.scale});
    neighbours(context, view.get());
    ImGui::Dummy({0, 2 * context.scale});
    ImGui::Separator();
    ImGui::Dummy({0, 2 * context.scale});
    selected_.draw(context);
}

}  // namespace

std::unique_ptr<Panel> make_inspector_panel() { return std::make_unique<InspectorPanel>(); }

}  // namespace elbow::gui
