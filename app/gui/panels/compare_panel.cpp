#include "app/gui/panels/compare_panel.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/gl/tile_texture.h"
#include "app/gui/map/map_classes.h"
#include "app/gui/map/map_view.h"
#include "app/gui/panels/compare_choice.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot.h"
#include "engine/live/questions/comparison.h"
#include "engine/live/questions/cursor.h"
#include "engine/live/questions/map.h"
#include "engine/live/questions/other_map.h"
#include "engine/live/questions/point.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

constexpr float kMapTall = 0.8f;         // of its width
constexpr std::size_t kMostDots = 2000;  // of the other's map
constexpr float kPlotPx = 130.0f;        // tall, scale 1
// How often the other run of a race is looked at again: its map is made anew each time.
constexpr double kFollows_s = 1.0;

// Two images of one thing: what this run makes of it, and what the other weights do. Empty: not
// there.
struct Pair {
    std::span<const std::uint8_t> mine, other;
};

WindowAction hold_action(Context& context, train::SnapshotPtr& held) {
    return {.id = "compare.hold",
            .title = "Hold this moment to compare the training with it",
            .help =
                "Holds the weights as they are shown now: the newest, or those of the moment that "
                "the slider under the curves is at. What comes later is compared with them.",
            .run = [&context, &held] { held = context.explored; },
            .why_not = context.has_run() ? "" : "There is no run yet."};
}

class ComparePanel final : public Panel {
  public:
    const char* id() const override { return "compare"; }
    const char* title() const override { return "Compare"; }
    Spot home() const override { return {{"curves"}, {}, {}, {}}; }
    bool is_offered(const Context& context) const override { return context.has_run(); }
    void add_actions(Context& context, WindowActions& actions) override {
        actions.push_back(hold_action(context, held_));
    }
    void unseen(Context& context) override { context.visible.compared = nullptr; }
    void draw(Context&) override;

  private:
    bool choose(Context&);
    void hold(Context&);
    Pair pair(const Context&) const;
    void swipe(Context&, const Pair&);
    void numbers(Context&, const Pair&);
    void image_numbers(Context&);
    void dot_numbers(Context&, const Pair&) const;
    void other_map(Context&);
    void draw_codes(Context&, const PlaneView&);
    void difference(Context&);
    std::shared_ptr<const live::ComparisonView> answer(const Context&) const;

    train::SnapshotPtr held_;   // a moment
    std::string chosen_;        // an id of OtherWeights
    OtherWeights other_;        // what that is
    double followed_at_s_ = 0;  // its snapshot was taken
    bool of_image_ = false;     // the selected image, rather than the dot
    float divider_ = 0.5f;      // of the pictures' width
    gl::TileTexture tiles_;
    std::vector<std::uint8_t> uploaded_;  // both images
    PlacedPoints codes_;
    std::shared_ptr<const live::OtherMapView> codes_of_;
    std::pair<int, int> codes_along_;           // the axes
    bool squared_ = false;                      // as Place::paper_view
    const std::uint8_t* classes_of_ = nullptr;  // MapClasses::of, only compared
    std::vector<PlotSeries> lines_;
    PlotView plot_;
    PlaceMenu menu_;
};

std::shared_ptr<const live::ComparisonView> ComparePanel::answer(const Context& context) const {
    auto view = context.views.get<live::ComparisonView>();
    return view && view->query.other->spec == other_.snapshot->spec ? view : nullptr;
}

void ComparePanel::hold(Context& context) {
    const train::SnapshotPtr before = held_;
    action_button(context, "Hold this moment", hold_action(context, held_));
    if (held_ != before) chosen_ = "moment";
}

