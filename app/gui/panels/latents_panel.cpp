#include "app/gui/panels/latents_panel.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/latent_activity.h"
#include "app/gui/panels/axis_choice.h"
#include "app/gui/panels/inspector_dot.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "engine/explore/active_latents.h"
#include "engine/explore/aggregate.h"
#include "engine/live/questions/map.h"
#include "engine/live/questions/traversals.h"
#include "engine/run/measure.h"
#include "engine/train/alarms.h"

namespace elbow::gui {
namespace {

constexpr int kFewestImages = 5, kMostImages = 15;  // of a row
constexpr int kHistogramBins = 60;
constexpr float kNormalEnd = 3.0f;  // standard deviations of a prior N(0, I)
constexpr double kMostOfTheKl = 0.95;
constexpr float kDeadKl = train::kDeadLatentKl;
// Sizes at scale 1.
constexpr float kStripPx = 34.0f, kHistogramPx = 9.0f, kRowGapPx = 7.0f, kNamePx = 66.0f;
constexpr float kFieldPx = 54.0f;

// Beside a latent's name and number.
float strip_width(const Context& context, float width) {
    return std::max(width - (kNamePx + kFieldPx + 14.0f) * context.scale, 40.0f * context.scale);
}

class LatentsPanel final : public Panel {
  public:
    const char* id() const override { return "latents"; }
    const char* title() const override { return "Latents"; }
    Spot home() const override { return {{"reconstructions"}, {}, {}, {}}; }
    bool is_offered(const Context& context) const override {
        return context.has_run() && context.latents() > 2;
    }
    void unseen(Context& context) override { context.visible.traversals.reset(); }
    void draw(Context&) override;

  private:
    struct Row {
        int latent;
        float end;  // it is shown from -end to end
    };
    void update(Context&);
    void sort_rows(const std::vector<float>& activity);
    void ask(Context&, int first, int last);
    void heading(Context&) const;
    void row(Context&, const Row&, float width);
    void name(Context&, int latent) const;
    void strip(Context&, const Row&, ImVec2 size);
    void images(Context&, const Row&, ImVec2 at, ImVec2 size) const;
    void histogram(const Context&, const Row&, ImVec2 at, ImVec2 size) const;

