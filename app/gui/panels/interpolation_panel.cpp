#include "app/gui/panels/interpolation_panel.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "app/gl/tile_texture.h"
#include "app/gui/actions/path.h"
#include "app/gui/exports/path.h"
#include "app/gui/map/map_classes.h"
#include "app/gui/map/path_line.h"
#include "app/gui/panels/class_band.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/strip_layout.h"
#include "app/gui/request_of.h"
#include "app/gui/waypoints.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/path.h"
#include "engine/live/questions/path_classes.h"
#include "engine/live/questions/path_geometry.h"

namespace elbow::gui {

namespace {

constexpr float kFastestSeconds = 0.5f, kSlowestSeconds = 20.0f;  // one way along the path

class InterpolationPanel final : public Panel {
  public:
    const char* id() const override { return "interpolation"; }
    const char* title() const override { return "From A to B"; }
    Spot home() const override { return {{"map"}, Side::kBelow, {0.16f}, {}}; }
    PanelSize least() const override { return {260.0f, 92.0f}; }
    void add_actions(Context&, WindowActions&) override;
    void tick(Context&) override;
    void draw(Context&) override;
    void draw_title_controls(Context&) override;

  private:
    WindowAction play_action(Context&);
    static void kind_controls(Context&);
    void play(Context&);
    static std::vector<float> place(const Context&, const explore::PathRequest&, double t);
    void go_to(Context&, double t);
    void follow_mouse(Context&, const StripLayout&, int under);
    void show_frames(Context&, const live::PathView&);
    void draw_frame(Context&, const StripLayout&, int frame) const;
    static void draw_classes(Context&, const StripLayout&, float band_px);
    static void draw_stops(Context&, const StripLayout&, float band_px);
    void draw_position(const Context&, const StripLayout&, float band_px) const;

