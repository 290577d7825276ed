#include "app/gui/panels/selection_panel.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/exports/selection.h"
#include "app/gui/map/map_classes.h"
#include "app/gui/map/selecting.h"
#include "app/gui/panels/attribute_rows.h"
#include "app/gui/panels/held_out_tiles.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/sheet_layout.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/live/questions/selection.h"

namespace elbow::gui {
namespace {

// Sizes at scale 1.
constexpr float kThumbPx = 30.0f, kMeanPx = 84.0f, kBarsPx = 44.0f, kLeastSheetPx = 70.0f;
constexpr float kRowsPx = 30.0f;  // of an attribute
constexpr const char* kHowTo =
    "Hold Ctrl and draw a line around points of the map: with Shift in addition, with Alt to take "
    "them away. Ctrl and a click take a point, or a row of Images.";

int held_out_images(const Context& context) {
    return context.has_run() ? context.dataset()->held_out.count : 0;
}

WindowAction all_action(Context& context) {
    return {.id = "selection.all",
            .title = "Select all held-out images",
            .help = "Selects all held-out images.",
            .run = [&context] {
                context.view_state.selection = inverted({}, held_out_images(context));
            }};
}

WindowAction none_action(Context& context) {
    return {.id = "selection.none",
            .title = "Select no image",
            .help = "Selects none of the images.",
            .run = [&context] { context.view_state.selection.clear(); },
            .why_not = why_nothing_selected(context.view_state)};
}

WindowAction invert_action(Context& context) {
    return {.id = "selection.invert",
            .title = "Select all other images",
            .help = "Selects all images that are not selected now.",
            .run = [&context] {
                context.view_state.selection =
                    inverted(context.view_state.selection, held_out_images(context));
            }};
}

WindowAction alone_action(Context& context) {
    bool& isolate = context.view_state.isolate;
    return {.id = "selection.isolate",
            .title = "Show the points of the selection alone",
            .help = "On: the map shows the points of the selection alone.",
            .run = [&isolate] { isolate = !isolate; },
            .why_not = why_nothing_selected(context.view_state),
            .on = isolate};
}

class SelectionPanel final : public Panel {
  public:
    const char* id() const override { return "selection"; }
    const char* title() const override { return "Selection"; }
    Spot home() const override { return {{"inspector"}, {}, {}, {}}; }
    bool is_offered(const Context& context) const override {
        return context.has_run() && context.explored->has_encoder;
    }
    void add_actions(Context&, WindowActions&) override;
    void unseen(Context& context) override { context.visible.selection = false; }
    void draw(Context&) override;

  private:
    void choices(Context&);
    void search(Context&);
    void means(Context&);
    void mean(Context&, int tile, const char* words, const char* help);
    void bars(Context&) const;
    void sheet(Context&, ImVec2 size);
    void rows(Context&, const SheetGrid&, Selection images);