    std::vector<Row> rows_;
    std::vector<float> kl_;  // [N]; empty: not known
    std::shared_ptr<const live::MapView> map_;
    std::vector<float> ends_, histograms_;  // [N], [N, bins]
    std::shared_ptr<const live::TraversalView> shown_;
    gl::TileTexture tiles_;
    std::string hash_;
    int images_ = kFewestImages;  // of a row, as many as have room
};

void LatentsPanel::update(Context& context) {
    const auto map = context.views.get<live::MapView>();
    const int latents = context.latents();
    const bool fits = map && map->map.latents == latents;
    if (map != map_ || ends_.size() != static_cast<std::size_t>(latents)) {
        map_ = map;
        const bool normal = run::has_normal_prior(context.trainer->config);
        ends_.assign(static_cast<std::size_t>(latents), kNormalEnd);
        if (fits && !normal) ends_ = ends_of_codes(map->map);
        histograms_.clear();
        if (fits) histograms_ = explore::aggregate_histograms(map->map, ends_, kHistogramBins);
    }
    kl_ = kl_of_latents(context.curves, latents);
    std::vector<float> activity =
        activity_of_latents(context.curves, fits ? map.get() : nullptr, latents);
    activity.resize(static_cast<std::size_t>(latents), 0.0f);
    sort_rows(activity);

    const auto view = context.views.get<live::TraversalView>();
    if (view == shown_) return;
    shown_ = nullptr;
    if (!view) return;  // of a run that has just begun
    const data::Dataset& dataset = *context.dataset();
    const std::size_t count =
        view->query.latents.size() * static_cast<std::size_t>(view->query.values);
    if (view->images.size() != count * static_cast<std::size_t>(dataset.dimensions())) return;
    shown_ = view;
    if (count > 0) tiles_.update(view->images, static_cast<int>(count), dataset.shape());
    if (context.layout.enabled()) hash_ = hash_text(view->images);
}

// The most active first; but no row moves away under the mouse.
void LatentsPanel::sort_rows(const std::vector<float>& activity) {
    const bool looked_at = ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows |
                                                  ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
    if (!looked_at || rows_.size() != activity.size()) {
        rows_.clear();
        for (const int latent : explore::by_activity(activity)) rows_.push_back({latent, 0.0f});
    }
    for (Row& row : rows_) row.end = ends_[static_cast<std::size_t>(row.latent)];
}

// For the rows that are seen.
void LatentsPanel::ask(Context& context, int first, int last) {
    live::TraversalQuery query;
    query.values = images_;
    for (int i = first; i < last; ++i) {
        query.latents.push_back(rows_[static_cast<std::size_t>(i)].latent);
        query.ends.push_back(rows_[static_cast<std::size_t>(i)].end);
    }
    context.visible.traversals = std::move(query);
}

void LatentsPanel::heading(Context& context) const {
    if (kl_.empty()) return;
    const int carry = latents_that_carry(kl_, kMostOfTheKl);
    const std::string text =
        std::to_string(carry) + " of " + std::to_string(kl_.size()) + " carry 95 % of the KL";
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopStyleColor();
    context.layout.mark("latents.carry", text);
    hover(context,
          "How many latents say nearly all that the codes say about the images: the largest KL "
          "first, mean over the held-out images. Those with less than 0.01 nats are dimmed: they "
          "say nothing, and q(z|x) is the prior along them.");
}

void LatentsPanel::name(Context& context, int latent) const {
    const auto i = static_cast<std::size_t>(latent);
    const bool dead = !kl_.empty() && kl_[i] < kDeadKl;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float line = ImGui::GetTextLineHeight();
    ImGui::InvisibleButton("##name", {kNamePx * context.scale, 2.0f * line});
    const bool hovered = ImGui::IsItemHovered();
    const Theme& theme = context.theme;
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddText(at, dead ? theme.text_dim : theme.text,
                  latent_name(context.view_state, latent).c_str());
    const std::string nats_text = kl_.empty() ? "" : fixed(kl_[i], 2) + " nats";
    list->AddText({at.x, at.y + line}, theme.text_dim, nats_text.c_str());
    if (!hovered) return;
    choose_axis_by_click(context, latent);
    tip(context, ("Latent z" + std::to_string(latent + 1) +
                  (kl_.empty() ? ""
                               : ": KL " + fixed(kl_[i], 3) +
                                     " nats, mean over the held-out "
                                     "images") +
                  ". " + axis_click_help(context))
                     .c_str());
}

// Of the answer that is there, which may have other rows by now.
void LatentsPanel::images(Context& context, const Row& row, ImVec2 at, ImVec2 size) const {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const auto found =
        shown_ ? std::find(shown_->query.latents.begin(), shown_->query.latents.end(), row.latent)
               : std::vector<int>::const_iterator{};
    if (!shown_ || found == shown_->query.latents.end()) {
        list->AddRect(at, {at.x + size.x, at.y + size.y}, context.theme.border);
        return;
    }
    const int count = shown_->query.values;
    const int first = static_cast<int>(found - shown_->query.latents.begin()) * count;
    const float part = size.x / static_cast<float>(count);
    const data::Dataset& dataset = *context.dataset();
    const ImVec2 image = size_within(dataset.height, dataset.width, {part, size.y});
    for (int i = 0; i < count; ++i) {
        const float left = at.x + (static_cast<float>(i) + 0.5f) * part - 0.5f * image.x;
        const float top = at.y + 0.5f * (size.y - image.y);
        draw_tile(list, tiles_, first + i, {left, top}, {left + image.x, top + image.y});
    }
}

void LatentsPanel::histogram(const Context& context, const Row& row, ImVec2 at, ImVec2 size) const {
    if (histograms_.empty()) return;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float* bins =
        &histograms_[static_cast<std::size_t>(row.latent) * std::size_t{kHistogramBins}];
    const float part = size.x / kHistogramBins;
    const ImU32 colour = with_alpha(context.theme.accent, 0.55f);
    for (int i = 0; i < kHistogramBins; ++i) {
        if (bins[i] <= 0.0f) continue;
        const float left = at.x + static_cast<float>(i) * part;
        list->AddRectFilled({left, at.y + size.y * (1.0f - bins[i])}, {left + part, at.y + size.y},
                            colour);
    }
}

// The images are a slider: a press moves the dot along the latent.
void LatentsPanel::strip(Context& context, const Row& row, ImVec2 size) {
    const float scale = context.scale;
    const auto i = static_cast<std::size_t>(row.latent);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton("##strip", size);
    const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
    const float part = std::clamp((ImGui::GetIO().MousePos.x - at.x) / size.x, 0.0f, 1.0f);
    const float under = row.end * (2.0f * part - 1.0f);
    if (active) {
        context.view_state.put_dot_along(row.latent, under);
        context.follow_dot();
    }
    const float tall = size.y - kHistogramPx * scale;
    images(context, row, at, {size.x, tall});
    histogram(context, row, {at.x, at.y + tall}, {size.x, kHistogramPx * scale});
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (!kl_.empty() && kl_[i] < kDeadKl) {
        list->AddRectFilled(at, {at.x + size.x, at.y + size.y},
                            with_alpha(context.theme.panel, 0.6f));
    }
    const float value = context.view_state.cursor[i];
    const float x = at.x + 0.5f * size.x * (std::clamp(value / row.end, -1.0f, 1.0f) + 1.0f);
    list->AddLine({x, at.y}, {x, at.y + size.y}, context.theme.map_background, 4.0f * scale);
    list->AddLine({x, at.y}, {x, at.y + size.y}, context.theme.cursor, 2.0f * scale);
    context.layout.mark(("latents.z" + std::to_string(row.latent + 1)).c_str(), fixed(value, 2));
    if (!hovered && !active) return;
    tip(context, ("What z" + std::to_string(row.latent + 1) +
                  " does to the image under the dot, from " + fixed(-row.end, 1) + " to " +
                  fixed(row.end, 1) + " in " + run::latent_unit(context.trainer->config) +
                  "; the other latents stay. Here " + fixed(under, 2) +
                  ". Drag to move the dot. Below, where the codes lie: a draw from q(z|x) of each "
                  "held-out image.")
                     .c_str());
}

void LatentsPanel::row(Context& context, const Row& row, float width) {
    const float scale = context.scale;
    ImGui::PushID(row.latent);
    name(context, row.latent);
    ImGui::SameLine(0, 6 * scale);
    strip(context, row, {strip_width(context, width), (kStripPx + kHistogramPx) * scale});
    ImGui::SameLine(0, 8 * scale);
    ImGui::SetNextItemWidth(kFieldPx * scale);
    float value = context.view_state.cursor[static_cast<std::size_t>(row.latent)];
    if (ImGui::InputFloat("##value", &value, 0.0f, 0.0f, "%.2f") && std::isfinite(value))
        context.view_state.put_dot_along(row.latent, value);
    hover(context, "The dot along this latent. Click to type.");
    ImGui::PopID();
}

void LatentsPanel::draw(Context& context) {
    const auto latents = static_cast<std::size_t>(context.latents());
    if (!context.has_run() || context.view_state.cursor.size() != latents)
        return waiting_text(context, waiting_reason(context));
    update(context);
    heading(context);
    ImGui::BeginChild("##rows");
    const float width = ImGui::GetContentRegionAvail().x;
    const data::Dataset& dataset = *context.dataset();
    const float side = kStripPx * context.scale;
    const ImVec2 image = size_within(dataset.height, dataset.width, {side, side});
    images_ = std::clamp(static_cast<int>(strip_width(context, width) / image.x), kFewestImages,
                         kMostImages);
    const float pitch = (kStripPx + kHistogramPx + kRowGapPx) * context.scale;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, kRowGapPx * context.scale});
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(rows_.size()), pitch);
    int first = static_cast<int>(rows_.size()), last = 0;
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            row(context, rows_[static_cast<std::size_t>(i)], width);
        first = std::min(first, clipper.DisplayStart);
        last = std::max(last, clipper.DisplayEnd);
    }
    ImGui::PopStyleVar();
    ask(context, std::min(first, last), last);
    context.layout.mark("latents.images", hash_);
    ImGui::EndChild();
}

}  // namespace

int latents_that_carry(std::span<const float> kl, double part) {
    std::vector<double> sorted;
    for (const float nats : kl) sorted.push_back(std::isfinite(nats) ? std::max(nats, 0.0f) : 0.0);
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    double all = 0.0;
    for (const double nats : sorted) all += nats;
    double sum = 0.0;
    int count = 0;
    for (; count < static_cast<int>(sorted.size()) && sum < part * all; ++count)
        sum += sorted[static_cast<std::size_t>(count)];
    return count;
}

std::unique_ptr<Panel> make_latents_panel() { return std::make_unique<LatentsPanel>(); }

}  // namespace elbow::gui