// Says whether there is something to compare with.
bool ComparePanel::choose(Context& context) {
    std::vector<OtherWeights> all = other_weights(context, held_);
    if (all.empty()) {
        hold(context);
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
        ImGui::TextWrapped(
            "%s",
            "Compare this run with a moment of its own: hold one, and go on. Or with a saved run "
            "on the same images: press Compare in the list of runs (Ctrl+O).");
        ImGui::PopStyleColor();
        return false;
    }
    auto found = std::find_if(all.begin(), all.end(),
                              [&](const OtherWeights& each) { return each.id == chosen_; });
    if (found == all.end()) found = all.begin();
    const bool rests =
        found->id == "race" && other_.id == "race" && context.now_s - followed_at_s_ < kFollows_s;
    const train::SnapshotPtr last = other_.snapshot;
    other_ = *found;
    if (rests) {
        other_.snapshot = last;
    } else {
        followed_at_s_ = context.now_s;
    }
    chosen_ = other_.id;
    ImGui::SetNextItemWidth(0.58f * ImGui::GetContentRegionAvail().x);
    const float room = 0.58f * ImGui::GetContentRegionAvail().x - ImGui::GetFrameHeight();
    if (ImGui::BeginCombo("##with", fitted(other_.name, room).c_str())) {
        close_on_escape();
        for (const OtherWeights& each : all) {
            if (ImGui::Selectable((each.name + "##" + each.id).c_str(), each.id == chosen_))
                chosen_ = each.id;
            context.layout.mark(("compare.with." + each.id).c_str());
        }
        ImGui::EndCombo();
    }
    context.layout.mark("compare.with", other_.name);
    hover(context, "What this run is compared with.");
    ImGui::SameLine();
    hold(context);
    return true;
}

Pair ComparePanel::pair(const Context& context) const {
    const auto other = answer(context);
    Pair found;
    if (of_image_) {
        const auto point = context.views.get<live::PointView>();
        if (point && context.view_state.point == point->detail.index)
            found.mine = point->detail.reconstruction;
        if (other && other->detail && other->query.image == context.view_state.point)
            found.other = other->detail->reconstruction;
    } else {
        if (const auto cursor = context.views.get<live::CursorView>()) found.mine = cursor->image;
        if (other) found.other = other->decoded;
    }
    const auto size = static_cast<std::size_t>(context.dataset()->dimensions());
    if (found.mine.size() != size) found.mine = {};
    if (found.other.size() != size) found.other = {};
    return found;
}

// Left of the divider this run's image, right of it the other's.
void ComparePanel::swipe(Context& context, const Pair& pair) {
    const data::Dataset& dataset = *context.dataset();
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {0.78f * width, 0.78f * width});
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + 0.5f * (width - size.x));
    const ImVec2 at = ImGui::GetCursorScreenPos(), end{at.x + size.x, at.y + size.y};
    ImGui::InvisibleButton("##swipe", size);
    if (ImGui::IsItemActive())
        divider_ = std::clamp((ImGui::GetIO().MousePos.x - at.x) / size.x, 0.0f, 1.0f);
    std::vector<std::uint8_t> both(2 * static_cast<std::size_t>(dataset.dimensions()));
    std::copy(pair.mine.begin(), pair.mine.end(), both.begin());
    std::copy(pair.other.begin(), pair.other.end(), both.begin() + dataset.dimensions());
    if (both != uploaded_) tiles_.update(both, 2, dataset.shape());
    uploaded_ = std::move(both);
    const float line = at.x + divider_ * size.x, scale = context.scale;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float words = end.y - ImGui::GetTextLineHeight() - 4 * scale;
    // A picture that is not there yet is no black one.
    const auto half = [&](int tile, float left, float right, float name_x, const char* name) {
        list->PushClipRect({left, at.y}, {right, end.y}, true);
        draw_tile(list, tiles_, tile, at, end);
        list->PopClipRect();
        halo_text(list, {name_x, words}, context.theme.text, context.theme.background, name);
    };
    if (!pair.mine.empty()) half(0, at.x, line, at.x + 4 * scale, "this");
    if (!pair.other.empty())
        half(1, line, end.x, end.x - ImGui::CalcTextSize("other").x - 4 * scale, "other");
    list->AddRect(at, end, context.theme.border);
    list->AddLine({line, at.y}, {line, end.y}, context.theme.accent, 2.0f * scale);
    const std::string shown = pair.other.empty() ? "" : hash_text(pair.other);
    context.layout.mark("compare.swipe",
                        pair.mine.empty() ? "" : hash_text(pair.mine) + " " + shown);
    hover(context,
          "Left of the line what this run makes of it, right of it what the other weights do. Drag "
          "the line.");
}