    char typed_[64] = "";
    std::string message_;  // of what was typed
    std::shared_ptr<const live::SelectionView> shown_;
    gl::TileTexture means_;
    HeldOutTiles tiles_;
    PlaceMenu menu_;
    AttributeRows attributes_;
};

void SelectionPanel::add_actions(Context& context, WindowActions& actions) {
    actions.push_back(all_action(context));
    actions.push_back(none_action(context));
    actions.push_back(invert_action(context));
    actions.push_back(alone_action(context));
    attributes_.add_actions(context, actions);
}

void SelectionPanel::choices(Context& context) {
    const Selection& selection = context.view_state.selection;
    const int images = context.dataset()->held_out.count;
    const std::string count =
        reading(static_cast<double>(selection.size())) + " of " + reading(images) + " images";
    ImGui::TextUnformatted(count.c_str());
    context.layout.mark("selection.count", std::to_string(selection.size()));
    hover(context, kHowTo);
    action_button(context, "All", all_action(context));
    ImGui::SameLine();
    action_button(context, "None", none_action(context));
    ImGui::SameLine();
    action_button(context, "Invert", invert_action(context));
    ImGui::SameLine();
    action_toggle(context, "Alone", alone_action(context));
    ImGui::SameLine();
    toggle(context, "selection.box", "Box", context.settings.select_by_box,
           "On: with Ctrl, the mouse draws a box on the map. Off: a line freehand.");
}

void SelectionPanel::search(Context& context) {
    ImGui::SetNextItemWidth(-1.0f);
    if (ImGui::InputTextWithHint("##typed", "A label, or numbers: 7, 20-29", typed_, sizeof typed_,
                                 ImGuiInputTextFlags_EnterReturnsTrue)) {
        const Selection found =
            typed_selection(typed_, *context.dataset(), map_classes(context), message_);
        if (message_.empty()) {
            context.view_state.selection =
                combined(context.view_state.selection, found,
                         ImGui::GetIO().KeyShift ? Selecting::kAdd : Selecting::kReplace);
        }
    }
    context.layout.mark("selection.search", message_);
    hover(context,
          "Enter selects the images with this label, or with these numbers; with Shift in addition "
          "to what is selected.");
    if (message_.empty()) return;
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.warning);
    ImGui::TextWrapped("%s", message_.c_str());
    ImGui::PopStyleColor();
}

void SelectionPanel::mean(Context& context, int tile, const char* words, const char* help) {
    const data::Dataset& dataset = *context.dataset();
    const float side = kMeanPx * context.scale;
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {side, side});
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(tile);
    ImGui::InvisibleButton("##mean", {side, size.y});
    const bool over = ImGui::IsItemHovered();
    ImGui::PopID();
    if (tile < means_.count())
        draw_tile(ImGui::GetWindowDrawList(), means_, tile, at, {at.x + size.x, at.y + size.y});
    context.layout.mark(("selection.mean." + std::to_string(tile)).c_str());
    if (over && tile == 1 && !shown_->code.empty()) {
        if (ImGui::IsMouseClicked(0)) context.view_state.put_dot_and_plane(shown_->code);
        if (ImGui::IsMouseClicked(1)) menu_.open(shown_->code);
    }
    hover(context, help);
    ImGui::GetWindowDrawList()->AddText({at.x, at.y + size.y + 2 * context.scale},
                                        context.theme.text_dim, words);
}

// The mean of the images, and what the decoder makes of the mean of their codes.
void SelectionPanel::means(Context& context) {
    const auto view = context.views.get<live::SelectionView>();
    const data::Dataset& dataset = *context.dataset();
    const auto dimensions = static_cast<std::size_t>(dataset.dimensions());
    if (view != shown_) {
        shown_ = view;
        std::vector<std::uint8_t> pixels;
        if (view && view->mean_image.size() == dimensions) {
            pixels = view->mean_image;
            pixels.insert(pixels.end(), view->decoded.begin(), view->decoded.end());
            means_.update(pixels, static_cast<int>(pixels.size() / dimensions), dataset.shape());
        }
    }
    if (!shown_ || shown_->mean_image.size() != dimensions) return;
    mean(context, 0, "Mean image", "The mean of the selected images, pixel by pixel.");
    if (shown_->decoded.size() == dimensions) {
        ImGui::SameLine(0, 10 * context.scale);
        mean(context, 1, "Mean code",
             "What the decoder makes of the mean of their codes. Click to put the dot there.");
    }
    ImGui::Dummy({1, ImGui::GetTextLineHeight()});
}

// How many of each label, or of each word of the column that colours the points.
void SelectionPanel::bars(Context& context) const {
    const MapClasses all = map_classes(context);
    const std::size_t classes = all.names.size();
    if (all.of.empty() || classes == 0) return;
    std::vector<int> counts(classes, 0);
    for (const int image : context.view_state.selection) {
        const std::size_t label = all.of[static_cast<std::size_t>(image)];
        if (label < classes) ++counts[label];
    }
    const int most = std::max(1, *std::max_element(counts.begin(), counts.end()));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, tall = kBarsPx * context.scale;
    ImGui::InvisibleButton("##labels", {width, tall});
    const float part = width / static_cast<float>(classes);
    ImDrawList* list = ImGui::GetWindowDrawList();
    for (std::size_t label = 0; label < classes; ++label) {
        const float left = at.x + static_cast<float>(label) * part;
        const float high = tall * static_cast<float>(counts[label]) / static_cast<float>(most);
        list->AddRectFilled({left, at.y + tall - std::max(high, context.scale)},
                            {left + std::max(part - context.scale, 1.0f), at.y + tall},
                            context.theme.label(static_cast<int>(label)));
    }
    context.layout.mark("selection.labels");
    if (!ImGui::IsItemHovered()) return;
    const auto label = static_cast<std::size_t>(std::clamp(
        (ImGui::GetIO().MousePos.x - at.x) / part, 0.0f, static_cast<float>(classes - 1)));
    const std::string kind = all.column.empty() ? "the label" : "under " + all.column;
    tip(context, (std::to_string(counts[label]) + " of the selected images have " + kind + " " +
                  all.names[label] + ".")
                     .c_str());
}

