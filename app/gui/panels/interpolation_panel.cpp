#include "app/gui/panels/interpolation_panel.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "app/gl/tile_texture.h"
#include "app/gui/exports/path.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/strip_layout.h"
#include "app/gui/request_of.h"
#include "app/gui/widgets/controls.h"
#include "engine/live/questions/path.h"
#include "engine/live/questions/path_geometry.h"

namespace elbow::gui {

namespace {

constexpr float kFastestSeconds = 0.5f, kSlowestSeconds = 20.0f;  // one way along the path

struct WayKind {
    explore::PathKind kind;
    const char* name;
    const char* title;
    const char* help;
};
constexpr WayKind kWays[] = {
    {explore::PathKind::kStraight, "straight", "Straight", "A straight line from A to B."},
    {explore::PathKind::kSpherical, "spherical", "Spherical",
     "The path turns around the origin at constant speed, and its distance from the origin "
     "changes evenly; with many latents, draws from the prior lie on a shell."},
    {explore::PathKind::kGeodesic, "geodesic", "Geodesic",
     "The path along which the decoded image changes least on its way from A to B, found anew as "
     "the model learns. With W, the map shows it beside the others."}};

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
    static bool ready(const Context&);
    static std::string no_model_yet(const Context&);
    WindowAction play_action(Context&);
    static WindowAction kind_action(Context&, const WayKind&);
    static WindowAction even_action(Context&);
    static void kind_controls(Context&);
    static WindowAction swap_action(Context&);
    static WindowAction reset_action(Context&);
    void play(Context&);
    static std::vector<float> place(const Context&, const explore::PathRequest&, double t);
    void go_to(Context&, double t);
    void show_frames(Context&, const live::PathView&);
    void draw_frame(Context&, const StripLayout&, int frame) const;
    void draw_position(const Context&, const StripLayout&) const;