void ComparePanel::dot_numbers(Context& context, const Pair& pair) const {
    const bool both = !pair.mine.empty() && !pair.other.empty();
    if (!both && other_.snapshot->spec.latents != context.latents()) {
        ImGui::TextWrapped("The other model has %d latents: the dot is no z of it.",
                           other_.snapshot->spec.latents);
        return;
    }
    const std::string distance = both ? fixed(distance_between(pair.mine, pair.other), 2) : "-";
    value_row(context, "Distance", distance,
              "Of the two images that are decoded from the dot: the root of the sum of their "
              "pixels' squared differences, with pixels from 0 to 1.");
    context.layout.mark("compare.distance", distance);
}

void ComparePanel::image_numbers(Context& context) {
    const auto point = context.views.get<live::PointView>();
    const auto other = answer(context);
    const bool mine = point && context.view_state.point == point->detail.index;
    if (!mine || !other || !other->detail || other->query.image != context.view_state.point) {
        ImGui::TextWrapped("%s", !context.view_state.point
                                     ? "Click a point of the map: both reconstruct its image."
                                 : !other_.snapshot->has_encoder ? "The other run has no encoder."
                                                                 : "Not there yet.");
        return;
    }
    const explore::PointDetail &a = point->detail, &b = *other->detail;
    const auto row = [&](const char* name, double of_mine, double of_other, const char* help) {
        value_row(context, name,
                  nats(of_mine) + " | " + nats(of_other) + " | " + nats(of_mine - of_other), help);
    };
    ImGui::TextDisabled("nats: this | other | difference");
    row("Bound", a.bound_nats(), b.bound_nats(),
        "The lower bound on log p(x) of the selected image, with the same noise for both: this "
        "run's, the other's, and how far this one's lies above.");
    context.layout.mark("compare.bound", nats(a.bound_nats() - b.bound_nats()));
    row("Reconstr.", a.reconstruction_nats, b.reconstruction_nats,
        "The reconstruction term of the selected image.");
    row("KL", a.kl_nats, b.kl_nats, "The KL of the selected image's q(z|x) from the prior.");
}

// Of the other weights, in the view of this run's map.
void ComparePanel::other_map(Context& context) {
    const auto view = context.views.get<live::OtherMapView>();
    if (!other_.snapshot->has_encoder || other_.snapshot->spec.latents != context.latents() ||
        context.latents() < 2)
        return;
    ViewState& view_state = context.view_state;
    const std::pair<int, int> axes{view_state.x_axis, view_state.y_axis};
    const bool there = view && view->map.latents == context.latents() &&
                       view->other->spec == other_.snapshot->spec;
    const MapClasses classes = map_classes(context);
    if (there && (view != codes_of_ || axes != codes_along_ || view_state.paper_view != squared_ ||
                  classes.of.data() != classes_of_)) {
        codes_ = place_points(view->map, classes.of, classes.count(), axes.first, axes.second);
        classes_of_ = classes.of.data();
        if (view_state.paper_view) into_unit_square(codes_);
        squared_ = view_state.paper_view;
        codes_of_ = view;
        codes_along_ = axes;
    }
    if (!there) codes_ = {};
    ImGui::TextDisabled("Its map, in the same view");
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 at = ImGui::GetCursorScreenPos(), size{width, kMapTall * width};
    ImGui::InvisibleButton("##map", size);
    const PlaneView plane(view_state.rect, at, size);
    if (ImGui::IsItemActive())
        view_state.put_dot(lifted(view_state, plane.to_plane(ImGui::GetIO().MousePos)));
    context.layout.mark("compare.map", std::to_string(codes_.count()));
    hover(context,
          "Where the other weights' encoder puts the held-out images, in the view of the map. Drag "
          "to move the dot.");
    draw_codes(context, plane);
}