// Those that are seen of the rows of small images.
void SelectionPanel::sheet(Context& context, ImVec2 size) {
    const Selection& selection = context.view_state.selection;
    const data::Dataset& dataset = *context.dataset();
    const float side = kThumbPx * context.scale;
    SheetGrid grid;
    grid.image = size_within(dataset.height, dataset.width, {side, side});
    grid.gap = context.scale;
    begin_region("##sheet", size);
    const auto count = static_cast<int>(selection.size());
    grid.columns =
        std::max(1, static_cast<int>(ImGui::GetContentRegionAvail().x / (grid.image.x + grid.gap)));
    ImGuiListClipper clipper;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    clipper.Begin((count + grid.columns - 1) / grid.columns, grid.image.y + grid.gap);
    while (clipper.Step()) {
        grid.rows = clipper.DisplayEnd - clipper.DisplayStart;
        const int first = clipper.DisplayStart * grid.columns;
        const int last = std::min(count, clipper.DisplayEnd * grid.columns);
        if (first < last)
            rows(context, grid, {selection.begin() + first, selection.begin() + last});
        if (first == 0) context.layout.mark("selection.first", std::to_string(selection.front()));
    }
    ImGui::PopStyleVar();
    ImGui::EndChild();
}

void SelectionPanel::rows(Context& context, const SheetGrid& grid, Selection images) {
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton("##images", {ImGui::GetContentRegionAvail().x,
                                        static_cast<float>(grid.rows) * (grid.image.y + grid.gap)});
    const int under = ImGui::IsItemHovered() ? grid.at(corner, ImGui::GetIO().MousePos) : -1;
    tiles_.want(context, images);
    for (std::size_t i = 0; i < images.size(); ++i) {
        const ImVec2 low = grid.cell(corner, static_cast<int>(i));
        tiles_.draw(ImGui::GetWindowDrawList(), images[i], low,
                    {low.x + grid.image.x, low.y + grid.image.y});
    }
    if (under < 0 || under >= static_cast<int>(images.size())) return;
    const int image = images[static_cast<std::size_t>(under)];
    note_under_mouse(context, selection_export());
    outline_cell(context, grid, corner, under);
    if (ImGui::IsMouseClicked(0)) context.view_state.point = image;
    if (ImGui::IsMouseClicked(1)) menu_.open(code_on_map(context, image), image);
    tip(context, ("Image " + std::to_string(image) + ", " + class_name(*context.dataset(), image) +
                  ". Click to look at it.")
                     .c_str());
}

void SelectionPanel::draw(Context& context) {
    context.visible.selection = false;
    if (!context.has_run()) return waiting_text(context, waiting_reason(context));
    if (!is_offered(context))
        return waiting_text(context, "This estimator has no encoder: images have no codes.");
    context.visible.selection = true;
    choices(context);
    search(context);
    if (context.view_state.selection.empty()) {
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
        ImGui::TextWrapped("%s", kHowTo);
        ImGui::PopStyleColor();
    } else {
        means(context);
        bars(context);
        const float rows =
            kRowsPx * context.scale * static_cast<float>(context.view_state.attributes.size() + 2);
        sheet(context, {0.0f, std::max(ImGui::GetContentRegionAvail().y - rows,
                                       kLeastSheetPx * context.scale)});
    }
    ImGui::Separator();
    attributes_.draw(context);
    menu_.draw(context);
}

}  // namespace

std::unique_ptr<Panel> make_selection_panel() { return std::make_unique<SelectionPanel>(); }

}  // namespace elbow::gui
