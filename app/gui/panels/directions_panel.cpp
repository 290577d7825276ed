#include "app/gui/panels/directions_panel.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/panels/inspector_dot.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/live/questions/directions.h"
#include "engine/live/questions/map.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr int kMostDirections = 10;
constexpr int kFewestOfARow = 5, kMostOfARow = 15;  // images
constexpr float kEndOfRow = 1.5f;                   // of a row, where the prior is N(0, I)
constexpr float kEndOfCodes = 0.5f;                 // else: of the mean end of the codes' range
// Sizes at scale 1.
constexpr float kImagesPx = 34.0f, kShareBarPx = 5.0f, kBetweenRowsPx = 7.0f, kWordsOfRowPx = 92.0f;

using DirectionsShown = std::shared_ptr<const live::DirectionsView>;

class DirectionsPanel final : public Panel {
  public:
    const char* id() const override { return "directions"; }
    const char* title() const override { return "Directions"; }
    Spot home() const override { return {{"reconstructions"}, {}, {}, {}}; }
    void unseen(Context& context) override { context.visible.directions.reset(); }
    void draw(Context&) override;

  private:
    // Of the drag that is under way: the directions of where it began, along one of which the dot
    // is moved.
    struct Held {
        DirectionsShown view;
        std::size_t row;
    };
    void update(Context&);
    void ask(Context&, float width);
    void heading(Context&) const;
    void row(Context&, std::size_t row, float width);
    void words(Context&, std::size_t row) const;
    void strip(Context&, std::size_t row, ImVec2 size);
    void images(Context&, std::size_t row, ImVec2 at, ImVec2 size) const;

    DirectionsShown shown_;
    std::optional<Held> held_;
    gl::TileTexture tiles_;
    std::string hash_;
    std::shared_ptr<const live::MapView> map_;
    float end_ = kEndOfRow;
};

void DirectionsPanel::update(Context& context) {
    const auto map = context.views.get<live::MapView>();
    if (map != map_) {
        map_ = map;
        end_ = kEndOfRow;
        if (map && map->map.count > 0 && !run::has_normal_prior(context.trainer->config)) {
            const std::vector<float> ends = ends_of_codes(map->map);
            end_ = kEndOfCodes * std::accumulate(ends.begin(), ends.end(), 0.0f) /
                   static_cast<float>(std::max<std::size_t>(ends.size(), 1));
        }
    }
    // While one is dragged along, its row stays that of where the drag began.
    const auto view = held_ ? held_->view : context.views.get<live::DirectionsView>();
    if (view == shown_) return;
    shown_ = nullptr;
    const auto latents = static_cast<std::size_t>(context.latents());
    if (!view || view->query.z.size() != latents || view->query.values < 1) return;
    const std::size_t count = std::min(static_cast<std::size_t>(view->query.rows), latents) *
                              static_cast<std::size_t>(view->query.values);
    const data::Dataset& dataset = *context.dataset();
    if (view->images.size() != count * static_cast<std::size_t>(dataset.dimensions())) return;
    shown_ = view;
    if (count > 0) tiles_.update(view->images, static_cast<int>(count), dataset.shape());
    if (context.layout.enabled()) hash_ = hash_text(view->images);
}

void DirectionsPanel::ask(Context& context, float width) {
    const data::Dataset& dataset = *context.dataset();
    const float side = kImagesPx * context.scale;
    const ImVec2 image = size_within(dataset.height, dataset.width, {side, side});
    live::DirectionsQuery query;
    query.z = held_ ? held_->view->query.z : context.view_state.cursor;
    query.rows = kMostDirections;
    query.values = std::clamp(static_cast<int>(width / image.x), kFewestOfARow, kMostOfARow);
    query.end = end_;
    context.visible.directions = std::move(query);
}

void DirectionsPanel::heading(Context& context) const {
    const auto latents = static_cast<std::size_t>(context.latents());
    double sum = 0.0;
    const std::size_t rows = std::min(latents, std::size_t{kMostDirections});
    for (std::size_t i = 0; i < rows; ++i) sum += shown_->directions.share(i);
    const std::string text =
        latents > rows ? "The fastest " + std::to_string(rows) + " of " + std::to_string(latents) +
                             " directions: " + fixed(100.0 * sum, 1) + " % of all change"
                       : "From the direction in which the image changes fastest";
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(fitted(text, ImGui::GetContentRegionAvail().x).c_str());
    ImGui::PopStyleColor();
    context.layout.mark("directions.heading", text);
    hover(
        context,
        "The eigenvectors of the decoder's pull-back metric J^T J at the dot, with J the slope of "
        "the mean of p(x|z) in z, over all latents. They are at right angles to each other, and "
        "other ones wherever the dot is.");
}