    gl::TileTexture tiles_;
    PlaceMenu menu_;
    std::shared_ptr<const live::PathView> shown_;
    bool playing_ = false;
    float pass_s_ = 4.0f;     // time of one way
    double phase_ = 0.0;      // [0, 2): there and back; [0, 1) of a closed path
    std::vector<float> put_;  // where this panel put the dot last; empty: it did not
    double position() const { return phase_ <= 1.0 ? phase_ : 2.0 - phase_; }
};

WindowAction InterpolationPanel::play_action(Context& context) {
    return {.id = "strip.play",
            .title = "Play along the path from A to B",
            .help =
                "Moves the dot along the path, there and back, or round and round a closed one, "
                "until it is stopped or dragged (L).",
            .run = [this] { playing_ = !playing_; },
            .why_not = no_path_yet(context),
            .keys = {{Key::kL}},
            .on = playing_};
}

void InterpolationPanel::add_actions(Context& context, WindowActions& actions) {
    actions.push_back(play_action(context));
    add_path_actions(context, actions);
}

void InterpolationPanel::kind_controls(Context& context) {
    const PathWay& chosen = path_way(context.view_state.path_kind);
    ImGui::SetNextItemWidth(88 * context.scale);
    if (ImGui::BeginCombo("##kind", chosen.title, ImGuiComboFlags_NoArrowButton)) {
        close_on_escape();
        for (const PathWay& each : path_ways()) {
            const WindowAction action = path_kind_action(context, each);
            if (ImGui::Selectable(each.title, *action.on)) action.run();
            context.layout.mark(action.id.c_str());
            hover(context, each.help);
        }
        ImGui::EndCombo();
    }
    context.layout.mark("strip.kind", chosen.name);
    hover(context, chosen.help);
    ImGui::SameLine();
    action_toggle(context, "Even", path_even_action(context));
    ImGui::SameLine();
    action_toggle(context, "Loop", path_loop_action(context));
    ImGui::SameLine();
    action_toggle(context, "Waypoints", placing_waypoints_action(context));
}

void InterpolationPanel::draw_title_controls(Context& context) {
    ViewState& view_state = context.view_state;
    const float scale = context.scale;
    action_button(context, playing_ ? "Stop" : "Play", play_action(context));
    if (context.layout.enabled())
        context.layout.mark("strip.play", playing_ ? "playing" : "stopped");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(54 * scale);
    ImGui::DragFloat("##pass", &pass_s_, 0.03f, kFastestSeconds, kSlowestSeconds, "%.1f s",
                     ImGuiSliderFlags_Logarithmic | ImGuiSliderFlags_AlwaysClamp);
    context.layout.mark("strip.speed", fixed(pass_s_, 1));
    hover(
        context,
        "How long the dot takes along the path, in seconds. Drag to change, double click to type.");
    ImGui::SameLine();
    kind_controls(context);
    ImGui::SameLine();
    ImGui::SetNextItemWidth(84 * scale);
    ImGui::DragInt("##frames", &view_state.path_frames, 0.1f, kFewestPathFrames, kMostPathFrames,
                   "%d frames", ImGuiSliderFlags_AlwaysClamp);
    view_state.path_frames = std::clamp(view_state.path_frames, kFewestPathFrames, kMostPathFrames);
    context.layout.mark("strip.count", std::to_string(view_state.path_frames));
    hover(context,
          "How many decoded images the strip shows, both ends included. Drag to change, double "
          "click to type.");
    ImGui::SameLine();
    action_button(context, "Swap", swap_path_action(context));
    ImGui::SameLine();
    action_button(context, "Reset", reset_path_action(context));
}

// z at t in [0, 1] of the path, [N].
std::vector<float> InterpolationPanel::place(const Context& context,
                                             const explore::PathRequest& path, double t) {
    const auto known = context.views.get<live::PathGeometryView>();
    return explore::path_point(path, t, known ? &known->geometry : nullptr);
}

void InterpolationPanel::go_to(Context& context, double t) {
    context.view_state.put_dot(place(context, path_of(context.view_state), t));
    put_ = context.view_state.cursor;
    context.follow_dot();
}

// A click puts the dot at the frame, and a drag moves it along the path, between the frames as
// well.
void InterpolationPanel::follow_mouse(Context& context, const StripLayout& strip, int under) {
    const bool dragged = ImGui::IsItemActive() && ImGui::IsMouseDragging(0);
    const bool clicked = under >= 0 && ImGui::IsMouseClicked(0);
    if (!dragged && !clicked) return;
    playing_ = false;
    phase_ = dragged ? strip.t_at(ImGui::GetIO().MousePos)
                     : static_cast<double>(under) / std::max(strip.frames - 1, 1);
    go_to(context, phase_);
}

void InterpolationPanel::play(Context& context) {
    if (put_ != context.view_state.cursor) {
        // Somebody else has moved the dot since: they have it now.
        if (!put_.empty()) playing_ = false;
        put_.clear();
    }
    if (!playing_) return;
    const double round = context.view_state.path_closed ? 1.0 : 2.0;
    phase_ = std::fmod(phase_ + static_cast<double>(ImGui::GetIO().DeltaTime) / pass_s_, round);
    go_to(context, position());
}

void InterpolationPanel::draw_frame(Context& context, const StripLayout& strip, int frame) const {
    const Theme& theme = context.theme;
    const float scale = context.scale;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 low = strip.corner(frame), high{low.x + strip.tile.x, low.y + strip.tile.y};
    draw_tile(list, tiles_, frame, low, high);
    const bool first = frame == 0, last = frame == strip.frames - 1;
    if (!first && !last) return;
    const bool a = first || context.view_state.path_closed;
    const ImU32 colour = a ? theme.handle_a : theme.handle_b;
    const char* name = a ? "A" : "B";
    list->AddRect(low, high, colour, 0, 0, 2 * scale);
    const ImVec2 text = ImGui::CalcTextSize(name);
    const ImVec2 badge{low.x + text.x + 7 * scale, low.y + text.y + 2 * scale};
    list->AddRectFilled(low, badge, colour);
    list->AddText({low.x + 3.5f * scale, low.y + scale}, theme.map_background, name);
}

// Under the frames, which class the path is in.
void InterpolationPanel::draw_classes(Context& context, const StripLayout& strip, float band_px) {
    const auto view = context.views.get<live::PathClassesView>();
    const MapClasses classes = map_classes(context);
    if (!view || view->votes.empty() || !classes.are(view->query.classes)) return;
    const ClassBand band = class_band(view->votes, strip);
    ScreenPainter painter(ImGui::GetWindowDrawList());
    draw_class_band(band, {context.theme, classes.names, context.scale}, band_px, painter);
    context.layout.mark("strip.classes", band_words(classes, band));
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    for (const ClassSegment& each : band) {
        const bool under = mouse.x >= each.left && mouse.x < each.right && mouse.y >= each.top &&
                           mouse.y < each.top + band_px;
        if (under && ImGui::IsItemHovered())
            tip(context, class_help(classes, view->voters, each).c_str());
    }
}

// Under the frames, where the path passes by its waypoints; of a closed one also by B.
void InterpolationPanel::draw_stops(Context& context, const StripLayout& strip, float band_px) {
    const explore::PathRequest path = path_of(context.view_state);
    const auto known = geometry_of(context.view_state, &context.views);
    const float scale = context.scale;
    const std::vector<double> stops = explore::path_stops(path, known ? &known->geometry : nullptr);
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const ImVec2 under = strip.marker(stops[i]);
        const float radius = 3.0f * scale;
        const ImVec2 middle{under.x, under.y + band_px + 2 * scale + radius};
        const bool b = i == path.through.size();
        ImGui::GetWindowDrawList()->AddCircleFilled(
            middle, radius, b ? context.theme.handle_b : context.theme.path);
    }
    context.layout.mark("strip.stops", std::to_string(stops.size()));
}

void InterpolationPanel::draw_position(const Context& context, const StripLayout& strip,
                                       float band_px) const {
    if (put_.empty()) return;
    const float scale = context.scale;
    const ImVec2 under = strip.marker(position());
    const float x = under.x, y = under.y + band_px + 2 * scale;
    ImGui::GetWindowDrawList()->AddTriangleFilled({x, y}, {x + 5 * scale, y + 7 * scale},
                                                  {x - 5 * scale, y + 7 * scale},
                                                  context.theme.cursor);
}

void InterpolationPanel::show_frames(Context& context, const live::PathView& view) {
    const data::Dataset& dataset = *context.dataset();
    const float scale = context.scale;
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const int frames = view.request.frames;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float band = class_band_px(map_classes(context), *context.explored, space.y, scale);
    const StripLayout strip =
        strip_layout(frames, dataset.height, dataset.width, at, space, 11 * scale + band, scale);
    ImGui::InvisibleButton("##strip", {space.x, std::max(space.y, 1.0f)});
    if (ImGui::IsItemHovered()) note_under_mouse(context, path_export());
    const int under = ImGui::IsItemHovered() ? strip.frame_at(ImGui::GetIO().MousePos) : -1;
    follow_mouse(context, strip, under);
    for (int frame = 0; frame < frames; ++frame) draw_frame(context, strip, frame);
    draw_classes(context, strip, band);
    draw_stops(context, strip, band);
    draw_position(context, strip, band);
    if (context.layout.enabled())
        context.layout.mark("strip.frames", strip.corner(0),
                            {at.x + space.x, strip.corner(frames - 1).y + strip.tile.y},
                            hash_text(view.images));
    menu_.draw(context);
    if (under < 0) return;
    const ImVec2 low = strip.corner(under);
    ImGui::GetWindowDrawList()->AddRect(low, {low.x + strip.tile.x, low.y + strip.tile.y},
                                        context.theme.text, 0, 0, 1.5f * scale);
    const std::vector<float> z = z_at(view.z, under, context.latents());
    if (ImGui::IsMouseClicked(1)) menu_.open(z);
    tip(context, ("Frame " + std::to_string(under + 1) + " of " + std::to_string(frames) +
                  ": decoded at z = (" + list_text(z, 4) +
                  "). Click to put the dot there, drag to move it along the path.")
                     .c_str());
}

void InterpolationPanel::tick(Context& context) {
    if (no_path_yet(context).empty()) {
        play(context);
    } else {
        playing_ = false;
    }
}

void InterpolationPanel::draw(Context& context) {
    if (!no_path_yet(context).empty()) return waiting_text(context, waiting_reason(context));
    context.visible.path = true;
    context.visible.path_classes = map_classes(context).own();
    if (is_one_place(context.view_state))
        return waiting_text(context,
                            "The path has one point: A and B are the same place. Drag one of them "
                            "away on the map, or press Reset.");
    const auto view = context.views.get<live::PathView>();
    const data::Dataset& dataset = *context.dataset();
    const bool fits = view &&
                      view->request.from.size() == static_cast<std::size_t>(context.latents()) &&
                      view->images.size() == static_cast<std::size_t>(view->request.frames) *
                                                 static_cast<std::size_t>(dataset.dimensions());
    if (!fits) return waiting_text(context, "The path is being decoded...");
    if (view != shown_) {
        tiles_.update(view->images, view->request.frames, dataset.shape());
        shown_ = view;
    }
    show_frames(context, *view);
}

}  // namespace

std::unique_ptr<Panel> make_interpolation_panel() { return std::make_unique<InterpolationPanel>(); }

}  // namespace elbow::gui