void ComparePanel::draw_codes(Context& context, const PlaneView& plane) {
    const ViewState& view_state = context.view_state;
    const Theme& theme = context.theme;
    const float scale = context.scale;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 low = plane.min_px(), high = plane.max_px();
    list->AddRectFilled(low, high, theme.map_background);
    list->PushClipRect(low, high, true);
    const auto order = context.views.get<live::MapView>();
    const auto count = static_cast<std::size_t>(codes_.count());
    const auto dot = [&](int image) {
        const PlanePoint place = codes_.at(image);
        if (!std::isfinite(place.x) || !std::isfinite(place.y)) return;
        if (is_hidden(view_state.hidden_labels, codes_.label(image))) return;
        const ImU32 colour =
            codes_.labels.empty() ? theme.unlabelled : theme.label(codes_.label(image));
        list->AddCircleFilled(plane.to_pixel(place), 1.6f * scale, colour, 6);
    };
    const bool ordered = order && order->order->size() == count;
    for (std::size_t i = 0; i < std::min(count, kMostDots); ++i)
        dot(ordered ? static_cast<int>((*order->order)[i]) : static_cast<int>(i));
    if (view_state.point && *view_state.point < codes_.count())
        list->AddCircle(plane.to_pixel(codes_.at(*view_state.point)), 5 * scale, theme.text, 0,
                        1.5f * scale);
    const ImVec2 at = plane.to_pixel(projected(view_state, view_state.cursor));
    list->AddCircleFilled(at, 5 * scale, theme.cursor);
    list->AddCircle(at, 5 * scale, theme.map_background, 0, 1.5f * scale);
    list->PopClipRect();
    list->AddRect(low, high, theme.border);
}

void ComparePanel::numbers(Context& context, const Pair& both) {
    if (of_image_) {
        image_numbers(context);
    } else {
        dot_numbers(context, both);
    }
}

void ComparePanel::difference(Context& context) {
    if (other_.curve == nullptr || !run::has_bound(context.trainer->config)) return;
    lines_ = {difference_of(context.curves.evaluations.records(), *other_.curve,
                            context.theme.curve_test)};
    ImGui::TextDisabled("How far its held-out bound lies above the other's");
    plot(context, "compare.difference",
         {"training images seen",
          "nats per image",
          false,
          {ImGui::GetContentRegionAvail().x, kPlotPx * context.scale},
          "Neither has been evaluated where the other was.",
          true},
         lines_, plot_);
}

void ComparePanel::draw(Context& context) {
    if (!context.has_run()) return waiting_text(context, waiting_reason(context));
    if (held_ && held_->run != context.trainer->snapshot->run) held_ = nullptr;
    const bool any = choose(context);
    context.visible.compared = any ? other_.snapshot : nullptr;
    if (!any) return;
    ImGui::AlignTextToFramePadding();
    ImGui::TextDisabled("Of");
    ImGui::SameLine();
    bool of_dot = !of_image_;
    toggle(context, "compare.of_dot", "the dot", of_dot, "What both decode from the dot.");
    ImGui::SameLine();
    bool of_image = of_image_;
    toggle(context, "compare.of_image", "the selected image", of_image,
           "What both make of the selected image: its reconstruction and its bound.");
    if (of_dot && of_image) of_image_ = !of_image_;  // the one that was off was clicked
    // Beside each other where the panel is wide.
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const Pair both = pair(context);
    if (room.x > room.y && ImGui::BeginTable("##columns", 2)) {
        ImGui::TableNextColumn();
        swipe(context, both);
        ImGui::TableNextColumn();
        other_map(context);
        ImGui::EndTable();
        numbers(context, both);
    } else {
        swipe(context, both);
        numbers(context, both);
        other_map(context);
    }
    difference(context);
}

}  // namespace

std::unique_ptr<Panel> make_compare_panel() { return std::make_unique<ComparePanel>(); }

}  // namespace elbow::gui