void DirectionsPanel::words(Context& context, std::size_t row) const {
    const explore::Directions& found = shown_->directions;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float line = ImGui::GetTextLineHeight();
    ImGui::InvisibleButton("##words", {kWordsOfRowPx * context.scale, 2.0f * line});
    const std::string share = fixed(100.0 * found.share(row), 1) + " %";
    const std::string stretch = reading(found.stretch[row]) + " a unit";
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddText(at, context.theme.text, share.c_str());
    list->AddText({at.x, at.y + line}, context.theme.text_dim, stretch.c_str());
    context.layout.mark(("directions.share" + std::to_string(row + 1)).c_str(), share);
    // The latents that it moves most.
    const auto direction = found.vector(row);
    std::vector<std::size_t> order(direction.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(direction[a]) > std::abs(direction[b]);
    });
    std::string parts;
    for (std::size_t i = 0; i < std::min(order.size(), std::size_t{4}); ++i)
        parts += (i > 0 ? ", z" : "z") + std::to_string(order[i] + 1) + " by " +
                 fixed(direction[order[i]], 2);
    if (order.size() > 4) parts += " and others by less";
    hover(context, ("Along this direction the image changes by " + reading(found.stretch[row]) +
                    " for a unit of z, which is " + share +
                    " of the change in all directions (of its squares). The distance of two images "
                    "is the root of the sum of their pixels' squared differences, with pixels from "
                    "0 to 1. A unit along it moves " +
                    parts + ".")
                       .c_str());
}

void DirectionsPanel::images(Context& context, std::size_t row, ImVec2 at, ImVec2 size) const {
    const int count = shown_->query.values;
    const float part = size.x / static_cast<float>(count);
    const data::Dataset& dataset = *context.dataset();
    const ImVec2 image = size_within(dataset.height, dataset.width, {part, size.y});
    for (int i = 0; i < count; ++i) {
        const float left = at.x + (static_cast<float>(i) + 0.5f) * part - 0.5f * image.x;
        const float top = at.y + 0.5f * (size.y - image.y);
        draw_tile(ImGui::GetWindowDrawList(), tiles_, static_cast<int>(row) * count + i,
                  {left, top}, {left + image.x, top + image.y});
    }
}

// The images are a slider: where it is pressed, the dot goes, along the direction.
void DirectionsPanel::strip(Context& context, std::size_t row, ImVec2 size) {
    const float scale = context.scale, end = shown_->query.end;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton("##strip", size);
    const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
    if (ImGui::IsItemActivated()) held_ = Held{shown_, row};
    const float part = std::clamp((ImGui::GetIO().MousePos.x - at.x) / size.x, 0.0f, 1.0f);
    const float under = end * (2.0f * part - 1.0f);
    const bool mine = held_ && held_->row == row;
    if (active && mine) {
        std::vector<float> z = held_->view->query.z;
        const auto direction = held_->view->directions.vector(row);
        for (std::size_t n = 0; n < z.size(); ++n) z[n] += under * direction[n];
        context.view_state.put_dot_and_plane(std::move(z));
        context.follow_dot();
    }
    if (ImGui::IsItemDeactivated() && mine) held_.reset();
    const float tall = size.y - kShareBarPx * scale;
    images(context, row, at, {size.x, tall});
    ImDrawList* list = ImGui::GetWindowDrawList();
    const auto share = static_cast<float>(shown_->directions.share(row));
    list->AddRectFilled({at.x, at.y + tall + scale}, {at.x + size.x, at.y + size.y - scale},
                        with_alpha(context.theme.border, 0.6f));
    list->AddRectFilled({at.x, at.y + tall + scale}, {at.x + share * size.x, at.y + size.y - scale},
                        with_alpha(context.theme.accent, 0.8f));
    const float place = active && mine ? part : 0.5f;
    const float x = at.x + place * size.x;
    list->AddLine({x, at.y}, {x, at.y + tall}, context.theme.map_background, 4.0f * scale);
    list->AddLine({x, at.y}, {x, at.y + tall}, context.theme.cursor, 2.0f * scale);
    context.layout.mark(("directions.row" + std::to_string(row + 1)).c_str(),
                        fixed(active && mine ? under : 0.0, 2));
    if (!hovered && !active) return;
    tip(context, ("The image under the dot along this direction, from " + fixed(-end, 2) + " to " +
                  fixed(end, 2) + " in z. Here " + fixed(under, 2) +
                  ". Drag to move the dot along it; when you let go, the directions of the new "
                  "place are found. The bar is its share of the change in all directions.")
                     .c_str());
}

void DirectionsPanel::row(Context& context, std::size_t row, float width) {
    const float scale = context.scale;
    ImGui::PushID(static_cast<int>(row));
    words(context, row);
    ImGui::SameLine(0, 6 * scale);
    strip(context, row, {width, (kImagesPx + kShareBarPx) * scale});
    ImGui::PopID();
}

void DirectionsPanel::draw(Context& context) {
    const auto latents = static_cast<std::size_t>(context.latents());
    if (!context.has_run() || context.view_state.cursor.size() != latents) {
        held_.reset();
        return waiting_text(context, waiting_reason(context));
    }
    if (held_ && (!ImGui::IsMouseDown(0) || held_->view->query.z.size() != latents)) held_.reset();
    update(context);
    const float scale = context.scale;
    const float strip_px =
        std::max(ImGui::GetContentRegionAvail().x - (kWordsOfRowPx + 6.0f) * scale -
                     ImGui::GetStyle().ScrollbarSize,
                 40.0f * scale);
    if (shown_) {
        heading(context);
        ImGui::BeginChild("##rows");
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, kBetweenRowsPx * scale});
        for (std::size_t i = 0; i < std::min(latents, std::size_t{kMostDirections}); ++i)
            row(context, i, strip_px);
        ImGui::PopStyleVar();
        context.layout.mark("directions.images", hash_);
        ImGui::EndChild();
    } else {
        waiting_text(context, "The directions are being found...");
    }
    ask(context, strip_px);
}

}  // namespace

std::unique_ptr<Panel> make_directions_panel() { return std::make_unique<DirectionsPanel>(); }

}  // namespace elbow::gui