    gl::TileTexture tiles_;
    PlaceMenu menu_;
    std::shared_ptr<const live::PathView> shown_;
    bool playing_ = false;
    float pass_s_ = 4.0f;     // time of one way
    double phase_ = 0.0;      // [0, 2): there and back
    std::vector<float> put_;  // where this panel put the dot last; empty: it did not
    double position() const { return phase_ <= 1.0 ? phase_ : 2.0 - phase_; }
};

bool InterpolationPanel::ready(const Context& context) {
    const auto latents = static_cast<std::size_t>(context.latents());
    const ViewState& view_state = context.view_state;
    return context.has_run() && view_state.path_from.size() == latents &&
           view_state.path_to.size() == latents;
}

std::string InterpolationPanel::no_model_yet(const Context& context) {
    return ready(context) ? "" : "There is no model yet.";
}

WindowAction InterpolationPanel::play_action(Context& context) {
    return {.id = "strip.play",
            .title = "Play along the path from A to B",
            .help =
                "Moves the dot along the path, there and back, until it is stopped or dragged "
                "(L).",
            .run = [this] { playing_ = !playing_; },
            .why_not = no_model_yet(context),
            .keys = {{Key::kL}},
            .on = playing_};
}

WindowAction InterpolationPanel::kind_action(Context& context, const WayKind& kind) {
    explore::PathKind& chosen = context.view_state.path_kind;
    return {.id = std::string("strip.kind.") + kind.name,
            .title = std::string(kind.title) + " path from A to B",
            .help = kind.help,
            .run = [&chosen, to = kind.kind] { chosen = to; },
            .on = chosen == kind.kind};
}

WindowAction InterpolationPanel::even_action(Context& context) {
    bool& even = context.view_state.path_even;
    return {.id = "strip.even",
            .title = "Frames of the path at equal distances of images",
            .help =
                "On: the frames lie at equal distances in the space of images, so that each looks "
                "as different from the next as all others do. Off: at equal steps in z.",
            .run = [&even] { even = !even; },
            .on = even};
}

WindowAction InterpolationPanel::swap_action(Context& context) {
    return {.id = "strip.swap",
            .title = "Swap A and B",
            .help = "Swaps A and B.",
            .run = [&context] { context.view_state.swap_path(); },
            .why_not = no_model_yet(context)};
}

WindowAction InterpolationPanel::reset_action(Context& context) {
    return {.id = "strip.reset",
            .title = "Put A and B back to their first places",
            .help =
                "Puts A and B back to their first places: two images, one on either side of "
                "the points.",
            .run = [&context] { context.view_state.reset_path(); },
            .why_not = no_model_yet(context)};
}

void InterpolationPanel::add_actions(Context& context, WindowActions& actions) {
    actions.push_back(play_action(context));
    for (const WayKind& kind : kWays) actions.push_back(kind_action(context, kind));
    actions.push_back(even_action(context));
    actions.push_back(swap_action(context));
    actions.push_back(reset_action(context));
}

void InterpolationPanel::kind_controls(Context& context) {
    const WayKind& chosen = kWays[static_cast<std::size_t>(context.view_state.path_kind)];
    ImGui::SetNextItemWidth(88 * context.scale);
    if (ImGui::BeginCombo("##kind", chosen.title, ImGuiComboFlags_NoArrowButton)) {
        close_on_escape();
        for (const WayKind& each : kWays) {
            const WindowAction action = kind_action(context, each);
            if (ImGui::Selectable(each.title, *action.on)) action.run();
            context.layout.mark(action.id.c_str());
            hover(context, each.help);
        }
        ImGui::EndCombo();
    }
    context.layout.mark("strip.kind", chosen.name);
    hover(context, chosen.help);
    ImGui::SameLine();
    action_toggle(context, "Even", even_action(context));
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
    hover(context,
          "How long the dot takes from A to B, in seconds. Drag to change, double click to type.");
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
    action_button(context, "Swap", swap_action(context));
    ImGui::SameLine();
    action_button(context, "Reset", reset_action(context));
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

void InterpolationPanel::play(Context& context) {
    if (put_ != context.view_state.cursor) {
        // Somebody else has moved the dot since: they have it now.
        if (!put_.empty()) playing_ = false;
        put_.clear();
    }
    if (!playing_) return;
    phase_ = std::fmod(phase_ + static_cast<double>(ImGui::GetIO().DeltaTime) / pass_s_, 2.0);
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
    const ImU32 colour = first ? theme.handle_a : theme.handle_b;
    const char* name = first ? "A" : "B";
    list->AddRect(low, high, colour, 0, 0, 2 * scale);
    const ImVec2 text = ImGui::CalcTextSize(name);
    const ImVec2 badge{low.x + text.x + 7 * scale, low.y + text.y + 2 * scale};
    list->AddRectFilled(low, badge, colour);
    list->AddText({low.x + 3.5f * scale, low.y + scale}, theme.map_background, name);
}

void InterpolationPanel::draw_position(const Context& context, const StripLayout& strip) const {
    if (put_.empty()) return;
    const float scale = context.scale;
    const ImVec2 under = strip.marker(position());
    const float x = under.x, y = under.y + 2 * scale;
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
    const StripLayout strip =
        strip_layout(frames, dataset.height, dataset.width, at, space, 11 * scale, scale);
    ImGui::InvisibleButton("##strip", {space.x, std::max(space.y, 1.0f)});
    if (ImGui::IsItemHovered()) note_under_mouse(context, path_export());
    const int under = ImGui::IsItemHovered() ? strip.frame_at(ImGui::GetIO().MousePos) : -1;
    const double t = static_cast<double>(std::max(under, 0)) / std::max(frames - 1, 1);
    if (under >= 0 && ImGui::IsMouseClicked(0)) {
        playing_ = false;
        phase_ = t;
        go_to(context, t);
    }
    for (int frame = 0; frame < frames; ++frame) draw_frame(context, strip, frame);
    draw_position(context, strip);
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
                  ": decoded at z = (" + list_text(z, 4) + "). Click to put the dot there.")
                     .c_str());
}

void InterpolationPanel::tick(Context& context) {
    if (ready(context)) {
        play(context);
    } else {
        playing_ = false;
    }
}

void InterpolationPanel::draw(Context& context) {
    if (!ready(context)) return waiting_text(context, waiting_reason(context));
    context.visible.path = true;
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
